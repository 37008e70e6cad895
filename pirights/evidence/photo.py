"""What a photo says of itself: when and where it was taken, as its own notes (EXIF) tell.

Only the beginning of the file and its notes are read; no picture is unpacked. What a photo says is
a suggestion: its clock has often no zone, its position no datum (in China WGS-84 and GCJ-02 differ
by hundreds of metres), and anybody can change both. Nothing is converted.
"""

import io
import math
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO, Final

from pirights.errors import Message, message
from pirights.evidence import picture_end

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_LARGEST: Final = 256 * 1024 * 1024
"""Octets of a picture file that is still looked into."""

_FORMATS: Final = {
    "JPEG": ("image/jpeg", ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
    "TIFF": ("image/tiff", ".tif", ".tiff"),
    "GIF": ("image/gif", ".gif"),
    "BMP": ("image/bmp", ".bmp"),
    "HEIF": ("image/heic", ".heic", ".heif", ".hif"),
    "AVIF": ("image/avif", ".avif"),
}
_SAME_TYPE: Final = {
    "image/heif": "image/heic",
    "image/jpg": "image/jpeg",
    "image/mpo": "image/jpeg",
}

# EXIF 2.32 (CIPA DC-008), tables 4, 8 and 15.
_EXIF_PART: Final = 0x8769
_GPS_PART: Final = 0x8825
_TAKEN: Final = 0x9003
_TAKEN_OFFSET: Final = 0x9011
_LATITUDE_SIDE, _LATITUDE, _LONGITUDE_SIDE, _LONGITUDE, _DATUM = 1, 2, 3, 4, 18

_MOST_POINTS: Final = 256_000_000
"""Picture points that are taken for a photo: telephones make 200 million."""

_FURTHEST_EAST: Final = timedelta(hours=14)
"""The zone whose clocks are furthest ahead of UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """What a photo says of itself.

    Attributes:
        media_type: What the file's bytes are, whatever its name says; None where no picture.
        width: Picture points, as declared; 0 where unknown.
        height: Picture points, as declared; 0 where unknown.
        taken: The camera's clock when the picture was taken, naive.
        offset: That clock's distance from UTC, such as `+08:00`; None where the photo is silent.
        position: Degrees north and east, as recorded; None where there is none to be trusted.
        datum: What the position refers to, such as `WGS-84`; None where the photo is silent.
        flags: What to tell the user of it.
    """

    media_type: str | None = None
    width: int = 0
    height: int = 0
    taken: datetime | None = None
    offset: str | None = None
    position: tuple[float, float] | None = None
    datum: str | None = None
    flags: tuple[Message, ...] = ()


_OF_PLACE: Final = frozenset(
    {
        "The photo's position makes no sense; it is not used.",
        "The position is as recorded; the photo does not say in which map datum.",
        "The position is as recorded, in map datum {datum}.",
    }
)


def without_place(found: PhotoFacts) -> PhotoFacts:
    """Leave out what a photo says of its place."""
    flags = tuple(flag for flag in found.flags if flag.text not in _OF_PLACE)
    return replace(found, position=None, datum=None, flags=flags)


def facts(
    source: bytes | BinaryIO, media_type: str, *, now: datetime, name: str = ""
) -> PhotoFacts:
    """Read a photo's own notes.

    Args:
        source: The file's bytes, or the file opened for reading, which stays open.
        media_type: What the file was taken for when it was imported; may be empty.
        now: Aware; a later time in the photo is flagged.
        name: The file's own name, to see whether its ending fits; may be empty.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > _LARGEST:
        return PhotoFacts(flags=(message("The picture file is too large to be looked into."),))
    try:
        return _facts(file, media_type, now=now, name=name)
    except Exception as problem:  # noqa: BLE001  a hostile picture must not stop the program
        if type(problem).__name__ == "DecompressionBombError":
            return PhotoFacts(flags=(message("The picture has too many points to be shown."),))
        return PhotoFacts(flags=(message("The picture is damaged or of an unknown kind."),))


def _facts(file: BinaryIO, media_type: str, *, now: datetime, name: str) -> PhotoFacts:
    flags: list[Message] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _opened(file) as picture:
            kind, *endings = _FORMATS[picture.format or ""]
            _check_kind(kind, endings, media_type, name, flags)
            if picture.width * picture.height > _MOST_POINTS:
                flags.append(message("The picture has too many points to be shown."))
                if kind != "image/jpeg":  # the notes of others may stand behind all the points
                    return PhotoFacts(
                        media_type=kind,
                        width=picture.width,
                        height=picture.height,
                        flags=tuple(flags),
                    )
            notes = picture.getexif()
            taken, offset = _taken(notes.get_ifd(_EXIF_PART), now, flags)
            position, datum = _position(notes.get_ifd(_GPS_PART), flags)
            if picture_end.is_missing(file, kind):
                flags.append(message("The picture file is cut off."))
            return PhotoFacts(
                media_type=kind,
                width=picture.width,
                height=picture.height,
                taken=taken,
                offset=offset,
                position=position,
                datum=datum,
                flags=tuple(flags),
            )


def _opened(file: BinaryIO) -> "ImageFile":
    """Open a picture without unpacking it.

    JPEG is opened past Pillow's bound on points, which large photos of telephones exceed: nothing
    is unpacked here.
    """
    if file.read(3) == b"\xff\xd8\xff":
        from PIL.JpegImagePlugin import JpegImageFile

        file.seek(0)
        return JpegImageFile(file)
    import pillow_heif
    from PIL import Image

    Image.init()  # else a format whose plugin was not loaded yet is a KeyError
    pillow_heif.register_heif_opener()
    file.seek(0)
    Image.init()
    return Image.open(file, formats=[kind for kind in _FORMATS if kind in Image.OPEN])


def _check_kind(
    kind: str, endings: list[str], media_type: str, name: str, flags: list[Message]
) -> None:
    told = media_type.partition(";")[0].strip().lower()
    ending = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if (told and _SAME_TYPE.get(told, told) != kind) or (ending and ending not in endings):
        flags.append(
            message("The file is {kind}, whatever its name says.", kind=kind),
        )


def _taken(
    exif: Mapping[int, object], now: datetime, flags: list[Message]
) -> tuple[datetime | None, str | None]:
    written = _text(exif.get(_TAKEN))
    if not re.fullmatch(r"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d", written):
        if written.strip(" :0"):
            flags.append(message("The photo's time makes no sense; it is not used."))
        return None, None
    try:
        taken = datetime.strptime(written, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  zone unknown
    except ValueError:
        if written.strip(" :0"):
            flags.append(message("The photo's time makes no sense; it is not used."))
        return None, None
    offset = _text(exif.get(_TAKEN_OFFSET))
    zone = _zone(offset)
    if zone is None:
        flags.append(message("The photo does not say in which time zone its clock was."))
        earliest = _minus(taken.replace(tzinfo=UTC), _FURTHEST_EAST)
    else:
        earliest = _minus(taken.replace(tzinfo=UTC), zone)
    if earliest > now:
        flags.append(message("The photo's time lies in the future; its clock was wrong."))
    return taken, offset if zone is not None else None


def _minus(moment: datetime, distance: timedelta) -> datetime:
    try:
        return moment - distance
    except OverflowError:
        return moment


def _zone(offset: str) -> timedelta | None:
    found = re.fullmatch(r"([+-])(\d\d):([0-5]\d)", offset)
    if found is None:
        return None
    distance = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if distance > _FURTHEST_EAST:
        return None
    return -distance if found[1] == "-" else distance


def _position(
    gps: Mapping[int, object], flags: list[Message]
) -> tuple[tuple[float, float] | None, str | None]:
    if not gps or (_LATITUDE not in gps and _LONGITUDE not in gps):
        return None, None
    north = _degrees(gps.get(_LATITUDE), _text(gps.get(_LATITUDE_SIDE)), "NS", 90)
    east = _degrees(gps.get(_LONGITUDE), _text(gps.get(_LONGITUDE_SIDE)), "EW", 180)
    if north is None or east is None:
        flags.append(message("The photo's position makes no sense; it is not used."))
        return None, None
    datum = "".join(filter(str.isprintable, _text(gps.get(_DATUM))))[:40] or None
    if datum is None:
        flags.append(
            message("The position is as recorded; the photo does not say in which map datum.")
        )
    else:
        flags.append(message("The position is as recorded, in map datum {datum}.", datum=datum))
    return (north, east), datum


def _degrees(parts: object, side: str, sides: str, most: int) -> float | None:
    if not isinstance(parts, tuple) or len(parts) != 3 or side[:1] not in tuple(sides):  # noqa: PLR2004
        return None
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if not all(map(math.isfinite, (degrees, minutes, seconds))):
        return None
    if min(degrees, minutes, seconds) < 0 or minutes >= 60 or seconds >= 60:  # noqa: PLR2004
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if value > most:
        return None
    return -value if side[0] == sides[1] else value


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", errors="replace")
    return value.split("\0")[0].strip() if isinstance(value, str) else ""
