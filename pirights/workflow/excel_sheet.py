"""Workbooks (XLSX): the rows of the first sheet as text.

A workbook is a zip file of XML that a stranger may have made. It is measured before it is parsed,
document types are refused, and no formula is worked out: a cell that holds one is a fault.
"""

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from pirights.errors import BadInput, Message, message

SIZE_LIMIT: Final = 32 * 2**20
"""Octets of a workbook."""

UNPACKED_LIMIT: Final = 256 * 2**20
"""Octets of all its parts, unpacked."""

RATIO_LIMIT: Final = 200
"""How many times larger a part may be unpacked, beyond `_SMALL`; sheets reach about 30."""

PARTS_LIMIT: Final = 1_000
COLUMNS_LIMIT: Final = 64

_SMALL: Final = 2**20
_CHUNK: Final = 2**16
_EXACT: Final = 10**15
"""From here on a spreadsheet has lost digits: it keeps fifteen."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of the old Excel files, and of encrypted new ones (MS-CFB, 2.2)."""

_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""In which a declaration would be written otherwise; no spreadsheet program writes it."""

Cell = str | Message
"""The text of a cell, or what is wrong with it."""


def is_workbook(data: bytes) -> bool:
    """Say whether a file is a workbook, old or new, whatever its name says."""
    return data[:4] == _ZIP or data[:8] == _OLE


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
    _check(data, name)
    from openpyxl import load_workbook

    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        sheets = book.worksheets
        first = sheets[0]
    except Exception as wrong:  # a reader of strangers' XML can fail in any way
        raise _broken(name) from wrong
    remarks = (
        (message("Only the first sheet, {title}, was read.", title=first.title),)
        if len(sheets) > 1
        else ()
    )
    return _rows(book, first, name, row_limit), remarks


def _check(data: bytes, name: str) -> None:
    if data[:8] == _OLE:
        raise _encrypted(name) if _ENCRYPTED in data[:SIZE_LIMIT] else _old(name)
    if len(data) > SIZE_LIMIT:
        raise _too_large(name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            _check_parts(packed, name)
    except BadInput:
        raise
    except Exception as wrong:  # zlib.error, and what else a crafted directory brings
        raise _broken(name) from wrong


def _check_parts(packed: zipfile.ZipFile, name: str) -> None:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if len(parts) > PARTS_LIMIT or len(names) != len(parts):
        raise _broken(name)
    if any(part.flag_bits & 1 for part in parts):
        raise _encrypted(name)
    if "xl/workbook.xml" not in names:
        raise BadInput(
            message("{file} is no Excel workbook (.xlsx).", file=name),
            hint=message("Save it as .xlsx or as CSV, UTF-8, in your spreadsheet program."),
        )
    left = UNPACKED_LIMIT
    for part in parts:
        left -= _measured(packed, part, left, name)


def _measured(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, name: str) -> int:
    """Unpack a part piece by piece, as long as it keeps within the limits; its real length."""
    length, tail = 0, b""
    is_xml = part.filename.casefold().endswith((".xml", ".rels"))
    most = min(left, max(_SMALL, RATIO_LIMIT * part.compress_size))
    with packed.open(part) as stream:
        while piece := stream.read(_CHUNK):
            length += len(piece)
            if length > most:
                raise _too_large(name)
            seen = tail + piece
            if is_xml and (
                any(word in seen for word in _DECLARATIONS) or (not tail and seen[:2] in _UTF_16)
            ):
                raise _broken(name)
            tail = piece[-16:]
    return length


def _rows(
    book: Any,  # noqa: ANN401 (openpyxl tells no types of these)
    sheet: Any,  # noqa: ANN401
    name: str,
    row_limit: int,
) -> Iterator[tuple[int, int, list[Cell]]]:
    from openpyxl.worksheet._reader import WorkSheetParser

    class Parser(WorkSheetParser):
        """Looks at no formula: to move a shared one to each of its cells takes without end."""

        def parse_formula(self, element: object) -> str:  # noqa: ARG002 (the door's own name)
            return "="

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
            for number, cells in parser.parse():
                if number > row_limit:
                    yield number, number, []
                    return
                yield number, number, _texts(cells)
    except Exception as wrong:  # as above; what the taker of a row raises, does not come here
        raise _broken(name) from wrong


def _texts(cells: Iterable[dict[str, Any]]) -> list[Cell]:
    found: list[Cell] = []
    for cell in cells:
        column = cell["column"]
        if cell["value"] is None or column > COLUMNS_LIMIT:
            continue
        found += [""] * (column - len(found))
        found[column - 1] = _text(cell["value"], cell["data_type"])
    return found


def _text(value: object, kind: str) -> Cell:
    if kind == "f":
        return message("The cell holds a formula; write what it gives.")
    if kind == "e":
        return message("The cell holds an error: {value}.", value=str(value))
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
            )
        return str(int(value)) if value == int(value) else repr(value)
    return str(value)


def _old(name: str) -> BadInput:
    return BadInput(
        message("{file} is a file of an old Office program (.xls), whatever its name.", file=name),
        hint=message("Save it as .xlsx or as CSV, UTF-8, in your spreadsheet program."),
    )


def _encrypted(name: str) -> BadInput:
    return BadInput(
        message("{file} is protected by a password.", file=name),
        hint=message("Save it without one in your spreadsheet program."),
    )


def _too_large(name: str) -> BadInput:
    return BadInput(
        message("{file} is too large, or unpacks to too much.", file=name),
        hint=message("Cut it into several files, or save it as CSV."),
    )


def _broken(name: str) -> BadInput:
    return BadInput(
        message("{file} is a damaged workbook.", file=name),
        hint=message("Save it anew as .xlsx, or as CSV, in your spreadsheet program."),
    )
