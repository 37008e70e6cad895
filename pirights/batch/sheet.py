"""A clinic's sheet as rows of cells under known headings, whatever program wrote it.

What a file is, its content says and not its name: a workbook (XLSX), or delimited text in UTF-8,
UTF-16 with a byte order mark, or GB 18030. Rows are read one after the other and none is kept.
They are numbered as a spreadsheet shows them: the first is 1, and empty ones count.
"""

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from pirights.batch import columns, text_rows
from pirights.batch.columns import PASSED_OVER, ROW_LIMIT, plain_heading
from pirights.batch.text_rows import Rows
from pirights.errors import BadInput, Message, message
from pirights.workflow import excel_sheet
from pirights.workflow.excel_sheet import Cell
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
    """

    row: int
    cells: Mapping[str, Cell]
    stray: Mapping[str, Message] = field(default_factory=dict)
    is_torn: bool = False


class Kind(StrEnum):
    """What a sheet asks for: new cases, or the next letters of old ones."""

    CLIENTS = "clients"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet whose headings have been read.

    Attributes:
        file: The name of the file.
        title: The workbook's name of the sheet, or the name of the file.
        headings: As they are written.
        heading_row: Where they stand, from 1.
        places: The English heading of each place of a row; empty where nothing is read.
        notices: What was left aside.
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
        return self.rows()

    def records(self) -> Iterator[Record]:
        """Give the rows below the headings; empty ones and repeated headings are passed over.

        Raises:
            BadInput: More rows than `ROW_LIMIT`, or the file turns out to be damaged.
        """
        count = 0
        for row, cells in self.rows():
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
            yield found

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
        known = _known(self.kind)
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
        beside = [title for title in book.other_titles if title not in _TO_BE_READ_BY_PEOPLE]
        remark = message("Only the first sheet, {title}, was read.", title=book.title)
        named = _named(path.name, book.title, is_workbook=True)
        with _told_of(named):
            read = _read(book.rows, path.name, (remark,) if beside else ())
        found = replace(
            read, title=book.title, is_workbook=True, counts_from_1904=book.counts_from_1904
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


def _read(rows: Rows, file: str, notices: tuple[Message, ...] = ()) -> Sheet:
    row, cells = next(
        ((row, cells) for row, cells in rows() if any(shown(cell).strip() for cell in cells)),
        (0, []),
    )
    hint = message("Known headings are: {columns}.", columns=", ".join(columns.BY_NAME))
    if not row:
        raise BadInput(message("The sheet is empty."), hint=hint)
    headings = tuple(_text(cell) for cell in cells)
    kind = _kind(headings)
    known = _known(kind)
    names = [known.get(plain_heading(heading), "") for heading in headings]
    if kind is Kind.CLIENTS:
        unknown = [
            heading.strip()[:80]
            for heading, name in zip(headings, names, strict=True)
            if heading.strip() and not name
        ]
        if unknown:
            raise BadInput(
                message("Unknown headings: {headings}", headings=", ".join(unknown[:20])),
                hint=hint,
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
    return Sheet(
        file=file,
        title=file,
        kind=kind,
        headings=headings,
        heading_row=row,
        places=tuple("" if name == PASSED_OVER else name for name in names),
        notices=notices,
        rows=rows,
    )


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


def _known(kind: Kind) -> Mapping[str, str]:
    return columns.HEADINGS if kind is Kind.CLIENTS else columns.FOLLOW_UP_HEADINGS


def _text(heading: Cell) -> str:
    if isinstance(heading, Message):
        raise BadInput(
            message("The headings cannot be read: {problem}", problem=heading),
            hint=message("The first row names the columns, one in each cell."),
        )
    return heading


def _says_something(cell: Cell) -> bool:
    return isinstance(cell, Message) or bool(cell.strip())
