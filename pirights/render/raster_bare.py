"""Inside the locked room: a picture whose masked regions are gone before anything else is done.

The regions are painted over at the picture's full size, so that no pixel of them is left when it
is made smaller, and once more afterwards, so that each is one flat colour to its very edge. What
comes out is bare pixels, without a file's header or a word of metadata.
"""

import io
import struct
from collections.abc import Iterator, Mapping
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final

from pirights.render import raster_picture
from pirights.render.raster_picture import Frame

if TYPE_CHECKING:
    from PIL.Image import Image

open_kit = raster_picture.open_kit

MASK: Final = 84
"""Red, green and blue of a masked region, of 255: dark enough to be seen as one, light enough for
the ink that is laid over it."""

_MOVING: Final = frozenset({"GIF", "PNG", "WEBP"})
"""Kinds whose further frames are a film. Further ones of a JPEG or HEIC are the camera's extras."""

_Box = tuple[int, int, int, int]


def frames(data: bytes, arguments: Mapping[str, Any]) -> Iterator[Frame]:
    """Open the picture and give its pixels, or the reason why not.

    Beside the limits, the arguments hold `masks` (left, top, width and height in pixels of the
    upright original), `zones` (left, top, right and bottom as parts of its width and height),
    `room` (the width and height in pixels that the result fits into) and `enlarge` (by how much
    a small picture may grow at most).
    """
    from PIL import Image

    try:
        picture: Image.Image = Image.open(io.BytesIO(data), formats=raster_picture.PICTURES)
        moving = picture.format in _MOVING and getattr(picture, "n_frames", 1) > 1
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a decoder fed by a stranger may raise anything
        yield b"R", b"damaged"
        return
    if picture.width * picture.height > int(arguments["pixels"]):
        yield b"R", b"too-many-pixels"
        return
    if moving:
        yield b"R", b"moving"
        return
    try:
        yield b"B", _bare(picture, arguments)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  as above
        yield b"R", b"damaged"
        return
    yield b"E", struct.pack(">I", 1)


def _bare(picture: "Image", arguments: Mapping[str, Any]) -> bytes:
    from PIL import Image

    picture.load()
    profile, orientation = picture.info.get("icc_profile"), raster_picture.orientation_of(picture)
    picture = raster_picture.upright(raster_picture.on_white(picture), orientation)
    original = picture.size
    regions = [
        (left, top, left + width, top + height) for left, top, width, height in arguments["masks"]
    ]
    regions += [
        (left * original[0], top * original[1], right * original[0], bottom * original[1])
        for left, top, right, bottom in arguments["zones"]
    ]
    _cover(picture, regions, (1.0, 1.0))
    scale = min(
        arguments["room"][0] / original[0],
        arguments["room"][1] / original[1],
        arguments["enlarge"],
    )
    size = max(1, round(original[0] * scale)), max(1, round(original[1] * scale))
    picture = picture.resize(size, Image.Resampling.LANCZOS)
    picture = raster_picture.in_srgb(picture, profile).convert("RGB")
    _cover(picture, regions, (size[0] / original[0], size[1] / original[1]))
    return struct.pack(">IIII", *size, *original) + picture.tobytes()


def _cover(
    picture: "Image", regions: list[tuple[float, float, float, float]], scale: tuple[float, float]
) -> None:
    """Paint regions over, rounded outwards: a pixel that is touched is gone."""
    fill: tuple[int, ...] = (MASK,) * len(picture.getbands())
    if picture.mode == "CMYK":
        fill = (0, 0, 0, 255 - MASK)
    for left, top, right, bottom in regions:
        box: _Box = (
            floor(left * scale[0]),
            floor(top * scale[1]),
            min(ceil(right * scale[0]), picture.width),
            min(ceil(bottom * scale[1]), picture.height),
        )
        if box[0] < box[2] and box[1] < box[3]:
            picture.paste(fill, box)
