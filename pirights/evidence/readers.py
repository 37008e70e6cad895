"""What a check needs of a bag, be it a folder or a zip file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from pirights.errors import Message, message
from pirights.evidence.findings import Notebook

PIECE: Final = 1024 * 1024
"""Octets read at a time."""

MOST_FILES: Final = 200_000
"""Files in a bag that is still looked at; about a hundred times a large bundle."""


class Unreadable(Exception):
    """A file of the bag cannot be read to its end.

    Attributes:
        meaning: Why.
    """

    def __init__(self, meaning: Message) -> None:
        super().__init__(str(meaning))
        self.meaning = meaning


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the container itself, seen while it was opened.

    Attributes:
        file: The path in the bag.
        meaning: What was seen.
        fault: Whether it makes any bag invalid; else only our own.
    """

    file: str
    meaning: Message
    fault: bool = True


class Reader(Protocol):
    """A bag that can be listed and read, never followed out of itself."""

    @property
    def sizes(self) -> dict[str, int]:
        """The regular files: path from the bag's own folder, with `/`, and size in octets."""

    @property
    def empty_folders(self) -> tuple[str, ...]:
        """Folders in which nothing is."""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is wrong with the container itself: links, devices, clashes, hidden bytes."""

    def pieces(self, name: str) -> Iterator[bytes | memoryview]:
        """Read a file of `sizes`, piece by piece; a piece is good until the next is asked for.

        Raises:
            Unreadable: The bytes cannot be had.
        """

    def close(self) -> None:
        """Let go of the file, if one is open."""


def read(reader: Reader, name: str, *, limit: int) -> bytes | None:
    """Read a small file whole; None where it is larger than `limit` octets.

    Raises:
        Unreadable: The bytes cannot be had.
    """
    if reader.sizes[name] > limit:
        return None
    collected = bytearray()
    for piece in reader.pieces(name):
        collected += piece
        if len(collected) > limit:
            return None
    return bytes(collected)


def read_noted(reader: Reader, name: str, notes: Notebook, *, limit: int) -> bytes | None:
    """Read a small file whole, noting why where that cannot be done.

    A file that is not there gives None without a note: whether it must be, the caller knows.
    """
    if name not in reader.sizes:
        return None
    try:
        data = read(reader, name, limit=limit)
    except Unreadable as problem:
        notes.fault(name, problem.meaning)
        return None
    if data is None:
        notes.fault(name, message("It is too large to be read."))
    return data
