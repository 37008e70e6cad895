"""The clock of a case: promises, more time, pauses, and another period."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from pirights.cli import views
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call
from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.domain import entry
from pirights.domain.deadline import Deadline
from pirights.errors import Message, message
from pirights.workflow.adjusting import Adjusted
from pirights.workflow.desk import Desk

Ref = Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))]
Time = Annotated[
    str | None,
    typer.Argument(metavar="[N[wd]]", help=N_("How long: 15 for days, 15wd for working days.")),
]
Until = Annotated[
    str | None, typer.Option(metavar="DATE", help=N_("The last day, instead of how long."))
]
At = Annotated[
    str | None, typer.Option(metavar="DATE", help=N_("The day it was said; today if left out."))
]
Because = Annotated[str, typer.Option(metavar="TEXT", help=N_("Why, in your words."))]
Source = Annotated[
    str,
    typer.Option(
        "--source", "--from", metavar="REF/2", help=N_("The message that says so, such as I3.")
    ),
]


def promise(
    ctx: typer.Context,
    ref: Ref,
    time: Time = None,
    *,
    until: Until = None,
    at: At = None,
    because: Because = "",
    source: Source = "",
) -> None:
    from pirights.workflow import adjusting

    _act(
        call(ctx),
        lambda desk: adjusting.promise(
            desk,
            ref,
            on=_day(at, "--at"),
            period=entry.period(time) if time else None,
            until=_day(until, "--until"),
            because=because,
            source=source,
        ),
        message("The handler's promise is written down."),
    )


def extend(
    ctx: typer.Context,
    ref: Ref,
    time: Time = None,
    *,
    until: Until = None,
    at: At = None,
    because: Because = "",
    source: Source = "",
) -> None:
    from pirights.workflow import adjusting

    _act(
        call(ctx),
        lambda desk: adjusting.extend(
            desk,
            ref,
            on=_day(at, "--at"),
            period=entry.period(time) if time else None,
            until=_day(until, "--until"),
            because=because,
            source=source,
        ),
        message("The time that the handler took is written down."),
    )


def pause(
    ctx: typer.Context, ref: Ref, *, because: Because = "", at: At = None, source: Source = ""
) -> None:
    from pirights.workflow import adjusting

    _act(
        call(ctx),
        lambda desk: adjusting.pause(
            desk, ref, on=_day(at, "--at"), because=because, source=source
        ),
        message("The clock is paused. `pirights case restart` sets it going again."),
    )


def restart(
    ctx: typer.Context, ref: Ref, *, because: Because = "", at: At = None, source: Source = ""
) -> None:
    from pirights.workflow import adjusting

    _act(
        call(ctx),
        lambda desk: adjusting.restart(
            desk, ref, on=_day(at, "--at"), because=because, source=source
        ),
        message("The clock runs again."),
    )


def choose_period(
    ctx: typer.Context,
    ref: Ref,
    rule: Annotated[str, typer.Argument(metavar="PERIOD", help=N_("Such as credit-objection."))],
    *,
    because: Because = "",
    at: At = None,
) -> None:
    from pirights.workflow import adjusting

    _act(
        call(ctx),
        lambda desk: adjusting.choose_period(desk, ref, rule, on=_day(at, "--at"), because=because),
        message("That period is noted for this case; a promise of the handler's goes before it."),
    )


def _act(here: Call, act: Callable[[Desk], Adjusted], said: Message) -> None:
    with opened(here) as desk:
        done = act(desk)
    one, before, after = done.adjustment, done.before, done.after
    here.screen.result(
        f"Case{one.kind.capitalize()}",
        {
            "ref": done.case.ref,
            "kind": one.kind,
            "on": one.on,
            "because": one.because,
            "from": one.source or None,
            "before": before and views.deadline(before),
            "after": after and views.deadline(after),
        },
        said,
        Facts(
            [
                (N_("Case"), done.case.ref),
                (N_("Due before"), _on(before)),
                (N_("Due now"), _on(after)),
                (N_("Provisional"), (after and after.provisional) or None),
                (N_("On whose word"), after and after.force),
            ]
        ),
        message("Why: `pirights law deadline {ref}`.", ref=done.case.ref),
    )


def _on(due: Deadline | None) -> date | Message | None:
    if due is None:
        return None
    return due.on if due.id == "answer" else due.what


def _day(typed: str | None, field: str) -> date | None:
    return entry.day(typed, field=field) if typed is not None else None
