"""What is shown beside a complaint: which courts may take it, and by when."""

from typing import Any

from pirights.cli import views
from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.domain.dispatch import Letter
from pirights.domain.escalation import FollowUp
from pirights.errors import Message, message
from pirights.workflow.desk import Desk
from pirights.workflow.suing import Suit


def weighed(desk: Desk, letter: Letter) -> Suit:
    """Weigh the suit of a complaint."""
    from pirights.workflow import suing

    return suing.weighed(desk, letter.ref, on=letter.on)


def filing(letter: Letter) -> list[Message]:
    """Say how the filing of a complaint is recorded; nothing of another letter."""
    if letter.kind != FollowUp.COURT:
        return []
    return [
        message(
            "When it is filed: `pirights sent {ref} --channel webform` (online) or `--channel "
            "hand` (at the court's window).",
            ref=letter.label,
        )
    ]


def view(suit: Suit) -> dict[str, Any]:
    """What programs read: hints with their grade, and the limitation with its steps."""
    return {
        "jurisdiction": [
            {
                "id": one.id,
                "name": one.name,
                "channel": one.channel,
                "limits": one.limits,
                "basis": one.basis,
                "grade": one.confidence,
                "since": one.since,
            }
            for one in suit.jurisdiction
        ],
        "causes": list(suit.causes),
        "limitation": suit.limitation and views.deadline(suit.limitation),
    }


def shown(suit: Suit) -> list[Facts]:
    """The same for people; which court it is stays theirs to find out."""
    hints = [
        Facts(
            [
                (N_("Jurisdiction, a hint only"), one.name),
                (N_("Where"), one.channel),
                (N_("Limits"), one.limits),
                (N_("Confidence"), one.confidence),
            ]
        )
        for one in suit.jurisdiction
    ]
    causes: list[tuple[str, object]] = [
        (N_("Cause of action, a hint only"), cause) for cause in suit.causes
    ]
    due = [(N_("Claim for damages by"), suit.limitation.on)] if suit.limitation else []
    return [*hints, Facts([*causes, *due])]
