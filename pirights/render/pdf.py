"""A document on A4 paper: laid out, drawn, and written as a PDF that is the same every time."""

import os
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from typing import Final

from pirights.domain.document import Block, Document, Heading, Language, Title
from pirights.render import fonts
from pirights.render.archival import Bookmark, Part
from pirights.render.blocks import MEASURE, Composer, Tightness
from pirights.render.contents import texts
from pirights.render.ink import Pen, rule
from pirights.render.paper import A4
from pirights.render.streaming import StreamedPaper
from pirights.render.strips import Placed, paginate
from pirights.render.typeset import Type, Typesetter, natural_width

_LEFT: Final = (A4[0] - MEASURE) / 2
_TOP: Final = 68.0
_BOTTOM: Final = 70.0
_ROOM: Final = A4[1] - _TOP - _BOTTOM
_FOOTER: Final = 42.0
"""From the lower edge to the footer's baseline, in points."""

_BELOW: Final = 10.0
"""From the footer's baseline to that of a changed template's name, in points."""

_RULE: Final = 0.5
"""Thickness of a ruled line, in points."""

_TIGHTER: Final = (Tightness(0.97, 0.85), Tightness(0.94, 0.7), Tightness(0.91, 0.6))
"""Tried in turn where the last page holds little: 1.6 em becomes 1.46 em at the tightest."""

_LITTLE: Final = 250.0
"""Height of text on a last page that may be worth drawing the others together for, in points:
a signature, a receipt box and a few lines."""

_DEEPEST: Final = 2
"""Level of the headings that still stand in the outline."""

_ABOVE: Final = 6.0
"""Blank that an outline's entry shows above the line it leads to, in points."""


def to_bytes(document: Document, *, part: Part = 2) -> bytes:
    """Render a document.

    Args:
        document: What to render.
        part: Of ISO 19005. Part 1 is older and narrower; it is there for judges who know no other.

    Raises:
        MissingGlyph: A character is in neither face.
    """
    return _render(document, part)[0]


def paged(document: Document) -> tuple[bytes, int]:
    """Render a document, and count its pages.

    Raises:
        MissingGlyph: A character is in neither face.
    """
    return _render(document, 2)


def write(document: Document, path: Path) -> int:
    """Render a document into a file, which appears whole or not at all; return its pages."""
    data, pages = _render(document, 2)
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return pages


def pages(document: Document) -> int:
    """Count the pages that a document takes.

    Raises:
        MissingGlyph: A character is in neither face.
    """
    fonts.check(texts(document))
    return len(_lay_out(document))


def _render(document: Document, part: Part) -> tuple[bytes, int]:
    fonts.check(texts(document))
    pages = _lay_out(document)
    stream = BytesIO()
    paper = StreamedPaper(
        stream,
        title=document.title,
        letters=document.letters,
        on=document.on,
        zone=document.zone,
        part=part,
        shows=document.shows,
    )
    pen = Pen(paper)
    for number, page in enumerate(pages, 1):
        footer = _footer(document, number, len(pages), pen)
        reference = paper.page([*_drawn(page, pen), *footer], {})
        for title, level, top in _landmarks(page, document.letters.languages[0]):
            paper.bookmark(Bookmark(title, reference, level, top))
    paper.close()
    return stream.getvalue(), len(pages)


def _landmarks(page: Sequence[Placed], language: Language) -> Iterator[tuple[str, int, float]]:
    """Give the titles and upper headings of a page in one language: text, level, place."""
    for placed in page:
        match placed.strip.landmark:
            case Title(text=text, language=own) if own is language:
                yield text, 0, _y(placed.top) + _ABOVE
            case Heading(text=text, language=own, level=level) if (
                own is language and level <= _DEEPEST
            ):
                yield text, level, _y(placed.top) + _ABOVE


def _lay_out(document: Document) -> list[list[Placed]]:
    """Lay out all on one page where that can be, else each part from a page of its own.

    A part begins with a title; a paper that has its second language as a whole after the first
    has two.
    """
    setter = Typesetter()
    together = _pages(setter, document.blocks)
    parts = _parts(document.blocks)
    if len(together) == 1 or len(parts) == 1:
        return together
    return [page for part in parts for page in _pages(setter, part)]


def _parts(blocks: Sequence[Block]) -> list[Sequence[Block]]:
    starts = [0]
    starts += [
        number
        for number, (before, block) in enumerate(pairwise(blocks), 1)
        if isinstance(block, Title) and not isinstance(before, Title)
    ]
    return [blocks[start:end] for start, end in pairwise([*starts, len(blocks)])]


def _pages(setter: Typesetter, blocks: Sequence[Block]) -> list[list[Placed]]:
    """Lay out at the full spacing, or tighter where that saves a page with little on it."""
    ways = _ways(setter, blocks, Tightness())
    pages = min(ways, key=len)
    little = any(len(way) == len(pages) and _height(way[-1]) <= _LITTLE for way in ways)
    if len(pages) > 1 and little:
        for tightness in _TIGHTER:
            tighter = min(_ways(setter, blocks, tightness), key=len)
            if len(tighter) < len(pages):
                return tighter
    return pages


def _ways(
    setter: Typesetter, blocks: Sequence[Block], tightness: Tightness
) -> list[list[list[Placed]]]:
    """Lay out with what belongs together on one page, and without."""
    strips = Composer(setter, tightness).compose(blocks)
    ways = [paginate(strips, _ROOM)]
    if len(ways[0]) > 1 and any(strip.paired for strip in strips):
        ways.append(paginate(strips, _ROOM, paired=False))
    return ways


def _height(page: Sequence[Placed]) -> float:
    return page[-1].top + page[-1].strip.height if page else 0.0


def _drawn(page: Sequence[Placed], pen: Pen) -> Iterator[str]:
    """Draw a page box by box, and inside a box cell by cell, as one reads."""
    yield f"{_RULE} w"
    for (frame, _), group in groupby(page, lambda placed: (placed.strip.frame, placed.strip.row)):
        row = list(group)
        marks = [(mark, placed.top) for placed in row for mark in placed.strip.marks]
        marks.sort(key=lambda drawn: drawn[0].column)
        for mark, top in marks:
            yield pen.text(mark.line, _LEFT + mark.x, _y(top + mark.baseline))
        if frame is not None:
            upper, lower = _y(row[0].top), _y(row[-1].top + row[-1].strip.height)
            left, right = _LEFT + frame.verticals[0], _LEFT + frame.verticals[-1]
            yield rule(left - _RULE / 2, upper, right + _RULE / 2, upper)
            yield rule(left - _RULE / 2, lower, right + _RULE / 2, lower)
            for x in frame.verticals:
                yield rule(_LEFT + x, upper, _LEFT + x, lower)


def _y(down: float) -> float:
    return A4[1] - _TOP - down


def _footer(document: Document, number: int, count: int, pen: Pen) -> Iterator[str]:
    """Draw the reference on the left and the page on the right; below, a changed template."""
    said = {
        Language.ZH: f"第 {number} 页 共 {count} 页",
        Language.EN: f"Page {number} of {count}",
    }
    page = " / ".join(said[language] for language in document.letters.languages)
    type_ = Type(fonts.SERIF, 8.5, 8.5, document.letters.languages[0])
    setter = Typesetter()
    if document.reference:
        yield pen.text(setter.lines(document.reference, type_, MEASURE)[0], _LEFT, _FOOTER)
    right = _LEFT + MEASURE - natural_width(page, type_)
    yield pen.text(setter.lines(page, type_, MEASURE)[0], right, _FOOTER)
    if document.origin:
        small = Type(fonts.SERIF, 6.5, 6.5, document.letters.languages[0])
        line = setter.lines(document.origin, small, MEASURE)[0]
        yield pen.text(line, _LEFT, _FOOTER - _BELOW)
