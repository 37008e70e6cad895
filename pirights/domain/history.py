"""What happened in a case, in order of time: one line for each event, whoever did it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pirights.domain.adjustment import Adjustment, AdjustmentKind
from pirights.domain.case import Case, CaseNote
from pirights.domain.channel_proof import TICKETS
from pirights.domain.cost import Cost
from pirights.domain.dispatch import Delivery, Letter
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import TO_AUTHORITY
from pirights.domain.reply import Reply
from pirights.errors import Message, message


class Happening(StrEnum):
    """What kind of thing happened."""

    ENCOUNTER = "encounter"
    LETTER = "letter"
    COMPLAINT = "complaint"
    ATTEMPT = "attempt"
    SENT = "sent"
    ARRIVED = "arrived"
    REPLY = "reply"
    PROMISE = "promise"
    EXTENSION = "extension"
    PAUSE = "pause"
    RESTART = "restart"
    PERIOD = "period"
    COST = "cost"
    TIME = "time"
    NOTE = "note"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event.

    Attributes:
        on: The legal day, in the vault's zone.
        label: The record that it is told from, such as E1, `<ref>/2` or C3; empty for none.
        source: The message that says so, where another record names one.
    """

    on: date
    what: Happening
    said: Message
    label: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What the history is told from.

    Attributes:
        sent_proofs: How many files prove the sending of each letter, by its label.
        arrival_proofs: The same of its arrival.
        day_of: The legal day of a moment, in the vault's zone.
    """

    case: Case
    encounters: Sequence[Encounter]
    letters: Sequence[Letter]
    replies: Sequence[Reply]
    adjustments: Sequence[Adjustment]
    notes: Sequence[CaseNote]
    costs: Sequence[Cost]
    sent_proofs: Mapping[str, int]
    arrival_proofs: Mapping[str, int]
    day_of: Callable[[datetime], date]


def _minutes(of: Records) -> Iterator[Entry]:
    for one in of.case.time_spent:
        yield Entry(
            on=one.on,
            what=Happening.TIME,
            said=message(
                "Time spent: {minutes} minutes, {note}.", minutes=one.minutes, note=one.note
            )
            if one.note
            else message("Time spent: {minutes} minutes.", minutes=one.minutes),
        )


def history(of: Records) -> tuple[Entry, ...]:
    """Tell what happened, oldest first; of one day, in the order of the messages."""
    numbered = [
        *((0, one) for one in map(_encounter, of.encounters)),
        *((letter.number, one) for letter in of.letters for one in _letter(letter, of)),
        *((reply.number, _reply(reply)) for reply in of.replies),
        *((_after(of), one) for one in _rest(of)),
    ]
    return tuple(one for _, one in sorted(numbered, key=lambda pair: (pair[1].on, pair[0])))


def _after(of: Records) -> int:
    """A number after that of every message."""
    numbers = [letter.number for letter in of.letters] + [reply.number for reply in of.replies]
    return 1 + max(numbers, default=0)


def _encounter(one: Encounter) -> Entry:
    said = (
        message("A facial scan was demanded and refused: {place}.", place=one.place)
        if one.refused
        else message("Facial scan: {place}.", place=one.place)
    )
    return Entry(on=one.day, what=Happening.ENCOUNTER, said=said, label=one.label)


def _letter(one: Letter, of: Records) -> Iterator[Entry]:
    label = one.label
    yield Entry(
        on=one.on,
        what=Happening.COMPLAINT if one.kind in TO_AUTHORITY else Happening.LETTER,
        said=message(
            "Written to {name}: {title}.", name=one.handler_name, title=one.document.title
        ),
        label=label,
    )
    for attempt in one.sendings:
        if attempt.state is not Delivery.SENT:
            yield Entry(
                on=of.day_of(attempt.at),
                what=Happening.ATTEMPT,
                said=message("Mail to {to}: {state}.", to=attempt.to, state=attempt.state),
                label=label,
            )
    if one.dispatch is not None:
        yield Entry(
            on=one.dispatch.on,
            what=Happening.SENT,
            said=message(
                "Sent, {channel}, ticket number {tracking} ({proof}).",
                channel=one.dispatch.channel,
                tracking=one.dispatch.tracking,
                proof=_proof(of.sent_proofs.get(label, 0)),
            )
            if one.dispatch.tracking and one.dispatch.channel in TICKETS
            else message(
                "Sent, {channel} {tracking} ({proof}).",
                channel=one.dispatch.channel,
                tracking=one.dispatch.tracking,
                proof=_proof(of.sent_proofs.get(label, 0)),
            )
            if one.dispatch.tracking
            else message(
                "Sent, {channel} ({proof}).",
                channel=one.dispatch.channel,
                proof=_proof(of.sent_proofs.get(label, 0)),
            ),
            label=label,
        )
    if one.arrived_on is not None:
        yield Entry(
            on=one.arrived_on,
            what=Happening.ARRIVED,
            said=message("Arrived ({proof}).", proof=_proof(of.arrival_proofs.get(label, 0))),
            label=label,
        )


def _proof(files: int) -> Message:
    return message("files of proof: {count}", count=files) if files else message("no proof kept")


def _reply(one: Reply) -> Entry:
    return Entry(
        on=one.on,
        what=Happening.REPLY,
        said=message("Reply of {name}: {kind}.", name=one.answerer, kind=one.kind)
        if one.answers
        else message("Reply: {kind}.", kind=one.kind),
        label=one.label,
    )


def _rest(of: Records) -> Iterator[Entry]:
    for one in of.adjustments:
        yield Entry(
            on=one.on,
            what=Happening(one.kind.value),
            said=_adjusted(one),
            source=one.source,
        )
    for cost in of.costs:
        if cost.counts:
            yield Entry(
                on=cost.on,
                what=Happening.COST,
                said=message("{kind}: {amount} yuan.", kind=cost.kind, amount=cost.amount),
                label=cost.label,
            )
    yield from _minutes(of)
    for note in of.notes:
        yield Entry(
            on=note.on,
            what=Happening.NOTE,
            said=message("{words}", words=" ".join(note.text.split("\n"))),
        )
    if of.case.closed_on is not None:
        yield Entry(
            on=of.case.closed_on,
            what=Happening.CLOSED,
            said=message("Case closed: {outcome}.", outcome=of.case.outcome),
        )


def _adjusted(one: Adjustment) -> Message:
    told = {
        "kind": one.kind,
        "until": one.until,
        "amount": one.period and one.period.amount,
        "unit": one.period and one.period.unit,
        "because": one.because,
        "rule": one.rule,
    }
    if one.kind is AdjustmentKind.PERIOD:
        return message("Clock: {kind}, {rule}.", **told)
    if one.until is not None:
        return message("Clock: {kind}, until {until}.", **told)
    if one.period is not None:
        return message("Clock: {kind}, {amount} {unit}.", **told)
    if one.because:
        return message("Clock: {kind}, {because}.", **told)
    return message("Clock: {kind}.", **told)
