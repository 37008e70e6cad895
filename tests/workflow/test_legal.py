"""Explaining a case's clock: what is due, on whose word, and what is refused."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pirights import rule_data
from pirights.domain.adjustment import Told
from pirights.domain.case import Outcome
from pirights.domain.dispatch import Channel
from pirights.domain.handler import Period, TimeUnit, Venue
from pirights.domain.period import Force
from pirights.domain.request import Right
from pirights.errors import BadInput, NotFound, NotNextStep
from pirights.workflow import adjusting, cases, dispatching, legal
from pirights.workflow.desk import Desk
from pirights.workflow.legal import Explained
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

GIVEN = "您请求复制的人脸图像、特征模板和通行记录已全部提供，请见附件。"
WANTS_ID = "为核实您的身份，需要您提供身份证正反面照片及手持身份证照片。"


def working(amount: int) -> Period:
    return Period(amount=amount, unit=TimeUnit.WORKING_DAY)


def running(desk: Desk, venue: Venue = Venue.SCENIC_AREA, **facts: Any) -> str:  # noqa: ANN401
    """A case whose letter arrived on 22 November 2026; its reference."""
    scan(desk, park(desk, **facts), venue=venue)
    ref = case(desk, Right.DELETE).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    return ref


def everything(told: Explained) -> str:
    found = [told.deadline] if told.deadline else []
    return "\n".join(said(due.steps) for due in (*found, *told.others))


# --- what comes next


def test_a_draft_is_explained_as_our_suggestion(desk: Desk) -> None:
    told = legal.explain(desk, begun(desk))
    assert told.deadline is not None
    assert (told.deadline.id, told.deadline.on) == ("send", date(2026, 11, 28))
    assert told.deadline.force is Force.SUGGESTION
    assert told.remarks == ()


def test_an_answer_is_explained_step_by_step_from_the_arrival(desk: Desk) -> None:
    told = legal.explain(desk, running(desk))
    due = told.deadline
    assert due is not None
    assert (due.id, due.on, due.force) == ("answer", date(2026, 12, 22), Force.STANDARD)
    assert "reached the handler on 2026-11-22" in said(due.steps[:1])
    assert "No proof of arrival is kept yet." in said(due.steps)


def test_the_proof_of_arrival_is_named_with_its_sum(desk: Desk, tmp_path: Path) -> None:
    scan(desk, park(desk))
    ref = case(desk).case.ref
    sent(desk, ref)
    proof = tmp_path / "签收.txt"
    proof.write_bytes(b"signed")
    dispatching.received(desk, ref, on=date(2026, 11, 22), proofs=[proof])
    told = legal.explain(desk, ref)
    # printf signed | sha256sum
    assert "Proof of arrival: 签收.txt (SHA-256 4a3cdfae6f291c8f…)." in everything(told)
    assert "No proof" not in everything(told)


def test_of_an_e_mail_the_two_moments_of_arrival_are_told(desk: Desk) -> None:
    scan(desk, park(desk))
    ref = case(desk).case.ref
    dispatching.sent(desk, ref, channel=Channel.EMAIL, on=date(2026, 11, 21))
    arrived(desk, ref)
    text = everything(legal.explain(desk, ref))
    assert "enters the mailbox that the handler named" in text
    assert "Civil Code 137(2)" in text
    assert "take the later day" in text


def test_what_they_ask_back_stands_beside_the_answer(desk: Desk, tmp_path: Path) -> None:
    ref = running(desk)
    answer(desk, ref, tmp_path, WANTS_ID)
    told = legal.explain(desk, ref)
    assert told.deadline is not None
    # The standard's days do not run before identity is settled; the reply's own day is today.
    assert (told.deadline.id, told.deadline.on) == ("paused", TODAY)
    assert [due.id for due in told.others] == ["asked-back", "limitation"]


def test_a_promise_runs_on_while_they_ask_for_identity(desk: Desk, tmp_path: Path) -> None:
    ref = running(desk, policy_days=working(10))
    answer(desk, ref, tmp_path, WANTS_ID)
    told = legal.explain(desk, ref)
    assert told.deadline is not None
    assert (told.deadline.id, told.deadline.on) == ("answer", date(2026, 12, 4))


def test_after_an_answer_nothing_is_awaited_but_claims_still_grow_old(
    desk: Desk, tmp_path: Path
) -> None:
    ref = running(desk)
    answer(desk, ref, tmp_path, GIVEN)
    told = legal.explain(desk, ref)
    assert told.deadline is None
    assert [due.id for due in told.others] == ["limitation"]
    assert "nothing is awaited" in said(told.remarks)


def test_a_closed_case_is_not_explained(desk: Desk) -> None:
    ref = running(desk)
    cases.close(desk, ref, outcome=Outcome.FULL)
    with pytest.raises(NotNextStep, match="closed already"):
        legal.explain(desk, ref)
    with pytest.raises(NotFound):
        legal.explain(desk, "PR-2026-7K3M9QX-C")


# --- the rules that the place brings


@pytest.mark.parametrize(
    ("venue", "day", "basis"),
    [
        # 15 working days from Sunday 22 November: 23-27, 30 November to 4 December, 7-11 December.
        (Venue.APP, date(2026, 12, 11), "app-handling"),
        (Venue.BANK, date(2026, 12, 22), "gbt-35273-2020:8.7"),
        (Venue.TELECOM, date(2026, 12, 22), "gbt-35273-2020:8.7"),
    ],
)
def test_an_app_has_its_standard_and_other_sectors_a_remark(
    desk: Desk, venue: Venue, day: date, basis: str
) -> None:
    told = legal.explain(desk, running(desk, venue))
    due = told.deadline
    assert due is not None
    assert (due.on, due.force, due.basis) == (day, Force.STANDARD, basis)
    assert "pirights case period" in said(due.steps)


def test_a_published_promise_goes_before_the_standard_for_apps(desk: Desk) -> None:
    due = legal.explain(desk, running(desk, Venue.APP, policy_days=working(10))).deadline
    assert due is not None
    assert (due.on, due.force) == (date(2026, 12, 4), Force.PROMISE)


# --- years without a notice


def test_working_days_in_a_year_without_notice_are_refused_unless_asked_for(desk: Desk) -> None:
    ref = running(desk, policy_days=working(40))
    with pytest.raises(BadInput, match="no official holiday notice for 2027 yet") as refused:
        legal.explain(desk, ref)
    assert refused.value.exit_code == 14
    assert "--provisional" in str(refused.value.hint)
    told = legal.explain(desk, ref, provisional=True)
    assert told.deadline is not None
    # 23 November to 31 December 2026 are 29 working days, 4-8 January 34, 11-15 39, the 18th.
    assert told.deadline.on == date(2027, 1, 18)
    assert told.deadline.provisional
    assert "Only weekends" in said(told.deadline.steps)


def test_calendar_days_there_are_shown_as_provisional(desk: Desk) -> None:
    ref = running(desk, policy_days=Period(amount=40))  # 1 January 2027
    told = legal.explain(desk, ref)
    assert told.deadline is not None
    assert (told.deadline.on, told.deadline.provisional) == (date(2027, 1, 4), True)


def test_a_provisional_day_is_kept_in_the_journal_once(desk: Desk) -> None:
    ref = running(desk, policy_days=working(40))
    before = kinds(desk)
    assert before[-1] == "told.added"
    legal.explain(desk, ref, provisional=True)
    legal.explain(desk, ref, provisional=True)
    assert kinds(desk) == before
    (told,) = desk.vault.find_all(Told, ref=ref)
    assert (told.on, told.letter, told.notices_until, told.adjustments) == (
        date(2027, 1, 18),
        1,
        2026,
        0,
    )


def test_a_day_that_no_notice_can_move_leaves_no_trace(desk: Desk) -> None:
    ref = running(desk)
    before = kinds(desk)
    legal.explain(desk, ref)
    assert kinds(desk) == before
    assert desk.vault.find_all(Told) == []


# --- the limitation of claims


def limited(desk: Desk, ref: str) -> list[date]:
    return [due.on for due in legal.explain(desk, ref).others if due.id == "limitation"]


def scanned(desk: Desk, *at: datetime) -> str:
    handler = park(desk)
    for one in at:
        scan(desk, handler, at=one)
    return case(desk).case.ref


def test_claims_are_limited_from_the_earliest_scan_in_the_vaults_own_day(desk: Desk) -> None:
    # 16:30 UTC on 9 March is the 10th in Shanghai.
    ref = scanned(
        desk,
        datetime(2026, 5, 1, 4, 0, tzinfo=UTC),
        datetime(2025, 3, 9, 16, 30, tzinfo=UTC),
    )
    assert limited(desk, ref) == [date(2028, 3, 10)]


def test_a_scan_on_29_february_is_limited_on_the_last_of_february(desk: Desk) -> None:
    assert limited(desk, scanned(desk, datetime(2024, 2, 29, 4, 0, tzinfo=UTC))) == [
        date(2027, 2, 28)
    ]


@pytest.mark.parametrize(("day", "passed"), [(22, True), (23, False)])
def test_a_limitation_that_has_passed_is_said_to_have_passed(
    desk: Desk, day: int, *, passed: bool
) -> None:
    """Today is 23 November 2026, and the last day is still in time."""
    told = legal.explain(desk, scanned(desk, datetime(2023, 11, day, 4, 0, tzinfo=UTC)))
    assert (f"ended on 2026-11-{day}, before today" in said(told.remarks)) is passed
    assert ("ask a lawyer" in said(told.remarks)) is passed


def test_facts_before_the_civil_code_have_a_remark_and_no_day(desk: Desk) -> None:
    ref = scanned(desk, datetime(2020, 12, 31, 15, 59, tzinfo=UTC))
    told = legal.explain(desk, ref)
    assert [due.id for due in told.others] == []
    assert "The first scan was on 2020-12-31, before the Civil Code" in said(told.remarks)
    assert "Ask a lawyer" in said(told.remarks)


def test_with_facts_before_and_after_the_code_only_the_later_ones_have_a_day(desk: Desk) -> None:
    ref = scanned(
        desk,
        datetime(2020, 12, 31, 15, 59, tzinfo=UTC),
        datetime(2026, 11, 1, 4, 0, tzinfo=UTC),
    )
    assert limited(desk, ref) == [date(2029, 11, 1)]
    assert "2020-12-31" in said(legal.explain(desk, ref).remarks)


def test_the_first_moment_of_the_civil_code_in_the_vaults_zone_counts(desk: Desk) -> None:
    ref = scanned(desk, datetime(2020, 12, 31, 16, 0, tzinfo=UTC))
    assert limited(desk, ref) == [date(2024, 1, 1)]
    assert "before the Civil Code" not in said(legal.explain(desk, ref).remarks)


def test_only_a_letter_that_arrived_brings_the_words_on_interruption(desk: Desk) -> None:
    ref = begun(desk)
    assert "interrupt" not in everything(legal.explain(desk, ref))
    sent(desk, ref)
    assert "interrupt" not in everything(legal.explain(desk, ref))
    arrived(desk, ref)
    text = everything(legal.explain(desk, ref))
    assert "A request reached the handler on 2026-11-22. That interrupts limitation only" in text


@pytest.mark.parametrize(
    ("first", "near"),
    [
        (datetime(2024, 5, 22, 4, 0, tzinfo=UTC), True),  # 2027-05-22, in 180 days
        (datetime(2024, 5, 23, 4, 0, tzinfo=UTC), False),
        (datetime(2023, 11, 1, 4, 0, tzinfo=UTC), True),  # past already
    ],
)
def test_half_a_year_before_its_end_limitation_is_shown_as_due(
    desk: Desk, first: datetime, near: bool
) -> None:
    assert (date(2027, 5, 22) - TODAY).days == 180
    scanned(desk, first)
    found = [item.deadline.id for item in cases.due(desk)]
    assert ("limitation" in found) is near
    assert "limitation" in [item.deadline.id for item in cases.due(desk, within=200)]
    if first.year == 2024:
        assert "limitation" not in [item.deadline.id for item in cases.due(desk, within=30)]


def test_a_limitation_period_is_never_what_comes_next(desk: Desk) -> None:
    ref = scanned(desk, datetime(2023, 11, 1, 4, 0, tzinfo=UTC))
    told = legal.explain(desk, ref)
    assert told.deadline is not None
    assert told.deadline.id == "send"


# --- pauses, and the moment of asking


def test_a_paused_case_is_explained_as_paused(desk: Desk) -> None:
    ref = running(desk, policy_days=working(40))
    adjusting.pause(desk, ref, on=None, because="等材料")
    told = legal.explain(desk, ref)  # no day, so nothing is guessed and nothing refused
    assert told.deadline is not None
    assert (told.deadline.id, told.deadline.on) == ("paused", TODAY)


def test_later_days_do_not_change_what_is_due(desk: Desk) -> None:
    ref = running(desk)
    first, later = legal.explain(desk, ref), legal.explain(days_later(desk, 100), ref)
    assert first.deadline == later.deadline


# --- names


def test_whatever_has_a_name_is_found_by_it() -> None:
    for name in ("pipl", "pipl:45(2)", "bank", "credit-objection"):
        assert legal.find(name)
    with pytest.raises(NotFound, match="goes by credit-objektion") as refused:
        legal.find("credit-objektion")
    assert "credit-objection" in str(refused.value.hint)
    with pytest.raises(NotFound) as refused:
        legal.find("zzzzzz")
    assert "pirights law list" in str(refused.value.hint)


def test_the_shelves_are_those_of_the_rule_data() -> None:
    assert legal.periods() is rule_data.periods()
    assert legal.authorities() is rule_data.authorities()
    assert set(legal.profiles()) == set(Venue)
    assert "pipl" in legal.laws().instruments


def test_what_may_be_cited_hangs_on_the_day_of_the_fact() -> None:
    old = legal.cite(Right.DELETE, on=date(2021, 10, 31), today=TODAY)
    new = legal.cite(Right.DELETE, on=date(2021, 11, 1), today=TODAY)
    assert "pipl" not in {one.provision.instrument for one in old.citable}
    assert "pipl" in {one.provision.instrument for one in new.citable}
    still = legal.cite(Right.DELETE, on=date(2021, 10, 31), today=TODAY, still_stored=True)
    assert "pipl" in {one.provision.instrument for one in still.citable}
