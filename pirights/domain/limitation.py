"""How long a claim for damages can be brought (诉讼时效): Civil Code 188, 193, 195 and 196."""

from datetime import date
from typing import Final

from pirights.domain import counting
from pirights.domain.deadline import Deadline
from pirights.domain.period import PeriodRule
from pirights.errors import BadInput, message

CODE_FROM: Final = date(2021, 1, 1)
"""The first day of the Civil Code; what limited claims before it is not in the law data."""


def limitation_due(rule: PeriodRule, known_on: date, *, arrived_on: date | None) -> Deadline:
    """Say when a claim for damages may become time-barred, counted as cautiously as can be.

    Args:
        rule: The period, in years.
        known_on: The earliest day of the facts: the day on which the person knew, at the earliest.
        arrived_on: The day a request reached the handler, if one did.
    """
    if rule.period is None:
        raise BadInput(message("The period {id} has no number of days.", id=rule.id))
    last = counting.last_day(known_on, rule.period)
    steps = [
        message(
            "The first scan was on {day}: harm and handler were known then at the earliest, and "
            "the log shows it.",
            day=known_on,
        ),
        message(
            "A claim for damages is barred {amount} years after one knew, or should have known, "
            "of the harm and of who did it (Civil Code 188(1), 188(2)); the court may not raise "
            "it itself (193).",
            amount=rule.period.amount,
        ),
        message("The last day, counted cautiously, is {day}.", day=last),
    ]
    if arrived_on is not None:
        steps.append(
            message(
                "A request reached the handler on {day}. That interrupts limitation only for what "
                "was demanded (Civil Code 195 item 1); a letter that asks for access or deletion "
                "alone does not safely interrupt the claim for damages. Say in a letter that "
                "compensation is claimed; the years then count anew from its arrival.",
                day=arrived_on,
            )
        )
    steps.append(
        message(
            "Cessation, removal of danger and apology know no limitation (Civil Code 995, "
            "196 item 1); deletion is not named there.",
        )
    )
    return Deadline(
        id="limitation",
        what=message("A claim for damages may become time-barred."),
        on=last,
        force=rule.force,
        basis=rule.basis,
        start=known_on,
        steps=tuple(steps),
    )
