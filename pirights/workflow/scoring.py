"""Marking, item by item, how a reply met what was asked."""

from collections.abc import Mapping
from dataclasses import replace

from pirights.domain.case import from_handler, is_marked
from pirights.domain.dispatch import Letter
from pirights.domain.reply import ANSWERS, Reply
from pirights.domain.request import AskedItem, Score
from pirights.domain.text import one_line
from pirights.errors import BadInput, NotFound, message
from pirights.workflow.desk import Desk


def scored(desk: Desk, ref: str) -> Letter:
    """Find the letter whose items are marked: the one named, or the case's request.

    Raises:
        NotFound: No such case or letter.
    """
    _, named = desk.letter(ref)
    return named if named.items else desk.letters(desk.case(ref))[0]


def score(desk: Desk, ref: str, marks: Mapping[int, Score], *, cites: str = "") -> Letter:
    """Mark items of the request of a case.

    Args:
        desk: Vault and moment.
        ref: The case, or a letter of it that asked items.
        marks: For each item's number, how it was met.
        cites: The provision that the handler named for refusing; for the items marked refused.

    Raises:
        BadInput: Nothing to mark, or a provision named without a refusal.
        NotFound: No such case, letter or item.
    """
    letter = scored(desk, ref)
    numbers = {item.number for item in letter.items}
    for number in marks:
        if number not in numbers:
            raise NotFound(
                message("Letter {label} has no item {number}.", label=letter.label, number=number),
                hint=message("Its items are numbered 1 to {last}.", last=max(numbers, default=0)),
            )
    if not marks:
        raise BadInput(
            message("No item was named."), hint=message("For example: --item 3=refused.")
        )
    if cites and Score.REFUSED not in marks.values():
        raise BadInput(
            message("A provision was named, and no item is marked as refused."),
            hint=message("For example: --item 3=refused --cites …"),
        )
    under = one_line(cites, field="cites")
    came = from_handler(desk.replies(desk.case(ref)))
    marked = replace(
        letter,
        items=tuple(_marked(item, marks.get(item.number), under) for item in letter.items),
        scored_with=max((one.number for one in came), default=0),
    )
    if marked != letter:
        with desk.vault.change(now=desk.now) as change:
            change.replace(marked, kind="letter.scored")
    return marked


def was_read(desk: Desk, reply: Reply) -> bool:
    """Say whether an answer of the handler's has been read: the items were marked by it."""
    if not reply.ref or reply.answers or reply.kind not in ANSWERS:
        return False
    return is_marked(reply, desk.letters(desk.case(reply.ref))[0])


def _marked(item: AskedItem, mark: Score | None, under: str) -> AskedItem:
    if mark is None:
        return item
    return replace(item, score=mark, refused_under=under if mark is Score.REFUSED else "")
