"""Whether a picture's file carries notes of any kind beside the picture."""

from collections.abc import Iterable
from typing import Final

_MARKS: Final = (
    b"exif",  # JPEG APP1, PNG eXIf, WebP EXIF, the item of a HEIC file
    b"ns.adobe.com",  # XMP, in whatever container
    b"xmpmeta",
    b"rdf:rdf",
    b"rdf+xml",
    b"photoshop 3.0",  # IPTC: names of cities
    b"raw profile type",  # PNG as ImageMagick writes EXIF and IPTC
    b"c2pa",
    b"gpslatitude",
    b"location",
    b"ftypmp4",  # a short film behind the picture, with notes of its own
    b"ftypisom",
    b"ftypqt",
)
"""What such notes begin with or hold, in lower case. That one stands in a picture by chance makes
a copy where none was needed, and hides nothing."""

_LONGEST: Final = max(map(len, _MARKS))


def are_in(content: Iterable[bytes]) -> bool:
    """Say whether a file may carry notes (EXIF, XMP, IPTC), of which any may tell a place."""
    last = b""
    for piece in content:
        here = last + piece.lower()
        if any(mark in here for mark in _MARKS):
            return True
        last = here[-_LONGEST:]
    return False
