"""The working days of mainland China, holidays and make-up days included.

The State Council's General Office announces each year's holidays in a notice of the autumn
before. A year without its notice is refused here, never guessed. Days are legal days; a period
does not count the day it starts on (Civil Code 201(1)).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from pirights.errors import BadInput, Message, message

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5

_NAMES: Final = {
    "New Year's Day": message("New Year's Day"),
    "Spring Festival": message("Spring Festival"),
    "Tomb-sweeping Day": message("Qingming Festival"),
    "Labour Day": message("Labour Day"),
    "Dragon Boat Festival": message("Dragon Boat Festival"),
    "Mid-autumn Festival": message("Mid-Autumn Festival"),
    "National Day": message("National Day"),
    "Anti-Fascist 70th Day": message("70th anniversary of victory"),
}
_WEEKEND: Final = message("weekend")

_FIXED: Final = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the holidays that have a fixed date in the solar year.

《全国年节及纪念日放假办法》 Art. 2 (in force from 2025-01-01).
"""

_UNSETTLED_FROM: Final = (12, 26)
"""Month and day from which the next year's notice may still turn working days and rest days.

The notices for 2007, 2008, 2012, 2019, 2023 and 2024 did so, none before 29 December.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A day on which nobody works, and why.

    Attributes:
        holiday: It belongs to a public holiday, not merely to a weekend.
    """

    on: date
    name: Message
    holiday: bool


def years() -> range:
    """Return the years with an official notice."""
    return _years()


def has_notice(day: date) -> bool:
    """Say whether the year of a day has its official notice."""
    return day.year in _years()


def may_still_change(day: date) -> bool:
    """Say whether a notice not yet given may make a rest day of a working day, or the reverse."""
    unsettled = day.year == _years()[-1] and (day.month, day.day) >= _UNSETTLED_FROM
    return unsettled or not has_notice(day)


def is_working_day(day: date) -> bool:
    """Say whether a day is a working day; make-up Saturdays and Sundays are.

    Raises:
        BadInput: No official notice for that year.
    """
    import chinese_calendar

    if not has_notice(day):
        raise no_notice(day.year)
    return bool(chinese_calendar.is_workday(day))


def is_probable_working_day(day: date) -> bool:
    """As `is_working_day`, but for a year without notice say what is known already.

    There weekends and the holidays of fixed date (1 January, 1 to 2 May, 1 to 3 October) rest;
    what goes by the moon, and every make-up day, is not known.
    """
    if has_notice(day):
        return is_working_day(day)
    return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED


def is_make_up_day(day: date) -> bool:
    """Say whether a Saturday or Sunday is worked in exchange for a holiday (调休)."""
    return day.weekday() >= _SATURDAY and has_notice(day) and is_working_day(day)


def add_days(start: date, amount: int) -> date:
    """Return the last of `amount` calendar days; the start is not counted."""
    try:
        return start + timedelta(days=amount)
    except OverflowError:
        raise _too_far(amount) from None


def add_months(start: date, amount: int) -> date:
    """Return the matching day so many months later, or the last of its month (Civil Code 202)."""
    years, month = divmod(start.month - 1 + amount, 12)
    year, month = start.year + years, month + 1
    if year > date.max.year:
        raise _too_far(amount)
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def days_off(after: date, until: date) -> tuple[DayOff, ...]:
    """Return the days that do not count as working days, after `after`, up to `until` included.

    In a year without notice, what `is_probable_working_day` knows.
    """
    return tuple(
        DayOff(on=day, name=_name(day), holiday=_name(day) is not _WEEKEND)
        for day in days_between(after, until)
        if not is_probable_working_day(day)
    )


def days_between(after: date, until: date) -> list[date]:
    """Return the days after `after`, up to `until` included."""
    return [after + _DAY * step for step in range(1, (until - after).days + 1)]


def _name(day: date) -> Message:
    import chinese_calendar

    if not has_notice(day):
        if (day.month, day.day) not in _FIXED:
            return _WEEKEND
        return _NAMES[{1: "New Year's Day", 5: "Labour Day", 10: "National Day"}[day.month]]
    holiday = chinese_calendar.get_holiday_detail(day)[1]
    return _WEEKEND if holiday is None else _NAMES[holiday]


@cache
def _years() -> range:
    from chinese_calendar import constants

    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


def no_notice(year: int) -> BadInput:
    """Refuse a year whose working days nobody can know."""
    if year < _years()[0]:
        return BadInput(message("The holidays of {year} are not recorded here.", year=year))
    return BadInput(
        message("There is no official holiday notice for {year} yet.", year=year),
        hint=message("Working days are counted only in years that have one. Update pirights."),
    )


def _too_far(amount: int) -> BadInput:
    return BadInput(message("A period of {amount} days leaves the calendar.", amount=amount))
