"""Withdrawing a consent: only where there may be one, and without turning the request's clock."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pirights.domain.case import Outcome, Stage
from pirights.domain.dispatch import Channel
from pirights.domain.encounter import Answer
from pirights.domain.escalation import FollowUp
from pirights.domain.request import Right, Score
from pirights.errors import BadInput, MissingGlyph, NotNextStep
from pirights.workflow import cases, dispatching, escalating, scoring
from pirights.workflow.desk import Desk
from tests.letters.briefs import strings
from tests.workflow.office import answer, arrived, begun, case, days_later, park, said, scan, sent

REFUSAL = "经核查，我司无法向您提供上述信息，您的请求不予支持。"
WITHDRAWAL = FollowUp.WITHDRAWAL


def text(desk: Desk, ref: str) -> str:
    told = escalating.preview(desk, ref, WITHDRAWAL)
    return "\n".join(strings(told.letter.document))


def noticed(desk: Desk, ref: str, *, send: bool = True) -> str:
    told = escalating.keep(desk, escalating.preview(desk, ref, WITHDRAWAL))
    if send:
        dispatching.sent(desk, told.letter.label, channel=Channel.EMS, on=None)
    return told.letter.label


def about(desk: Desk, **facts: Any) -> str:  # noqa: ANN401 (fields of a record)
    scan(desk, park(desk), **facts)
    return case(desk, Right.ACCESS).case.ref


def test_it_needs_neither_sending_nor_arrival_of_the_request(desk: Desk) -> None:
    ref = begun(desk)
    assert f"{ref}/1" not in text(desk, ref)
    sent(desk, ref)
    assert f"{ref}/1" in text(desk, ref)
    told = escalating.keep(desk, escalating.preview(desk, ref, WITHDRAWAL))
    assert (told.letter.label, told.letter.kind) == (f"{ref}/2", "withdrawal")


@pytest.mark.parametrize(
    "facts",
    [
        {"consent": Answer.YES},
        {"consent": Answer.UNKNOWN},
        {"consent": Answer.UNKNOWN, "separate_consent": Answer.NO},
        {"consent": Answer.YES, "separate_consent": Answer.NO},
        {"consent": Answer.YES, "refused": True},
    ],
)
def test_a_consent_that_was_given_or_may_have_been_can_be_withdrawn(
    desk: Desk, facts: dict[str, object]
) -> None:
    said_yes = facts["consent"] is Answer.YES
    assert ("本人当时曾表示同意" in text(desk, about(desk, **facts))) is said_yes


@pytest.mark.parametrize(
    "facts",
    [
        {"consent": Answer.NO},
        {"consent": Answer.NO, "separate_consent": Answer.NO},
        {"consent": Answer.UNKNOWN, "refused": True},
    ],
)
def test_where_none_was_ever_given_there_is_nothing_to_withdraw(
    desk: Desk, facts: dict[str, object]
) -> None:
    ref = about(desk, **facts)
    with pytest.raises(NotNextStep, match="nothing to withdraw") as caught:
        escalating.preview(desk, ref, WITHDRAWAL)
    assert caught.value.exit_code == 11
    assert "--right refuse" in str(caught.value.hint)
    assert len(desk.letters(desk.case(ref))) == 1


def test_only_the_scans_that_leave_room_for_a_consent_are_listed(desk: Desk) -> None:
    handler = park(desk)
    scan(desk, handler, consent=Answer.NO, place="西门")
    scan(desk, handler, consent=Answer.YES, place="北门")
    plain = text(desk, case(desk, Right.ACCESS).case.ref)
    assert "北门" in plain
    assert "西门" not in plain


def test_a_closed_case_is_left_alone(desk: Desk) -> None:
    ref = begun(desk)
    cases.close(desk, ref, outcome=Outcome.FULL)
    with pytest.raises(NotNextStep, match="closed already"):
        escalating.preview(desk, ref, WITHDRAWAL)


def test_one_notice_lies_ready_at_a_time_and_a_second_is_remarked_upon(desk: Desk) -> None:
    ref = begun(desk)
    label = noticed(desk, ref, send=False)
    with pytest.raises(NotNextStep, match="/2 is written and not sent yet"):
        escalating.preview(desk, ref, WITHDRAWAL)
    dispatching.sent(desk, label, channel=Channel.EMS, on=None)
    told = escalating.preview(desk, ref, WITHDRAWAL)
    assert f"withdrawn with {ref}/2 already" in said(told.notices)


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 11, 24)])
def test_it_is_dated_neither_before_the_request_nor_tomorrow(desk: Desk, day: date) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput):
        escalating.preview(desk, ref, WITHDRAWAL, on=day)


def test_while_a_copy_is_open_it_asks_to_keep_and_says_so(desk: Desk) -> None:
    ref = begun(desk, Right.COPY)
    told = escalating.preview(desk, ref, WITHDRAWAL)
    assert "asks to keep" in said(told.notices)
    assert "请先完整保存" in text(desk, ref)
    letter = desk.letters(desk.case(ref))[0]
    scoring.score(desk, ref, {one.number: Score.GIVEN for one in letter.items})
    assert "请先完整保存" not in text(desk, ref)
    assert "ask for a copy first" in said(escalating.preview(desk, ref, WITHDRAWAL).notices)


def test_a_copy_that_another_case_asks_of_the_same_handler_counts_while_it_is_open(
    desk: Desk,
) -> None:
    ref = begun(desk, Right.ACCESS)
    other = case(desk, Right.COPY).case.ref
    assert "请先完整保存" in text(desk, ref)
    cases.close(desk, other, outcome=Outcome.FULL)
    assert "请先完整保存" not in text(desk, ref)


def test_what_was_asked_to_be_preserved_is_kept_too(desk: Desk) -> None:
    ref = begun(desk, Right.ACCESS)
    escalating.keep(desk, escalating.preview(desk, ref, FollowUp.PRESERVE))
    assert "请先完整保存" in text(desk, ref)


def test_what_has_no_glyph_is_named(desk: Desk) -> None:
    ref = begun(desk, identify_by=("年卡号 1",))
    scan(desk, park(desk, "别处有限公司"), place="🦄门")
    with pytest.raises(MissingGlyph, match=r"E2\.place"):
        escalating.preview(
            desk,
            case(desk, Right.ACCESS, handler=1, encounters=(1, 2)).case.ref,
            WITHDRAWAL,
        )
    assert text(desk, ref)


def test_the_clock_of_the_request_goes_on_as_if_nothing_had_been_sent(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk, Right.ACCESS)
    sent(desk, ref)
    arrived(desk, ref)
    before = cases.standing(desk, desk.case(ref))
    label = noticed(desk, ref)
    after = cases.standing(desk, desk.case(ref))
    assert after.stage is before.stage
    answer_due = [due for due in after.deadlines if due.id == "answer"]
    assert answer_due == [due for due in before.deadlines if due.id == "answer"]
    assert "arrival" in [due.id for due in after.deadlines]
    later = days_later(desk, 5)
    assert dispatching.received(later, label, on=None).due is None
    after = cases.standing(later, later.case(ref))
    assert [due.on for due in after.deadlines if due.id == "answer"] == [answer_due[0].on]
    assert "arrival" not in [due.id for due in after.deadlines]
    assert cases.standing(days_later(desk, 60), desk.case(ref)).stage is Stage.OVERDUE
    answer(later, ref, tmp_path, REFUSAL)
    assert cases.standing(later, later.case(ref)).stage is Stage.ANSWERED


def test_an_answer_before_the_notice_remains_the_answer(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk, Right.ACCESS)
    sent(desk, ref)
    arrived(desk, ref)
    answer(desk, ref, tmp_path, REFUSAL)
    noticed(desk, ref)
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.ANSWERED
    assert "answer" not in [due.id for due in standing.deadlines]


def test_a_request_that_lies_ready_is_still_to_be_sent_and_its_clock_its_own(desk: Desk) -> None:
    ref = begun(desk, Right.ACCESS)
    label = noticed(desk, ref, send=False)
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.DRAFT
    assert [due.id for due in standing.deadlines].count("send") == 2
    dispatching.sent(desk, label, channel=Channel.EMS, on=None)
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.SENT
    assert [due.id for due in standing.deadlines if due.id in {"send", "arrival"}] == [
        "send",
        "arrival",
    ]
    later = days_later(desk, 3)
    left = dispatching.sent(later, ref, channel=Channel.EMS, on=later.today)
    assert left.letter.number == 1
    done = dispatching.received(later, ref, on=later.today)
    assert done.due is not None
    assert done.due.start == later.today


def test_a_notice_that_is_ready_does_not_hide_the_answer_that_is_late(desk: Desk) -> None:
    ref = begun(desk, Right.ACCESS)
    sent(desk, ref)
    arrived(desk, ref)
    later = days_later(desk, 60)
    noticed(later, ref, send=False)
    standing = cases.standing(later, later.case(ref))
    assert standing.stage is Stage.OVERDUE
    assert {"answer", "send"} <= {due.id for due in standing.deadlines}


def test_a_consent_of_before_the_law_is_withdrawn_today(desk: Desk) -> None:
    at = datetime(2019, 10, 17, 6, 0, tzinfo=UTC)
    plain = text(desk, about(desk, consent=Answer.YES, at=at))
    assert "2019年10月17日" in plain
    assert "第十五条第一款" in plain
