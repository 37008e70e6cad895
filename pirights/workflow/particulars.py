"""What the user tells for the items of a right: what is wrong, what is right, who receives."""

from collections.abc import Mapping
from typing import Final

from pirights.domain.request import Correction, Particulars, Right
from pirights.domain.text import one_line
from pirights.errors import BadInput, message
from pirights.workflow.wish import Wish

_MOST: Final = 200
"""How many corrections one letter may ask."""


def checked(wish: Wish) -> Particulars:
    """Take what was told for the items of a letter.

    Raises:
        BadInput: It belongs to a right that is not asked, or to none; is too much, too long, or
            has a control character in it.
    """
    told = wish.particulars
    if told.corrections and Right.CORRECT not in wish.rights:
        raise BadInput(
            message("A correction was told, but the letter does not ask for one."),
            hint=message("Add --right correct."),
        )
    if told.receiver and Right.TRANSFER not in wish.rights:
        raise BadInput(
            message("A receiving handler was told, but the letter does not ask for a transfer."),
            hint=message("Add --right transfer."),
        )
    if len(told.corrections) > _MOST:
        raise BadInput(
            message("More than {limit} corrections are told.", limit=_MOST),
            hint=message("Ask for the rest in a second letter."),
        )
    return Particulars(
        corrections=tuple(_correction(one) for one in told.corrections),
        receiver=one_line(told.receiver, field="receiver"),
    )


def printed(told: Particulars) -> Mapping[str, str]:
    """What of it a letter prints, by the option that told it."""
    return {
        "correction": " ".join(f"{one.wrong} {one.right}" for one in told.corrections),
        "receiver": told.receiver,
    }


def _correction(one: Correction) -> Correction:
    wrong, right = (one_line(text, field="correction") for text in (one.wrong, one.right))
    if not right:
        raise BadInput(
            message("A correction does not say what is right: {wrong}", wrong=wrong),
            hint=message("What should not be kept at all is deleted: --right delete."),
        )
    return Correction(wrong=wrong, right=right)
