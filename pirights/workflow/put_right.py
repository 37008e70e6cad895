"""Putting right what was recorded wrongly: what would change is shown before it is done.

Nothing is deleted. A record that is voided stays, with the reason; one that is corrected keeps
how it stood; the journal keeps every state. What is computed from it is computed anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pirights.domain.case import Outcome, Stage
from pirights.domain.deadline import Deadline
from pirights.domain.dispatch import Delivery
from pirights.domain.next_step import NextStep
from pirights.domain.text import one_line
from pirights.errors import BadInput, Message, message
from pirights.vault.change import Change
from pirights.workflow import cases, next_steps, reckoning
from pirights.workflow.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What is computed of a case."""

    ref: str
    stage: Stage
    outcome: Outcome
    delivery: Delivery
    deadlines: tuple[Deadline, ...]
    next: NextStep | None


@dataclass(frozen=True, slots=True)
class Own:
    """What is changed in the record itself; None for what is not there."""

    what: Message
    was: object
    now: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What an act changes.

    Attributes:
        label: What it is about, as people type it, once it is done.
        before: The cases that it touches, as they stood.
        after: The same cases, as they stand then.
        own: What the record itself said, and says then.
    """

    label: str
    own: tuple[Own, ...]
    before: tuple[Snapshot, ...]
    after: tuple[Snapshot, ...]
    notices: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing to put right.

    Attributes:
        refs: The cases whose standing may change.
        own: What is changed in the record itself.
        do: Does it, and says the label that the thing has then, and what else is to be told.
    """

    refs: tuple[str, ...]
    own: tuple[Own, ...] = ()
    do: Callable[[Change], tuple[str, Sequence[Message]]]


class _NotYetError(Exception):
    """Undoes what was done to see what it changes."""


def preview(desk: Desk, act: Act) -> Difference:
    """Say what an act would change; the vault stays as it is."""
    found: list[Difference] = []
    try:
        with desk.vault.change(now=desk.now) as change:
            found.append(_through(desk, act, change))
            raise _NotYetError  # noqa: TRY301 (it is what undoes the change)
    except _NotYetError:
        return found[0]


def done(desk: Desk, act: Act) -> Difference:
    """Do it: all of it, or nothing."""
    with desk.vault.change(now=desk.now) as change:
        found = _through(desk, act, change)
        for ref in act.refs:
            reckoning.note_told(change, cases.standing(desk, desk.case(ref)).papers)
    return found


def reason(because: str) -> str:
    """Take the reason, which is never left out.

    Raises:
        BadInput: There is none, or it cannot be taken.
    """
    why = one_line(because, field="because")
    if not why:
        raise BadInput(
            message("Say why this is put right; the reason stays with the record."),
            hint=message("Give it with --because TEXT."),
        )
    return why


def written_later(desk: Desk, ref: str, number: int, on: date) -> list[Message]:
    """Name the letters that were written on what is now put right."""
    return [
        message(
            "Letter {label} was written before this change and still says what it said.",
            label=letter.label,
        )
        for letter in desk.letters(desk.case(ref))
        if letter.number > number and letter.on >= on
    ]


def _through(desk: Desk, act: Act, change: Change) -> Difference:
    before = tuple(_snapshot(desk, ref) for ref in act.refs)
    label, notices = act.do(change)
    after = tuple(_snapshot(desk, ref) for ref in act.refs)
    return Difference(label=label, own=act.own, before=before, after=after, notices=tuple(notices))


def _snapshot(desk: Desk, ref: str) -> Snapshot:
    one = cases.standing(desk, desk.case(ref))
    return Snapshot(
        ref=ref,
        stage=one.stage,
        outcome=one.case.outcome,
        delivery=one.delivery,
        deadlines=one.deadlines,
        next=next_steps.of(desk, one.papers, one.stage, one.deadlines),
    )
