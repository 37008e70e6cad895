"""`pirights stamp`: a third party's time for what the log holds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.cli.tsa import Tsa, TsaRoots, moment
from pirights.errors import message


def stamp(
    ctx: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(metavar="[REF]", help=N_("A case, to see which of its rows are covered.")),
    ] = None,
    *,
    tsa: Tsa = None,
    tsa_root: TsaRoots = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=N_("Write a copy of the checkpoint, to be kept elsewhere; with it FILE.tsr."),
        ),
    ] = None,
) -> None:
    from pirights.workflow import stamping

    here = call(ctx)
    with opened(here) as desk:
        done = stamping.stamp(desk, ref, url=tsa, roots=tsa_root or (), out=out)
    for warning in done.warnings:
        here.screen.warn(warning)
    told = {"row": done.checkpoint.size, "time": moment(done.time)}
    here.screen.result(
        "Stamp",
        {
            "stamped": True,
            "row": done.checkpoint.size,
            "root": done.checkpoint.root.hex(),
            "time": done.time,
            "authority": done.signer,
            "trusted": done.trusted,
            "ref": done.ref or None,
            "covered": done.rows,
            "files": done.files,
        },
        message("What was written in the log up to row {row} existed before {time}.", **told)
        if done.trusted
        else message(
            "If the time stamp is genuine, what was written in the log up to row {row} existed "
            "before {time}.",
            **told,
        ),
        Facts(
            [
                (N_("Authority"), done.signer),
                (N_("Root of the log (SHA-256)"), done.checkpoint.root.hex()),
                *([(N_("Case"), done.ref), (N_("Its rows"), _runs(done.rows))] if ref else []),
                *([(N_("Copy to keep elsewhere"), done.files)] if done.files else []),
            ]
        ),
        message(
            "It shows that the rows were there, not that they are true. Bundles built from now on "
            "carry it."
        ),
    )


def _runs(numbers: Sequence[int]) -> str:
    """Write numbers in order shortly: `3, 5-8`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)
