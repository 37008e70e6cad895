"""The counted parts of the page: stages and outcomes, days until an answer, scans by month."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from pirights.domain.case import Outcome, Stage
from pirights.errors import Message, message
from pirights.report import charts
from pirights.report.figures import Answering, Figures
from pirights.report.markup import Pen, Row

MONTHS: Final = 12
"""Columns of the table of scans; what lies before them is summed up."""


def opening(figures: Figures, pen: Pen) -> Iterator[str]:
    """Say when, of what, and what kind of page this is."""
    yield pen.note(message("As of {at}, on the clock of {zone}.", at=figures.at, zone=figures.zone))
    closed = figures.stages.get(Stage.CLOSED, 0)
    yield pen.element(
        "p",
        message(
            "Cases: {cases}, of which open: {open}. Clients: {clients}. Days that have come: "
            "{passed}.",
            cases=figures.case_count,
            open=figures.case_count - closed,
            clients=figures.client_count,
            passed=figures.passed_count,
        ),
    )
    yield pen.note(
        message(
            "This page is not encrypted, and it names people. Keep it as you would keep a letter."
        )
    )


def stages(figures: Figures, pen: Pen) -> Iterator[str]:
    """Count the cases by stage, and the closed ones by outcome."""
    if not figures.case_count:
        yield pen.note(message("There is no case yet."))
        return
    yield '<div class="pair"><div>'
    yield from _counted(
        message("Stage"),
        [(stage, figures.stages.get(stage, 0)) for stage in Stage],
        pen,
        caption=message("A stage follows from the letters and replies of a case."),
    )
    yield "</div><div>"
    yield from _counted(
        message("Outcome"),
        [(outcome, figures.outcomes.get(outcome, 0)) for outcome in Outcome],
        pen,
        caption=message("An outcome is what was said when a case was closed."),
    )
    yield "</div></div>"


def _counted(
    heading: Message,
    counts: list[tuple[StrEnum, int]],
    pen: Pen,
    *,
    caption: Message,
) -> Iterable[str]:
    most = max(count for _, count in counts)
    return pen.table(
        "counts",
        (heading, message("Cases"), ""),
        [Row(cells=(name, count, charts.bar(count, most))) for name, count in counts if count],
        caption=caption,
    )


def answers(figures: Figures, pen: Pen) -> Iterator[str]:
    """Tell how long each handler took, with the number of answers that this rests on."""
    if not figures.answering:
        yield pen.note(message("No request has left yet."))
        return
    most = max((one.days[-1] for one in figures.answering if one.days), default=0)
    yield from pen.table(
        "answers",
        (
            *(message("Handler"), message("Requests sent"), message("Answered")),
            *(message("Median, days"), message("Fastest and slowest")),
            message("0 to {days} days", days=most) if most else "",
            message("Waiting; longest, days"),
        ),
        [_answering(one, most) for one in figures.answering],
        caption=message(
            "Counted from the day on which a request left to the first reply that gives, refuses "
            "or says that nothing is held. Only what this vault holds: a few cases say little of "
            "a company."
        ),
    )
    answered = sum(len(one.days) for one in figures.answering)
    read = sum(one.read for one in figures.answering)
    if read < answered:
        yield pen.note(
            message(
                "Of these answers, {count} were not confirmed by anybody: that they are answers "
                "is read from their words.",
                count=answered - read,
            )
        )
    if figures.answering_count > len(figures.answering):
        yield pen.note(
            message(
                "The {count} handlers with the most requests, of {all}.",
                count=len(figures.answering),
                all=figures.answering_count,
            )
        )


def _answering(one: Answering, most: int) -> Row:
    middle = one.middle
    return Row(
        cells=(
            f"H{one.number} {one.name}",
            one.sent,
            len(one.days),
            "" if middle is None else f"{middle:g}",
            f"{one.days[0]} – {one.days[-1]}" if len(one.days) > 1 else "",
            charts.spread(one, most),
            f"{len(one.waiting)}; {one.waiting[0]}" if one.waiting else "",
        )
    )


def scans(figures: Figures, pen: Pen) -> Iterator[str]:
    """Count the scans by month, and by kind of place in each month."""
    if not figures.scans:
        yield pen.note(message("No scan is written down."))
        return
    found = Counter[date]()
    for months in figures.scans.values():
        found.update(months)
    shown = _months(min(found), max(found))
    if len(shown) > 1:
        named = [(f"{month:%Y-%m}", found[month]) for month in shown]
        yield pen.text(charts.columns(named))
    earlier = any(month < shown[0] for month in found)
    yield from pen.table(
        "scans",
        (
            message("Kind of place"),
            *([message("Earlier")] if earlier else []),
            *(f"{month:%Y-%m}" for month in shown),
            message("All"),
        ),
        [
            *(
                Row(cells=(venue, *_counts(Counter(months), shown, earlier=earlier)))
                for venue, months in figures.scans.items()
            ),
            Row(cells=(message("All"), *_counts(found, shown, earlier=earlier)), kind="all"),
        ],
        caption=message("Scans that were written down, by the month in which they happened.")
        if figures.only is None
        else message("Scans that this client's cases are about, by month."),
    )


def _months(first: date, last: date) -> list[date]:
    """The months up to the last one, `MONTHS` at most."""
    found = [last]
    while found[0] > first and len(found) < MONTHS:
        before = found[0]
        found.insert(
            0,
            before.replace(month=before.month - 1)
            if before.month > 1
            else before.replace(year=before.year - 1, month=12),
        )
    return found


def _counts(found: Counter[date], shown: list[date], *, earlier: bool) -> Iterator[object]:
    if earlier:
        yield sum(count for month, count in found.items() if month < shown[0]) or ""
    yield from (found[month] or "" for month in shown)
    yield found.total()
