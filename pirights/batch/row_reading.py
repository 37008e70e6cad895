"""A row of a clinic's sheet read cell by cell: what it says, or every fault by its column."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from pirights import canonical_json, plain
from pirights.batch import cells, contact_cells
from pirights.batch.client_row import ClientRow
from pirights.batch.columns import COLUMNS, EXAMPLE_KEYS, REQUIRED
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
        """SHA-256 of what the cells say, hex; how they are typed does not matter."""
        said = {name: _plain(value) for name, value in self.said.items()}
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
        elif cells.is_formula(cell):
            fault(column, message("The cell holds a formula; write what it gives."))
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
    return ReadRow(row=record.row, said=said, faults=tuple(faults))


def client_row(row: ReadRow, handler: Handler, how: Reading) -> ClientRow:
    """Make the values of a row without a fault.

    Args:
        row: The row.
        handler: What all rows together say of its handler.
        how: As it was read.
    """
    said = row.said
    person = _person(said, how)
    return ClientRow(
        row=row.row,
        key=said["key"],
        person=person,
        handler=handler,
        encounters=tuple(_encounter(said, at, person, how) for at in said["encounter_at"]),
        rights=said["rights"],
        letters=said.get("letters", Letters.ZH),
        identify_by=said.get("identify_by", ()),
        channel=said.get("channel"),
        note=said.get("note", ""),
        digest=row.digest,
    )


def _person(said: Mapping[str, Any], how: Reading) -> Person:
    person = Person(
        id=0,
        name=said["person_name"],
        name_en=said.get("person_name_en", ""),
        phone=said.get("person_phone", ""),
        email=said.get("person_email", ""),
        address=said.get("person_address", ""),
        id_number=said.get("person_id_number", ""),
        capacity=said.get("capacity", Capacity.SELF),
    )
    age = _age(person.id_number, how.now.astimezone(ZoneInfo(how.zone)).date())
    if person.capacity is Capacity.GUARDIAN and age is not None and age >= ADULT:
        return replace(person, ward=Ward.ADULT)
    return person


def _encounter(said: Mapping[str, Any], at: datetime, person: Person, how: Reading) -> Encounter:
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
    age = _age(person.id_number, scan.day)
    if age is None or age >= ADULT:
        return scan if age is None else replace(scan, minor=False)
    under = (Circumstance.UNDER_14,) if age < _UNDER else ()
    return replace(scan, minor=True, circumstances=under)


def _age(number: str, on: date) -> int | None:
    """Count the years that a person has completed; the number of their card tells the birthday."""
    born = id_number.birthday(number) if number else None
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

_ORDER: Final = tuple(column.name for column in COLUMNS)
_ANSWERS: Final = ("notice", "consent", "separate_consent", "alternative")


def _names(column: str) -> _Reader:
    return lambda cell, _: contact_cells.name(cell, column)


def _emails(column: str) -> _Reader:
    return lambda cell, _: contact_cells.email(cell, column)


def _lines(column: str) -> _Reader:
    return lambda cell, _: encounter_cells.line(cell, column)


def _words(known: Mapping[str, StrEnum], column: str) -> _Reader:
    return lambda cell, _: cells.word(cell, known, column) if cell.strip() else ""


def _checked(check: Callable[[str], str], column: str) -> _Reader:
    return lambda cell, _: check(code) if (code := cells.code(cell, column)) else ""


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
