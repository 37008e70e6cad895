"""`pirights due`: what is due, and on whose word."""

from typing import Annotated

import typer

from pirights.cli import views
from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.domain.period import Force
from pirights.errors import message


def due(
    ctx: typer.Context,
    *,
    within: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS",
            min=0,
            max=36_500,
            help=N_("Only what is due by so many days from today."),
        ),
    ] = None,
) -> None:
    from pirights.workflow import cases

    here = call(ctx)
    with opened(here) as desk:
        found = cases.due(desk, within=within)
        today = desk.today
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
                }
                for one in found
            ],
        },
        Table(
            (N_("Due on"), N_("Case"), N_("Handler"), N_("What"), N_("On whose word")),
            [
                (one.deadline.on, one.ref, one.handler, one.deadline.what, one.deadline.force)
                for one in found
            ],
        )
        if found
        else message("Nothing is due."),
        *views.provisional([one.deadline for one in found]),
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
    if any(one.is_due for one in found) or (within is not None and found):
        raise typer.Exit(10)
