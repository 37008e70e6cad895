"""`pirights due`: what is due, and on whose word."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pirights.cli import due_calendar, due_export, views
from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.domain import limitation
from pirights.domain.period import Force
from pirights.errors import message

if TYPE_CHECKING:
    from pirights.workflow.cases import DueItem


def due(
    ctx: typer.Context,
    *,
    within: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS",
            min=0,
            max=36_500,
            help=N_(
                "Only what is due by so many days from today. If left out, everything that runs; "
                "a limitation only from 180 days before its end."
            ),
        ),
    ] = None,
    ics: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.ics",
            help=N_("Write a calendar too, or bring an earlier one up to date; - for stdout."),
        ),
    ] = None,
    detail: Annotated[
        bool, typer.Option("--detail", help=N_("Name the handlers in the calendar."))
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            readable=False,
            help=N_(
                "Write a sheet too, .xlsx or .csv: what is left in it, `batch run` writes as "
                "letters."
            ),
        ),
    ] = None,
) -> None:
    from pirights.workflow import cases

    here = call(ctx)
    calendar = None
    sheet = due_export.made(here, export, within=within)
    if ics is not None or detail:
        calendar = due_calendar.made(here, ics, within=within, detail=detail)
        found, today = calendar.items, calendar.today
    elif sheet is not None:
        found, today = sheet.items, sheet.today
    else:
        with opened(here) as desk:
            found, today = tuple(cases.due(desk, within=within)), desk.today
    counts = [one for one in found if not limitation.has_passed(one.deadline, today)]
    code = 10 if any(one.is_due for one in found) or (within is not None and counts) else 0
    if calendar is not None and due_calendar.is_stdout(ics):
        here.screen.raw(calendar.octets.decode())
        raise typer.Exit(code)
    answers = {one.deadline.force for one in found if one.deadline.id == "answer"}
    here.screen.result(
        "Due",
        {
            "today": today,
            "items": [
                {
                    "ref": one.ref,
                    "handler": one.handler,
                    "is_due": one.is_due,
                    **views.deadline(one.deadline),
                    "next": views.next_step(one.next),
                }
                for one in found
            ],
            **({"ics": due_calendar.view(ics, calendar)} if calendar is not None else {}),
            **due_export.view(export, sheet),
        },
        _table(found) if found else message("Nothing is due."),
        *views.provisional([one.deadline for one in found]),
        *_steps(found),
        *due_calendar.said(ics, calendar),
        *due_export.said(export, sheet),
        *(
            [
                message(
                    "The Personal Information Protection Law sets no number of days for an answer; "
                    "no date for one here is statutory."
                )
            ]
            if answers and Force.STATUTORY not in answers
            else []
        ),
    )
    if code:
        raise typer.Exit(code)


def _table(found: Sequence["DueItem"]) -> Table:
    """What is due; with the clients, where it is not all of the owner's own cases."""
    from pirights.workflow.acting import OWNER

    whose = any(one.person.id != OWNER for one in found)
    heads = (N_("Person"),) if whose else ()
    return Table(
        (N_("Due on"), N_("Case"), *heads, N_("Handler"), N_("What"), N_("On whose word")),
        [
            (
                *(one.deadline.on, one.ref),
                *((f"{one.person.label} {one.person.name}",) if whose else ()),
                *(one.handler, one.deadline.what, one.deadline.force),
            )
            for one in found
        ],
        wraps=True,
    )


def _steps(found: Sequence["DueItem"]) -> list[Table]:
    """What to do next in the cases that have something due, each once."""
    steps = {one.ref: one.next for one in found if one.is_due and one.next}
    if not steps:
        return []
    return [
        Table(
            (N_("Case"), N_("Next step"), N_("Command")),
            [(ref, step.what, step.command) for ref, step in steps.items()],
            wraps=True,
        )
    ]
