"""The lists of the page: what is due, and the cases, each found by a link."""

from collections.abc import Iterator

from pirights.domain.period import Force
from pirights.errors import message
from pirights.report.figures import Figures
from pirights.report.markup import Pen, Row


def due(figures: Figures, pen: Pen) -> Iterator[str]:
    """List what is due, earliest first, each day with on whose word it stands."""
    if not figures.due:
        yield pen.note(message("Nothing is due."))
        return
    listed = {one.ref for one in figures.cases}
    yield from pen.table(
        "due",
        (
            *(message("Due on"), message("Case"), message("Client"), message("Handler")),
            *(message("What"), message("On whose word")),
        ),
        [
            Row(
                cells=(
                    one.on,
                    pen.link(one.ref, one.ref) if one.ref in listed else one.ref,
                    f"P{one.client} {one.client_name}",
                    one.handler,
                    one.what,
                    one.force,
                ),
                kind="passed" if one.passed else "",
            )
            for one in figures.due
        ],
        caption=message("Days that have come stand first."),
    )
    if figures.due_count > len(figures.due):
        yield pen.note(
            message(
                "The first {count} of {all}; `pirights due` lists them all.",
                count=len(figures.due),
                all=figures.due_count,
            )
        )
    if all(one.force is not Force.STATUTORY for one in figures.due):
        yield pen.note(
            message(
                "The Personal Information Protection Law sets no number of days for an answer; no "
                "date for one here is statutory."
            )
        )


def cases(figures: Figures, pen: Pen) -> Iterator[str]:
    """List the cases, newest first."""
    if not figures.cases:
        yield pen.note(message("There is no case yet."))
        return
    shown = {one.number for one in figures.clients}
    yield from pen.table(
        "cases",
        (
            *(message("Case"), message("Client"), message("Handler"), message("Stage")),
            *(message("Outcome"), message("Opened on"), message("Last message")),
            message("Next day"),
        ),
        [
            Row(
                name=one.ref,
                cells=(
                    one.ref,
                    pen.link(f"P{one.client}", f"P{one.client} {one.client_name}")
                    if one.client in shown
                    else f"P{one.client} {one.client_name}",
                    one.handler,
                    one.stage,
                    one.outcome,
                    one.opened_on,
                    one.last,
                    one.due,
                ),
            )
            for one in figures.cases
        ],
        caption=message("Newest first."),
    )
    if figures.case_count > len(figures.cases):
        yield pen.note(
            message(
                "The newest {count} of {all}; `pirights case list --all` lists them all.",
                count=len(figures.cases),
                all=figures.case_count,
            )
        )
