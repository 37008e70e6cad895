"""The notice to preserve (证据与数据保全告知函): what to keep of each scan, until when, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Language, Letters
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler
from pirights.domain.law import Laws, State
from pirights.domain.person import Person
from pirights.letters import assembly, template, wording
from pirights.letters.capacity import speaking_of
from pirights.letters.template import Template

_EXACT: Final = timedelta(minutes=15)
"""How far around the time of a scan video and records are asked for; our suggestion."""

_ABOUT: Final = timedelta(hours=1)
"""The same where the time is only approximate."""

_COURT: Final = "cpl-civil-procedure:84(2)"
"""Preservation of evidence by the court before a suit."""

_BEIJING: Final = "Asia/Shanghai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One scan, and what is known of how long its video is kept.

    Attributes:
        camera: There may be cameras at such a place; at an app there are none.
        until: The last day on which video must still be kept, inclusive; None if none is known.
        outside: A public place that usually is outside the minimum (public-video-2025:9(2)).
    """

    encounter: Encounter
    camera: bool = True
    until: date | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PreserveBrief:
    """Everything such a letter is written from.

    Attributes:
        label: The new message's own name, such as PR-2026-7K3M9QX-C/2.
        first: The request of the case, sent or not.
        on: The letter's date.
        by: The day by which a reply is asked for, inclusive; our suggestion.
        zone: The IANA zone in which those are days.
        identify_by: Clues the user gave, such as 年卡号 1234.
        holds_deletion: The request asked for deletion, which is to wait.
    """

    label: str
    person: Person
    handler: Handler
    first: Letter
    scans: tuple[Kept, ...]
    letters: Letters
    on: date
    by: date
    zone: str
    actor: Person | None = None
    identify_by: tuple[str, ...] = ()
    holds_deletion: bool = False


def written(brief: PreserveBrief, laws: Laws) -> Document:
    """Write the letter, in one language or both."""
    return assembly.assembled(
        FollowUp.PRESERVE.value, brief, lambda source: values(brief, source, laws)
    )


def values(brief: PreserveBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the letter's template may name, in the language of the template."""
    language = source.language
    encounters = [one.encounter for one in brief.scans]
    present = bool(
        laws.citable(
            ("pipl:45(1)",),
            facts=[one.day for one in encounters],
            asked=brief.on,
            venues=frozenset(),
            stored=any(one.may_be_stored for one in encounters),
        )
    )
    return {
        **assembly.common(brief, source, laws),
        "first": earlier(brief.first, language),
        "scans": [
            _scan(one, number, brief.on, language)
            for number, one in enumerate(brief.scans, start=1)
        ],
        "any_until": any(one.until is not None for one in brief.scans),
        "any_open": any(one.camera and one.until is None for one in brief.scans),
        "outside": any(one.outside for one in brief.scans),
        "present": present,
        "court": laws.state(_COURT, brief.on) is State.IN_FORCE,
        "holds_deletion": brief.holds_deletion,
        f"clues_{language}": wording.clues(brief.person, encounters, brief.identify_by, language),
        "questions": [
            {"number": number, f"text_{language}": speaking_of(item.text, brief.person, language)}
            for number, item in enumerate(source.items, start=len(brief.scans) + 1)
        ],
    }


def earlier(letter: Letter, language: Language) -> Mapping[str, str] | None:
    """What is said of the request, if it left already: the handler knows of no other."""
    if letter.dispatch is None:
        return None
    return {
        "label": letter.label,
        f"title_{language}": template.load("request", language).title,
        f"sent_{language}": wording.day(letter.dispatch.on, language),
    }


def window(encounter: Encounter, language: Language) -> str:
    """Write the span around a scan: 2026年11月20日17时50分至18时20分, in the scan's own zone."""
    around = _ABOUT if encounter.about else _EXACT
    zone = ZoneInfo(encounter.zone)
    ends = [_shifted(encounter.at, by).astimezone(zone) for by in (-around, around)]
    start, end = (wording.day(one.date(), language) for one in ends)
    one_day = start == end
    foreign = encounter.zone != _BEIJING
    if language is Language.ZH:
        named = f"（{encounter.zone}时区）" if foreign else ""
        left, right = (f"{one:%H}时{one:%M}分" for one in ends)
        return f"{start}{left}至{right if one_day else end + right}{named}"
    named = encounter.zone if foreign else "Beijing time"
    left, right = (f"{one:%H:%M}" for one in ends)
    if one_day:
        return f"{left} to {right} ({named}) on {start}"
    return f"{left} on {start} to {right} on {end} ({named})"


def _shifted(at: datetime, by: timedelta) -> datetime:
    """Move a moment; in UTC, where no hour is skipped."""
    return at.astimezone(UTC) + by


def _scan(one: Kept, number: int, on: date, language: Language) -> Mapping[str, object]:
    encounter, until = one.encounter, one.until
    return {
        "number": number,
        "place": encounter.place,
        f"window_{language}": window(encounter, language),
        "refused": encounter.refused,
        "camera": one.camera,
        f"until_{language}": "" if until is None else wording.day(until, language),
        "passed": until is not None and until < on,
    }
