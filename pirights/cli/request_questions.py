"""What `pirights request new` asks at a terminal, where its options are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pirights.cli import ask, choose, choose_handler
from pirights.cli.frame import Call
from pirights.domain import entry
from pirights.domain.request import Right
from pirights.errors import Message, WrongUsage, message
from pirights.workflow.desk import Desk

_DEFAULT_RIGHTS: Final = (Right.KNOW, Right.ACCESS, Right.COPY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Options of the command, as given or as asked."""

    handler: str | None
    right: Sequence[Right]
    identify_by: Sequence[str]
    correction: Sequence[str]
    receiver: str

    @property
    def lack(self) -> bool:
        """Whether something is missing without which no letter can be written."""
        return self.handler is None or not self.right


def completed(here: Call, desk: Desk, given: Answers) -> Answers:
    """Ask for what is missing, and then for what the letter can say more.

    Raises:
        Cancelled: The person ended it.
        WrongUsage: Nobody is there to ask.
    """
    handler = given.handler if given.handler is not None else _handler(here, desk)
    right = given.right or choose.some_of(
        here,
        message("What is asked (numbers or words, with spaces between)"),
        tuple(Right),
        option="--right",
        default=_DEFAULT_RIGHTS,
    )
    clues = given.identify_by or _asked(
        here,
        message("By what can they find you without your face, such as 年卡号 1234 (or nothing)"),
        option="--identify-by",
    )
    correction: Sequence[str] = given.correction
    if Right.CORRECT in right and not correction:
        correction = choose.answer(
            here,
            message("What is wrong => what is right (nothing for a general wording)"),
            _correction,
            option="--correction",
        )
    receiver = given.receiver
    if Right.TRANSFER in right and not receiver:
        receiver = ask.line(
            here,
            message("Who shall receive the information (nothing for a general wording)"),
            option="--receiver",
        )
    return Answers(
        handler=handler, right=right, identify_by=clues, correction=correction, receiver=receiver
    )


def _handler(here: Call, desk: Desk) -> str:
    if ask.is_terminal() and not choose_handler.are_known(desk):
        raise WrongUsage(
            message("No handler is known yet."),
            hint=message("Enter the one you ask: `pirights handler add --name NAME`."),
        )
    question = message("Who is asked (H1, H2, …)")
    return choose_handler.label(here, desk, question, optional=False)


def _correction(typed: str) -> Sequence[str]:
    if typed:
        entry.correction(typed, field="--correction")
    return [typed] if typed else []


def _asked(here: Call, question: Message, *, option: str) -> list[str]:
    answer = ask.line(here, question, option=option)
    return [answer] if answer else []
