"""`pirights handler import` and `export`: the directory as CSV, XLSX or JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.progress import shown
from pirights.cli.replacing import confirm_replacing
from pirights.cli.show import Block, Table
from pirights.errors import message

if TYPE_CHECKING:
    from pirights.workflow.handler_taking import Taken


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", readable=False, help=N_("The directory: CSV, XLSX or JSON.")
        ),
    ],
    *,
    update: Annotated[
        bool,
        typer.Option(
            "--update", help=N_("Replace what is kept of handlers that are there already.")
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only say what would be done."))
    ] = False,
) -> None:
    from pirights.workflow import handler_files

    here = call(ctx)
    with opened(here) as desk, shown(here, N_("Handlers")) as progress:
        done = handler_files.take_in(desk, file, update=update, dry_run=dry_run, progress=progress)
    for remark in done.remarks:
        here.screen.warn(remark)
    here.screen.result(
        "HandlerImport",
        {"dry_run": dry_run, **_view(done)},
        *([message("Nothing was changed; this is what would be done.")] if dry_run else []),
        message(
            "New: {added}. Replaced: {updated}. There already: {twins}. Not taken: {failed}.",
            added=len(done.added),
            updated=len(done.updated),
            twins=done.all_twins,
            failed=done.failed,
        ),
        *_tables(done),
    )
    if done.faults:
        raise typer.Exit(40)


def export(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            readable=False,
            help=N_(
                "The file to write: .csv, .xlsx or .json; directory.csv if left out. An existing "
                "one is replaced."
            ),
        ),
    ] = Path("directory.csv"),
) -> None:
    from pirights.workflow import handler_files

    here = call(ctx)
    confirm_replacing(here, file)
    with opened(here) as desk:
        count = handler_files.put_out(desk, file)
    here.screen.result(
        "HandlerExport",
        {"out": file, "handlers": count},
        message("{count} handlers are written to {file}.", count=count, file=file),
    )


def _view(done: "Taken") -> dict[str, Any]:
    return {
        "added": len(done.added),
        "ids": [f"H{number}" for number in done.added],
        "updated": [f"H{number}" for number in done.updated],
        "there_already": done.all_twins,
        "duplicates": [
            {
                "row": one.row,
                "line": one.line or None,
                "handler": f"H{one.number}",
                "name": one.name,
                "because": one.because,
                "differs": one.differs,
                "in_file": one.in_file,
            }
            for one in done.twins
        ],
        "failed": done.failed,
        "errors": [
            {
                "row": one.row,
                "line": one.line or None,
                "column": one.column,
                "problem": one.problem,
            }
            for one in done.faults
        ],
        "failed_and_not_listed": done.unlisted,
    }


def _tables(done: "Taken") -> list[Block]:
    found: list[Block] = []
    if done.twins:
        found.append(
            Table(
                (
                    *(N_("Row"), N_("There already"), N_("Name"), N_("The same by")),
                    N_("Says something else under"),
                ),
                [
                    (one.row, f"H{one.number}", one.name, one.because, one.differs)
                    for one in done.twins
                ],
            )
        )
    if any(one.differs and not one.in_file for one in done.twins):
        found.append(message("Rows that say something else replace what is kept with --update."))
    if done.faults:
        found.append(
            Table(
                (N_("Row"), N_("Column"), N_("Problem")),
                [(one.row, one.column, one.problem) for one in done.faults],
            )
        )
    if done.unlisted:
        found.append(message("… and {count} more rows were not taken.", count=done.unlisted))
    return found
