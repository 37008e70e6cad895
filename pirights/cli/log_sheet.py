"""`pirights log import` and `pirights log export`: the log as a CSV sheet."""

from pathlib import Path
from typing import Annotated

import typer

from pirights.cli import views
from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.progress import shown
from pirights.cli.replacing import confirm_replacing
from pirights.cli.show import Table
from pirights.errors import message


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", readable=False, help=N_("The sheet."))
    ],
) -> None:
    from pirights.workflow import encounters

    here = call(ctx)
    with opened(here) as desk, shown(here, N_("Encounters")) as progress:
        done = encounters.import_sheet(desk, file, progress=progress)
    here.screen.result(
        "LogImport",
        {
            "added": len(done.added),
            "ids": [f"E{number}" for number in done.added],
            "new_handlers": [views.handler(one) for one in done.new_handlers],
            "failed": done.failed,
            "errors": [
                {"row": one.row, "line": one.line, "column": one.column, "problem": one.problem}
                for one in done.faults
            ],
            "failed_and_not_listed": done.unlisted,
        },
        message(
            "{added} encounters were taken in, {failed} rows were not.",
            added=len(done.added),
            failed=done.failed,
        ),
        *(
            [
                Table(
                    (N_("Row"), N_("Line"), N_("Column"), N_("Problem")),
                    [(one.row, one.line, one.column, one.problem) for one in done.faults],
                )
            ]
            if done.faults
            else []
        ),
        *(
            [message("… and {count} more rows were not taken.", count=done.unlisted)]
            if done.unlisted
            else []
        ),
        *(
            message(
                "New handler {label}: {name}. Complete it with `pirights handler edit`.",
                label=one.label,
                name=one.name,
            )
            for one in done.new_handlers
        ),
    )
    if done.failed:
        raise typer.Exit(40)


def export(
    ctx: typer.Context,
    *,
    out: Annotated[
        Path,
        typer.Option(
            metavar="FILE.csv", help=N_("The sheet to write. An existing file is replaced.")
        ),
    ],
) -> None:
    from pirights.workflow import encounters

    here = call(ctx)
    confirm_replacing(here, out)
    with opened(here) as desk:
        count = encounters.export_sheet(desk, out)
    here.screen.warn(
        message("The sheet is not encrypted, and it holds no attached files."),
        hint=message("Delete it when you no longer need it."),
    )
    here.screen.result(
        "LogExport",
        {"out": out, "encounters": count},
        message("{count} encounters are written to {file}.", count=count, file=out),
    )
