"""The locked room in which a stranger's file is opened: bytes in, plain pictures out.

`render.raster` runs this file as a process of its own. It takes its limits as one JSON argument
and the file on standard input, locks itself in (memory, seconds, no new file or socket, nothing
written, no core dump), and answers in frames on standard output. It imports nothing of pirights,
and nothing at all after the lock. A frame is a letter, four octets of length (big-endian), and
its body:

    P  one page: width and height in pixels (four octets each), then a JPEG
    p  one page that could not be shown: the reason
    R  the rest could not be shown: the reason
    E  the end: how many pages the original has (four octets)

Without its E the answer counts for nothing.
"""

import io
import json
import struct
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY: Final = 82
"""JPEG quality of a page: text stays sharp, a page stays under half a megabyte."""

_LARGEST_PAGE: Final = 14_400
"""Points: the longest side a page may have (ISO 32000-1, annex C.2)."""

_EAST_ASIAN: Final = frozenset({128, 129, 134, 136})
"""Windows' numbers of the character sets Shift-JIS, Hangul, GB 2312 and Big5."""

_STANDARD_STREAMS: Final = 3
"""Standard input, output and error: the only open files the room keeps."""

_PICTURES: Final = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP")
"""The only kinds of picture whose decoders are let near a stranger's bytes."""

Frame = tuple[bytes, bytes]


def main(arguments: Mapping[str, Any], source: BinaryIO, answer: BinaryIO, *, lock: bool) -> None:
    """Answer one request. `lock` is False only where a test calls this in its own process."""
    make = _pdf_frames if arguments["kind"] == "pdf" else _picture_frames
    open_kit = _open_pdfium if arguments["kind"] == "pdf" else _open_pillow
    kept = open_kit(arguments)
    if lock:
        _lock_in(arguments)
    left = int(arguments["output_bytes"])
    try:
        data = source.read()
        for kind, body in make(data, arguments):
            left -= len(body)
            if left < 0:
                _put(answer, b"R", b"too-much-output")
                break
            _put(answer, kind, body)
            if kind == b"E":
                return
        _put(answer, b"E", struct.pack(">I", 0))
    except MemoryError:
        _put(answer, b"R", b"too-much-memory")
        _put(answer, b"E", struct.pack(">I", 0))
    finally:
        del kept


def _put(answer: BinaryIO, kind: bytes, body: bytes) -> None:
    answer.write(kind + struct.pack(">I", len(body)) + body)
    answer.flush()


def _lock_in(arguments: Mapping[str, Any]) -> None:
    """Give up everything but memory and seconds. Windows has no such limits: time alone there."""
    if sys.platform == "win32":
        return
    import resource

    seconds, octets = int(arguments["cpu_seconds"]), int(arguments["address_space"])
    for limit, *wanted in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CPU, seconds, seconds + 1),  # the soft limit's signal says why it died
        (resource.RLIMIT_AS, octets, octets),
        (resource.RLIMIT_NOFILE, _STANDARD_STREAMS, _STANDARD_STREAMS),
    ):
        _, highest = resource.getrlimit(limit)
        allowed = sys.maxsize if highest == resource.RLIM_INFINITY else highest
        soft, hard = (min(value, allowed) for value in wanted)
        resource.setrlimit(limit, (soft, hard))


# Pictures


def _open_pillow(_: Mapping[str, Any]) -> object:
    """Load every decoder now: after the lock no file can be opened."""
    import pillow_heif
    from PIL import (
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        ImageCms,
        ImageOps,
        JpegImagePlugin,
        MpoImagePlugin,
        PngImagePlugin,
        WebPImagePlugin,
    )

    Image.preinit()
    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # counted below, for every format alike
    sample = Image.new("RGB", (8, 8))
    for name in ("JPEG", "PNG", "WEBP", "HEIF"):
        buffer = io.BytesIO()
        sample.save(buffer, name)
        buffer.seek(0)
        Image.open(buffer).load()
    return (
        BmpImagePlugin,
        GifImagePlugin,
        ImageCms.createProfile("sRGB"),
        ImageOps,
        JpegImagePlugin,
        MpoImagePlugin,
        PngImagePlugin,
        WebPImagePlugin,
    )


def _picture_frames(data: bytes, arguments: Mapping[str, Any]) -> Iterator[Frame]:
    from PIL import Image

    try:
        picture: Image.Image = Image.open(io.BytesIO(data), formats=_PICTURES)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a decoder fed by a stranger may raise anything
        yield b"R", b"damaged"
        return
    if picture.width * picture.height > int(arguments["pixels"]):
        yield b"R", b"too-many-pixels"
        return
    try:
        yield b"P", _for_print(picture, int(arguments["longest_side"]))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  as above
        yield b"R", b"damaged"
        return
    yield b"E", struct.pack(">I", 1)


def _for_print(picture: "Image", longest: int) -> bytes:
    """Make the rendition: upright, at print size, sRGB on white, without any metadata."""
    from PIL import Image

    photo = picture.format in {"JPEG", "MPO"}
    picture.draft("RGB", (longest, longest))  # a JPEG is decoded at a fraction of its size
    picture.load()
    profile, orientation = picture.info.get("icc_profile"), _orientation(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    if picture.mode not in {"RGB", "L", "CMYK"}:
        picture = picture.convert("RGB")
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    picture = _in_srgb(picture, profile)
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(orientation)
    return _page(picture if turned is None else picture.transpose(turned), sharp=not photo)


def _orientation(picture: "Image") -> int:
    """Read how the camera was held (EXIF tag 0x0112); a broken EXIF block says nothing."""
    try:
        value = picture.getexif().get(0x0112, 1)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a stranger's EXIF
        return 1
    return value if isinstance(value, int) else 1


def _in_srgb(picture: "Image", profile: object) -> "Image":
    """Bring colours into sRGB by the picture's own profile, if it has a sound one."""
    from PIL import ImageCms

    if isinstance(profile, bytes) and profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            done = ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB")
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  a stranger's profile
            return picture.convert("RGB")
        if done is not None:
            return done
    return picture if picture.mode == "L" else picture.convert("RGB")


def _page(picture: "Image", *, sharp: bool) -> bytes:
    from PIL import Image

    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if bare.mode == "RGB" and _is_grey(bare):
        bare = bare.getchannel("G")
    buffer = io.BytesIO()
    bare.save(buffer, "JPEG", quality=_QUALITY, subsampling=0 if sharp else 2, optimize=True)
    return struct.pack(">II", *bare.size) + buffer.getvalue()


def _is_grey(picture: "Image") -> bool:
    from PIL import ImageChops

    red, green, blue = picture.split()
    return not (
        ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox()
    )


# PDF


def _open_pdfium(arguments: Mapping[str, Any]) -> object:
    """Load pdfium and give it one typeface of ours for every Chinese font a file leaves out.

    It would search the machine's fonts otherwise: the same file would look different on another
    machine, and a Chinese invoice without its fonts would be blank on most.
    """
    import ctypes

    import pypdfium2
    import pypdfium2.raw as pdfium
    from PIL import Image, JpegImagePlugin

    Image.new("L", (8, 8)).save(io.BytesIO(), "JPEG")
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
    return info, face, JpegImagePlugin, pypdfium2


def _pdf_frames(data: bytes, arguments: Mapping[str, Any]) -> Iterator[Frame]:
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
    for number in range(shown):
        yield _pdf_page(document, number, arguments)
    if shown < total:
        yield b"R", b"too-many-pages"
    yield b"E", struct.pack(">I", total)


def _pdf_page(document: Any, number: int, arguments: Mapping[str, Any]) -> Frame:  # noqa: ANN401
    import pypdfium2

    try:
        page = document[number]
        width, height = page.get_size()
        if not (0 < width <= _LARGEST_PAGE and 0 < height <= _LARGEST_PAGE):
            return b"p", b"absurd-page"
        longest = int(arguments["longest_side"])
        scale = min(int(arguments["dpi"]) / 72, longest / max(width, height))
        bitmap = page.render(scale=scale, may_draw_forms=False)
        picture = bitmap.to_pil().convert("RGB")
        page.close()
    except pypdfium2.PdfiumError:
        return b"p", b"damaged"
    return b"P", _page(picture, sharp=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer, lock=True)
