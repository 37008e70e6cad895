"""`pirights batch`: thousands of cases from a clinic's sheet."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pirights import clock
from pirights.cli import ask, batch_run, fault_table
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call, group
from pirights.cli.language import N_, Language, Voice
from pirights.cli.lists import Every, more, page
from pirights.cli.progress import shown
from pirights.cli.replacing import confirm_replacing
from pirights.cli.show import Block
from pirights.domain.words import Words
from pirights.errors import BadInput, Message, message
from pirights.settings import DEFAULT_ZONE
from pirights.workflow.papers import write_whole

if TYPE_CHECKING:
    from pirights.batch.checking import Checked
    from pirights.batch.sheet import Sheet
    from pirights.batch.template_book import Tell
    from pirights.workflow.desk import Desk

app = group(N_("Write the letters of many clients from a sheet."))


@app.command(help=N_("Write an empty sheet to fill in, with its columns explained."))
def template(
    ctx: typer.Context,
    *,
    out: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help=N_(
                "The sheet to write: .xlsx or .csv. Nothing filled in is replaced without a yes."
            ),
        ),
    ] = Path("cases.xlsx"),
) -> None:
    from pirights.batch import template_book
    from pirights.batch.columns import COLUMNS

    here = call(ctx)
    fresh = template_book.octets(out, tell=_in_both_languages())
    if template_book.is_filled_in(out, fresh):  # by somebody's work of many days, it may be
        ask.confirm(here, message("{file} exists. Replace it?", file=out))
    write_whole(out, fresh)
    here.screen.result(
        "BatchTemplate",
        {"out": out, "columns": [column.name for column in COLUMNS]},
        message("The sheet is in {file}. Fill it in below the example.", file=out),
        message("Then: `pirights batch check {file}`.", file=out),
    )


@app.command(help=N_("Check every row of a sheet before anything is made."))
def check(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help=N_("The sheet: XLSX or CSV."))
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.xlsx",
            help=N_(
                "Where a copy with the faults marked goes, if there are any; beside the sheet if "
                "left out."
            ),
        ),
    ] = None,
    accept_conflicts: Annotated[
        bool,
        typer.Option("--accept-conflicts", help=N_("Let a client also stand on the other side.")),
    ] = False,
    every: Every = False,
) -> None:
    from pirights.batch import checking, error_sheet, follow_up
    from pirights.batch.headings import Kind
    from pirights.batch.sheet import opened as opened_sheet

    here = call(ctx)
    if out is not None:
        error_sheet.refuse_place(out, source=file)
        confirm_replacing(here, out)
    with _vault_if_any(here) as desk, shown(here, N_("Rows")) as progress:
        sheet = opened_sheet(file)
        checked = (
            follow_up.check(desk, sheet, progress=progress)
            if sheet.kind is Kind.FOLLOW_UP
            else checking.check(
                desk,
                sheet,
                now=desk.now if desk else clock.now(),
                zone=desk.zone if desk else DEFAULT_ZONE,
                progress=progress,
                accept_conflicts=accept_conflicts,
            )
        )
    written = _error_sheet(here, sheet, checked, file, out) if checked.faulty else None
    notices = [*sheet.notices, *checked.notices]
    if desk is None:
        notices.append(message("There is no vault: nothing was compared with it."))
    here.screen.result(
        "BatchCheck",
        {
            "sheet": sheet.title,
            "rows": checked.rows,
            "faulty": len(checked.faulty),
            "errors": fault_table.as_data(sheet, checked.faults),
            "errors_not_listed": checked.unlisted,
            "error_sheet": written,
            "notices": notices,
        },
        *notices,
        *_found(sheet, checked, page(here, limit=None, every=every)),
        *_next(file, written, rows=checked.rows, faulty=bool(checked.faulty)),
    )
    if checked.faulty:
        raise typer.Exit(40)


app.command(help=N_("Make the cases and letters of a sheet, in a folder."))(batch_run.run)


@contextmanager
def _vault_if_any(here: Call) -> "Iterator[Desk | None]":
    """Open the vault; without one a sheet is checked all the same, unless one was named."""
    from pirights.workflow import vault_care

    if here.vault is None and not vault_care.is_there(here.vault_folder):
        yield None
        return
    with opened(here) as desk:
        yield desk


def _error_sheet(
    here: Call, sheet: "Sheet", checked: "Checked", file: Path, out: Path | None
) -> Path | None:
    """Write the copy with its faults marked; where no place was named, only if there is one."""
    from pirights.batch import error_sheet

    say = here.screen.voice.say
    copy = error_sheet.octets(sheet, checked.faults, faulty=checked.faulty, say=say)
    try:
        place = out or error_sheet.place_beside(file)
        write_whole(place, copy, private=True)
    except BadInput as wrong:
        if out is not None:
            raise
        here.screen.warn(wrong.message, hint=message("Name another place, with --out."))
        return None
    return place


def _found(sheet: "Sheet", checked: "Checked", limit: int | None) -> Iterator[Block]:
    yield message("Rows: {rows}. Faulty: {faulty}.", rows=checked.rows, faulty=len(checked.faulty))
    listed = checked.faults[:limit]
    yield from fault_table.blocks(sheet, listed)
    yield from more(len(checked.faults), len(listed))
    if checked.unlisted:
        yield message("… and {count} more faults are not listed.", count=checked.unlisted)


def _next(file: Path, written: Path | None, *, rows: int, faulty: bool) -> Iterator[Message]:
    if written:
        yield message("The faults are marked in {file}.", file=written)
        yield message(
            "Put them right there and check it again: `pirights batch check {file}`.", file=written
        )
    elif rows and not faulty:
        yield message("Next: `pirights batch run {file} --out DIR`.", file=file)


def _in_both_languages() -> "Tell":
    zh, en = Voice(Language.ZH), Voice(Language.EN)
    return lambda value: Words(zh=zh.value(value), en=en.value(value))
