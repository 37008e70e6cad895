"""A stranger's file as it passes by: read forward only, a little at a time, never held."""

from collections.abc import Iterable, Iterator
from typing import Final

_READ_LIMIT: Final = 1 << 17
"""Octets that are read at once; a page of Ogg has at most 65,307."""


class Tape:
    """Octets that come in pieces, read and skipped forward."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces: Final[Iterator[bytes]] = iter(pieces)
        self._piece = b""
        self._at = 0

    def read(self, count: int) -> bytes:
        """Take the next octets.

        Raises:
            EOFError: There are not so many.
            ValueError: More are asked for than a table may have.
        """
        found = self.peek(count)
        if len(found) < count:
            raise EOFError
        self._at += count
        return found

    def peek(self, count: int) -> bytes:
        """Look at the next octets, fewer at the end.

        Raises:
            ValueError: More are asked for than a table may have.
        """
        if count > _READ_LIMIT:
            raise ValueError(count)
        while len(self._piece) - self._at < count:
            more = next(self._pieces, None)
            if more is None:
                break
            self._piece, self._at = self._piece[self._at :] + more, 0
        return self._piece[self._at : self._at + count]

    def skip(self, count: int) -> None:
        """Pass over octets.

        Raises:
            EOFError: There are not so many.
            ValueError: A negative count.
        """
        if count < 0:
            raise ValueError(count)
        if self.skip_most(count) < count:
            raise EOFError

    def skip_most(self, count: int) -> int:
        """Pass over octets, fewer at the end; say how many there were."""
        left = count
        while left:
            there = min(left, len(self._piece) - self._at)
            self._at += there
            left -= there
            if left:
                more = next(self._pieces, None)
                if more is None:
                    break
                self._piece, self._at = more, 0
        return count - left
