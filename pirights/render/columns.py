"""How wide the columns of boxes and tables are."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from pirights.render.typeset import Type, Typesetter, natural_width

_LABELS: Final = 0.34
"""Most that labels take of a box's width."""


def label_edge(names: Sequence[str], type_: Type, padding: float, measure: float) -> float:
    """Place the rule behind a box's labels: as far as they need, but most room is for values.

    A label that has to wrap in any case gets no more than the others need, where that costs it no
    further line.

    Args:
        names: The labels.
        type_: In which they are set.
        padding: Blank on both sides of a label, in points.
        measure: Width of the box, in points.
    """
    most = measure * _LABELS
    widths = [natural_width(name, type_) + 2 * padding + 1 for name in names]
    least = max((width for width in widths if width <= most), default=most)
    setter = Typesetter()
    for name, width in zip(names, widths, strict=True):
        if width > most:
            lines = [len(setter.lines(name, type_, edge - 2 * padding)) for edge in (least, most)]
            if lines[0] > lines[1]:
                return most
    return least


def edges(shares: Sequence[float], heads: Sequence[float], measure: float) -> tuple[float, ...]:
    """Share a width out over columns, none narrower than its head where that is possible.

    Args:
        shares: One for each column.
        heads: What each column's head needs, in points.
        measure: What there is, in points.
    """
    least = [min(head, measure / len(shares)) for head in heads]
    total = sum(shares)
    widths = [measure * share / total for share in shares]
    lacking = sum(max(0.0, need - width) for need, width in zip(least, widths, strict=True))
    spare = sum(max(0.0, width - need) for need, width in zip(least, widths, strict=True))
    given = lacking / spare if spare else 0.0
    return (
        0.0,
        *accumulate(
            need if width < need else width - given * (width - need)
            for need, width in zip(least, widths, strict=True)
        ),
    )
