"""What the cells of a workbook say, as text: numbers and days as they are shown, faults by name."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from pirights.errors import Message, message

COLUMNS_LIMIT: Final = 64

_EXACT: Final = 10**15
"""From here on a spreadsheet has lost digits: it keeps fifteen."""

_NOT_CODED: Final = re.compile("_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)")
"""How a workbook says that no character by its number is meant (see `workbook.CODED`)."""

_RETURN: Final = re.compile("(?<!_x005[Ff])_x000[Dd]_\n?")
"""How programs of Windows end a line within a cell."""

_HALF: Final = 500_000
"""Microseconds of half a second."""

SHOWN: Final = 500
"""Characters that are kept of a formula."""

Cell = str | Message
"""The text of a cell, or what is wrong with it; then its value `text` is what stands there."""


def texts_of(cells: Iterable[dict[str, Any]], *, tells_beyond: bool) -> list[Cell]:
    """Give the cells as far as the last column that is read.

    Those beyond it are told, if that is wished, in one behind the others: it holds the `column` of
    the first, from 0, and the `texts` of all.
    """
    found: list[Cell] = []
    beyond: list[str] = []
    first = 0
    for cell in cells:
        column = cell["column"]
        if cell["value"] is None:
            continue
        if column > COLUMNS_LIMIT:
            if tells_beyond and (text := str(cell["value"])[:SHOWN]).strip():
                first = first or column
                beyond.append(text)
            continue
        found += [""] * (column - len(found))
        found[column - 1] = _text(cell["value"], cell["data_type"])
    if beyond:
        told = message("The row has a cell under no heading.")
        found += [""] * (COLUMNS_LIMIT - len(found))
        found.append(told.holding(text=beyond[0], column=first - 1, texts=tuple(beyond)))
    return found


def _text(value: object, kind: str) -> Cell:
    if kind == "f":
        return message("The cell holds a formula; write what it gives.").holding(text=str(value))
    if kind == "e":
        return message("The cell holds an error: {value}.", value=str(value)).holding(
            text=str(value)
        )
    if isinstance(value, timedelta):
        return str(timedelta(seconds=round(value.total_seconds())))
    if isinstance(value, time):
        return _to_the_second(datetime.combine(date.min, value)).time().isoformat()
    if isinstance(value, datetime):
        value = _to_the_second(value)
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if abs(value) >= _EXACT or value != value:  # noqa: PLR0124 (not a number)
            return message(
                "The spreadsheet kept this number without its last digits; make the column text, "
                "and type it again."
            ).holding(text=repr(value))
        return str(int(value)) if value == int(value) else repr(value)
    return _NOT_CODED.sub("_", _RETURN.sub("\n", str(value)))


def _to_the_second(value: datetime) -> datetime:
    """Round what a spreadsheet reckoned: 08:29:59.942 is shown there as half past eight."""
    if value.microsecond >= _HALF and value < datetime.max - timedelta(seconds=1):  # noqa: DTZ901 (a cell has no zone)
        value += timedelta(seconds=1)
    return value.replace(microsecond=0)
