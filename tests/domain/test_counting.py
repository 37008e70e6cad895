"""Counting day by day: what counts, what does not, and that it is said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain import calendar, counting
from pirights.domain.adjustment import Pause
from pirights.domain.handler import Period, TimeUnit
from pirights.errors import BadInput

DAYS = st.dates(date(2018, 12, 31), date(2027, 6, 1))
PERIODS = st.builds(
    Period, amount=st.integers(1, 60), unit=st.sampled_from([TimeUnit.DAY, TimeUnit.WORKING_DAY])
)


def working(amount: int) -> Period:
    return Period(amount=amount, unit=TimeUnit.WORKING_DAY)


def steps(start: date, last: date, period: Period, *pauses: Pause) -> list[str]:
    return [str(one) for one in counting.counting_steps(start, last, period, pauses)]


def says(said: list[str], *words: str) -> bool:
    """One step says all of these words."""
    return any(all(word in one for word in words) for one in said)


@st.composite
def some_pauses(draw: st.DrawFn, start: date) -> tuple[Pause, ...]:
    """Up to three closed pauses, in order and apart, before, in or after the period."""
    found: list[Pause] = []
    day = start - timedelta(days=20)
    for _ in range(draw(st.integers(0, 3))):
        first = day + timedelta(days=draw(st.integers(0, 40)))
        until = first + timedelta(days=draw(st.integers(0, 25)))
        found.append(Pause(first=first, until=until))
        day = until
    return tuple(found)


# --- calendar days


def test_the_day_of_the_event_is_not_counted() -> None:
    assert counting.last_day(date(2026, 11, 1), Period(amount=1)) == date(2026, 11, 2)
    assert counting.last_day(date(2026, 2, 1), Period(amount=30)) == date(2026, 3, 3)
    assert steps(date(2026, 11, 1), date(2026, 11, 2), Period(amount=1)) == [
        "2026-11-01 itself is not counted (Civil Code 201(1)): day 1 is 2026-11-02."
    ]


def test_calendar_days_count_weekends_and_holidays() -> None:
    assert counting.last_day(date(2026, 9, 30), Period(amount=7)) == date(2026, 10, 7)


def test_calendar_days_leave_the_calendar_at_its_end() -> None:
    with pytest.raises(BadInput, match="leaves the calendar"):
        counting.last_day(date(9999, 12, 30), Period(amount=2))
    with pytest.raises(BadInput, match="leaves the calendar"):
        counting.last_day(date(9999, 12, 30), working(5))


# --- months and years


@pytest.mark.parametrize(
    ("start", "amount", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_end_on_the_matching_day_or_the_last_of_the_month(
    start: date, amount: int, last: date
) -> None:
    """Civil Code 202."""
    assert counting.last_day(start, Period(amount=amount, unit=TimeUnit.MONTH)) == last


def test_years_end_on_the_matching_day() -> None:
    three = Period(amount=3, unit=TimeUnit.YEAR)
    assert counting.last_day(date(2024, 2, 29), three) == date(2027, 2, 28)
    (said,) = steps(date(2024, 2, 29), date(2027, 2, 28), three)
    assert says([said], "the same day of the month, or the last of the month", "202")


# --- working days


@pytest.mark.parametrize(
    ("amount", "last"),
    [
        # Friday 18 September 2026. Sunday the 20th is worked; 25 to 27 September and 1 to 7
        # October rest; Saturday 10 October is worked.
        (1, date(2026, 9, 20)),
        (5, date(2026, 9, 24)),
        (6, date(2026, 9, 28)),
        (8, date(2026, 9, 30)),
        (9, date(2026, 10, 8)),
        (10, date(2026, 10, 9)),
        (11, date(2026, 10, 10)),
        (12, date(2026, 10, 12)),
    ],
)
def test_working_days_leave_out_the_golden_week_and_count_its_make_up_days(
    amount: int, last: date
) -> None:
    assert counting.last_day(date(2026, 9, 18), working(amount)) == last


def test_every_day_left_out_is_named_with_its_range_and_every_make_up_day_too() -> None:
    # Wednesday 16 September 2026, by hand: 17, 18, 20 (worked Sunday), 21-24 are days 1 to 7;
    # 28-30 September 8 to 10; 8, 9, 10 (worked Saturday) October 11 to 13; 12 and 13 the last.
    last = counting.last_day(date(2026, 9, 16), working(15))
    assert last == date(2026, 10, 13)
    first, weekends, autumn, national, worked = steps(date(2026, 9, 16), last, working(15))
    assert "not counted (Civil Code 201(1))" in first
    assert weekends == "Weekends, not counted: 2026-09-19, 2026-10-11."
    assert says([autumn], "Mid-Autumn Festival", "not counted: 2026-09-25/2026-09-27.")
    assert says([national], "National Day", "not counted: 2026-10-01/2026-10-07.")
    assert says([worked], "Make-up", "调休", ", counted: 2026-09-20, 2026-10-10.")


def test_the_spring_festival_of_2026_is_left_out_with_both_its_make_up_days_counted() -> None:
    # Friday 13 February: Saturday the 14th is worked (1), 15 to 23 rest, 24-27 are 2 to 5,
    # Saturday the 28th is worked (6), 1 March is a Sunday, 2 March the 7th.
    assert counting.last_day(date(2026, 2, 13), working(6)) == date(2026, 2, 28)
    assert counting.last_day(date(2026, 2, 13), working(7)) == date(2026, 3, 2)


def test_over_a_year_end_without_notice_only_weekends_and_fixed_holidays_are_left_out() -> None:
    # Thursday 24 December 2026: 25, 28-31 are 1 to 5; 1 January rests; 4-8 January 6 to 10.
    last = counting.last_day(date(2026, 12, 24), working(10))
    assert last == date(2027, 1, 8)
    said = steps(date(2026, 12, 24), last, working(10))
    assert "Weekends, not counted: 2026-12-26/2026-12-27, 2027-01-02/2027-01-03." in said
    assert says(said, "New Year's Day", "not counted: 2027-01-01.")
    assert not any("Make-up" in one for one in said)


# --- pauses


def test_a_pause_is_half_open() -> None:
    # Ten days from 1 November: 2-4 (3), paused 5-7, then 8 (4) to 14 (10).
    pause = Pause(first=date(2026, 11, 5), until=date(2026, 11, 8), because="等材料")
    last = counting.last_day(date(2026, 11, 1), Period(amount=10), (pause,))
    assert last == date(2026, 11, 14)
    assert steps(date(2026, 11, 1), last, Period(amount=10), pause)[1:] == [
        "Paused from 2026-11-05 up to but not on 2026-11-08, 3 days not counted: 等材料."
    ]


def test_a_pause_that_lasts_no_day_changes_nothing() -> None:
    pause = Pause(first=date(2026, 11, 5), until=date(2026, 11, 5))
    last = counting.last_day(date(2026, 11, 1), Period(amount=10), (pause,))
    assert last == date(2026, 11, 11)
    assert len(steps(date(2026, 11, 1), last, Period(amount=10), pause)) == 1


def test_of_a_pause_before_the_start_only_what_reaches_in_counts() -> None:
    before = Pause(first=date(2026, 10, 1), until=date(2026, 11, 1))
    assert counting.last_day(date(2026, 11, 1), Period(amount=10), (before,)) == date(2026, 11, 11)
    assert len(steps(date(2026, 11, 1), date(2026, 11, 11), Period(amount=10), before)) == 1
    over = Pause(first=date(2026, 10, 25), until=date(2026, 11, 4), because="x")  # 2 and 3 only
    last = counting.last_day(date(2026, 11, 1), Period(amount=10), (over,))
    assert last == date(2026, 11, 13)
    assert "2 days not counted" in steps(date(2026, 11, 1), last, Period(amount=10), over)[1]


def test_a_pause_after_the_last_day_changes_and_says_nothing() -> None:
    late = Pause(first=date(2026, 11, 12), until=date(2026, 11, 20))
    last = counting.last_day(date(2026, 11, 1), Period(amount=10), (late,))
    assert last == date(2026, 11, 11)
    assert len(steps(date(2026, 11, 1), last, Period(amount=10), late)) == 1


def test_a_pause_over_the_golden_week_takes_only_the_days_that_would_have_counted() -> None:
    # Paused from 28 September up to 8 October 2026. 15 working days from the 16th: 17, 18, 20-24
    # are 1 to 7; then 8, 9, 10 October (8 to 10), 12-16 (11 to 15).
    pause = Pause(first=date(2026, 9, 28), until=date(2026, 10, 8), because="x")
    last = counting.last_day(date(2026, 9, 16), working(15), (pause,))
    assert last == date(2026, 10, 16)
    said = steps(date(2026, 9, 16), last, working(15), pause)
    assert says(said, "Paused", "10 days not counted")
    assert not says(said, "National Day")  # paused anyway, and said once only
    assert says(said, "Mid-Autumn Festival", "not counted: 2026-09-25/2026-09-27.")
    assert says(said, "Make-up", "counted: 2026-09-20, 2026-10-10.")


def test_a_pause_without_an_end_has_no_last_day() -> None:
    with pytest.raises(BadInput, match="has not been set going again"):
        counting.last_day(
            date(2026, 11, 1), Period(amount=10), (Pause(first=date(2026, 11, 5), until=None),)
        )


# --- the shift of a last day on a rest day


@pytest.mark.parametrize(
    ("day", "on"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 9, 20), date(2026, 9, 20)),  # a Sunday that is worked
        (date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 2, 15), date(2026, 2, 24)),
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_the_next_working_day_is_the_day_itself_or_the_first_after_the_rest(
    day: date, on: date
) -> None:
    assert counting.next_working_day(day) == on


def test_the_shift_is_said_with_its_article_and_as_an_assumption() -> None:
    moved, assumed = map(str, counting.shift_steps(date(2026, 10, 1), date(2026, 10, 8)))
    assert says([moved], "2026-10-01 is a rest day", "2026-10-08", "Civil Code 203(1)")
    assert says([assumed], "Assumption", "法定休假日", "weekends")


def test_a_doubt_names_the_year_whose_notice_is_awaited() -> None:
    assert "notice for 2027 may still move" in str(counting.doubt(date(2026, 12, 31)))
    assert "no official holiday notice for 2027 yet" in str(counting.doubt(date(2027, 1, 8)))
    assert "Only weekends" in str(counting.doubt(date(2027, 1, 8)))


# --- properties


@given(DAYS, PERIODS, st.data())
def test_a_last_day_counts_exactly_the_days_of_its_period(
    start: date, period: Period, data: st.DataObject
) -> None:
    pauses = data.draw(some_pauses(start))
    last = counting.last_day(start, period, pauses)
    counted = [
        day
        for day in calendar.days_between(start, last)
        if not any(one.first <= day and one.until and day < one.until for one in pauses)
        and (period.unit is TimeUnit.DAY or calendar.is_probable_working_day(day))
    ]
    assert len(counted) == period.amount
    assert counted[-1] == last > start


@given(DAYS, PERIODS, st.data())
def test_a_pause_never_makes_a_last_day_earlier(
    start: date, period: Period, data: st.DataObject
) -> None:
    pauses = data.draw(some_pauses(start))
    ends = [counting.last_day(start, period, pauses[:number]) for number in range(len(pauses) + 1)]
    assert ends == sorted(ends)


@given(DAYS, PERIODS)
def test_a_longer_period_never_ends_earlier(start: date, period: Period) -> None:
    longer = Period(amount=period.amount + 1, unit=period.unit)
    assert counting.last_day(start, period) < counting.last_day(start, longer)


@given(DAYS)
def test_the_next_working_day_skips_only_days_off(day: date) -> None:
    on = counting.next_working_day(day)
    assert calendar.is_probable_working_day(on)
    skipped = calendar.days_between(day - timedelta(days=1), on)[:-1]
    assert not any(calendar.is_probable_working_day(one) for one in skipped)
