"""What a paper may say that a reply is: a person's word on it, or the marks of the items."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pirights.domain.case import from_handler, is_marked
from pirights.domain.dispatch import Letter
from pirights.domain.reply import (
    ANSWERS,
    DEMANDS,
    FINAL,
    NO_ANSWER,
    REFUSALS,
    Reply,
    ReplyKind,
)
from pirights.domain.request import AskedItem, Score, counted

_RESTS: Final = FINAL | DEMANDS | {ReplyKind.EXTENDED, ReplyKind.TRANSFERRED}
"""The kinds that say whether the request was answered; an acknowledgement does not."""


def unread(replies: Iterable[Reply], request: Letter) -> Reply | None:
    """The first reply of the handler's whose kind matters, and is a suggestion only."""
    return next((one for one in replies if _is_unread(one, request)), None)


def unmarked(request: Letter) -> tuple[int, ...]:
    """The numbers of the counted items that may be marked now and are not."""
    return tuple(
        item.number
        for item in counted(request.items)
        if item.score is Score.OPEN and not item.after_receipt
    )


def told(replies: Sequence[Reply], request: Letter) -> tuple[Reply, ...]:
    """The replies, each of the kind that a paper may name.

    The only answer that the marks are of is what they say. Every other reply of the handler's is
    what a person confirmed, and else a message of no kind.
    """
    answers = [
        one for one in from_handler(replies) if one.kind in ANSWERS and is_marked(one, request)
    ]
    only = answers[0] if len(answers) == 1 else None
    return tuple(_told(one, request if one is only else None) for one in replies)


def _is_unread(reply: Reply, request: Letter) -> bool:
    if reply.answers or reply.is_confirmed or reply.kind not in _RESTS:
        return False
    return not (reply.kind in FINAL and is_marked(reply, request))


def _told(reply: Reply, marked: Letter | None) -> Reply:
    if reply.answers or reply.kind in NO_ANSWER:
        return reply
    kind = reply.kind if reply.is_confirmed else ReplyKind.UNKNOWN
    return replace(reply, kind=_by_marks(kind, marked.items) if marked else kind)


def _by_marks(kind: ReplyKind, items: Sequence[AskedItem]) -> ReplyKind:
    marks = {item.score for item in counted(items)} - {Score.OPEN}
    if not marks or (kind in REFUSALS and not marks & {Score.GIVEN, Score.PARTIAL}):
        return kind
    if len(marks) == 1:
        return _ALL[next(iter(marks))]
    return ReplyKind.PARTIAL


_ALL: Final = {
    Score.GIVEN: ReplyKind.GIVEN,
    Score.PARTIAL: ReplyKind.PARTIAL,
    Score.REFUSED: ReplyKind.REFUSED,
    Score.SILENT: ReplyKind.UNKNOWN,
}
"""What a reply is that met all items alike; one that met none and refused none says nothing."""
