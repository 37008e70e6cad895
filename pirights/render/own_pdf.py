"""Reads the PDFs that pirights writes, and no others: their objects, octet for octet.

They have one plain table of offsets, objects set apart by line ends, lengths that stand where they
belong, and no objects packed into streams (`streaming`, `paper`). So a table and an expression
suffice, where a reader of any PDF would hold all of it in memory.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_END: Final = re.compile(rb"startxref\n(\d{1,12})\n%%EOF\n\Z")
_TABLE: Final = re.compile(rb"xref\n0 (\d{1,9})\n0000000000 65535 f \n((?:\d{10} 00000 n \n)+)")
_ROOT: Final = re.compile(rb"/Root (\d{1,9}) 0 R")
_INFO: Final = re.compile(rb"/Info (\d{1,9}) 0 R")
_PAGE: Final = re.compile(rb"/Type /Page\b")
_ROW: Final = 20
"""Octets of a row of the table (ISO 32000-1, 7.5.4)."""

_TAIL: Final = 64
_TRAILER: Final = 4096

_TOKEN: Final = re.compile(
    rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f\s]*>|(?<![\w.+-])(\d{1,9}) 0 R\b", re.DOTALL
)
"""A string, which is passed over, or a reference."""

_STREAM: Final = b"\nstream\n"


class NotOurs(ValueError):
    """The file was not written by pirights, or is damaged."""


@dataclass(frozen=True, slots=True)
class Body:
    """An object without its number.

    Attributes:
        entries: What refers to other objects, if anything does: all of it, but a stream's content.
        content: `stream`, the octets of the stream and `endstream`; empty for other objects.
    """

    entries: bytes
    content: bytes

    @property
    def references(self) -> Iterator[int]:
        """The numbers of the objects it refers to, in order; one may come twice."""
        return (int(found[1]) for found in _TOKEN.finditer(self.entries) if found[1])

    def renumbered(self, number: Callable[[int], int]) -> "Body":
        """Let it refer to other numbers."""

        def replaced(found: re.Match[bytes]) -> bytes:
            return b"%d 0 R" % number(int(found[1])) if found[1] else found[0]

        return Body(_TOKEN.sub(replaced, self.entries), self.content)

    def value(self, key: bytes) -> int:
        """Read the reference under a key.

        Raises:
            NotOurs: There is none.
        """
        found = re.search(rb"/%b (\d{1,9}) 0 R\b" % key, self.entries)
        if not found:
            raise NotOurs(key)
        return int(found[1])


class OwnPdf:
    """A file of ours in memory.

    Attributes:
        root: The number of its catalogue.
        information: The number of its information dictionary.
        pages: The numbers of its pages, in order.
        tree: The number of the node that all pages hang on.
    """

    def __init__(self, data: bytes) -> None:
        """Find the objects.

        Raises:
            NotOurs: It was not written here, or is damaged.
        """
        self._data: Final = data
        self._spans: Final = _spans(data)
        trailer = data[-_TRAILER:]
        self.root: Final = _number(_ROOT, trailer)
        self.information: Final = _number(_INFO, trailer)
        self.tree: Final = self.body(self.root).value(b"Pages")
        kids = re.search(rb"/Kids \[([^\]]*)\]", self.body(self.tree).entries)
        self.pages: Final = tuple(Body(kids[1], b"").references) if kids else ()
        if not self.pages or not all(_PAGE.search(self.body(at).entries) for at in self.pages):
            raise NotOurs("pages")

    def body(self, number: int) -> Body:
        """Read an object.

        Raises:
            NotOurs: There is no such object, or it is not written as ours are.
        """
        start, end = self._spans.get(number, (0, 0))
        head, foot = b"%d 0 obj\n" % number, b"\nendobj\n"
        whole = self._data[start:end]
        if not whole.startswith(head) or not whole.endswith(foot):
            raise NotOurs(number)
        inside = whole[len(head) : -len(foot)]
        at = inside.find(_STREAM)
        if at < 0:
            return Body(inside, b"")
        if not inside.endswith(b"\nendstream"):
            raise NotOurs(number)
        return Body(inside[:at], inside[at + 1 :])


def _number(pattern: re.Pattern[bytes], trailer: bytes) -> int:
    found = pattern.search(trailer, trailer.rfind(b"trailer\n"))
    if not found:
        raise NotOurs("trailer")
    return int(found[1])


def _spans(data: bytes) -> dict[int, tuple[int, int]]:
    """Say from where to where each object stands."""
    last = _END.search(data, max(0, len(data) - _TAIL))
    table = _TABLE.match(data, int(last[1])) if last else None
    if last is None or table is None or int(table[1]) * _ROW - _ROW != len(table[2]):
        raise NotOurs("table")
    rows = table[2]
    starts = [int(rows[at : at + 10]) for at in range(0, len(rows), _ROW)]
    bounds = sorted({*starts, int(last[1])})
    ends = dict(pairwise(bounds))
    try:
        return {number: (start, ends[start]) for number, start in enumerate(starts, 1)}
    except KeyError:
        raise NotOurs("table") from None
