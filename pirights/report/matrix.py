"""The matrix client × right: how many of the items asked for have which mark."""

from collections.abc import Iterator, Mapping
from typing import Final

from pirights.domain.request import Right, Score
from pirights.errors import message
from pirights.report.figures import Client, Figures, Marks
from pirights.report.markup import Html, Pen, Row

_SIGNS: Final[Mapping[Score, str]] = {
    Score.GIVEN: "●",
    Score.PARTIAL: "◎",
    Score.REFUSED: "×",
    Score.SILENT: "△",
    Score.OPEN: "○",
}
"""All are in GB/T 2312, so that every Chinese font has them; none is told by its colour alone."""


def lines(figures: Figures, pen: Pen) -> Iterator[str]:
    """Write the matrix with its key; where it is cut short, say so."""
    if not figures.rights:
        yield pen.note(message("Nothing was asked for yet."))
        return
    key = "".join(
        f'<span class="key">{sign} {pen.text(score)}</span>' for score, sign in _SIGNS.items()
    )
    yield f'<p class="legend">{key}</p>'
    everybody = Row(
        cells=(
            message("All {count} clients", count=figures.client_count),
            figures.case_count,
            *(_marks(figures.total.get(right, {}), pen) for right in figures.rights),
        ),
        kind="all",
    )
    yield from pen.table(
        "matrix",
        (message("Client"), message("Cases"), *figures.rights),
        [
            *([everybody] if figures.client_count > 1 else []),
            *(_row(client, figures, pen) for client in figures.clients),
        ],
        caption=message(
            "Items of the requests, by the right they rest on, each with its mark. A courtesy "
            "question rests on none and is not counted; no mark yet is open."
        ),
    )
    if figures.client_count > len(figures.clients):
        yield pen.note(
            message(
                "Shown are the {count} clients with the most items not given, of {all}; the first "
                "row counts all. For one client: `pirights report --person {label}`.",
                count=len(figures.clients),
                all=figures.client_count,
                label=f"P{figures.clients[0].number}",
            )
        )


def _row(client: Client, figures: Figures, pen: Pen) -> Row:
    def cell(right: Right) -> Html:
        return _marks(client.marks.get(right, {}), pen)

    return Row(
        name=f"P{client.number}",
        cells=(f"P{client.number} {client.name}", client.cases, *map(cell, figures.rights)),
    )


def _marks(marks: Marks, pen: Pen) -> Html:
    told = [
        f'<span class="mark" title="{pen.text(score)}">{sign} {count}</span>'
        for score, sign in _SIGNS.items()
        if (count := marks.get(score, 0))
    ]
    return Html(" ".join(told))
