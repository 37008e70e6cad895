"""An exhibit on its way into the bundle, with what opens its octets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pirights.domain.bundle import Exhibit


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
    """

    exhibit: Exhibit
    owner: str
    role: str
    content: Callable[[], Iterator[bytes]]
    text: str | None = None
    key: str = ""
    rendition: Rendition | None = None
