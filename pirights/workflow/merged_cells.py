"""Which cells of a sheet are merged into one (ECMA-376, part 1, 18.3.1.55), found without parsing.

They are written behind the rows that they cover; so they are looked for before the rows are read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import IO, Final

from pirights.errors import BadInput, message

LIMIT: Final = 20_000
"""Merged ranges in a sheet."""

SIDE_BY_SIDE: Final = 256
"""Merged ranges that cover one row."""

_CHUNK: Final = 2**16
_LONGEST: Final = 256
"""Octets of such an element; it has one attribute or two."""

_MERGED: Final = re.compile(
    rb"<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']"
    rb"\$?([A-Z]{1,3})\$?([1-9]\d{0,6}):\$?([A-Z]{1,3})\$?([1-9]\d{0,6})[\"'][^<>]*>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A range of cells that are one.

    Attributes:
        ref: As a spreadsheet names it: A2:A9.
        rows: From 1, the end not included.
        columns: From 0, the end not included.
    """

    ref: str
    rows: range
    columns: range


def found_in(stream: IO[bytes]) -> tuple[Merged, ...]:
    """Find the merged ranges of a sheet's XML, in the order of their first rows.

    Raises:
        BadInput: More than `LIMIT`.
    """
    found: list[Merged] = []
    tail = b""
    while piece := stream.read(_CHUNK):
        seen = tail + piece
        end = 0
        for one in _MERGED.finditer(seen) if b"mergeCell" in seen else ():
            end = one.end()
            found.append(_range(*(group.decode() for group in one.groups())))
        if len(found) > LIMIT:
            raise BadInput(
                message("More than {limit} merged cells.", limit=LIMIT),
                hint=message("Split the merged cells in your spreadsheet program."),
            )
        tail = seen[max(end, len(seen) - _LONGEST) :]
    return tuple(
        sorted((one for one in found if len(one.rows) * len(one.columns) > 1), key=_first_row)
    )


class Covering:
    """Says for one row after the other which ranges cover it."""

    def __init__(self, merged: Sequence[Merged]) -> None:
        self._coming: Final = iter(merged)
        self._next = next(self._coming, None)
        self._open: Final[list[tuple[int, int, Merged]]] = []

    def of(self, row: int) -> Iterator[Merged]:
        """Give the ranges that cover a row; no row may come before one asked about earlier.

        Raises:
            ValueError: More than can stand side by side.
        """
        while self._next is not None and self._next.rows.start <= row:
            heappush(self._open, (self._next.rows.stop, id(self._next), self._next))
            self._next = next(self._coming, None)
        while self._open and self._open[0][0] <= row:
            heappop(self._open)
        if len(self._open) > SIDE_BY_SIDE:
            raise ValueError("merged cells lie over each other")
        return (one for _, _, one in self._open)


def _first_row(one: Merged) -> int:
    return one.rows.start


def _range(left: str, top: str, right: str, bottom: str) -> Merged:
    return Merged(
        ref=f"{left}{top}:{right}{bottom}",
        rows=range(int(top), int(bottom) + 1),
        columns=range(_place(left), _place(right) + 1),
    )


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
