"""By when an authority has to act on a paper, where a law that was read gives a number.

That is one case: a consumer's complaint to an administrative department, seven working days from
receipt (CPL 46). PIPL 65 says promptly; mediation and the credit regulator's answer count from an
acceptance, and a consumer association is no administrative department.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from pirights.domain import calendar, counting
from pirights.domain.deadline import Deadline
from pirights.domain.dispatch import Letter
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import TimeUnit
from pirights.domain.period import PeriodRule
from pirights.domain.reply import NO_ANSWER, Reply, ReplyKind
from pirights.errors import message

_PERIODS: Final[Mapping[tuple[str, str], str]] = {
    (FollowUp.CONSUMER, "market-12315"): "consumer-complaint",
}
"""The period of a kind of paper at a body (`templates/rules/authorities.toml`)."""

_NOT_YET: Final = NO_ANSWER | {
    *(ReplyKind.ACKNOWLEDGEMENT, ReplyKind.EXTENDED, ReplyKind.TRANSFERRED),
}


def has_period(letter: Letter) -> bool:
    """Say whether a law gives the body that a paper went to a number of days."""
    return (letter.kind, letter.body) in _PERIODS


def outcome(letter: Letter, replies: Sequence[Reply]) -> Reply | None:
    """The authority's last word on a paper, beyond saying that it has it."""
    told = (one for one in replies if one.answers == letter.number and one.kind not in _NOT_YET)
    return max(told, key=lambda one: one.number, default=None)


def authority_due(
    letter: Letter, replies: Sequence[Reply], rules: Mapping[str, PeriodRule]
) -> Deadline | None:
    """Say by when the body has to handle a paper; None where no number is known or none runs."""
    if letter.arrived_on is None or not has_period(letter) or outcome(letter, replies):
        return None
    rule = rules[_PERIODS[letter.kind, letter.body]]
    if rule.period is None:
        return None
    start = letter.arrived_on
    last = counting.last_day(start, rule.period)
    guessed = _guessed(rule, last)
    doubtful = guessed is not None or calendar.may_still_change(last)
    steps = [
        message("The paper {label} reached the authority on {day}.", label=letter.label, day=start),
        message(
            "{what}: {amount} {unit}, {force}.",
            what=rule.what,
            amount=rule.period.amount,
            unit=rule.period.unit,
            force=rule.force,
        ),
        *([message("{words}", words=rule.limits)] if rule.limits is not None else []),
        *counting.counting_steps(start, last, rule.period),
        message("The last day is {day}.", day=last),
        message(
            "Where both sides agree to mediation it is to end within 60 days of acceptance, time "
            "for expert opinions not counted (CPL regulations, article 46(3)). The day of "
            "acceptance is not kept here, so that no day is shown for it."
        ),
    ]
    if doubtful:
        steps.append(counting.doubt(last))
    return Deadline(
        id="authority",
        what=message(
            "Time of the authority for handling {label} and telling you.", label=letter.label
        ),
        on=last,
        force=rule.force,
        basis=rule.basis,
        start=start,
        steps=tuple(steps),
        provisional=doubtful,
        guessed_year=guessed,
        period=rule.period,
        letter=letter.number,
    )


def _guessed(rule: PeriodRule, last: date) -> int | None:
    working = rule.period is not None and rule.period.unit is TimeUnit.WORKING_DAY
    return last.year if working and not calendar.has_notice(last) else None
