"""Delimited text (CSV) as spreadsheets write it: its encoding, its delimiter, its records.

Foreign text is data. A cell that a spreadsheet would take for a formula is written with an
apostrophe before it, and exactly that one is taken away again.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from pirights.errors import BadInput, Message, message

SIZE_LIMIT: Final = 200 * 2**20
"""Octets of a whole sheet."""

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end; taken one by one, the sheet is not copied."""

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def text_of(data: bytes) -> str:
    """Decode a sheet: UTF-8 with or without byte order mark, UTF-16 with one, else GB 18030.

    Raises:
        BadInput: Too large, or none of these.
    """
    if len(data) > SIZE_LIMIT:
        raise BadInput(
            message("The sheet is larger than {limit} MiB.", limit=SIZE_LIMIT // 2**20),
            hint=message("Cut it into several files."),
        )
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(
        message("The sheet is neither UTF-8 nor GB 18030 text."),
        hint=message("Save it as CSV, UTF-8, in your spreadsheet program."),
    )


def guarded(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Take away the apostrophe of `guarded`, and no other."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def written(rows: Iterable[Iterable[str]]) -> bytes:
    """Write rows so that `records` gives them back, and a spreadsheet shows them.

    UTF-8 with a byte order mark, lines ending in CR LF, no cell that could act as a formula.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def records(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str] | Message]]:
    """Yield each record with its row and its first line; what cannot be parsed, as a message."""
    # A cell is measured by its reader, after the quotes are resolved: the limit of the csv module
    # would stop inside a cell and take its later lines for rows.
    csv.field_size_limit(max(csv.field_size_limit(), SIZE_LIMIT))
    lines = (found[0] for found in _LINE.finditer(text))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row, line = 0, 1
    while True:
        row += 1
        try:
            found: list[str] | Message = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found = (
                message("A quotation mark is opened here and never closed.")
                if "end of data" in str(error)
                else message("A quotation mark stands inside a cell; write it twice.")
            )
        yield row, line, found
        line = reader.line_num + 1


def delimiter_of(text: str, is_heading: Callable[[str], bool]) -> str:
    """Choose the sign under which most headings are known; a comma unless another does better."""
    best, most = ",", 0
    for delimiter in (",", ";", "\t"):
        first: Sequence[str] = ()
        for _, _, found in records(text, delimiter):
            if isinstance(found, Message) or any(found):
                first = () if isinstance(found, Message) else found
                break
        known = sum(map(is_heading, first))
        if known > most:
            best, most = delimiter, known
    return best
