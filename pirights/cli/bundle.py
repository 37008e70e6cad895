"""`pirights bundle`: evidence that others can check with ordinary tools."""

from pathlib import Path
from typing import Annotated

import typer

from pirights import clock
from pirights.cli import bundle_client, bundle_exhibit, bundle_gaps, bundle_verify
from pirights.cli import tsa as stamps
from pirights.cli.desk import opened
from pirights.cli.frame import call, group
from pirights.cli.language import N_
from pirights.cli.progress import shown
from pirights.cli.show import Facts
from pirights.cli.tsa import Tsa, TsaRoots
from pirights.domain import mask as masks
from pirights.errors import WrongUsage, message

app = group(N_("Build and check evidence bundles."))


@app.command(help=N_("Seal everything of a case into a folder or a zip file."))
def build(
    ctx: typer.Context,
    ref: Annotated[str | None, typer.Argument(metavar="REF", help=N_("The case."))] = None,
    *,
    out: Annotated[
        Path, typer.Option(metavar="PATH[.zip]", help=N_("The folder or zip file to make."))
    ],
    person: Annotated[
        list[str] | None,
        typer.Option(metavar="P7", help=N_("A bundle of each case of this client, into a folder.")),
    ] = None,
    tsa: Tsa = None,
    tsa_root: TsaRoots = None,
    strip_location: Annotated[
        bool,
        typer.Option(
            "--strip-location",
            help=N_("Put copies of the pictures into the bundle that do not tell where they were."),
        ),
    ] = False,
    mask: Annotated[
        list[str] | None,
        typer.Option(
            metavar="EXHIBIT:x,y,w,h",
            help=N_(
                "Hide a part of a picture, in percent of its width and height: E003:40,10,15,20; "
                "E003/2 is an exhibit's second file."
            ),
        ),
    ] = None,
    with_originals: Annotated[
        bool,
        typer.Option(
            "--with-originals", help=N_("Put the originals in all the same, beside such copies.")
        ),
    ] = False,
) -> None:
    from pirights.workflow import bundles, time_stamping
    from pirights.workflow.withholding import Wanted

    here = call(ctx)
    wanted = Wanted(
        strip_location=strip_location,
        masks=tuple(map(masks.parse, mask or ())),
        with_originals=with_originals,
    )
    if with_originals and not (strip_location or mask):
        raise WrongUsage(
            message(
                "The option {option} needs the option {other}.",
                option="--with-originals",
                other="--strip-location",
            )
        )
    if tsa_root and not tsa:
        raise WrongUsage(
            message(
                "The option {option} needs the option {other}.", option="--tsa-root", other="--tsa"
            )
        )
    asked = time_stamping.authority(tsa, tsa_root or ()) if tsa else None
    if person and len(person) > 1:
        raise WrongUsage(
            message(
                "--person names one client: build the bundles of each into a folder of its own."
            )
        )
    if person and ref is None:
        bundle_client.build(here, person[0], out=out, tsa=asked, wanted=wanted)
        return
    if ref is None or person:
        raise WrongUsage(message("Name a case, or a client with --person."))
    with opened(here) as desk, shown(here, N_("Exhibits")) as progress:
        done = bundles.build(desk, ref, out=out, progress=progress, tsa=asked, wanted=wanted)
    for notice in done.notices:
        here.screen.warn(notice)
    files = [file for one in done.exhibits for file in one.files]
    here.screen.result(
        "BundleBuild",
        {
            "path": done.path,
            "root_sha256": done.root_sha256,
            "root_sheet": done.root_sheet,
            "stamped": done.stamped,
            "time_stamp": stamps.told(done.stamp),
            "refused": done.refusal,
            "not_taken": done.aside,
            "exhibits": len(done.exhibits),
            "pages": done.pages,
            "files": done.files,
            "withheld": [
                {
                    "exhibit": one.folder,
                    "original_name": one.original_name,
                    "sha256": one.withheld.sha256,
                    "why": one.withheld.why,
                }
                for one in files
                if one.withheld is not None
            ],
        },
        message("The bundle is in {path}.", path=done.path),
        Facts(
            [
                (N_("Exhibits"), len(done.exhibits)),
                (N_("Pages of the bound copy"), done.pages),
                (N_("Root (SHA-256)"), done.root_sha256),
                (N_("Sheet to sign"), done.root_sheet),
                (
                    N_("Originals kept out"),
                    [f"{one.folder} {one.original_name}" for one in files if one.withheld],
                ),
                *stamps.facts(done.stamp),
                *([(N_("Answer not taken"), done.aside)] if done.aside else []),
            ]
        ),
        message(
            "Print the sheet, sign and date it, and leave it with somebody else: with it, the "
            "bundle can be checked even where the time stamp is not known."
        )
        if done.stamp
        else message(
            "No third party's time exists for it yet. Print the sheet, sign and date it, and leave "
            "it with somebody else: it can then show later that the bundle was not rewritten."
        ),
        *stamps.how_to_check(done.stamp, done.path),
    )


@app.command(
    help=N_(
        "Stamp a finished bundle again, before its last time stamp grows too old to be trusted."
    )
)
def restamp(
    ctx: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="PATH", readable=False, help=N_("The folder or zip file."))
    ],
    *,
    tsa: Tsa = None,
    tsa_root: TsaRoots = None,
) -> None:
    from pirights.workflow import restamping, time_stamping

    here = call(ctx)
    asked = time_stamping.authority(tsa, tsa_root or ())
    done = restamping.restamp(path, asked, now=clock.now())
    for warning in done.stamp.warnings:
        here.screen.warn(warning)
    here.screen.result(
        "BundleRestamp",
        {"path": done.path, "file": done.file, "time_stamp": stamps.told(done.stamp)},
        message("The time stamp is in {file}; nothing else was changed.", file=done.file),
        Facts(stamps.facts(done.stamp)),
        *stamps.how_to_check(done.stamp, done.path),
    )


app.command(help=N_("Check a bundle: nothing altered, nothing missing, nothing added."))(
    bundle_verify.verify
)
app.command(help=N_("Say what a bundle of this kind should hold and this one lacks."))(
    bundle_gaps.gaps
)
app.command(help=N_("See or change what the catalogue says of the exhibits."))(
    bundle_exhibit.exhibit
)
