"""What the end of a page should not part: a lead-in and its list, a text and its English."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pirights.domain.document import Block, Language, Paragraph
from pirights.render.strips import Strip

ROW_WHOLE: Final = 8
"""A table row of up to so many lines is not cut by the end of a page."""

_SHORT: Final = 2
"""Lines of a paragraph up to which its English begins on the same page."""

_LEADING_IN: Final = ("：", ":")
"""What ends a text that announces the next."""


def belongs(before: Block | None, block: Block | None, lines: int) -> bool:
    """Tell whether a block should be on the page where the one before it ends.

    Args:
        before: A text that may announce the next, or have its English behind it.
        block: What follows.
        lines: How many the one before took.
    """
    if not isinstance(before, Paragraph):
        return False
    if before.text.endswith(_LEADING_IN):
        return True
    english = isinstance(block, Paragraph) and block.language is Language.EN
    return english and before.language is Language.ZH and lines <= _SHORT


def hold_rows(rows: Sequence[list[Strip]]) -> list[Strip]:
    """Stack the rows of a table, so that neither the first nor the last is alone on a page."""
    strips: list[Strip] = []
    last = len(rows) - 1
    for at, (row, after) in enumerate(pairwise((*rows, []))):
        begins = at == (1 if rows[0] and rows[0][-1].tied else 0)
        whole = at < last and (begins or at == last - 1) and len(row) + len(after) <= ROW_WHOLE
        strips += [*row[:-1], replace(row[-1], tied=True)] if whole else row
    return strips
