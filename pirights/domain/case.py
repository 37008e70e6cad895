"""The case (案件): one person against one handler. Stage, outcome and delivery stay apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pirights.domain.dispatch import Letter
from pirights.domain.document import Letters
from pirights.domain.escalation import BESIDE, TO_AUTHORITY, UNTIMED, FollowUp
from pirights.domain.exhibit_note import ExhibitNote
from pirights.domain.reply import DEMANDS, NO_ANSWER, Reply, ReplyKind
from pirights.domain.request import Right, Score


class Stage(StrEnum):
    """Where a case stands, computed from its messages and never stored."""

    DRAFT = "draft"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    NEEDS_ME = "needs_me"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    ESCALATED_REGULATOR = "escalated_regulator"
    LITIGATION = "litigation"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What came of a case, as its owner says."""

    NONE = "none"
    FULL = "full"
    PARTIAL = "partial"
    REFUSED = "refused"
    NO_DATA = "no_data"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpent:
    """Time that the owner spent on a case; kept for the owner, and part of no sum of money."""

    on: date
    minutes: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person against one handler.

    Attributes:
        id: The row's own number in the vault.
        ref: The reference number (`domain.reference`).
        opened_on: The date of the first letter.
        closed_on: None while it is open.
        numbered_until: The highest number that a message of it had and gave up; none has it anew.
        their_refs: The numbers under which the handler or an authority keeps the matter.
        time_spent: In the order in which it was entered.
        exhibit_notes: What the owner says of exhibits in the bundle, one for each at most.
    """

    id: int
    ref: str
    person: int
    handler: int
    encounters: tuple[int, ...]
    rights: tuple[Right, ...]
    letters: Letters
    opened_on: date
    identify_by: tuple[str, ...] = ()
    delete_now: bool = False
    outcome: Outcome = Outcome.NONE
    closed_on: date | None = None
    closed_because: str = ""
    numbered_until: int = 0
    their_refs: tuple[str, ...] = ()
    time_spent: tuple[TimeSpent, ...] = ()
    exhibit_notes: tuple[ExhibitNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNote:
    """A remark of the owner's on a case."""

    id: int
    ref: str
    on: date
    text: str


_ON_ITS_WAY = frozenset(
    {ReplyKind.ACKNOWLEDGEMENT, ReplyKind.EXTENDED, ReplyKind.TRANSFERRED},
)


def asking(letters: Sequence[Letter]) -> Letter:
    """The letter to which an answer is awaited: the last one that was sent.

    A letter that goes beside the request is that only where nothing else was sent, and one from
    which no period runs never is. Where nothing at all was sent, it is the first letter.
    """
    return _last_sent(letters, BESIDE)


def timed(letters: Sequence[Letter]) -> Letter:
    """The letter whose clock runs: as `asking`, but proof of identity sets no clock going anew."""
    return _last_sent(letters, BESIDE | {FollowUp.IDENTITY})


def waiting(letters: Sequence[Letter]) -> list[Letter]:
    """The letters that are written and not sent, in order.

    Of several complaints only the last one waits, and none once one of them was filed: each is
    written anew from the whole case.
    """
    suits = [one for one in letters if one.kind == FollowUp.COURT]
    due = suits[-1:] if not any(one.dispatch for one in suits) else []
    return [
        one
        for one in letters
        if one.dispatch is None and (one.kind != FollowUp.COURT or one in due)
    ]


def _last_sent(letters: Sequence[Letter], apart: frozenset[FollowUp]) -> Letter:
    sent = [letter for letter in letters if letter.dispatch and letter.kind not in UNTIMED]
    ours = [letter for letter in sent if letter.kind not in apart]
    return (ours or sent or list(letters[:1]))[-1]


def from_handler(replies: Sequence[Reply]) -> list[Reply]:
    """What the handler wrote; an authority's answer is not the handler's."""
    return [reply for reply in replies if not reply.answers]


def since(letters: Sequence[Letter], replies: Sequence[Reply]) -> list[Reply]:
    """What the handler wrote after the letter to which an answer is awaited, in order.

    Where a letter beside the request left before it, what came in before the request was sent
    answers that letter, not the request.
    """
    letter = asking(letters)
    later = [reply for reply in from_handler(replies) if reply.number > letter.number]
    if letter.dispatch is None:
        return [] if any(one.dispatch for one in letters) else later
    if not any(one.dispatch and one.number > letter.number for one in letters):
        return later
    return [reply for reply in later if reply.on >= letter.dispatch.on]


def answers(letters: Sequence[Letter], replies: Sequence[Reply]) -> list[Reply]:
    """What was answered to the letter to which an answer is awaited, in order.

    What a machine sent back is none; an acknowledgement is one only where nothing else came: sent
    after a refusal or a demand, it takes neither back.
    """
    came = [one for one in since(letters, replies) if one.kind not in NO_ANSWER]
    return [one for one in came if one.kind is not ReplyKind.ACKNOWLEDGEMENT] or came


def is_marked(reply: Reply, request: Letter) -> bool:
    """Say whether the items were marked while this reply was there: a person has read it."""
    is_later = 0 < request.scored_with < reply.number
    return not is_later and any(item.score is not Score.OPEN for item in request.items)


def clear(replies: Sequence[Reply], request: Letter) -> list[Reply]:
    """Leave out what is not clear from its words, and of which nobody has said what it is."""
    return [
        one
        for one in replies
        if one.kind is not ReplyKind.UNKNOWN or one.is_confirmed or is_marked(one, request)
    ]


def stage(
    case: Case,
    letters: Sequence[Letter],
    replies: Sequence[Reply],
    *,
    due_on: date | None,
    today: date,
) -> Stage:
    """Say where a case stands; what is not clear takes back nothing that came before it.

    Args:
        case: The case itself.
        letters: Its outgoing messages, in order.
        replies: Its incoming messages, in order.
        due_on: The day by which an answer may be expected, inclusive; None if nothing runs.
        today: The day of asking, in the vault's zone.
    """
    if case.closed_on is not None:
        return Stage.CLOSED
    sent = {letter.kind for letter in letters if letter.dispatch}
    if FollowUp.COURT in sent:
        return Stage.LITIGATION
    if sent & TO_AUTHORITY:
        return Stage.ESCALATED_REGULATOR
    if not letters or asking(letters).dispatch is None:
        return Stage.DRAFT
    came = answers(letters, replies)
    last = (clear(came, letters[0]) or came)[-1] if came else None
    if last is not None and last.kind in DEMANDS:
        return Stage.NEEDS_ME
    if last is not None and last.kind not in _ON_ITS_WAY:
        return Stage.ANSWERED
    if due_on is not None and today > due_on:
        return Stage.OVERDUE
    return Stage.SENT if last is None else Stage.ACKNOWLEDGED
