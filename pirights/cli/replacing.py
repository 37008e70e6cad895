"""The question before a file that exists is replaced."""

from pathlib import Path

from pirights.cli import ask
from pirights.cli.frame import Call
from pirights.errors import message


def confirm_replacing(call: Call, out: Path) -> None:
    """Ask the person at the terminal; where nobody is there, the command line has said it.

    Raises:
        Cancelled: The answer is no.
    """
    if ask.is_terminal() and _exists(out):
        ask.confirm(call, message("{file} exists. Replace it?", file=out))


def _exists(out: Path) -> bool:
    try:
        return out.is_file()
    except (OSError, ValueError):  # no path at all, or not ours to look at: writing will say so
        return False
