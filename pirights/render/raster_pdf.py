"""Inside the locked room: a stranger's PDF made into pictures, or into its bare words."""

import io
import struct
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pirights.render import raster_picture

_LARGEST_PAGE: Final = 14_400
"""Points: the longest side a page may have (ISO 32000-1, annex C.2)."""

_KEPT: Final[list[object]] = []
"""What pdfium calls back until the process ends; freed earlier, it would call into nothing."""

_EAST_ASIAN: Final = frozenset({128, 129, 134, 136})
"""Windows' numbers of the character sets Shift-JIS, Hangul, GB 2312 and Big5."""


def open_kit(arguments: Mapping[str, Any]) -> object:
    """Load pdfium and give it one typeface of ours for every Chinese font a file leaves out.

    It would search the machine's fonts otherwise: the same file would look different on another
    machine, and a Chinese invoice without its fonts would be blank on most.
    """
    import ctypes

    import pypdfium2
    import pypdfium2.raw as pdfium
    from PIL import Image, JpegImagePlugin

    Image.new("L", (8, 8)).save(io.BytesIO(), "JPEG")
    "".encode("utf-16-le")  # pdfium's strings; a codec is a file to be opened
    with open(arguments["typeface"], "rb") as file:  # noqa: PTH123  pathlib is one import more
        face = file.read()
    info_type = pdfium.FPDF_SYSFONTINFO
    kinds = dict(info_type._fields_)

    def map_font(_info: object, *asked: Any) -> int:  # noqa: ANN401
        return 1 if asked[2] in _EAST_ASIAN else 0  # weight, italic, character set, …

    def font_data(_info: object, _font: object, table: int, buffer: Any, size: int) -> int:  # noqa: ANN401
        if table:
            return 0
        if buffer and size >= len(face):
            ctypes.memmove(buffer, face, len(face))
        return len(face)

    def nothing(*_: object) -> int:
        return 0

    info = info_type(
        version=1,
        MapFont=kinds["MapFont"](map_font),
        GetFont=kinds["GetFont"](nothing),
        GetFontData=kinds["GetFontData"](font_data),
        GetFaceName=kinds["GetFaceName"](nothing),
        GetFontCharset=kinds["GetFontCharset"](nothing),
        DeleteFont=kinds["DeleteFont"](lambda *_: None),
    )
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(info))
    _KEPT.append(info)
    return face, JpegImagePlugin, pypdfium2


def frames(data: bytes, arguments: Mapping[str, Any]) -> Iterator[raster_picture.Frame]:
    """Open the PDF and give its pages, as pictures or as words."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
        total = len(document)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        yield b"R", b"encrypted" if locked else b"damaged"
        return
    if not total:
        yield b"R", b"damaged"
        return
    shown = min(total, int(arguments["pages"]))
    page_of = _words if arguments["kind"] == "words" else _pdf_page
    for number in range(shown):
        yield page_of(document, number, arguments)
    if shown < total:
        yield b"R", b"too-many-pages"
    yield b"E", struct.pack(">I", total)


def _pdf_page(document: Any, number: int, arguments: Mapping[str, Any]) -> raster_picture.Frame:  # noqa: ANN401
    import pypdfium2

    try:
        page = document[number]
        width, height = page.get_size()
        if not (0 < width <= _LARGEST_PAGE and 0 < height <= _LARGEST_PAGE) or _is_flat(page):
            return b"p", b"absurd-page"
        longest = int(arguments["longest_side"])
        scale = min(int(arguments["dpi"]) / 72, longest / max(width, height))
        bitmap = page.render(scale=scale, may_draw_forms=False)
        picture = bitmap.to_pil()
        page.close()
    except pypdfium2.PdfiumError:
        return b"p", b"damaged"
    return b"P", raster_picture.page(picture, sharp=True)


def _is_flat(page: Any) -> bool:  # noqa: ANN401
    """Say whether a page's own box has no area, or none that pdfium can read, such as 1e9.

    It takes a page of Letter size then, which may be empty, and says nothing.
    """
    box = page.get_mediabox(fallback_ok=False)
    return box is not None and (box[0] == box[2] or box[1] == box[3])


def _words(document: Any, number: int, _: Mapping[str, Any]) -> raster_picture.Frame:  # noqa: ANN401
    import pypdfium2

    try:
        words = document[number].get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        return b"p", b"damaged"
    return b"T", words.encode("utf-8", "replace")
