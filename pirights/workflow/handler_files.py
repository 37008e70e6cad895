"""The directory of handlers taken in from a file, and written to one."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from pirights.domain.handler import Handler
from pirights.errors import BadInput, Message, message
from pirights.workflow import delimited, excel_sheet, excel_writing, handler_json, handler_sheet
from pirights.workflow.desk import Desk
from pirights.workflow.handler_sheet import Listed
from pirights.workflow.handler_taking import Taken, Taking
from pirights.workflow.named_file import octets_of
from pirights.workflow.papers import write_whole
from pirights.workflow.sheet_faults import Fault

_BATCH: Final = 1000
"""Rows between two signs of progress."""


class _Preview(Exception):
    """Undoes what was only tried."""


def take_in(
    desk: Desk,
    path: Path,
    *,
    update: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Taken:
    """Take in a directory: the good rows in one transaction, the others told.

    A row is of a handler that is there if it has its code, or its name and no other code.

    Args:
        desk: Vault and moment.
        path: CSV, XLSX or JSON; its content says which.
        update: Let a row replace what is kept of its handler, in the columns that the file has.
        dry_run: Only say what would be done.
        progress: Told how many rows are done.

    Raises:
        BadInput: The file cannot be read as a directory.
    """
    rows, remarks = _entries(path)
    taking = Taking(desk, update=update)
    with contextlib.suppress(_Preview), desk.vault.change(now=desk.now) as change:
        for count, one in enumerate(rows, start=1):
            taking.take(one, change)
            if count % _BATCH == 0:
                progress(count)
        taking.relate(change)
        if dry_run:
            raise _Preview
    return taking.taken(remarks)


def put_out(desk: Desk, path: Path) -> int:
    """Write the whole directory, oldest first, in the form that the file's name asks for.

    Returns:
        How many handlers.

    Raises:
        BadInput: The name asks for none of the forms, or the file cannot be written.
    """
    form = _FORMS.get(path.suffix.casefold())
    if form is None:
        raise BadInput(
            message("{file} has none of the endings .csv, .xlsx and .json.", file=path),
            hint=message("The ending says in which form the directory is written."),
        )
    found = desk.vault.find_all(Handler, newest_first=False)
    write_whole(path, form(found))
    return len(found)


def _entries(path: Path) -> tuple[Iterator[Listed | Fault], tuple[Message, ...]]:
    data = octets_of(path, limit=delimited.SIZE_LIMIT)
    if excel_sheet.is_workbook(data):
        rows, remarks = excel_sheet.records(
            data, name=path.name, row_limit=handler_sheet.ROW_LIMIT + 1
        )
        return handler_sheet.entries(rows), remarks
    if handler_json.is_json(data):
        return handler_json.entries(data, name=path.name), ()
    text = delimited.text_of(data)
    delimiter = delimited.delimiter_of(
        text, lambda cell: handler_sheet.HEADINGS.column(cell) in handler_sheet.COLUMNS
    )
    return handler_sheet.entries(delimited.records(text, delimiter)), ()


def _csv(found: list[Handler]) -> bytes:
    return delimited.written(_rows(found))


def _xlsx(found: list[Handler]) -> bytes:
    return excel_writing.write([delimited.guarded(cell) for cell in row] for row in _rows(found))


def _rows(found: list[Handler]) -> Iterator[list[str]]:
    yield [*handler_sheet.COLUMNS]
    for one in found:
        cells = handler_sheet.cells_of(one)
        yield [cells[column] for column in handler_sheet.COLUMNS]


_FORMS: Final[dict[str, Callable[[list[Handler]], bytes]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".json": handler_json.write,
}
