"""Workbooks (XLSX): the rows of the first sheet as text.

A workbook is a zip file of XML that a stranger may have made. It is measured before it is parsed,
and no formula is worked out: a cell that holds one is a fault.
"""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from pirights.errors import BadInput, Message, message
from pirights.workflow import merged_cells, workbook_measure
from pirights.workflow.merged_cells import Covering, Merged
from pirights.workflow.workbook_measure import SIZE_LIMIT, broken, is_workbook, too_large

__all__ = ("COLUMNS_LIMIT", "SIZE_LIMIT", "Cell", "Workbook", "is_workbook", "opened", "records")

COLUMNS_LIMIT: Final = 64

_EXACT: Final = 10**15
"""From here on a spreadsheet has lost digits: it keeps fifteen."""

_ROWS: Final = 2**20
"""Of a spreadsheet program; a row beyond could not be found again."""

_TEXT_LIMIT: Final = 2**28
"""Characters of all cells: a text that is kept once can stand in millions of them."""

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NOT_CODED: Final = re.compile("_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)")
"""How a workbook says that no character by its number is meant (see `workbook.CODED`)."""

_RETURN: Final = re.compile("(?<!_x005[Ff])_x000[Dd]_\n?")
"""How programs of Windows end a line within a cell."""

_SHOWN: Final = 500
"""Characters that are kept of a formula."""

Cell = str | Message
"""The text of a cell, or what is wrong with it; then its value `text` is what stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook whose first sheet that is not hidden can be read, more than once.

    Attributes:
        title: The name of that sheet.
        other_titles: The names of the others, hidden ones apart.
        counts_from_1904: Days that are bare numbers count from 1904 (18.17.4.1).
        most_rows: No sheet of it has more rows than that, the empty ones counted.
    """

    name: str
    title: str
    other_titles: tuple[str, ...]
    counts_from_1904: bool
    most_rows: int
    merged: tuple[Merged, ...] = field(repr=False)
    _book: Any = field(repr=False)
    _sheet: Any = field(repr=False)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Give each row with its number; every merged cell is a fault, the first one too.

        Raises:
            BadInput: It is broken; this may come between rows.
        """
        covering = Covering(self.merged)
        for row, _, cells in _rows(self._book, self._sheet, self.name, None, tells_beyond=True):
            try:
                for merged in covering.of(row):
                    _merge(cells, merged)
            except ValueError as wrong:
                raise broken(self.name) from wrong
            yield row, cells


def records(
    data: bytes, *, name: str, row_limit: int
) -> tuple[Iterator[tuple[int, int, list[Cell]]], tuple[Message, ...]]:
    """Read the first sheet: each row with its number, twice, and its cells; and remarks.

    Args:
        data: The whole file.
        name: Its name, for messages.
        row_limit: Rows after which nothing more is given.

    Raises:
        BadInput: It is no workbook, too large, encrypted, or broken; this may come between rows.
    """
    book, sheets, _ = _loaded(data, name)
    first = sheets[0]
    remarks = (
        (message("Only the first sheet, {title}, was read.", title=first.title),)
        if len(sheets) > 1
        else ()
    )
    return _rows(book, first, name, row_limit), remarks


def opened(data: bytes, *, name: str) -> Workbook:
    """Open a workbook that is read more than once, and in which merged cells are faults.

    Raises:
        BadInput: It is no workbook, too large, encrypted, or broken.
    """
    from openpyxl.utils.datetime import MAC_EPOCH

    book, sheets, rows = _loaded(data, name)
    seen = [one for one in sheets if one.sheet_state == "visible"]
    first = (seen or sheets)[0]
    try:
        with first._get_source() as source:  # noqa: SLF001 (the sheet's XML as it is)
            merged = merged_cells.found_in(source)
    except BadInput:
        raise
    except Exception as wrong:  # as in `_loaded`
        raise broken(name) from wrong
    return Workbook(
        name=name,
        title=first.title,
        other_titles=tuple(one.title for one in seen[1:]),
        counts_from_1904=book.epoch == MAC_EPOCH,
        most_rows=rows,
        merged=merged,
        _book=book,
        _sheet=first,
    )


def _loaded(data: bytes, name: str) -> tuple[Any, Any, int]:
    """Load a workbook that has been measured: it, its sheets, and how many rows they have."""
    rows = workbook_measure.check(data, name)
    from openpyxl import load_workbook

    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        sheets = book.worksheets
        sheets[0]
    except Exception as wrong:  # a reader of strangers' XML can fail in any way
        raise broken(name) from wrong
    return book, sheets, rows


def _rows(
    book: Any,  # noqa: ANN401 (openpyxl tells no types of these)
    sheet: Any,  # noqa: ANN401
    name: str,
    row_limit: int | None,
    *,
    tells_beyond: bool = False,
) -> Iterator[tuple[int, int, list[Cell]]]:
    from openpyxl.worksheet._reader import WorkSheetParser

    class Parser(WorkSheetParser):
        """Looks at no formula: to move a shared one to each of its cells takes without end."""

        def parse_formula(self, element: Any) -> str:  # noqa: ANN401 (as openpyxl names it)
            return f"={(element.findtext(f'{{{_MAIN}}}f') or '')[:_SHOWN]}"

    try:
        with sheet._get_source() as source:  # noqa: SLF001 (the only way to the formula's door)
            parser = Parser(
                source,
                sheet._shared_strings,  # noqa: SLF001
                data_only=False,
                epoch=book.epoch,
                date_formats=book._date_formats,  # noqa: SLF001
                timedelta_formats=book._timedelta_formats,  # noqa: SLF001
            )
            last, left = 0, _TEXT_LIMIT
            for number, cells in parser.parse():
                parser.row_dimensions.clear()  # heights, which nobody asks for
                if row_limit is not None and number > row_limit:
                    yield number, number, []
                    return
                if not last < number <= _ROWS:
                    break
                last = number
                texts = _texts(cells, tells_beyond=tells_beyond)
                left = _room(left, texts, name)
                yield number, number, texts
            else:
                return
    except BadInput:
        raise
    except Exception as wrong:  # as above; what the taker of a row raises, does not come here
        raise broken(name) from wrong
    raise broken(name)  # a row before one with a smaller number, or below the last there can be


def _texts(cells: Iterable[dict[str, Any]], *, tells_beyond: bool) -> list[Cell]:
    """Give the cells as far as the last column that is read.

    Of those beyond it the first is told, if that is wished, behind the others: it holds its
    `column`, from 0.
    """
    found: list[Cell] = []
    for cell in cells:
        column = cell["column"]
        if cell["value"] is None:
            continue
        if column > COLUMNS_LIMIT:
            if not tells_beyond or str(cell["value"]).strip() == "":
                continue
            found += [""] * (COLUMNS_LIMIT - len(found))
            beyond = message("The row has a cell under no heading.")
            found.append(beyond.holding(text=str(cell["value"])[:_SHOWN], column=column - 1))
            break
        found += [""] * (column - len(found))
        found[column - 1] = _text(cell["value"], cell["data_type"])
    return found


def _room(left: int, texts: Iterable[Cell], name: str) -> int:
    """Say how many characters may still come after these; too many are refused."""
    left -= sum(len(text) for text in texts if isinstance(text, str))
    if left < 0:
        raise too_large(name)
    return left


def _merge(cells: list[Cell], merged: Merged) -> None:
    """Put a fault into each cell of a row that a range covers."""
    columns = range(merged.columns.start, min(merged.columns.stop, COLUMNS_LIMIT))
    cells += [""] * (columns.stop - len(cells))
    for column in columns:
        before = cells[column]
        if isinstance(before, Message) and "range" in before.values:
            raise ValueError("merged cells lie over each other")
        cells[column] = message(
            "The cell is merged with others ({range}); split them and fill in each.",
            range=merged.ref,
        ).holding(text=before if isinstance(before, str) else before.values.get("text", ""))


def _text(value: object, kind: str) -> Cell:
    if kind == "f":
        return message("The cell holds a formula; write what it gives.").holding(text=str(value))
    if kind == "e":
        return message("The cell holds an error: {value}.", value=str(value)).holding(
            text=str(value)
        )
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        if abs(value) >= _EXACT or value != value:  # noqa: PLR0124 (not a number)
            return message(
                "The spreadsheet kept this number without its last digits; make the column text, "
                "and type it again."
            ).holding(text=repr(value))
        return str(int(value)) if value == int(value) else repr(value)
    return _NOT_CODED.sub("_", _RETURN.sub("\n", str(value)))
