"""The bound exhibits: every exhibit's pages on A4, stamped and numbered through, with bookmarks.

What a stranger wrote never reaches this file as anything but pixels or plain text. An exhibit
that cannot be shown gets a sheet that says why, with the original's name, length and SHA-256.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import BinaryIO, Final

from pirights.domain.bundle import Exhibit, joined, paged
from pirights.domain.document import Language, Letters
from pirights.domain.refusal import Refusal
from pirights.domain.words import Words
from pirights.render import fonts
from pirights.render.archival import Bookmark
from pirights.render.blocks import MEASURE
from pirights.render.exhibit_pages import ROOM, Edition, ExhibitSource, Page, pages_of, to_open
from pirights.render.ink import Pen, rule
from pirights.render.paper import A4
from pirights.render.printable import showable
from pirights.render.raster import DEFAULT_LIMITS, Limits, PageImage
from pirights.render.raster_ahead import renditions
from pirights.render.streaming import StreamedPaper, is_grey
from pirights.render.strips import Placed
from pirights.render.typeset import SetLine, Type, Typesetter, natural_width

__all__ = ["Bound", "ExhibitSource", "bind"]

_LEFT: Final = (A4[0] - MEASURE) / 2
_FOOT: Final = 62.0
"""Where an exhibit's own page ends, above the stamp; in points from the lower edge."""

_TOP: Final = _FOOT + ROOM
"""Where it begins, under the head line."""

_EDGE: Final = 40.0
"""Blank left and right of a picture, in points."""

_LARGEST_PIXEL: Final = 1.0
"""Points: a small picture is not blown up beyond 72 dpi."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What became of the exhibits.

    Attributes:
        exhibits: As given, now with their pages.
        pages: Of the whole bound copy.
        refusals: Exhibit numbers with the reason why not all of the original is shown.
    """

    exhibits: tuple[Exhibit, ...]
    pages: int
    refusals: tuple[tuple[int, Refusal], ...]


def bind(  # noqa: PLR0913  what all pages share, named one by one
    sources: Sequence[ExhibitSource],
    sink: BinaryIO,
    *,
    reference: str,
    on: date,
    zone: str,
    letters: Letters,
    limits: Limits = DEFAULT_LIMITS,
) -> Bound:
    """Write the bound copy (02-exhibits.pdf). The same input gives the same bytes.

    Args:
        sources: Numbered already, in the catalogue's order; files of one number are one exhibit.
        sink: Written from its present place on, as the pages come.
        reference: The case's, for the foot of each page.
        on: The date of the bundle, which dates the file.
        zone: In which `on` is a day and times of import are shown.
        letters: Language or languages of stamps and sheets.
        limits: What each stranger's file may cost.
    """
    edition = Edition(reference=reference, on=on, zone=zone, letters=letters, limits=limits)
    paper = StreamedPaper(
        sink,
        title=_both(Words(zh="证据装订本", en="Bound exhibits"), edition.letters),
        letters=edition.letters,
        on=edition.on,
        zone=edition.zone,
    )
    binder = _Binder(paper, edition)
    counts: list[int] = []
    refusals: list[tuple[int, Refusal]] = []
    opened = renditions([to_open(source) for source in sources], limits)
    files = zip(sources, opened, strict=True)
    for number, group in groupby(files, lambda pair: pair[0].exhibit.number):
        made: list[tuple[ExhibitSource, list[Page]]] = []
        for source, rendition in group:
            pages, refused = pages_of(source, edition, rendition)
            made.append((source, pages))
            counts.append(len(pages))
            refusals += [(number, reason) for reason in refused]
        binder.add(made)
    paper.close(unfolded=True)
    told = groupby(paged([source.exhibit for source in sources], counts), lambda one: one.number)
    return Bound(
        exhibits=tuple(joined(list(one)) for _, one in told),
        pages=sum(counts),
        refusals=tuple(dict.fromkeys(refusals)),
    )


class _Binder:
    """Puts pages on paper, one exhibit after the other, and counts them through."""

    def __init__(self, paper: StreamedPaper, edition: Edition) -> None:
        self._paper: Final = paper
        self._pen: Final = Pen(paper)
        self._reference: Final = edition.reference
        self._letters: Final = edition.letters
        self._bound = 0

    def add(self, files: Sequence[tuple[ExhibitSource, Sequence[Page]]]) -> None:
        """Add the pages of an exhibit's files with stamps, and its bookmark."""
        pages = [(source, page) for source, pages in files for page in pages]
        exhibit = files[0][0].exhibit
        for number, (source, page) in enumerate(pages, start=1):
            self._bound += 1
            pictures = {}
            operators = [*self._head(source), *self._stamp(exhibit.number, number, len(pages))]
            if page.picture is not None:
                picture = page.picture
                pictures["Im1"] = self._paper.picture(
                    picture.jpeg, picture.width, picture.height, grey=is_grey(picture.jpeg)
                )
                operators.append(_fitted(picture))
            operators += _drawn(page.placed, self._pen)
            reference = self._paper.page(operators, pictures)
            if number == 1:
                self._paper.bookmark(Bookmark(self._name(exhibit), reference))

    def _name(self, exhibit: Exhibit) -> str:
        number = exhibit.number
        name = Words(
            zh=f"证据{number} {exhibit.title.zh}", en=f"Exhibit {number}: {exhibit.title.en}"
        )
        return showable(_both(name, self._letters))

    def _head(self, source: ExhibitSource) -> Iterator[str]:
        exhibit, heading = source.exhibit, source.heading or source.exhibit.title
        language = self._letters.languages[0]
        type_ = Type(fonts.SERIF, 8.5, 12.0, language)
        title = _clipped(showable(heading.in_(language)), type_, MEASURE * 0.45)
        name = _clipped(showable(exhibit.original_name), type_, MEASURE * 0.52)
        yield self._pen.text(_line(title, type_), _LEFT, A4[1] - 34)
        yield self._pen.text(
            _line(name, type_), _LEFT + MEASURE - natural_width(name, type_), A4[1] - 34
        )
        yield f"0.5 w {rule(_LEFT, A4[1] - 40, _LEFT + MEASURE, A4[1] - 40)}"

    def _stamp(self, exhibit: int, page: int, pages: int) -> Iterator[str]:
        """Say which exhibit, which of its pages, and which page of the whole copy this is."""
        said = Words(
            zh=f"证据{exhibit} 第{page}页/共{pages}页 · 总第{self._bound}页",
            en=f"Exhibit {exhibit}, page {page} of {pages} · bound page {self._bound}",
        )
        yield f"0.5 w {rule(_LEFT, _FOOT - 8, _LEFT + MEASURE, _FOOT - 8)}"
        baseline = _FOOT - 22
        for language in self._letters.languages:
            size = 10.5 if language is Language.ZH else 9.0
            type_ = Type(fonts.SANS, size, 12.0, language)
            text = said.in_(language)
            right = _LEFT + MEASURE - natural_width(text, type_)
            yield self._pen.text(_line(text, type_), right, baseline)
            baseline -= 13
        type_ = Type(fonts.SERIF, 8.5, 12.0, Language.EN)
        yield self._pen.text(_line(self._reference, type_), _LEFT, _FOOT - 22)


def _drawn(page: Sequence[Placed], pen: Pen) -> Iterator[str]:
    """Draw placed strips, and the rules of those that stand in a box."""
    for (frame, _), group in groupby(page, lambda placed: (placed.strip.frame, placed.strip.row)):
        row = list(group)
        for placed in row:
            for mark in placed.strip.marks:
                yield pen.text(mark.line, _LEFT + mark.x, _TOP - placed.top - mark.baseline)
        if frame is not None:
            upper, lower = _TOP - row[0].top, _TOP - row[-1].top - row[-1].strip.height
            for y in (upper, lower):
                yield rule(_LEFT + frame.verticals[0], y, _LEFT + frame.verticals[-1], y)
            for x in frame.verticals:
                yield rule(_LEFT + x, upper, _LEFT + x, lower)


def _fitted(picture: PageImage) -> str:
    """Draw a picture as large as the page allows, in its middle."""
    room, height = A4[0] - 2 * _EDGE, _TOP - _FOOT
    scale = min(room / picture.width, height / picture.height, _LARGEST_PIXEL)
    wide, high = picture.width * scale, picture.height * scale
    x, y = (A4[0] - wide) / 2, _FOOT + (height - high) / 2
    return f"q {wide:.3f} 0 0 {high:.3f} {x:.3f} {y:.3f} cm /Im1 Do Q"


def _both(words: Words, letters: Letters) -> str:
    return " / ".join(dict.fromkeys(words.in_(language) for language in letters.languages))


def _line(text: str, type_: Type) -> SetLine:
    return Typesetter().lines(text.replace("\n", " "), type_, A4[0])[0]


def _clipped(text: str, type_: Type, room: float) -> str:
    """Shorten a text to one line of `room` points."""
    if natural_width(text, type_) <= room:
        return text
    while text and natural_width(text + "…", type_) > room:
        text = text[:-1]
    return text + "…"
