"""Copy first, delete afterwards: what is deleted can no longer be proved."""

from pirights.domain.case import Case
from pirights.domain.escalation import FollowUp
from pirights.domain.request import Right, Score
from pirights.errors import Message, NotNextStep, message
from pirights.workflow.desk import Desk
from pirights.workflow.wish import Wish


def order(desk: Desk, wish: Wish) -> tuple[bool, list[Message]]:
    """Keep the evidence before it is deleted: copy first, deletion after its receipt.

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
                "deletion once you have received it. To ask for both at once, add --delete-now."
            )
        ]
    for case in open_cases(desk, wish):
        copies_open = any(
            item.right is Right.COPY and item.score is not Score.GIVEN
            for letter in desk.letters(case)
            for item in letter.items
        )
        if copies_open:
            raise NotNextStep(
                message(
                    "In case {ref} you have asked this handler for a copy that has not been given; "
                    "deletion now would destroy what you asked for.",
                    ref=case.ref,
                ),
                hint=message("Wait for the copy, or add --delete-now if you are sure."),
            )
        if any(letter.kind == FollowUp.PRESERVE for letter in desk.letters(case)):
            raise NotNextStep(
                message(
                    "In case {ref} you have asked this handler to preserve video and records; "
                    "deletion now would destroy them.",
                    ref=case.ref,
                ),
                hint=message("Close that case first, or add --delete-now if you are sure."),
            )
    return False, [
        message(
            "Deletion destroys evidence. If you may need it, ask for a copy first: --right copy."
        )
    ]


def open_cases(desk: Desk, wish: Wish) -> list[Case]:
    """The open cases of this person with this handler."""
    return [
        case
        for case in desk.vault.find_all(Case, handler=wish.handler, person=wish.person)
        if case.closed_on is None
    ]
