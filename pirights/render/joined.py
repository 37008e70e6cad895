"""Thousands of our PDFs made one, with a bookmark for each and never more than one in memory.

Objects get new numbers, streams go over octet for octet, and what stands there already is not
written again. What archives ask of a file (`archival`) comes from an empty page that is written as
every other paper is; that page also makes an odd number of pages even.
"""

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b, sha256
from io import BytesIO
from typing import BinaryIO, Final

from pirights.domain.document import Letters
from pirights.render import archival
from pirights.render.archival import Part
from pirights.render.own_pdf import Body, NotOurs, OwnPdf
from pirights.render.streaming import StreamedPaper

_NODE: Final = 64
"""Pages that hang on one node of the page tree."""

_SHARED: Final = 4096
"""Objects that are remembered, so as not to be written again."""

_ROWS: Final = 4096
"""Rows of the table of offsets that are written at once."""

FURTHEST: Final = 9_900_000_000
"""Octets after which no paper is added: offsets have ten digits (ISO 32000-1, 7.5.4)."""


class JoinedPapers:
    """A PDF that grows in a file, paper by paper. `close` must come last, and once.

    Attributes:
        length: Octets written so far.
        pages: Pages so far, the blank ones included.
    """

    def __init__(  # noqa: PLR0913  what a file says of itself, named one by one
        self,
        sink: BinaryIO,
        *,
        title: str,
        letters: Letters,
        on: date,
        zone: str,
        part: Part = 2,
    ) -> None:
        """Begin the file; the arguments are those of `StreamedPaper`, its title not empty."""
        self._sink: Final = sink
        self._sum: Final = sha256()
        self.length = 0
        self.pages = 0
        self._offsets: Final = array("Q")
        self._shared: Final[OrderedDict[bytes, int]] = OrderedDict()
        self._put(b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % archival.VERSIONS[part])
        self._frame: Final = _frame(title, letters, on, zone, part)
        self._tree: Final = self._reserved()
        self._outline: Final = self._reserved()
        self._nodes: Final[list[int]] = []
        self._node = 0
        self._kids: Final[list[int]] = []
        self._marks = 0
        self._first_mark = 0
        self._mark: tuple[int, bytes] = (0, b"")

    def add(self, paper: OwnPdf, *, bookmark: str = "") -> None:
        """Add a paper, and a blank page where it would end on the front of a sheet.

        Args:
            paper: What to add.
            bookmark: Leads to its first page; none where it is empty.

        Raises:
            NotOurs: It is damaged; nothing of it was added.
        """
        pages = [paper.body(number) for number in paper.pages]
        numbers: dict[int, int] = {}
        starts = (number for page in pages for number in page.references if number != paper.tree)
        self._copy(_below(paper, starts), numbers)
        added = [self._page(page, numbers, paper.tree) for page in pages]
        if self.pages % 2:
            blank = self._frame.body(self._frame.pages[0])
            below = (number for number in blank.references if number != self._frame.tree)
            numbers = {}
            self._copy(_below(self._frame, below), numbers)
            self._page(blank, numbers, self._frame.tree)
        if words := archival.one_line(bookmark):
            self._bookmark(words, added[0])

    def close(self) -> None:
        """Write what had to wait: page tree, bookmarks, the catalogue, the table of offsets."""
        self._end_node()
        count, kids = self.pages, _list(self._nodes)
        self._write(self._tree, b"<<\n/Count %d /Kids [ %b ] /Type /Pages\n>>" % (count, kids))
        self._end_bookmarks()
        frame = self._frame
        numbers = {
            frame.tree: self._tree,
            frame.body(frame.root).value(b"Outlines"): self._outline,
        }
        ends = (frame.root, frame.information)
        self._copy(_below(frame, ends, known=numbers), numbers)
        table = self.length
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % (len(self._offsets) + 1))
        for at in range(0, len(self._offsets), _ROWS):
            self._put(b"".join(b"%010d 00000 n \n" % row for row in self._offsets[at : at + _ROWS]))
        name = self._sum.hexdigest()[:32].encode()
        root, information = (numbers[end] for end in ends)
        size = len(self._offsets) + 1
        self._put(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] >>\n"
            b"startxref\n%d\n%%%%EOF\n" % (size, root, information, name, name, table)
        )

    def _copy(self, bodies: Iterable[tuple[int, Body]], numbers: dict[int, int]) -> None:
        """Write objects, each after those it refers to; enter their new numbers."""
        for number, body in bodies:
            new = body.renumbered(numbers.__getitem__)
            octets = b"%b\n%b" % (new.entries, new.content) if new.content else new.entries
            digest = blake2b(octets, digest_size=16).digest()
            if (known := self._shared.get(digest)) is None:
                known = self._shared[digest] = self._reserved()
                self._write(known, octets)
                if len(self._shared) > _SHARED:
                    self._shared.popitem(last=False)
            else:
                self._shared.move_to_end(digest)
            numbers[number] = known

    def _page(self, page: Body, numbers: dict[int, int], tree: int) -> int:
        """Write a page and hang it on the node that is open."""
        self._node = self._node or self._reserved()
        number = self._reserved()
        self._write(number, page.renumbered({**numbers, tree: self._node}.__getitem__).entries)
        self._kids.append(number)
        self.pages += 1
        if len(self._kids) == _NODE:
            self._end_node()
        return number

    def _end_node(self) -> None:
        if self._kids:
            self._write(
                self._node,
                b"<<\n/Count %d /Kids [ %b ] /Parent %d 0 R /Type /Pages\n>>"
                % (len(self._kids), _list(self._kids), self._tree),
            )
            self._nodes.append(self._node)
        self._kids.clear()
        self._node = 0

    def _bookmark(self, words: str, page: int) -> None:
        """Write the bookmark before this one, which now has a next, and keep this one back."""
        number = self._reserved()
        before, entries = self._mark
        previous = b""
        if before:
            self._write(before, b"<<\n%b /Next %d 0 R\n>>" % (entries, number))
            previous = b" /Prev %d 0 R" % before
        title = words.encode("utf-16-be", "surrogatepass").hex().encode()
        self._mark = (
            number,
            b"/Title <feff%b> /Dest [ %d 0 R /Fit ] /Parent %d 0 R%b"
            % (title, page, self._outline, previous),
        )
        self._first_mark = self._first_mark or number
        self._marks += 1

    def _end_bookmarks(self) -> None:
        """Write the last bookmark and the outline itself (ISO 32000-1, 12.3.3)."""
        last, entries = self._mark
        ends = b""
        if last:
            self._write(last, b"<<\n%b\n>>" % entries)
            ends = b"/Count %d /First %d 0 R /Last %d 0 R " % (self._marks, self._first_mark, last)
        self._write(self._outline, b"<<\n%b/Type /Outlines\n>>" % ends)

    def _reserved(self) -> int:
        """Take the next number; its object is written later."""
        self._offsets.append(0)
        return len(self._offsets)

    def _write(self, number: int, octets: bytes) -> None:
        self._offsets[number - 1] = self.length
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, octets))

    def _put(self, octets: bytes) -> None:
        self._sink.write(octets)
        self._sum.update(octets)
        self.length += len(octets)


def _frame(title: str, letters: Letters, on: date, zone: str, part: Part) -> OwnPdf:
    """Make a paper of one empty page, whose outline is shown."""
    sink = BytesIO()
    paper = StreamedPaper(sink, title=title, letters=letters, on=on, zone=zone, part=part)
    paper.page([], {})
    paper.close(unfolded=True)
    return OwnPdf(sink.getvalue())


def _below(
    paper: OwnPdf, starts: Iterable[int], *, known: Iterable[int] = ()
) -> list[tuple[int, Body]]:
    """Read objects and all that they refer to, `known` ones apart; what is referred to comes first.

    Raises:
        NotOurs: Objects refer to each other in a ring, or one is not to be read.
    """
    found: dict[int, Body] = {}
    passed, opened = set(known), set[int]()

    def enter(number: int) -> None:
        if number in opened:
            raise NotOurs(number)
        if number in passed or number in found:
            return
        opened.add(number)
        body = paper.body(number)
        for other in body.references:
            enter(other)
        opened.remove(number)
        found[number] = body

    for start in starts:
        enter(start)
    return list(found.items())


def _list(numbers: Iterable[int]) -> bytes:
    return b"\n".join(b"%d 0 R" % number for number in numbers)
