"""A document on A4 paper: laid out, drawn, and written as a PDF that is the same every time."""

import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from pirights.domain.document import Document, Language, Letters
from pirights.render import fonts
from pirights.render.blocks import MEASURE, Composer, Tightness
from pirights.render.footer import footer_marks
from pirights.render.strips import Mark, Placed, paginate
from pirights.render.typeset import SetLine, Typesetter

A4: Final = (595.276, 841.89)
"""Width and height in points: 210 mm by 297 mm."""

_LEFT: Final = (A4[0] - MEASURE) / 2
_TOP: Final = 68.0
_BOTTOM: Final = 70.0
_ROOM: Final = A4[1] - _TOP - _BOTTOM
_FOOTER: Final = 42.0
"""From the lower edge to the footer's baseline, in points."""

_RULE: Final = 0.5
"""Thickness of a ruled line, in points."""

_TIGHTER: Final = (Tightness(0.97, 0.85), Tightness(0.94, 0.7), Tightness(0.91, 0.6))
"""Tried in turn where the last page holds little: 1.6 em becomes 1.46 em at the tightest."""

_LITTLE: Final = 130.0
"""Height of text on a last page that is worth drawing the others together for, in points."""

_TAGS: Final = {Letters.ZH: "zh-CN", Letters.EN: "en", Letters.BOTH: "zh-CN"}
_NO_ID: Final = "0" * 32


class _Facts(pdfdoc.PDFInfo):  # type: ignore[misc]
    """The information dictionary: title and dates, and nothing about who or what wrote it."""

    def __init__(self, title: str, stamp: str) -> None:
        super().__init__()
        self.title = title
        self._stamp = stamp

    def format(self, document: Any) -> Any:  # noqa: ANN401
        stamp = pdfdoc.PDFString(self._stamp)
        entries = {
            "Title": pdfdoc.PDFString(self.title), "CreationDate": stamp, "ModDate": stamp
        }
        return pdfdoc.PDFDictionary(entries).format(document)


def to_bytes(document: Document) -> bytes:
    """Render a document.

    Raises:
        MissingGlyph: A character is in neither face.
    """
    return _render(document)[0]


def write(document: Document, path: Path) -> int:
    """Render a document into a file, which appears whole or not at all; return its pages."""
    data, pages = _render(document)
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return pages
