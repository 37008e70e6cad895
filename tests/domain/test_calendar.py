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
    for ask in (
        lambda: calendar.is_working_day(date(2027, 1, 4)),
        lambda: calendar.add_working_days(date(2026, 12, 25), 10),
        lambda: calendar.next_working_day(date(2027, 1, 1)),
    ):
        with pytest.raises(BadInput, match="no official holiday notice for 2027 yet"):
            ask()


def test_a_year_long_past_is_refused_in_other_words() -> None:
    with pytest.raises(BadInput, match="2003 are not recorded"):
        calendar.is_working_day(date(2003, 6, 2))


def test_the_golden_week_of_2026_moves_a_period_by_its_exchange_days() -> None:
    # 2026-09-18 is a Friday; Sunday the 20th is worked, 25 to 27 September and 1 to 7 October rest.
    assert calendar.add_working_days(date(2026, 9, 18), 1) == date(2026, 9, 20)
    assert calendar.add_working_days(date(2026, 9, 18), 5) == date(2026, 9, 24)
    assert calendar.add_working_days(date(2026, 9, 18), 8) == date(2026, 9, 30)
    assert calendar.add_working_days(date(2026, 9, 18), 10) == date(2026, 10, 9)
    assert calendar.add_working_days(date(2026, 9, 18), 11) == date(2026, 10, 10)


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


@given(DAYS, st.integers(1, 60))
def test_a_working_day_period_ends_on_a_working_day_after_its_start(start: date, n: int) -> None:
    end = calendar.add_working_days(start, n)
    assert end > start
    assert calendar.is_working_day(end)
    worked = [day for day in calendar.days_between(start, end) if calendar.is_working_day(day)]
    assert len(worked) == n


@given(DAYS)
def test_the_next_working_day_skips_only_days_off(day: date) -> None:
    end = calendar.next_working_day(day)
    assert calendar.is_working_day(end)
    assert all(
        not calendar.is_working_day(between)
        for between in calendar.days_between(day - timedelta(days=1), end)[:-1]
    )
