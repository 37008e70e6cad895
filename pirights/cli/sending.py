"""`pirights sent` and `pirights received`: how a letter left, and when it arrived."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pirights.cli import views
from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.domain import entry
from pirights.domain.dispatch import Channel
from pirights.errors import message

Ref = Annotated[
    str, typer.Argument(metavar="REF", help=N_("The case, or REF/2 for its second message."))
]
At = Annotated[str | None, typer.Option(metavar="DATE", help=N_("The day; today if left out."))]
Proofs = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", readable=False, help=N_("What proves it; kept byte for byte.")),
]


def sent(
    ctx: typer.Context,
    ref: Ref,
    *,
    channel: Annotated[Channel, typer.Option(help=N_("By which way it left."))],
    at: At = None,
    tracking: Annotated[str, typer.Option(metavar="NO", help=N_("The carrier's number."))] = "",
    proof: Proofs = None,
) -> None:
    from pirights.workflow import dispatching

    here = call(ctx)
    on = entry.day(at, field="--at") if at is not None else None
    with opened(here) as desk:
        done = dispatching.sent(
            desk, ref, channel=channel, on=on, tracking=tracking, proofs=proof or ()
        )
    _show(
        here,
        "Sent",
        done,
        message("Letter {label} is recorded as sent.", label=done.letter.label),
        message(
            "Next, when it has arrived: `pirights received {ref} --at DATE --proof FILE`.",
            ref=done.letter.shortest,
        ),
    )


def received(ctx: typer.Context, ref: Ref, *, at: At = None, proof: Proofs = None) -> None:
    from pirights.workflow import dispatching

    here = call(ctx)
    on = entry.day(at, field="--at") if at is not None else None
    with opened(here) as desk:
        done = dispatching.received(desk, ref, on=on, proofs=proof or ())
    _show(
        here,
        "Received",
        done,
        message("Letter {label} is recorded as arrived; the clock runs.", label=done.letter.label),
        message("Why: `pirights law deadline {ref}`.", ref=done.letter.ref),
    )


def _show(here: Any, kind: str, done: Any, *said: Any) -> None:  # noqa: ANN401
    for notice in done.notices:
        here.screen.warn(notice)
    letter = done.letter
    here.screen.result(
        kind,
        {
            **views.letter(letter),
            "ref": letter.ref,
            "proofs": [views.attachment(one) for one in done.proofs],
            "due": done.due and views.deadline(done.due),
        },
        said[0],
        Facts(
            [
                (N_("To"), letter.handler_name),
                (N_("Channel"), letter.dispatch.channel),
                (N_("Sent on"), letter.dispatch.on),
                (N_("Tracking number"), letter.dispatch.tracking),
                (N_("Arrived on"), letter.arrived_on),
                (N_("Proofs kept"), [one.name for one in done.proofs]),
                (N_("Answer due on"), done.due and done.due.on),
                (N_("On whose word"), done.due and done.due.force),
                (N_("Provisional"), (done.due and done.due.provisional) or None),
            ]
        ),
        *said[1:],
    )
