"""What is due in a case: its letters, replies and adjustments, brought before the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pirights import rule_data
from pirights.domain import calendar, limitation
from pirights.domain.adjustment import Adjustment, AdjustmentKind, Told
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.authority_due import authority_due
from pirights.domain.case import Case, asking, clear, from_handler, since, timed, waiting
from pirights.domain.channel_proof import ticket_of
from pirights.domain.deadline import Clock, Deadline
from pirights.domain.dispatch import Channel, Letter
from pirights.domain.due_dates import arrival_due, due_dates, reply_due, returned_due, send_due
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import ASKED_AGAIN, BESIDE, UNTIMED, FollowUp
from pirights.domain.handler import Handler
from pirights.domain.period import PeriodRule
from pirights.domain.reply import ANSWERS, DEMANDS, Reply, ReplyKind
from pirights.errors import Message, message
from pirights.vault.change import Change
from pirights.workflow.desk import Desk

_BY_THE_WAY: Final = BESIDE | {FollowUp.IDENTITY}
"""Letters that name a day of their own while the clock of another runs."""

_TIME: Final = frozenset({AdjustmentKind.PROMISE, AdjustmentKind.EXTENSION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What a case's clock is read from.

    Attributes:
        replies: What the handler wrote.
        adjustments: Those whose source was not voided.
    """

    case: Case
    handler: Handler
    letters: Sequence[Letter]
    replies: Sequence[Reply]
    encounters: Sequence[Encounter]
    adjustments: Sequence[Adjustment]
    told: Told | None


def papers(
    desk: Desk, case: Case, handler: Handler, letters: Sequence[Letter], replies: Sequence[Reply]
) -> Papers:
    """Take together what a case's clock is read from."""
    told = desk.vault.find_all(Told, limit=1, ref=case.ref)
    void = {one.label for one in desk.all_replies(case) if not one.counts}
    adjustments = desk.vault.find_all(Adjustment, newest_first=False, ref=case.ref)
    return Papers(
        case=case,
        handler=handler,
        letters=letters,
        replies=from_handler(replies),
        encounters=desk.encounters(case),
        adjustments=[one for one in adjustments if one.source not in void],
        told=told[0] if told else None,
    )


def deadlines(of: Papers, proof: Sequence[Message] = ()) -> tuple[Deadline, ...]:
    """Say what is due in a case, earliest first; nothing in a closed one."""
    if of.case.closed_on is not None or not of.letters:
        return ()
    rules = rule_data.periods()
    due = (replace(one, letter=running(of).number) for one in due_dates(_clock(of, proof), rules))
    found = [*due, *_limitation(of, rules)]
    for letter in of.letters:
        authority = authority_due(letter, of.replies, rules)
        if authority is not None:
            found.append(authority)
        if letter is running(of):
            continue
        if letter.dispatch is None:
            if letter in waiting(of.letters):
                due_then = send_due(letter.on, rules, label=f"/{letter.number}")
                found.append(replace(due_then, letter=letter.number))
        elif letter.kind in _BY_THE_WAY and letter.arrived_on is None:
            way = letter.dispatch
            asked = (
                returned_due(way.on, rules, label=f"/{letter.number}")
                if letter.came_back
                else arrival_due(way.on, rules, ticket=ticket_of(way), label=f"/{letter.number}")
            )
            found.append(replace(asked, letter=letter.number))
        elif letter.kind in _BY_THE_WAY and _stands(letter, of):
            asked = reply_due(letter.label, letter.on, rules)
            found.append(replace(asked, letter=letter.number))
    return tuple(sorted(found, key=lambda due: due.on))


def _stands(letter: Letter, of: Papers) -> bool:
    """Whether the day that a letter beside the running one names is still waited for."""
    if letter.kind == FollowUp.IDENTITY and running(of).number > letter.number:
        return False
    return not any(one.number > letter.number for one in of.replies)


def request_due(of: Papers) -> Deadline | None:
    """The day that the request itself gave for an answer, whatever asked for it again since."""
    letters = [one for one in of.letters if one.kind not in ASKED_AGAIN]
    found = due_dates(_clock(replace(of, letters=letters), ()), rule_data.periods())
    return next((one for one in found if one.id == "answer"), None)


def arrival_proofs(desk: Desk, letter: Letter) -> list[Attachment]:
    """The kept files that prove a letter's arrival."""
    return [
        file
        for file in desk.vault.attachments(letter.label)
        if file.purpose is Purpose.ARRIVAL_PROOF and file.id not in letter.void_files
    ]


def proof_of_arrival(desk: Desk, letter: Letter) -> tuple[Message, ...]:
    """Say by what the arrival of a letter is proved, and what its channel needs."""
    if letter.arrived_on is None:
        return ()
    files = arrival_proofs(desk, letter)
    said = [
        message("Proof of arrival: {file} (SHA-256 {sum}…).", file=file.name, sum=file.sha256[:16])
        for file in files
    ] or [message("No proof of arrival is kept yet.")]
    if letter.dispatch is not None and letter.dispatch.channel is Channel.EMAIL:
        said.append(
            message(
                "E-mail arrives when it enters the mailbox that the handler named for it; sent "
                "elsewhere, when the handler knew or should have known (Civil Code 137(2)). Where "
                "the two differ, take the later day."
            )
        )
    return tuple(said)


def note_told(change: Change, of: Papers) -> Deadline | None:
    """Keep a provisional day that is shown now, so that the notice's difference can be told."""
    due = next((one for one in deadlines(of) if one.id == "answer" and one.provisional), None)
    if due is None or not of.letters:
        return None
    now = Told(
        id=0,
        ref=of.case.ref,
        letter=running(of).number,
        on=due.on,
        notices_until=calendar.years()[-1],
        adjustments=len(_counting(of)),
        basis=due.basis,
        period=due.period,
    )
    if of.told is None or replace(of.told, id=0) != now:
        change.add(now)
    return due


def _clock(of: Papers, proof: Sequence[Message]) -> Clock:
    letter = running(of)
    came = since(of.letters, of.replies)
    last = _ending(came, of)
    final = next((r for r in reversed(came) if r.kind in ANSWERS), None)
    asked, demanded = identity_asked(of), identity_demanded(of)
    settled = next(
        (
            one.on
            for one in reversed(of.adjustments)
            if one.kind is AdjustmentKind.RESTART and demanded is not None and one.on >= demanded
        ),
        None,
    )
    return Clock(
        letter_on=letter.on,
        sent_on=letter.dispatch.on if letter.dispatch else None,
        ticket=ticket_of(letter.dispatch) if letter.dispatch else "",
        label=f"/{letter.number}" if len(of.letters) > 1 else "",
        came_back=letter.came_back,
        arrived_on=letter.arrived_on,
        proof=tuple(proof),
        policy=of.handler.policy_days,
        venues=frozenset(one.venue for one in of.encounters),
        rights=frozenset(of.case.rights),
        answered=final is not None and not _more_promised(of, final),
        asked_back_on=last.on if last is not None and last.kind in DEMANDS else None,
        identity_asked_on=asked if settled is None else None,
        identity_settled_on=settled,
        identity_offered_on=asking(of.letters).arrived_on if demanded and not asked else None,
        adjustments=_counting(of),
        told=of.told if of.told is not None and of.told.letter == letter.number else None,
        asked_by=reply_due(letter.label, letter.on, rule_data.periods()).on
        if letter.kind in ASKED_AGAIN | _BY_THE_WAY
        else None,
    )


def _more_promised(of: Papers, answer: Reply) -> bool:
    """Whether the handler promised more, or took time for it, in this answer or after it."""
    return any(one.kind in _TIME and _goes_on(one, answer) for one in of.adjustments)


def _goes_on(one: Adjustment, answer: Reply) -> bool:
    return one.on > answer.on or one.source in {answer.label, f"I{answer.id}"}


def _counting(of: Papers) -> tuple[Adjustment, ...]:
    """What turns the running clock: the answer that a letter follows ended the time taken for it.

    Time that was promised or taken in that answer, or after it, is for the rest.
    """
    letter = running(of)
    before = [one for one in of.replies if one.number < letter.number and one.kind in ANSWERS]
    return tuple(
        one
        for one in of.adjustments
        if one.kind not in _TIME or not before or _goes_on(one, before[-1])
    )


def running(of: Papers) -> Letter:
    """The letter whose clock runs."""
    return timed(of.letters)


def identity_asked(of: Papers) -> date | None:
    """The day of a demand for proof of identity that no later letter of ours took up.

    A letter that answers it takes it up when it arrives.
    """
    if not of.letters:
        return None
    under_way = [
        one.label for one in of.letters if one.kind == FollowUp.IDENTITY and one.arrived_on is None
    ]
    came = since([one for one in of.letters if one.label not in under_way], of.replies)
    last = _ending(came, of)
    return last.on if last is not None and last.kind is ReplyKind.IDENTITY_REQUIRED else None


def _ending(came: Sequence[Reply], of: Papers) -> Reply | None:
    """The last demand or answer among replies; what is not clear takes back no demand."""
    told = [one for one in clear(came, of.letters[0]) if one.kind in ANSWERS | DEMANDS]
    return told[-1] if told else None


def identity_demanded(of: Papers) -> date | None:
    """The day of a demand for proof of identity that is open, or that our last letter answered."""
    if not of.letters:
        return None
    ours, letter = asking(of.letters), running(of)
    answered = [
        reply.on
        for reply in of.replies
        if reply.kind is ReplyKind.IDENTITY_REQUIRED and letter.number < reply.number < ours.number
    ]
    return identity_asked(of) or (answered[-1] if answered else None)


def _limitation(of: Papers, rules: Mapping[str, PeriodRule]) -> Sequence[Deadline]:
    days = [one.day for one in of.encounters if one.day >= limitation.CODE_FROM]
    if not days:
        return ()
    arrived = [
        letter.arrived_on
        for letter in of.letters
        if letter.arrived_on is not None and letter.kind not in UNTIMED
    ]
    return (
        limitation.limitation_due(
            rules["limitation"], min(days), arrived_on=max(arrived) if arrived else None
        ),
    )


def first_fact(of: Papers) -> date | None:
    """The legal day of the earliest scan of a case."""
    return min((one.day for one in of.encounters), default=None)


def is_paused(adjustments: Sequence[Adjustment]) -> bool:
    """Say whether the clock of a case stands still."""
    turns = [
        one.kind
        for one in adjustments
        if one.kind in {AdjustmentKind.PAUSE, AdjustmentKind.RESTART}
    ]
    return bool(turns) and turns[-1] is AdjustmentKind.PAUSE
