"""`pirights case refs` and `case time`: their numbers for a case, and the time spent on it."""

from typing import Annotated

import typer

from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.domain import entry
from pirights.domain.case import Case
from pirights.errors import WrongUsage, message

Ref = Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))]


def refs(
    ctx: typer.Context,
    ref: Ref,
    *,
    theirs: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help=N_("Their ticket or case number, kept with the case.")),
    ] = None,
    remove: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("Take such a number out again."))
    ] = None,
) -> None:
    from pirights.workflow import case_extras

    if theirs is not None and remove is not None:
        raise WrongUsage(message("One at a time: --theirs or --remove."))
    here = call(ctx)
    with opened(here) as desk:
        if theirs is not None:
            case = case_extras.add_ref(desk, ref, theirs)
        elif remove is not None:
            case = case_extras.remove_ref(desk, ref, remove)
        else:
            case = desk.case(ref)
    here.screen.result(
        "CaseRefs",
        {"ref": case.ref, "theirs": case.their_refs},
        Facts([(N_("Case"), case.ref), (N_("Their number"), case.their_refs)]),
    )


def time(
    ctx: typer.Context,
    ref: Ref,
    *,
    minutes: Annotated[int, typer.Option(metavar="N", help=N_("How long, in minutes."))],
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("The day; today if left out."))
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help=N_("What for, in your words."))] = "",
) -> None:
    from pirights.workflow import case_extras

    here = call(ctx)
    on = entry.day(at, field="--at") if at is not None else None
    with opened(here) as desk:
        case = case_extras.spend(desk, ref, minutes, on=on, note=note)
    here.screen.result(
        "CaseTime",
        {
            "ref": case.ref,
            "on": case.time_spent[-1].on,
            "minutes": minutes,
            "sum": minutes_of(case),
        },
        message("The time is written down; it is part of no sum of money."),
        Facts([(N_("Case"), case.ref), (N_("Minutes spent"), minutes_of(case))]),
    )


def minutes_of(case: Case) -> int:
    """All time spent on a case."""
    return sum(one.minutes for one in case.time_spent)
