"""Every exit code of the contract is reached by the real program, with stdout empty on errors."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.program import surroundings
from tests.scenarios import stage as stages
from tests.scenarios.stage import Stage
from tests.scenarios.terminal import at_terminal

ROOT = Path(__file__).parents[2]
SCAN = ("--at", "2026-11-20 18:05", "--place", "x", "--venue", "shop")


@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "add"),
        ("log", "add", "--place", "x"),
        ("handler", "add"),
        ("handler", "edit", "H1"),
        ("log", "edit", "E1"),
        ("request", "new"),
        ("request", "render", "PR-2026-7K3M9QX-C"),
        ("sent", "PR-2026-7K3M9QX-C"),
        ("due", "--within", "-1"),
        ("due", "--within", "soon"),
        ("bundle", "build", "PR-2026-7K3M9QX-C"),
    ],
)
def test_2_what_is_missing_and_nobody_is_there_to_ask(
    arguments: tuple[str, ...], stage: Stage
) -> None:
    assert stage.refusal(*arguments, code=2)["name"] == "wrong-usage"


@pytest.mark.parametrize("asked", ["Passphrase or recovery code: ", "Passphrase"])
def test_3_ctrl_c_at_a_prompt(asked: str, stage: Stage) -> None:
    code, seen = at_terminal(stage, "log", "list", dialogue=[(asked, "\x03")])
    assert code == 3
    assert "Cancelled" in seen
    assert "Traceback" not in seen


def test_3_answering_no_writes_nothing(case: tuple[Stage, str]) -> None:
    stage, _ = case
    code, seen = at_terminal(
        stage,
        *("request", "new", "--handler", "H1"),
        dialogue=[
            ("Passphrase or recovery code: ", stages.PASSPHRASE + "\n"),
            ("What is asked", "access\n"),
            ("By what can they find you", "\n"),
            ("[y/N]: ", "n\n"),
        ],
    )
    assert code == 3, seen
    assert len(stage.data("case", "list")["cases"]) == 1


def test_10_something_is_due(case: tuple[Stage, str]) -> None:
    stage, ref = case
    assert stage.data("due")["items"][0]["is_due"] is False
    assert stage.data("due", "--within", "3")["items"] == []
    [item] = stage.data("due", "--within", "7", code=10)["items"]
    assert item["ref"] == ref
    later = stage.having(SOURCE_DATE_EPOCH=str(int(stages.NOW) + 30 * 86400))
    assert later.data("due", code=10)["items"][0]["is_due"] is True


def test_11_what_does_not_come_next(case: tuple[Stage, str]) -> None:
    stage, ref = case
    stage.refusal("init", "--name", "x", code=11)
    stage.refusal("received", ref, "--at", "2026-11-23", code=11)
    stage.refusal("case", "reopen", ref, code=11)
    stage.run("sent", ref, "--channel", "ems")
    stage.refusal("sent", ref, "--channel", "ems", code=11)
    stage.run("received", ref)
    stage.refusal("received", ref, code=11)
    stage.refusal("request", "new", "--handler", "H1", "--right", "delete", code=11)
    stage.run("request", "new", "--handler", "H1", "--right", "delete", "--delete-now")
    stage.run("case", "close", ref)
    stage.refusal("case", "close", ref, code=11)


@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "show", "E9"),
        ("log", "edit", "E9", "--note", "x"),
        ("log", "add", *SCAN, "--handler", "H9"),
        ("handler", "show", "H9"),
        ("person", "show", "P9"),
        ("request", "new", "--handler", "H9", "--right", "access"),
        ("request", "new", "--handler", "H1", "--person", "P9", "--right", "access"),
        ("request", "new", "--handler", "H1", "--encounter", "E9", "--right", "access"),
        ("case", "show", "PR-2026-0000000-0"),
        ("bundle", "build", "PR-2026-0000000-0", "--out", "x"),
        ("bundle", "verify", "nowhere"),
        ("inbox", "assign", "I9", "PR-2026-0000000-0"),
        ("reply", "show", "I9"),
    ],
)
def test_12_what_is_not_there(arguments: tuple[str, ...], case: tuple[Stage, str]) -> None:
    assert case[0].refusal(*arguments, code=12)["name"] == "not-found"
    assert not (case[0].home / "x").exists()


def test_12_no_vault_at_all(tmp_path: Path) -> None:
    stage = Stage(home=tmp_path, vault=tmp_path / "none")
    assert "pirights init" in stage.refusal("log", "list", code=12)["hint"]
    assert not stage.vault.exists()


def test_13_a_copy_of_the_package_without_its_folders(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "pirights", tmp_path / "pirights")
    ended = subprocess.run(
        [sys.executable, "-m", "pirights", "log", "list", "--json"],
        env=surroundings(tmp_path, PYTHONPATH=str(tmp_path)),
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (13, b"")
    assert json.loads(ended.stderr)["data"]["code"] == 13


def test_14_a_name_that_is_taken(case: tuple[Stage, str]) -> None:
    stage, ref = case
    taken = stage.file("mine", b"my own")
    stage.refusal("bundle", "build", ref, "--out", taken, code=14)
    assert Path(taken).read_bytes() == b"my own"


def test_20_a_wrong_passphrase_and_none_at_all(stage: Stage) -> None:
    wrong = replace(stage.outside, passphrase="not the one")  # noqa: S106 (a test's own)
    assert wrong.refusal("log", "list", code=20)["name"] == "vault-locked"
    none = replace(stage.outside, passphrase=None)
    said = none.refusal("log", "list", code=20)
    assert "PIRIGHTS_PASSPHRASE_FILE" in str(said["hint"])
    missing = none.having(PIRIGHTS_PASSPHRASE_FILE=str(stage.home / "missing"))
    assert "missing" in missing.refusal("log", "list", code=20)["message"]


def test_20_init_without_a_passphrase_makes_nothing(tmp_path: Path) -> None:
    stage = Stage(home=tmp_path, vault=tmp_path / "vault", passphrase=None)
    stage.refusal("init", "--name", "王小明", code=20)
    assert not stage.vault.exists()


def shortened(by: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:-by]


@pytest.mark.parametrize(
    "cut",
    [shortened(1), shortened(4096), lambda data: data[:100], lambda data: data[:0]],
    ids=["by an octet", "by a page", "to 100 octets", "to nothing"],
)
def test_21_a_truncated_vault(cut: Callable[[bytes], bytes], case: tuple[Stage, str]) -> None:
    stage, _ = case
    path = stage.vault / "vault.db"
    short = cut(path.read_bytes())
    path.write_bytes(short)
    assert stage.outside.refusal("log", "list", code=21)["name"] == "vault-damaged"
    found = stage.outside.data("vault", "check", code=21)
    assert found["clean"] is False
    assert found["findings"]
    assert path.read_bytes() == short


def test_21_vault_check_finds_one_flipped_bit_in_any_page(case: tuple[Stage, str]) -> None:
    stage, _ = case
    path = stage.vault / "vault.db"
    whole = path.read_bytes()
    pages = len(whole) // 4096
    for page in {0, 1, pages // 3, pages // 2, pages - 2, pages - 1}:
        flipped = bytearray(whole)
        flipped[page * 4096 + 1000] ^= 1
        path.write_bytes(flipped)
        ended = stage.run("vault", "check", "--json", code=21)
        assert ended.out or ended.err, page
        if ended.out:
            assert ended.json()["clean"] is False
            assert ended.json()["findings"]
    path.write_bytes(whole)
    assert stage.data("vault", "check")["clean"] is True


def test_21_no_flipped_bit_of_the_key_file_passes_or_says_nothing(stage: Stage) -> None:
    path = stage.vault / "vault.json"
    whole = path.read_bytes()
    for place in range(0, len(whole), len(whole) // 14):
        flipped = bytearray(whole)
        flipped[place] ^= 4
        path.write_bytes(flipped)
        ended = stage.run("log", "list", code=None)
        assert ended.code in {0, 20, 21, 22}, (place, flipped[place : place + 9], ended)
    path.write_bytes(whole)


def test_21_a_vault_that_lost_a_file(stage: Stage) -> None:
    (stage.vault / "vault.db").rename(stage.vault / "away")
    stage.refusal("log", "list", code=21)
    (stage.vault / "away").rename(stage.vault / "vault.db")
    (stage.vault / "vault.json").unlink()
    stage.refusal("log", "list", code=21)
    stage.refusal("init", "--name", "x", code=21)


def test_22_a_vault_from_the_future(stage: Stage) -> None:
    path = stage.vault / "vault.json"
    text = path.read_text(encoding="utf-8")
    newer = re.sub(r'("format"\s*:\s*)1\b', r"\g<1>99", text)
    assert newer != text
    path.write_text(newer, encoding="utf-8")
    before = (stage.vault / "vault.db").read_bytes()
    assert "99" in stage.outside.refusal("log", "list", code=22)["message"]
    stage.refusal("vault", "check", code=22)
    assert (stage.vault / "vault.db").read_bytes() == before


def test_31_and_40_are_results(case: tuple[Stage, str]) -> None:
    stage, ref = case
    out = stage.home / "bundle"
    stage.run("bundle", "build", ref, "--out", str(out))
    (out / "data" / "stranger.txt").write_text("x", encoding="utf-8")
    assert stage.outside.data("bundle", "verify", str(out), code=31)["verdict"] == "invalid"
    sheet = stage.file("bad.csv", b"at,place,venue\nnever,x,shop\n")
    assert stage.data("log", "import", sheet, code=40)["added"] == 0


def test_50_a_character_that_no_font_has_leaves_no_case(stage: Stage) -> None:
    rare = "临安\U0001f600公司"
    stage.run("handler", "add", "--name", rare)
    stage.log_scan("--handler", "H1")
    asked = ("--handler", "H1", "--right", "access")
    told = stage.outside.refusal("request", "new", *asked, code=50)
    assert "U+1F600" in told["message"]
    assert told["hint"]
    assert stage.data("case", "list")["cases"] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_error_has_a_message_and_a_hint_in_the_language(language: str, stage: Stage) -> None:
    ended = stage.run("log", "show", "E9", "--lang", language, code=12)
    assert ended.err.startswith("Error: " if language == "en" else "错误：")
    told = stage.run("log", "show", "E9", "--lang", language, "--json", code=12).error()
    assert set(told) == {"code", "name", "message", "hint"}
    assert told["message"] in ended.err


@pytest.mark.skipif(os.name != "posix", reason="needs modes of files")
def test_the_vault_is_for_its_owner_alone(stage: Stage) -> None:
    stage.log_scan()
    assert stage.vault.stat().st_mode & 0o777 == 0o700
    for path in stage.vault.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600, path
