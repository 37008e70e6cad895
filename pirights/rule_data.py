"""The only room that reads the rules: rights, capacities, places, authorities, periods.

The files lie in `templates/rules/`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pirights import law_data, resources, toml_rows
from pirights.domain.authority import Authority, AuthorityRole, Level
from pirights.domain.basis import GoesOn, RightRule
from pirights.domain.capacity import CapacityRule
from pirights.domain.encounter import Answer, Role
from pirights.domain.handler import Period, TimeUnit, Venue
from pirights.domain.law import Confidence, Laws
from pirights.domain.period import Force, Matter, PeriodRule, Start
from pirights.domain.request import Right
from pirights.domain.venue_profile import TypicalActor, VenueProfile
from pirights.domain.words import Words
from pirights.errors import message
from pirights.toml_rows import Row

_STANDARDS: Final = "gbt-"
_SOURCED: Final = frozenset({"id", "source", "checked", "confidence"})


def folder() -> Path:
    """Where the rules lie.

    Raises:
        FoldersMissing: There is no `templates/` folder.
    """
    return resources.folder("templates") / "rules"


@cache
def rights() -> Mapping[Right, RightRule]:
    """Read which provisions carry each right, once in a process.

    Raises:
        BadInput: The file is malformed; the message names the file, the line and the field.
        FoldersMissing: There is no `templates/` folder.
    """
    return load_rights(folder() / "rights.toml", law_data.laws())


def load_rights(path: Path, laws: Laws | None = None) -> Mapping[Right, RightRule]:
    """Read a file of rights, whose provisions these laws must hold; raises as `rights`."""
    found: dict[Right, RightRule] = {}
    for row in _rows(path, "right", {"provisions", "state_organ", "goes_on"}):
        right = row.one_of("id", Right)
        if laws is not None:
            row.keys_of("provisions", laws.provisions)
            row.keys_of("state_organ", laws.provisions)
        found[right] = RightRule(
            right=right,
            provisions=row.some_texts("provisions"),
            state_organ=row.texts("state_organ"),
            goes_on=row.one_of("goes_on", GoesOn),
            **_sourced(row),
        )
    return MappingProxyType(found)


@cache
def capacities() -> Mapping[str, CapacityRule]:
    """Read how letters say in whose right they are written, once; raises as `rights`."""
    return load_capacities(folder() / "capacities.toml", law_data.laws())


def load_capacities(path: Path, laws: Laws | None = None) -> Mapping[str, CapacityRule]:
    """Read a file of capacities, whose provisions these laws must hold; raises as `rights`."""
    fields = {
        *("label_zh", "label_en", "line_zh", "line_en", "standing_zh", "standing_en"),
        *("interest_zh", "interest_en", "basis", "parents", "mine_zh", "mine_en", "me_zh", "me_en"),
        *("enclosures_zh", "enclosures_en", "rights", "without", "beside", "beside_for"),
    }
    found: dict[str, CapacityRule] = {}
    for row in _rows(path, "capacity", fields):
        if laws is not None:
            row.keys_of("basis", laws.provisions)
            row.keys_of("parents", laws.provisions)
            row.keys_of("without", {*laws.provisions, *laws.instruments})
            row.keys_of("beside", laws.provisions)
        found[row.text("id")] = CapacityRule(
            id=row.text("id"),
            label=row.words_or_none("label"),
            line=row.words_or_none("line"),
            standing=row.words_or_none("standing"),
            interest=row.words_or_none("interest"),
            mine=row.words("mine"),
            me=row.words("me"),
            basis=row.texts("basis"),
            parents=row.texts("parents"),
            enclosures=_pairs(row, "enclosures") if "enclosures_zh" in row.data else (),
            rights=row.some_of("rights", Right) or tuple(Right),
            without=row.texts("without"),
            beside=row.texts("beside"),
            beside_for=row.some_of("beside_for", Right),
            **_sourced(row),
        )
    return MappingProxyType(found)


@cache
def authorities() -> Mapping[str, Authority]:
    """Read where one can turn to, once in a process; raises as `rights`."""
    return load_authorities(folder() / "authorities.toml")


def load_authorities(path: Path) -> Mapping[str, Authority]:
    """Read a file of authorities; raises as `rights`."""
    fields = {
        *("zh", "en", "takes_zh", "takes_en", "channel_zh", "channel_en", "role", "level"),
        *("basis", "document", "limits_zh", "limits_en", "from"),
    }
    return MappingProxyType(
        {
            row.text("id"): Authority(
                id=row.text("id"),
                name=row.words(""),
                takes=row.words("takes"),
                channel=row.words("channel"),
                role=row.one_of("role", AuthorityRole),
                level=row.one_of("level", Level),
                basis=row.texts("basis"),
                document=row.text("document"),
                limits=row.words_or_none("limits"),
                since=row.day_or_none("from"),
                **_sourced(row),
            )
            for row in _rows(path, "authority", fields)
        }
    )


@cache
def venues() -> Mapping[Venue, VenueProfile]:
    """Read what is usual at each kind of place, once in a process; raises as `rights`."""
    return load_venues(folder() / "venues.toml")


def load_venues(path: Path) -> Mapping[Venue, VenueProfile]:
    """Read a file of profiles; raises as `rights`."""
    fields = {
        *("actors", "kinds_zh", "kinds_en", "identifiers_zh", "identifiers_en", "public_place"),
        *("video_rule", "thirty_days", "supervisors", "route", "counter_zh", "counter_en"),
        *("note_zh", "note_en", "basis"),
    }
    return MappingProxyType(
        {
            row.one_of("id", Venue): VenueProfile(
                venue=row.one_of("id", Venue),
                actors=tuple(_actor(actor) for actor in row.rows("actors", row.table)),
                kinds=_pairs(row, "kinds"),
                identifiers=_pairs(row, "identifiers"),
                public_place=row.one_of("public_place", Answer),
                video_rule=row.text_or_none("video_rule"),
                thirty_days=row.flag("thirty_days"),
                supervisors=row.texts("supervisors"),
                route=row.texts("route"),
                counter=row.words("counter"),
                note=row.words_or_none("note"),
                basis=row.texts("basis"),
                **_sourced(row),
            )
            for row in _rows(path, "venue", fields)
        }
    )


@cache
def periods() -> Mapping[str, PeriodRule]:
    """Read every period with its source, once in a process; raises as `rights`."""
    return load_periods(folder() / "periods.toml")


def load_periods(path: Path) -> Mapping[str, PeriodRule]:
    """Read a file of periods; raises as `rights`."""
    fields = {
        *("zh", "en", "matter", "basis", "force", "amount", "unit", "word_zh", "word_en"),
        *("start", "shift", "venues", "rights", "limits_zh", "limits_en"),
    }
    return MappingProxyType({row.text("id"): _period(row) for row in _rows(path, "period", fields)})


def _period(row: Row) -> PeriodRule:
    period = None
    word = row.words_or_none("word")
    if word is None:
        period = Period(amount=row.number("amount"), unit=row.one_of("unit", TimeUnit))
    elif "amount" in row.data:
        raise row.fault("amount", message("a word stands for it already"))
    force = row.one_of("force", Force)
    if force is Force.STATUTORY and row.text_or_none("basis").startswith(_STANDARDS):
        raise row.fault("force", message("a recommended standard is no statute"))
    return PeriodRule(
        id=row.text("id"),
        what=row.words(""),
        matter=row.one_of("matter", Matter),
        basis=row.text_or_none("basis"),
        force=force,
        start=row.one_of("start", Start),
        period=period,
        word=word,
        shifts=row.flag("shift"),
        venues=row.some_of("venues", Venue),
        rights=row.some_of("rights", Right),
        limits=row.words_or_none("limits"),
        **_sourced(row),
    )


def _actor(row: Row) -> TypicalActor:
    row.only({"role", "zh", "en"})
    return TypicalActor(role=row.one_of("role", Role), name=row.words(""))


def _pairs(row: Row, stem: str) -> tuple[Words, ...]:
    """Read a list in both languages, `<stem>_zh` and `<stem>_en`, as long as each other."""
    zh, en = row.texts(f"{stem}_zh"), row.texts(f"{stem}_en")
    if not zh or len(zh) != len(en):
        raise row.fault(f"{stem}_en", message("it is not as long as in the other language"))
    return tuple(Words(zh=one, en=other) for one, other in zip(zh, en, strict=True))


def _rows(path: Path, table: str, fields: set[str]) -> Iterator[Row]:
    """Read the rows of a file that holds one kind of row, none twice, no unknown field."""
    top = toml_rows.read(path)
    top.only({table})
    seen: set[str] = set()
    for row in top.rows(table):
        row.only(_SOURCED | fields)
        name = row.text("id")
        if name in seen:
            raise row.fault("id", message("another row claims {id} too", id=name))
        seen.add(name)
        yield row


def _sourced(row: Row) -> dict[str, Any]:
    return {
        "source": row.text("source"),
        "checked": row.day("checked"),
        "confidence": row.one_of("confidence", Confidence),
    }
