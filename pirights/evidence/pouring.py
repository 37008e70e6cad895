"""One pass over the octets of a file: written, and summed under SHA-256 and SM3."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from pirights.evidence import sums
from pirights.evidence.side_lines import SideLines


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that is being written, with the sums to come; they come when it is written whole."""

    name: str
    size: int
    sha256: Future[str]
    sm3: Future[str]


class _Write(Protocol):
    def __call__(self, data: memoryview, /) -> int | None: ...


def pour(
    name: str,
    pieces: Iterator[bytes],
    write: Callable[[Iterator[bytes]], str],
    lines: SideLines,
) -> Written:
    """Give each piece to be written and summed, while the next is being read.

    Args:
        name: The file's.
        pieces: Its octets.
        write: Writes the pieces that it is given, on the line that writes; returns their SHA-256.
        lines: Where that is done.

    Raises:
        BaseException: What stopped this file's writing, or an earlier one's.
    """
    writing, summing = lines.writing(write), lines.summing(_sm3)
    size = 0
    try:
        for piece in filter(None, pieces):
            if lines.problem is not None:
                break
            for line in (writing, summing):
                line.put(piece)
            size += len(piece)
    finally:
        writing.end()
        summing.end()
    if lines.problem is not None:
        raise lines.problem
    return Written(name=name, size=size, sha256=writing.made, sm3=summing.made)


def written(coming: Iterator[bytes], write: _Write) -> str:
    """Write the pieces; returns their SHA-256."""
    sha256 = hashlib.sha256()
    for piece in coming:
        sha256.update(piece)
        rest = memoryview(piece)
        while rest:
            rest = rest[write(rest) or len(rest) :]
    return sha256.hexdigest()


def _sm3(coming: Iterator[bytes]) -> str:
    making = sums.new("sm3")
    for piece in coming:
        making.update(piece)
    return making.hexdigest()
