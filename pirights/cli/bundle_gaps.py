"""`pirights bundle gaps`: what the bundle of a case would lack."""

from typing import Annotated

import typer

from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.errors import message


def gaps(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
) -> None:
    from pirights.workflow import gaps as looking

    here = call(ctx)
    with opened(here) as desk:
        looked = looking.look(desk, ref)
    here.screen.result(
        "BundleGaps",
        {
            "ref": looked.ref,
            "exhibits": looked.exhibits,
            "held": looked.held,
            "gaps": [
                {
                    "group": gap.group,
                    "missing": gap.what,
                    "why": gap.why,
                    "command": gap.command,
                    "hint": gap.hint,
                }
                for gap in looked.gaps
            ],
        },
        Facts(
            [
                (N_("Exhibits"), looked.exhibits),
                (N_("Held"), [group.heading for group in looked.held]),
            ]
        ),
        message("Nothing that a bundle of this kind usually holds is missing.")
        if not looked.gaps
        else message(
            "What a bundle of this kind usually holds and this one lacks. A bundle with gaps is "
            "made all the same; not every case needs every kind."
        ),
        *(
            block
            for number, gap in enumerate(looked.gaps, start=1)
            for block in (
                message(
                    "{number}. {group}: {missing}",
                    number=number,
                    group=gap.group.heading,
                    missing=gap.what,
                ),
                Facts([(N_("   Why"), gap.why), (N_("   Command"), gap.command)]),
            )
        ),
        *(
            [
                message(
                    "A file is put into a group by what its name suggests. To put it into another: "
                    "`pirights bundle exhibit {ref} FILE --group GROUP`.",
                    ref=looked.ref,
                )
            ]
            if looked.gaps
            else []
        ),
    )
