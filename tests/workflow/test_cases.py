"""Where a case stands, how it ends and begins again, and what is due."""

from datetime import date
from pathlib import Path

import pytest

from pirights.domain.case import Outcome, Stage
from pirights.domain.dispatch import Delivery
from pirights.domain.handler import Period, TimeUnit
from pirights.domain.period import Force
from pirights.domain.reply import ReplyKind
from pirights.errors import BadInput, NotFound, NotNextStep
from pirights.workflow import cases, replies
from pirights.workflow.cases import DueItem
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
    scan,
    sent,
)

ACKNOWLEDGED = "您好，已收到您的请求，我们将在15个工作日内处理并答复您。"
WANTS_ID = "为核实您的身份，需要您提供身份证正反面照片及手持身份证照片。"
GIVEN = "您请求复制的人脸图像、特征模板和通行记录已全部提供，请见附件。"


def stage(desk: Desk, ref: str) -> Stage:
    return cases.show(desk, ref).standing.stage


def due(desk: Desk) -> list[tuple[str, date, Force, bool]]:
    return [
        (item.deadline.id, item.deadline.on, item.deadline.force, item.is_due)
        for item in cases.due(desk)
    ]


def test_a_case_goes_through_its_stages(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    assert stage(desk, ref) is Stage.DRAFT
    sent(desk, ref)
    assert stage(desk, ref) is Stage.SENT
    arrived(desk, ref)
    assert stage(desk, ref) is Stage.SENT
    taken = answer(desk, ref, tmp_path, ACKNOWLEDGED)
    assert taken.reply.kind is ReplyKind.ACKNOWLEDGEMENT
    assert stage(desk, ref) is Stage.ACKNOWLEDGED
    assert answer(desk, ref, tmp_path, WANTS_ID).reply.kind is ReplyKind.IDENTITY_REQUIRED
    assert stage(desk, ref) is Stage.NEEDS_ME
    assert answer(desk, ref, tmp_path, GIVEN).reply.kind is ReplyKind.GIVEN
    assert stage(desk, ref) is Stage.ANSWERED
    cases.close(desk, ref, outcome=Outcome.FULL)
    assert stage(desk, ref) is Stage.CLOSED
    cases.reopen(desk, ref)
    assert stage(desk, ref) is Stage.ANSWERED


def test_a_case_is_overdue_on_the_day_after_the_answer_was_due(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)  # 30 days from 22 November end on Tuesday, 22 December
    assert stage(days_later(desk, 29), ref) is Stage.SENT
    assert days_later(desk, 29).today == date(2026, 12, 22)
    assert stage(days_later(desk, 30), ref) is Stage.OVERDUE


def test_an_acknowledged_case_becomes_overdue_too(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    answer(desk, ref, tmp_path, ACKNOWLEDGED)
    assert stage(days_later(desk, 30), ref) is Stage.OVERDUE


def test_a_letter_whose_arrival_is_not_proved_is_never_overdue(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    assert stage(days_later(desk, 400), ref) is Stage.SENT


def test_delivery_is_told_apart_from_the_stage(desk: Desk) -> None:
    ref = begun(desk)
    assert cases.show(desk, ref).standing.delivery is Delivery.UNKNOWN
    sent(desk, ref)
    assert cases.show(desk, ref).standing.delivery is Delivery.SENT
    arrived(desk, ref)
    assert cases.show(desk, ref).standing.delivery is Delivery.RECEIVED


# --- closing


def test_closing_keeps_what_came_of_it_and_why(desk: Desk) -> None:
    ref = begun(desk)
    closed = cases.close(
        desk, ref, outcome=Outcome.PARTIAL, because=" 只给了照片 ", on=date(2026, 11, 22)
    )
    assert (closed.outcome, closed.closed_on, closed.closed_because) == (
        Outcome.PARTIAL,
        date(2026, 11, 22),
        "只给了照片",
    )
    assert desk.case(ref) == closed
    assert kinds(desk)[-1] == "case.closed"


def test_a_case_is_closed_once_and_opened_once(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(NotNextStep, match=f"Case {ref} is open"):
        cases.reopen(desk, ref)
    cases.close(desk, ref, outcome=Outcome.NONE)
    assert desk.case(ref).closed_on == TODAY
    with pytest.raises(NotNextStep, match="closed already") as caught:
        cases.close(desk, ref, outcome=Outcome.FULL)
    assert f"case reopen {ref}" in str(caught.value.hint)
    opened = cases.reopen(desk, ref)
    assert (opened.outcome, opened.closed_on, opened.closed_because) == (Outcome.NONE, None, "")
    assert kinds(desk)[-2:] == ["case.closed", "case.reopened"]


def test_a_case_is_not_closed_tomorrow_nor_with_control_characters(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="in the future"):
        cases.close(desk, ref, outcome=Outcome.FULL, on=date(2026, 11, 24))
    with pytest.raises(BadInput, match="because"):
        cases.close(desk, ref, outcome=Outcome.FULL, because="\x1b[2J")
    assert desk.case(ref).closed_on is None


def test_notes_are_kept_in_order_with_their_day(desk: Desk) -> None:
    ref = begun(desk)
    other = case(desk).case.ref
    cases.note(desk, ref, "打电话问过\n无人接听")
    cases.note(days_later(desk, 1), ref.lower(), "又打了一次")
    cases.note(desk, other, "别的案件")
    shown = cases.show(desk, ref)
    assert [(note.on, note.text) for note in shown.notes] == [
        (TODAY, "打电话问过\n无人接听"),
        (date(2026, 11, 24), "又打了一次"),
    ]


@pytest.mark.parametrize("text", ["\x07", "字" * 20_001])
def test_a_note_that_is_not_clean_text_is_refused(desk: Desk, text: str) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="note"):
        cases.note(desk, ref, text)


def test_a_case_is_shown_with_its_encounters_files_and_replies(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    other = case(desk).case.ref
    answer(desk, ref, tmp_path, ACKNOWLEDGED, "ours.txt")
    answer(desk, other, tmp_path, ACKNOWLEDGED, "theirs.txt")
    shown = cases.show(desk, ref)
    assert [encounter.label for encounter in shown.encounters] == ["E1"]
    assert [file.name for file in shown.attachments] == ["ours.txt"]
    assert [reply.ref for reply in shown.standing.replies] == [ref]


def test_cases_are_listed_newest_first(desk: Desk) -> None:
    refs = [begun(desk), case(desk).case.ref, case(desk).case.ref]
    assert [each.case.ref for each in cases.every(desk)[0]] == refs[::-1]
    assert [each.case.ref for each in cases.every(desk, limit=1)[0]] == refs[-1:]


def test_an_unknown_case_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no case PR-2026-7K3M9QX-C"):
        cases.show(desk, "PR-2026-7K3M9QX-C")
    with pytest.raises(BadInput, match="is not a reference number"):
        cases.show(desk, "E1")


# --- due


def test_a_draft_is_to_be_sent_within_a_week_as_we_suggest(desk: Desk) -> None:
    begun(desk)
    assert due(desk) == [("send", date(2026, 11, 28), Force.SUGGESTION, False)]


def test_what_was_sent_is_to_be_proved_to_have_arrived(desk: Desk) -> None:
    sent(desk, begun(desk))
    assert due(desk) == [("arrival", date(2026, 11, 28), Force.SUGGESTION, False)]


def test_without_a_promise_the_standards_thirty_days_run_from_arrival(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    assert due(desk) == [("answer", date(2026, 12, 22), Force.STANDARD, False)]


def test_a_promise_goes_before_the_standard_and_counts_working_days(desk: Desk) -> None:
    scan(desk, park(desk, policy_days=Period(amount=15, unit=TimeUnit.WORKING_DAY)))
    ref = case(desk).case.ref
    sent(desk, ref)
    arrived(desk, ref)  # Sunday, 22 November; 15 working days end on Friday, 11 December
    assert due(desk) == [("answer", date(2026, 12, 11), Force.PROMISE, False)]


def test_something_is_due_on_its_day_and_after_it_but_not_before(desk: Desk) -> None:
    begun(desk)

    def is_due(days: int) -> bool:
        (item,) = cases.due(days_later(desk, days))
        return item.is_due

    assert [is_due(days) for days in (4, 5, 6)] == [False, True, True]


def test_within_leaves_out_what_comes_later(desk: Desk) -> None:
    begun(desk)

    def found(within: int | None) -> list[DueItem]:
        return cases.due(desk, within=within)

    assert [len(found(within)) for within in (0, 4, 5, None)] == [0, 0, 1, 1]


def test_what_they_ask_back_is_due_beside_their_own_answer(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    answer(desk, ref, tmp_path, WANTS_ID)
    # While they ask for proof of identity the standard's days do not run.
    assert [(kind, on, is_due) for kind, on, _, is_due in due(desk)] == [
        ("paused", TODAY, False),
        ("asked-back", date(2026, 11, 30), False),
    ]


def test_what_they_ask_back_does_not_stop_a_promise(desk: Desk, tmp_path: Path) -> None:
    scan(desk, park(desk, policy_days=Period(amount=15, unit=TimeUnit.WORKING_DAY)))
    ref = case(desk).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    answer(desk, ref, tmp_path, WANTS_ID)
    assert [(kind, on) for kind, on, *_ in due(desk)] == [
        ("asked-back", date(2026, 11, 30)),
        ("answer", date(2026, 12, 11)),
    ]


def test_an_answer_ends_the_waiting_and_an_acknowledgement_does_not(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    answer(desk, ref, tmp_path, ACKNOWLEDGED)
    assert [kind for kind, *_ in due(desk)] == ["answer"]
    answer(desk, ref, tmp_path, GIVEN)
    assert due(desk) == []


def test_a_closed_case_has_nothing_due_and_is_taken_up_again_with_all(desk: Desk) -> None:
    ref = begun(desk)
    cases.close(desk, ref, outcome=Outcome.WITHDRAWN)
    assert due(desk) == []
    cases.reopen(desk, ref)
    assert len(due(desk)) == 1


def test_what_is_due_first_stands_first_whatever_the_case(desk: Desk) -> None:
    first = begun(desk)
    second = case(desk, on=date(2026, 11, 20)).case.ref
    assert [item.ref for item in cases.due(desk)] == [second, first]
    assert {item.handler for item in cases.due(desk)} == {"杭州样例野趣乐园有限公司"}


def test_an_older_acknowledgement_taken_in_late_does_not_undo_an_answer(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    given = tmp_path / "given.txt"
    given.write_text(GIVEN, encoding="utf-8")
    received = tmp_path / "received.txt"
    received.write_text(ACKNOWLEDGED, encoding="utf-8")
    replies.add(desk, ref, [given], on=date(2026, 11, 23))
    replies.add(desk, ref, [received], on=date(2026, 11, 22))
    assert stage(desk, ref) is Stage.ANSWERED
