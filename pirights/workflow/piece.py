"""An exhibit on its way into the bundle, with what opens its octets."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from pirights.domain import bundle
from pirights.domain.bundle import Exhibit
from pirights.domain.words import Words

MADE_HERE: Final = frozenset({"record", "letter"})
"""Roles of the papers that pirights writes for the bundle itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """A picture made from an original, for print or so that less of it is shown.

    Attributes:
        content: Opens its octets afresh at each call; JPEG.
        sha256: 64 lower-case hex digits, of it.
        size: Octets of it.
        source_sha256: Of the original.
        done: What was done, in short words for programs.
    """

    content: Callable[[], Iterator[bytes]]
    sha256: str
    size: int
    source_sha256: str
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An exhibit and where its octets come from.

    Attributes:
        owner: The label of what it shows: an encounter, a letter, a reply (`I3`).
        role: `record` and `letter` for papers made here, else the attachment's purpose.
        content: Opens the octets afresh at each call.
        text: What to set as pages where the original is a mail or a text.
        key: What the owner's words on it are kept under, whatever its number.
        rendition: What the bound copy shows in the original's place.
        heading: What the file alone is called, at the head of its pages; the exhibit's title
            if None.
        further: The files that follow it in the same exhibit.
    """

    exhibit: Exhibit
    owner: str
    role: str
    content: Callable[[], Iterator[bytes]]
    text: str | None = None
    key: str = ""
    rendition: Rendition | None = None
    heading: Words | None = None
    further: tuple["Piece", ...] = ()

    @property
    def files(self) -> tuple["Piece", ...]:
        """Each of the exhibit's files, in order."""
        return replace(self, exhibit=self.exhibit.files[0], further=()), *self.further


def joined(files: Sequence[Piece]) -> Piece:
    """Make one exhibit of the files of one, in order."""
    first, *further = files
    return replace(
        first,
        exhibit=bundle.joined([one.exhibit for one in files]),
        further=tuple(further),
    )


def rendition_path(file: Exhibit) -> str:
    """Name what is made from a file of an exhibit, by the file's place among several."""
    _, _, place = PurePath(file.path).stem.partition("-")
    return f"exhibits/{file.folder}/rendition-{place or '01'}.jpg"
