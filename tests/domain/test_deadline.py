"""Due dates: whose word they rest on, and how they were reckoned."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain import calendar
from pirights.domain.deadline import Deadline, Force, answer_due, due_dates
from pirights.domain.handler import DayUnit, Period
from pirights.errors import BadInput

FIFTEEN_WORKING_DAYS = Period(amount=15, unit=DayUnit.WORKING_DAY)


def said(due: Deadline) -> str:
    return "\n".join(map(str, due.steps))


def answer(arrived: date, promise: Period | None = None) -> Deadline:
    due = answer_due(arrived_on=arrived, promise=promise)
    assert due is not None
    return due


def test_a_draft_is_to_be_sent_within_a_week_as_a_suggestion() -> None:
    (due,) = due_dates(
        letter_on=date(2026, 11, 23),
        sent_on=None,
        arrived_on=None,
        promise=FIFTEEN_WORKING_DAYS,
        answered=False,
    )
    assert (due.id, due.on, due.force) == ("send", date(2026, 11, 30), Force.SUGGESTION)


def test_before_arrival_is_proved_no_clock_of_the_handler_runs() -> None:
    (due,) = due_dates(
        letter_on=date(2026, 11, 23),
        sent_on=date(2026, 11, 24),
        arrived_on=None,
        promise=FIFTEEN_WORKING_DAYS,
        answered=False,
    )
    assert (due.id, due.on, due.force) == ("arrival", date(2026, 12, 1), Force.SUGGESTION)
    assert "no rule sets" in said(due)


def test_a_promise_counts_working_days_from_arrival_with_make_up_days() -> None:
    # 18 September 2026: 1 day on Sunday the 20th (worked), rests on 25-27 and on 1-7 October.
    due = answer(date(2026, 9, 18), Period(amount=10, unit=DayUnit.WORKING_DAY))
    assert (due.on, due.force) == (date(2026, 10, 9), Force.PROMISE)
    assert not due.provisional
    assert "reached the handler on 2026-09-18" in said(due)
    assert "not counted (Civil Code 201(1))" in said(due)
    assert "National Day), not counted: 2026-10-01/2026-10-07" in said(due)
    assert "Mid-Autumn Festival), not counted: 2026-09-25/2026-09-27" in said(due)
    assert "counted: 2026-09-20" in said(due)


def test_without_a_promise_the_recommended_standard_gives_thirty_days() -> None:
    due = answer(date(2026, 10, 12))
    assert (due.on, due.force, due.basis) == (
        date(2026, 11, 11),
        Force.STANDARD,
        "gbt-35273-2020:8.7",
    )
    assert "recommended standard and no law" in said(due)
    assert "promptly (45(2), 46(2))" in said(due)
    assert "verified identity" in said(due)


def test_nothing_for_a_request_is_ever_called_statutory() -> None:
    for arrived in (None, date(2026, 11, 2)):
        for promise in (None, FIFTEEN_WORKING_DAYS, Period(amount=30)):
            for due in due_dates(
                letter_on=date(2026, 11, 1),
                sent_on=date(2026, 11, 1),
                arrived_on=arrived,
                promise=promise,
                answered=False,
            ):
                assert due.force is not Force.STATUTORY


def test_a_last_day_in_the_golden_week_moves_and_the_assumption_is_said() -> None:
    due = answer(date(2026, 9, 1))  # day 30 is 1 October
    assert due.on == date(2026, 10, 8)
    assert "The last day is 2026-10-01." in said(due)
    assert "next working day, 2026-10-08 (Civil Code 203(1))" in said(due)
    assert "Assumption" in said(due)


def test_a_last_day_on_a_make_up_sunday_does_not_move() -> None:
    due = answer(date(2026, 8, 21))  # day 30 is Sunday 20 September, worked
    assert due.on == date(2026, 9, 20)
    assert "Assumption" not in said(due)


def test_a_promise_that_runs_into_a_year_without_notice_is_provisional() -> None:
    due = answer(date(2026, 12, 24), Period(amount=10, unit=DayUnit.WORKING_DAY))
    # 25, 28-31 December, then 4-8 January (1 January rests by its fixed date).
    assert due.on == date(2027, 1, 8)
    assert due.provisional
    assert "no official holiday notice for 2027 yet" in said(due)


def test_thirty_days_that_end_in_a_year_without_notice_are_provisional() -> None:
    due = answer(date(2026, 12, 2))  # day 30 is 1 January 2027
    assert due.on == date(2027, 1, 4)
    assert due.provisional


def test_the_last_days_of_december_await_the_next_notice() -> None:
    due = answer(date(2026, 12, 1))
    assert due.on == date(2026, 12, 31)
    assert due.provisional
    assert "notice for 2027 may still move" in said(due)


def test_an_answer_ends_the_waiting() -> None:
    assert (
        due_dates(
            letter_on=date(2026, 11, 1),
            sent_on=date(2026, 11, 2),
            arrived_on=date(2026, 11, 3),
            promise=None,
            answered=True,
        )
        == ()
    )


def test_a_question_of_the_handler_is_due_beside_its_answer() -> None:
    dues = due_dates(
        letter_on=date(2026, 11, 1),
        sent_on=date(2026, 11, 2),
        arrived_on=date(2026, 11, 3),
        promise=None,
        answered=False,
        asked_back_on=date(2026, 11, 5),
    )
    assert [(due.id, due.on) for due in dues] == [
        ("asked-back", date(2026, 11, 12)),
        ("answer", date(2026, 12, 3)),
    ]


@pytest.mark.parametrize("amount", [0, -3, 3651, 10**15])
def test_an_absurd_promise_is_refused(amount: int) -> None:
    with pytest.raises(BadInput, match="is no period"):
        answer_due(arrived_on=date(2026, 11, 2), promise=Period(amount=amount))


PERIODS = st.builds(Period, amount=st.integers(1, 400), unit=st.sampled_from(DayUnit))


@given(st.dates(date(2021, 11, 1), date(2029, 1, 1)), st.none() | PERIODS)
def test_an_answer_is_due_after_its_start_and_never_on_a_day_off(
    arrived: date,
    promise: Period | None,
) -> None:
    due = answer(arrived, promise)
    assert due.on > arrived
    assert calendar.is_probable_working_day(due.on)
    assert due.provisional == calendar.may_still_change(due.on)
    assert due.on <= arrived + timedelta(days=(promise.amount if promise else 30) * 2 + 20)


@given(st.dates(date(2021, 11, 1), date(2028, 1, 1)), st.none() | PERIODS)
def test_a_later_arrival_never_brings_an_earlier_answer(
    arrived: date,
    promise: Period | None,
) -> None:
    assert answer(arrived, promise).on <= answer(arrived + timedelta(days=1), promise).on
