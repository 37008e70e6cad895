"""What is shown of laws, articles, kinds of places, authorities and periods."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from pirights.cli.language import N_
from pirights.cli.show import Block, Facts
from pirights.domain.authority import Authority
from pirights.domain.basis import STATE_ORGANS, Ground, Why
from pirights.domain.citation import cite
from pirights.domain.deadline import Deadline
from pirights.domain.document import Language
from pirights.domain.handler import Venue
from pirights.domain.law import Instrument, Laws, Provision, Read
from pirights.domain.limitation import CODE_FROM
from pirights.domain.period import PeriodRule
from pirights.domain.venue_profile import VenueProfile
from pirights.domain.words import Words
from pirights.errors import Message, message

View = dict[str, Any]
Pairs = Sequence[tuple[str, object]]


def last_day(law: Instrument, provision: Provision | None = None) -> date | None:
    """The last day on which it applied, inclusive, or None; a provision may end before its law."""
    ended = law.until if provision is None or provision.until is None else provision.until
    return ended - timedelta(days=1) if ended else None


def instrument(law: Instrument, known: Laws, on: date) -> View:
    """A law as it stood on a day."""
    return {
        "id": law.id,
        "title": law.title,
        "title_zh": law.title.zh,
        "title_en": law.title.en,
        "issuer": law.issuer,
        "number": law.number,
        "kind": law.rank,
        "adopted": law.adopted,
        "effective": law.effective,
        "until": law.until,
        "superseded_by": law.superseded_by or None,
        "state": law.state(on),
        "note": law.note,
        **_sourced(law),
        "provision_count": sum(1 for one in known.provisions.values() if one.instrument == law.id),
    }


def provision(one: Provision, known: Laws, language: Language) -> View:
    """An article, paragraph or item."""
    return {
        "key": one.key,
        "instrument": one.instrument,
        "article": one.key.partition(":")[2],
        "citation": cite(known, one.key, language),
        "summary": one.summary,
        "summary_zh": one.summary.zh,
        "summary_en": one.summary.en,
        "grade": one.read,
        "limits": one.limits,
        "venues": one.venues,
        "minors_only": one.minors_only,
        "until": one.until or known.instrument(one.key).until,
        **_sourced(one),
    }


def profile(one: VenueProfile) -> View:
    """A kind of place."""
    return {
        "id": one.venue,
        "actors": [{"role": actor.role, "name": actor.name} for actor in one.actors],
        "kinds": one.kinds,
        "identifiers": one.identifiers,
        "public_place": one.public_place,
        "video_rule": one.video_rule or None,
        "thirty_days": one.thirty_days,
        "supervisors": one.supervisors,
        "route": one.route,
        "counter": one.counter,
        "note": one.note,
        "basis": one.basis,
        **_sourced(one),
    }


def body(one: Authority) -> View:
    """A body that can be turned to."""
    return {
        "id": one.id,
        "name": one.name,
        "takes": one.takes,
        "channel": one.channel,
        "role": one.role,
        "level": one.level,
        "basis": one.basis,
        "document": one.document,
        "limits": one.limits,
        "since": one.since,
        **_sourced(one),
    }


def period(one: PeriodRule) -> View:
    """A period."""
    return {
        "id": one.id,
        "for": one.what,
        "matter": one.matter,
        "basis": one.basis or None,
        "force": one.force,
        "amount": one.period.amount if one.period else None,
        "unit": one.period.unit if one.period else None,
        "word": one.word,
        "start": one.start,
        "count_first_day": False,
        "shift": one.shifts,
        "venues": one.venues,
        "rights": one.rights,
        "limits": one.limits,
        **_sourced(one),
    }


def length(one: PeriodRule) -> Message | Words | None:
    """How long a period is, in words."""
    if one.period is None:
        return one.word
    return message("{amount} {unit}", amount=one.period.amount, unit=one.period.unit)


def why(ground: Ground) -> View:
    """Why a provision may be cited, or not."""
    return {"why": ground.why, "reason": ground.reason}


def cited(ground: Ground, citation: str) -> Message:
    """A provision that may be cited, with what must be said beside it."""
    one = ground.provision
    said: list[object] = [
        message("{citation}: {summary}", citation=citation, summary=one.summary),
    ]
    if one.limits is not None:
        said.append(message("Limits: {limits}", limits=one.limits))
    if one.read is not Read.FULL:
        said.append(message("Take care: {grade}.", grade=one.read))
    if ground.why is Why.NOW:
        said.append(ground.reason)
    return message("{sentences}", sentences=said)


def route(venue: Venue | None) -> tuple[Message, ...]:
    """Say that a state organ is another matter."""
    if venue not in STATE_ORGANS:
        return ()
    return (
        message(
            "A state organ handles under articles 33 to 37 of the Personal Information Protection "
            "Law; notice, access and copies may be limited by law. Ask the organ first, then its "
            "superior organ or the departments performing PI protection duties (68(1)); government "
            "information or reconsideration may also be open. The program's letter is made for "
            "companies."
        ),
    )


def older(on: date) -> tuple[Message, ...]:
    """Say that the data do not hold all that applied before the Civil Code."""
    if on >= CODE_FROM:
        return ()
    return (
        message(
            "Civil statutes before the Civil Code are not in the data; the list may be incomplete."
        ),
    )


def reasoned(due: Deadline) -> list[Block]:
    """A date with its reasoning, step by step."""
    return [
        message("{day}, {force}: {what}", day=due.on, force=due.force, what=due.what),
        Facts([(f"  {number}.", step) for number, step in enumerate(due.steps, start=1)]),
    ]


def shown(thing: object, known: Laws, language: Language, today: date) -> tuple[View, Pairs]:
    """Anything that has a name, for programs and for people."""
    match thing:
        case Instrument():
            data = instrument(thing, known, today)
            pairs: Pairs = [
                (N_("Law"), thing.id),
                (N_("Title"), thing.title),
                (N_("Kind"), thing.rank),
                (N_("Issued by"), thing.issuer),
                (N_("Number"), thing.number),
                (N_("Adopted"), thing.adopted),
                (N_("In force from"), thing.effective),
                (N_("Up to"), last_day(thing)),
                (N_("Superseded by"), thing.superseded_by),
                (N_("State"), thing.state(today)),
                (N_("Note"), thing.note),
            ]
        case Provision():
            before = known.renumbered.get(thing.key, "")
            after = [new for new, old in known.renumbered.items() if old == thing.key]
            law = known.instrument(thing.key)
            data = provision(thing, known, language)
            data |= {
                "effective": law.effective,
                "state": known.state(thing.key, today),
                "was": before or None,
                "is_now": after[0] if after else None,
            }
            pairs = [
                (N_("Article"), data["citation"]),
                (N_("What it gives"), thing.summary),
                (N_("Limits"), thing.limits),
                (N_("How it was read"), thing.read),
                (N_("In force from"), law.effective),
                (N_("Up to"), last_day(law, thing)),
                (N_("State"), known.state(thing.key, today)),
                (N_("Before"), before),
                (N_("Now"), after),
                (N_("Kind of place"), thing.venues),
            ]
        case VenueProfile():
            data = profile(thing)
            pairs = [
                (N_("Kind of place"), thing.venue),
                (N_("Who usually acts there"), [actor.name for actor in thing.actors]),
                (N_("Public place"), thing.public_place),
                (N_("What to ask for"), thing.kinds),
                (N_("Found without a face by"), thing.identifiers),
                (N_("Video kept 30 days"), thing.thirty_days),
                (N_("Who supervises"), thing.supervisors),
                (N_("What they say"), thing.counter),
                (N_("Note"), thing.note),
                (N_("Articles"), thing.basis),
            ]
        case Authority():
            data = body(thing)
            pairs = [
                (N_("Name"), thing.name),
                (N_("What it takes"), thing.takes),
                (N_("How to reach it"), thing.channel),
                (N_("Limits"), thing.limits),
                (N_("Since"), thing.since),
                (N_("Articles"), thing.basis),
            ]
        case PeriodRule():
            data = period(thing)
            pairs = [
                (N_("For what"), thing.what),
                (N_("How long"), length(thing)),
                (N_("On whose word"), thing.force),
                (N_("Articles"), thing.basis),
                (N_("Limits"), thing.limits),
            ]
        case _:
            raise TypeError(type(thing).__name__)
    sourced = [
        (N_("Confidence"), data["confidence"]),
        (N_("Source"), data["source"]),
        (N_("Last checked"), data["checked"]),
    ]
    return data, [*pairs, *sourced]


def _sourced(
    one: Instrument | Provision | VenueProfile | Authority | PeriodRule,
) -> View:
    return {"source": one.source, "checked": one.checked, "confidence": one.confidence}
