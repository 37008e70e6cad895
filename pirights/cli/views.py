"""What programs read of the domain's values: the labels people type, and plain fields."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pirights.domain.attachment import Attachment
from pirights.domain.deadline import Deadline
from pirights.domain.dispatch import Letter
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.next_step import NextStep
from pirights.domain.person import Capacity, Person, masked
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.request import counted
from pirights.errors import Message, message
from pirights.plain import to_plain
from pirights.workflow import acting, handler_json
from pirights.workflow.cases import Standing

View = dict[str, Any]


def encounter(one: Encounter) -> View:
    """An encounter; `local` is the clock of its zone."""
    return {
        **to_plain(one),
        "id": one.label,
        "local": clock_of(one.local),
        "handlers": [
            {"handler": f"H{actor.handler}", "role": actor.role} for actor in one.handlers
        ],
    }


def handler(one: Handler) -> View:
    """A handler."""
    return handler_json.record(one)


def person(one: Person) -> View:
    """A person; the number of the identity card is masked."""
    return {
        **to_plain(one),
        "id": one.label,
        "id_number": masked(one.id_number),
        "representative": f"P{acting.number(one)}" if acting.number(one) else None,
        "ward": one.ward if one.capacity is Capacity.GUARDIAN else None,
    }


def attachment(one: Attachment) -> View:
    """A file kept in the vault."""
    return {**to_plain(one), "id": f"A{one.id}"}


def letter(one: Letter) -> View:
    """An outgoing message, without its text."""
    return {
        "id": one.label,
        "direction": "out",
        "kind": one.kind,
        "on": one.on,
        "letters": one.letters,
        "to": one.handler_name,
        "delivery": one.delivery,
        "channel": one.dispatch.channel if one.dispatch else None,
        "sent_on": one.dispatch.on if one.dispatch else None,
        "tracking": one.dispatch.tracking if one.dispatch else "",
        "arrived_on": one.arrived_on,
    }


def reply(one: Reply) -> View:
    """An incoming message."""
    return {
        "id": one.label,
        "direction": "in",
        "ref": one.ref or None,
        "kind": one.kind,
        "confirmed": one.is_confirmed,
        "on": one.on,
        "from": one.sender,
        "subject": one.subject,
        "reasons": one.reasons,
        "matched_by": one.ground and one.ground.message,
        "answers": f"{one.ref}/{one.answers}" if one.answers else None,
        "answerer": one.answerer or None,
        "voided": one.voided_because or None,
        "channel": one.channel,
    }


def kind(one: Reply) -> Message | ReplyKind:
    """What a reply says, and whether a person said so."""
    if one.is_confirmed:
        return message("{kind} (confirmed)", kind=one.kind)
    if one.kind is ReplyKind.UNKNOWN:
        return one.kind
    return message("{kind} (suggested)", kind=one.kind)


def courtesy(letters: Sequence[Letter]) -> list[Message]:
    """Tell which of the items are courtesy questions, where there are any."""
    asked = [item for one in letters for item in one.items]
    counts = counted(asked)
    numbers = [item.number for item in asked if item not in counts]
    if not numbers:
        return []
    return [
        message(
            "Courtesy questions, which rest on no article and are not counted: {numbers}.",
            numbers=", ".join(map(str, numbers)),
        )
    ]


def parts(one: Reply) -> list[View]:
    """The parts of a message, with the clock of each and by what it is known."""
    return [
        {
            "file": each.name,
            "taken": each.taken,
            "by": each.by,
            "until": each.until or None,
            "speakers": [
                {"name": who.name, "messages": who.count, "you": who.mine} for who in each.speakers
            ],
        }
        for each in one.parts
    ]


def deadline(one: Deadline) -> View:
    """A day with what it rests on."""
    return {
        "what": one.id,
        "meaning": one.what,
        "on": one.on,
        "force": one.force,
        "basis": one.basis,
        "start": one.start,
        "provisional": one.provisional,
        "letter": one.letter or None,
        "steps": one.steps,
    }


def provisional(deadlines: Sequence[Deadline]) -> list[Message]:
    """Warn of days that the next holiday notice may move."""
    days = sorted({one.on for one in deadlines if one.provisional})
    if not days:
        return []
    return [
        message(
            "Provisional, until the State Council's holiday notice for the year: {days}. The day "
            "may move.",
            days=", ".join(map(str, days)),
        )
    ]


def stale_address(one: Handler) -> list[Message]:
    """Warn of an address from which a mail came back."""
    if one.email_bounced is None:
        return []
    return [
        message(
            "A mail to {address} came back on {date}: {handler} needs another address.",
            address=one.email,
            date=one.email_bounced,
            handler=one.label,
        )
    ]


def case(one: Standing) -> View:
    """A case with its three separate fields."""
    return {
        "ref": one.case.ref,
        "stage": one.stage,
        "outcome": one.case.outcome,
        "delivery": one.delivery,
        "person": f"P{one.case.person}",
        "handler": f"H{one.case.handler}",
        "handler_name": one.handler.name,
        "opened_on": one.case.opened_on,
        "closed_on": one.case.closed_on,
    }


def messages(one: Standing) -> list[View]:
    """All messages of a case in the order in which they were taken in."""
    rows = [(each.number, letter(each)) for each in one.letters]
    rows += [(each.number, reply(each)) for each in one.replies]
    return [view for _, view in sorted(rows, key=lambda row: row[0])]


def items(one: Standing) -> list[View]:
    """What was asked, item by item."""
    return [
        {
            "letter": each.label,
            "number": item.number,
            "id": item.id,
            "right": item.right,
            "zh": item.zh,
            "en": item.en,
            "cites": item.cites,
            "after_receipt": item.after_receipt,
            "score": item.score,
            "counted": item.right is not None,
        }
        for each in one.letters
        for item in each.items
    ]


def clock_of(moment: datetime) -> str:
    """Write a local moment to the minute: 2026-11-20 18:05."""
    return f"{moment:%Y-%m-%d %H:%M}"


def next_step(one: NextStep | None) -> View | None:
    """The next step of a case; None where there is none."""
    if one is None:
        return None
    return {
        "act": one.act,
        "what": one.what,
        "why": one.why,
        "command": one.command,
        "on": one.on,
        "mine": one.is_for_me,
    }


def told_next(one: NextStep | None) -> list[Message]:
    """The next step of a case in words."""
    if one is None:
        return []
    return [
        message("Next: {what} {why} `{command}`", what=one.what, why=one.why, command=one.command)
    ]
