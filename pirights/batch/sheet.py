"""A clinic's sheet as rows of cells under known headings, whatever program wrote it.

What a file is, its content says and not its name: a workbook (XLSX), or delimited text in UTF-8,
UTF-16 with a byte order mark, or GB 18030. Rows are read one after the other and none is kept.
They are numbered as a spreadsheet shows them: the first is 1, and empty ones count.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pirights.batch import columns, headings, text_rows
from pirights.batch.columns import PASSED_OVER, ROW_LIMIT, plain_heading
from pirights.batch.headings import Kind
from pirights.batch.text_rows import Rows
from pirights.errors import BadInput, Message, message
from pirights.workflow import excel_sheet
from pirights.workflow.excel_sheet import Cell, Workbook
from pirights.workflow.named_file import octets_of
from pirights.workflow.workbook import letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row that is not empty.

    Attributes:
        row: As a spreadsheet shows it.
        cells: By English heading, empty ones left out.
        stray: What is wrong beside these: by the letters of a column that has no heading, or, if
            the row cannot be taken apart, by the heading of the cell that is in the way.
        is_torn: The row cannot be taken apart, and has no cells.
        is_hidden: It is not seen, as a filter leaves it out or somebody hid it.
    """

    row: int
    cells: Mapping[str, Cell]
    stray: Mapping[str, Message] = field(default_factory=dict)
    is_torn: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet whose headings have been read.

    Attributes:
        file: The name of the file.
        title: The workbook's name of the sheet, or the name of the file.
        headings: As they are written.
        heading_row: Where they stand, from 1.
        places: The English heading of each place of a row; empty where nothing is read.
        notices: What was left aside, and what is read though nobody sees it.
        is_workbook: Else it is delimited text.
        counts_from_1904: Days that are bare numbers count from 1904.
    """

    file: str
    title: str
    kind: Kind
    headings: tuple[str, ...]
    heading_row: int
    places: tuple[str, ...]
    notices: tuple[Message, ...] = ()
    is_workbook: bool = False
    counts_from_1904: bool = False
    rows: Rows = field(repr=False)

    @property
    def named(self) -> str | Message:
        """The file; of a workbook the sheet in it too."""
        return _named(self.file, self.title, is_workbook=self.is_workbook)

    @property
    def whole_row(self) -> str:
        """The column under which is told what is wrong with a whole row."""
        return "key" if self.kind is Kind.CLIENTS else "reference"

    def raw(self) -> Iterator[tuple[int, list[Cell]]]:
        """Give every row with its number, the headings too; `shown` gives the text of a cell.

        Raises:
            BadInput: The file turns out to be damaged.
        """
        return ((row, cells) for row, cells, _ in self.rows())

    def records(self) -> Iterator[Record]:
        """Give the rows below the headings; empty ones and repeated headings are passed over.

        Raises:
            BadInput: More rows than `ROW_LIMIT`, or the file turns out to be damaged.
        """
        count = 0
        for row, cells, is_hidden in self.rows():
            if row <= self.heading_row or not any(shown(cell).strip() for cell in cells):
                continue
            found = self._record(row, cells)
            if not (found.cells or found.stray) or self._repeats_headings(found):
                continue
            count += 1
            if count > ROW_LIMIT:
                raise BadInput(
                    message(
                        "{sheet}, row {row}: a sheet has at most {limit} rows.",
                        sheet=self.named,
                        row=row,
                        limit=ROW_LIMIT,
                    ),
                    hint=message("Cut it into several files."),
                )
            yield replace(found, is_hidden=True) if is_hidden else found

    def _record(self, row: int, cells: Sequence[Cell]) -> Record:
        if not self.is_workbook and isinstance(cells[0], Message):
            column = self._column(cells[0].values.get("place")) or self.whole_row
            return Record(row=row, cells={}, stray={column: cells[0]}, is_torn=True)
        read: dict[str, Cell] = {}
        stray: dict[str, Message] = {}
        for place, cell in enumerate(cells):
            if not _says_something(cell):
                continue
            name = self.places[place] if place < len(self.places) else ""
            if name:
                read[name] = cell
            elif not stray and (place >= len(self.headings) or not self.headings[place].strip()):
                far = cell.values.get("column") if isinstance(cell, Message) else None
                at = far if isinstance(far, int) else place
                stray[letters(at)] = message("The row has a cell under no heading.")
        return Record(row=row, cells=read, stray=stray)

    def _column(self, place: object) -> str:
        return self.places[place] if isinstance(place, int) and place < len(self.places) else ""

    def _repeats_headings(self, record: Record) -> bool:
        known = headings.known(self.kind)
        return not record.stray and all(
            isinstance(cell, str) and known.get(plain_heading(cell)) == name
            for name, cell in record.cells.items()
        )


def opened(path: Path) -> Sheet:
    """Open a sheet and read its headings.

    Raises:
        BadInput: It is no sheet, encrypted, damaged, too large or empty; or a heading is unknown,
            missing, or stands twice.
    """
    data = octets_of(path, limit=text_rows.SIZE_LIMIT)
    if excel_sheet.is_workbook(data):
        book = excel_sheet.opened(data, name=path.name)
        named = _named(path.name, book.title, is_workbook=True)
        with _told_of(named):
            read = _read(book.rows, path.name)
        found = replace(
            read,
            title=book.title,
            notices=tuple(_noticed(book, read)),
            is_workbook=True,
            counts_from_1904=book.counts_from_1904,
        )
        most = book.most_rows
    else:
        rows = text_rows.rows(data, path)
        with _told_of(path.name):
            found = _read(rows, path.name)
        most = data.count(b"\n") + data.count(b"\r")
    if most > ROW_LIMIT:  # before a long check, which would come to the same end
        for _ in found.records():
            pass
    return found


def _noticed(book: Workbook, read: Sheet) -> Iterator[Message]:
    if any(title not in _TO_BE_READ_BY_PEOPLE for title in book.other_titles):
        yield message("Only the first sheet, {title}, was read.", title=book.title)
    if book.is_hidden:
        yield message(
            "The sheet {title} is hidden. It was read, as no sheet is seen.", title=book.title
        )
    hidden = [
        name
        for place, name in enumerate(read.places)
        if name and any(place in columns for columns in book.hidden_columns)
    ]
    if hidden:
        yield message(
            "Hidden columns: {columns}. They are read like all others.", columns=", ".join(hidden)
        )


@contextlib.contextmanager
def _told_of(sheet: str | Message) -> Iterator[None]:
    """Put the name of a sheet before what is wrong with it."""
    try:
        yield
    except BadInput as wrong:
        said = message("{sheet}: {problem}", sheet=sheet, problem=wrong.message)
        raise BadInput(said, hint=wrong.hint) from wrong


def _named(file: str, title: str, *, is_workbook: bool) -> str | Message:
    return message("{file}, sheet {sheet}", file=file, sheet=title) if is_workbook else file


def shown(cell: Cell) -> str:
    """Give the text that stands in a cell, also in one that cannot be read."""
    return cell if isinstance(cell, str) else str(cell.values.get("text", ""))


_TO_BE_READ_BY_PEOPLE: Final = frozenset({columns.COLUMNS_SHEET, columns.WORDS_SHEET})


def _read(rows: Rows, file: str) -> Sheet:
    row, cells = next(
        ((row, cells) for row, cells, _ in rows() if any(shown(cell).strip() for cell in cells)),
        (0, []),
    )
    found = headings.read(cells)
    return Sheet(
        file=file,
        title=file,
        kind=found.kind,
        headings=found.written,
        heading_row=row,
        places=tuple("" if name == PASSED_OVER else name for name in found.names),
        rows=rows,
    )


def _says_something(cell: Cell) -> bool:
    return isinstance(cell, Message) or bool(cell.strip())
