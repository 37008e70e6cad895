"""`pirights report`: one page about all cases, or about those of one client."""

from pathlib import Path
from typing import Annotated

import typer

from pirights.cli import ask
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call
from pirights.cli.language import CATALOGUES, N_
from pirights.cli.progress import shown
from pirights.cli.replacing import confirm_replacing
from pirights.cli.show import Facts
from pirights.domain import entry
from pirights.domain.case import Stage
from pirights.errors import BadInput, message


def report(
    ctx: typer.Context,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            readable=False,
            help=N_("The page to write, .html; report.html if left out."),
        ),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(metavar="P7", help=N_("Only this client: nothing of another is in the page.")),
    ] = None,
) -> None:
    from pirights.report import page
    from pirights.report.markup import Pen

    here = call(ctx)
    number = None if person is None else entry.record_number(person, "P")
    file = _chosen(here, out, number)
    voice = here.screen.voice
    pen = Pen(say=voice.value, tag=CATALOGUES[voice.language].replace("_", "-"))
    with opened(here) as desk, shown(here, N_("Cases")) as progress:
        done = page.write(desk, file, pen, person=number, progress=progress)
    figures = done.figures
    here.screen.result(
        "Report",
        {
            "out": file,
            "person": None if number is None else f"P{number}",
            "cases": figures.case_count,
            "open": figures.case_count - figures.stages.get(Stage.CLOSED, 0),
            "clients": figures.client_count,
            "due": figures.due_count,
            "stages": {stage.value: figures.stages.get(stage, 0) for stage in Stage},
            "bytes": done.size,
        },
        message("The report is in {file}.", file=file),
        Facts(
            [
                (N_("Cases"), figures.case_count),
                (N_("Clients"), figures.client_count),
                (N_("Days that run"), figures.due_count),
            ]
        ),
        message(
            "This page is not encrypted, and it names people. Keep it as you would keep a letter."
        ),
    )


def _chosen(here: Call, out: Path | None, number: int | None) -> Path:
    """Choose the file; what was not named is replaced only where a person says so.

    Raises:
        BadInput: Nobody is there to ask.
        Cancelled: The answer is no.
    """
    file = out or Path("report.html" if number is None else f"report-P{number}.html")
    if out is None and file.exists() and not here.yes and not ask.is_terminal():
        raise BadInput(
            message("{file} is there already.", file=file),
            hint=message("Name the file with --out FILE, and it is replaced."),
        )
    confirm_replacing(here, file)
    return file
