"""A person at a terminal of the real program."""

import codecs
import os
import pty
import select
import sys
from collections.abc import Sequence
from typing import Final

from tests.cli.program import surroundings
from tests.scenarios.stage import NOW, Stage

_PATIENCE: Final = 30
"""Seconds until the program must have asked or ended."""


def at_terminal(
    stage: Stage, *arguments: str, dialogue: Sequence[tuple[str, str]]
) -> tuple[int, str]:
    """Run the program on a terminal of its own.

    Args:
        stage: Its vault and environment; no passphrase is handed over.
        arguments: Of the command line.
        dialogue: What the program says, in turn, and what the person then types.

    Returns:
        The exit code, and all that stood on the terminal.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(stage.home)
        variables = surroundings(
            stage.home,
            **{"SOURCE_DATE_EPOCH": NOW, "TERM": "dumb", **stage.environment},
            PIRIGHTS_VAULT=str(stage.vault),
        )
        words = [sys.executable, "-m", "pirights", *arguments]
        os.execve(sys.executable, words, variables)  # noqa: S606 (no shell is wanted)
    seen = unanswered = ""
    text = codecs.getincrementaldecoder("utf-8")()  # a read may end within a character
    for said, typed in dialogue:
        while said not in unanswered:
            found = text.decode(_read(terminal))
            seen, unanswered = seen + found, unanswered + found
        unanswered = unanswered.partition(said)[2]
        os.write(terminal, typed.encode())
    try:
        while octets := _read(terminal):
            seen += text.decode(octets)
    except OSError:  # Linux tells the end of a terminal so
        pass
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), seen.replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    ready, _, _ = select.select([terminal], [], [], _PATIENCE)
    assert ready, "the program neither asked nor ended"
    return os.read(terminal, 65536)
