"""Text on a terminal, where a Chinese character is two cells wide."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

_SPACE: Final = 2
"""Cells between two columns."""

_PIECES: Final = (
    r"\s+|[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
    r"|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+"
)
"""Where a line may break: at spaces and around every Chinese character."""

_NOT_FIRST: Final = frozenset("，。、；：？！）》」』”’…—%％")
"""Closing marks never begin a line (GB/T 15834)."""

_NOT_LAST: Final = frozenset("（《「『【“‘")
"""Opening marks never end a line (GB/T 15834)."""

_WIDE_STOPS: Final = frozenset("。：；！？")


def cells(text: str) -> int:
    """Count the cells that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, width: int) -> str:
    """Shorten a text to a number of cells, with … where something is missing."""
    if cells(text) <= width:
        return text
    kept = ""
    for character in text:
        if cells(kept + character) > width - 1:
            break
        kept += character
    return kept + "…"


def pad(text: str, width: int) -> str:
    """Fill a text up to a number of cells."""
    return text + " " * (width - cells(text))


def sentences(parts: Iterable[str]) -> str:
    """Put sentences one behind the other; full-width stops bring their own space."""
    whole = ""
    for part in parts:
        if part:
            gap = " " if whole and whole[-1] not in _WIDE_STOPS else ""
            whole += gap + part
    return whole


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most so many cells; a longer word stands alone, unbroken."""
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, width)]


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _unbroken(paragraph):
        if line.strip() and cells(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    yield line.rstrip()


def _unbroken(paragraph: str) -> Iterator[str]:
    """Give the pieces between break opportunities, closing marks kept with what they close."""
    held = ""
    for piece in re.findall(_PIECES, paragraph):
        if held and piece[0] not in _NOT_FIRST and held[-1] not in _NOT_LAST:
            yield held
            held = piece
        else:
            held += piece
    if held:
        yield held


def columns(
    rows: Sequence[Sequence[str]], *, width: int | None, gap: int = _SPACE
) -> list[list[str]]:
    """Pad every cell so that columns align, and cut the widest ones down to the width.

    Args:
        rows: Of equal length, the heading among them.
        width: Cells of the terminal; None for a file or a pipe, where nothing is cut.
        gap: Cells between columns.
    """
    if not rows:
        return []
    widths = [max(cells(row[place]) for row in rows) for place in range(len(rows[0]))]
    if width is not None:
        room = width - gap * (len(widths) - 1)
        widths = _shared(widths, room)
    return [
        [pad(cut(cell, size), size) for cell, size in zip(row, widths, strict=True)] for row in rows
    ]


def folded(
    rows: Sequence[Sequence[str]], *, width: int | None, gap: int = _SPACE
) -> list[list[str]]:
    """As `columns`, but a cell that is too long goes on in rows below, and nothing is cut."""
    if width is None or not rows:
        return columns(rows, width=width, gap=gap)
    widths = [max(cells(row[place]) for row in rows) for place in range(len(rows[0]))]
    sizes = _shared(widths, width - gap * (len(widths) - 1))
    heading, *others = rows
    found = [[pad(cut(cell, size), size) for cell, size in zip(heading, sizes, strict=True)]]
    for row in others:
        lines = [
            [piece for line in wrap(cell, size) for piece in _chopped(line, size)]
            for cell, size in zip(row, sizes, strict=True)
        ]
        found += [
            [pad(part, size) for part, size in zip(parts, sizes, strict=True)]
            for parts in zip_longest(*lines, fillvalue="")
        ]
    return found


def _chopped(line: str, size: int) -> Iterator[str]:
    """Break what is too long for its column, such as an address, wherever the column ends."""
    piece = ""
    for character in line:
        if piece and cells(piece + character) > size:
            yield piece
            piece = ""
        piece += character
    yield piece


def _shared(widths: Sequence[int], room: int) -> list[int]:
    """Take cells from the widest columns until all fit; never below eight."""
    sizes = list(widths)
    while sum(sizes) > room and max(sizes) > 8:  # noqa: PLR2004 (narrower says nothing)
        sizes[sizes.index(max(sizes))] -= 1
    return sizes
