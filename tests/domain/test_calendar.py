"""Working days, checked against the notices and against an independent library."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain import calendar
from pirights.errors import BadInput

DAYS = st.dates(min_value=date(2019, 1, 1), max_value=date(2026, 9, 1))


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_day_agrees_with_an_independent_library(year: int) -> None:
    theirs = holidays.country_holidays("CN", years=year)
    day = date(year, 1, 1)
    differing = []
    while day.year == year:
        if calendar.is_working_day(day) != theirs.is_working_day(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []


@pytest.mark.parametrize(
    "worked",
    [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
)
def test_the_make_up_days_of_2026_are_worked(worked: tuple[int, int]) -> None:
    day = date(2026, *worked)
    assert day.weekday() >= 5
    assert calendar.is_working_day(day)
    assert calendar.is_make_up_day(day)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ((1, 1), (1, 3)),
        ((2, 15), (2, 23)),
        ((4, 4), (4, 6)),
        ((5, 1), (5, 5)),
        ((6, 19), (6, 21)),
        ((9, 25), (9, 27)),
        ((10, 1), (10, 7)),
    ],
)
def test_the_holidays_of_2026_are_not_worked(first: tuple[int, int], last: tuple[int, int]) -> None:
    start, end = date(2026, *first), date(2026, *last)
    off = calendar.days_off(start - timedelta(days=1), end)
    assert [day.on for day in off] == calendar.days_between(start - timedelta(days=1), end)
    assert all(day.holiday for day in off)


@pytest.mark.parametrize("day", [(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)])
def test_the_make_up_days_of_2025_are_worked(day: tuple[int, int]) -> None:
    assert calendar.is_make_up_day(date(2025, *day))


def test_a_year_without_notice_is_refused() -> None:
    with pytest.raises(BadInput, match="no official holiday notice for 2027 yet") as refused:
        calendar.is_working_day(date(2027, 1, 4))
    assert "Update pirights" in str(refused.value.hint)


def test_a_year_long_past_is_refused_in_other_words() -> None:
    with pytest.raises(BadInput, match="2003 are not recorded"):
        calendar.is_working_day(date(2003, 6, 2))


def test_days_off_are_named() -> None:
    off = calendar.days_off(date(2026, 9, 23), date(2026, 10, 1))
    assert [(day.on.day, str(day.name)) for day in off] == [
        (25, "Mid-Autumn Festival"),
        (26, "Mid-Autumn Festival"),
        (27, "Mid-Autumn Festival"),
        (1, "National Day"),
    ]


def test_every_name_of_the_source_is_known() -> None:
    assert calendar.days_off(date(2003, 12, 31), date(2026, 12, 31))


def test_a_year_without_notice_knows_its_weekends_and_fixed_holidays() -> None:
    off = calendar.days_off(date(2026, 12, 31), date(2027, 1, 4))
    assert [(day.on.day, str(day.name)) for day in off] == [
        (1, "New Year's Day"),
        (2, "weekend"),
        (3, "weekend"),
    ]


def test_the_last_days_of_the_last_year_may_still_change() -> None:
    assert not calendar.may_still_change(date(2026, 12, 25))
    assert calendar.may_still_change(date(2026, 12, 31))
    assert calendar.may_still_change(date(2027, 6, 1))
    assert not calendar.may_still_change(date(2025, 12, 31))


def test_a_period_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(BadInput, match="leaves the calendar"):
        calendar.add_days(date(2026, 1, 1), 10**12)


@pytest.mark.parametrize(
    ("start", "amount", "last"),
    [
        # Civil Code 202: the matching day; where there is none, the last day of the month.
        (date(2026, 11, 20), 3, date(2029, 11, 20)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),  # 2100 is no leap year
        (date(2025, 2, 28), 3, date(2028, 2, 28)),
        (date(2026, 12, 31), 2, date(2028, 12, 31)),
    ],
)
def test_years_end_on_the_matching_day_or_the_last_of_the_month(
    start: date, amount: int, last: date
) -> None:
    assert calendar.add_months(start, 12 * amount) == last


def test_years_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(BadInput, match="leaves the calendar"):
        calendar.add_months(date(9998, 1, 1), 36)
    with pytest.raises(BadInput, match="leaves the calendar"):
        calendar.add_months(date(9996, 2, 29), 60)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 20))
def test_years_keep_the_month_and_the_order_of_days(start: date, amount: int) -> None:
    last = calendar.add_months(start, 12 * amount)
    assert (last.year, last.month) == (start.year + amount, start.month)
    assert last.day in {start.day, 28}
    assert last <= calendar.add_months(start + timedelta(days=1), 12 * amount)


@given(DAYS)
def test_with_a_notice_what_is_probable_is_what_is(day: date) -> None:
    assert calendar.has_notice(day)
    assert calendar.is_probable_working_day(day) == calendar.is_working_day(day)


@given(st.dates(date(2018, 12, 31), date(2027, 12, 31)), st.integers(0, 120))
def test_every_day_is_either_worked_or_named_as_off(after: date, length: int) -> None:
    until = after + timedelta(days=length)
    off = {day.on for day in calendar.days_off(after, until)}
    worked = {
        day for day in calendar.days_between(after, until) if calendar.is_probable_working_day(day)
    }
    assert off | worked == set(calendar.days_between(after, until))
    assert not off & worked
