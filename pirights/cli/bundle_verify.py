"""`pirights bundle verify`: whether a bag is what its lists say, and what is proved by whom."""

from pathlib import Path
from typing import Annotated

import typer

from pirights import clock
from pirights.cli import tsa as stamps
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts, Table
from pirights.cli.tsa import TsaRoots
from pirights.errors import message


def verify(
    ctx: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="PATH", readable=False, help=N_("The folder or zip file."))
    ],
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help=N_("Hold any bag to the rules of our own bundles."))
    ] = False,
    root: Annotated[
        str | None,
        typer.Option(metavar="HEX", help=N_("The root from the signed sheet, to compare.")),
    ] = None,
    tsa_root: TsaRoots = None,
) -> None:
    from pirights.workflow import bundles, time_stamping

    here = call(ctx)
    verdict = bundles.check(
        path,
        strict=strict,
        root=root,
        tsa_roots=time_stamping.trusted(tsa_root or ()),
        now=clock.now(),
    )
    rows = [(one.file, one.meaning) for one in verdict.findings]
    here.screen.result(
        "BundleVerify",
        {
            "verdict": verdict.verdict,
            "ours": verdict.ours,
            "findings": [{"file": one.file, "meaning": one.meaning} for one in verdict.findings],
            "warnings": [{"file": one.file, "meaning": one.meaning} for one in verdict.warnings],
            "root_sha256": verdict.root_sha256,
            "files": verdict.files,
            "stamped": verdict.stamped,
            "sm3_compared": verdict.sm3_compared,
            "time_stamps": [
                {
                    "file": one.file,
                    "status": one.status,
                    "time": one.time,
                    "authority": one.authority,
                    "reason": one.reason,
                }
                for one in verdict.stamps
            ],
            "custody": [
                {
                    "file": one.file,
                    "rows": one.rows,
                    "time": one.time,
                    "authority": one.signer,
                    "proved": one.proved,
                }
                for one in verdict.custody
            ],
        },
        message(
            "The bundle is valid: {files} files, none altered, missing or added.",
            files=verdict.files,
        )
        if verdict.valid and (verdict.ours or strict)
        else message("A valid BagIt bag, but not a pirights bundle: its catalogue was not checked.")
        if verdict.valid
        else message("The bundle is not valid."),
        *([Table((N_("File"), N_("What was found")), rows)] if rows else []),
        *(
            message("Look at {file}: {meaning}", file=one.file, meaning=one.meaning)
            for one in verdict.warnings
        ),
        *([Facts([(N_("Root (SHA-256)"), verdict.root_sha256)])] if verdict.root_sha256 else []),
        *(
            message(
                "It existed before {time}: {authority} confirms it ({file}).",
                time=stamps.moment(one.time),
                authority=one.authority,
                file=one.file,
            )
            for one in verdict.stamps
            if verdict.valid and one.status == "valid" and one.time
        ),
        *(
            [message("A time stamp shows that the bytes existed, not that what they say is true.")]
            if verdict.valid and verdict.stamped
            else []
        ),
        *(
            message(
                "{count} entries of its log were written down before {time}: {authority} confirms "
                "it ({file}).",
                count=len(one.rows),
                time=stamps.moment(one.time),
                authority=one.signer,
                file=one.file,
            )
            for one in verdict.custody
            if verdict.valid and one.proved
        ),
        *(
            [
                message(
                    "Compare the root with the signed sheet: only that, or a third party's time, "
                    "shows a bundle that was rewritten whole."
                )
            ]
            if verdict.valid and verdict.root_sha256 and root is None and not verdict.stamped
            else []
        ),
        *(
            [
                message(
                    "The SM3 sums in sm3sums.txt were not compared: --strict compares them too, or "
                    "run this in the bundle's folder: {command}",
                    command="cksum -a sm3 --strict -c sm3sums.txt",
                )
            ]
            if verdict.sm3_compared is False
            else []
        ),
    )
    if not verdict.valid:
        raise typer.Exit(31)
