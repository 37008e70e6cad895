"""A sheet of delimited text (CSV) as rows of cells: read one after the other, and none is kept."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from pirights.batch import columns
from pirights.batch.columns import plain_heading
from pirights.errors import BadInput, Message, message
from pirights.workflow import delimited
from pirights.workflow.excel_sheet import Cell

SIZE_LIMIT: Final = 64 * 2**20
"""Octets of a sheet of text; of a workbook `excel_sheet.SIZE_LIMIT`."""

LINE_LIMIT: Final = 2**20
"""Rows of a sheet of text, the empty ones too; a spreadsheet program has no more."""

Rows = Callable[[], Iterator[tuple[int, list[Cell], bool]]]
"""Gives each row with its number, and whether it is hidden, anew at each call."""

_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods"})
"""How the names of files end that spreadsheet programs write as they like."""


def rows(data: bytes, path: Path) -> Rows:
    """Give the rows of a sheet of text, as often as they are asked for.

    Args:
        data: The whole file.
        path: Where it was, for messages.

    Raises:
        BadInput: Too large, too long, a page of the web, or in no encoding that is known; some of
            this may come between rows.
    """
    name = path.name
    if len(data) > SIZE_LIMIT:
        raise BadInput(
            message("{file} is larger than {limit} MiB.", file=name, limit=SIZE_LIMIT // 2**20),
            hint=message("Cut it into several files."),
        )
    try:
        encoding = delimited.encoding_of(data)
    except BadInput as wrong:
        if path.suffix.casefold() in _WORKBOOKS:
            raise BadInput(
                message("{file} is no Excel workbook (.xlsx).", file=name),
                hint=message("Save it as .xlsx or as CSV, UTF-8, in your spreadsheet program."),
            ) from wrong
        said = message("{sheet}: {problem}", sheet=name, problem=wrong.message)
        raise BadInput(said, hint=wrong.hint) from wrong
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

    def read() -> Iterator[tuple[int, list[Cell], bool]]:
        lines = delimited.lines(data, encoding)
        for row, _, found in delimited.records_of(lines, delimiter):
            if row > LINE_LIMIT:
                raise BadInput(
                    message("{file} has more than {limit} lines.", file=name, limit=LINE_LIMIT),
                    hint=message("Cut it into several files."),
                )
            if isinstance(found, Message):
                yield row, [found], False
            else:
                yield row, [delimited.unguarded(cell) for cell in found], False

    return read
