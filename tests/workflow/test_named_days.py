"""The day that a later letter names is the day that is counted, and on no other's word."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pirights.domain.case import Stage
from pirights.domain.deadline import Deadline
from pirights.domain.dispatch import Channel
from pirights.domain.encounter import Answer
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Period
from pirights.domain.period import Force
from pirights.domain.request import Right, Score, counted
from pirights.workflow import (
    adjusting,
    cases,
    dispatching,
    escalating,
    legal,
    next_steps,
    put_right_replies,
    scoring,
)
from pirights.workflow.desk import Desk
from pirights.workflow.escalating import FollowedUp
from tests.letters.briefs import strings
from tests.workflow.office import TODAY, answer, arrived, case, days_later, park, scan, sent

PART = "我司仅能提供部分信息：在入园时采集您的人脸照片。"
IDENTITY = "为核实您的身份，请提供身份证正反面复印件。"
AGAIN = [FollowUp.INCOMPLETE, FollowUp.REASONS]


def served(desk: Desk) -> str:
    """A request that arrived at a handler whose published rules promise sixty days."""
    handler = park(desk, policy_days=Period(amount=60))
    scan(desk, handler, consent=Answer.YES)
    ref = case(desk, Right.ACCESS, Right.COPY).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    return ref


def refused(desk: Desk, folder: Path) -> str:
    """The same, after an answer that refuses every item without a reason."""
    ref = served(desk)
    answer(desk, ref, folder, PART)
    put_right_replies.confirm(desk, f"{ref}/2")
    _refuse(desk, ref)
    return ref


def _refuse(desk: Desk, ref: str) -> None:
    items = counted(desk.letters(desk.case(ref))[0].items)
    scoring.score(desk, ref, {item.number: Score.REFUSED for item in items})


def delivered(desk: Desk, ref: str, kind: FollowUp) -> FollowedUp:
    """Write a letter and send it; it arrives two days later."""
    done = escalating.keep(desk, escalating.preview(desk, ref, kind))
    dispatching.sent(desk, done.letter.label, channel=Channel.EMS, on=None)
    dispatching.received(days_later(desk, 2), done.letter.label, on=None)
    return done


def running(desk: Desk, ref: str, what: str) -> list[Deadline]:
    return [one for one in cases.standing(desk, desk.case(ref)).deadlines if one.id == what]


def days(desk: Desk, ref: str, what: str) -> list[date]:
    return [one.on for one in running(desk, ref, what)]


@pytest.mark.parametrize("kind", AGAIN)
def test_what_a_letter_about_an_answer_asks_for_is_what_is_counted(
    desk: Desk, tmp_path: Path, kind: FollowUp
) -> None:
    ref = refused(desk, tmp_path)
    done = delivered(desk, ref, kind)
    assert done.by == date(2026, 12, 8)  # fifteen days from the letter's date
    assert any("2026年12月8日" in text for text in strings(done.letter.document))
    later = days_later(desk, 2)
    (due,) = running(later, ref, "answer")
    assert (due.on, due.force) == (done.by, Force.SUGGESTION)
    assert "no rule sets it" in "\n".join(str(step) for step in due.steps)
    told = legal.explain(later, ref).deadline
    assert told is not None
    assert told.on == done.by
    past = days_later(desk, 40)  # past the least time for which video is kept, too
    standing = cases.standing(past, past.case(ref))
    assert standing.stage is Stage.OVERDUE
    step = next_steps.of(past, standing.papers, standing.stage, standing.deadlines)
    assert step is not None
    assert step.letter is FollowUp.REGULATOR
    escalating.preview(past, ref, FollowUp.REGULATOR)


@pytest.mark.parametrize("kind", AGAIN)
def test_time_that_was_taken_before_the_answer_is_over_with_it(
    desk: Desk, tmp_path: Path, kind: FollowUp
) -> None:
    ref = served(desk)
    adjusting.promise(desk, ref, on=TODAY, until=date(2027, 1, 15))
    adjusting.extend(desk, ref, on=TODAY, until=date(2027, 2, 1))
    later = days_later(desk, 1)
    answer(later, ref, tmp_path, PART)
    put_right_replies.confirm(later, f"{ref}/2")
    _refuse(later, ref)
    assert days(later, ref, "answer") == []
    done = delivered(later, ref, kind)
    assert days(days_later(desk, 3), ref, "answer") == [done.by]


def test_time_for_the_rest_that_came_with_the_answer_goes_before_our_day(
    desk: Desk, tmp_path: Path
) -> None:
    ref = refused(desk, tmp_path)
    adjusting.promise(desk, ref, on=TODAY, until=date(2027, 1, 15), source=f"{ref}/2")
    done = delivered(desk, ref, FollowUp.INCOMPLETE)
    later = days_later(desk, 2)
    (due,) = running(later, ref, "answer")
    assert (due.on, due.force) == (date(2027, 1, 15), Force.PROMISE)
    assert due.on != done.by


def test_the_day_of_a_withdrawal_is_waited_for_until_a_reply_comes(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    before = days(desk, ref, "answer")
    done = delivered(desk, ref, FollowUp.WITHDRAWAL)
    later = days_later(desk, 2)
    assert days(later, ref, "reply-asked") == [done.by]
    assert days(later, ref, "answer") == before
    answer(later, ref, tmp_path, PART)
    assert days(later, ref, "reply-asked") == []


def test_a_withdrawal_that_left_alone_counts_to_its_own_day(desk: Desk) -> None:
    scan(desk, park(desk), consent=Answer.YES)
    ref = case(desk).case.ref
    done = delivered(desk, ref, FollowUp.WITHDRAWAL)
    (due,) = running(days_later(desk, 2), ref, "answer")
    assert (due.on, due.force) == (done.by, Force.SUGGESTION)


def test_the_day_of_a_letter_about_identity_is_told_until_a_later_letter_asks_again(
    desk: Desk, tmp_path: Path
) -> None:
    scan(desk, park(desk))
    ref = case(desk).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    answer(desk, ref, tmp_path, IDENTITY)
    put_right_replies.confirm(desk, f"{ref}/2")
    done = delivered(desk, ref, FollowUp.IDENTITY)
    later = days_later(desk, 2)
    assert days(later, ref, "reply-asked") == [done.by]
    (due,) = running(later, ref, "answer")
    assert (due.start, due.force) == (later.today, Force.STANDARD)
    past = days_later(later, (due.on - later.today + timedelta(days=1)).days)
    reminded = delivered(past, ref, FollowUp.REMINDER)
    assert days(days_later(past, 2), ref, "reply-asked") == []
    assert days(days_later(past, 2), ref, "answer") == [reminded.by]
