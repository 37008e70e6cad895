"""Workbooks (XLSX, ECMA-376) for people: colours, remarks, words to choose from.

The same pages give the same octets. Every cell is text, no text becomes a formula, rows are
written as they come, and nothing is put into a temporary file.
"""

import math
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from pirights.workflow import workbook_parts as parts
from pirights.workflow.workbook_parts import DECLARATION, MAIN, OFFICE, Look

Cell = tuple[str, Look]
"""A text and how it looks; an empty one in the plain look is left out."""

CELL_LIMIT: Final = 32_767
"""Characters that a spreadsheet program keeps of a cell (and of a remark)."""

LIST_LIMIT: Final = 255
"""Characters of a list of words with its commas, and of a prompt."""

ROW_LIMIT: Final = 1_048_576

_LINE: Final = 15
"""Height of a line, in points."""

_MOST_LINES: Final = 27
"""A row is at most 409 points high."""

_FORMAT: Final = f'<sheetFormatPr defaultRowHeight="{_LINE}"/>'

NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, and surrogates, which UTF-8 cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What a spreadsheet program says of the cells of a column, and offers there.

    Attributes:
        column: From 0.
        first: The first row, from 1; it holds for all below.
        title: At most 32 characters.
        prompt: At most `LIST_LIMIT` characters.
        words: To choose from; none may hold a comma.
        strict: Ask before another word is kept.
    """

    column: int
    first: int
    title: str
    prompt: str
    words: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment on a cell: its row from 1, its column from 0."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sheet of a workbook.

    Attributes:
        title: At most 31 characters, without the signs that Excel forbids there.
        rows: Each with its number, ascending from 1.
        widths: Of the first columns, in characters.
        frozen: Rows that stay in sight.
        remarks: Read when all rows are written.
        merged: Ranges such as `A2:A5`; read when all rows are written.
        wide: Printed across, as wide as one sheet of paper.
    """

    title: str
    rows: Iterable[tuple[int, Sequence[Cell]]]
    widths: Sequence[float] = ()
    frozen: int = 0
    guides: Sequence[Guide] = ()
    remarks: Sequence[Remark] = ()
    merged: Collection[str] = ()
    wide: bool = False


CODED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Begins what a spreadsheet program takes for a character by its number: `_x003D_` is an equals
sign (ECMA-376, part 1, 22.9.2.19). Where it is meant as it stands, `_x005F_` stands for it."""


def write(pages: Sequence[Page], *, mark: bytes = b"", from_1904: bool = False) -> bytes:
    """Write the sheets of a workbook, in their order.

    Args:
        pages: At least one.
        mark: What tells this file from one that another program saved anew: the comment of the
            zip file, which no spreadsheet program keeps.
        from_1904: Days that are bare numbers count from 1904 (18.17.4.1).
    """
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.comment = mark
        remarked = []
        for number, page in enumerate(pages, start=1):
            with packed.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as stream:
                for piece in _sheet(page, first=number == 1):
                    stream.write(piece.encode())
            if page.remarks:
                remarked.append(number)
                remarks = [replace(one, text=clean(one.text)) for one in page.remarks]
                for name, text in parts.remarks(number, remarks, place=place):
                    packed.writestr(_entry(name), text.encode())
        titles = [page.title for page in pages]
        for name, text in parts.frame(titles, remarked, from_1904=from_1904):
            packed.writestr(_entry(name), text.encode())
    return target.getvalue()


def place(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does: its row from 1, its column from 0."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """Name a column, counted from 0."""
    more, last = divmod(column, 26)
    return (letters(more - 1) if more else "") + chr(ord("A") + last)


def column_of(name: str) -> int:
    """Give the column, from 0, that `letters` names."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def clean(text: str) -> str:
    """Put a text into what a cell can hold: what XML cannot hold becomes a replacement sign."""
    return NO_XML.sub("\ufffd", text[:CELL_LIMIT])


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _sheet(page: Page, *, first: bool) -> Iterator[str]:
    fit = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if page.wide else ""
    yield f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{fit}'
    yield f"<sheetViews>{_view(page, first=first)}</sheetViews>{_FORMAT}{_columns(page)}<sheetData>"
    names = [letters(column) for column in range(len(page.widths))]
    for number, cells in page.rows:
        names += [letters(column) for column in range(len(names), len(cells))]
        lines = min(_lines(cells, page.widths), _MOST_LINES)
        high = f' ht="{lines * _LINE}" customHeight="1"' if lines > 1 else ""
        yield f'<row r="{number}"{high}>{"".join(_cells(number, cells, names))}</row>'
    yield "</sheetData>"
    if page.merged:
        ranges = "".join(f"<mergeCell ref={quoteattr(one)}/>" for one in page.merged)
        yield f'<mergeCells count="{len(page.merged)}">{ranges}</mergeCells>'
    if page.guides:
        yield f'<dataValidations count="{len(page.guides)}">'
        yield from map(_guide, page.guides)
        yield "</dataValidations>"
    if page.wide:
        yield '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    if page.remarks:
        yield '<legacyDrawing r:id="rId1"/>'
    yield "</worksheet>"


def _view(page: Page, *, first: bool) -> str:
    selected = ' tabSelected="1"' if first else ""
    if not page.frozen:
        return f'<sheetView{selected} workbookViewId="0"/>'
    below = f"A{page.frozen + 1}"
    return (
        f'<sheetView{selected} workbookViewId="0">'
        f'<pane ySplit="{page.frozen}" topLeftCell="{below}" activePane="bottomLeft" '
        f'state="frozen"/><selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/>'
        "</sheetView>"
    )


def _columns(page: Page) -> str:
    """Say the widths, and that a cell not yet written will be text."""
    if not page.widths:
        return ""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width:g}" style="{Look.TEXT:d}" '
        'customWidth="1"/>'
        for number, width in enumerate(page.widths, start=1)
    )
    return f"<cols>{columns}</cols>"


def _cells(number: int, cells: Sequence[Cell], names: Sequence[str]) -> Iterator[str]:
    for name, (text, look) in zip(names, cells, strict=False):
        if text:
            kept = escape(clean(text) if _is_odd(text) else text)
            if "_x" in kept:
                kept = CODED.sub("_x005F_", kept)
            space = "" if kept.strip() == kept and "\n" not in kept else ' xml:space="preserve"'
            start = f'<c r="{name}{number}" s="{look:d}" t="inlineStr">'
            yield f"{start}<is><t{space}>{kept}</t></is></c>"
        elif look is not Look.TEXT:
            yield f'<c r="{name}{number}" s="{look:d}"/>'


def _lines(cells: Sequence[Cell], widths: Sequence[float]) -> int:
    """Count the lines that a row needs: not every program does it by itself."""
    return max(
        (
            sum(max(1, math.ceil(_wide(line) / max(1, width - 1))) for line in text.split("\n"))
            for (text, look), width in zip(cells, widths, strict=False)
            if look in parts.WRAPPED and text
        ),
        default=1,
    )


def _wide(line: str) -> int:
    """Count the columns of a line: a Chinese character takes two (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)


def _is_odd(text: str) -> bool:
    return len(text) > CELL_LIMIT or not text.isprintable()


def _guide(guide: Guide) -> str:
    name = letters(guide.column)
    kind = ' type="list" allowBlank="1"' if guide.words else ""
    warns = ' errorStyle="warning" showErrorMessage="1"' if guide.strict else ""
    words = escape(",".join(guide.words))
    return (
        f'<dataValidation{kind}{warns} showInputMessage="1" '
        f"promptTitle={quoteattr(guide.title)} prompt={_attribute(guide.prompt)} "
        f'sqref="{name}{guide.first}:{name}{ROW_LIMIT}">'
        + (f'<formula1>"{words}"</formula1>' if guide.words else "")
        + "</dataValidation>"
    )


def _attribute(text: str) -> str:
    """Quote an attribute of several lines: a bare line break would be read as a blank."""
    return quoteattr(text, {"\n": "&#10;"})
