"""Workbooks (XLSX): the rows of the first sheet as text.

A workbook is a zip file of XML that a stranger may have made. It is measured before it is parsed,
and no formula is worked out: a cell that holds one is a fault.
"""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Any, Final

from pirights.errors import BadInput, Message, message
from pirights.workflow import merged_cells, shared_texts, workbook_measure
from pirights.workflow.excel_cells import COLUMNS_LIMIT, SHOWN, Cell, texts_of
from pirights.workflow.merged_cells import Covering, Merged
from pirights.workflow.workbook_measure import SIZE_LIMIT, broken, is_workbook, too_large

__all__ = ("COLUMNS_LIMIT", "SIZE_LIMIT", "Cell", "Workbook", "is_workbook", "opened", "records")

_ROWS: Final = 2**20
"""Of a spreadsheet program; a row beyond could not be found again."""

_TEXT_LIMIT: Final = 2**28
"""Characters of all cells: a text that is kept once can stand in millions of them."""

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TRUE: Final = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook whose first sheet that is not hidden can be read, more than once.

    Attributes:
        title: The name of that sheet.
        other_titles: The names of the others, hidden ones apart.
        counts_from_1904: Days that are bare numbers count from 1904 (18.17.4.1).
        most_rows: No sheet of it has more rows than that, the empty ones counted.
        is_hidden: That sheet is hidden too, as all are.
        hidden_columns: Of that sheet, from 0.
    """

    name: str
    title: str
    other_titles: tuple[str, ...]
    counts_from_1904: bool
    most_rows: int
    is_hidden: bool
    hidden_columns: tuple[range, ...]
    merged: tuple[Merged, ...] = field(repr=False)
    _book: Any = field(repr=False)
    _sheet: Any = field(repr=False)

    def rows(self) -> Iterator[tuple[int, list[Cell], bool]]:
        """Give each row with its number, and whether it is hidden, by a filter or by hand.

        Every merged cell is a fault, the first one too.

        Raises:
            BadInput: It is broken; this may come between rows.
        """
        covering = Covering(self.merged)
        read = _rows(self._book, self._sheet, self.name, None, tells_beyond=True)
        for row, cells, is_hidden in read:
            try:
                for merged in covering.of(row):
                    _merge(cells, merged)
            except ValueError as wrong:
                raise broken(self.name) from wrong
            yield row, cells, is_hidden


def records(
    data: bytes, *, name: str, row_limit: int
) -> tuple[Iterator[tuple[int, int, list[Cell]]], tuple[Message, ...]]:
    """Read the first sheet that is not hidden: each row's number, twice, its cells; and remarks.

    Args:
        data: The whole file.
        name: Its name, for messages.
        row_limit: Rows after which nothing more is given.

    Raises:
        BadInput: It is no workbook, too large, encrypted, or broken; this may come between rows.
    """
    book, sheets, _ = _loaded(data, name)
    first, *others = _seen(sheets)
    remarks = (
        (message("Only the first sheet, {title}, was read.", title=first.title),) if others else ()
    )
    rows = _rows(book, first, name, row_limit)
    return ((row, row, cells) for row, cells, _ in rows), remarks


def opened(data: bytes, *, name: str) -> Workbook:
    """Open a workbook that is read more than once, and in which merged cells are faults.

    Raises:
        BadInput: It is no workbook, too large, encrypted, or broken.
    """
    from openpyxl.utils.datetime import MAC_EPOCH

    book, sheets, rows = _loaded(data, name)
    first, *others = _seen(sheets)
    try:
        with first._get_source() as source:  # noqa: SLF001 (the sheet's XML as it is)
            merged = merged_cells.found_in(source)
        with first._get_source() as source:  # noqa: SLF001
            hidden = _hidden_columns(_parser(book, first, source))
    except BadInput:
        raise
    except Exception as wrong:  # as in `_loaded`
        raise broken(name) from wrong
    return Workbook(
        name=name,
        title=first.title,
        other_titles=tuple(one.title for one in others),
        counts_from_1904=book.epoch == MAC_EPOCH,
        most_rows=rows,
        is_hidden=first.sheet_state != "visible",
        hidden_columns=hidden,
        merged=merged,
        _book=book,
        _sheet=first,
    )


def _loaded(data: bytes, name: str) -> tuple[Any, Any, int]:
    """Load a workbook that has been measured: it, its sheets, and how many rows they have."""
    rows = workbook_measure.check(data, name)
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    class Reader(ExcelReader):
        """Keeps no list of strings: of three millions it would take half a gigabyte."""

        def read_strings(self) -> None:
            package: Any = self.package
            part = package.find(SHARED_STRINGS)
            if part is not None:
                with self.archive.open(part.PartName[1:]) as stream:
                    kept: Any = shared_texts.read(stream)
                self.shared_strings = kept

    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    try:
        reader = Reader(BytesIO(data), read_only=True, keep_links=False)
        reader.read()
        book = reader.wb
        sheets = book.worksheets
        sheets[0]
    except Exception as wrong:  # a reader of strangers' XML can fail in any way
        raise broken(name) from wrong
    return book, sheets, rows


def _seen(sheets: list[Any]) -> list[Any]:
    """Give the sheets that are not hidden; all of them where there are no others."""
    return [one for one in sheets if one.sheet_state == "visible"] or sheets


def _hidden_columns(parser: Any) -> tuple[range, ...]:  # noqa: ANN401 (openpyxl tells no types of these)
    """Say which columns are hidden, from 0; what is said of them stands before the first row."""
    next(iter(parser.parse()), None)
    return tuple(
        range(int(one["min"]) - 1, int(one["max"]))
        for one in parser.column_dimensions.values()
        if one.get("hidden") in _TRUE
    )


def _parser(book: Any, sheet: Any, source: IO[bytes]) -> Any:  # noqa: ANN401
    from openpyxl.worksheet._reader import WorkSheetParser

    class Parser(WorkSheetParser):
        """Looks at no formula: to move a shared one to each of its cells takes without end."""

        def parse_formula(self, element: Any) -> str:  # noqa: ANN401 (as openpyxl names it)
            return f"={(element.findtext(f'{{{_MAIN}}}f') or '')[:SHOWN]}"

    return Parser(
        source,
        sheet._shared_strings,  # noqa: SLF001
        data_only=False,
        epoch=book.epoch,
        date_formats=book._date_formats,  # noqa: SLF001
        timedelta_formats=book._timedelta_formats,  # noqa: SLF001
    )


def _rows(
    book: Any,  # noqa: ANN401
    sheet: Any,  # noqa: ANN401
    name: str,
    row_limit: int | None,
    *,
    tells_beyond: bool = False,
) -> Iterator[tuple[int, list[Cell], bool]]:
    try:
        with sheet._get_source() as source:  # noqa: SLF001 (the only way to the formula's door)
            parser = _parser(book, sheet, source)
            last, left = 0, _TEXT_LIMIT
            for number, cells in parser.parse():
                looks = parser.row_dimensions.pop(str(number), {})
                if row_limit is not None and number > row_limit:
                    yield number, [], False
                    return
                if not last < number <= _ROWS:
                    break
                last = number
                texts = texts_of(cells, tells_beyond=tells_beyond)
                left = _room(left, texts, name)
                yield number, texts, looks.get("hidden") in _TRUE
            else:
                return
    except BadInput:
        raise
    except Exception as wrong:  # as above; what the taker of a row raises, does not come here
        raise broken(name) from wrong
    raise broken(name)  # a row before one with a smaller number, or below the last there can be


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
