"""The next letter of a case: written from what it holds, refused where it comes too soon."""

from datetime import date
from pathlib import Path

import pytest

from pirights.domain.case import Outcome, Stage
from pirights.domain.dispatch import Channel
from pirights.domain.document import Letters
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Venue
from pirights.domain.reply import ReplyKind
from pirights.domain.request import Right, Score
from pirights.errors import BadInput, NotFound, NotNextStep
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

REFUSAL = "经核查，我司无法向您提供上述信息，您的请求不予支持。"


def served(desk: Desk) -> str:
    ref = begun(desk, Right.ACCESS, Right.COPY)
    sent(desk, ref)
    arrived(desk, ref)
    return ref


def printed(told: FollowedUp) -> str:
    return "\n".join(strings(told.letter.document))


def after(desk: Desk) -> Desk:
    """Past the thirty days of the standard."""
    return days_later(desk, 60)


def test_a_reminder_is_the_next_message_of_its_case(desk: Desk) -> None:
    ref = served(desk)
    later = after(desk)
    done = escalating.keep(later, escalating.preview(later, ref, FollowUp.REMINDER))
    assert (done.letter.label, done.letter.kind, done.letter.items) == (f"{ref}/2", "reminder", ())
    assert done.letter.letters is Letters.ZH
    assert done.notices == ()
    assert done.by is not None
    assert done.by > later.today
    assert kinds(desk)[-1] == "letter.added"


def test_a_preview_keeps_nothing(desk: Desk) -> None:
    ref = served(desk)
    escalating.preview(after(desk), ref, FollowUp.REMINDER, letters=Letters.BOTH)
    assert len(desk.letters(desk.case(ref))) == 1


def test_a_reminder_before_the_day_is_written_with_a_remark(desk: Desk) -> None:
    told = escalating.preview(desk, served(desk), FollowUp.REMINDER)
    assert "has not passed" in said(told.notices)


def test_before_the_day_that_the_handler_promised_there_is_nothing_to_remind_of(
    desk: Desk,
) -> None:
    ref = served(desk)
    adjusting.promise(desk, ref, on=TODAY, until=date(2026, 12, 4))
    for day in (0, 11):
        with pytest.raises(NotNextStep, match="answer is 2026-12-04") as caught:
            escalating.preview(days_later(desk, day), ref, FollowUp.REMINDER)
        assert "from 2026-12-05 on" in str(caught.value.hint)
    told = escalating.preview(days_later(desk, 12), ref, FollowUp.REMINDER)
    assert "贵方于2026年11月23日告知的答复期限，已于2026年12月4日届满" in printed(told)


def test_more_time_taken_later_is_the_day_that_the_reminder_names(desk: Desk) -> None:
    ref = served(desk)
    adjusting.extend(days_later(desk, 5), ref, on=date(2026, 11, 28), until=date(2027, 1, 5))
    later = days_later(desk, 60)
    said = printed(escalating.preview(later, ref, FollowUp.REMINDER))
    assert "贵方于2026年11月28日告知的答复期限，已于2027年1月5日届满" in said


def test_before_the_day_of_a_statute_there_is_nothing_to_remind_of(desk: Desk) -> None:
    bank = park(desk, name="样例银行股份有限公司", venue=Venue.BANK)
    scan(desk, bank, venue=Venue.BANK)
    ref = case(desk, Right.CORRECT).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    adjusting.choose_period(desk, ref, "credit-objection", on=None, because="征信异议")
    with pytest.raises(NotNextStep, match="2026-12-14"):
        escalating.preview(desk, ref, FollowUp.REMINDER)
    later = days_later(desk, 30)
    said = printed(escalating.preview(later, ref, FollowUp.REMINDER))
    assert (
        "（《征信业管理条例》第二十五条第二款）；该期限由行政法规规定，已于2026年12月14日届满"
        in said
    )


def test_a_number_whose_source_was_not_found_is_held_against_nobody(desk: Desk) -> None:
    carrier = park(desk, name="样例电信有限公司", venue=Venue.TELECOM)
    scan(desk, carrier, venue=Venue.TELECOM)
    ref = case(desk).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    adjusting.choose_period(desk, ref, "telecom-complaint", on=None, because="投诉")
    told = escalating.preview(after(desk), ref, FollowUp.REMINDER)
    assert "建议的答复日期" not in printed(told)
    assert "截至本函之日，本人未收到贵方就请求事项作出的答复。" in printed(told)


def test_a_reminder_tells_an_acknowledgement_only_once_a_person_has_read_it(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    taken = answer(desk, ref, tmp_path, "您的来函已收到。")
    assert taken.reply.kind is ReplyKind.ACKNOWLEDGEMENT
    later = after(desk)
    unread = printed(escalating.preview(later, ref, FollowUp.REMINDER))
    assert "表示已收到" not in unread
    assert "截至本函之日，本人未收到贵方就请求事项作出的答复。" in unread
    put_right_replies.confirm(later, taken.reply.label)
    assert "表示已收到" in printed(escalating.preview(later, ref, FollowUp.REMINDER))


def test_what_never_left_or_never_arrived_cannot_be_followed_up(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(NotNextStep, match="has not been sent yet"):
        escalating.preview(desk, ref, FollowUp.REMINDER)
    sent(desk, ref)
    with pytest.raises(NotNextStep, match="arrived is not recorded") as caught:
        escalating.preview(desk, ref, FollowUp.REMINDER)
    assert "pirights received" in str(caught.value.hint)


def test_a_closed_case_is_left_alone(desk: Desk) -> None:
    ref = served(desk)
    cases.close(desk, ref, outcome=Outcome.FULL)
    with pytest.raises(NotNextStep, match="closed already"):
        escalating.preview(desk, ref, FollowUp.REMINDER)


def test_a_second_letter_waits_until_the_first_is_sent(desk: Desk) -> None:
    ref, later = served(desk), after(desk)
    escalating.keep(later, escalating.preview(later, ref, FollowUp.REMINDER))
    with pytest.raises(NotNextStep, match="/2 is written and not sent yet"):
        escalating.preview(later, ref, FollowUp.REMINDER)


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2027, 12, 1)])
def test_the_letter_is_dated_neither_before_the_arrival_nor_tomorrow(desk: Desk, day: date) -> None:
    ref = served(desk)
    with pytest.raises(BadInput):
        escalating.preview(desk, ref, FollowUp.REMINDER, on=day)


def test_an_answer_leaves_nothing_to_remind_of(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    answer(desk, ref, tmp_path, REFUSAL)
    with pytest.raises(NotNextStep, match="An answer came") as caught:
        escalating.preview(desk, ref, FollowUp.REMINDER)
    assert "--as incomplete" in str(caught.value.hint)


@pytest.mark.parametrize("kind", [FollowUp.REASONS, FollowUp.INCOMPLETE])
def test_without_an_answer_or_marks_there_are_no_gaps_to_ask_for(
    desk: Desk, kind: FollowUp, tmp_path: Path
) -> None:
    ref = served(desk)
    with pytest.raises(NotNextStep, match="No answer"):
        escalating.preview(desk, ref, kind)
    answer(desk, ref, tmp_path, REFUSAL)
    with pytest.raises(NotNextStep, match="No item is marked") as caught:
        escalating.preview(desk, ref, kind)
    assert "reply score" in str(caught.value.hint)


def test_only_the_gaps_are_asked_again_once_every_item_is_marked(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    answer(desk, ref, tmp_path, REFUSAL)
    scoring.score(desk, ref, {1: Score.GIVEN, 2: Score.REFUSED, 3: Score.SILENT})
    with pytest.raises(NotNextStep, match=r"not marked by it yet: .*'4'") as caught:
        escalating.preview(desk, ref, FollowUp.INCOMPLETE)
    assert f"reply score {ref} --item 4=given" in str(caught.value.hint)
    counted = desk.letters(desk.case(ref))[0].items
    rest = [one.number for one in counted if one.right is not None and one.number > 3]
    scoring.score(desk, ref, dict.fromkeys(rest, Score.GIVEN))
    told = escalating.preview(desk, ref, FollowUp.INCOMPLETE)
    numbers = [block.number for block in told.letter.document.blocks if hasattr(block, "number")]
    assert numbers == [2, 3]


def test_an_answer_that_came_after_the_marks_is_to_be_read_first(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    answer(desk, ref, tmp_path, REFUSAL)
    scoring.score(desk, ref, {1: Score.REFUSED})
    escalating.preview(desk, ref, FollowUp.REASONS)
    answer(desk, ref, tmp_path, "再次答复：您的请求不予支持。", "again.txt")
    with pytest.raises(NotNextStep, match="/3 seems to say: refused") as caught:
        escalating.preview(desk, ref, FollowUp.REASONS)
    assert "reply confirm" in str(caught.value.hint)
    put_right_replies.confirm(desk, f"{ref}/3")
    escalating.preview(desk, ref, FollowUp.REASONS)


def test_a_refusal_that_names_its_provision_is_not_asked_for_its_reasons(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    answer(desk, ref, tmp_path, REFUSAL)
    scoring.score(desk, ref, {2: Score.REFUSED}, cites="《个人信息保护法》第十八条第一款")
    with pytest.raises(NotNextStep, match="refused without a reason"):
        escalating.preview(desk, ref, FollowUp.REASONS)
    scoring.score(desk, ref, {3: Score.REFUSED})
    told = escalating.preview(desk, ref, FollowUp.REASONS)
    assert [b.number for b in told.letter.document.blocks if hasattr(b, "number")] == [3]


def test_while_a_follow_up_lies_ready_the_first_clock_goes_on(desk: Desk) -> None:
    ref, later = served(desk), after(desk)
    escalating.keep(later, escalating.preview(later, ref, FollowUp.REMINDER))
    standing = cases.standing(later, later.case(ref))
    assert standing.stage is Stage.OVERDUE
    assert [due.id for due in standing.deadlines] == ["answer", "send", "limitation"]


def test_once_it_is_sent_an_earlier_answer_no_longer_ends_the_waiting(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    answer(desk, ref, tmp_path, REFUSAL)
    assert cases.standing(desk, desk.case(ref)).stage is Stage.ANSWERED
    scoring.score(desk, ref, {1: Score.REFUSED})
    told = escalating.keep(desk, escalating.preview(desk, ref, FollowUp.REASONS))
    dispatching.sent(desk, told.letter.label, channel=Channel.EMS, on=None)
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.SENT
    assert "arrival" in [due.id for due in standing.deadlines]
    later = days_later(desk, 3)
    dispatching.received(later, told.letter.label, on=None)
    standing = cases.standing(later, later.case(ref))
    assert [due.start for due in standing.deadlines if due.id == "answer"] == [later.today]
    answer(later, ref, tmp_path, REFUSAL, "again.txt")
    assert cases.standing(later, later.case(ref)).stage is Stage.ANSWERED


def test_marking_is_journalled_and_names_what_is_not_there(desk: Desk) -> None:
    ref = begun(desk)
    letter = scoring.score(desk, ref, {1: Score.REFUSED}, cites=" 第十八条 ")
    assert (letter.items[0].score, letter.items[0].refused_under) == (Score.REFUSED, "第十八条")
    assert kinds(desk)[-1] == "letter.scored"
    again = scoring.score(desk, ref, {1: Score.GIVEN})
    assert again.items[0].refused_under == ""
    with pytest.raises(NotFound, match="no item 99"):
        scoring.score(desk, ref, {99: Score.GIVEN})
    with pytest.raises(BadInput, match="No item was named"):
        scoring.score(desk, ref, {})
    with pytest.raises(BadInput, match="no item is marked as refused"):
        scoring.score(desk, ref, {1: Score.GIVEN}, cites="第十八条")


def test_marks_go_to_the_request_though_a_later_letter_asks_nothing(desk: Desk) -> None:
    ref, later = served(desk), after(desk)
    escalating.keep(later, escalating.preview(later, ref, FollowUp.REMINDER))
    assert scoring.score(later, ref, {1: Score.GIVEN}).number == 1


def test_a_courtesy_question_is_never_demanded_as_a_right(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    answer(desk, ref, tmp_path, REFUSAL)
    courtesy = [one.number for one in desk.letters(desk.case(ref))[0].items if one.right is None]
    assert courtesy
    scoring.score(desk, ref, dict.fromkeys(courtesy, Score.REFUSED))
    for kind in (FollowUp.REASONS, FollowUp.INCOMPLETE):
        with pytest.raises(NotNextStep, match="No item is marked"):
            escalating.preview(desk, ref, kind)


def test_the_day_that_a_reminder_names_is_the_day_by_which_the_case_goes_on(desk: Desk) -> None:
    ref, later = served(desk), after(desk)
    kept = escalating.keep(later, escalating.preview(later, ref, FollowUp.REMINDER))
    dispatching.sent(later, kept.letter.label, channel=Channel.EMS, on=None)
    arrival = days_later(desk, 63)
    dispatching.received(arrival, kept.letter.label, on=None)
    assert kept.by is not None
    assert legal.explain(arrival, ref).deadline is not None
    assert legal.explain(arrival, ref).deadline.on == kept.by  # type: ignore[union-attr]  # as said
    assert cases.standing(arrival, arrival.case(ref)).stage is Stage.SENT
    past = days_later(desk, 60 + (kept.by - later.today).days + 1)
    standing = cases.standing(past, past.case(ref))
    assert standing.stage is Stage.OVERDUE
    step = next_steps.of(past, standing.papers, standing.stage, standing.deadlines)
    assert step is not None
    assert step.letter is FollowUp.REGULATOR
    told = escalating.preview(past, ref, FollowUp.REGULATOR)
    assert not [one for one in told.notices if "has not passed" in one.text]
    assert "请求书参照其所载标准建议的答复期限截至2026年12月2" in printed(told).replace(" ", "")
    again = printed(escalating.preview(past, ref, FollowUp.REMINDER))
    assert "GB/T 35273-2020 建议的答复日期为2026年12月2" in again
