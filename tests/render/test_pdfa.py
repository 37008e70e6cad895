"""The judge of PDF/A-2b finds each defect that is put into a good file, and no other."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from pirights.render import pdf
from tests.render.pdfa import faults
from tests.render.sample_letter import letter

GOOD = pdf.to_bytes(letter())


def _page(file: Pdf, operators: bytes) -> None:
    file.pages[0].contents_add(operators)


def _font(file: Pdf) -> pikepdf.Object:
    return next(iter(file.pages[0].Resources.Font.values()))


def _inner(file: Pdf) -> pikepdf.Object:
    return _font(file).DescendantFonts[0]


def _xmp(file: Pdf, old: bytes, new: bytes) -> None:
    packet = file.Root.Metadata.read_bytes()
    assert old in packet
    file.Root.Metadata.write(packet.replace(old, new))


def _helvetica(file: Pdf) -> None:
    file.pages[0].Resources.Font["/F9"] = file.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )


def _picture(file: Pdf, space: pikepdf.Object) -> None:
    picture = file.make_stream(
        b"\0\0\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
        BitsPerComponent=8, ColorSpace=space,
    )  # fmt: skip
    file.pages[0].Resources.XObject = Dictionary(Im9=picture)
    _page(file, b"/Im9 Do")


def _state(file: Pdf, state: Dictionary) -> None:
    file.pages[0].Resources.ExtGState = Dictionary(G9=state)
    _page(file, b"/G9 gs")


def _annotation(file: Pdf, action: Dictionary) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
    file.pages[0].Annots = Array([file.make_indirect(link)])


def _embed(file: Pdf) -> None:
    file.attachments["a.txt"] = b"a"


def _drop(one: pikepdf.Object, key: str) -> None:
    del one[key]


DEFECTS: list[tuple[str, Callable[[Pdf], object]]] = [
    ("no language", lambda file: _drop(file.Root, "/Lang")),
    ("no XMP", lambda file: _drop(file.Root, "/Metadata")),
    ("XMP header", lambda file: _xmp(file, b"<?xpacket begin", b"<?xpacket bytes='9' begin")),
    ("XMP names a tool", lambda file: _xmp(file, b"<x:xmpmeta", b"<x:xmpmeta x:xmptk='x'")),
    ("XMP cannot be read", lambda file: _xmp(file, b"</rdf:RDF>", b"")),
    ("XMP does not claim", lambda file: _xmp(file, b"part>2<", b"part>1<")),
    ("XMP does not claim", lambda file: _xmp(file, b"mance>B<", b"mance>U<")),
    ("differ: /Title", lambda file: _xmp(file, "请求书".encode(), "请求".encode())),
    ("differ: /CreationDate", lambda file: _xmp(file, b"00</xmp:C", b"30</xmp:C")),
    ("differ: /ModDate", lambda file: _xmp(file, b"T00:00:00+08:00</xmp:M", b"</xmp:M")),
    ("differ: /Title", lambda file: _drop(file.docinfo, "/Title")),
    ("says more: /Producer", lambda file: file.docinfo.update({"/Producer": String("x")})),
    ("no output intent", lambda file: _drop(file.Root, "/OutputIntents")),
    ("device colours", lambda file: _drop(file.Root, "/OutputIntents")),
    ("no profile of three", lambda file: _drop(file.Root.OutputIntents[0], "/DestOutputProfile")),
    ("no profile of three", lambda file: setattr(_profile(file), "N", 4)),
    ("version 2", lambda file: _profile(file).write(_profile(file).read_bytes()[:8] + b"\4" * 999)),
    ("profile is not whole", lambda file: _profile(file).write(_profile(file).read_bytes()[:900])),
    ("the profile cannot", lambda file: _profile(file).write(_profile(file).read_bytes()[:300])),
    ("readers bring along", _helvetica),
    ("a simple font", _helvetica),
    ("not in the file", lambda file: _drop(_inner(file).FontDescriptor, "/FontFile2")),
    ("named as a subset", lambda file: setattr(_inner(file), "BaseFont", Name("/NotoSans"))),
    ("which code is which", lambda file: _drop(_inner(file), "/CIDToGIDMap")),
    ("widths are not", lambda file: setattr(_inner(file), "DW", 500)),
    ("widths are not", lambda file: _inner(file).W.extend(Array([1, Array([1])]))),
    ("list its glyphs", lambda file: _inner(file).FontDescriptor.CIDSet.write(b"\xff")),
    ("font does not say what it reads", lambda file: _drop(_font(file), "/ToUnicode")),
    ("glyph does not say", lambda file: _font(file).ToUnicode.write(b"beginbfchar\nendbfchar")),
    ("reads as no",
     lambda file: _font(file).ToUnicode.write(b"beginbfchar\n<0001> <e000>\nendbfchar")),
    ("glyph that the font", lambda file: _page(file, b"BT /F1 9 Tf <ff00> Tj ET")),
    ("glyph that the font", lambda file: _page(file, b"BT /F1 9 Tf [<0000>] TJ ET")),
    ("not among the page's", lambda file: _page(file, b"BT /F7 9 Tf <0001> Tj ET")),
    ("CMYK", lambda file: _page(file, b"0 0 0 1 k")),
    ("another kind: /DeviceCMYK", lambda file: _page(file, b"/DeviceCMYK cs")),
    ("unknown operator: xx", lambda file: _page(file, b"1 xx")),
    ("picture has colours", lambda file: _picture(file, Name.DeviceCMYK)),
    ("inside a page's text", lambda file: _page(file, b"BI /W 1 /H 1 /CS /G /BPC 8 ID \0 EI")),
    ("transparent", lambda file: _state(file, Dictionary(ca=0.5))),
    ("a blend mode", lambda file: _state(file, Dictionary(BM=Name.Multiply))),
    ("in which colours it blends",
     lambda file: setattr(file.pages[0].obj, "Group", Dictionary(S=Name.Transparency))),
    ("JavaScript", lambda file: setattr(file.Root, "OpenAction",
                                        Dictionary(S=Name.JavaScript, JS=String("1")))),
    ("action: /Launch", lambda file: _annotation(file, Dictionary(S=Name.Launch, F=String("a")))),
    ("annotations", lambda file: _annotation(file, Dictionary(S=Name.URI, URI=String("a:b")))),
    ("its own accord", lambda file: setattr(file.Root, "AA", Dictionary())),
    ("embedded file", _embed),
    ("NeedAppearances", lambda file: setattr(file.Root, "AcroForm",
                                             Dictionary(NeedAppearances=True, Fields=[]))),
    ("not allowed", lambda file: setattr(file.Root, "X",
                                         file.make_stream(b"x", Filter=Name.LZWDecode))),
    ("outside the file", lambda file: setattr(_font(file).ToUnicode, "F", String("a"))),
    ("string is too long", lambda file: setattr(file.Root, "X", String("x" * 40_000))),
    ("no outline", lambda file: _drop(file.Root, "/Outlines")),
    ("leads nowhere", lambda file: _drop(file.Root.Outlines.First, "/Dest")),
    ("no title", lambda file: setattr(file.Root.Outlines.First, "Title", String(" "))),
    ("count is wrong", lambda file: setattr(file.Root.Outlines, "Count", 7)),
    ("another parent", lambda file: setattr(file.Root.Outlines.First.First, "Parent",
                                            file.Root.Outlines)),
    ("chain is broken", lambda file: setattr(file.Root.Outlines.First, "Last",
                                             file.Root.Outlines.First)),
]  # fmt: skip


def _profile(file: Pdf) -> pikepdf.Object:
    return file.Root.OutputIntents[0].DestOutputProfile


def _saved(defect: Callable[[Pdf], object]) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(GOOD)) as file:
        defect(file)
        file.save(
            target,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return target.getvalue()


def test_a_good_file_has_no_fault_nor_has_a_copy_by_another_writer() -> None:
    assert faults(GOOD) == []
    assert faults(_saved(lambda _: None)) == []


@pytest.mark.parametrize(("fault", "defect"), DEFECTS, ids=[fault for fault, _ in DEFECTS])
def test_a_defect_is_found(fault: str, defect: Callable[[Pdf], object]) -> None:
    found = faults(_saved(defect))
    assert any(fault in one for one in found), found


def test_encryption_is_found() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(GOOD)) as file:
        file.save(target, encryption=pikepdf.Encryption(owner="a", user=""))
    assert "encrypted" in faults(target.getvalue())


@pytest.mark.parametrize(
    ("fault", "old", "new"),
    [
        ("header or binary comment", b"%PDF-1.7\n%\xe2", b"%PDF-1.7\n%a"),
        ("header or binary comment", b"%PDF-1.7", b"%PDF-2.0"),
        ("after the end", b"%%EOF\n", b"%%EOF\n\n\n"),
        ("no identifier", b"/ID [<", b"/IX [<"),
        ("set apart", b"\nendobj\n", b" endobj\n"),
        ("on a line of its own", b"\nendstream\nendobj", b" endstream\nendobj"),
        ("table of offsets", b"xref\n0 ", b"xref\n1 "),
    ],
)
def test_a_defect_of_the_octets_is_found(fault: str, old: bytes, new: bytes) -> None:
    assert any(fault in one for one in faults(GOOD.replace(old, new)))
