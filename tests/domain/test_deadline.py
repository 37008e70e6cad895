"""Due dates: whose word they rest on, and how they were reckoned."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights import rule_data
from pirights.domain import calendar
from pirights.domain.adjustment import Adjustment, AdjustmentKind, Told
from pirights.domain.answer_deadline import answer_due
from pirights.domain.answer_rule import CASE_PROMISE
from pirights.domain.deadline import Clock, Deadline
from pirights.domain.deadline_reasons import FOLLOW_UP, HANDLER_POLICY, STANDARD
from pirights.domain.due_dates import due_dates
from pirights.domain.handler import Period, TimeUnit, Venue
from pirights.domain.period import Force, Matter
from pirights.domain.request import Right
from pirights.errors import BadInput, message

RULES = rule_data.periods()
FIFTEEN_WORKING_DAYS = Period(amount=15, unit=TimeUnit.WORKING_DAY)
PROMISE, EXTENSION = AdjustmentKind.PROMISE, AdjustmentKind.EXTENSION
PAUSE, RESTART, CHOSEN = AdjustmentKind.PAUSE, AdjustmentKind.RESTART, AdjustmentKind.PERIOD


def working(amount: int) -> Period:
    return Period(amount=amount, unit=TimeUnit.WORKING_DAY)


def clock(arrived: date | None, **more: Any) -> Clock:  # noqa: ANN401 (fields of a clock)
    """The clock of a letter that was sent on the day before it arrived."""
    sent = arrived and arrived - timedelta(days=1)
    facts: dict[str, Any] = {"policy": None, "answered": False, "sent_on": sent, **more}
    return Clock(letter_on=sent or date(2026, 11, 1), arrived_on=arrived, **facts)


def changes(*made: tuple[AdjustmentKind, date, dict[str, Any]]) -> tuple[Adjustment, ...]:
    """Changes of the clock in the order in which they were recorded."""
    return tuple(
        Adjustment(id=number, ref="PR", kind=kind, on=on, **{"because": f"c{number}", **more})
        for number, (kind, on, more) in enumerate(made, start=1)
    )


def said(due: Deadline) -> str:
    return "\n".join(map(str, due.steps))


def says(due: Deadline, *words: str) -> bool:
    """One step says all of these words."""
    return any(all(word in str(step) for word in words) for step in due.steps)


def answer(arrived: date, **more: Any) -> Deadline:  # noqa: ANN401 (fields of a clock)
    return answer_due(clock(arrived, **more), RULES)


def kinds(dues: Sequence[Deadline]) -> list[tuple[str, date, Force]]:
    return [(due.id, due.on, due.force) for due in dues]


# --- what is due next


def test_a_draft_is_to_be_sent_within_a_week_as_a_suggestion() -> None:
    draft = clock(None, policy=FIFTEEN_WORKING_DAYS)
    found = due_dates(replace(draft, letter_on=date(2026, 11, 23)), RULES)
    assert kinds(found) == [("send", date(2026, 11, 30), Force.SUGGESTION)]
    assert "The letter is dated 2026-11-23." in said(found[0])
    assert found[0].basis == "pirights:send"


def test_before_arrival_is_proved_no_clock_of_the_handler_runs() -> None:
    sent = clock(None, sent_on=date(2026, 11, 24), policy=FIFTEEN_WORKING_DAYS)
    (due,) = due_dates(sent, RULES)
    assert (due.id, due.on, due.force) == ("arrival", date(2026, 12, 1), Force.SUGGESTION)
    assert "We suggest 7 days; no rule sets them." in said(due)
    with pytest.raises(BadInput, match="has not arrived"):
        answer_due(sent, RULES)


def test_a_suggestion_may_end_on_a_weekend() -> None:
    (due,) = due_dates(clock(None, sent_on=date(2026, 11, 21)), RULES)
    assert due.on == date(2026, 11, 28)  # a Saturday
    assert not due.provisional


def test_an_answer_ends_the_waiting() -> None:
    assert due_dates(clock(date(2026, 11, 3), answered=True), RULES) == ()


def test_a_question_of_the_handler_is_due_beside_its_answer() -> None:
    dues = due_dates(clock(date(2026, 11, 3), asked_back_on=date(2026, 11, 5)), RULES)
    assert kinds(dues) == [
        ("asked-back", date(2026, 11, 12), Force.SUGGESTION),
        ("answer", date(2026, 12, 3), Force.STANDARD),
    ]


# --- whose word it is


def test_a_promise_counts_working_days_from_arrival_with_make_up_days() -> None:
    # 18 September 2026: 1 day on Sunday the 20th (worked), rests on 25-27 and on 1-7 October.
    due = answer(date(2026, 9, 18), policy=working(10))
    assert (due.on, due.force, due.basis) == (date(2026, 10, 9), Force.PROMISE, HANDLER_POLICY)
    assert (due.provisional, due.guessed_year, due.was) == (False, None, None)
    assert "reached the handler on 2026-09-18" in said(due)
    assert "published rules promise 10 working days" in said(due)
    assert "not counted (Civil Code 201(1))" in said(due)
    assert says(due, "National Day", "not counted: 2026-10-01/2026-10-07.")
    assert says(due, "Mid-Autumn Festival", "not counted: 2026-09-25/2026-09-27.")
    assert says(due, "Make-up", "counted: 2026-09-20.")


def test_without_a_promise_the_recommended_standard_gives_thirty_days() -> None:
    due = answer(date(2026, 10, 12))
    assert (due.on, due.force, due.basis) == (
        date(2026, 11, 11),
        Force.STANDARD,
        "gbt-35273-2020:8.7",
    )
    assert "recommended standard and no law" in said(due)
    assert says(due, "Personal Information Protection Law", "promptly", "45(2)", "46(2)")
    assert "verified identity" in said(due)


def test_a_promise_in_the_case_goes_before_the_published_one_and_counts_from_its_day() -> None:
    made = changes((PROMISE, date(2026, 11, 9), {"period": Period(amount=10)}))
    due = answer(date(2026, 11, 2), policy=FIFTEEN_WORKING_DAYS, adjustments=made)
    assert (due.on, due.force, due.basis) == (date(2026, 11, 19), Force.PROMISE, CASE_PROMISE)
    assert due.start == date(2026, 11, 9)
    assert "On 2026-11-09 the handler promised an answer within 10 day" in said(due)
    assert "count from that day" in said(due)
    assert "c1" in said(due)


def test_a_promised_day_is_taken_as_it_is() -> None:
    sunday = changes((PROMISE, date(2026, 11, 9), {"until": date(2026, 11, 29)}))
    due = answer(date(2026, 11, 2), adjustments=sunday)
    assert (due.on, due.force) == (date(2026, 11, 29), Force.PROMISE)
    assert "promised an answer by 2026-11-29" in said(due)
    assert "c1" in said(due)
    assert "rest day" not in said(due)


def test_a_promised_day_in_a_year_without_notice_is_not_provisional() -> None:
    # No holiday was counted for it, so no notice can move it.
    made = changes((PROMISE, date(2026, 12, 9), {"until": date(2027, 1, 15)}))
    due = answer(date(2026, 12, 2), adjustments=made)
    assert due.on == date(2027, 1, 15)
    assert not due.provisional
    assert "Provisional" not in said(due)


def test_of_two_promises_the_last_one_counts() -> None:
    made = changes(
        (PROMISE, date(2026, 11, 9), {"until": date(2026, 11, 20)}),
        (PROMISE, date(2026, 11, 12), {"period": working(5)}),
    )
    assert answer(date(2026, 11, 2), adjustments=made).on == date(2026, 11, 19)


def test_the_published_promise_goes_before_a_chosen_period() -> None:
    made = changes((CHOSEN, date(2026, 11, 3), {"rule": "credit-objection"}))
    due = answer(date(2026, 11, 2), policy=FIFTEEN_WORKING_DAYS, adjustments=made)
    assert (due.basis, due.force) == (HANDLER_POLICY, Force.PROMISE)


def test_a_chosen_period_goes_before_that_of_the_place_and_the_standard() -> None:
    made = changes((CHOSEN, date(2026, 11, 3), {"rule": "credit-objection"}))
    due = answer(
        date(2026, 11, 2),
        venues=frozenset({Venue.APP}),
        rights=frozenset({Right.CORRECT}),
        adjustments=made,
    )
    # Credit-reporting regulations 25(2): 20 days from receipt; 22 November is a Sunday.
    assert (due.on, due.force, due.basis) == (
        date(2026, 11, 23),
        Force.STATUTORY,
        "credit-objection",
    )
    assert "not for other requests about facial information" in said(due)


def test_an_app_has_fifteen_working_days_for_correction_and_deletion_by_a_standard() -> None:
    for rights in ({Right.CORRECT}, {Right.DELETE}, {Right.CORRECT, Right.DELETE}):
        due = answer(date(2026, 11, 2), venues=frozenset({Venue.APP}), rights=frozenset(rights))
        assert (due.on, due.force) == (date(2026, 11, 23), Force.STANDARD)
        assert due.basis == "app-handling"
        assert "15 working-day, standard" in said(due)
        assert "no period of law" in said(due)
        assert says(due, "promptly", "45(2)", "46(2)")


@pytest.mark.parametrize(
    ("venues", "rights"),
    [
        ({Venue.APP}, {Right.ACCESS}),
        ({Venue.APP}, {Right.ACCESS, Right.DELETE}),  # not for all that is asked
        ({Venue.SHOP}, {Right.DELETE}),
        ({Venue.APP, Venue.SHOP}, {Right.DELETE}),  # not of an App alone
        (set(), {Right.DELETE}),
    ],
)
def test_the_app_standard_is_for_apps_and_two_rights_only(
    venues: set[Venue], rights: set[Right]
) -> None:
    due = answer(date(2026, 11, 2), venues=frozenset(venues), rights=frozenset(rights))
    assert due.basis == STANDARD


@pytest.mark.parametrize(
    ("venue", "words"),
    [
        (Venue.BANK, ("credit information", "20", "not for other requests")),
        (Venue.TELECOM, ("telecom operator", "15", "its text was not found")),
        (Venue.APP, ("telecom operator", "15", "its text was not found")),
    ],
)
def test_where_a_sector_has_a_rule_of_its_own_it_is_said_but_does_not_rule(
    venue: Venue, words: tuple[str, ...]
) -> None:
    due = answer(date(2026, 11, 2), venues=frozenset({venue}), rights=frozenset({Right.ACCESS}))
    assert (due.basis, due.force, due.on) == (STANDARD, Force.STANDARD, date(2026, 12, 2))
    assert "pirights case period" in said(due)
    for word in words:
        assert word in said(due)


def test_elsewhere_no_sector_is_spoken_of() -> None:
    due = answer(date(2026, 11, 2), venues=frozenset({Venue.SCENIC_AREA}))
    assert "pirights case period" not in said(due)


def test_a_chosen_sector_rule_is_not_offered_again() -> None:
    made = changes((CHOSEN, date(2026, 11, 3), {"rule": "credit-objection"}))
    due = answer(date(2026, 11, 2), venues=frozenset({Venue.BANK}), adjustments=made)
    assert "pirights case period" not in said(due)


CHANGES: tuple[tuple[Adjustment, ...], ...] = (
    (),
    changes((PROMISE, date(2026, 11, 9), {"period": FIFTEEN_WORKING_DAYS})),
    changes((PROMISE, date(2026, 11, 9), {"until": date(2026, 12, 9)})),
    changes((EXTENSION, date(2026, 11, 9), {"period": Period(amount=10)})),
    changes((PAUSE, date(2026, 11, 9), {})),
    changes((CHOSEN, date(2026, 11, 9), {"rule": "app-handling"})),
)


@pytest.mark.parametrize("arrived", [None, date(2026, 11, 2)])
@pytest.mark.parametrize("policy", [None, FIFTEEN_WORKING_DAYS, Period(amount=30)])
@pytest.mark.parametrize("venue", Venue)
def test_no_date_is_called_statutory_unless_such_a_rule_was_chosen(
    arrived: date | None, policy: Period | None, venue: Venue
) -> None:
    for made in CHANGES:
        known = clock(
            arrived,
            policy=policy,
            venues=frozenset({venue}),
            rights=frozenset(Right),
            asked_back_on=date(2026, 11, 5),
            adjustments=made,
        )
        for due in due_dates(known, RULES):
            assert due.force is not Force.STATUTORY


def test_of_the_periods_that_can_be_chosen_only_the_one_for_credit_is_statutory() -> None:
    # The rule on telecom complaints is named at second hand and its text was not found.
    choosable = [
        one.id
        for one in RULES.values()
        if one.matter in {Matter.REQUEST, Matter.SECTOR} and one.period is not None
    ]
    assert {"credit-objection", "telecom-complaint"} <= set(choosable)
    statutory = [
        rule
        for rule in choosable
        if answer(
            date(2026, 11, 2), adjustments=changes((CHOSEN, date(2026, 11, 3), {"rule": rule}))
        ).force
        is Force.STATUTORY
    ]
    assert statutory == ["credit-objection"]


def test_the_proof_of_arrival_is_part_of_the_reasoning() -> None:
    due = answer(date(2026, 11, 2), proof=(message("Proof of arrival: a.png."),))
    assert [str(step) for step in due.steps[:2]] == [
        "The letter reached the handler on 2026-11-02; that sets the clock going.",
        "Proof of arrival: a.png.",
    ]


# --- last days on rest days, and years without notice


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
    due = answer(date(2026, 12, 24), policy=working(10))
    # 25, 28-31 December, then 4-8 January (1 January rests by its fixed date).
    assert due.on == date(2027, 1, 8)
    assert due.provisional
    assert due.guessed_year == 2027
    assert "no official holiday notice for 2027 yet" in said(due)


def test_thirty_days_that_end_in_a_year_without_notice_are_provisional_and_not_guessed() -> None:
    due = answer(date(2026, 12, 2))  # day 30 is 1 January 2027
    assert due.on == date(2027, 1, 4)
    assert due.provisional
    assert due.guessed_year is None


def test_the_last_days_of_december_await_the_next_notice() -> None:
    due = answer(date(2026, 12, 1))
    assert due.on == date(2026, 12, 31)
    assert due.provisional
    assert "notice for 2027 may still move" in said(due)


def test_the_app_standard_is_not_shifted_but_awaits_its_notice_too() -> None:
    app = {"venues": frozenset({Venue.APP}), "rights": frozenset({Right.DELETE})}
    due = answer(date(2026, 12, 18), **app)
    # 21-25 December, 28-31 (9), 4-8 January (14), 11 January.
    assert (due.on, due.guessed_year) == (date(2027, 1, 11), 2027)


def test_a_promise_that_another_replaces_is_told() -> None:
    made = changes(
        (PROMISE, date(2026, 11, 9), {"period": Period(amount=30)}),
        (PROMISE, date(2026, 11, 12), {"until": date(2026, 12, 6)}),
    )
    due = answer(date(2026, 11, 2), adjustments=made)
    assert due.on == date(2026, 12, 6)
    assert "What it had promised on 2026-11-09 is replaced" in said(due)


def test_a_pause_does_not_move_a_day_that_was_named_and_that_is_said() -> None:
    made = changes(
        (PROMISE, date(2026, 11, 9), {"until": date(2026, 12, 6)}),
        (PAUSE, date(2026, 11, 12), {}),
        (RESTART, date(2026, 11, 16), {}),
    )
    due = answer(date(2026, 11, 2), adjustments=made)
    assert due.on == date(2026, 12, 6)
    assert "the pause from 2026-11-12 up to 2026-11-16 does not move it" in said(due)


# --- more time


def test_more_time_counts_from_the_old_last_day() -> None:
    # 30 days from 2 November end on Wednesday 2 December; ten more on Saturday the 12th.
    made = changes((EXTENSION, date(2026, 11, 20), {"period": Period(amount=10)}))
    due = answer(date(2026, 11, 2), adjustments=made)
    assert (due.on, due.force, due.basis) == (date(2026, 12, 14), Force.PROMISE, STANDARD)
    assert "more time on 2026-11-20, from 2026-12-02 to 2026-12-12: c1" in said(due)
    assert says(due, "c1", "Personal Information Protection Law", "no extension")
    assert "2026-12-12 is a rest day" in said(due)


def test_more_time_in_working_days_names_what_it_left_out() -> None:
    # 30 days from 26 August end on Friday 25 September, in the festival: it is the old last day.
    made = changes((EXTENSION, date(2026, 9, 20), {"period": working(5)}))
    due = answer(date(2026, 8, 26), adjustments=made)
    assert due.on == date(2026, 10, 9)  # 28-30 September, 8 and 9 October
    assert says(due, "National Day", "not counted: 2026-10-01/2026-10-07.")


def test_more_time_until_a_day_and_twice() -> None:
    made = changes(
        (EXTENSION, date(2026, 11, 20), {"until": date(2026, 12, 15)}),
        (EXTENSION, date(2026, 12, 10), {"period": working(3)}),
    )
    due = answer(date(2026, 11, 2), adjustments=made)
    assert due.on == date(2026, 12, 18)
    assert "from 2026-12-02 to 2026-12-15: c1" in said(due)
    assert "from 2026-12-15 to 2026-12-18: c2" in said(due)


def test_a_day_that_the_handler_named_for_more_time_is_not_shifted_either() -> None:
    # As with a promise: Saturday 26 December is the handler's own word.
    made = changes((EXTENSION, date(2026, 11, 20), {"until": date(2026, 12, 26)}))
    assert answer(date(2026, 11, 2), adjustments=made).on == date(2026, 12, 26)


def test_days_added_to_a_promised_day_end_as_every_period_does() -> None:
    made = changes(
        (PROMISE, date(2026, 11, 9), {"until": date(2026, 12, 11)}),
        (EXTENSION, date(2026, 12, 10), {"period": Period(amount=9)}),
    )
    due = answer(date(2026, 11, 2), adjustments=made)  # Sunday 20 December, a rest day
    assert due.on == date(2026, 12, 21)
    assert "2026-12-20 is a rest day" in said(due)


def test_a_promise_made_after_more_time_was_taken_is_the_last_word() -> None:
    made = changes(
        (EXTENSION, date(2026, 11, 20), {"until": date(2026, 12, 15)}),
        (PROMISE, date(2026, 12, 10), {"until": date(2026, 12, 31)}),
    )
    assert answer(date(2026, 11, 2), adjustments=made).on == date(2026, 12, 31)
    days = changes(
        (EXTENSION, date(2026, 11, 20), {"period": Period(amount=10)}),
        (PROMISE, date(2026, 12, 10), {"period": Period(amount=8)}),
    )
    assert answer(date(2026, 11, 2), adjustments=days).on == date(2026, 12, 18)


def test_of_one_day_what_was_recorded_last_is_the_last_word() -> None:
    on = date(2026, 11, 20)
    more = (EXTENSION, on, {"period": Period(amount=10)})
    promise = (PROMISE, on, {"until": date(2026, 12, 11)})
    assert answer(date(2026, 11, 2), adjustments=changes(more, promise)).on == date(2026, 12, 11)
    # 11 December and ten days: Monday the 21st.
    assert answer(date(2026, 11, 2), adjustments=changes(promise, more)).on == date(2026, 12, 21)


def test_working_days_guessed_before_more_time_was_taken_remain_guessed() -> None:
    # 10 working days from 24 December go to 8 January 2027; 7 calendar days more to the 15th.
    made = changes((EXTENSION, date(2026, 12, 28), {"period": Period(amount=7)}))
    due = answer(date(2026, 12, 24), policy=working(10), adjustments=made)
    assert due.on == date(2027, 1, 15)
    assert due.provisional
    assert due.guessed_year == 2027


# --- pauses


def test_a_pause_moves_the_day_by_what_it_left_out() -> None:
    made = changes((PAUSE, date(2026, 11, 9), {}), (RESTART, date(2026, 11, 16), {}))
    due = answer(date(2026, 11, 2), adjustments=made)  # 2 December and seven days
    assert due.on == date(2026, 12, 9)
    assert "Paused from 2026-11-09 up to but not on 2026-11-16, 7 days" in said(due)


def test_two_pauses_add_up() -> None:
    made = changes(
        (PAUSE, date(2026, 11, 9), {}),
        (RESTART, date(2026, 11, 16), {}),
        (PAUSE, date(2026, 11, 30), {}),
        (RESTART, date(2026, 12, 2), {}),
    )
    assert answer(date(2026, 11, 2), adjustments=made).on == date(2026, 12, 11)


def test_while_the_clock_is_paused_no_day_is_due() -> None:
    made = changes((PAUSE, date(2026, 11, 9), {"because": "等待第三方意见"}))
    due = answer(date(2026, 11, 2), policy=FIFTEEN_WORKING_DAYS, adjustments=made)
    assert (due.id, due.on, due.force) == ("paused", date(2026, 11, 9), Force.PROMISE)
    assert "等待第三方意见" in said(due)
    assert "No day is due" in said(due)
    assert "The last day" not in said(due)
    assert (due.provisional, due.guessed_year) == (False, None)


def test_a_pause_also_stops_time_that_was_added() -> None:
    made = changes(
        (EXTENSION, date(2026, 11, 20), {"period": Period(amount=10)}),
        (PAUSE, date(2026, 12, 7), {}),
        (RESTART, date(2026, 12, 9), {}),
    )
    due = answer(date(2026, 11, 2), adjustments=made)
    assert due.on == date(2026, 12, 14)  # 12 December and two days
    assert "rest day" not in said(due)


def test_the_standards_days_do_not_run_while_identity_is_asked_for() -> None:
    # FACTS: said to count from verified identity, never before the day identity is settled.
    due = answer(date(2026, 11, 2), identity_asked_on=date(2026, 11, 5))
    assert (due.id, due.on, due.force) == ("paused", date(2026, 11, 5), Force.STANDARD)
    assert says(due, "2026-11-05", "identity")
    assert "The last day" not in said(due)


def test_a_promise_runs_whether_or_not_identity_is_asked_for() -> None:
    asked = date(2026, 11, 5)
    published = answer(date(2026, 11, 2), policy=FIFTEEN_WORKING_DAYS, identity_asked_on=asked)
    assert (published.id, published.on) == ("answer", date(2026, 11, 23))
    made = changes((PROMISE, date(2026, 11, 6), {"until": date(2026, 11, 30)}))
    in_case = answer(date(2026, 11, 2), adjustments=made, identity_asked_on=asked)
    assert (in_case.id, in_case.on) == ("answer", date(2026, 11, 30))


# --- what was told before the notice came


def told(on: date, *, notices_until: int = 2025, adjustments: int = 0, days: int = 15) -> Told:
    return Told(
        id=1,
        ref="PR",
        letter=1,
        on=on,
        notices_until=notices_until,
        adjustments=adjustments,
        basis="handler-policy",
        period=Period(amount=days, unit=TimeUnit.WORKING_DAY),
    )


def test_a_day_that_the_notice_moved_is_compared_with_what_was_told() -> None:
    due = answer(date(2025, 12, 11), policy=FIFTEEN_WORKING_DAYS, told=told(date(2026, 1, 2)))
    assert (due.on, due.was) == (date(2026, 1, 4), date(2026, 1, 2))
    assert said(due).endswith(
        "Before the holiday notice for 2026 it was given as 2026-01-02, provisionally; the notice "
        "moves it to 2026-01-04."
    )


@pytest.mark.parametrize(
    "before",
    [
        None,
        told(date(2026, 1, 4)),  # the notice moved nothing
        told(date(2026, 1, 2), adjustments=1),  # the clock was changed meanwhile, not the notice
        told(date(2026, 1, 2), notices_until=2026),  # no notice came meanwhile
        told(date(2026, 1, 2), days=14),  # the handler's rules were changed meanwhile
    ],
)
def test_nothing_is_compared_where_no_notice_moved_the_day(before: Told | None) -> None:
    due = answer(date(2025, 12, 11), policy=FIFTEEN_WORKING_DAYS, told=before)
    assert due.was is None
    assert "Before the holiday notice" not in said(due)


# --- refusals


@pytest.mark.parametrize("amount", [0, -3, 3651, 10**15])
def test_an_absurd_promise_is_refused(amount: int) -> None:
    with pytest.raises(BadInput, match="is no period"):
        answer(date(2026, 11, 2), policy=Period(amount=amount))


def test_a_promise_of_years_is_refused() -> None:
    with pytest.raises(BadInput, match="is no period"):
        answer(date(2026, 11, 2), policy=Period(amount=1, unit=TimeUnit.YEAR))


# --- properties

ARRIVALS = st.dates(date(2021, 11, 1), date(2028, 1, 1))
PERIODS = st.builds(
    Period, amount=st.integers(1, 400), unit=st.sampled_from([TimeUnit.DAY, TimeUnit.WORKING_DAY])
)


@given(ARRIVALS, st.none() | PERIODS)
def test_an_answer_is_due_after_its_start_and_never_on_a_day_off(
    arrived: date,
    policy: Period | None,
) -> None:
    due = answer(arrived, policy=policy)
    assert due.on > arrived
    assert calendar.is_probable_working_day(due.on)
    assert due.provisional == calendar.may_still_change(due.on)
    assert due.on <= arrived + timedelta(days=(policy.amount if policy else 30) * 2 + 20)


@given(ARRIVALS, st.none() | PERIODS)
def test_a_later_arrival_never_brings_an_earlier_answer(
    arrived: date,
    policy: Period | None,
) -> None:
    later = arrived + timedelta(days=1)
    assert answer(arrived, policy=policy).on <= answer(later, policy=policy).on


@given(ARRIVALS, st.none() | PERIODS, st.none() | PERIODS, st.integers(0, 90), st.integers(0, 60))
def test_a_pause_never_makes_an_answer_due_earlier(
    arrived: date, policy: Period | None, more: Period | None, wait: int, length: int
) -> None:
    first = arrived + timedelta(days=wait)
    taken = changes((EXTENSION, arrived, {"period": more})) if more else ()
    paused = changes((PAUSE, first, {}), (RESTART, first + timedelta(days=length), {}))
    without = answer(arrived, policy=policy, adjustments=taken)
    due = answer(arrived, policy=policy, adjustments=(*taken, *paused))
    assert without.on <= due.on
    assert calendar.is_probable_working_day(due.on)


def test_an_answer_about_identity_that_arrived_starts_the_standards_days_only() -> None:
    arrived, offered = date(2026, 11, 2), date(2026, 11, 20)
    due = answer_due(clock(arrived, identity_offered_on=offered), RULES)
    assert due.start == offered
    assert due.on > offered + timedelta(days=29)
    assert says(due, "proof of identity arrived on", "2026-11-20")
    promised = clock(arrived, identity_offered_on=offered, policy=Period(amount=15))
    assert answer_due(promised, RULES).start == arrived


# --- what was said to an earlier letter


def test_a_promise_that_ran_out_before_the_letter_left_sets_it_no_day() -> None:
    arrived = date(2026, 11, 12)
    earlier = changes((PROMISE, date(2026, 10, 14), {"period": Period(amount=20)}))
    assert answer(arrived, adjustments=earlier).on == answer(arrived).on
    still = changes((PROMISE, date(2026, 10, 14), {"until": date(2026, 11, 30)}))
    assert answer(arrived, adjustments=still).on == date(2026, 11, 30)
    last_day = changes((PROMISE, date(2026, 10, 14), {"until": date(2026, 11, 11)}))
    assert answer(arrived, adjustments=last_day).basis == CASE_PROMISE


def test_more_time_for_an_earlier_letter_never_brings_a_later_one_forward() -> None:
    arrived = date(2026, 10, 22)  # 15 working days end on 12 November
    own = answer(arrived, policy=FIFTEEN_WORKING_DAYS)
    assert own.on == date(2026, 11, 12)
    for told in ({"until": date(2026, 11, 10)}, {"period": Period(amount=5)}):
        earlier = changes((EXTENSION, date(2026, 10, 15), told))
        assert answer(arrived, policy=FIFTEEN_WORKING_DAYS, adjustments=earlier).on == own.on
    later = changes((EXTENSION, date(2026, 10, 15), {"until": date(2026, 12, 1)}))
    assert answer(arrived, policy=FIFTEEN_WORKING_DAYS, adjustments=later).on == date(2026, 12, 1)


def test_after_a_reminder_the_day_that_it_names_counts_and_no_period_runs_anew() -> None:
    named = date(2027, 1, 14)
    for policy in (None, FIFTEEN_WORKING_DAYS):
        due = answer(date(2027, 1, 2), asked_by=named, policy=policy)
        assert (due.on, due.force, due.basis) == (named, Force.SUGGESTION, f"pirights:{FOLLOW_UP}")
        assert says(due, "asks for an answer by", "2027-01-14")
        assert says(due, "not anew from a letter that follows it")


def test_a_reminder_that_came_after_its_own_day_leaves_as_many_days() -> None:
    due = answer(date(2027, 1, 15), asked_by=date(2027, 1, 14))
    assert due.on == date(2027, 2, 1)  # the fifteenth day is a Saturday
    assert says(due, "arrived after that day")


def test_a_promise_after_a_reminder_goes_before_its_day() -> None:
    promise = changes((PROMISE, date(2027, 1, 5), {"until": date(2027, 1, 20)}))
    due = answer(date(2027, 1, 2), asked_by=date(2027, 1, 14), adjustments=promise)
    assert (due.on, due.force, due.basis) == (date(2027, 1, 20), Force.PROMISE, CASE_PROMISE)


def test_a_demand_for_identity_after_a_reminder_stops_the_standard_as_ever() -> None:
    arrived = date(2027, 1, 2)
    more = {"asked_by": date(2027, 1, 14), "identity_asked_on": date(2027, 1, 6)}
    assert answer(arrived, **more).id == "paused"
    offered = answer(arrived, asked_by=more["asked_by"], identity_offered_on=date(2027, 1, 9))
    assert (offered.start, offered.basis) == (date(2027, 1, 9), STANDARD)
