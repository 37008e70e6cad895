"""Copy first, delete afterwards: what is deleted can no longer be proved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pirights.domain.case import Case
from pirights.domain.escalation import FollowUp
from pirights.domain.request import Right, Score
from pirights.errors import Message, NotNextStep, message
from pirights.workflow.desk import Desk
from pirights.workflow.wish import Wish

BOTH_AT_ONCE: Final = message("To ask for both at once, add --delete-now.")
"""How a command undoes the two steps; a row of a sheet cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """An open case of the same person with the same handler.

    Attributes:
        copy_awaited: A copy was asked for in it and has not been given.
        preserving: It asks to keep video and records.
    """

    ref: str
    copy_awaited: bool = False
    preserving: bool = False


def order(wish: Wish, open_cases: Sequence[OpenCase]) -> tuple[bool, list[Message]]:
    """Keep the evidence before it is deleted: copy first, deletion after its receipt.

    Returns:
        Whether the letter goes in two steps, and what the user should know of that.

    Raises:
        NotNextStep: Deletion alone is asked while a copy or a preservation is open with the same
            handler.
    """
    if Right.DELETE not in wish.rights:
        return False, []
    if wish.delete_now:
        return False, [
            message(
                "Deletion is asked for at once, as you said; what is deleted cannot be "
                "proved later."
            )
        ]
    if Right.COPY in wish.rights:
        return True, [
            message(
                "Deletion destroys evidence, so this letter goes in two steps: a copy now, "
                "deletion once you have received it."
            ),
            BOTH_AT_ONCE,
        ]
    for case in open_cases:
        if case.copy_awaited:
            raise NotNextStep(
                message(
                    "In case {ref} you have asked this handler for a copy that has not been given; "
                    "deletion now would destroy what you asked for.",
                    ref=case.ref,
                ),
                hint=message("Wait for the copy, or add --delete-now if you are sure."),
            )
        if case.preserving:
            raise NotNextStep(
                message(
                    "In case {ref} you have asked this handler to preserve video and records; "
                    "deletion now would destroy them.",
                    ref=case.ref,
                ),
                hint=message("Close that case first, or add --delete-now if you are sure."),
            )
    return False, [
        message("Deletion destroys evidence. If you may need it, ask for a copy too (right: copy).")
    ]


def open_cases(desk: Desk, *, handler: int, person: int) -> tuple[OpenCase, ...]:
    """The open cases of a person with a handler, newest first."""
    return tuple(
        as_open(desk, case)
        for case in desk.vault.find_all(Case, handler=handler, person=person)
        if case.closed_on is None
    )


def as_open(desk: Desk, case: Case) -> OpenCase:
    """Say of a case what bears on deletion."""
    letters = desk.letters(case)
    return OpenCase(
        ref=case.ref,
        copy_awaited=any(
            item.right is Right.COPY and item.score is not Score.GIVEN
            for letter in letters
            for item in letter.items
        ),
        preserving=any(letter.kind == FollowUp.PRESERVE for letter in letters),
    )
