"""Files as a hostile or careless other side would send them, made on the spot."""

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
import pillow_heif
from PIL import Image

Change = Callable[[pikepdf.Pdf], None]

pillow_heif.register_heif_opener()

HELLO = b"BT /F1 40 Tf 60 700 Td (plain words) Tj ET"


def pdf(
    *,
    pages: int = 1,
    content: bytes = HELLO,
    box: tuple[float, float] = (595, 842),
    change: Change | None = None,
    encryption: pikepdf.Encryption | bool = False,
) -> bytes:
    """Make a PDF whose pages hold `content`, then let `change` spoil it."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    fonts = pikepdf.Dictionary(F1=document.make_indirect(font))
    for _ in range(pages):
        page = document.add_blank_page()
        page.obj.MediaBox = pikepdf.Array([0, 0, *box])
        page.obj.Resources = pikepdf.Dictionary(Font=fonts)
        page.obj.Contents = document.make_stream(content)
    if change is not None:
        change(document)
    buffer = io.BytesIO()
    document.save(buffer, encryption=encryption, static_id=encryption is False)
    return buffer.getvalue()


def with_javascript(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS="while(true){app.alert('x')}"
    )


def with_launch(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="/bin/sh")


def with_embedded_file(document: pikepdf.Pdf) -> None:
    document.attachments["run-me.exe"] = b"MZ" * 1000


def with_page_tree_loop(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Kids.append(document.Root.Pages)
    document.Root.Pages.Count = 1_000_000


def with_form_loop(document: pikepdf.Pdf) -> None:
    form = document.make_stream(b"/X Do /X Do")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 500, 500])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page = document.pages[0].obj
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page.Contents = document.make_stream(b"/X Do")


def large_scan(width: int, height: int, box: tuple[float, float]) -> bytes:
    """A PDF of one white page: a picture of so many pixels with as many of a mask."""

    def spoil(document: pikepdf.Pdf) -> None:
        layers = []
        for space, octets in ((pikepdf.Name.DeviceRGB, 3), (pikepdf.Name.DeviceGray, 1)):
            packer = zlib.compressobj(1)
            row = b"\xff" * width * octets
            packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
            layer = pikepdf.Stream(document, b"")
            layer.write(packed, filter=pikepdf.Name.FlateDecode)
            layer.Type, layer.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            layer.Width, layer.Height, layer.BitsPerComponent = width, height, 8
            layer.ColorSpace = space
            layers.append(document.make_indirect(layer))
        layers[0].SMask = layers[1]
        page = document.pages[0].obj
        page.Resources.XObject = pikepdf.Dictionary(X=layers[0])
        page.Contents = document.make_stream(b"q %d 0 0 %d 0 0 cm /X Do Q" % box)

    return pdf(box=box, change=spoil)


def flate_bomb(size: int = 1 << 30) -> bytes:
    """A PDF of about a megabyte whose one content stream unpacks to `size` octets."""
    packer = zlib.compressobj(9)
    piece = b"0 0 m 9 9 l S\n" * 80_000
    packed = b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()

    def spoil(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, b"")
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        document.pages[0].obj.Contents = document.make_indirect(stream)

    return pdf(change=spoil)


def xref_loop() -> bytes:
    """A PDF whose cross-reference table names itself as the one before it."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    at = len(body)
    return (
        body
        + b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 3/Root 1 0 R/Prev %d>>\n" % at
        + b"startxref\n%d\n%%%%EOF" % at
    )


def many_pages(count: int) -> bytes:
    """A PDF of so many pages, all of them the same small object's copies."""
    head = b"%PDF-1.4\n"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids))
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"] * count
    out, offsets = bytearray(head), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, at)
    return bytes(out)


def picture(
    name: str = "JPEG",
    size: tuple[int, int] = (640, 480),
    *,
    mode: str = "RGB",
    exif: bytes = b"",
    left: str = "red",
) -> bytes:
    """A picture, white but for its left quarter, so that turning it shows."""
    image = Image.new("RGB", size, "white")
    image.paste(Image.new("RGB", (size[0] // 4, size[1]), left), (0, 0))
    buffer = io.BytesIO()
    converted = image.convert(mode)
    if mode == "I;16":  # Pillow keeps 255 as it is, which is almost black in sixteen bits
        converted = converted.point(lambda value: value * 257)
    if exif:
        converted.save(buffer, name, exif=exif)
    else:
        converted.save(buffer, name)
    return buffer.getvalue()


def exif_of(orientation: int) -> bytes:
    """EXIF that says how the camera was held, and where it was."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x8825] = {1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 9.0, 0.0)}
    exif[0x010F] = "SECRETCAMERA"
    return exif.tobytes()


def looping_exif() -> bytes:
    """EXIF whose first directory names itself as the next, and as its own sub-directory."""
    tiff = b"II*\x00\x08\x00\x00\x00"
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return b"Exif\x00\x00" + tiff + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def png_bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is so large, one bit a pixel, and is."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    packer = zlib.compressobj(9)
    row = b"\x00" * (1 + (width + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def huge_heic() -> bytes:
    """A HEIC whose `ispe` box claims 20,000 by 20,000 pixels."""
    data = picture("HEIF", (64, 64))
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", 20_000, 20_000) + data[at + 8 :]


def chinese_without_font(words: str) -> bytes:
    """A PDF that asks for the reader's own STSong, as many an invoice does."""

    def spoil(document: pikepdf.Pdf) -> None:
        descendant = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType0,
            BaseFont=pikepdf.Name("/STSong-Light"),
            CIDSystemInfo=pikepdf.Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=0
            ),
            FontDescriptor=document.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.FontDescriptor,
                    FontName=pikepdf.Name("/STSong-Light"),
                    Flags=4,
                    FontBBox=pikepdf.Array([-25, -254, 1000, 880]),
                    ItalicAngle=0,
                    Ascent=880,
                    Descent=-120,
                    CapHeight=880,
                    StemV=93,
                )
            ),
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name("/STSong-Light"),
            Encoding=pikepdf.Name("/UniGB-UCS2-H"),
            DescendantFonts=pikepdf.Array([document.make_indirect(descendant)]),
        )
        page = document.pages[0].obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        digits = words.encode("utf-16-be").hex()
        page.Contents = document.make_stream(b"BT /F1 40 Tf 60 700 Td <%s> Tj ET" % digits.encode())

    return pdf(change=spoil)
