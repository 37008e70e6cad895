"""Why an answer is due on a day, in words: what set the clock going, and on whose word it runs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from pirights.domain.adjustment import Adjustment, Pause
from pirights.domain.handler import TimeUnit, Venue
from pirights.domain.period import Force, Matter, PeriodRule, Start
from pirights.errors import Message, message

STANDARD: Final = "gbt-35273-2020:8.7"
"""The period of last resort: 30 days, recommended."""

HANDLER_POLICY: Final = "handler-policy"

FOLLOW_UP: Final = "follow-up"
"""The days that a letter which follows a request gives for an answer; our suggestion."""


def start_step(start: Start, day: date) -> Message:
    """Say what set the clock going."""
    if start is Start.WRITTEN:
        return message("The letter is dated {day}.", day=day)
    if start is Start.SENT:
        return message("The letter was sent on {day}.", day=day)
    if start is Start.ASKED_BACK:
        return message("The handler's message came in on {day}.", day=day)
    return message("The letter reached the handler on {day}; that sets the clock going.", day=day)


def source_steps(
    rule: PeriodRule, promise: Adjustment | None, rules: Mapping[str, PeriodRule]
) -> Iterator[Message]:
    """Say whose word the period is, and what the law itself says."""
    amount = rule.period.amount if rule.period else 0
    working = rule.period is not None and rule.period.unit is TimeUnit.WORKING_DAY
    if promise is not None and promise.until is not None:
        yield message(
            "On {on} the handler promised an answer by {until}.", on=promise.on, until=promise.until
        )
    elif promise is not None:
        yield message(
            "On {on} the handler promised an answer within {amount} {unit}; they count from that "
            "day.",
            on=promise.on,
            amount=amount,
            unit=rule.period and rule.period.unit,
        )
    elif rule.id == HANDLER_POLICY and working:
        yield message(
            "The handler's own published rules promise {amount} working days.", amount=amount
        )
    elif rule.id == HANDLER_POLICY:
        yield message("The handler's own published rules promise {amount} days.", amount=amount)
    elif rule.id == STANDARD:
        yield message(
            "GB/T 35273-2020, 8.7, a recommended standard and no law, gives {amount} days.",
            amount=amount,
        )
        yield message(
            "It is said to count from verified identity; its wording was not seen, so check it. "
            "Unless another day is told below, the letter is taken to settle identity on the day "
            "it arrives.",
        )
    elif rule.id == FOLLOW_UP:
        yield message(
            "Days that a rule, a standard or the handler itself gives for an answer are counted "
            "from the request, and not anew from a letter that follows it; so we read them."
        )
    else:
        yield message(
            "{what}: {amount} {unit}, {force}.",
            what=rule.what,
            amount=amount,
            unit=rule.period and rule.period.unit,
            force=rule.force,
        )
        if rule.limits is not None:
            yield message("{words}", words=rule.limits)
    if promise is not None and (promise.because or promise.source):
        yield message(
            "What is noted of it: {because} {source}",
            because=promise.because,
            source=promise.source,
        )
    if rule.force is not Force.STATUTORY and "promptly" in rules:
        yield message(
            "The Personal Information Protection Law says “promptly” for access and copies (45(2)) "
            "and for correction and supplementing (46(2)) only, with no number of days; for other "
            "requests it names no time.",
        )


def asked_steps(asked_by: date, *, in_time: bool) -> Iterator[Message]:
    """Say which day a letter names, and whether it came in time for it."""
    yield message("The letter itself asks for an answer by {day}; no rule sets it.", day=asked_by)
    if not in_time:
        yield message("It arrived after that day; as many days are counted from its arrival.")


def said_in(source: str) -> list[Message]:
    """Name the message that says so; nothing where none was named."""
    return [message("That stands in message {label}.", label=source)] if source else []


def unmoved_steps(stops: Sequence[Pause]) -> Iterator[Message]:
    """Say that a pause does not move a day that was named."""
    for one in stops:
        if one.until is not None:
            yield message(
                "That day was named, not counted: the pause from {first} up to {until} does not "
                "move it.",
                first=one.first,
                until=one.until,
            )


def sector_steps(
    rule: PeriodRule, rules: Mapping[str, PeriodRule], venues: frozenset[Venue]
) -> Iterator[Message]:
    """Say which rule of the sector would bind, were the matter another."""
    for one in rules.values():
        if one.matter is Matter.SECTOR and one.id != rule.id and venues & set(one.venues):
            yield message(
                "If the matter is {what}, a period of {amount} {unit} is to be looked at: {limits} "
                "`pirights case period` chooses that rule.",
                what=one.what,
                amount=one.period and one.period.amount,
                unit=one.period and one.period.unit,
                limits=one.limits,
            )
