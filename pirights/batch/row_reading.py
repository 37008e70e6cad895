"""A row of a clinic's sheet read cell by cell: what it says, or every fault by its column."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from pirights import canonical_json, plain
from pirights.batch import cells, contact_cells
from pirights.batch.client_row import ClientRow
from pirights.batch.columns import COLUMNS, EXAMPLE_KEYS, REQUIRED
from pirights.batch.same_person import Client
from pirights.batch.sheet import Record
from pirights.batch.words import CAPACITIES, CHANNELS, LETTERS, RIGHTS
from pirights.domain import id_number, uscc
from pirights.domain.document import Letters
from pirights.domain.encounter import Answer, Circumstance, Encounter, ScanMode
from pirights.domain.handler import Handler
from pirights.domain.person import Capacity, Person, Ward
from pirights.errors import BadInput, Message, message
from pirights.workflow import encounter_cells
from pirights.workflow.encounter_words import ANSWERS, MODES, VENUES
from pirights.workflow.sheet_faults import Fault

ADULT: Final = 18
_OLDEST: Final = 125
"""Years; nobody alive is older."""

_UNDER: Final = 14
"""Years of age (Civil Code 17; PIPL 31(1))."""

HANDLER_FACTS: Final = ("name", "name_en", "uscc", "address", "email")
"""What rows tell of a handler, by field; a column has `handler_` before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the cells of a sheet are to be taken.

    Attributes:
        now: Aware; nothing may lie after it.
        zone: IANA name of the zone whose clocks the sheet means.
        counts_from_1904: As a sheet's.
    """

    now: datetime
    zone: str
    counts_from_1904: bool = False

    @property
    def today(self) -> date:
        """The day on which letters are written."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row as it was read.

    Attributes:
        said: What its good cells say, by English heading; empty cells left out.
        faults: What is wrong with the others.
    """

    row: int
    said: Mapping[str, Any]
    faults: tuple[Fault, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of what the cells say of the letter, hex; how they are typed does not matter."""
        return self._digest(self.said.keys() - _ASIDE)

    @property
    def aside(self) -> str:
        """SHA-256 of what the other cells say, hex."""
        return self._digest(self.said.keys() & _ASIDE)

    def _digest(self, columns: AbstractSet[str]) -> str:
        said = {name: _plain(self.said[name]) for name in columns}
        return hashlib.sha256(canonical_json.canonical(said)).hexdigest()


def is_example(record: Record) -> bool:
    """Say whether a row only shows how a sheet is filled in."""
    key = record.cells.get("key", "")
    return isinstance(key, str) and key.strip().upper() in EXAMPLE_KEYS


def read(record: Record, how: Reading) -> ReadRow:
    """Read a row: everything that it says, and every fault."""
    said: dict[str, Any] = {}
    faults: list[Fault] = []

    def fault(column: str, problem: Message) -> None:
        faults.append(Fault(row=record.row, line=record.row, column=column, problem=problem))

    for column, problem in record.stray.items():
        fault(column, problem)
    for column in _ORDER:
        cell = record.cells.get(column, "")
        if isinstance(cell, Message):
            fault(column, cell)
        elif not_meant := cells.not_meant(cell, may_be_truth=column in _ANSWERS):
            fault(column, not_meant)
        elif column in _ONE_EACH and len(cell.strip().splitlines()) > 1:
            fault(column, message("Several lines stand in this cell; a row is of one client."))
        else:
            try:
                value = _READERS[column](cell, how)
            except BadInput as wrong:
                fault(column, wrong.message)
                continue
            if value not in {"", ()}:
                said[column] = value
            elif column in REQUIRED and not record.is_torn:
                fault(column, message("This cell must not be empty."))
    faults.extend(_unborn(record.row, said, how))
    return ReadRow(row=record.row, said=said, faults=tuple(faults))


def _unborn(row: int, said: Mapping[str, Any], how: Reading) -> Iterator[Fault]:
    """Say that by the number of their card nobody can have been scanned on that day."""
    born = id_number.birthday(said.get("person_id_number", ""))
    if born is None or "encounter_at" not in said:
        return
    day = said["encounter_at"][0].astimezone(ZoneInfo(how.zone)).date()
    if born > day or day.year - born.year > _OLDEST:
        problem = message(
            "By this number the client was born on {born}; the scan was on {day}.",
            born=born,
            day=day,
        )
        yield Fault(row=row, line=row, column="person_id_number", problem=problem)


def client_row(row: ReadRow, client: Client, handler: Handler, how: Reading) -> ClientRow:
    """Make the values of a row without a fault.

    Args:
        row: The row.
        client: What the rows and the vault say of its client.
        handler: What all rows together say of its handler.
        how: As it was read.
    """
    said = row.said
    person = _person(said, client, how)
    return ClientRow(
        row=row.row,
        key=said["key"],
        person=person,
        handler=handler,
        encounters=tuple(
            _encounter(said, at, person, client.born, how) for at in said["encounter_at"]
        ),
        rights=said["rights"],
        letters=said.get("letters", Letters.ZH),
        identify_by=said.get("identify_by", ()),
        channel=said.get("channel"),
        note=said.get("note", ""),
        digest=row.digest,
        aside=row.aside,
    )


def _person(said: Mapping[str, Any], client: Client, how: Reading) -> Person:
    person = Person(
        id=0,
        name=said["person_name"],
        name_en=said.get("person_name_en", ""),
        phone=said.get("person_phone", ""),
        email=said.get("person_email", ""),
        address=said.get("person_address", ""),
        id_number=said.get("person_id_number", ""),
        capacity=client.capacity or Capacity.SELF,
    )
    if person.capacity is not Capacity.GUARDIAN:
        return person
    years = age(client.born, how.today)
    by_age = Ward.ADULT if years is not None and years >= ADULT else Ward.MINOR
    return replace(person, ward=client.ward or by_age)


def _encounter(
    said: Mapping[str, Any], at: datetime, person: Person, born: date | None, how: Reading
) -> Encounter:
    scan = Encounter(
        id=0,
        at=at,
        zone=how.zone,
        place=said["place"],
        venue=said["venue"],
        mode=said.get("mode", ScanMode.UNKNOWN),
        **{name: said.get(name, Answer.UNKNOWN) for name in _ANSWERS},
        purpose=said.get("purpose", ""),
        minor=person.is_minor_ward,
    )
    years = age(born, scan.day)
    if years is None or years >= ADULT:
        return scan if years is None else replace(scan, minor=False)
    under = (Circumstance.UNDER_14,) if years < _UNDER else ()
    return replace(scan, minor=True, circumstances=under)


def age(born: date | None, on: date) -> int | None:
    """Count the years that somebody has completed; None where that is not known."""
    if born is None or born > on:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return plain.moment(value)
    return value.value if isinstance(value, StrEnum) else value


_Reader = Callable[[str, Reading], Any]

_ASIDE: Final = frozenset({"note", "channel"})
"""Columns that no letter is made from."""

_ONE_EACH: Final = frozenset(
    {"person_name", "person_name_en", "person_phone", "person_email", "person_id_number"}
)
"""Columns in which a second line is another client, or their second number: never one text."""

_ORDER: Final = tuple(column.name for column in COLUMNS)
_ANSWERS: Final = ("notice", "consent", "separate_consent", "alternative")


def _names(column: str) -> _Reader:
    return lambda cell, _: contact_cells.name(cell, column)


def _emails(column: str) -> _Reader:
    return lambda cell, _: contact_cells.email(cell, column)


def _lines(column: str) -> _Reader:
    return lambda cell, _: cells.line(cell, column)


def _words(known: Mapping[str, StrEnum], column: str) -> _Reader:
    return lambda cell, _: cells.word(cell, known, column) if cell.strip() else ""


def _checked(check: Callable[[str], str], column: str) -> _Reader:
    return lambda cell, _: (
        check(code) if any(map(str.isalnum, code := cells.code(cell, column))) else ""
    )


def _moments(cell: str, how: Reading) -> tuple[datetime, ...]:
    zone = encounter_cells.zone_of(how.zone)
    return cells.moments(cell, zone, how.now, counts_from_1904=how.counts_from_1904)


_READERS: Final[Mapping[str, _Reader]] = {
    "key": lambda cell, _: cells.key(cell, "key"),
    **{name: _names(name) for name in ("person_name", "person_name_en")},
    **{name: _names(name) for name in ("handler_name", "handler_name_en")},
    **{name: _emails(name) for name in ("person_email", "handler_email")},
    "person_phone": lambda cell, _: contact_cells.phone(cell, "person_phone"),
    **{name: _lines(name) for name in ("person_address", "handler_address", "place", "purpose")},
    "person_id_number": _checked(id_number.check, "person_id_number"),
    "handler_uscc": _checked(uscc.check, "handler_uscc"),
    "capacity": _words(CAPACITIES, "capacity"),
    "encounter_at": _moments,
    "venue": _words(VENUES, "venue"),
    "mode": _words(MODES, "mode"),
    **{name: _words(ANSWERS, name) for name in _ANSWERS},
    "rights": lambda cell, _: cells.words(cell, RIGHTS, "rights"),
    "letters": lambda cell, _: cells.letters(cell, LETTERS, "letters") if cell.strip() else "",
    "identify_by": lambda cell, _: cells.texts(cell, "identify_by"),
    "channel": _words(CHANNELS, "channel"),
    "note": lambda cell, _: encounter_cells.lines(cell, "note"),
}
