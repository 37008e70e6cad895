"""The options of an encounter, the questions where they are missing, and what they mean."""

import functools
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from pirights import clock
from pirights.cli import ask, choose, choose_handler
from pirights.cli.frame import Call
from pirights.cli.language import N_
from pirights.domain import entry
from pirights.domain.encounter import Actor, Answer, Encounter, Role, ScanMode
from pirights.domain.handler import Venue
from pirights.domain.text import one_line
from pirights.errors import BadInput, WrongUsage, message
from pirights.workflow.desk import Desk

At = Annotated[
    str | None,
    typer.Option(metavar='"2026-11-20 18:05"', help=N_("When, on the clock of that place.")),
]
Place = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Where, in words."))]
VenueKind = Annotated[Venue | None, typer.Option(help=N_("What kind of place."))]
Zone = Annotated[
    str | None, typer.Option(metavar="ZONE", help=N_("Time zone, such as Asia/Shanghai."))
]
About = Annotated[
    bool | None, typer.Option("--about/--exact", help=N_("The time is only approximate."))
]
Handlers = Annotated[
    list[str] | None,
    typer.Option(
        metavar="H1[:ROLE]",
        help=N_("Who ran it; roles: operator, property-manager, vendor, entrusted."),
    ),
]
Mode = Annotated[ScanMode | None, typer.Option(help=N_("What the device did."))]
Notice = Annotated[Answer | None, typer.Option(help=N_("Was there a sign or notice?"))]
Consent = Annotated[Answer | None, typer.Option(help=N_("Was consent asked and given?"))]
SeparateConsent = Annotated[
    Answer | None, typer.Option(help=N_("Was separate consent asked and given?"))
]
Alternative = Annotated[Answer | None, typer.Option(help=N_("Was a way without the face offered?"))]
Refused = Annotated[
    bool | None,
    typer.Option("--refused/--not-refused", help=N_("You were turned away without a scan.")),
]
Purpose = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("The purpose they named."))]
Exemption = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help=N_("The ground they named for needing no consent.")),
]
Minor = Annotated[
    bool | None, typer.Option("--minor/--adult", help=N_("The person scanned was under 18."))
]
PublicPlace = Annotated[Answer | None, typer.Option(help=N_("Is it a public place?"))]
Circumstances = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KIND[=no]",
        help=N_("What else you know, such as under-14 or shared=no; more than one if you like."),
    ),
]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Anything else worth keeping."))]
Files = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", readable=False, help=N_("A photo, message or receipt to keep.")),
]

NAMES: Final = (
    "at",
    "place",
    "venue",
    "zone",
    "about",
    "handler",
    "mode",
    "notice",
    "consent",
    "separate_consent",
    "alternative",
    "refused",
    "purpose",
    "exemption",
    "minor",
    "public_place",
    "circumstance",
    "note",
)
_READ: Final = frozenset({"at", "zone", "handler", "circumstance"})
"""What needs reading before it is a field."""

_SAID: Final = {
    ("about", False): "exact",
    ("refused", False): "not-refused",
    ("minor", False): "adult",
}


def fields(options: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the options that were given."""
    return {name: options[name] for name in NAMES if options.get(name) is not None}


def complete(
    call: Call, desk: Desk, given: dict[str, Any], files: Sequence[Path]
) -> dict[str, Any]:
    """Ask for what an encounter cannot do without, where a person is there to ask.

    Raises:
        WrongUsage: Something is missing and nobody is there; the hint says what a photo tells.
    """
    missing = [name for name in ("at", "place", "venue") if name not in given]
    if not missing:
        return given
    from pirights.workflow import encounter_cells, encounter_words

    taken = _photo_time(files) if "at" in missing else ""
    if not ask.is_terminal():
        raise WrongUsage(
            message("Missing: {options}.", options=", ".join(f"--{name}" for name in missing)),
            hint=message('The photo says: --at "{taken}".', taken=taken) if taken else None,
        )
    asked = dict(given)
    if "at" in missing:
        now = f"{clock.now().astimezone(entry_zone(given, desk)):%Y-%m-%d %H:%M}"
        asked["at"] = choose.answer(
            call,
            message("When (as on the clock there)"),
            lambda typed: (entry.moment(typed, desk.zone, field="--at"), typed)[1],
            option="--at",
            default=taken or now,
        )
    if "place" in missing:
        asked["place"] = choose.answer(
            call, message("Where, in words"), _some_words, option="--place"
        )
    if "venue" in missing:
        asked["venue"] = choose.one_of(
            call,
            message("Kind of place"),
            tuple(Venue),
            option="--venue",
            default=Venue.OTHER,
            words=encounter_words.VENUES,
        )
    if "handler" not in given and choose_handler.are_known(desk):
        question = message("Who ran it (H1, H2, …; or nothing)")
        label = choose_handler.label(call, desk, question, optional=True)
        asked |= {"handler": [label]} if label else {}
    for name, question in (
        ("notice", message("Was there a sign or notice? (yes, no, unknown)")),
        ("consent", message("Was consent asked and given? (yes, no, unknown)")),
        ("alternative", message("Was a way without the face offered? (yes, no, unknown)")),
    ):
        if name not in given:
            asked[name] = choose.answer(
                call,
                question,
                functools.partial(encounter_cells.word, known=encounter_words.ANSWERS, column=name),
                option=f"--{name}",
                default="unknown",
            )
    ask.confirm(
        call, message("Write this down: {at}, {place}?", at=asked["at"], place=asked["place"])
    )
    return asked


def changes(
    given: Mapping[str, Any], *, zone: str, before: Encounter | None = None
) -> dict[str, Any]:
    """Turn options into fields of an encounter; circumstances are added to those of before.

    Raises:
        BadInput: A date, a zone or a handler that cannot be read.
    """
    found = {name: value for name, value in given.items() if name not in _READ}
    if "zone" in given:
        found["zone"] = zone = entry.zone_name(given["zone"])
    if "at" in given:
        found["at"] = entry.moment(given["at"], zone, field="--at")
        found["zone"] = zone
    if "handler" in given:
        found["handlers"] = tuple(_actor(text) for text in given["handler"])
    if "circumstance" in given:
        known = (before.circumstances, before.ruled_out) if before else ((), ())
        found["circumstances"], found["ruled_out"] = _circumstances(known, given["circumstance"])
    return found


def _circumstances(known: Any, typed: Sequence[str]) -> Any:  # noqa: ANN401 (a pair of tuples)
    from pirights.workflow import circumstance_words

    return circumstance_words.merged(known, typed)


def command(given: Mapping[str, Any], files: Sequence[Path]) -> str:
    """Write the command line that does the same without questions."""
    words = ["pirights", "log", "add"]
    for name, value in given.items():
        option = "--" + _SAID.get(
            (name, value) if isinstance(value, bool) else ("", False), name
        ).replace("_", "-")
        if isinstance(value, bool):
            words.append(option)
        else:
            for one in value if isinstance(value, list) else [value]:
                words += [option, str(one)]
    for file in files:
        words += ["--attach", str(file)]
    return shlex.join(words)


def _some_words(typed: str) -> str:
    said = one_line(typed, field="place")
    if not said:
        raise BadInput(message("Say where it was."))
    return said


def entry_zone(given: Mapping[str, Any], desk: Desk) -> Any:  # noqa: ANN401 (a ZoneInfo)
    """The zone in which the questions are meant."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(entry.zone_name(given.get("zone", desk.zone)))


def _actor(text: str) -> Actor:
    label, _, role = text.partition(":")
    if role and role not in set(Role):
        raise BadInput(
            message("There is no role {role}.", role=role),
            hint=message("Roles: {roles}.", roles=", ".join(one.value for one in Role)),
        )
    return Actor(
        handler=entry.record_number(label, "H"), role=Role(role) if role else Role.OPERATOR
    )


def _photo_time(files: Sequence[Path]) -> str:
    from pirights.workflow import encounters

    for file in files:
        taken = encounters.suggestion(file, now=clock.now()).taken
        if taken:
            return taken[:16]
    return ""
