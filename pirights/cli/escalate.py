"""`pirights escalate`: the next letter of a case."""

from typing import Annotated

import typer

from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.domain import entry
from pirights.domain.document import Letters
from pirights.domain.escalation import FollowUp
from pirights.errors import message


def escalate(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
    *,
    kind: Annotated[FollowUp, typer.Option("--as", help=N_("Which letter comes next."))],
    letters: Annotated[
        Letters | None,
        typer.Option(help=N_("The language of the letter; that of the request if left out.")),
    ] = None,
    offer: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help=N_("For identity: what proves who you are, such as 会员号 1234; may be repeated."),
        ),
    ] = None,
    sign: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help=N_("For breach: what you noticed of a leak, one sentence; may be repeated."),
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("The letter's date; today if left out."))
    ] = None,
) -> None:
    from pirights.workflow import escalating

    here = call(ctx)
    with opened(here) as desk:
        written = escalating.preview(
            desk,
            ref,
            kind,
            on=entry.day(date, field="--date") if date is not None else None,
            letters=letters,
            offers=tuple(offer or ()),
            signs=tuple(sign or ()),
        )
        done = escalating.keep(desk, written)
    for notice in done.notices:
        here.screen.notice(notice)
    letter = done.letter
    here.screen.result(
        "Escalate",
        {
            "ref": letter.ref,
            "message": letter.label,
            "kind": letter.kind,
            "date": letter.on,
            "letters": letter.letters,
            "by": done.by,
        },
        message("Letter {label} is written.", label=letter.label),
        Facts(
            [
                (N_("To"), letter.handler_name),
                (N_("Date"), letter.on),
                (N_("Reply asked by"), done.by),
            ]
        ),
        message(
            "pirights is not a lawyer: read the letter before you sign it, and ask one where "
            "much is at stake."
        ),
        message("Next: `pirights request render {ref} --out letter.pdf`.", ref=letter.label),
    )
