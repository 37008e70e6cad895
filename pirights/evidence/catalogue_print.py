"""The catalogue on paper against its rows: every printed cell, in order, and no row besides."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import Final

from pirights.domain.catalogue import CatalogueRow
from pirights.errors import Message, message

_HEADS: Final = (
    "序号证据名称证据来源证明目的页码原件/复印件",
    "No.ExhibitSourcePurposeofproofPageOriginalorcopy",
)
"""The table's first line in each language, squeezed. Bundles sealed under an older wording stay
valid only while it stands here."""

_HEAD: Final = "\0"
"""What stands for the table's first line in squeezed text, which has no control character."""

_FOOT: Final = re.compile(r".*(第\d+页共\d+页|Page\d+of\d+)", re.DOTALL)
"""The last line of a page, squeezed."""

_ORDINAL: Final = 12
"""Characters that may stand before a group's name in its heading: 第十二组, Group12:."""

_LONGEST_ROW: Final = 20_000
"""Characters of a row that may run over to another page."""

_MOST_WAYS: Final = 200
"""Ways of sharing a row between pages that are tried; nearly always there is one."""

_Place = tuple[int, int]
"""A page, and a character in it."""


def disagreement(text: str, rows: Sequence[CatalogueRow], *, other: str) -> Message | None:
    """Say how the words of the printed catalogue differ from its rows, None where they do not.

    Args:
        text: The words of the PDF, a form feed between pages.
        rows: What they should show.
        other: The file that holds the rows.
    """
    pages = [_page(page) for page in text.split("\f")]
    if rows and not any(pages):
        return message("It holds no words that can be read, so its rows were not compared.")
    further = message("It shows a further exhibit that {other} does not name.", other=other)
    place: _Place = (0, 0)
    for suffix in ("", "_en"):
        if not rows or (suffix and not _has_table(pages, place)):
            break
        begun = _first(pages, place, _cell(rows[0], f"group{suffix}"))
        if begun is None:
            return further if suffix else _missing(rows[0], other)
        if suffix and _is_further(_between(pages, place, begun), len(rows)):
            return further
        place = begun
        for before, row in zip([rows[0], *rows], rows, strict=False):
            heading = f"group{suffix}"
            if getattr(row, heading) != getattr(before, heading):
                begun = _after_heading(pages, place, _cell(row, heading))
            shown = begun and _after_row(pages, begun, _cells(row, suffix), repeat(0, _MOST_WAYS))
            if shown is None:
                return _missing(row, other)
            place = begun = shown
    rest = _between(pages, place, (len(pages), 0))
    return further if _is_further(rest, len(rows)) else None


def squeezed(text: str) -> str:
    """Leave out what setting a text in lines changes: blanks, hyphens, forms of characters.

    A hyphen at the end of a line is read back from a PDF as U+0002, U+FFFE or U+00AD.
    """
    return "".join(filter(_is_kept, unicodedata.normalize("NFKD", text)))


@cache
def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] not in "CZ" and category != "Pd"


def _page(text: str) -> str:
    """Squeeze a page, without its last line where that is the foot of the page."""
    lines = text.splitlines()
    if lines and _FOOT.fullmatch(squeezed(lines[-1])):
        del lines[-1]
    page = squeezed("".join(lines))
    for head in _HEADS:
        page = page.replace(squeezed(head), _HEAD)
    return page


def _cell(row: CatalogueRow, key: str) -> str:
    return squeezed(getattr(row, key))


def _cells(row: CatalogueRow, suffix: str) -> tuple[str, ...]:
    return tuple(
        _cell(row, key)
        for key in (
            "number",
            f"title{suffix}",
            f"source{suffix}",
            f"purpose{suffix}",
            "pages",
            f"held{suffix}",
        )
    )


def _missing(row: CatalogueRow, other: str) -> Message:
    return message(
        "It does not show row {number} of {other} as it is there.", number=row.number, other=other
    )


def _is_further(rest: str, rows: int) -> bool:
    """Say whether what follows the last row goes on with a next row or another table."""
    return _HEAD in rest or rest.startswith(str(rows + 1))


def _between(pages: Sequence[str], start: _Place, end: _Place) -> str:
    """Give the text between two places, without the heading and table head that `_first` found."""
    (page, at), (last, until) = start, end
    if page == last:
        return pages[page][at : max(at, until - 1)]
    whole = [pages[page][at:], *pages[page + 1 : last]]
    if last < len(pages):
        whole.append(pages[last][: max(0, until - 1)])
    return "".join(whole)


def _has_table(pages: Sequence[str], place: _Place) -> bool:
    return _HEAD in _between(pages, place, (len(pages), 0))


def _first(pages: Sequence[str], place: _Place, group: str) -> _Place | None:
    """Find where the first table of a language begins, behind its group's heading and its head."""
    page, at = place
    for number in range(page, len(pages)):
        found = pages[number].find(f"{group}{_HEAD}", at if number == page else 0)
        if found >= 0:
            return number, found + len(group) + 1
    return None


def _after_heading(pages: Sequence[str], place: _Place, group: str) -> _Place | None:
    """Step over a group's heading and its table's head."""
    for page, at in _here_or_next(pages, place):
        wanted = f"{group}{_HEAD}"
        found = pages[page].find(wanted, at, at + _ORDINAL + len(wanted))
        if found >= 0:
            return page, found + len(wanted)
    return None


def _here_or_next(pages: Sequence[str], place: _Place) -> Iterator[_Place]:
    page, at = place
    yield place
    if at == len(pages[page]) and page + 1 < len(pages):
        yield page + 1, 0


def _after_row(
    pages: Sequence[str], place: _Place, cells: tuple[str, ...], ways: Iterator[int]
) -> _Place | None:
    """Step over a row, which may run over to the next pages, cell by cell."""
    page, at = place
    if page and not at and pages[page].startswith(_HEAD):
        at = len(_HEAD)
    whole = "".join(cells)
    if pages[page].startswith(whole, at):
        return page, at + len(whole)
    left = len(pages[page]) - at
    if page + 1 == len(pages) or left >= min(len(whole), _LONGEST_ROW):
        return None
    for rest, _ in zip(_shared(cells, pages[page][at:], set()), ways, strict=False):
        after = _after_row(pages, (page + 1, 0), rest, ways)
        if after is not None:
            return after
    return None


def _shared(
    cells: tuple[str, ...], text: str, hopeless: set[tuple[int, int]]
) -> Iterator[tuple[str, ...]]:
    """Give what is left of the cells when beginnings of them, in order, make up the text."""
    if not cells:
        if not text:
            yield ()
        return
    if (len(cells), len(text)) in hopeless:
        return
    length = 0
    for mine, theirs in zip(cells[0], text, strict=False):
        if mine != theirs:
            break
        length += 1
    found = False
    for taken in range(length, -1, -1):
        for rest in _shared(cells[1:], text[taken:], hopeless):
            found = True
            yield cells[0][taken:], *rest
    if not found:
        hopeless.add((len(cells), len(text)))
