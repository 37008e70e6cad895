"""`pirights reply score`: how a reply met what was asked, item by item."""

import functools
import re
import shlex
import unicodedata
from typing import Annotated, Final

import typer

from pirights.cli import ask, choose, views
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call
from pirights.cli.language import N_, Language
from pirights.cli.show import Table
from pirights.domain.dispatch import Letter
from pirights.domain.request import Score, tally
from pirights.errors import BadInput, message

_RUN: Final = re.compile(r"\s*(\d{1,3})\s*(?:-\s*(\d{1,3})\s*)?")
"""The number of an item, or two that name a run of items."""


def score(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
    *,
    item: Annotated[
        list[str] | None,
        typer.Option(
            metavar="N=HOW", help=N_("Such as 3=given or 4-14=silent; also partial, refused.")
        ),
    ] = None,
    cites: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("The provision they name for refusing."))
    ] = "",
) -> None:
    from pirights.workflow import scoring

    here = call(ctx)
    marks = dict(mark for one in item or () for mark in _marks(one))
    asks = not marks and ask.is_terminal()
    with opened(here) as desk:
        if asks:
            marks, cites = _asked(here, scoring.scored(desk, ref), cites)
        letter = scoring.score(desk, ref, marks, cites=cites)
    if asks:
        words = ["pirights", "reply", "score", ref]
        words += [word for number in marks for word in ("--item", f"{number}={marks[number]}")]
        words += ["--cites", cites] if cites else []
        here.screen.command(shlex.join(words))
    counts = tally(letter.items)
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
            all=sum(counts.values()),
        ),
        *views.courtesy([letter]),
        Table(
            (N_("No."), N_("Answered"), N_("Named for refusing")),
            [(one.number, one.score, one.refused_under) for one in letter.items],
        ),
    )


def _asked(here: Call, letter: Letter, cites: str) -> tuple[dict[int, Score], str]:
    """Go through the items one by one; what stays open is not marked."""
    choose.listed(here, tuple(Score))
    marks = {}
    for one in letter.items:
        here.screen.notice(
            message(
                "{number}. {what}",
                number=one.number,
                what=one.zh if here.screen.voice.language is Language.ZH or not one.en else one.en,
            )
        )
        mark = choose.answer(
            here,
            message("How was item {number} met", number=one.number),
            functools.partial(choose.picked, here, tuple(Score)),
            option="--item",
            default=one.score,
        )
        if mark is not one.score:
            marks[one.number] = mark
    if Score.REFUSED in marks.values() and not cites:
        cites = ask.line(
            here, message("The provision they name for refusing (or nothing)"), option="--cites"
        )
    ask.confirm(
        here,
        message(
            "Keep these marks: {marks}?",
            marks=[f"{number}={marks[number]}" for number in marks],
        ),
    )
    return marks, cites


def _marks(text: str) -> list[tuple[int, Score]]:
    """Read one mark, or that of several numbers in a row, the last included."""
    numbers, _, how = unicodedata.normalize("NFKC", text).partition("=")
    run = _RUN.fullmatch(numbers)
    first, last = (int(run[1]), int(run[2] or run[1])) if run else (1, 0)
    if first > last or how.strip() not in set(Score):
        raise BadInput(
            message("{text} is not an item with its mark.", text=text),
            hint=message(
                "Write it as 3=refused or 4-14=silent; the marks are {marks}.",
                marks=", ".join(Score),
            ),
        )
    return [(number, Score(how.strip())) for number in range(first, last + 1)]
