"""What makes a PDF last: colour that is defined, facts readable by any program, an outline.

PDF/A-2b (ISO 19005-2) wants the same facts twice, in the old information dictionary and as XMP;
both are made here from one value. Part 1 is for judges who know no other part.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, Final, Literal, TypeAlias
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from reportlab.pdfbase import pdfdoc

from pirights.render.paper import Stream, text_string
from pirights.render.sorts import without_invisible
from pirights.resources import folder

Part: TypeAlias = Literal[1, 2]
"""Of ISO 19005."""

VERSIONS: Final[dict[Part, tuple[int, int]]] = {1: (1, 4), 2: (1, 7)}
"""The version of PDF that each part is about."""

_COLOURS: Final = "sRGB IEC61966-2.1"
_CONTROLS: Final = re.compile(r"[\n\r\t]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """Title and date, and nothing about who or what wrote the file.

    Attributes:
        title: One line; may be empty.
        moment: The midnight that begins the paper's day, in its zone.
        shows: The sums of the data files whose rows the paper shows; may be empty.
    """

    title: str
    moment: datetime
    shows: str = ""

    @classmethod
    def of(cls, title: str, on: date, zone: str, shows: str = "") -> "Facts":
        """Take the facts of a paper."""
        return cls(one_line(title), datetime.combine(on, time(), ZoneInfo(zone)), shows)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline.

    Attributes:
        title: What it says.
        page: Reference to the page it leads to.
        level: 0 for what stands outermost.
        top: Where on the page, in points from its lower edge; None for the whole page.
    """

    title: str
    page: Any
    level: int = 0
    top: float | None = None


def one_line(text: str) -> str:
    """Make a text fit for a title or bookmark: one line, without marks that leave no ink."""
    return _CONTROLS.sub(" ", without_invisible(text)).strip()


def information(facts: Facts) -> Any:  # noqa: ANN401  reportlab is untyped
    """Make the information dictionary (ISO 32000-1, 14.3.3)."""
    hours, minutes = _offset(facts.moment)
    stamp = pdfdoc.PDFString(f"D:{facts.moment:%Y%m%d%H%M%S}{hours}'{minutes}'")
    entries = {"CreationDate": stamp, "ModDate": stamp}
    if facts.title:
        entries["Title"] = text_string(facts.title)
    return pdfdoc.PDFDictionary(entries)


def metadata(facts: Facts, part: Part) -> Stream:
    """Make the metadata stream (ISO 16684-1): the same facts, and which standard the file keeps.

    It is not compressed, so that it can be found without knowing anything of PDF.
    """
    moment = f"{facts.moment:%Y-%m-%dT%H:%M:%S}{':'.join(_offset(facts.moment))}"
    title = (
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">'
        f"{escape(facts.title)}</rdf:li></rdf:Alt></dc:title>\n</rdf:Description>\n"
    )
    shows = (
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"<dc:identifier>{facts.shows}</dc:identifier>\n</rdf:Description>\n"
    )
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\n'
        f"<pdfaid:part>{part}</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n"
        "</rdf:Description>\n"
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">\n'
        f"<xmp:CreateDate>{moment}</xmp:CreateDate>\n<xmp:ModifyDate>{moment}</xmp:ModifyDate>\n"
        "</rdf:Description>\n"
        f"{title if facts.title else ''}{shows if facts.shows else ''}"
        '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    )
    name = pdfdoc.PDFName
    return Stream(packet.encode(), {"Type": name("Metadata"), "Subtype": name("XML")})


def output_intents() -> Any:  # noqa: ANN401  reportlab is untyped
    """Say which red, green and blue are meant: those of sRGB, by a profile in the file."""
    name, string = pdfdoc.PDFName, pdfdoc.PDFString
    profile = Stream(_profile(), {"N": 3, "Filter": name("FlateDecode")})
    intent = {
        "Type": name("OutputIntent"),
        "S": name("GTS_PDFA1"),
        "OutputConditionIdentifier": string(_COLOURS),
        "RegistryName": string("http://www.color.org"),
        "Info": string(_COLOURS),
        "DestOutputProfile": profile,
    }
    return pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])


@cache
def _profile() -> bytes:
    """Read the colour profile and compress it, once a process."""
    return zlib.compress((folder("templates") / "colour" / "srgb-v2.icc").read_bytes(), 9)


def outline(document: Any, bookmarks: Sequence[Bookmark]) -> Any:  # noqa: ANN401  reportlab is untyped
    """Make the outline of a document (ISO 32000-1, 12.3.3), all of it unfolded.

    Args:
        document: Takes the outline's objects and numbers them.
        bookmarks: In reading order; each belongs to the last one before it of a lower level.
    """
    root = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Outlines")})
    entries = [pdfdoc.PDFDictionary({}) for _ in bookmarks]
    references = [document.Reference(entry) for entry in (root, *entries)]
    children: list[list[int]] = [[] for _ in references]
    inside: list[int] = [0]  # the chain of those that are open, the root first
    for at, bookmark in enumerate(bookmarks, 1):
        while inside[-1] and bookmarks[inside[-1] - 1].level >= bookmark.level:
            inside.pop()
        entry = entries[at - 1]
        siblings = children[inside[-1]]
        entry["Title"] = text_string(bookmark.title)
        entry["Dest"] = _destination(bookmark)
        entry["Parent"] = references[inside[-1]]
        if siblings:
            entry["Prev"] = references[siblings[-1]]
            entries[siblings[-1] - 1]["Next"] = references[at]
        siblings.append(at)
        inside.append(at)
    under = [0] * len(references)
    for at in reversed(range(len(references))):
        under[at] = sum(1 + under[child] for child in children[at])
        if children[at]:
            entry = entries[at - 1] if at else root
            entry["First"] = references[children[at][0]]
            entry["Last"] = references[children[at][-1]]
            entry["Count"] = under[at]
    return references[0]


def _destination(bookmark: Bookmark) -> Any:  # noqa: ANN401  reportlab is untyped
    """Lead to a place on a page, at the size the reader has chosen, or to a whole page."""
    if bookmark.top is None:
        return pdfdoc.PDFArray([bookmark.page, pdfdoc.PDFName("Fit")])
    return pdfdoc.PDFArray([bookmark.page, pdfdoc.PDFName("XYZ"), 0, bookmark.top, 0])


def _offset(moment: datetime) -> tuple[str, str]:
    """Give the hours, with their sign, and minutes by which a zone is ahead of UTC."""
    offset = moment.strftime("%z")
    return offset[:3], offset[3:5]
