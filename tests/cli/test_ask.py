"""Secrets from files, descriptors and terminals."""

import os
from pathlib import Path

import pytest

from pirights.cli import ask
from pirights.cli.frame import Call
from pirights.cli.show import Screen
from pirights.errors import VaultLocked, WrongUsage, message


def call(**environment: str) -> Call:
    return Call(screen=Screen(None, None), environment=environment)


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is there to ask."""
    monkeypatch.setattr("sys.stdin", None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"correct horse\n", "correct horse"),
        (b"correct horse\r\n", "correct horse"),
        (b"correct horse\n\n", "correct horse\n"),
        (b" spaces count ", " spaces count "),
        ("口令很长很长".encode(), "口令很长很长"),
        (b"", ""),
    ],
)
def test_one_line_end_is_dropped_and_nothing_else(
    written: bytes, read: str, tmp_path: Path
) -> None:
    path = tmp_path / "secret"
    path.write_bytes(written)
    assert ask.given_passphrase(call(PIRIGHTS_PASSPHRASE_FILE=str(path))) == read


def test_nothing_given_is_no_passphrase() -> None:
    assert ask.given_passphrase(call()) is None
    assert ask.new_passphrase(call()) is None
    assert ask.typed_passphrase(call()) is None


def test_the_descriptor_comes_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("from the file", encoding="utf-8")
    reading, writing = os.pipe()
    os.write(writing, b"from the pipe\n")
    os.close(writing)
    here = call(PIRIGHTS_PASSPHRASE_FILE=str(path))
    here.passphrase_fd = reading
    assert ask.given_passphrase(here) == "from the pipe"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 5000])
def test_what_is_no_passphrase_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(content)
    with pytest.raises(VaultLocked) as refused:
        ask.given_passphrase(call(PIRIGHTS_PASSPHRASE_FILE=str(path)))
    assert "secret" in str(refused.value)


@pytest.mark.parametrize("name", ["missing", "."])
def test_a_file_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(VaultLocked) as refused:
        ask.given_passphrase(call(PIRIGHTS_PASSPHRASE_FILE=str(tmp_path / name)))
    assert str(tmp_path) in str(refused.value)


def test_a_closed_descriptor_is_named() -> None:
    here = call()
    here.passphrase_fd = 987
    with pytest.raises(VaultLocked, match="987"):
        ask.given_passphrase(here)


def test_a_question_nobody_can_answer_is_wrong_usage_and_says_what_to_add() -> None:
    with pytest.raises(WrongUsage) as refused:
        ask.confirm(call(), message("Delete it?"))
    assert "--yes" in str(refused.value.hint)
    with pytest.raises(WrongUsage) as refused:
        ask.line(call(), message("Place"), option="--place")
    assert "--place" in str(refused.value.hint)


def test_yes_answers_the_question() -> None:
    here = call()
    here.yes = True
    ask.confirm(here, message("Delete it?"))


def test_without_a_terminal_the_new_passphrase_must_be_given() -> None:
    with pytest.raises(VaultLocked):
        ask.changed_passphrase(call(), descriptor=None)
