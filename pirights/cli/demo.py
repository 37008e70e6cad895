"""`pirights demo`: the whole story on a sample case."""

from pathlib import Path
from typing import Annotated

import typer

from pirights import clock
from pirights.cli import views
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts, Table
from pirights.errors import Message, message


def demo(
    ctx: typer.Context,
    *,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help=N_("Where to put the letter and the bundle."))
    ] = Path("pirights-demo"),
) -> None:
    from pirights.workflow import demo as story

    here = call(ctx)

    opening = [
        message("A sample case with made-up people, in a vault that is thrown away at the end.")
    ]

    def say(step: Message) -> None:
        if not here.screen.as_json:
            here.screen.text(*opening, message("· {step}", step=step))
            opening.clear()

    done = story.play(out, say=say, seed=clock.fixed())
    here.screen.result(
        "Demo",
        {
            "out": done.out,
            "ref": done.ref,
            "letter": done.letter,
            "bundle": done.bundle,
            "root_sha256": done.built.root_sha256,
            "exhibits": len(done.built.exhibits),
            "verdict": done.verdict.verdict,
            "due": [{"ref": one.ref, **views.deadline(one.deadline)} for one in done.due],
        },
        Table(
            (N_("Due on"), N_("What"), N_("On whose word")),
            [(one.deadline.on, one.deadline.what, one.deadline.force) for one in done.due],
        ),
        message(
            "The bundle is valid: {files} files, none altered, missing or added.",
            files=done.verdict.files,
        )
        if done.verdict.valid
        else message("The bundle is not valid."),
        Facts(
            [
                (N_("Letter"), done.letter),
                (N_("Bundle"), done.bundle),
                (N_("Sheet to sign"), done.built.root_sheet),
                (N_("Root (SHA-256)"), done.built.root_sha256),
            ]
        ),
        message("Your own vault: `pirights init`."),
    )
    if not done.verdict.valid:
        raise typer.Exit(31)
