"""The commands in VERIFY.txt do what the text says, on a good bundle and on broken ones."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pirights.evidence import verify_commands, verify_texts
from tests.evidence import bags
from tests.needs import program


def commands(text: str, system: str) -> list[str]:
    section = text.partition(f"\n{system}\n")[2].partition("\n\n\n")[0]
    return re.findall(r"^    (.+)$", section, re.MULTILINE)


def run(command: str, folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


LINUX = commands(verify_texts.ENGLISH, "LINUX")
MACOS = commands(verify_texts.ENGLISH, "MACOS")


@pytest.mark.parametrize(
    "steps",
    [pytest.param(LINUX, marks=program("sha256sum")), pytest.param(MACOS, marks=program("shasum"))],
)
def test_the_six_steps_pass_on_a_good_bundle(tmp_path: Path, steps: list[str]) -> None:
    sealed = bags.build(tmp_path / "bag")
    assert len(steps) == 6
    results = [run(step, sealed.path) for step in steps]
    assert [code for code, _ in results] == [0] * 6
    tags, files, *silent, root = [output for _, output in results]
    assert tags.count(": OK") == 7
    assert files.count(": OK") == sealed.files
    assert silent == ["", "", ""]
    assert root.split()[0] == sealed.root_sha256


@program("sha256sum")
@pytest.mark.parametrize(
    ("attack", "step", "word"),
    [
        (lambda bag: (bag / "bag-info.txt").write_bytes(b"x"), 0, "bag-info.txt: FAILED"),
        (lambda bag: (bag / "data/00-cover.pdf").write_bytes(b"x"), 1, "00-cover.pdf: FAILED"),
        (lambda bag: (bag / "data/00-cover.pdf").unlink(), 1, "00-cover.pdf: FAILED"),
        (lambda bag: (bag / "data/00-cover.pdf").unlink(), 2, "data/00-cover.pdf"),
        (lambda bag: (bag / "data/new file").write_bytes(b"x"), 2, "data/new file"),
        (lambda bag: (bag / "new.txt").write_bytes(b"x"), 3, "new.txt"),
        (lambda bag: (bag / "VERIFY.txt").unlink(), 3, "VERIFY.txt"),
        (lambda bag: (bag / "data/link").symlink_to("/"), 4, "./data/link"),
        (lambda bag: (bag / "data/link").symlink_to("/"), 2, "data/link"),
    ],
)
def test_the_step_for_it_sees_an_attack(
    tmp_path: Path, attack: Callable[[Path], object], step: int, word: str
) -> None:
    bag = bags.build(tmp_path / "bag").path
    attack(bag)
    assert word in run(LINUX[step], bag)[1]


@program("cksum")
def test_the_sm3_command_passes(tmp_path: Path) -> None:
    bag = bags.build(tmp_path / "bag").path
    (command,) = re.findall(r"^    (cksum .+)$", verify_texts.ENGLISH, re.MULTILINE)
    assert run(command, bag)[0] == 0
    (bag / "data/00-cover.pdf").write_bytes(b"x")
    assert run(command, bag)[0] != 0


def test_the_program_inside_is_named_with_what_it_does_not_check(tmp_path: Path) -> None:
    bag = bags.build(tmp_path / "bag").path
    for text, limit in (
        (verify_texts.ENGLISH, "not check time stamps"),
        (verify_texts.CHINESE, "不核验时间戳"),
    ):
        (command,) = re.findall(r"^    (python3 .+)$", text, re.MULTILINE)
        assert limit in " ".join(text.split())
        assert "tools\\verify.py" in text
        assert run(command, bag)[0] == 0
    (bag / "data/00-cover.pdf").write_bytes(b"x")
    assert run(command, bag)[0] == 31


def test_both_languages_print_the_same_commands() -> None:
    def all_commands(text: str) -> list[str]:
        return re.findall(r"^    (.+)$", text.partition("\nLINUX\n")[2], re.MULTILINE)

    assert len(all_commands(verify_texts.ENGLISH)) > len(LINUX) + len(MACOS)
    assert all_commands(verify_texts.ENGLISH) == all_commands(verify_texts.CHINESE)
    assert "{" not in verify_texts.ENGLISH.replace(verify_commands.WINDOWS, "")
