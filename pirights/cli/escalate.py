"""`pirights escalate`: the next letter of a case."""

import shlex
from typing import Annotated

import typer

from pirights.cli import ask, escalate_questions, suit_views
from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts, Words
from pirights.domain import entry
from pirights.domain.document import Letters
from pirights.domain.escalation import FollowUp
from pirights.errors import message


def escalate(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
    *,
    kind: Annotated[
        FollowUp | None, typer.Option("--as", help=N_("Which letter comes next."))
    ] = None,
    letters: Annotated[
        Letters | None,
        typer.Option(
            help=N_(
                "The language of the letter; if left out, that of the request, and Chinese as well "
                "where it goes to an authority or a court."
            )
        ),
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
    to: Annotated[
        str,
        typer.Option(
            metavar="ID", help=N_("For an authority: which, as `law list authorities` names it.")
        ),
    ] = "",
    office: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("For an authority: its full name at its place."))
    ] = "",
    demand: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help=N_("For regulator and consumer: what you ask beside what the case says."),
        ),
    ] = None,
    affected: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            help=N_("For procuratorate: how many others are affected, and how you know."),
        ),
    ] = "",
    particulars: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            help=N_("For court: the plaintiff's sex, age, ethnicity, occupation and employer."),
        ),
    ] = "",
    legal_representative: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("For court: the defendant's, if you know it."))
    ] = "",
    claim: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT", help=N_("For court: a further claim, one sentence; may be repeated.")
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("The letter's date; today if left out."))
    ] = None,
) -> None:
    from pirights.workflow import escalating, rendering
    from pirights.workflow.letter_details import Details

    here = call(ctx)
    asking = kind is None
    with opened(here) as desk:
        if kind is None:
            kind = escalate_questions.kind(here, desk, ref)
        written = escalating.preview(
            desk,
            ref,
            kind,
            on=entry.day(date, field="--date") if date is not None else None,
            letters=letters,
            details=Details(
                offers=tuple(offer or ()),
                signs=tuple(sign or ()),
                to=to,
                office=office,
                demands=tuple(demand or ()),
                affected=affected,
                particulars=particulars,
                legal_representative=legal_representative,
                claims=tuple(claim or ()),
            ),
        )
        if asking:
            here.screen.text(Words(rendering.words_of(written.letter.document)))
            ask.confirm(here, message("Keep this letter?"))
        done = escalating.keep(desk, written)
        suit = suit_views.weighed(desk, done.letter) if kind is FollowUp.COURT else None
    for notice in done.notices:
        here.screen.notice(notice)
    if asking:
        rest = [word for word in here.arguments if word != "escalate"]
        command = shlex.join(["pirights", "escalate", *rest, "--as", kind])
        here.screen.command(command)
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
            "to": done.body and done.body.id,
            "office": done.body and letter.handler_name,
            "channel": done.body and done.body.channel,
            "confidence": done.body and done.body.confidence,
            **(suit_views.view(suit) if suit is not None else {}),
        },
        message("Letter {label} is written.", label=letter.label),
        Facts(
            [
                (N_("To"), letter.handler_name),
                (N_("Date"), letter.on),
                (N_("Reply asked by"), done.by),
                (N_("How to reach it"), done.body and done.body.channel),
                (N_("Confidence"), done.body and done.body.confidence),
            ]
        ),
        *(suit_views.shown(suit) if suit is not None else []),
        message(
            "pirights is not a lawyer: read the letter before you sign it, and ask one where "
            "much is at stake."
        ),
        message("Next: `pirights request render {ref} --out letter.pdf`.", ref=letter.label),
        *suit_views.filing(letter),
    )
