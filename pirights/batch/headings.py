"""The headings of a clinic's sheet: what it asks for, and the column that each of them names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pirights.batch import columns
from pirights.batch.columns import plain_heading
from pirights.errors import BadInput, Message, message
from pirights.workflow.excel_sheet import COLUMNS_LIMIT, Cell

_NAMED: Final = 20
"""Headings that are named; of all others the number is told."""

_LONGEST: Final = 80
"""Characters of each."""


class Kind(StrEnum):
    """What a sheet asks for: new cases, or the next letters of old ones."""

    CLIENTS = "clients"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """A row of headings.

    Attributes:
        written: As they are written.
        names: The English heading of each place; empty where it is none of ours.
    """

    kind: Kind
    written: tuple[str, ...]
    names: tuple[str, ...]


def read(cells: Sequence[Cell]) -> Headings:
    """Read the first row of a sheet that is not empty.

    Raises:
        BadInput: There is none, or a heading is unknown, missing, beyond the last column that is
            read, or stands twice.
    """
    hint = message("Known headings are: {columns}.", columns=", ".join(columns.BY_NAME))
    if not cells:
        raise BadInput(message("The sheet is empty."), hint=hint)
    beyond = _beyond(cells[-1])
    written = [_text(cell) for cell in (cells[:-1] if beyond else cells)]
    kind = _kind(written)
    names = [known(kind).get(plain_heading(heading), "") for heading in written]
    if kind is Kind.CLIENTS:
        every = (one for one in (*written, *beyond) if one.strip())
        unknown = [one for one in every if plain_heading(one) not in known(kind)]
        if unknown:
            raise BadInput(
                message("Unknown headings: {headings}", headings=named(unknown)), hint=hint
            )
    if beyond:
        raise BadInput(
            message(
                "Headings stand beyond the {limit} columns that are read: {headings}",
                limit=COLUMNS_LIMIT,
                headings=named(beyond),
            ),
            hint=message("Delete the columns before them that are empty or not needed."),
        )
    missing = [name for name in _required(kind) if name not in names]
    if missing:
        raise BadInput(
            message("Required headings are missing: {headings}.", headings=", ".join(missing)),
            hint=hint
            if kind is Kind.CLIENTS
            else message("Write one anew with `pirights due --export due.xlsx`."),
        )
    twice = sorted(name for name, times in Counter(names).items() if name and times > 1)
    if twice:
        raise BadInput(
            message("Headings stand twice: {headings}.", headings=", ".join(twice)),
            hint=message("Leave out one of them."),
        )
    return Headings(kind=kind, written=tuple(written), names=tuple(names))


def named(headings: Sequence[str]) -> str | Message:
    """Name the first of several headings, and say how many more there are."""
    first = ", ".join(one.strip()[:_LONGEST] for one in headings[:_NAMED])
    more = len(headings) - _NAMED
    return message("{headings} and {count} more", headings=first, count=more) if more > 0 else first


def known(kind: Kind) -> Mapping[str, str]:
    """Give the column of every heading that is known, in its one form."""
    return columns.HEADINGS if kind is Kind.CLIENTS else columns.FOLLOW_UP_HEADINGS


def _beyond(last: Cell) -> Sequence[str]:
    """Give the headings beyond the last column that is read."""
    texts = last.values.get("texts") if isinstance(last, Message) else None
    return texts if isinstance(texts, tuple) else ()


def _kind(headings: Sequence[str]) -> Kind:
    plain = {plain_heading(heading) for heading in headings}
    follows = {columns.FOLLOW_UP_HEADINGS[one] for one in plain & columns.FOLLOW_UP_HEADINGS.keys()}
    clients = {columns.HEADINGS[one] for one in plain & columns.HEADINGS.keys()}
    is_whole = follows.issuperset(_required(Kind.FOLLOW_UP))
    is_begun = "reference" in follows and clients.isdisjoint(columns.REQUIRED)
    if (is_whole or is_begun) and "person_name" not in clients:
        return Kind.FOLLOW_UP
    return Kind.CLIENTS


def _required(kind: Kind) -> Sequence[str]:
    if kind is Kind.CLIENTS:
        return columns.REQUIRED
    return [column.name for column in columns.FOLLOW_UP if column.required]


def _text(heading: Cell) -> str:
    if isinstance(heading, Message):
        raise BadInput(
            message("The headings cannot be read: {problem}", problem=heading),
            hint=message("The first row names the columns, one in each cell."),
        )
    return heading
