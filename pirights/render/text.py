"""A document as plain text, for a terminal or a mail: 78 cells wide, a Chinese character two."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import Final

from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Item,
    Language,
    Paragraph,
    ReceiptBox,
    Signature,
    Table,
    Title,
)
from pirights.domain.text import visible
from pirights.render.linebreak import Room, break_lines
from pirights.render.sorts import without_invisible

WIDTH: Final = 78
"""Cells in a line."""

_LABEL: Final = 28
"""Cells of the widest label that still has its value beside it."""

_COLON: Final = {Language.ZH: "：", Language.EN: ": "}
_GUTTER: Final = 2
"""Cells between two columns of a table."""

_NARROWEST: Final = 4
"""Cells of a column, at least."""


def to_text(document: Document) -> str:
    """Render a document as text; every line ends with a newline, none with blanks."""
    lines: list[str] = []
    for block in document.blocks:
        if lines and not (isinstance(block, Title) and len(lines) == 1):
            lines.append("")
        lines += _lines(block)
    if document.reference:
        lines += ["", visible(document.reference)]
    if document.origin:
        lines += ["", *wrap(document.origin, WIDTH)]
    return "".join(f"{line.rstrip(' 　')}\n" for line in lines)


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes (UAX #11; ambiguous ones take one)."""
    return sum(_cells(character) for character in text)


def wrap(text: str, width: int, *, indent: int = 0) -> list[str]:
    """Break a text into lines of so many cells, the first one shorter by `indent`."""
    shown = visible(without_invisible(text).replace("\t", " "), keep="\n")
    widths = [float(_cells(character)) for character in shown]
    room = Room(first=width - indent, rest=width)
    return [line.text for line in break_lines(shown, widths, room)]


@cache
def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _lines(block: Block) -> list[str]:
    match block:
        case Title(text=text):
            return [" " * ((WIDTH - cells(line)) // 2) + line for line in wrap(text, WIDTH)]
        case Heading(text=text):
            return wrap(text, WIDTH)
        case Paragraph():
            return _paragraph(block)
        case Item():
            return _item(block)
        case Fields():
            return list(_fields(block))
        case Table():
            return list(_table(block))
        case Signature(lines=lines):
            return _signature(lines)
        case ReceiptBox(lines=lines):
            return _boxed(lines)


def _paragraph(block: Paragraph) -> list[str]:
    if not (block.indent and block.language is Language.ZH):
        return wrap(block.text, WIDTH)
    first, *rest = wrap(block.text, WIDTH, indent=4)
    return [f"　　{first}", *rest]


def _item(block: Item) -> list[str]:
    number = f"{block.number}."
    hang = max(4, len(number) + 1)
    lines = wrap(block.text, WIDTH - hang)
    if block.basis:
        lines += wrap(block.basis, WIDTH - hang)
    return [(number.ljust(hang) if at == 0 else " " * hang) + line for at, line in enumerate(lines)]


def _fields(block: Fields) -> Iterator[str]:
    colon = _COLON[block.language]
    column = min(max((cells(name + colon) for name, _ in block.rows), default=0), _LABEL)
    for name, value in block.rows:
        label = wrap(name + colon, WIDTH)
        lines = wrap(value, WIDTH - column)
        if cells(label[-1]) <= column:
            yield from label[:-1]
            yield _padded(label[-1], column) + lines.pop(0)
        else:
            yield from label
        yield from (" " * column + line for line in lines)


def _table(block: Table) -> Iterator[str]:
    widths = _column_widths(block)
    yield from _table_row(block.head, widths)
    yield (" " * _GUTTER).join("─" * width for width in widths)
    for row in block.rows:
        yield from _table_row(row, widths)


def _column_widths(block: Table) -> list[int]:
    shares = block.widths or (1.0,) * len(block.head)
    room = WIDTH - _GUTTER * (len(shares) - 1)
    widths = [max(_NARROWEST, int(room * share / sum(shares))) for share in shares]
    widest = max(range(len(widths)), key=widths.__getitem__)
    widths[widest] += room - sum(widths)
    return widths


def _table_row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    columns = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    for line in zip_longest(*columns, fillvalue=""):
        yield (" " * _GUTTER).join(
            _padded(cell, width) for cell, width in zip(line, widths, strict=True)
        )


def _signature(texts: Sequence[str]) -> list[str]:
    lines = [line for text in texts for line in wrap(text, WIDTH * 2 // 3)]
    margin = WIDTH - max((cells(line) for line in lines), default=0)
    return [" " * margin + line for line in lines]


def _boxed(texts: Sequence[str]) -> list[str]:
    inner = WIDTH - 4
    lines = [line for text in texts for line in wrap(text, inner)]
    rim = "─" * (inner + 2)
    return [f"┌{rim}┐", *(f"│ {_padded(line, inner)} │" for line in lines), f"└{rim}┘"]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
