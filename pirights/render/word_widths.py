"""How wide columns and signatures are made in a Word file, whose fonts are not known here.

A Chinese character takes one em, a Latin one half of it: near enough for a box to fit its words.
All measures are twentieths of a point.
"""

from collections.abc import Sequence
from typing import Final

from pirights.domain.document import Block, Fields, Signature, Table
from pirights.render.printable import readable
from pirights.render.text import cells
from pirights.render.word_styles import CELL_MARGIN, CELL_SIZES, SIZES, WIDTH

_AROUND: Final = 2 * CELL_MARGIN + 40
_LABEL_SHARE: Final = 0.34
"""Of the width, at most, for the labels of a box."""

_SIGNATURE_SHARE: Final = 0.6
_SPARE: Final = 1.15
"""For fonts that run wide: a line to sign on is not to be broken."""


def signature(blocks: Sequence[Block]) -> int:
    """Return the width of all signatures, which stand below each other at the right."""
    widths = [
        _width(line, SIZES[block.language])
        for block in blocks
        if isinstance(block, Signature)
        for line in block.lines
    ]
    return min(round(_SPARE * max(widths, default=0)), round(WIDTH * _SIGNATURE_SHARE))


def fields(block: Fields) -> tuple[int, int]:
    """Return the widths of labels and values."""
    size = CELL_SIZES[block.language]
    widest = max((_width(name, size) for name, _ in block.rows), default=0)
    label = min(widest + _AROUND, round(WIDTH * _LABEL_SHARE))
    return label, WIDTH - label


def columns(block: Table) -> list[int]:
    """Share the width out, no column narrower than its head where that is possible."""
    shares = block.widths or (1.0,) * len(block.head)
    size = CELL_SIZES[block.language]
    heads = [max(_width(line, size) for line in text.split("\n")) for text in block.head]
    least = [min(width + _AROUND, WIDTH // len(shares)) for width in heads]
    wished = [
        max(0.0, WIDTH * share / sum(shares) - need)
        for share, need in zip(shares, least, strict=True)
    ]
    spare = (WIDTH - sum(least)) / (sum(wished) or 1.0)
    widths = [need + int(spare * wish) for need, wish in zip(least, wished, strict=True)]
    widths[-1] += WIDTH - sum(widths)
    return widths


def _width(text: str, size: float) -> int:
    return round(cells(readable(text)) * size / 2 * 20)
