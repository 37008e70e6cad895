"""A judge of PDF/A-2b of our own: what ISO 19005-2 forbids, and what LETTERS wants besides.

It is stricter than the standard where our papers are simpler: they have no annotations, no forms,
no simple fonts, and a plain table of offsets.
"""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import pikepdf
from pikepdf.models.metadata import decode_pdf_date
from PIL import ImageCms

from tests.render.pdfa_pages import page_faults

BAD_ACTIONS = {
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState",
    "/Rendition", "/Trans", "/GoTo3DView", "/JavaScript", "/SubmitForm", "/GoToE",
}  # fmt: skip
BAD_KEYS = {
    "/AA": "an action of its own accord",
    "/JS": "JavaScript",
    "/JavaScript": "JavaScript",
    "/EmbeddedFiles": "embedded files",
    "/EF": "an embedded file",
    "/FFilter": "a stream outside the file",
    "/XFA": "an XFA form",
    "/AcroForm": "a form",
    "/NeedAppearances": "NeedAppearances",
    "/Annots": "annotations",
    "/OPI": "an OPI comment",
    "/Alternates": "an alternate image",
    "/TR": "a transfer function",
    "/Requirements": "requirements",
}
SAME = {"/Title": "dc:title", "/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}


def faults(data: bytes) -> list[str]:
    """Return what is wrong with a file, each fault once; nothing for a good one."""
    found = list(_octets(data))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found += [
            *_trailer(pdf),
            *_facts(pdf),
            *_colours(pdf),
            *_everywhere(pdf),
            *page_faults(pdf),
            *outline_faults(pdf),
        ]
    return list(dict.fromkeys(found))


def _octets(data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[1-7]\n%[\x80-\xff]{4}[^\n]*\n", data):
        yield "header or binary comment"
    if not re.search(rb"%%EOF\n?\Z", data):
        yield "something after the end"
    last = re.search(rb"startxref\n(\d+)\n%%EOF\n?\Z", data)
    table = re.compile(rb"xref\n0 \d+\n((?:\d{10} \d{5} [nf] \n)+)trailer\b")
    listed = table.match(data, int(last[1])) if last else None
    if listed is None:
        yield "table of offsets"
        return
    places = [int(row.split()[0]) for row in listed[1].splitlines() if row.split()[2] == b"n"]
    bounds = sorted({*places, int(last[1]) if last else 0})
    for start, end in pairwise(bounds):
        whole = data[start:end]
        if not re.match(rb"\d+ 0 obj\n", whole) or not whole.endswith(b"\nendobj\n"):
            yield "an object is not set apart by line ends"
        body = re.match(rb"\d+ 0 obj\n<<.*?>>\s*stream(\r?\n|)", whole, re.DOTALL)
        if body:
            length = re.search(rb"/Length (\d+)", body[0])
            if not body[1] or not length:
                yield "a stream without line end or length"
            elif whole[body.end() + int(length[1]) :] != b"\nendstream\nendobj\n":
                yield "a stream does not end after its length, on a line of its own"


def _trailer(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "encrypted"
    identifiers = pdf.trailer.get("/ID")
    if identifiers is None or not all(bytes(part) for part in identifiers.as_list()):
        yield "no identifier"
    tag = str(pdf.Root.get("/Lang", ""))
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        yield "no language"


def _facts(pdf: pikepdf.Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        yield "no XMP"
        return
    if stream.get("/Type") != "/Metadata" or stream.get("/Subtype") != "/XML":
        yield "XMP stream is not declared"
    packet = stream.read_bytes()
    if not re.match(rb'<\?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"\?>', packet):
        yield "XMP header"
    if b"xmptk" in packet:
        yield "XMP names a tool"
    names = ("pdfaid:part", "pdfaid:conformance", *SAME.values())
    try:
        with pdf.open_metadata(
            set_pikepdf_as_editor=False, update_docinfo=False, strict=True
        ) as read:
            said = {name: read.get(name) for name in names}
    except Exception as wrong:  # noqa: BLE001  whatever the reader of XML says
        yield f"XMP cannot be read: {type(wrong).__name__}"
        return
    if (said["pdfaid:part"], said["pdfaid:conformance"]) != ("2", "B"):
        yield "XMP does not claim PDF/A-2b"
    told = {str(key): str(value) for key, value in pdf.docinfo.items()}
    for key in told.keys() - SAME.keys():
        yield f"the information dictionary says more: {key}"
    for key, name in SAME.items():
        if not _equal(key, told.get(key), said[name]):
            yield f"XMP and information dictionary differ: {key}"


def _equal(key: str, told: str | None, read: object) -> bool:
    if told is None or read is None:
        return told is read
    if key == "/Title":
        return told == str(read)
    ours, theirs = decode_pdf_date(told), datetime.fromisoformat(str(read))
    return (ours, ours.utcoffset()) == (theirs, theirs.utcoffset())


def _colours(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = [
        intent
        for intent in pdf.Root.get("/OutputIntents", pikepdf.Array()).as_list()
        if intent.get("/S") == "/GTS_PDFA1"
    ]
    if len(intents) != 1:
        yield "no output intent"
        return
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield "the output intent has no name"
    profile = intents[0].get("/DestOutputProfile")
    if not isinstance(profile, pikepdf.Stream) or profile.get("/N") != 3:
        yield "the output intent has no profile of three colours"
        return
    octets = profile.read_bytes()
    if octets[8] != 2 or octets[12:20] != b"mntrRGB " or octets[36:40] != b"acsp":
        yield "the profile is not version 2 for RGB"
    try:
        read = ImageCms.ImageCmsProfile(io.BytesIO(octets))
        ImageCms.buildTransform(read, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    except (OSError, ImageCms.PyCMSError):
        yield "the profile cannot be read"
    if int.from_bytes(octets[:4], "big") != len(octets):
        yield "the profile is not whole"


def _everywhere(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in pdf.objects:
        yield from _inside(one)


def _inside(one: pikepdf.Object) -> Iterator[str]:
    """Look at an object and at all that lies in it, without following references."""
    match one:
        case pikepdf.Dictionary() | pikepdf.Stream():
            yield from _dictionary(one)
            for key in one.keys():  # noqa: SIM118  a stream is no mapping
                if len(key.encode()) > 128:
                    yield "a name is too long"
                yield from _within(one[key])
        case pikepdf.Array():
            for part in one.as_list():
                yield from _within(part)
        case pikepdf.String() if len(bytes(one)) > 32_767:
            yield "a string is too long"


def _within(part: object) -> Iterator[str]:
    if isinstance(part, pikepdf.Object) and not part.is_indirect:
        yield from _inside(part)


def _dictionary(one: pikepdf.Object) -> Iterator[str]:
    for key, meaning in BAD_KEYS.items():
        if key in one:
            yield f"there is {meaning}"
    if str(one.get("/S")) in BAD_ACTIONS:
        yield f"there is an action: {one.get('/S')}"
    if isinstance(one, pikepdf.Stream):
        yield from _stream(one)
    if one.get("/Type") == "/XObject" and one.get("/Subtype") == "/PS":
        yield "there is PostScript"
    if one.get("/Interpolate"):
        yield "a picture asks to be smoothed"
    if one.get("/S") == "/Transparency" and "/CS" not in one:
        yield "a transparency group does not say in which colours it blends"
    if str(one.get("/BM", "/Normal")) not in {"/Normal", "/Compatible"}:
        yield "there is a blend mode"


def _stream(one: pikepdf.Stream) -> Iterator[str]:
    filters = one.get("/Filter", pikepdf.Array())
    names = [filters] if isinstance(filters, pikepdf.Name) else filters.as_list()
    if {"/LZWDecode", "/Crypt"} & {str(name) for name in names}:
        yield "a stream has a filter that is not allowed"
    if "/F" in one:
        yield "there is a stream outside the file"


def outline_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Check the chains of the outline, and that every entry leads to a page."""
    root = pdf.Root.get("/Outlines")
    if root is None or "/First" not in root:
        yield "no outline"
        return
    pages = {page.obj.objgen for page in pdf.pages}
    yield from _branch(root, pages)[1]


def _branch(parent: pikepdf.Object, pages: set[tuple[int, int]]) -> tuple[int, list[str]]:
    """Walk one level: how many entries hang there, and what is wrong."""
    count, wrong, before = 0, [], None
    entry = parent.get("/First")
    while entry is not None:
        count += 1
        if not str(entry.get("/Title", "")).strip():
            wrong.append("an entry of the outline has no title")
        target = entry.get("/Dest")
        if not isinstance(target, pikepdf.Array) or target[0].objgen not in pages:
            wrong.append("an entry of the outline leads nowhere")
        if entry.Parent.objgen != parent.objgen:
            wrong.append("an entry of the outline has another parent")
        if (before.objgen if before else None) != (entry.Prev.objgen if "/Prev" in entry else None):
            wrong.append("the outline's chain is broken")
        under, theirs = _branch(entry, pages) if "/First" in entry else (0, [])
        count, wrong = count + under, wrong + theirs
        before, entry = entry, entry.get("/Next")
    if int(parent.get("/Count", 0)) != count:
        wrong.append("the outline's count is wrong")
    if before is not None and parent.Last.objgen != before.objgen:
        wrong.append("the outline's chain is broken")
    return count, wrong
