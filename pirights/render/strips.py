"""A paper as a column of strips: slices that are never cut, with what ties them together.

A block becomes strips of one line each. Two strips are tied where no page may end between them:
a heading and what follows it, the first two and the last two lines of a paragraph, a signature
and the text it signs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pirights.domain.document import Heading, Title
from pirights.render.typeset import SetLine

_BREATH: Final = 3.0
"""Blank above and below the rule that cuts a row, in points."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of text in a strip: `x` from the left, `baseline` from the strip's top, in points."""

    line: SetLine
    x: float
    baseline: float
    column: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The ruled lines around and inside a box or table.

    Attributes:
        verticals: Where the vertical rules stand, from the left of the text, in points.
        head: The strips repeated on top of every page the table goes on to.
    """

    verticals: tuple[float, ...]
    head: tuple["Strip", ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """A slice of the paper that stays whole.

    Attributes:
        height: In points.
        gap: Blank above, in points; left out on top of a page.
        marks: The text in it.
        tied: No page ends just below.
        paired: Nor should it, where that costs no page.
        frame: The box it is a part of.
        row: The row of that box; a rule is drawn where the row changes.
        landmark: The title or heading that begins with it.
    """

    height: float
    gap: float = 0.0
    marks: tuple[Mark, ...] = ()
    tied: bool = False
    paired: bool = False
    frame: Frame | None = None
    row: int = 0
    landmark: Title | Heading | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip on its page; `top` from the top of the text area, in points."""

    strip: Strip
    top: float


def tie(strips: Sequence[Strip], *, all_: bool = False) -> list[Strip]:
    """Tie a run of strips so that no page begins or ends with a single one of them."""
    last = len(strips) - 1
    return [
        replace(strip, tied=True) if at < last and (all_ or at in {0, last - 1}) else strip
        for at, strip in enumerate(strips)
    ]


def tie_tail(strips: list[Strip], count: int = 2) -> None:
    """Tie the last strips of a paper to what will follow them."""
    for at in range(max(0, len(strips) - count), len(strips)):
        strips[at] = replace(strips[at], tied=True)


def paginate(strips: Sequence[Strip], room: float, *, paired: bool = True) -> list[list[Placed]]:
    """Share strips out over pages `room` points high; `paired` ones are tied only if that is so."""
    pages: list[list[Placed]] = []
    start = 0
    while start < len(strips) or not pages:
        page, end = _page(strips, start, room, paired=paired)
        pages.append(page)
        start = end
    return pages


def _page(
    strips: Sequence[Strip], start: int, room: float, *, paired: bool
) -> tuple[list[Placed], int]:
    page: list[Placed] = []
    top = 0.0
    if start and start < len(strips):
        top = _repeat_head(strips[start - 1], strips[start], page)
    repeated = len(page)
    end = start
    while end < len(strips):
        strip = strips[end]
        gap = strip.gap if page else 0.0
        if top + gap + strip.height > room + 0.01 and end > start:
            break
        page.append(Placed(strip, top + gap))
        top += gap + strip.height
        end += 1
    if end < len(strips):
        cut = end
        while cut > start and (strips[cut - 1].tied or (paired and strips[cut - 1].paired)):
            cut -= 1
        if cut > start:  # else all of it is tied together: a page must end somewhere
            end = cut
        del page[repeated + end - start :]
        last, after = strips[end - 1], strips[end]
        if _same_row(last, after):
            page.append(Placed(_breath(last), page[-1].top + last.height))
    return page, end


def _same_row(before: Strip, after: Strip) -> bool:
    return before.frame is not None and (before.frame, before.row) == (after.frame, after.row)


def _breath(strip: Strip) -> Strip:
    """Keep the rule off the text where the end of a page cuts a row."""
    return Strip(_BREATH, frame=strip.frame, row=strip.row)


def _repeat_head(before: Strip, first: Strip, page: list[Placed]) -> float:
    """Put a table's head on top of the page it goes on to; return the height it takes."""
    top = 0.0
    if first.frame is not None and first.frame is before.frame:
        for strip in first.frame.head:
            page.append(Placed(strip, top))
            top += strip.height
        if _same_row(before, first):
            page.append(Placed(_breath(first), top))
            top += _BREATH
    return top
