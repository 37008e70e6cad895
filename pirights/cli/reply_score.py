"""`pirights reply score`: how a reply met what was asked, item by item."""

import unicodedata
from typing import Annotated

import typer

from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.domain.request import Score
from pirights.errors import BadInput, message


def score(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
    *,
    item: Annotated[
        list[str],
        typer.Option(metavar="N=HOW", help=N_("Such as 3=given, partial, refused or silent.")),
    ],
    cites: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("The provision they name for refusing."))
    ] = "",
) -> None:
    from pirights.workflow import scoring

    here = call(ctx)
    marks = dict(_mark(one) for one in item)
    with opened(here) as desk:
        letter = scoring.score(desk, ref, marks, cites=cites)
    counts = {mark: sum(one.score is mark for one in letter.items) for mark in Score}
    here.screen.result(
        "ReplyScore",
        {
            "ref": letter.ref,
            "message": letter.label,
            "items": [
                {"number": one.number, "score": one.score, "refused_under": one.refused_under}
                for one in letter.items
            ],
            "counts": {mark.value: count for mark, count in counts.items()},
        },
        message(
            "Answered: {given} of {all} items.",
            given=counts[Score.GIVEN],
            all=len(letter.items),
        ),
        Table(
            (N_("No."), N_("Answered"), N_("Named for refusing")),
            [(one.number, one.score, one.refused_under) for one in letter.items],
        ),
    )


def _mark(text: str) -> tuple[int, Score]:
    number, _, how = unicodedata.normalize("NFKC", text).partition("=")
    if not number.strip().isdecimal() or how.strip() not in set(Score):
        raise BadInput(
            message("{text} is not an item with its mark.", text=text),
            hint=message("Write it as 3=refused; the marks are {marks}.", marks=", ".join(Score)),
        )
    return int(number), Score(how.strip())
