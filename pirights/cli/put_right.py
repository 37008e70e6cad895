"""What is voided or corrected: shown before and after, confirmed, then done."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from pirights.cli import ask, views
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.domain import entry
from pirights.domain.reply import ReplyKind
from pirights.errors import Message, WrongUsage, message
from pirights.workflow.put_right import Act, Difference, Snapshot

Because = Annotated[str, typer.Option(metavar="TEXT", help=N_("Why, in your words; it is kept."))]
Void = Annotated[
    bool, typer.Option("--void", help=N_("Take back what was recorded; with --because."))
]
Correct = Annotated[
    bool, typer.Option("--correct", help=N_("Correct what was recorded; with --because."))
]
_Label = Annotated[
    str, typer.Argument(metavar="REF/2|I3", help=N_("A message of a case, or one of the inbox."))
]


def alone(*, void: bool, correct: bool, because: str) -> bool:
    """Say whether something is put right, and refuse what does not go together.

    Raises:
        WrongUsage: Both at once, or a reason without an act.
    """
    if void and correct:
        raise WrongUsage(message("--void and --correct do not go together."))
    if because and not (void or correct):
        raise WrongUsage(message("--because goes with --void or --correct."))
    return void or correct


def reason(here: Call, because: str) -> str:
    """Ask why, where that was not said and a person is there."""
    if because or not ask.is_terminal():
        return because
    return ask.line(here, message("Why, in your words; it is kept"), option="--because")


def carry_out(here: Call, desk: Any, act: Act, kind: str) -> None:  # noqa: ANN401
    """Show what would change, ask, do it, and show what changed."""
    from pirights.workflow import put_right

    if not here.yes:
        found = put_right.preview(desk, act)
        for line in _lines(found):
            here.screen.notice(line)
        if not _differing(found):
            here.screen.notice(message("Stage, days and next step stay as they are."))
        ask.confirm(
            here,
            message("Void {label}?", label=found.label)
            if kind.endswith("Void")
            else message("Put {label} right?", label=found.label),
        )
    done = put_right.done(desk, act)
    for notice in done.notices:
        here.screen.warn(notice)
    here.screen.result(
        kind,
        {"id": done.label, **view(done)},
        message("{label} is put right; the journal keeps what it said.", label=done.label),
        *tables(done),
        *(note for one in done.after for note in views.told_next(one.next)),
    )


def view(done: Difference) -> dict[str, object]:
    """What was changed and what is computed from it, before and after."""
    return {
        "changed": [
            {"what": one.what, "was": one.was, "now": one.now}
            for one in done.own
            if one.was != one.now
        ],
        "before": [_view(one) for one in done.before],
        "after": [_view(one) for one in done.after],
    }


def _view(one: Snapshot) -> dict[str, object]:
    return {
        "ref": one.ref,
        "stage": one.stage,
        "outcome": one.outcome,
        "delivery": one.delivery,
        "deadlines": [views.deadline(each) for each in one.deadlines],
        "next": views.next_step(one.next),
    }


def _changes(done: Difference) -> Iterator[tuple[str, object, object, object]]:
    """Each thing that differs: of what, what, before, after."""
    for own in done.own:
        yield done.label, own.what, own.was, own.now
    for was, now in zip(done.before, done.after, strict=True):
        yield was.ref, message("Stage"), was.stage, now.stage
        yield was.ref, message("Outcome"), was.outcome, now.outcome
        yield was.ref, message("Delivery"), was.delivery, now.delivery
        days = {(one.id, one.letter): one for one in (*now.deadlines, *was.deadlines)}
        earlier = {(one.id, one.letter): one.on for one in was.deadlines}
        later = {(one.id, one.letter): one.on for one in now.deadlines}
        for key, one in days.items():
            yield was.ref, one.what, earlier.get(key), later.get(key)
        yield was.ref, message("Next step"), _act_of(was), _act_of(now)


def _act_of(one: Snapshot) -> Message | None:
    return one.next.what if one.next is not None else None


def _differing(done: Difference) -> list[tuple[str, object, object, object]]:
    return [row for row in _changes(done) if row[2] != row[3]]


def _lines(done: Difference) -> Iterator[Message]:
    for ref, what, was, now in _differing(done):
        yield message(
            "{ref}: {was} → {now} ({what})",
            ref=ref,
            what=what,
            was=_shown(was),
            now=_shown(now),
        )
    yield from done.notices


def _shown(value: object) -> object:
    return value if value or value is False or value == 0 else "—"


def tables(done: Difference) -> list[Table | Message]:
    """Everything that differs, one thing on a line."""
    rows = _differing(done)
    if not rows:
        return [message("Stage, days and next step stay as they are.")]
    return [
        Table(
            (N_("Record"), N_("What"), N_("Before the change"), N_("After the change")),
            [(ref, what, _shown(was), _shown(now)) for ref, what, was, now in rows],
        )
    ]


def log_void(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="E1", help=N_("The encounter."))],  # noqa: A002 (the argument's name)
    *,
    because: Because = "",
) -> None:
    """Void an encounter."""
    from pirights.workflow import encounters, put_right_encounters

    here = call(ctx)
    with opened(here) as desk:
        number = entry.record_number(id, "E")
        one, _, _ = encounters.show(desk, number)
        if not here.yes:
            here.screen.notice(
                message(
                    "{label}: {at}, {place}",
                    label=one.label,
                    at=views.clock_of(one.local),
                    place=one.place,
                )
            )
        act = put_right_encounters.void(desk, number, because=reason(here, because))
        carry_out(here, desk, act, "LogVoid")


def reply_void(ctx: typer.Context, label: _Label, *, because: Because = "") -> None:
    """Void a message."""
    from pirights.workflow import put_right_replies

    here = call(ctx)
    with opened(here) as desk:
        act = put_right_replies.void(desk, label, because=reason(here, because))
        carry_out(here, desk, act, "ReplyVoid")


def reply_correct(
    ctx: typer.Context,
    label: _Label,
    *,
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("The day it really came in."))
    ] = None,
    kind: Annotated[
        ReplyKind | None, typer.Option(help=N_("What it really is; you have read it."))
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="REF[/4]|inbox",
            help=N_("The case it belongs to, the paper to an authority it answers, or the inbox."),
        ),
    ] = None,
    because: Because = "",
) -> None:
    """Correct a message."""
    from pirights.workflow import put_right_replies

    here = call(ctx)
    right = put_right_replies.Right(
        on=entry.day(at, field="--at") if at is not None else None, kind=kind, to=to
    )
    with opened(here) as desk:
        act = put_right_replies.correct(desk, label, right, because=reason(here, because))
        carry_out(here, desk, act, "ReplyCorrect")
