"""Asking for a handler: those that are known are listed, the newest first."""

from typing import Final

from pirights.cli import choose
from pirights.cli.frame import Call
from pirights.domain import entry
from pirights.errors import Message, message
from pirights.workflow import directory
from pirights.workflow.desk import Desk

_MOST_SHOWN: Final = 12


def are_known(desk: Desk) -> bool:
    """Say whether there is any to choose from."""
    return bool(directory.handlers(desk, limit=1)[1])


def label(call: Call, desk: Desk, question: Message, *, optional: bool) -> str:
    """Ask for the label of a handler, such as H1; 1 is understood too.

    Args:
        call: The call of the program.
        desk: Where they are known.
        question: Without its colon.
        optional: An empty answer means none; else the only one there is.
    """
    known, count = directory.handlers(desk, limit=_MOST_SHOWN)
    for one in known:
        call.screen.notice(message("  {label}  {name}", label=one.label, name=one.name))

    def understood(typed: str) -> str:
        if optional and not typed:
            return ""
        number = entry.record_number(f"H{typed}" if typed.isdecimal() else typed, "H")
        return directory.handler(desk, number).label

    return choose.answer(
        call,
        question,
        understood,
        option="--handler",
        default=known[0].label if count == 1 and not optional else "",
    )
