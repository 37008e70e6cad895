"""Delimited text (CSV) as spreadsheets write it: its encoding, its delimiter, its records.

Foreign text is data. A cell that a spreadsheet would take for a formula is written with an
apostrophe before it, and exactly that one is taken away again.
"""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Self

from pirights.errors import BadInput, Message, message

SIZE_LIMIT: Final = 200 * 2**20
"""Octets of a whole sheet."""

RECORD_LIMIT: Final = 2**20
"""Characters of one record."""

_PIECE: Final = 2**16
_SHOWN: Final = 500
"""Characters that are kept of a record that cannot be parsed."""

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end; taken one by one, the sheet is not copied."""

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")

_QUOTED: Final = re.compile(r'"(?:[^"]|"")*+"')
_MARKS_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_SEP: Final = re.compile(r'"?sep=([,;\t|])"?[ \t,;|]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
"""The line above the headings by which some programs say the delimiter."""


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
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _no_text(data)


def encoding_of(data: bytes) -> str:
    """Tell the encoding of a sheet as `text_of`, without decoding it as a whole.

    Raises:
        BadInput: Neither UTF-8, nor UTF-16 with a byte order mark, nor GB 18030.
    """
    for encoding in _encodings(data):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            for start in range(0, len(data), _PIECE):
                decoder.decode(data[start : start + _PIECE])
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise _no_text(data)


def beginning(data: bytes, encoding: str) -> str:
    """Decode the first characters of a sheet: enough for its headings."""
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(data[:_PIECE])


def lines(data: bytes, encoding: str) -> Iterator[str]:
    """Decode a sheet line by line; each with its end.

    Raises:
        BadInput: It is not of that encoding after all.
    """
    try:
        yield from io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    except UnicodeDecodeError as wrong:
        raise _no_text(data) from wrong


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
    return b"".join(line_by_line(rows))


def line_by_line(rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Give what `written` writes, row by row."""
    yield codecs.BOM_UTF8
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        yield target.getvalue().encode()
        target.seek(0)
        target.truncate()


def records(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str] | Message]]:
    """Yield each record with its row and its first line; what cannot be parsed, as a message."""
    return records_of((found[0] for found in _LINE.finditer(text)), delimiter, limit=SIZE_LIMIT)


def records_of(
    lines: Iterable[str], delimiter: str, *, limit: int = RECORD_LIMIT
) -> Iterator[tuple[int, int, list[str] | Message]]:
    """As `records`, from lines that keep their ends.

    A record that cannot be parsed, or has more than `limit` characters, is told; the reading goes
    on with its second line. So no row is lost behind a quotation mark that is never closed. A first
    line that only says the delimiter (`sep=;`) counts as an empty one. What cannot be parsed holds
    the `place` of its cell, from 0, where that is known.
    """
    # A cell is measured by its reader, after the quotes are resolved: the limit of the csv module
    # would stop inside a cell and take its later lines for rows.
    csv.field_size_limit(max(csv.field_size_limit(), SIZE_LIMIT))
    source = _Lines(lines, limit)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    row = 0
    while True:
        row, line = row + 1, source.taken + 1
        source.begin()
        try:
            found: list[str] | Message = next(reader)
        except StopIteration:
            if not source.stopped:
                return
            found = message("The line has more than {limit} characters.", limit=limit).holding(
                text=source.first[:_SHOWN]
            )
        except csv.Error as error:
            found = _unparsed(error, source.first, delimiter)
        if isinstance(found, Message):
            source.go_back()
            reader = csv.reader(source, delimiter=delimiter, strict=True)
        elif row == 1 and _SEP.fullmatch(source.first):
            found = []
        yield row, line, found


class _Lines:
    """Hands out lines as long as the record to which they belong has a bearable length.

    Attributes:
        taken: How many were handed out.
        stopped: The present record is too long.
    """

    def __init__(self, lines: Iterable[str], limit: int) -> None:
        self._lines: Final = iter(lines)
        self._limit: Final = limit
        self._again: Final[deque[str]] = deque()
        self._record: Final[list[str]] = []
        self._length = 0
        self.taken = 0
        self.stopped = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if self.stopped:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken += 1
        self._record.append(line)
        self._length += len(line)
        if self._length > self._limit:
            self.stopped = True
            raise StopIteration
        return line

    @property
    def first(self) -> str:
        """The first line of the present record."""
        return self._record[0] if self._record else ""

    def begin(self) -> None:
        """Begin another record."""
        self._length = 0
        self._record.clear()

    def go_back(self) -> None:
        """Hand out anew all lines of the present record but its first."""
        self._again.extendleft(reversed(self._record[1:]))
        self.taken -= max(0, len(self._record) - 1)
        self.stopped = False


def delimiter_of(text: str, is_heading: Callable[[str], bool]) -> str:
    """Choose the sign under which most headings are known; a comma unless another does better.

    A first line that says the sign (`sep=;`) is believed.
    """
    if (said := _SEP.match(text)) is not None:
        return said[1]
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


def _unparsed(error: csv.Error, text: str, delimiter: str) -> Message:
    said = message("A quotation mark stands inside a cell; write it twice.")
    if "end of data" in str(error):
        said = message("A quotation mark is opened here and never closed.")
    place, shown = _torn_place(text, delimiter), text[:_SHOWN]
    return said.holding(text=shown) if place is None else said.holding(text=shown, place=place)


def _torn_place(text: str, delimiter: str) -> int | None:
    """Give the place of the first cell, from 0, whose quotation marks are not in order."""
    place = at = 0
    while at < len(text):
        if text[at] == '"':
            closed = _QUOTED.match(text, at)
            if closed is None:
                return place
            at = closed.end()
            if at < len(text) and text[at] not in f"{delimiter}\r\n":
                return place
        next_one = text.find(delimiter, at)
        if next_one < 0:
            return None
        at, place = next_one + 1, place + 1
    return None


def _encodings(data: bytes) -> tuple[str, ...]:
    if data[:2] in _MARKS_UTF_16:
        return ("utf-16",)
    return ("utf-8-sig", "gb18030")


def _no_text(data: bytes) -> BadInput:
    said = message("The sheet is neither UTF-8 nor GB 18030 text.")
    if data[:2] not in _MARKS_UTF_16:
        said = message(
            "The sheet is neither UTF-8 nor GB 18030 text: as UTF-8 it cannot be read beyond line "
            "{line}, as GB 18030 beyond line {other}.",
            line=_readable_lines(data, "utf-8-sig"),
            other=_readable_lines(data, "gb18030"),
        )
    return BadInput(said, hint=message("Save it as CSV, UTF-8, in your spreadsheet program."))


def _readable_lines(data: bytes, encoding: str) -> int:
    """Count the lines before the first that is not of an encoding."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as wrong:
        before = data[: wrong.start]
        return max(before.count(b"\n"), before.count(b"\r"))
    return len(data.splitlines())
