"""What every PDF here is: A4, in a language, made of objects that archives accept."""

import zlib
from collections.abc import Mapping
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from pirights.domain.document import Letters

A4: Final = (595.276, 841.89)
"""Width and height in points: 210 mm by 297 mm."""

TAGS: Final = {Letters.ZH: "zh-CN", Letters.EN: "en", Letters.BOTH: "zh-CN"}
"""The file's language (RFC 5646): that of the binding text."""


class Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream whose end stands on a line of its own (ISO 19005-2, 6.1.7.1); reportlab's do not."""

    __RefOnly__ = 1

    def __init__(self, content: bytes, entries: Mapping[str, Any]) -> None:
        """Take the stream's octets as they will stand in the file."""
        self._content = content
        self._entries = {**entries, "Length": len(content)}

    def format(self, document: Any) -> bytes:  # noqa: ANN401  reportlab is untyped
        """Write the stream, as reportlab asks for it when the file is finished."""
        entries: bytes = pdfdoc.PDFDictionary(self._entries).format(document)
        return b"%b\nstream\n%b\nendstream\n" % (entries, self._content)


def deflated(content: bytes, *, level: int = 1, **entries: Any) -> Stream:  # noqa: ANN401
    """Compress a stream; quickly, for outlines gain 5 % at most from more effort."""
    packed = zlib.compress(content, level)
    return Stream(packed, {**entries, "Filter": pdfdoc.PDFName("FlateDecode")})


def text_string(text: str) -> Any:  # noqa: ANN401  reportlab is untyped
    """Write a text as a string of the file (ISO 32000-1, 7.9.2.2).

    What is not ASCII becomes UTF-16: one byte a character would be misread where a text begins
    with the two that mark UTF-16.
    """
    return pdfdoc.PDFString(text, enc="auto" if text.isascii() else "utf-16")
