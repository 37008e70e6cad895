"""`pirights sent` and `pirights received`: how a letter left, and when it arrived."""

import shlex
from pathlib import Path
from typing import Annotated, Any

import typer

from pirights.cli import ask, checklist, choose, mailing, put_right, views
from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.domain import entry
from pirights.domain.channel_proof import number_called
from pirights.domain.dispatch import Channel, Letter
from pirights.domain.escalation import TO_AUTHORITY, FollowUp
from pirights.errors import Message, WrongUsage, message
from pirights.workflow.put_right_letters import Way

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
    channel: Annotated[Channel | None, typer.Option(help=N_("By which way it left."))] = None,
    at: At = None,
    tracking: Annotated[
        str | None,
        typer.Option(
            metavar="NO",
            help=N_("The carrier's number; of webform and app the ticket number."),
        ),
    ] = None,
    proof: Proofs = None,
    void: put_right.Void = False,
    correct: put_right.Correct = False,
    because: put_right.Because = "",
    smtp: Annotated[
        bool, typer.Option("--smtp", help=N_("Send it now, through your own mail account."))
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=N_("With --smtp: do all but touch the network.")),
    ] = False,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help=N_("With --smtp: send anew what may be under way already."),
        ),
    ] = False,
) -> None:
    from pirights.workflow import dispatching

    here = call(ctx)
    on = entry.day(at, field="--at") if at is not None else None
    if put_right.alone(void=void, correct=correct, because=because):
        if smtp or dry_run or again:
            raise WrongUsage(message("--smtp sends a mail; it does not go with --void."))
        way = Way(on=on, channel=channel, tracking=tracking, proofs=tuple(proof or ()))
        _put_right(here, ref, way, because, kind="Sent", void=void)
        return
    asked = channel is None
    if channel is None:
        channel = _channel(here)
    if smtp:
        if channel is not Channel.EMAIL or at is not None or tracking or proof:
            raise WrongUsage(
                message("--smtp sends a mail now: it goes with --channel email and nothing else."),
                hint=message("Leave out --at, --tracking and --proof."),
            )
        mailing.send(here, ref, again=again, dry_run=dry_run)
        return
    if dry_run or again:
        raise WrongUsage(message("--dry-run and --again go with --smtp."))
    with opened(here) as desk:
        if asked:
            _, letter = desk.letter(ref)
            ask.confirm(
                here,
                message(
                    "Record that {label} to {name} left by {channel} on {day}?",
                    label=letter.label,
                    name=letter.handler_name,
                    channel=channel,
                    day=on or desk.today,
                ),
            )
        done = dispatching.sent(
            desk, ref, channel=channel, on=on, tracking=tracking or "", proofs=proof or ()
        )
    if asked:
        words = ["pirights", "sent", ref, "--channel", channel.value]
        words += ["--at", str(done.letter.dispatch.on)] if done.letter.dispatch else []
        words += ["--tracking", tracking] if tracking else []
        words += [word for one in proof or () for word in ("--proof", str(one))]
        here.screen.command(shlex.join(words))
    _show(
        here,
        "Sent",
        done,
        *(_filed(done.letter) if done.letter.kind == FollowUp.COURT else _left(done.letter)),
        *checklist.recording(channel),
    )


def _channel(here: Any) -> Channel:  # noqa: ANN401 (a Call)
    if not ask.is_terminal():
        raise WrongUsage(
            message("Say by which way it left: --channel {names}.", names=" | ".join(Channel))
        )
    return choose.one_of(
        here, message("By which way did it leave"), tuple(Channel), option="--channel"
    )


def _left(letter: Letter) -> tuple[Message, Message]:
    return (
        message("Letter {label} is recorded as sent.", label=letter.label),
        message(
            "Next, when it has arrived: `pirights received {ref} --at DATE --proof FILE`.",
            ref=letter.shortest,
        ),
    )


def _filed(letter: Letter) -> tuple[Message, Message]:
    return (
        message("Complaint {label} is recorded as filed with the court.", label=letter.label),
        message(
            "The court registers a proper complaint, or refuses by a ruling, within 7 days (Civil "
            "Procedure Law 126). Keep its receipt or notice: `pirights received {ref} --at DATE "
            "--proof FILE`.",
            ref=letter.shortest,
        ),
    )


def _put_right(
    here: Any,  # noqa: ANN401
    ref: str,
    way: Way,
    because: str,
    *,
    kind: str,
    void: bool,
) -> None:
    from pirights.workflow import put_right_letters as letters

    if void and not way.is_empty:
        raise WrongUsage(message("--void goes with its reason only: --because TEXT."))
    with opened(here) as desk:
        because = put_right.reason(here, because)
        if kind == "Sent":
            act = (
                letters.void_sent(desk, ref, because=because)
                if void
                else letters.correct_sent(desk, ref, way, because=because)
            )
        else:
            act = (
                letters.void_received(desk, ref, because=because)
                if void
                else letters.correct_received(desk, ref, way, because=because)
            )
        put_right.carry_out(here, desk, act, f"{kind}{'Void' if void else 'Correct'}")


def received(
    ctx: typer.Context,
    ref: Ref,
    *,
    at: At = None,
    proof: Proofs = None,
    void: put_right.Void = False,
    correct: put_right.Correct = False,
    because: put_right.Because = "",
) -> None:
    from pirights.workflow import dispatching

    here = call(ctx)
    on = entry.day(at, field="--at") if at is not None else None
    if put_right.alone(void=void, correct=correct, because=because):
        way = Way(on=on, proofs=tuple(proof or ()))
        _put_right(here, ref, way, because, kind="Received", void=void)
        return
    with opened(here) as desk:
        done = dispatching.received(desk, ref, on=on, proofs=proof or ())
    _show(
        here,
        "Received",
        done,
        message("Letter {label} is recorded as arrived.", label=done.letter.label)
        if done.letter.kind in TO_AUTHORITY
        else message(
            "Letter {label} is recorded as arrived; the clock runs.", label=done.letter.label
        ),
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
                (number_called(letter.dispatch.channel).text, letter.dispatch.tracking),
                (N_("Arrived on"), letter.arrived_on),
                (N_("Proofs kept"), [one.name for one in done.proofs]),
                (N_("Answer due on"), done.due and done.due.on),
                (N_("On whose word"), done.due and done.due.force),
                (N_("Provisional"), (done.due and done.due.provisional) or None),
            ]
        ),
        *said[1:],
    )
