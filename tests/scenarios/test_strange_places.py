"""Places and values that a command must not take: devices, damage, odd addresses."""

import os
from pathlib import Path

import pytest

from tests.scenarios.stage import PASSPHRASE, Stage
from tests.scenarios.terminal import at_terminal


def test_no_paper_takes_the_place_of_a_pipe(case: tuple[Stage, str]) -> None:
    stage, ref = case
    pipe = stage.home / "pipe.pdf"
    os.mkfifo(pipe)
    stage.refusal("request", "render", ref, "--out", str(pipe), code=14)
    stage.refusal("log", "export", "--out", str(pipe), code=14)
    assert pipe.is_fifo()


def test_a_file_is_replaced_without_a_question_where_nobody_is_there(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    for command in (("request", "render", ref, "--format", "txt"), ("log", "export")):
        out = stage.file("mine", b"my own")
        stage.outside.data(*command, "--out", out)
        assert Path(out).read_bytes() != b"my own"
        assert "An existing file is replaced." in " ".join(
            stage.run(*command[:2], "--help").out.split()
        )


@pytest.mark.parametrize(("answer", "code"), [("n", 3), ("y", 0)])
def test_at_a_terminal_a_file_is_replaced_after_a_yes(
    case: tuple[Stage, str], answer: str, code: int
) -> None:
    stage, _ = case
    out = stage.file("mine.csv", b"my own")
    dialogue = [("Replace it? [y/N]", f"{answer}\n")]
    if answer == "y":
        dialogue.append(("Passphrase or recovery code: ", f"{PASSPHRASE}\n"))
    ended, seen = at_terminal(
        stage, "log", "export", "--lang", "en", "--out", out, dialogue=dialogue
    )
    assert ended == code, seen
    assert (Path(out).read_bytes() == b"my own") is (answer == "n")


@pytest.mark.parametrize("damage", ["truncated", "empty", "swapped", "lost", "torn key file"])
def test_vault_check_says_what_it_found_on_a_vault_that_cannot_be_opened(
    damage: str, stage: Stage
) -> None:
    data, key = stage.vault / "vault.db", stage.vault / "vault.json"
    if damage == "truncated":
        data.write_bytes(data.read_bytes()[:5000])
    elif damage == "empty":
        data.write_bytes(b"")
    elif damage == "swapped":
        key.write_bytes(data.read_bytes()[:600])
    elif damage == "lost":
        data.unlink()
    else:
        key.write_bytes(key.read_bytes()[:50])
    found = stage.data("vault", "check", code=21)
    assert found["clean"] is False
    assert found["findings"]
    told = stage.run("vault", "check", "--lang", "en", code=21)
    assert told.err == ""
    assert "backup" in told.out
    assert "vault check" not in told.out


@pytest.mark.parametrize("days", ["0", "none", ""])
def test_a_new_handler_promises_days_or_nothing_is_said(days: str, stage: Stage) -> None:
    told = stage.refusal("handler", "add", "--name", "甲", "--policy-days", days, code=14)
    assert "--policy-days" in told["hint"]
    stage.run("handler", "add", "--name", "甲", "--policy-days", "15")
    assert stage.data("handler", "edit", "H1", "--policy-days", days)["policy_days"] is None


@pytest.mark.parametrize("option", ["--web", "--policy-url"])
def test_the_page_of_a_handler_is_a_page(option: str, stage: Stage) -> None:
    stage.refusal("handler", "add", "--name", "甲", option, "javascript:alert(1)", code=14)
    stage.run("handler", "add", "--name", "甲", option, "www.example.cn")
    stage.refusal("handler", "edit", "H1", option, "file:///etc/passwd", code=14)


def test_a_zone_is_an_area_and_a_place(stage: Stage) -> None:
    at = ("--at", "2026-11-20 10:00", "--place", "东门", "--venue", "shop")
    stage.refusal("log", "add", *at, "--zone", "posixrules", code=14)


def test_a_label_beyond_all_numbers_is_bad_input(stage: Stage) -> None:
    stage.refusal("reply", "show", "I9999999999999999999999", code=14)
