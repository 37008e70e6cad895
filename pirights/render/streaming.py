"""A PDF written page by page, so that a thousand photos never stand in memory at once.

reportlab keeps a whole file until it is saved. Here every picture and every page's text goes to
the file at once; only the page tree, the fonts and the bookmarks wait for the end.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any, BinaryIO, Final

from reportlab.pdfbase import pdfdoc

from pirights.domain.document import Letters
from pirights.render import archival
from pirights.render.archival import Bookmark, Facts, Part
from pirights.render.paper import A4, TAGS

_STREAM_LEVEL: Final = 6
_FRAME_HEADERS: Final = frozenset(range(0xFFC0, 0xFFD0)) - {0xFFC4, 0xFFC8, 0xFFCC}
"""The JPEG markers SOF0 to SOF15, without those of tables (ITU-T T.81, table B.1)."""


class StreamedPaper(pdfdoc.PDFDocument):  # type: ignore[misc]
    """An A4 document that grows in a file. `close` must come last, and once."""

    def __init__(  # noqa: PLR0913  what a file says of itself, named one by one
        self,
        sink: BinaryIO,
        *,
        title: str,
        letters: Letters,
        on: date,
        zone: str,
        part: Part = 2,
        shows: str = "",
    ) -> None:
        """Begin the file.

        Args:
            sink: Written from its present place on, never read or moved.
            title: For the file's metadata.
            letters: Decide the file's language tag.
            on: The paper's date.
            zone: In which `on` is a day; the file's time stamp is its midnight there.
            part: Of ISO 19005, the standard of files for archives.
            shows: The sums of the data files whose rows the paper shows, for its metadata.
        """
        super().__init__(compression=1, invariant=1)
        self._facts: Final = Facts.of(title, on, zone, shows)
        self._tag: Final = TAGS[letters]
        self._part: Final[Part] = part
        self._sink: Final = sink
        self._sum: Final = sha256()
        self._at = 0
        self._written: Final[dict[int, int]] = {}
        self._bookmarks: Final[list[Bookmark]] = []
        self._first: Any = None
        self._put(b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % archival.VERSIONS[part])

    def picture(self, jpeg: bytes, width: int, height: int, *, grey: bool) -> Any:  # noqa: ANN401
        """Write a JPEG; return the reference a page draws it by."""
        space = "DeviceGray" if grey else "DeviceRGB"
        return self._stream(
            f"/Type /XObject /Subtype /Image /Width {width} /Height {height} "
            f"/ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode",
            jpeg,
        )

    def page(self, operators: Sequence[str], pictures: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Write a page; return its reference. `pictures`: references by the name they are drawn."""
        content = zlib.compress("\n".join(operators).encode("ascii"), _STREAM_LEVEL)
        page = pdfdoc.PDFPage()
        page.pagewidth, page.pageheight = A4
        page.Contents = self._stream("/Filter /FlateDecode", content)
        page.ExtGState = None
        page._shadingUsed = {}  # noqa: SLF001  reportlab's canvas sets it from outside too
        if pictures:
            page.hasImages = 1
            page.XObjects = pdfdoc.PDFDictionary(dict(pictures))
        self.addPage(page)
        reference = self.Reference(page)
        self._first = self._first or reference
        return reference

    def bookmark(self, bookmark: Bookmark) -> None:
        """Add an entry to the outline, in reading order; one without words is left out.

        Where none is added, the title leads to the first page.
        """
        if title := archival.one_line(bookmark.title):
            self._bookmarks.append(replace(bookmark, title=title))

    def close(self, *, unfolded: bool = False) -> None:
        """Write what had to wait: fonts, page tree, bookmarks, the table of offsets.

        Args:
            unfolded: Readers show the outline beside the pages when they open the file.
        """
        for font in self.delayedFonts:
            font.addObjects(self)
        if not self._bookmarks and self._first is not None:
            self.bookmark(Bookmark(self._facts.title, self._first))
        root = self.Reference(self._catalogue(unfolded=unfolded))
        info = self.Reference(archival.information(self._facts))
        number = 0
        while (number := number + 1) in self.numberToId:  # formatting may add further objects
            if number not in self._written:
                name = self.numberToId[number]
                whole = pdfdoc.PDFIndirectObject(name, self.idToObject[name]).format(self)
                self._written[number] = self._at
                self._put(whole)
        table = self._at
        rows = [b"%010d 00000 n \n" % self._written[at] for at in range(1, number)]
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % number + b"".join(rows))
        identifier = self._sum.hexdigest()[:32].encode()
        self._put(
            b"trailer\n<< /Size %d /Root %s /Info %s /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n"
            % (number, root.format(self), info.format(self), identifier, identifier, table)
        )

    def _catalogue(self, *, unfolded: bool) -> Any:  # noqa: ANN401  reportlab is untyped
        """Make the root of the file (ISO 32000-1, 7.7.2)."""
        entries = {
            "Type": pdfdoc.PDFName("Catalog"),
            "Pages": self.Reference(self.Pages),
            "Lang": pdfdoc.PDFString(self._tag),
            "Metadata": archival.metadata(self._facts, self._part),
            "OutputIntents": archival.output_intents(),
        }
        if self._bookmarks:
            entries["Outlines"] = archival.outline(self, self._bookmarks)
            entries["PageMode"] = pdfdoc.PDFName("UseOutlines" if unfolded else "UseNone")
        return pdfdoc.PDFDictionary(entries)

    def _stream(self, entries: str, content: bytes) -> Any:  # noqa: ANN401
        """Write a stream object now; reportlab keeps only its number."""
        reference = self.Reference(pdfdoc.PDFObject())
        number, _ = self.idToObjectNumberAndVersion[reference.name]
        self._written[number] = self._at
        self._put(b"%d 0 obj\n<< %s /Length %d >>\n" % (number, entries.encode(), len(content)))
        self._put(b"stream\n")
        self._put(content)
        self._put(b"\nendstream\nendobj\n")
        return reference

    def _put(self, octets: bytes) -> None:
        self._sink.write(octets)
        self._sum.update(octets)
        self._at += len(octets)


def is_grey(jpeg: bytes) -> bool:
    """Read from a JPEG's frame header (ITU-T T.81, B.2.2) whether it has one component."""
    at = 2
    while at + 10 <= len(jpeg):
        marker, length = struct.unpack(">HH", jpeg[at : at + 4])
        if marker in _FRAME_HEADERS:
            return jpeg[at + 9] == 1
        at += 2 + length
    return False
