"""The part of the judge that reads pages: operators, colours, pictures, fonts and their widths."""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf

OPERATORS = set(
    """b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k
    l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W
    W* y ' " """.split()  # noqa: SIM905  as ISO 32000-1, table A.1, lists them
)
SPACES = {"/DeviceGray", "/DeviceRGB"}
"""Those that an intent of RGB gives a meaning to (ISO 19005-2, 6.2.4.3)."""

TOUCHES_COLOUR = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do"}
BASE_14 = re.compile(r"/?(Helvetica|Times|Courier|Symbol|ZapfDingbats)")


@dataclass
class Usage:
    """What a page shows of each font, as two-byte codes."""

    codes: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    fonts: dict[tuple[int, int], pikepdf.Object] = field(default_factory=dict)


def page_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Read all pages, then the fonts they use."""
    used = Usage()
    has_intent = "/OutputIntents" in pdf.Root
    for page in pdf.pages:
        yield from _page(page, used, has_intent=has_intent)
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font":
            if BASE_14.match(str(one.get("/BaseFont", ""))):
                yield f"a font that readers bring along: {one.BaseFont}"
            if one.get("/Subtype") not in {"/Type0", "/CIDFontType2"}:
                yield "a simple font"
    for at, font in used.fonts.items():
        yield from font_faults(font, used.codes.get(at, set()))


def _page(page: pikepdf.Page, used: Usage, *, has_intent: bool) -> Iterator[str]:
    current = None
    for step in pikepdf.parse_content_stream(page):
        name, operands = str(step.operator), list(step.operands)
        if name in TOUCHES_COLOUR and not has_intent:
            yield "device colours without an output intent"
        yield from _operator(name)
        yield from _resource(page, name, operands)
        if name == "Tf":
            current = page.Resources.get("/Font", pikepdf.Dictionary()).get(str(operands[0]))
            if current is None:
                yield "a font that is not among the page's"
            else:
                used.fonts[current.objgen] = current
        elif name in {"Tj", "TJ"} and current is not None:
            shown = operands[0].as_list() if name == "TJ" else [operands[0]]
            octets = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
            codes = used.codes.setdefault(current.objgen, set())
            codes |= set(struct.unpack(f">{len(octets) // 2}H", octets))


def _operator(name: str) -> Iterator[str]:
    if name == "INLINE IMAGE":
        yield "a picture inside a page's text"
    elif name not in OPERATORS:
        yield f"an unknown operator: {name}"
    if name in {"k", "K"}:
        yield "CMYK colours"


def _resource(page: pikepdf.Page, name: str, operands: Sequence[object]) -> Iterator[str]:
    """Look at what an operator names."""
    named = str(operands[0]) if operands else ""
    if name in {"cs", "CS"} and named not in SPACES:
        yield f"colours of another kind: {named}"
    if name == "gs":
        yield from _state(page.Resources.ExtGState[named])
    if name == "Do":
        yield from _picture(page.Resources.XObject[named])


def _state(state: pikepdf.Object) -> Iterator[str]:
    if state.get("/SMask", "/None") != "/None" or {state.get("/ca", 1), state.get("/CA", 1)} != {1}:
        yield "something is transparent"


def _picture(picture: pikepdf.Object) -> Iterator[str]:
    if picture.get("/Subtype") != "/Image":
        yield "a form inside a page"
    elif str(picture.get("/ColorSpace")) not in SPACES:
        yield f"a picture has colours of another kind: {picture.get('/ColorSpace')}"
    if "/SMask" in picture:
        yield "something is transparent"


def font_faults(font: pikepdf.Object, used: set[int]) -> Iterator[str]:
    """Check that a font is in the file, says what it reads as, and measures as it is drawn."""
    if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H":
        yield "a font is not addressed by glyph"
        return
    inner = font.DescendantFonts[0]
    descriptor = inner.FontDescriptor
    names = {str(font.BaseFont), str(inner.BaseFont), str(descriptor.FontName)}
    if len(names) != 1 or not re.match(r"/[A-Z]{6}\+", str(font.BaseFont)):
        yield "a font is not named as a subset"
    if inner.get("/CIDToGIDMap") != "/Identity":
        yield "a font does not say which code is which glyph"
    if isinstance(descriptor.get("/FontFile2"), pikepdf.Stream):
        yield from _glyph_faults(inner, used)
    else:
        yield "a font is not in the file"
    if isinstance(font.get("/ToUnicode"), pikepdf.Stream):
        yield from _reading_faults(font.ToUnicode.read_bytes(), used)
    else:
        yield "a font does not say what it reads as"


def _glyph_faults(inner: pikepdf.Object, used: set[int]) -> Iterator[str]:
    descriptor = inner.FontDescriptor
    advances = _advances(descriptor.FontFile2.read_bytes())
    if not used <= set(range(1, len(advances))):
        yield "a page shows a glyph that the font does not have"
    widths = _widths(inner)
    default = int(inner.get("/DW", 1000))
    if any(widths.get(code, default) != width for code, width in enumerate(advances)):
        yield "a font's widths are not those of its glyphs"
    if "/CIDSet" in descriptor:
        bits = "".join(f"{octet:08b}" for octet in descriptor.CIDSet.read_bytes())
        if bits.rstrip("0") != "1" * len(advances):
            yield "a font does not list its glyphs"


def _reading_faults(table: bytes, used: set[int]) -> Iterator[str]:
    reading = dict(_reading(table))
    if not used <= reading.keys():
        yield "a glyph does not say what it reads as"
    if any(re.search("[\0\ufeff\ufffe\ue000-\uf8ff]|^$", text) for text in reading.values()):
        yield "a glyph reads as no character"


def _advances(program: bytes) -> list[int]:
    """Read the advances of a TrueType file's glyphs, in thousandths of the em."""
    tables = {
        program[at : at + 4]: struct.unpack(">II", program[at + 8 : at + 16])
        for at in range(12, 12 + 16 * struct.unpack(">H", program[4:6])[0], 16)
    }
    em: int = struct.unpack_from(">H", program, tables[b"head"][0] + 18)[0]
    long: int = struct.unpack_from(">H", program, tables[b"hhea"][0] + 34)[0]
    glyphs: int = struct.unpack_from(">H", program, tables[b"maxp"][0] + 4)[0]
    metrics = struct.unpack_from(f">{2 * long}H", program, tables[b"hmtx"][0])[::2]
    return [round(1000 * width / em) for width in (*metrics, *[metrics[-1]] * (glyphs - long))]


def _widths(font: pikepdf.Object) -> dict[int, int]:
    """Read the widths a font declares (ISO 32000-1, 9.7.4.3)."""
    declared: dict[int, int] = {}
    rest = list(font.get("/W", pikepdf.Array()).as_list())
    while rest:
        first, second = int(rest.pop(0)), rest.pop(0)
        if isinstance(second, pikepdf.Array):
            declared |= {first + at: int(width) for at, width in enumerate(second.as_list())}
        else:
            declared |= dict.fromkeys(range(first, int(second) + 1), int(rest.pop(0)))
    return declared


def _reading(table: bytes) -> Iterator[tuple[int, str]]:
    for block in re.findall(rb"beginbfchar\n(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]*)>", block):
            yield int(code, 16), bytes.fromhex(text.decode()).decode("utf-16-be")
