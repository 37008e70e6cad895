"""How long a claim for damages can be brought (诉讼时效): Civil Code 188, 192, 193, 195 and 196."""

from dataclasses import replace
from datetime import date
from typing import Final

from pirights.domain import counting
from pirights.domain.deadline import Deadline
from pirights.domain.period import PeriodRule
from pirights.errors import BadInput, message

CODE_FROM: Final = date(2021, 1, 1)
"""The first day of the Civil Code; what limited claims before it is not in the law data."""


def has_passed(due: Deadline, today: date) -> bool:
    """Say whether this is the limitation of a claim, and its last day lies before today."""
    return due.id == "limitation" and due.on < today


def told(due: Deadline, today: date) -> Deadline:
    """Say of a limitation whose last day has passed that it has; anything else stays as it is."""
    if not has_passed(due, today):
        return due
    return replace(
        due,
        what=message(
            "Limitation of a claim for damages, counted cautiously: that day has passed. Ask a "
            "lawyer whether it has really run out."
        ),
    )


def limitation_due(rule: PeriodRule, first_scan: date, *, arrived_on: date | None) -> Deadline:
    """Say when the other side may plead limitation against a claim for damages, at the earliest.

    Counted from the first scan, which is the cautious way: the law counts from the day on which
    the person knew or should have known of the harm and of who (188(2)).

    Args:
        rule: The period, in years.
        first_scan: The earliest day of the facts since the Civil Code.
        arrived_on: The day a request reached the handler, if one did.

    Raises:
        BadInput: The rule has no number.
    """
    if rule.period is None:
        raise BadInput(message("The period {id} has no number of days.", id=rule.id))
    last = counting.last_day(first_scan, rule.period)
    steps = [
        message(
            "The first scan was on {day}. To be safe the period is counted from it; in law it runs "
            "from when harm and obligor were or should have been known, which may be later (Civil "
            "Code 188(2)).",
            day=first_scan,
        ),
        message(
            "The period is {amount} years (188(1)). Once it has ended the other side may plead it "
            "(192(1)); the court may not raise it itself (193). There is a longest period of 20 "
            "years besides (188(2)).",
            amount=rule.period.amount,
        ),
        message(
            "It ends on the same day of the year, or the last of its month (202); that a last day "
            "on a statutory rest day moves on (203(1)) is left out of account.",
        ),
        message("The last day, counted cautiously, is {day}.", day=last),
    ]
    if arrived_on is not None:
        steps.append(
            message(
                "A request reached the handler on {day}. That interrupts limitation only for what "
                "was demanded (195 item 1); a letter that asks for access or deletion alone does "
                "not safely interrupt the claim for damages. Say in a letter, before the period "
                "ends, that compensation is claimed: the years then count anew from its arrival. "
                "Once it has ended, a demand does not start it anew: ask a lawyer.",
                day=arrived_on,
            )
        )
    steps.append(
        message(
            "Claims to cease, remove obstruction or danger, undo effects, restore reputation and "
            "apologise know no limitation (995, 196 item 1); deletion is not named there.",
        )
    )
    return Deadline(
        id="limitation",
        what=message("Limitation of a claim for damages, counted cautiously."),
        on=last,
        force=rule.force,
        basis=rule.basis,
        start=first_scan,
        steps=tuple(steps),
    )
