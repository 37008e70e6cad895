"""Charts drawn as SVG inside the page: each stands beside its number and says nothing beyond it."""

from collections.abc import Sequence

from pirights.report.figures import Answering
from pirights.report.markup import Html

_SPAN = 128
"""Units of length in which a whole bar is drawn."""

_COLUMN = 44
_HEIGHT = 72


def bar(count: int, most: int) -> Html:
    """Draw a count as a bar, the largest count being a whole one."""
    length = _scaled(count, most)
    return Html(
        f'<svg class="bar" viewBox="0 0 {_SPAN} 10" width="{_SPAN}" height="10" aria-hidden="true">'
        f'<rect width="{length}" height="10"/></svg>'
    )


def spread(one: Answering, most: int) -> Html:
    """Draw the days of a handler: a line from the fastest to the slowest, the median on it."""
    if one.middle is None:
        return Html("")
    first, last = _scaled(one.days[0], most), _scaled(one.days[-1], most)
    middle = _scaled(one.middle, most)
    return Html(
        f'<svg class="spread" viewBox="-5 0 {_SPAN + 10} 12" width="{_SPAN + 10}" height="12" '
        'aria-hidden="true">'
        f'<path d="M0 6H{_SPAN}" class="scale"/>'
        f'<path d="M{first} 6H{last}M{first} 3V9M{last} 3V9"/>'
        f'<circle cx="{middle}" cy="6" r="3.5"/></svg>'
    )


def columns(named: Sequence[tuple[str, int]]) -> Html:
    """Draw counts as columns with their names below; the names are digits and dashes of ours."""
    most = max((count for _, count in named), default=0)
    width = _COLUMN * len(named)
    drawn = []
    for place, (name, count) in enumerate(named):
        left, height = _COLUMN * place, round(_HEIGHT * count / most, 1) if most else 0
        centre = left + _COLUMN / 2
        drawn.append(
            f'<rect x="{left + 8}" y="{16 + _HEIGHT - height:g}" width="{_COLUMN - 16}" '
            f'height="{height:g}"/>'
            f'<text x="{centre:g}" y="{12 + _HEIGHT - height:g}">{count or ""}</text>'
            f'<text x="{centre:g}" y="{_HEIGHT + 29}">{name}</text>'
        )
    return Html(
        f'<svg class="columns" viewBox="0 0 {width} {_HEIGHT + 34}" width="{width}" '
        f'height="{_HEIGHT + 34}" aria-hidden="true">'
        f'<path d="M0 {_HEIGHT + 16.5}H{width}"/>{"".join(drawn)}</svg>'
    )


def _scaled(value: float, most: int) -> str:
    return f"{_SPAN * value / most:.1f}" if most else "0"
