"""Changing the clock of a case: what it does to the day, what is refused, and the journal."""

import contextlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pirights.domain.adjustment import Adjustment, AdjustmentKind, Told
from pirights.domain.case import Outcome
from pirights.domain.handler import Period, TimeUnit, Venue
from pirights.domain.period import Force
from pirights.domain.request import Right
from pirights.errors import BadInput, NotFound, NotNextStep
from pirights.workflow import adjusting, cases
from pirights.workflow.adjusting import Adjusted
from pirights.workflow.desk import Desk
from tests.workflow.office import (
    TODAY,
    answer,
    arrived,
    begun,
    case,
    days_later,
    kinds,
    park,
    said,
    scan,
    sent,
)

BECAUSE = "系统升级，需要更多时间"
HOLDING = "您好，已收到您的请求，我们将在15个工作日内处理并答复您。"

Act = Callable[[Desk, str], Adjusted]


def working(amount: int) -> Period:
    return Period(amount=amount, unit=TimeUnit.WORKING_DAY)


def running(desk: Desk, **facts: Any) -> str:  # noqa: ANN401 (fields of a handler)
    """A case whose letter arrived on Sunday, 22 November 2026; its reference."""
    scan(desk, park(desk, **facts))
    ref = case(desk).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    return ref


def at_a_bank(desk: Desk) -> str:
    """As `running`, for the correction of a bank's records."""
    bank = park(desk, "杭州样例银行股份有限公司", venue=Venue.BANK)
    scan(desk, bank, venue=Venue.BANK)
    ref = case(desk, Right.CORRECT).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    return ref


def days(done: Adjusted) -> tuple[date | None, date | None]:
    """The days before and after."""
    return (
        done.before.on if done.before else None,
        done.after.on if done.after else None,
    )


def of_case(desk: Desk, ref: str) -> list[AdjustmentKind]:
    return [one.kind for one in desk.vault.find_all(Adjustment, newest_first=False, ref=ref)]


# --- promises


def test_a_promise_in_the_case_counts_from_the_day_it_was_said(desk: Desk) -> None:
    ref = running(desk)
    done = adjusting.promise(
        desk, ref, on=date(2026, 11, 23), period=working(15), because=f" {BECAUSE} "
    )
    # The standard's 30 days end on 22 December; 24-27 and 30 November are 1 to 5, then 1-4
    # December 6 to 9, 7-11 10 to 14, Monday the 14th 15.
    assert days(done) == (date(2026, 12, 22), date(2026, 12, 14))
    assert done.before is not None
    assert done.after is not None
    assert (done.before.force, done.after.force) == (Force.STANDARD, Force.PROMISE)
    assert (done.adjustment.because, done.case.ref) == (BECAUSE, ref)
    assert BECAUSE in said(done.after.steps)


def test_a_promise_until_a_day_goes_before_the_published_one(desk: Desk) -> None:
    ref = running(desk, policy_days=working(15))
    done = adjusting.promise(desk, ref, on=None, until=date(2026, 12, 20))
    assert days(done) == (date(2026, 12, 11), date(2026, 12, 20))
    assert done.adjustment.on == TODAY


def test_what_was_promised_is_what_is_due_and_when_the_case_is_overdue(desk: Desk) -> None:
    ref = running(desk)
    adjusting.promise(desk, ref, on=None, until=date(2026, 11, 30))
    assert [(item.deadline.on, item.deadline.force) for item in cases.due(desk)] == [
        (date(2026, 11, 30), Force.PROMISE)
    ]
    assert cases.show(days_later(desk, 7), ref).standing.stage == "sent"
    assert cases.show(days_later(desk, 8), ref).standing.stage == "overdue"


def test_before_arrival_a_promise_shows_no_day_yet(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    done = adjusting.promise(desk, ref, on=None, period=working(15))
    assert days(done) == (None, None)
    arrived(desk, ref)
    (item,) = cases.due(desk)
    assert (item.deadline.on, item.deadline.force) == (date(2026, 12, 14), Force.PROMISE)


# --- more time


def test_more_time_counts_from_the_old_last_day(desk: Desk) -> None:
    done = adjusting.extend(desk, running(desk), on=None, period=Period(amount=10), because=BECAUSE)
    assert done.after is not None
    # 22 December and ten days: 1 January 2027, a holiday; Monday the 4th.
    assert days(done) == (date(2026, 12, 22), date(2027, 1, 4))
    assert "from 2026-12-22 to 2027-01-01: " + BECAUSE in said(done.after.steps)
    assert done.after.provisional


def test_more_time_may_be_given_as_a_day(desk: Desk) -> None:
    done = adjusting.extend(desk, running(desk), on=None, until=date(2026, 12, 24))
    assert days(done) == (date(2026, 12, 22), date(2026, 12, 24))


def test_more_time_never_brings_the_day_nearer(desk: Desk) -> None:
    ref = running(desk)  # 22 December already
    with contextlib.suppress(BadInput):
        adjusting.extend(desk, ref, on=None, until=date(2026, 12, 1))
    assert [item.deadline.on for item in cases.due(desk)] == [date(2026, 12, 22)]


# --- pauses


def test_a_paused_clock_has_no_day_until_it_goes_again(desk: Desk) -> None:
    ref = running(desk)
    later = days_later(desk, 10)  # 3 December
    stopped = adjusting.pause(later, ref, on=date(2026, 11, 25), because="等第三方意见")
    assert stopped.after is not None
    assert (stopped.after.id, stopped.after.on) == ("paused", date(2026, 11, 25))
    (item,) = cases.due(days_later(desk, 400))
    assert (item.deadline.id, item.is_due) == ("paused", False)
    assert cases.show(days_later(desk, 400), ref).standing.stage == "sent"
    again = adjusting.restart(later, ref, on=date(2026, 12, 2), because="已收到")
    assert again.before is not None
    assert again.after is not None
    # 25 November to 1 December, seven days: 22 becomes 29 December.
    assert (again.before.id, again.after.id, again.after.on) == (
        "paused",
        "answer",
        date(2026, 12, 29),
    )
    assert "Paused from 2026-11-25 up to but not on 2026-12-02, 7 days" in said(again.after.steps)


def test_two_pauses_add_up(desk: Desk) -> None:
    ref = running(desk)
    late = days_later(desk, 20)
    for first, until in ((25, 27), (28, 30)):
        adjusting.pause(late, ref, on=date(2026, 11, first), because="x")
        done = adjusting.restart(late, ref, on=date(2026, 11, until))
    assert days(done)[1] == date(2026, 12, 28)  # 26 December is a Saturday


def test_a_pause_over_a_weekend_takes_its_working_days_only(desk: Desk) -> None:
    scan(desk, park(desk, policy_days=working(15)))
    ref = case(desk, on=date(2026, 11, 20)).case.ref
    sent(desk, ref, on=date(2026, 11, 20))
    arrived(desk, ref, on=date(2026, 11, 20))
    # 23-27 November are 1 to 5, 30 November to 4 December 6 to 10, 7-11 December 11 to 15.
    # Paused from Friday the 27th up to Tuesday 1 December: two working days go.
    late = days_later(desk, 20)
    adjusting.pause(late, ref, on=date(2026, 11, 27), because="x")
    done = adjusting.restart(late, ref, on=date(2026, 12, 1))
    assert days(done)[1] == date(2026, 12, 15)


def test_a_clock_stops_and_goes_again_on_one_day(desk: Desk) -> None:
    ref = running(desk)
    adjusting.pause(desk, ref, on=TODAY, because="x")
    assert days(adjusting.restart(desk, ref, on=TODAY))[1] == date(2026, 12, 22)
    adjusting.pause(desk, ref, on=TODAY, because="y")
    assert of_case(desk, ref) == ["pause", "restart", "pause"]


# --- another period


def test_another_period_is_chosen_by_name(desk: Desk) -> None:
    done = adjusting.choose_period(
        desk, at_a_bank(desk), "credit-objection", on=None, because="征信异议"
    )
    assert done.after is not None
    # Credit-reporting regulations 25(2): 20 days from 22 November end on Saturday 12 December.
    assert (done.after.on, done.after.force) == (date(2026, 12, 14), Force.STATUTORY)
    assert done.adjustment.rule == "credit-objection"


@pytest.mark.parametrize("rights", [(Right.CORRECT,), (Right.ACCESS,)])
def test_the_period_of_another_sector_or_right_is_refused(
    desk: Desk, rights: tuple[Right, ...]
) -> None:
    """A park has no credit objections, and access at a bank is none."""
    venue = Venue.SCENIC_AREA if Right.CORRECT in rights else Venue.BANK
    scan(desk, park(desk, venue=venue), venue=venue)
    ref = case(desk, *rights).case.ref
    sent(desk, ref)
    with pytest.raises(BadInput, match="credit-objection does not fit") as refused:
        choose(desk, ref)
    assert "law show credit-objection" in str(refused.value.hint)


@pytest.mark.parametrize("rule", ["", "limitation", "gov-info", "promptly", "send", "court-docket"])
def test_a_period_that_is_none_for_an_answer_is_not_found(desk: Desk, rule: str) -> None:
    with pytest.raises(NotFound, match="no period") as refused:
        adjusting.choose_period(desk, running(desk), rule, on=None, because="x")
    assert "credit-objection" in str(refused.value.hint)
    assert "limitation" not in str(refused.value.hint)


# --- the message that says so


def test_the_message_that_says_so_is_kept_as_it_is_called(desk: Desk, tmp_path: Path) -> None:
    ref = running(desk)
    taken = answer(desk, ref, tmp_path, HOLDING)
    done = adjusting.promise(
        desk, ref, on=None, period=working(15), source=taken.reply.label.lower()
    )
    assert done.adjustment.source == taken.reply.label
    assert done.after is not None
    assert taken.reply.label in said(done.after.steps)


def test_the_message_may_be_named_by_its_number_in_the_inbox(desk: Desk, tmp_path: Path) -> None:
    # As the help of `--from` says: I3.
    ref = running(desk)
    taken = answer(desk, ref, tmp_path, HOLDING)
    done = adjusting.promise(desk, ref, on=None, period=working(15), source=f"i{taken.reply.id}")
    assert done.adjustment.source in {taken.reply.label, f"I{taken.reply.id}"}


def test_an_unknown_message_or_one_of_another_case_is_not_found(desk: Desk, tmp_path: Path) -> None:
    ref = running(desk)
    other = case(desk).case.ref
    theirs = answer(desk, other, tmp_path, HOLDING)
    for typed in ("I77", theirs.reply.label, f"I{theirs.reply.id}", "nonsense", ref):
        with pytest.raises(NotFound, match="has no message") as refused:
            adjusting.promise(desk, ref, on=None, period=working(15), source=typed)
        assert refused.value.exit_code == 12
    assert of_case(desk, ref) == []


# --- refusals


def promise(desk: Desk, ref: str) -> Adjusted:
    return adjusting.promise(desk, ref, on=None, period=working(15))


def extend(desk: Desk, ref: str) -> Adjusted:
    return adjusting.extend(desk, ref, on=None, period=working(15))


def pause(desk: Desk, ref: str) -> Adjusted:
    return adjusting.pause(desk, ref, on=None, because="x")


def restart(desk: Desk, ref: str) -> Adjusted:
    return adjusting.restart(desk, ref, on=None)


def choose(desk: Desk, ref: str) -> Adjusted:
    return adjusting.choose_period(desk, ref, "credit-objection", on=None, because="x")


ACTS = (promise, extend, pause, restart, choose)


@pytest.mark.parametrize("act", ACTS)
def test_a_closed_case_has_no_clock(desk: Desk, act: Act) -> None:
    ref = running(desk)
    cases.close(desk, ref, outcome=Outcome.PARTIAL)
    with pytest.raises(NotNextStep, match="closed already") as refused:
        act(desk, ref)
    assert refused.value.exit_code == 11
    assert f"case reopen {ref}" in str(refused.value.hint)
    assert of_case(desk, ref) == []


@pytest.mark.parametrize("act", ACTS)
def test_a_letter_that_was_not_sent_has_no_clock(desk: Desk, act: Act) -> None:
    ref = begun(desk)
    with pytest.raises(NotNextStep, match="was sent yet; no clock runs") as refused:
        act(desk, ref)
    assert refused.value.exit_code == 11
    assert f"pirights sent {ref}" in str(refused.value.hint)
    assert of_case(desk, ref) == []


@pytest.mark.parametrize("act", ACTS)
def test_an_unknown_case_has_no_clock(desk: Desk, act: Act) -> None:
    with pytest.raises(NotFound, match="no case"):
        act(desk, "PR-2026-7K3M9QX-C")


@pytest.mark.parametrize("because", ["", "  ", "\u3000"])
def test_a_pause_needs_its_reason(desk: Desk, because: str) -> None:
    ref = running(desk)
    with pytest.raises(BadInput, match="needs its reason"):
        adjusting.pause(desk, ref, on=None, because=because)
    assert of_case(desk, ref) == []


def test_a_clock_is_not_paused_twice_nor_set_going_while_it_runs(desk: Desk) -> None:
    ref = running(desk)
    with pytest.raises(NotNextStep, match="is not paused"):
        restart(desk, ref)
    pause(desk, ref)
    with pytest.raises(NotNextStep, match="paused already"):
        pause(desk, ref)
    restart(desk, ref)
    with pytest.raises(NotNextStep, match="is not paused"):
        restart(desk, ref)
    assert of_case(desk, ref) == ["pause", "restart"]


def test_a_clock_does_not_go_again_before_it_was_paused(desk: Desk) -> None:
    ref = running(desk)
    pause(desk, ref)
    with pytest.raises(BadInput, match="turned on 2026-11-23, after 2026-11-22"):
        adjusting.restart(desk, ref, on=date(2026, 11, 22))
    assert of_case(desk, ref) == ["pause"]


def test_a_pause_does_not_begin_within_an_earlier_one(desk: Desk) -> None:
    ref = running(desk)
    late = days_later(desk, 20)
    adjusting.pause(late, ref, on=date(2026, 11, 25), because="x")
    adjusting.restart(late, ref, on=date(2026, 12, 2))
    for day in (date(2026, 11, 20), date(2026, 11, 27), date(2026, 12, 1)):
        with pytest.raises(BadInput):
            adjusting.pause(late, ref, on=day, because="y")
    assert of_case(desk, ref) == ["pause", "restart"]
    adjusting.pause(late, ref, on=date(2026, 12, 2), because="y")


@pytest.mark.parametrize("act", [adjusting.promise, adjusting.extend])
def test_how_long_or_until_when_one_of_the_two(desk: Desk, act: Callable[..., Adjusted]) -> None:
    ref = running(desk)
    for both in ({}, {"period": working(15), "until": date(2026, 12, 31)}):
        with pytest.raises(BadInput, match="one of the two"):
            act(desk, ref, on=None, **both)
    assert of_case(desk, ref) == []


@pytest.mark.parametrize("act", [adjusting.promise, adjusting.extend])
def test_ten_years_are_no_time_for_an_answer(desk: Desk, act: Callable[..., Adjusted]) -> None:
    ref = running(desk)
    for amount in (0, 3651, 99_999):
        with pytest.raises(BadInput, match="ten years"):
            act(desk, ref, on=None, period=Period(amount=amount))
    with pytest.raises(BadInput, match="ten years"):
        act(desk, ref, on=None, until=date(2036, 12, 31))
    with pytest.raises(BadInput, match="2026-11-22 lies before 2026-11-23"):
        act(desk, ref, on=None, until=date(2026, 11, 22))
    assert of_case(desk, ref) == []


def test_what_lies_in_the_future_was_not_said_yet(desk: Desk) -> None:
    ref = running(desk)
    with pytest.raises(BadInput, match="in the future"):
        adjusting.promise(desk, ref, on=date(2026, 11, 24), period=working(15))
    with pytest.raises(BadInput, match="in the future"):
        adjusting.pause(desk, ref, on=date(2026, 11, 24), because="x")


def test_a_reason_is_one_clean_line(desk: Desk) -> None:
    ref = running(desk)
    for because in ("\x1b[2J", "字" * 5000):
        with pytest.raises(BadInput, match="because"):
            adjusting.pause(desk, ref, on=None, because=because)


# --- the journal


def test_every_change_is_in_the_journal_with_what_was_said(desk: Desk) -> None:
    ref = at_a_bank(desk)
    promise(desk, ref)
    extend(desk, ref)
    adjusting.pause(desk, ref, on=None, because=BECAUSE)
    restart(desk, ref)
    choose(desk, ref)
    rows = [row for row in desk.vault.journal_rows() if row.kind == "adjustment.added"]
    assert [row.subject for row in rows] == [ref] * 5
    payloads = [json.loads(row.payload or "") for row in rows]
    assert [one["kind"] for one in payloads] == [
        "promise",
        "extension",
        "pause",
        "restart",
        "period",
    ]
    assert payloads[0]["period"] == {"amount": 15, "unit": "working-day"}
    assert payloads[2]["because"] == BECAUSE
    assert desk.vault.check() == []


def test_a_provisional_day_that_a_change_shows_is_kept_once(desk: Desk) -> None:
    ref = running(desk)
    adjusting.promise(desk, ref, on=None, period=working(40))  # beyond the year's end
    told = desk.vault.find_all(Told, ref=ref)
    assert [(one.letter, one.notices_until, one.adjustments) for one in told] == [(1, 2026, 1)]
    assert kinds(desk)[-2:] == ["adjustment.added", "told.added"]
    # 24 November to 31 December 2026 are 28 working days, 4-8 January 33, 11-15 38, 18 and 19.
    assert told[0].on == date(2027, 1, 19)
    adjusting.promise(desk, ref, on=None, period=working(5))
    assert len(desk.vault.find_all(Told, ref=ref)) == 1


def test_what_is_promised_in_an_answer_runs_although_it_came(desk: Desk, tmp_path: Path) -> None:
    ref = running(desk)
    answer(desk, ref, tmp_path, "经核查，我司无法向您提供上述信息，您的请求不予支持。")

    def due() -> list[date]:
        found = cases.standing(desk, desk.case(ref)).deadlines
        return [one.on for one in found if one.id == "answer"]

    assert due() == []
    adjusting.promise(desk, ref, on=TODAY, until=date(2026, 12, 20))
    assert due() == []  # of the same day, and not said to stand in the answer
    adjusting.promise(desk, ref, on=TODAY, until=date(2026, 12, 21), source=f"{ref}/2")
    assert due() == [date(2026, 12, 21)]
