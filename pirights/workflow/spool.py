"""Pictures that were made on the way, kept aside until the bundle takes them in."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

_PIECE: Final = 2**20


class Spool:
    """Keeps octets one after the other in a file that nobody else sees."""

    def __init__(self, file: BinaryIO) -> None:
        self._file: Final = file
        self._end = 0

    def keep(self, octets: bytes) -> Callable[[], Iterator[bytes]]:
        """Keep octets; what is given back opens them afresh at each call."""
        begin, end = self._end, self._end + len(octets)
        self._file.seek(begin)
        self._file.write(octets)
        self._end = end

        def content() -> Iterator[bytes]:
            at = begin
            while at < end:
                self._file.seek(at)
                piece = self._file.read(min(_PIECE, end - at))
                if not piece:  # pragma: no cover  the file is ours alone
                    raise EOFError
                at += len(piece)
                yield piece

        return content
