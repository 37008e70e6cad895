"""A TrueType face put into a PDF as one subset, addressed by two-byte codes.

reportlab cuts a Chinese face into simple fonts of 256 characters, so that one line changes its
font many times; readers then lose words when text is copied. Here a face is one composite font
(ISO 32000-1, 9.7): every character that is used gets the next code, which is also its glyph's
number in the subset, and a ToUnicode map says what it reads as.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont

from pirights.render.paper import Stream, deflated
from pirights.render.sorts import CHARACTERS

_TABLES: Final = ("prep",)
"""Copied as they are; the faces have no cvt and no fpgm."""

_FULL: Final = 1000
"""Advance of a Chinese character, in thousandths of the size."""

_ROW: Final = 10
"""Entries on one line of a list of widths."""

_MAP_LIMIT: Final = 100
"""Entries in one block of a ToUnicode map (Adobe Technical Note 5411)."""


class _Codes(dict[str, str]):
    """Codes of characters, four hexadecimal digits each, given out as they are asked for."""

    def __missing__(self, sort: str) -> str:
        code = self[sort] = f"{len(self) + 1:04x}"
        return code


class _Used:
    """What one document uses of a face."""

    def __init__(self) -> None:
        self.codes = _Codes()
        self.name = ""


class SubsetFont(TTFont):  # type: ignore[misc]
    """A face that embeds, in each document, the glyphs the document uses."""

    def __init__(self, name: str, path: Path, sorts: Mapping[str, int]) -> None:
        """Read the face.

        Args:
            name: Under which reportlab will know it.
            path: A TrueType file without composite glyphs.
            sorts: Glyph numbers of the private-use characters of `sorts`.
        """
        super().__init__(name, str(path), shapable=False)
        face = self.face
        for sort, glyph in sorts.items():
            face.charToGlyph[ord(sort)] = glyph
            face.charWidths[ord(sort)] = face.hmetrics[glyph][0]
        self._data: bytes = face._ttf_data  # noqa: SLF001  reportlab has no other way to it
        self._outlines: dict[int, tuple[bytes, int]] = {}
        self._glyphs = face.get_table_pos("glyf")[0]

    def has(self, character: str) -> bool:
        """Say whether the face has a glyph for a character."""
        return ord(character) in self.face.charToGlyph

    def advance(self, character: str) -> float:
        """Return a character's advance in thousandths of the size."""
        return float(self.face.getCharWidth(ord(character)))

    def codes(self, text: str, document: Any) -> list[str]:  # noqa: ANN401  reportlab is untyped
        """Return the code of each character in a document, as four hexadecimal digits."""
        return list(map(self._used(document).codes.__getitem__, text))

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: ANN401, ARG002, N802
        """Give reportlab's own canvas the codes of a text."""
        return [(0, bytes.fromhex("".join(self.codes(text, doc))))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: ANN401, ARG002, N802
        """Return the name of the font inside the document, and note that it is needed."""
        used = self._used(doc)
        if not used.name:
            used.name = f"/F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = used.name
            doc.delayedFonts.append(self)
        return used.name

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802
        """Add the font's objects to a document that is being finished."""
        used = self._used(doc)
        del self.state[doc]
        sorts = list(used.codes)
        glyphs = [0, *(self.face.charToGlyph.get(ord(sort), 0) for sort in sorts)]
        tag = _tag(sorts)
        base = pdfdoc.PDFName(f"{tag}+{self.face.name.decode('ascii')}")
        subset = self._subset(glyphs)
        program = deflated(subset, Length1=len(subset))
        reading = deflated(_to_unicode(sorts))
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": base,
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray(self.face.bbox),
                "ItalicAngle": 0,
                "Ascent": self.face.ascent,
                "Descent": self.face.descent,
                "CapHeight": self.face.capHeight,
                "StemV": self.face.stemV,
                "FontFile2": doc.Reference(program),
                "CIDSet": doc.Reference(Stream(_all_of(len(glyphs)), {})),
            }
        )
        widths = [round(self.face.hmetrics[glyph][0]) for glyph in glyphs]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": base,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "CIDToGIDMap": pdfdoc.PDFName("Identity"),
                "DW": _FULL,
                "W": _narrow(widths),
                "FontDescriptor": doc.Reference(descriptor),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": base,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),
                "ToUnicode": doc.Reference(reading),
            }
        )
        doc.idToObject["BasicFonts"].dict[used.name[1:]] = doc.Reference(font)

    def _used(self, document: Any) -> _Used:  # noqa: ANN401  reportlab is untyped
        try:
            return self.state[document]  # type: ignore[no-any-return]
        except KeyError:
            used = self.state[document] = _Used()
            return used

    def _subset(self, glyphs: list[int]) -> bytes:
        """Write a TrueType file of these glyphs, in this order."""
        face = self.face
        outlines = [self._outlines.get(glyph) or self._read(glyph) for glyph in glyphs]
        offsets = accumulate((len(outline) for outline, _ in outlines), initial=0)
        metrics = b"".join(
            struct.pack(">HH", int(face.hmetrics[glyph][0]), int(face.hmetrics[glyph][1]) & 0xFFFF)
            for glyph in glyphs
        )
        count = struct.pack(">H", len(glyphs))
        head = bytearray(face.get_table("head"))
        head[8:12] = b"\0\0\0\0"
        head[50:52] = b"\0\1"  # loca in four-byte offsets
        hhea = bytearray(face.get_table("hhea"))
        hhea[34:36] = count
        maxp = bytearray(face.get_table("maxp"))
        maxp[4:6] = count
        tables = {
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": metrics,
            "loca": struct.pack(f">{len(glyphs) + 1}I", *offsets),
            "maxp": bytes(maxp),
            **{name: face.get_table(name) for name in _TABLES},
        }
        summed = {name: (table, _checksum(table)) for name, table in tables.items()}
        glyf = b"".join([outline for outline, _ in outlines])
        summed["glyf"] = (glyf, sum(checksum for _, checksum in outlines) & 0xFFFFFFFF)
        return _truetype(summed)

    def _read(self, glyph: int) -> tuple[bytes, int]:
        """Read a glyph's outline, padded, and sum it up; once a process."""
        start, end = self.face.glyphPos[glyph], self.face.glyphPos[glyph + 1]
        outline = self._data[self._glyphs + start : self._glyphs + end]
        outline += b"\0" * (-len(outline) % 4)
        read = self._outlines[glyph] = (outline, _checksum(outline))
        return read


def _truetype(tables: Mapping[str, tuple[bytes, int]]) -> bytes:
    """Join tables and their sums into a TrueType file (OpenType 1.9, chapter 4)."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(
        ">IHHHH", 0x00010000, count, 16 << power, power, count * 16 - (16 << power)
    )
    at = len(header) + 16 * count
    directory = []
    bodies = []
    for name, (table, checksum) in sorted(tables.items()):
        body = table + b"\0" * (-len(table) % 4)
        directory.append(struct.pack(">4sIII", name.encode("ascii"), checksum, at, len(table)))
        bodies.append(body)
        at += len(body)
    return b"".join((header, *directory, *bodies))


def _checksum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def _narrow(widths: Iterable[int]) -> bytes:
    """List the widths that are not the default 1000, each run under its first code.

    The list is written here: to hand every number to reportlab takes a tenth of a letter's time.
    """
    listed: list[str | list[str]] = []
    run: list[str] = []
    for code, width in enumerate(widths):
        if width == _FULL:
            run = []
            continue
        if not run:
            listed += [str(code), run]
        run.append(str(width))
    return _array([_array(entry) if isinstance(entry, list) else entry for entry in listed]).encode(
        "ascii"
    )


def _array(parts: Sequence[str]) -> str:
    """Write an array, ten entries a line (ISO 32000-1, 7.3.6)."""
    lines = " \n  ".join([" ".join(parts[at : at + _ROW]) for at in range(0, len(parts), _ROW)])
    return f"[ {lines} ]"


def _all_of(count: int) -> bytes:
    """List the glyphs that are there, a bit each: all of them (ISO 19005-1, 6.3.5 asks for it)."""
    whole, rest = divmod(count, 8)
    return b"\xff" * whole + (bytes((0xFF00 >> rest & 0xFF,)) if rest else b"")


def _tag(sorts: Iterable[str]) -> str:
    """Make the six capitals that mark a subset, from what is in it."""
    from hashlib import sha256

    digest = sha256("".join(sorts).encode("utf-8", "surrogatepass")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _to_unicode(sorts: list[str]) -> bytes:
    """Write the map from codes to what they read as (ISO 32000-1, 9.10.3)."""
    entries = [
        f"<{code:04x}> <{CHARACTERS.get(sort, sort).encode('utf-16-be').hex()}>"
        for code, sort in enumerate(sorts, 1)
    ]
    blocks = [entries[at : at + _MAP_LIMIT] for at in range(0, len(entries), _MAP_LIMIT)]
    listed = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{listed}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
