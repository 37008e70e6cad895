"""A drawn identity card of nobody: the words stand where a card has them, all are made up."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from pirights import resources

NAME = "样例人"
NUMBER = "000000190001010000"
"""No region, no birthday of anyone alive, no valid check character."""

PIXELS_PER_MM = 12
SIZE = (1027, 648)
"""85.6 mm by 54 mm."""

DIGITS_LEFT, DIGIT = 0.345, 0.0297
"""Where the number begins and how wide a digit is, in parts of the width."""

_WORDS = ((7.5, "姓名", NAME), (14, "性别", "女    民族  汉"), (20.5, "出生", "1900 年 1 月 1 日"))
_ADDRESS = ("虚构省无有市乌有区子虚", "路00号不存在小区0幢0单元", "000室")


@cache
def _font(mm: float) -> ImageFont.FreeTypeFont:
    path = resources.folder("templates") / "fonts" / "NotoSansSC_500Medium.ttf"
    return ImageFont.truetype(str(path), round(mm * PIXELS_PER_MM))


def front() -> Image.Image:
    """The side with the portrait and the number."""
    card = Image.new("RGB", SIZE, (225, 236, 240))
    pen = ImageDraw.Draw(card)

    def write(x: float, y: float, text: str, mm: float = 3.0, colour: str = "black") -> None:
        pen.text((x * PIXELS_PER_MM, y * PIXELS_PER_MM), text, colour, _font(mm))

    for y, label, value in _WORDS:
        write(7.5, y, label, 2.6, "steelblue")
        write(15.5, y, value)
    write(7.5, 27, "住址", 2.6, "steelblue")
    for row, words in enumerate(_ADDRESS):
        write(15.5, 27 + row * 4.3, words)
    write(7.5, 45, "公民身份号码", 2.6, "steelblue")
    for place, digit in enumerate(NUMBER):
        left = (DIGITS_LEFT + DIGIT * (place + 0.15)) * SIZE[0]
        pen.text((left, 44.4 * PIXELS_PER_MM), digit, "black", _font(3.4))
    box = [side * PIXELS_PER_MM for side in (55, 8, 80, 40)]
    pen.rectangle(box, fill=(200, 210, 215))
    pen.ellipse([side * PIXELS_PER_MM for side in (60, 12, 75, 32)], fill=(60, 45, 40))
    pen.ellipse([side * PIXELS_PER_MM for side in (62, 15, 73, 31)], fill=(235, 205, 185))
    return card


def back() -> Image.Image:
    """The side with the emblem, which is a disc here, and the period."""
    card = Image.new("RGB", SIZE, (235, 228, 215))
    pen = ImageDraw.Draw(card)
    pen.ellipse([side * PIXELS_PER_MM for side in (6, 6, 22, 22)], fill=(190, 40, 40))
    for y, label, value in (
        (37, "签发机关", "乌有市公安局子虚分局"),
        (45, "有效期限", "1900.01.01-长期"),
    ):
        pen.text((20 * PIXELS_PER_MM, y * PIXELS_PER_MM), label, "black", _font(2.8))
        pen.text((34 * PIXELS_PER_MM, y * PIXELS_PER_MM), value, "black", _font(2.8))
    return card


def saved(image: Image.Image, name: str = "PNG", **more: object) -> bytes:
    """The octets of a file of this kind."""
    buffer = io.BytesIO()
    image.save(buffer, name, **more)
    return buffer.getvalue()
