"""What is drawn at random: foretold by SOURCE_DATE_EPOCH in the demo, and nowhere else."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from pirights.vault import store
from pirights.vault.keys import Secrets
from pirights.workflow import demo
from tests.scenarios import stage as stages
from tests.scenarios.stage import NOW, PASSPHRASE, Stage

SURROUNDINGS: Final[tuple[dict[str, str], ...]] = (
    {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C", "PIRIGHTS_LANG": "zh"},
)
PAPERS: Final = {
    "MADE-BY-PIRIGHTS-DEMO.txt",
    "bundle-root.pdf",
    "bundle/data/custody/journal.jsonl",
    "bundle/tagmanifest-sha256.txt",
    "files/乐园回复.eml",
    "letter.pdf",
    "letter.txt",
}


def played(home: Path, out: str, **more: str) -> dict[str, bytes]:
    """Play the demo in an empty home, in a process of its own, and read what it left."""
    home.mkdir(exist_ok=True)
    stage = Stage(home=home, vault=home / "none", passphrase=None, environment=more)
    stage.run("demo", "--out", str(home / out))
    files = [path for path in (home / out).rglob("*") if path.is_file()]
    return {path.relative_to(home / out).as_posix(): path.read_bytes() for path in files}


def test_the_demo_with_source_date_epoch_leaves_the_same_octets_wherever_it_is_played(
    tmp_path: Path,
) -> None:
    first = played(tmp_path / "a", "out", **SURROUNDINGS[0])
    other = played(tmp_path / "b", "elsewhere/deep", **SURROUNDINGS[1])
    again = played(tmp_path / "b", "elsewhere/deep", **SURROUNDINGS[1])
    assert first.keys() >= PAPERS
    for run in (other, again):
        assert run.keys() == first.keys()
        assert [name for name in first if first[name] != run[name]] == []


@pytest.mark.parametrize("epoch", ["", str(int(NOW) + 1)])
def test_the_demo_without_that_number_draws_another_reference_and_other_salts(
    epoch: str, tmp_path: Path
) -> None:
    fixed = played(tmp_path / "a", "out")
    other = played(tmp_path / "b", "out", SOURCE_DATE_EPOCH=epoch)
    assert other["letter.txt"] != fixed["letter.txt"]
    assert not drawn(fixed) & drawn(other)


@pytest.mark.parametrize("wrong", ["soon", "-5", "1795406400.5", " 5", "1795406400000", "五"])
@pytest.mark.parametrize("command", [("demo", "--out", "out"), ("law", "list"), ("log", "list")])
def test_a_source_date_epoch_that_is_no_number_of_seconds_is_refused_by_name(
    wrong: str, command: tuple[str, ...], stage: Stage
) -> None:
    told = stage.having(SOURCE_DATE_EPOCH=wrong).refusal(*command, code=14)
    assert "SOURCE_DATE_EPOCH" in told["message"]
    assert wrong in told["message"]
    assert not (stage.home / "out").exists()


def drawn(files: dict[str, bytes]) -> set[str]:
    """Find the salts that a demo's bundle discloses."""
    journal = files["bundle/data/custody/journal.jsonl"].decode()
    found = re.findall(r'"salt":"([0-9a-f]{32})"', journal)
    assert len(found) > 5
    assert len(set(found)) == len(found)
    return set(found)


def told_by(stage: Stage) -> tuple[str, set[str]]:
    """Give a vault's id and all the salts of its journal."""
    secrets = Secrets(passphrase=lambda: PASSPHRASE, use_keyring=False)
    with store.open_(stage.vault, secrets, now=demo.NOW) as vault:
        return vault.id, {row.salt for row in vault.journal_rows()}


def test_the_same_commands_at_the_same_source_date_epoch_draw_afresh_in_every_vault(
    tmp_path: Path,
) -> None:
    ids, salts, refs, mails = set(), list[str](), set(), set()
    for name in ("a", "b"):
        stage = stages.make(tmp_path / name)
        ref = stage.opened_case("--date", "2026-11-20")
        mail = stage.home / "mail.eml"
        stage.run("request", "render", ref, "--format", "eml", "--out", str(mail))
        (message_id,) = re.findall(rb"(?m)^Message-ID: <.*\.([0-9a-f]+)@", mail.read_bytes())
        vault, rows = told_by(stage)
        assert len(rows) > 5
        ids.add(vault)
        salts += rows
        refs.add(ref)
        mails.add(message_id)
    assert [len(found) for found in (ids, refs, mails)] == [2, 2, 2]
    assert len(set(salts)) == len(salts)


def test_two_copies_of_a_vault_draw_differently_at_the_same_source_date_epoch(
    made: Stage, tmp_path: Path
) -> None:
    before = told_by(made)[1]
    refs, salts = set(), list[str]()
    for name in ("a", "b"):
        stage = replace(stages.copy(made, tmp_path / name), inside=True)
        refs.add(stage.opened_case("--date", "2026-11-20"))
        salts += told_by(stage)[1] - before
    assert len(refs) == 2
    assert len(salts) > 5
    assert len(set(salts)) == len(salts)
