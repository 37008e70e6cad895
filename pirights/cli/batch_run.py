"""`pirights batch run`: a clinic's sheet made into cases and letters."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pirights import clock
from pirights.cli import ask, fault_table
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call
from pirights.cli.language import N_
from pirights.cli.lists import page
from pirights.cli.progress import shown
from pirights.cli.run_progress import Line
from pirights.cli.show import Block, Facts
from pirights.domain.document import Form
from pirights.errors import Message, WrongUsage, message

if TYPE_CHECKING:
    from pirights.batch.executors import Workers
    from pirights.batch.outcome import Ran
    from pirights.batch.preparing import Prepared
    from pirights.batch.scheduler import Tls
    from pirights.batch.standby import Standby

_MOST: Final = 256
"""Processes."""

_REMARKS: Final = 20
"""Remarks on single letters that are shown to people; more are counted."""


class _Printed(StrEnum):
    """What a run makes: papers, and no mails."""

    PDF = Form.PDF.value
    DOCX = Form.DOCX.value
    TXT = Form.TXT.value
    HTML = Form.HTML.value


def run(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help=N_("The sheet: XLSX or CSV."))
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            readable=False,
            help=N_("The folder of the run: new, empty, or to go on with."),
        ),
    ],
    resume: Annotated[
        bool, typer.Option("--resume", help=N_("Go on with the run that is in the folder."))
    ] = False,
    forms: Annotated[
        list[_Printed] | None,
        typer.Option("--format", help=N_("pdf, docx, txt or html; PDF if left out.")),
    ] = None,
    accept_conflicts: Annotated[
        bool,
        typer.Option("--accept-conflicts", help=N_("Let a client also stand on the other side.")),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=_MOST,
            help=N_("Processes that write letters; one for each processor if left out."),
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help=N_("Let the workers of this Dask scheduler write them: tls://host:port."),
        ),
    ] = None,
    tls_ca: Annotated[
        Path | None, typer.Option(metavar="PEM", help=N_("Whose certificates are believed."))
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option(metavar="PEM", help=N_("Our certificate for the cluster."))
    ] = None,
    tls_key: Annotated[Path | None, typer.Option(metavar="PEM", help=N_("Its key."))] = None,
) -> None:
    from pirights.batch import preparing
    from pirights.batch import run as running
    from pirights.batch.outcome import How
    from pirights.batch.scheduler import Tls
    from pirights.batch.standby import Standby

    here = call(ctx)
    tls = Tls(ca=tls_ca, certificate=tls_cert, key=tls_key)
    _refuse(cluster, workers, tls_is_named=tls != Tls())
    standby = Standby(workers, _processors(), early=not (resume or cluster))
    with opened(here) as desk, desk.vault.one_run(), standby:
        tell = _met(here, cluster, tls) if cluster is not None else here.screen.warn
        with shown(here, N_("Rows")) as progress:
            prepared = preparing.prepare(
                desk,
                file,
                out,
                resume=resume,
                forms=tuple(Form(one.value) for one in dict.fromkeys(forms or ())),
                accept_conflicts=accept_conflicts,
                progress=standby.watching(progress),
            )
        _asked(here, prepared)
        with Line(here) as line:
            ran = running.run(
                prepared,
                How(
                    hire=partial(_hired, prepared, standby, cluster, tls, tell),
                    moment=clock.now,
                    say=here.screen.voice.say,
                    progress=line.rows,
                    ending=line.ending,
                ),
            )
    _tell(here, prepared, ran)
    if ran.failed:
        raise typer.Exit(40)


def _refuse(cluster: str | None, workers: int | None, *, tls_is_named: bool) -> None:
    if cluster is not None and workers is not None:
        raise WrongUsage(
            message("--workers is for this machine, --cluster for others."),
            hint=message("Leave out one of them."),
        )
    if cluster is None and tls_is_named:
        raise WrongUsage(
            message("Certificates are for a cluster, and none was named."),
            hint=message("Name its scheduler with --cluster, or leave out the --tls options."),
        )


def _met(here: Call, cluster: str, tls: "Tls") -> Callable[[Message], None]:
    """See that a cluster is fit for the work before anything begins; what it tells is told once."""
    from pirights.batch import cluster as far

    told: list[Message] = []

    def tell(said: Message) -> None:
        if said not in told:
            told.append(said)
            here.screen.warn(said)

    with far.cluster(cluster, tell=tell, tls=tls):
        return tell


def _hired(
    prepared: "Prepared",
    standby: "Standby",
    cluster: str | None,
    tls: "Tls",
    tell: Callable[[Message], None],
) -> "AbstractContextManager[Workers]":
    """Hire the workers that the command line names."""
    if cluster is not None:
        from pirights.batch import cluster as far

        return far.cluster(cluster, tell=tell, tls=tls)
    return standby.hired(prepared.to_make)


def _processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _asked(here: Call, prepared: "Prepared") -> None:
    """Show a person at the terminal what is about to be made, and ask."""
    for notice in prepared.notices:
        here.screen.warn(notice)
    if here.yes or not ask.is_terminal():
        return
    if not here.screen.as_json:
        here.screen.text(*_preview(prepared))
    ask.confirm(here, message("Make up to {count} letters?", count=prepared.to_make))


def _preview(prepared: "Prepared") -> Iterator[Block]:
    checked = prepared.checked
    yield Facts(
        (
            (N_("Sheet"), prepared.sheet.named),
            (N_("Rows"), checked.rows),
            (N_("Made before"), prepared.made or None),
            (N_("Faulty"), len(checked.faulty) or None),
            (N_("Folder"), prepared.out),
        )
    )
    if checked.faults:
        yield from fault_table.blocks(prepared.sheet, checked.faults[:_REMARKS])
        yield message(
            "The faulty rows are left out and marked in a copy of the sheet; the others are made."
        )


def _tell(here: Call, prepared: "Prepared", ran: "Ran") -> None:
    sheet = prepared.sheet
    here.screen.result(
        "BatchRun",
        {
            "sheet": sheet.title,
            "rows": ran.rows,
            "made": ran.made,
            "failed": ran.failed,
            "skipped": ran.skipped,
            "out": ran.out,
            "files": list(ran.files),
            "errors": fault_table.as_data(sheet, ran.errors),
            "errors_not_listed": ran.unlisted,
            "error_sheet": ran.error_sheet,
            "notices": list(ran.notices),
            "remarks": [
                {"count": one.count, "ref": one.ref, "remark": one.said} for one in ran.remarks
            ],
        },
        *_blocks(here, prepared, ran),
    )


def _blocks(here: Call, prepared: "Prepared", ran: "Ran") -> Iterator[Block]:
    yield message(
        "Rows: {rows}. Made: {made}. Failed: {failed}. Made before: {skipped}.",
        rows=ran.rows,
        made=ran.made,
        failed=ran.failed,
        skipped=ran.skipped,
    )
    listed = ran.errors[: page(here, limit=None, every=False)]
    yield from fault_table.blocks(prepared.sheet, listed)
    left = len(ran.errors) - len(listed) + ran.unlisted
    if left:
        yield message("… and {count} more faults are not listed.", count=left)
    shown_before = prepared.notices
    yield from (one for one in ran.notices if one not in shown_before)
    for one in ran.remarks[:_REMARKS]:
        yield message(
            "Letters: {count}, such as {ref}. {remark}",
            count=one.count,
            ref=one.ref,
            remark=one.said,
        )
    if (beyond := len(ran.remarks) - _REMARKS) > 0:
        yield message("… and {count} more remarks; --json has all of them.", count=beyond)
    if ran.rows:
        yield Facts(((N_("Folder"), ran.out), (N_("In it"), list(ran.files))))
    yield from _next(ran)


def _next(ran: "Ran") -> Iterator[Message]:
    if ran.error_sheet is not None:
        yield message("The faults are marked in {file}.", file=ran.error_sheet)
        yield message(
            "Put them right there, then: `pirights batch run {file} --out {folder} --resume`.",
            file=ran.error_sheet,
            folder=ran.out,
        )
    if ran.made:
        yield message(
            "Look at some letters before you send them; then record each with `pirights sent REF "
            "--channel ems --at DATE`."
        )
