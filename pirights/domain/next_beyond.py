"""What to do next beyond the handler: authority, court, and the limitation that runs meanwhile."""

from datetime import date, timedelta
from typing import Final

from pirights.domain.authority_due import has_period, outcome
from pirights.domain.case import Stage
from pirights.domain.escalation import TO_AUTHORITY, FollowUp
from pirights.domain.next_step import Act, NextStep, Position
from pirights.errors import Message, message

LIMITATION_NEAR: Final = timedelta(days=180)
"""Our suggestion: how long before the end of a limitation it goes before waiting."""

_YIELDS: Final = frozenset(
    {Act.WAIT, Act.WAIT_AUTHORITY, Act.REMIND, Act.COMPLAIN, Act.PROVE_ARRIVAL, Act.SUE}
)
"""Steps that leave the matter to others, and that a limitation soon to end goes before."""

_PROMPTLY: Final = frozenset({FollowUp.REGULATOR})
"""Papers to a department that performs duties of protecting personal information (PIPL 65)."""


def court(at: Position) -> NextStep | None:
    """A suit is on its way or filed."""
    if at.stage is not Stage.LITIGATION:
        return None
    return NextStep(
        act=Act.WAIT_COURT,
        what=message("Wait for the court, and keep what it sends."),
        why=message("The civil complaint is on its way or filed."),
        command=f"pirights case note {at.ref} TEXT",
    )


def authority(at: Position) -> NextStep | None:
    """A paper went to an authority: its own time, where a law gives one, and then the court."""
    if at.stage is not Stage.ESCALATED_REGULATOR:
        return None
    last = [one for one in at.letters if one.kind in TO_AUTHORITY and one.dispatch][-1]
    told = outcome(last, at.replies)
    if told is not None:
        return NextStep(
            act=Act.SUE,
            what=message("Read what the authority decided; a suit remains open to you."),
            why=message("On {day} the authority answered {label}.", day=told.on, label=last.label),
            command=f"pirights reply show {told.label}",
        )
    until = at.runs("authority", last.number)
    if until is not None and until < at.today:
        return NextStep(
            act=Act.SUE,
            what=message("Ask the authority what became of it, or sue."),
            why=message(
                "The authority's time for {label} ended on {day}.", label=last.label, day=until
            ),
            command=f"pirights escalate {at.ref} --as court",
        )
    if has_period(last) and last.arrived_on is None:
        return NextStep(
            act=Act.PROVE_ARRIVAL,
            what=message("Record the arrival of {label} at the authority.", label=last.label),
            why=message("Its time for handling the complaint is counted from then."),
            command=f"pirights received {last.label} --at DATE --proof FILE",
        )
    return NextStep(
        act=Act.WAIT_AUTHORITY,
        what=message("Wait for the authority; a suit remains open to you."),
        why=_time_of_authority(last.kind, last.label, until),
        command=f"pirights escalate {at.ref} --as court",
        on=until,
    )


def claiming(at: Position, step: NextStep) -> NextStep:
    """Put the claim for damages before a step that leaves the matter to others, if time is short.

    A letter that asks for access or deletion alone does not safely interrupt the limitation of a
    claim for damages (Civil Code 195 item 1).
    """
    ends = at.runs("limitation")
    if (
        ends is None
        or not at.today <= ends <= at.today + LIMITATION_NEAR
        or step.act not in _YIELDS
    ):
        return step
    return NextStep(
        act=Act.CLAIM,
        what=message("Claim compensation in writing, with proof of its arrival, or sue."),
        why=message(
            "Counted cautiously, the limitation of a claim for damages ends on {day}; a letter "
            "that asks for access or deletion alone does not safely interrupt it.",
            day=ends,
        ),
        command=f"pirights escalate {at.ref} --as court",
        on=ends,
    )


def _time_of_authority(kind: str, label: str, until: date | None) -> Message:
    if until is not None:
        return message(
            "It has until {day} to handle {label} and to tell you.", day=until, label=label
        )
    if kind in _PROMPTLY:
        return message(
            "The paper {label} went to an authority. The law says promptly and gives it no number "
            "of days (PIPL 65).",
            label=label,
        )
    return message("The paper {label} went to an authority.", label=label)
