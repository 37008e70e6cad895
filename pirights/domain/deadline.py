"""When something is due, and on whose word: a law, a promise, a standard, or our suggestion.

The Personal Information Protection Law sets no number of days for answering a request (45 and
46 say 及时, promptly), so no day given here is statutory unless a rule with its article says so.
The order is: the handler's own promise; else the 30 days that GB/T 35273-2020, a recommended
standard, gives; and before the clock can run, what we suggest doing. Every date carries its
reasoning, step by step. A day is a legal day in the vault's zone; a deadline includes its day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final

from pirights.domain import calendar
from pirights.domain.handler import DayUnit, Period
from pirights.errors import BadInput, Message, message

LONGEST_PERIOD: Final = 3650
"""Days beyond which a promise is a slip of the pen."""


class Force(StrEnum):
    """What stands behind a date."""

    STATUTORY = "statutory"
    PROMISE = "promise"
    STANDARD = "standard"
    SUGGESTION = "suggestion"


class Start(StrEnum):
    """The event that sets a clock going."""

    WRITTEN = "written"
    SENT = "sent"
    ARRIVED = "arrived"
    ASKED_BACK = "asked-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A period with its source.

    Attributes:
        id: The source: `handler-policy`, `gbt-35273-2020:8.7`, or a suggestion of ours.
        shifts: Ends on the next working day where its last day is a rest day.
    """

    id: str
    force: Force
    period: Period
    start: Start
    shifts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which something should have happened.

    Attributes:
        id: What it is, for programs: `send`, `arrival`, `answer`, `asked-back`.
        what: The same for people.
        on: The last day, inclusive.
        basis: The rule's id.
        start: The day of the event that set the clock going; itself not counted.
        steps: The reasoning, in order.
        provisional: It rests on a year whose holidays are not yet announced.
    """

    id: str
    what: Message
    on: date
    force: Force
    basis: str
    start: date
    steps: tuple[Message, ...]
    provisional: bool = False


STANDARD_REPLY: Final = Rule(
    id="gbt-35273-2020:8.7",
    force=Force.STANDARD,
    period=Period(amount=30),
    start=Start.ARRIVED,
)
"""GB/T 35273-2020 8.7, recommended: 30 days from verified identity."""

_SEND: Final = Rule(
    id="pirights:send",
    force=Force.SUGGESTION,
    period=Period(amount=7),
    start=Start.WRITTEN,
    shifts=False,
)
_PROVE_ARRIVAL: Final = Rule(
    id="pirights:arrival",
    force=Force.SUGGESTION,
    period=Period(amount=7),
    start=Start.SENT,
    shifts=False,
)
_REPLY_TO_THEM: Final = Rule(
    id="pirights:asked-back",
    force=Force.SUGGESTION,
    period=Period(amount=7),
    start=Start.ASKED_BACK,
    shifts=False,
)


def due_dates(  # noqa: PLR0913 (the facts a clock hangs on)
    *,
    letter_on: date,
    sent_on: date | None,
    arrived_on: date | None,
    promise: Period | None,
    answered: bool,
    asked_back_on: date | None = None,
) -> tuple[Deadline, ...]:
    """Say what is due for one letter, earliest first.

    Args:
        letter_on: The day printed on the letter.
        sent_on: The day it left, if it did.
        arrived_on: The day it reached the handler, once that is proved.
        promise: The time for an answer that the handler's own published rules give.
        answered: An answer came that ends the waiting (not a mere acknowledgement).
        asked_back_on: The day the handler asked for something, if that is the last word.
    """
    found: list[Deadline] = []
    if asked_back_on is not None:
        found.append(_deadline("asked-back", _WHAT["asked-back"], _REPLY_TO_THEM, asked_back_on))
    if not answered:
        answer = answer_due(arrived_on=arrived_on, promise=promise)
        if answer is not None:
            found.append(answer)
        elif sent_on is not None:
            found.append(_deadline("arrival", _WHAT["arrival"], _PROVE_ARRIVAL, sent_on))
        else:
            found.append(_deadline("send", _WHAT["send"], _SEND, letter_on))
    return tuple(sorted(found, key=lambda due: due.on))


def answer_due(*, arrived_on: date | None, promise: Period | None) -> Deadline | None:
    """Say by when an answer may be expected; None before arrival is proved.

    Raises:
        BadInput: The promised period is not between one day and ten years.
    """
    if arrived_on is None:
        return None
    rule = STANDARD_REPLY
    if promise is not None:
        if not 1 <= promise.amount <= LONGEST_PERIOD:
            raise BadInput(
                message(
                    "A period of {amount} days for an answer is no period.", amount=promise.amount
                ),
            )
        rule = Rule(
            id="handler-policy",
            force=Force.PROMISE,
            period=promise,
            start=Start.ARRIVED,
        )
    return _deadline("answer", _WHAT["answer"], rule, arrived_on)


_WHAT: Final = {
    "send": message("Send the letter."),
    "arrival": message("Check whether the letter arrived, and keep the proof."),
    "answer": message("The handler's answer may be expected."),
    "asked-back": message("The handler asked for something: reply, or say why not."),
}


def _deadline(kind: str, what: Message, rule: Rule, start: date) -> Deadline:
    working = rule.period.unit is DayUnit.WORKING_DAY
    last = _last_day(start, rule.period)
    on = _next_working_day(last) if rule.shifts else last
    steps = [_start_step(rule.start, start), *_source_steps(rule)]
    steps.append(
        message(
            "That day is not counted (Civil Code 201(1)): day 1 is {day}.",
            day=calendar.add_days(start, 1),
        )
        if not working
        else message(
            "That day is not counted (Civil Code 201(1)); only working days are, make-up days "
            "among them.",
        ),
    )
    if working:
        steps += _calendar_steps(start, last)
    steps.append(message("The last day is {day}.", day=last))
    if on != last:
        steps += _shift_steps(last, on)
    looked_at = working or rule.shifts
    doubtful = looked_at and calendar.may_still_change(on)
    if doubtful:
        steps.append(_doubt(on))
    return Deadline(
        id=kind,
        what=what,
        on=on,
        force=rule.force,
        basis=rule.id,
        start=start,
        steps=tuple(steps),
        provisional=doubtful,
    )


def _last_day(start: date, period: Period) -> date:
    if period.unit is DayUnit.DAY:
        return calendar.add_days(start, period.amount)
    try:
        return calendar.add_working_days(start, period.amount)
    except BadInput:
        day, left = start, period.amount
        while left > 0:
            day = calendar.add_days(day, 1)
            left -= calendar.is_probable_working_day(day)
        return day


def _next_working_day(day: date) -> date:
    while not calendar.is_probable_working_day(day):
        day = calendar.add_days(day, 1)
    return day


def _start_step(start: Start, day: date) -> Message:
    if start is Start.WRITTEN:
        return message("The letter is dated {day}.", day=day)
    if start is Start.SENT:
        return message("The letter was sent on {day}.", day=day)
    if start is Start.ASKED_BACK:
        return message("The handler's message came in on {day}.", day=day)
    return message("The letter reached the handler on {day}; that sets the clock going.", day=day)


def _source_steps(rule: Rule) -> Iterator[Message]:
    amount = rule.period.amount
    if rule.force is Force.PROMISE:
        yield (
            message(
                "The handler's own published rules promise {amount} working days.", amount=amount
            )
            if rule.period.unit is DayUnit.WORKING_DAY
            else message("The handler's own published rules promise {amount} days.", amount=amount)
        )
    elif rule.force is Force.STANDARD:
        yield message(
            "GB/T 35273-2020, 8.7, a recommended standard and no law, gives {amount} days.",
            amount=amount,
        )
        yield message(
            "The Personal Information Protection Law itself says only: promptly (45(2), 46(2)).",
        )
        yield message(
            "It is said to count from verified identity; its wording was not seen, so check it. "
            "The letter is taken to settle identity on the day it arrives.",
        )
    else:
        yield message("We suggest {amount} days; no rule sets them.", amount=amount)


def _calendar_steps(start: date, last: date) -> Iterator[Message]:
    off = calendar.days_off(start, last)
    weekend = [day.on for day in off if not day.holiday]
    if weekend:
        yield message("Weekends, not counted: {days}.", days=_days(weekend))
    named = (day for day in off if day.holiday)
    for name, days in groupby(named, key=lambda day: day.name):
        yield message(
            "A public holiday ({name}), not counted: {days}.",
            name=name,
            days=_days([day.on for day in days]),
        )
    worked = [day for day in calendar.days_between(start, last) if calendar.is_make_up_day(day)]
    if worked:
        yield message("Make-up working days (调休), counted: {days}.", days=_days(worked))


def _shift_steps(last: date, on: date) -> Iterator[Message]:
    yield message(
        "{day} is a rest day, so the period ends on the next working day, {next} "
        "(Civil Code 203(1)).",
        day=last,
        next=on,
    )
    yield message(
        "Assumption: the 法定休假日 of Civil Code 203(1) takes in ordinary weekends and days off "
        "in exchange, as the yearly notice arranges them.",
    )


def _doubt(on: date) -> Message:
    if calendar.has_notice(on):
        return message(
            "Provisional: the holiday notice for {year} may still move the last days of the year "
            "before.",
            year=on.year + 1,
        )
    return message(
        "Provisional: there is no official holiday notice for {year} yet. Only weekends, "
        "1 January, 1 to 2 May and 1 to 3 October were left out; the date may move.",
        year=on.year,
    )


def _days(days: list[date]) -> str:
    """Write days in order, runs as `2026-10-01/2026-10-07` (ISO 8601)."""
    runs: list[list[date]] = []
    for day in days:
        if runs and calendar.add_days(runs[-1][-1], 1) == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}/{run[-1]}" for run in runs)
