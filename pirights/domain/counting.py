"""Counting a period day by day, and saying why each day did or did not count.

The day of the event is not counted (Civil Code 201(1)). Days are legal days; the last one is
part of the period. Working days leave out weekends and holidays and count make-up days (调休).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from pirights.domain import calendar
from pirights.domain.adjustment import Pause
from pirights.domain.handler import Period, TimeUnit
from pirights.errors import BadInput, Message, message

LONGEST_PERIOD = 3650
"""Days beyond which a promise is a slip of the pen."""


_MONTHS: Final = {TimeUnit.MONTH: 1, TimeUnit.YEAR: 12}
"""How many months a unit is, of those that are counted by the calendar's own day."""


def last_day(start: date, period: Period, pauses: Sequence[Pause] = ()) -> date:
    """Return the last day of a period; in a year without holiday notice, as far as is known.

    Raises:
        BadInput: The period leaves the calendar, or a pause in it has no end.
    """
    if period.unit in _MONTHS:
        return calendar.add_months(start, period.amount * _MONTHS[period.unit])
    working = period.unit is TimeUnit.WORKING_DAY
    if not pauses and not working:
        return calendar.add_days(start, period.amount)
    day, left = start, period.amount
    while left > 0:
        day = calendar.add_days(day, 1)
        pause = _pause_on(day, pauses)
        if pause is not None:
            if pause.until is None:
                raise BadInput(message("The clock is paused and has not been set going again."))
        elif not working or calendar.is_probable_working_day(day):
            left -= 1
    return day


def next_working_day(day: date) -> date:
    """Return the day itself or the first working day after it, as far as is known."""
    while not calendar.is_probable_working_day(day):
        day = calendar.add_days(day, 1)
    return day


def counting_steps(
    start: date, last: date, period: Period, pauses: Sequence[Pause] = ()
) -> Iterator[Message]:
    """Say what was counted and what was not."""
    if period.unit in _MONTHS:
        yield message("It ends on the same day of the month, or the last of the month (CC 202).")
        return
    if period.unit is TimeUnit.DAY:
        yield message(
            "{start} itself is not counted (Civil Code 201(1)): day 1 is {day}.",
            start=start,
            day=calendar.add_days(start, 1),
        )
    else:
        yield message(
            "{start} itself is not counted (Civil Code 201(1)); only working days are, make-up "
            "days among them.",
            start=start,
        )
    for pause in pauses:
        if pause.until is not None and pause.first <= last and pause.until > start:
            days = (pause.until - max(pause.first, calendar.add_days(start, 1))).days
            if days > 0:
                yield message(
                    "Paused from {first} up to but not on {until}, {days} days not counted: "
                    "{because}.",
                    first=pause.first,
                    until=pause.until,
                    days=days,
                    because=pause.because,
                )
                if pause.source:
                    yield message("That stands in message {label}.", label=pause.source)
    if period.unit is TimeUnit.WORKING_DAY:
        yield from calendar_steps(start, last, pauses)


def shift_steps(last: date, on: date) -> Iterator[Message]:
    """Say that and why the last day moved."""
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


def doubt(on: date) -> Message:
    """Say why a date is provisional."""
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


def _pause_on(day: date, pauses: Sequence[Pause]) -> Pause | None:
    for pause in pauses:
        if pause.first <= day and (pause.until is None or day < pause.until):
            return pause
    return None


def calendar_steps(start: date, last: date, pauses: Sequence[Pause]) -> Iterator[Message]:
    """Name the weekends, holidays and make-up days of a count of working days."""
    off = [day for day in calendar.days_off(start, last) if _pause_on(day.on, pauses) is None]
    weekend = [day.on for day in off if not day.holiday]
    if weekend:
        yield message("Weekends, not counted: {days}.", days=_days(weekend))
    named = (day for day in off if day.holiday)
    for name, days in groupby(named, key=lambda day: day.name):
        yield message(
            "Days off for {name}, not counted: {days}.",
            name=name,
            days=_days([day.on for day in days]),
        )
    worked = [
        day
        for day in calendar.days_between(start, last)
        if calendar.is_make_up_day(day) and _pause_on(day, pauses) is None
    ]
    if worked:
        yield message("Make-up working days (调休), counted: {days}.", days=_days(worked))


def _days(days: Sequence[date]) -> str:
    """Write days in order, runs as `2026-10-01/2026-10-07` (ISO 8601)."""
    runs: list[list[date]] = []
    for day in days:
        if runs and calendar.add_days(runs[-1][-1], 1) == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}/{run[-1]}" for run in runs)
