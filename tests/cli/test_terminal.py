"""A person at a terminal: questions, hidden secrets, colours, Ctrl-C."""

import json
import os
import pty
import select
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.program import surroundings

ROOT = Path(__file__).parents[2]
PATIENCE = 30
"""Seconds until the program must have asked."""


def at_terminal(
    home: Path, *arguments: str, dialogue: Sequence[tuple[str, str]] = ()
) -> tuple[int, str]:
    """Run the sample program on a terminal of its own.

    Args:
        home: The home folder.
        arguments: Of the command line.
        dialogue: What the program says, in turn, and what the person then types.

    Returns:
        The exit code, and all that stood on the terminal.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        environment = {**surroundings(home), "TERM": "xterm"}
        words = [sys.executable, "-m", "tests.cli.sample", *arguments]
        os.execve(sys.executable, words, environment)  # noqa: S606 (no shell is wanted)
    seen = ""
    for said, typed in dialogue:
        while said not in seen:
            seen += _read(terminal)
        os.write(terminal, typed.encode())
        seen = seen.replace(said, said + "·")
    try:
        while chunk := _read(terminal):
            seen += chunk
    except OSError:  # Linux tells the end of a terminal so
        pass
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), seen.replace("\r\n", "\n")


def _read(terminal: int) -> str:
    ready, _, _ = select.select([terminal], [], [], PATIENCE)
    assert ready, "the program neither asked nor ended"
    return os.read(terminal, 65536).decode()


def answer(seen: str) -> object:
    return json.loads(seen.strip().splitlines()[-1])["data"]["answer"]


def test_a_question_is_answered_with_a_line(tmp_path: Path) -> None:
    code, seen = at_terminal(
        tmp_path,
        "--json",
        "log",
        "ask",
        "--what",
        "line",
        dialogue=[("Place [Gate 3]: ", "东门\n")],
    )
    assert (code, answer(seen)) == (0, "东门")


def test_an_empty_answer_takes_the_default(tmp_path: Path) -> None:
    code, seen = at_terminal(
        tmp_path, "--json", "log", "ask", "--what", "line", dialogue=[("Place [Gate 3]: ", "\n")]
    )
    assert (code, answer(seen)) == (0, "Gate 3")


@pytest.mark.parametrize(
    ("typed", "code"), [("y\n", 0), ("是\n", 0), ("n\n", 3), ("\n", 3), ("\x04", 3), ("\x03", 3)]
)
def test_only_a_clear_yes_goes_on(typed: str, code: int, tmp_path: Path) -> None:
    ended, seen = at_terminal(
        tmp_path, "log", "ask", "--what", "confirm", dialogue=[("Go on? [y/N]: ", typed)]
    )
    assert ended == code
    assert "Traceback" not in seen
    assert ("Done." in seen) == (code == 0)


def test_a_passphrase_is_not_shown_while_it_is_typed(tmp_path: Path) -> None:
    code, seen = at_terminal(
        tmp_path,
        *("log", "ask", "--what", "passphrase"),
        dialogue=[("Passphrase or recovery code: ", "correct horse\n")],
    )
    assert code == 0
    assert "correct horse" not in seen


@pytest.mark.parametrize("what", ["new", "changed"])
def test_a_new_passphrase_is_asked_twice(what: str, tmp_path: Path) -> None:
    again = "The same passphrase again: "
    words = ("--json", "log", "ask", "--what", what)
    code, seen = at_terminal(
        tmp_path, *words, dialogue=[("New passphrase: ", "battery\n"), (again, "battery\n")]
    )
    assert (code, answer(seen)) == (0, "battery")
    code, seen = at_terminal(
        tmp_path, *words, dialogue=[("New passphrase: ", "battery\n"), (again, "staple\n")]
    )
    assert code == 14
    assert "battery" not in seen


def test_the_program_speaks_chinese_at_the_terminal(tmp_path: Path) -> None:
    code, _ = at_terminal(
        tmp_path,
        *("--lang", "zh", "log", "ask", "--what", "passphrase"),
        dialogue=[("口令或恢复码：", "correct horse\n")],
    )
    assert code == 0


def test_colours_are_shown_on_a_terminal_and_can_be_switched_off(tmp_path: Path) -> None:
    assert "\x1b[1m" in at_terminal(tmp_path, "log", "list")[1]
    assert "\x1b" not in at_terminal(tmp_path, "log", "list", "--no-color")[1]


def test_columns_align_in_cells_on_a_terminal(tmp_path: Path) -> None:
    _, seen = at_terminal(tmp_path, "log", "list", "--no-color")
    assert seen == "Id  Place             Notice\nE2  杭州野生动物世界  yes\nE1  Gate 3\n"
