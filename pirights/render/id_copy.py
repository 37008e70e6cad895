"""The copy of an identity document: its purpose tiled across it, in the very pixels.

Nothing here is a layer. The text is mixed into the pixels with a grain that follows from the
picture itself, so that who knows the text cannot simply subtract it; the file holds one picture
and not a word about where it came from.
"""

import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import shake_256
from math import ceil, cos, hypot, radians, sin
from typing import TYPE_CHECKING, Final

from pirights.domain.document import Language, Letters
from pirights.domain.id_copy import VOID
from pirights.render import fonts
from pirights.render.raster import Pixels

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

    from pirights.render.typeset import SetLine

_ANGLE: Final = 30
"""Degrees by which the text rises to the right: no straight cut follows it."""

_SMALLEST: Final = 15
"""Pixels of the smallest type in which Chinese can be read."""

_SHARE: Final = 34
"""How many lines of type the shorter side of a large picture would hold."""

_PITCH: Final = 2.1
"""From line to line, in em."""

_GAP: Final = 1.6
"""Between two texts on a line, in em."""

_MEASURE: Final = 0.62
"""Part of the slanted width in which a text has to stand whole."""

_NARROWEST: Final = 6
"""Em of the shortest line that a text is broken to."""

_INK: Final = (184, 20, 20)
_GREY_INK: Final = 40
_INK_SHARE: Final = 0.56
"""How much of a pixel under the ink is ink."""

_HALO_SHARE: Final = 0.38
"""How much of a pixel round the ink is white, without which ink is lost on dark hair."""

_GRAIN: Final = 90
"""By how much of 255 the ink's strength varies from pixel to pixel."""

_TITLE: Final = "证件复印件"
_POINTS: Final = 72
"""To the inch."""


@dataclass(frozen=True, slots=True)
class _Tile:
    """One text with the blank around it, as strengths of ink and halo (both L)."""

    ink: "Image"
    halo: "Image"


def stamped(pixels: Pixels, text: str, *, grey: bool) -> "Image":
    """Lay the text across the picture, everywhere. The same input gives the same pixels."""
    from PIL import Image, ImageChops

    picture = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
    if grey:
        picture = picture.convert("L")
    seed = shake_256(pixels.rgb + text.encode())
    octets = seed.digest(2 + pixels.width * pixels.height)
    grain = Image.frombytes("L", picture.size, octets[2:])
    grain = grain.point(lambda value: 255 - value * _GRAIN // 255)
    ink, halo = _tiled(picture.size, text, start=(octets[0], octets[1]))
    white, black = (255, _GREY_INK) if grey else ((255,) * 3, _INK)
    for colour, strength, share in ((white, halo, _HALO_SHARE), (black, ink, _INK_SHARE)):
        mixed = ImageChops.multiply(strength, grain)
        picture.paste(colour, mask=mixed.point(lambda value, share=share: round(value * share)))
    return picture


def to_png(picture: "Image") -> bytes:
    """Write a PNG of the pixels and nothing else."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def to_pdf(picture: "Image", *, dpi: int, on: date, zone: str) -> bytes:
    """Write a PDF of one A4 page with the picture in its middle.

    Args:
        picture: Pixels.
        dpi: How many of them lie on an inch of paper.
        on: Dates the file.
        zone: In which `on` is a day.
    """
    from pirights.render.paper import A4
    from pirights.render.raster_picture import page
    from pirights.render.streaming import StreamedPaper, is_grey

    sink = io.BytesIO()
    paper = StreamedPaper(sink, title=_TITLE, letters=Letters.ZH, on=on, zone=zone)
    jpeg = page(picture, sharp=True)[8:]
    drawn = paper.picture(jpeg, *picture.size, grey=is_grey(jpeg))
    wide, high = (side * _POINTS / dpi for side in picture.size)
    x, y = (A4[0] - wide) / 2, (A4[1] - high) / 2
    paper.page([f"q {wide:.3f} 0 0 {high:.3f} {x:.3f} {y:.3f} cm /Im1 Do Q"], {"Im1": drawn})
    paper.close()
    return sink.getvalue()


def _tiled(size: tuple[int, int], text: str, *, start: tuple[int, int]) -> tuple["Image", "Image"]:
    """Tile a square larger than the picture, turn it, and cut the picture's part out.

    Args:
        size: Of the picture.
        text: What is tiled.
        start: Where the pattern begins, in parts of 256 of a tile.
    """
    from PIL import Image

    em = max(_SMALLEST, round(min(size) / _SHARE))
    tile = _tile(text, em, _MEASURE * _slanted(size))
    side = ceil(hypot(*size)) + 4
    found = []
    for one in (tile.ink, tile.halo):
        square = Image.new("L", (side, side))
        shift, top = start[0] * one.width // 256, -(start[1] * one.height // 256)
        for row, y in enumerate(range(top, side, one.height)):
            first = -((shift + row * one.width * 5 // 13) % one.width)
            for x in range(first, side, one.width):
                square.paste(one, (x, y))
        turned = square.rotate(_ANGLE, Image.Resampling.BICUBIC)
        x, y = (side - size[0]) // 2, (side - size[1]) // 2
        found.append(turned.crop((x, y, x + size[0], y + size[1])))
    return found[0], found[1]


def _slanted(size: tuple[int, int]) -> float:
    """The longest slanted line through the picture's middle, in pixels."""
    slope = radians(_ANGLE)
    return min(size[0] / cos(slope), size[1] / sin(slope))


def _tile(text: str, em: int, measure: float) -> _Tile:
    """Set the text in lines no longer than `measure` pixels."""
    from PIL import Image, ImageDraw

    lines = _even(text, em, max(measure, _NARROWEST * em))
    width = ceil(max(line.width for line in lines) + _GAP * em)
    size = width, ceil(len(lines) * _PITCH * em)
    images = []
    for stroke in (0, max(1, round(em / 14))):
        image = Image.new("L", size)
        pen = ImageDraw.Draw(image)
        for number, line in enumerate(lines):
            _write(pen, line, number * _PITCH * em + _PITCH * em / 2, stroke)
        images.append(image)
    return _Tile(ink=images[0], halo=images[1])


def _even(text: str, em: int, measure: float) -> "tuple[SetLine, ...]":
    """Set the text in as few lines as hold it, none much shorter than the others.

    The last clause is not torn where another way takes no more lines.
    """
    from pirights.render.sorts import read
    from pirights.render.typeset import Type, Typesetter

    type_, setter = Type(fonts.SANS, float(em), _PITCH * em, Language.ZH), Typesetter()
    widest = setter.lines(text, type_, measure)
    narrowest = max(_NARROWEST * em, max(line.width for line in widest) / 2)
    ways = [widest]
    while measure - em / 2 >= narrowest:
        measure -= em / 2
        lines = setter.lines(text, type_, measure)
        if len(lines) > len(widest):
            break
        ways.append(lines)
    whole = [lines for lines in ways if any(VOID in read(line.sorts) for line in lines)]
    return (whole or ways)[-1]


def _write(pen: object, line: "SetLine", middle: float, stroke: int) -> None:
    from PIL import ImageDraw

    from pirights.render.sorts import read

    if not isinstance(pen, ImageDraw.ImageDraw):  # pragma: no cover  it is one
        raise TypeError
    advance = fonts.advances(line.face)
    x = max(0.0, line.indent) + stroke
    for sort, extra in zip(line.sorts, line.extra, strict=True):
        face = fonts.SERIF if sort in advance.foreign else fonts.SANS
        font = _font(face, round(line.size))
        pen.text((x, middle), read(sort), 255, font, anchor="lm", stroke_width=stroke)
        x += (advance[sort] + extra) * line.size


@cache
def _font(face: str, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    path = str(fonts.register()[face].face.filename)
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
