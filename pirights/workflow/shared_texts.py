"""The texts that a workbook keeps apart from its cells (ECMA-376, part 1, 18.4), in little room.

A cell names its text by its place in a list that may have millions. They lie one behind the other
in UTF-8, which takes a tenth of the room of as many strings.
"""

from array import array
from typing import IO, Final
from xml.parsers import expat

_CHUNK: Final = 2**16


class SharedTexts:
    """The texts in their order, from 0; each is made when it is asked for."""

    def __init__(self) -> None:
        self._octets: Final = bytearray()
        self._ends: Final = array("I")

    def append(self, text: str) -> None:
        """Take the next text."""
        self._octets.extend(text.encode())
        self._ends.append(len(self._octets))

    def __getitem__(self, place: int) -> str:
        """Give a text.

        Raises:
            IndexError: There is none at that place.
        """
        if place < 0:
            raise IndexError(place)
        start = self._ends[place - 1] if place else 0
        return self._octets[start : self._ends[place]].decode()


def read(stream: IO[bytes]) -> SharedTexts:
    """Read the part of a workbook that holds them; how they look and are spoken is left out.

    Raises:
        expat.ExpatError: It is no XML.
    """
    found = SharedTexts()
    reader = _Reader(found)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.take
    while piece := stream.read(_CHUNK):
        parser.Parse(piece)
    parser.Parse(b"", True)
    return found


class _Reader:
    def __init__(self, found: SharedTexts) -> None:
        self._found: Final = found
        self._texts: Final[list[str]] = []
        self._is_text = self._is_spoken = False

    def begin(self, name: str, _: object) -> None:
        kind = name.rpartition(":")[2]
        self._is_text = kind == "t" and not self._is_spoken
        if kind == "si":
            self._texts.clear()
        elif kind == "rPh":
            self._is_spoken = True

    def end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        self._is_text = False
        if kind == "si":
            self._found.append("".join(self._texts))
        elif kind == "rPh":
            self._is_spoken = False

    def take(self, text: str) -> None:
        if self._is_text:
            self._texts.append(text)
