"""`pirights bundle`: evidence that others can check with ordinary tools."""

from pathlib import Path
from typing import Annotated

import typer

from pirights.cli.desk import opened
from pirights.cli.frame import call, group
from pirights.cli.language import N_
from pirights.cli.progress import shown
from pirights.cli.show import Facts, Table
from pirights.errors import message

app = group(N_("Build and check evidence bundles."))


@app.command(help=N_("Seal everything of a case into a folder or a zip file."))
def build(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
    *,
    out: Annotated[
        Path, typer.Option(metavar="PATH[.zip]", help=N_("The folder or zip file to make."))
    ],
) -> None:
    from pirights.workflow import bundles

    here = call(ctx)
    with opened(here) as desk, shown(here, N_("Exhibits")) as progress:
        done = bundles.build(desk, ref, out=out, progress=progress)
    for notice in done.notices:
        here.screen.warn(notice)
    here.screen.result(
        "BundleBuild",
        {
            "path": done.path,
            "root_sha256": done.root_sha256,
            "root_sheet": done.root_sheet,
            "stamped": done.stamped,
            "exhibits": len(done.exhibits),
            "pages": done.pages,
            "files": done.files,
        },
        message("The bundle is in {path}.", path=done.path),
        Facts(
            [
                (N_("Exhibits"), len(done.exhibits)),
                (N_("Pages of the bound copy"), done.pages),
                (N_("Root (SHA-256)"), done.root_sha256),
                (N_("Sheet to sign"), done.root_sheet),
            ]
        ),
        message(
            "No third party's time exists for it yet. Print the sheet, sign and date it, and leave "
            "it with somebody else: it can then show later that the bundle was not rewritten."
        ),
    )


@app.command(help=N_("Check a bundle: nothing altered, nothing missing, nothing added."))
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
) -> None:
    from pirights.workflow import bundles

    here = call(ctx)
    verdict = bundles.check(path, strict=strict, root=root)
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
            "stamped": False,
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
            [
                message(
                    "Compare the root with the signed sheet: only that, or a third party's time, "
                    "shows a bundle that was rewritten whole."
                )
            ]
            if verdict.valid and root is None
            else []
        ),
    )
    if not verdict.valid:
        raise typer.Exit(31)
