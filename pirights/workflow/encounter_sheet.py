"""Encounters from a sheet (CSV): taken in with every faulty cell named.

Rows are numbered as a spreadsheet shows them: the first is 1, empty ones count, and a cell with
line breaks is still one row; the line of the file is given beside it. The good rows and the
faults are values; only a file that cannot be read as a sheet at all is an error.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from pirights.domain import entry
from pirights.domain.encounter import Actor, Answer, Circumstance, Encounter, ScanMode
from pirights.domain.handler import Venue
from pirights.errors import BadInput, Message, message
from pirights.workflow import circumstance_words, delimited
from pirights.workflow import encounter_cells as cells
from pirights.workflow import encounter_words as words
from pirights.workflow.encounter_words import CHINESE_HEADINGS, COLUMNS, REQUIRED
from pirights.workflow.handler_mentions import HandlerMention, mentions
from pirights.workflow.sheet_faults import Fault
from pirights.workflow.sheet_headings import Headings

ROW_LIMIT: Final = 1_000_000
"""Rows of a sheet, its heading apart."""

_HEADINGS: Final = Headings(columns=COLUMNS, chinese=CHINESE_HEADINGS, required=REQUIRED)

_LONGEST_ZONE: Final = 80
"""Characters of a zone's cell that are looked at, and shown where there is no such zone."""

_BLANKS: Final = " \t\n\r\u3000"
"""What `domain.text` trims."""

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An encounter as a sheet states it: no number yet, and the handlers only mentioned."""

    at: datetime
    place: str
    venue: Venue
    zone: str
    about: bool
    handlers: tuple[HandlerMention, ...]
    mode: ScanMode
    notice: Answer
    consent: Answer
    separate_consent: Answer
    alternative: Answer
    refused: bool
    purpose: str
    exemption: str
    minor: bool
    public_place: Answer
    note: str
    circumstances: tuple[Circumstance, ...]
    ruled_out: tuple[Circumstance, ...]

    def encounter(self, handlers: tuple[Actor, ...], *, number: int = 0) -> Encounter:
        """Make the encounter, once its handlers are known."""
        facts: dict[str, Any] = {name: getattr(self, name) for name in _FACTS}
        facts["minor"] = self.minor or Circumstance.UNDER_14 in self.circumstances
        return Encounter(id=number, handlers=handlers, **facts)


_FACTS: Final = tuple(one.name for one in fields(Draft) if one.name != "handlers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A good row.

    Attributes:
        row: Its number in a spreadsheet, from 1.
        line: The line of the file on which it begins, from 1.
    """

    row: int
    line: int
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as it was read."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read(data: bytes, *, zone: str, now: datetime) -> Sheet:
    """Read a whole sheet.

    Args:
        data: UTF-8 with or without byte order mark, UTF-16 with one, else GB 18030.
        zone: IANA name, for rows that name none.
        now: Aware; nothing may lie after it.

    Raises:
        BadInput: Too large, not text, no heading row, or a heading that is not known.
    """
    rows: list[Row] = []
    faults: list[Fault] = []
    for one in entries(data, zone=zone, now=now):
        if isinstance(one, Row):
            rows.append(one)
        else:
            faults.append(one)
    return Sheet(rows=tuple(rows), faults=tuple(faults))


def entries(data: bytes, *, zone: str, now: datetime) -> Iterator[Row | Fault]:
    """Read a sheet row by row, as `read`; for one that is too long to hold at once."""
    text = delimited.text_of(data)
    numbered = delimited.records(
        text, delimited.delimiter_of(text, lambda cell: _HEADINGS.column(cell) in COLUMNS)
    )
    heading: list[str] = []
    for row, _, found in numbered:
        if isinstance(found, Message):
            raise BadInput(found)
        if any(cell.strip() for cell in found):
            heading = _HEADINGS.read(found)
            break
        if row > ROW_LIMIT:
            break
    if not heading:
        raise BadInput(
            message("The sheet is empty."),
            hint=message("Its first row names the columns: {columns}.", columns=", ".join(COLUMNS)),
        )
    reader = _Reader.under(heading, zone, now)
    for row, line, found in numbered:
        if row > ROW_LIMIT + 1:
            yield Fault(
                row=row,
                line=line,
                column="",
                problem=message("More than {limit} rows; the rest was not read.", limit=ROW_LIMIT),
            )
            return
        if isinstance(found, Message):
            yield Fault(row=row, line=line, column="", problem=found)
        elif any(cell.strip(_BLANKS) for cell in found):
            yield from reader.row(row, line, found)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads rows under one heading.

    Attributes:
        places: Which cell of a row stands in which column; `zone` first, which `at` needs.
    """

    width: int
    places: tuple[tuple[int, str], ...]
    zone: ZoneInfo
    now: datetime

    @classmethod
    def under(cls, heading: Sequence[str], zone: str, now: datetime) -> "_Reader":
        places = [(place, name) for place, name in enumerate(heading) if name]
        places.sort(key=lambda one: one[1] != "zone")
        return cls(len(heading), tuple(places), cells.zone_of(zone), now)

    def row(self, row: int, line: int, found: list[str]) -> Iterator[Row | Fault]:
        """Read one row: the row, or all its faults."""
        facts: dict[str, Any] = dict(_DEFAULTS, zone=self.zone.key)
        faults: list[Fault] = []
        zone, width = self.zone, len(found)
        for place, column in self.places:
            cell = found[place] if place < width else ""
            if not cell and column not in REQUIRED:
                continue
            if column in REQUIRED and not cell.strip(_BLANKS):
                faults.append(Fault(row=row, line=line, column=column, problem=_EMPTY[column]))
                continue
            if cell[:1] == "'":
                cell = delimited.unguarded(cell)
            try:
                if column == "at":
                    facts["at"] = cells.moment(cell, zone, self.now)
                elif column == "zone":
                    zone = cells.zone_of(entry.zone_name(cell[:_LONGEST_ZONE]))
                    facts["zone"] = zone.key
                else:
                    facts.update(_read(column, cell))
            except BadInput as error:
                faults.append(Fault(row=row, line=line, column=column, problem=error.message))
        if self._strays(found):
            stray = message("The row has a cell under no heading.")
            faults.append(Fault(row=row, line=line, column="", problem=stray))
        if faults:
            yield from faults
        else:
            yield Row(row=row, line=line, draft=Draft(**facts))

    def _strays(self, found: list[str]) -> bool:
        if len(found) <= self.width == len(self.places):
            return False
        named = {place for place, _ in self.places}
        return any(cell.strip() for place, cell in enumerate(found) if place not in named)


_EMPTY: Final = {
    "at": message("The time is missing."),
    "place": message("The place is missing."),
    "venue": message("The kind of place is missing."),
}
_FIELD: Final = {"handler": "handlers"}

_DEFAULTS: Final = {
    "about": False,
    "handlers": (),
    "mode": ScanMode.UNKNOWN,
    "notice": Answer.UNKNOWN,
    "consent": Answer.UNKNOWN,
    "separate_consent": Answer.UNKNOWN,
    "alternative": Answer.UNKNOWN,
    "refused": False,
    "purpose": "",
    "exemption": "",
    "minor": False,
    "public_place": Answer.UNKNOWN,
    "note": "",
    "circumstances": (),
    "ruled_out": (),
}


def _read(column: str, cell: str) -> Mapping[str, object]:
    if column == "circumstances":
        circumstances, ruled_out = circumstance_words.read(cell)
        return {"circumstances": circumstances, "ruled_out": ruled_out}
    return {_FIELD.get(column, column): _READERS[column](cell)}


def _worded(known: Mapping[str, _Word], column: str) -> Callable[[str], _Word]:
    return lambda cell: cells.word(cell, known, column)


def _lined(column: str) -> Callable[[str], str]:
    return lambda cell: cells.line(cell, column)


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "place": _lined("place"),
    "venue": _worded(words.VENUES, "venue"),
    "handler": mentions,
    "mode": _worded(words.MODES, "mode"),
    "notice": _worded(words.ANSWERS, "notice"),
    "consent": _worded(words.ANSWERS, "consent"),
    "separate_consent": _worded(words.ANSWERS, "separate_consent"),
    "alternative": _worded(words.ANSWERS, "alternative"),
    "purpose": _lined("purpose"),
    "note": lambda cell: cells.lines(cell, "note"),
    "about": lambda cell: cells.flag(cell, "about"),
    "refused": lambda cell: cells.flag(cell, "refused"),
    "exemption": _lined("exemption"),
    "minor": lambda cell: cells.flag(cell, "minor"),
    "public_place": _worded(words.ANSWERS, "public_place"),
}
