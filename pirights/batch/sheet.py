"""A clinic's sheet as rows of cells under known headings, whatever program wrote it.

What a file is, its content says and not its name: a workbook (XLSX), or delimited text in UTF-8,
UTF-16 with a byte order mark, or GB 18030. Rows are read one after the other and none is kept.
They are numbered as a spreadsheet shows them: the first is 1, and empty ones count.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from pirights.batch import columns
from pirights.batch.columns import PASSED_OVER, ROW_LIMIT, plain_heading
from pirights.errors import BadInput, Message, message
from pirights.workflow import delimited, excel_sheet
from pirights.workflow.excel_sheet import Cell
from pirights.workflow.named_file import octets_of

SIZE_LIMIT: Final = 64 * 2**20
"""Octets of a sheet of text; of a workbook `excel_sheet.SIZE_LIMIT`."""

LINE_LIMIT: Final = 2**20
"""Rows of a sheet of text, the empty ones too; a spreadsheet program has no more."""

Rows = Callable[[], Iterator[tuple[int, list[Cell]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row that is not empty.

    Attributes:
        row: As a spreadsheet shows it.
        cells: By English heading, empty ones left out. Under "" stands what is wrong with the row
            as a whole.
    """

    row: int
    cells: Mapping[str, Cell]


class Kind(StrEnum):
    """What a sheet asks for: new cases, or the next letters of old ones."""

    CLIENTS = "clients"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet whose headings have been read.

    Attributes:
        title: The workbook's name of the sheet, or the name of the file.
        headings: As they are written.
        heading_row: Where they stand, from 1.
        places: The English heading of each place of a row; empty where nothing is read.
        notices: What was left aside.
        is_workbook: Else it is delimited text.
        counts_from_1904: Days that are bare numbers count from 1904.
    """

    title: str
    kind: Kind
    headings: tuple[str, ...]
    heading_row: int
    places: tuple[str, ...]
    notices: tuple[Message, ...] = ()
    is_workbook: bool = False
    counts_from_1904: bool = False
    rows: Rows = field(repr=False)

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
            if not found.cells or self._repeats_headings(found):
                continue
            count += 1
            if count > ROW_LIMIT:
                raise BadInput(
                    message(
                        "{sheet}, row {row}: a sheet has at most {limit} rows.",
                        sheet=self.title,
                        row=row,
                        limit=ROW_LIMIT,
                    ),
                    hint=message("Cut it into several files."),
                )
            yield found

    def _record(self, row: int, cells: Sequence[Cell]) -> Record:
        if not self.is_workbook and isinstance(cells[0], Message):
            return Record(row=row, cells={"": cells[0]})
        read: dict[str, Cell] = {}
        for place, cell in enumerate(cells):
            if not _says_something(cell):
                continue
            name = self.places[place] if place < len(self.places) else ""
            if name:
                read[name] = cell
            elif place >= len(self.headings) or not self.headings[place].strip():
                read[""] = message("The row has a cell under no heading.")
        return Record(row=row, cells=read)

    def _repeats_headings(self, record: Record) -> bool:
        known = _known(self.kind)
        return all(
            isinstance(cell, str) and known.get(plain_heading(cell)) == name
            for name, cell in record.cells.items()
        )


def opened(path: Path) -> Sheet:
    """Open a sheet and read its headings.

    Raises:
        BadInput: It is no sheet, encrypted, damaged, too large or empty; or a heading is unknown,
            missing, or stands twice.
    """
    data = octets_of(path, limit=SIZE_LIMIT)
    if excel_sheet.is_workbook(data):
        book = excel_sheet.opened(data, name=path.name)
        beside = [title for title in book.other_titles if title not in _TO_BE_READ_BY_PEOPLE]
        remark = message("Only the first sheet, {title}, was read.", title=book.title)
        read = _under_headings(book.rows, book.title, notices=(remark,) if beside else ())
        return replace(read, is_workbook=True, counts_from_1904=book.counts_from_1904)
    return _under_headings(_text_rows(data, path.name), path.name)


def shown(cell: Cell) -> str:
    """Give the text that stands in a cell, also in one that cannot be read."""
    return cell if isinstance(cell, str) else str(cell.values.get("text", ""))


_TO_BE_READ_BY_PEOPLE: Final = frozenset({columns.COLUMNS_SHEET, columns.WORDS_SHEET})


def _text_rows(data: bytes, name: str) -> Rows:
    if len(data) > SIZE_LIMIT:
        raise BadInput(
            message("The sheet is larger than {limit} MiB.", limit=SIZE_LIMIT // 2**20),
            hint=message("Cut it into several files."),
        )
    encoding = delimited.encoding_of(data)
    head = delimited.beginning(data, encoding)
    if head.lstrip()[:1] == "<":
        raise BadInput(
            message("{file} is a page of HTML or XML, whatever its name.", file=name),
            hint=message("Save it as .xlsx or as CSV, UTF-8, in your spreadsheet program."),
        )
    delimiter = delimited.delimiter_of(
        head,
        lambda cell: bool(
            {plain_heading(cell)} & (columns.HEADINGS.keys() | columns.FOLLOW_UP_HEADINGS.keys())
        ),
    )

    def rows() -> Iterator[tuple[int, list[Cell]]]:
        lines = delimited.lines(data, encoding)
        for row, _, found in delimited.records_of(lines, delimiter):
            if row > LINE_LIMIT:
                raise BadInput(
                    message("The sheet has more than {limit} lines.", limit=LINE_LIMIT),
                    hint=message("Cut it into several files."),
                )
            if isinstance(found, Message):
                yield row, [found]
            else:
                yield row, [delimited.unguarded(cell) for cell in found]

    return rows


def _under_headings(rows: Rows, title: str, *, notices: tuple[Message, ...] = ()) -> Sheet:
    try:
        return _read(rows, title, notices)
    except BadInput as wrong:
        said = message("{sheet}: {problem}", sheet=title, problem=wrong.message)
        raise BadInput(said, hint=wrong.hint) from wrong


def _read(rows: Rows, title: str, notices: tuple[Message, ...]) -> Sheet:
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
                message("Unknown headings: {headings}.", headings=", ".join(unknown[:20])),
                hint=hint,
            )
        missing = [name for name in columns.REQUIRED if name not in names]
        if missing:
            raise BadInput(
                message("Required headings are missing: {headings}.", headings=", ".join(missing)),
                hint=hint,
            )
    twice = sorted(name for name, times in Counter(names).items() if name and times > 1)
    if twice:
        raise BadInput(
            message("Headings stand twice: {headings}.", headings=", ".join(twice)),
            hint=message("Leave out one of them."),
        )
    return Sheet(
        title=title,
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
    required = {column.name for column in columns.FOLLOW_UP if column.required}
    if required <= follows and "person_name" not in clients:
        return Kind.FOLLOW_UP
    return Kind.CLIENTS


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
