"""What `pirights escalate` asks at a terminal where `--as` is missing: which letter is next."""

import re
from collections.abc import Mapping
from typing import Final

from pirights.cli import ask, choose
from pirights.cli.frame import Call
from pirights.domain.escalation import FollowUp
from pirights.errors import Message, WrongUsage, message
from pirights.workflow.desk import Desk

_LETTERS: Final[Mapping[FollowUp, Message]] = {
    FollowUp.REMINDER: message("a reminder: no answer came"),
    FollowUp.INCOMPLETE: message("what their answer left out"),
    FollowUp.REASONS: message("the reasons for their refusal"),
    FollowUp.IDENTITY: message("an answer to a demand for proof of identity"),
    FollowUp.WITHDRAWAL: message("withdrawal of consent"),
    FollowUp.PRESERVE: message("notice to preserve evidence and data"),
    FollowUp.BREACH: message("questions after signs of a leak"),
    FollowUp.REGULATOR: message("complaint to the authority"),
    FollowUp.CONSUMER: message("complaint as a consumer"),
    FollowUp.POLICE: message("report to the police"),
    FollowUp.PROCURATORATE: message("material for a public-interest case"),
    FollowUp.COURT: message("civil complaint to the court"),
}
_NAMED: Final = re.compile(r"--as ([a-z]+)")
"""The letter in the command of a next step."""


def kind(here: Call, desk: Desk, ref: str) -> FollowUp:
    """Ask which letter comes next; the next step of the case is suggested, with its reason.

    Raises:
        Cancelled: The person ended it.
        NotFound: No such case.
        WrongUsage: Nobody is there to ask.
    """
    from pirights.workflow import cases

    if not ask.is_terminal():
        raise WrongUsage(
            message("Say which letter comes next: --as {names}.", names=" | ".join(FollowUp)),
            hint=message("`pirights case show {ref}` says what the case lacks.", ref=ref),
        )
    step = cases.show(desk, ref).next
    if step is not None:
        here.screen.notice(message("Next: {what} {why}", what=step.what, why=step.why))
    for number, (one, what) in enumerate(_LETTERS.items(), start=1):
        here.screen.notice(
            message("  {number}. {word} ({value})", number=number, word=what, value=one.value)
        )
    named = _NAMED.search(step.command) if step is not None else None
    return choose.answer(
        here,
        message("Which letter comes next"),
        lambda typed: choose.picked(here, tuple(_LETTERS), typed),
        option="--as",
        default=named[1] if named is not None else "",
    )
