"""`pirights bundle build --person`: a bundle of each case of one client."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pirights.cli.desk import opened
from pirights.cli.frame import Call
from pirights.cli.language import N_
from pirights.cli.progress import shown
from pirights.cli.show import Table
from pirights.domain import entry
from pirights.errors import WrongUsage, message

if TYPE_CHECKING:
    from pirights.workflow.time_stamping import Authority
    from pirights.workflow.withholding import Wanted


def build(here: Call, person: str, *, out: Path, tsa: "Authority | None", wanted: "Wanted") -> None:
    """Build them, and show what became of each case."""
    from pirights.workflow import client_bundles

    number = entry.record_number(person, "P")
    if wanted.masks:
        raise WrongUsage(
            message("--mask names an exhibit of one case and does not go with --person.")
        )
    if out.suffix == ".zip":
        raise WrongUsage(
            message("--person makes several bundles; {out} must name a folder.", out=out)
        )
    with opened(here) as desk, shown(here, N_("Bundles")) as progress:
        done = client_bundles.build(
            desk, number, out=out, progress=progress, tsa=tsa, wanted=wanted
        )
    for each in done:
        if each.problem is not None:
            here.screen.warn(
                message("No bundle of {ref}: {problem}", ref=each.ref, problem=each.problem),
                hint=each.hint,
            )
        for notice in each.built.notices if each.built is not None else ():
            here.screen.warn(message("{ref}: {what}", ref=each.ref, what=notice))
    failed = [each for each in done if each.built is None]
    here.screen.result(
        "BundleBuild",
        {
            "person": f"P{number}",
            "out": out,
            "bundles": [_view(each.ref, each.built) for each in done if each.built is not None],
            "failed": [{"ref": each.ref, "problem": each.problem} for each in failed],
        },
        message(
            "Bundles in {out}: {count}. Beside each lies its sheet to sign, {example}.",
            out=out,
            count=len(done) - len(failed),
            example="PR-…-root.pdf",
        ),
        Table(
            (N_("Case"), N_("Exhibits"), N_("Pages"), N_("Root (SHA-256)")),
            [
                (each.ref, len(each.built.exhibits), each.built.pages, each.built.root_sha256)
                if each.built is not None
                else (each.ref, "—", "—", message("not made"))
                for each in done
            ],
            wraps=True,
        ),
    )
    if failed:
        raise typer.Exit(40)


def _view(ref: str, built: Any) -> dict[str, object]:  # noqa: ANN401 (a finished bundle)
    return {
        "ref": ref,
        "path": built.path,
        "root_sha256": built.root_sha256,
        "root_sheet": built.root_sheet,
        "stamped": built.stamped,
        "not_taken": built.aside,
        "exhibits": len(built.exhibits),
        "pages": built.pages,
        "files": built.files,
    }
