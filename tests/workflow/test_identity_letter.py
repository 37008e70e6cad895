"""Answering a demand for proof of identity: when that can be done, and what the clock does."""

from datetime import date
from pathlib import Path

import pytest

from pirights.domain.case import Outcome, Stage
from pirights.domain.dispatch import Channel
from pirights.domain.document import Item, Letters
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Period
from pirights.domain.reply import ReplyKind
from pirights.domain.request import Right, Score
from pirights.errors import BadInput, MissingGlyph, NotNextStep
from pirights.workflow import adjusting, cases, dispatching, escalating, put_right_replies, scoring
from pirights.workflow.desk import Desk
from pirights.workflow.letter_details import Details
from tests.letters.briefs import strings
from tests.workflow.office import (
    TODAY,
    answer,
    arrived,
    begun,
    case,
    days_later,
    park,
    said,
    scan,
    sent,
)

SELFIE = "为核实您的身份，请提供身份证照片和手持身份证自拍照。"
FORM = "请填写我司的《个人信息申请表》后重新提交。"
GIVEN = "现将您的个人信息复制件随附提供，请查收。"


def asked(desk: Desk, folder: Path, words: str = SELFIE, **wish: object) -> str:
    ref = begun(desk, Right.ACCESS, Right.COPY, **wish)
    sent(desk, ref)
    arrived(desk, ref)
    read(desk, ref, folder, words)
    return ref


def read(desk: Desk, ref: str, folder: Path, words: str, name: str = "答复.txt") -> None:
    """Take in an answer, and confirm what it seems to say."""
    put_right_replies.confirm(desk, answer(desk, ref, folder, words, name).reply.label)


def text(desk: Desk, ref: str, *offers: str) -> str:
    told = escalating.preview(desk, ref, FollowUp.IDENTITY, details=Details(offers=offers))
    return "\n".join(strings(told.letter.document))


def test_the_samples_are_read_as_what_they_are(desk: Desk, tmp_path: Path) -> None:
    ref = asked(desk, tmp_path)
    answer(desk, ref, tmp_path, FORM, "form.txt")
    assert [one.kind for one in desk.replies(desk.case(ref))] == [
        ReplyKind.IDENTITY_REQUIRED,
        ReplyKind.FORM_REQUIRED,
    ]


def test_it_answers_the_demand_with_its_day_and_offers_what_was_named(
    desk: Desk, tmp_path: Path
) -> None:
    ref = asked(desk, tmp_path, identify_by=("年卡号 YX-2026-0317",))
    plain = text(desk, ref)
    assert "本人于2026年11月23日收到贵方的回复，贵方要求本人另行证明身份" in plain
    assert "年卡号 YX-2026-0317" in plain
    named = text(desk, ref, "会员号 1234", "  订单号 5678 ")
    assert "会员号 1234；订单号 5678；" in named
    assert "年卡号" not in named


def test_without_any_number_to_offer_it_is_written_with_a_remark(
    desk: Desk, tmp_path: Path
) -> None:
    ref = asked(desk, tmp_path)
    assert "--offer" in said(escalating.preview(desk, ref, FollowUp.IDENTITY).notices)
    told = escalating.preview(
        desk, ref, FollowUp.IDENTITY, details=Details(offers=("会员号 1234",))
    )
    assert told.notices == ()


def test_a_form_of_theirs_is_answered_too(desk: Desk, tmp_path: Path) -> None:
    assert "使用贵方的表单" in text(desk, asked(desk, tmp_path, FORM))


def test_nobody_is_answered_who_asked_nothing(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    with pytest.raises(NotNextStep, match="has not been sent yet"):
        escalating.preview(desk, ref, FollowUp.IDENTITY)
    sent(desk, ref)
    with pytest.raises(NotNextStep, match="asks for proof of identity") as caught:
        escalating.preview(desk, ref, FollowUp.IDENTITY)
    assert "reply add" in str(caught.value.hint)
    answer(desk, ref, tmp_path, GIVEN)
    with pytest.raises(NotNextStep, match="asks for proof of identity"):
        escalating.preview(desk, ref, FollowUp.IDENTITY)


def test_an_answer_that_came_meanwhile_leaves_nothing_to_prove(desk: Desk, tmp_path: Path) -> None:
    ref = asked(desk, tmp_path)
    taken = answer(desk, ref, tmp_path, GIVEN, "given.txt")
    with pytest.raises(NotNextStep, match="/3 seems to say: given"):
        escalating.preview(desk, ref, FollowUp.IDENTITY)
    put_right_replies.confirm(desk, taken.reply.label)
    with pytest.raises(NotNextStep, match="An answer came"):
        escalating.preview(desk, ref, FollowUp.IDENTITY)


def test_a_demand_that_nobody_confirmed_is_not_answered(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    answer(desk, ref, tmp_path, SELFIE)
    with pytest.raises(NotNextStep, match="/2 seems to say") as caught:
        escalating.preview(desk, ref, FollowUp.IDENTITY)
    assert f"pirights reply confirm {ref}/2" in str(caught.value.hint)
    assert f"pirights reply correct {ref}/2" in str(caught.value.hint)


def test_what_is_not_clear_leaves_the_demand_open_until_it_is_marked_as_an_answer(
    desk: Desk, tmp_path: Path
) -> None:
    ref = asked(desk, tmp_path)
    taken = answer(desk, ref, tmp_path, "见图。", "later.txt")
    assert taken.reply.kind is ReplyKind.UNKNOWN
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.NEEDS_ME
    assert "asked-back" in {due.id for due in standing.deadlines}
    assert "2026年11月23日收到贵方的回复，贵方要求本人另行证明身份" in text(desk, ref)
    scoring.score(desk, ref, {1: Score.GIVEN})
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.ANSWERED
    assert "asked-back" not in {due.id for due in standing.deadlines}
    with pytest.raises(NotNextStep, match="An answer came"):
        escalating.preview(desk, ref, FollowUp.IDENTITY)


def test_one_demand_is_answered_once_and_the_next_again(desk: Desk, tmp_path: Path) -> None:
    ref = asked(desk, tmp_path)
    told = escalating.keep(desk, escalating.preview(desk, ref, FollowUp.IDENTITY))
    with pytest.raises(NotNextStep, match="/3 is written and not sent yet"):
        escalating.preview(desk, ref, FollowUp.IDENTITY)
    dispatching.sent(desk, told.letter.label, channel=Channel.EMS, on=None)
    with pytest.raises(NotNextStep, match="was answered with"):
        escalating.preview(desk, ref, FollowUp.IDENTITY)
    read(desk, ref, tmp_path, SELFIE, "again.txt")
    assert "本人另行证明身份" in text(desk, ref)


def test_a_closed_case_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    ref = asked(desk, tmp_path)
    cases.close(desk, ref, outcome=Outcome.FULL)
    with pytest.raises(NotNextStep, match="closed already"):
        escalating.preview(desk, ref, FollowUp.IDENTITY)


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 24)])
def test_it_is_dated_neither_before_the_demand_nor_tomorrow(
    desk: Desk, tmp_path: Path, day: date
) -> None:
    ref = asked(desk, tmp_path)
    with pytest.raises(BadInput):
        escalating.preview(desk, ref, FollowUp.IDENTITY, on=day)


def test_an_offer_is_bounded_printable_and_belongs_to_this_letter(
    desk: Desk, tmp_path: Path
) -> None:
    ref = asked(desk, tmp_path)
    for bad in ("会员\x1b[31m", "一" * 501, "一\n二"):
        with pytest.raises(BadInput):
            escalating.preview(desk, ref, FollowUp.IDENTITY, details=Details(offers=(bad,)))
    with pytest.raises(MissingGlyph, match="offer"):
        escalating.preview(desk, ref, FollowUp.IDENTITY, details=Details(offers=("会员号 🦄",)))
    with pytest.raises(BadInput, match="--offer belongs"):
        escalating.preview(desk, ref, FollowUp.REMINDER, details=Details(offers=("会员号 1234",)))


def test_the_case_needs_its_owner_until_the_letter_is_sent(desk: Desk, tmp_path: Path) -> None:
    ref = asked(desk, tmp_path)
    assert cases.standing(desk, desk.case(ref)).stage is Stage.NEEDS_ME
    told = escalating.keep(desk, escalating.preview(desk, ref, FollowUp.IDENTITY))
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.NEEDS_ME
    assert {"paused", "asked-back", "send"} <= {due.id for due in standing.deadlines}
    dispatching.sent(desk, told.letter.label, channel=Channel.EMS, on=None)
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.SENT
    assert [due.id for due in standing.deadlines] == ["paused", "arrival", "limitation"]
    later = days_later(desk, 2)
    dispatching.received(later, told.letter.label, on=None)
    standing = cases.standing(later, later.case(ref))
    assert [due.start for due in standing.deadlines if due.id == "answer"] == [later.today]
    answer(later, ref, tmp_path, GIVEN, "given.txt")
    assert cases.standing(later, later.case(ref)).stage is Stage.ANSWERED


def test_what_the_handler_promised_is_still_counted_from_the_request(
    desk: Desk, tmp_path: Path
) -> None:
    scan(desk, park(desk, policy_days=Period(amount=15)))
    ref = case(desk, Right.ACCESS).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    read(desk, ref, tmp_path, SELFIE)
    before = cases.standing(desk, desk.case(ref)).deadlines
    told = escalating.keep(desk, escalating.preview(desk, ref, FollowUp.IDENTITY))
    dispatching.sent(desk, told.letter.label, channel=Channel.EMS, on=None)
    dispatching.received(desk, told.letter.label, on=None)
    after = cases.standing(desk, desk.case(ref)).deadlines
    assert [due.on for due in after if due.id == "answer"] == [
        due.on for due in before if due.id == "answer"
    ]


def test_the_day_on_which_identity_was_verified_can_still_be_told(
    desk: Desk, tmp_path: Path
) -> None:
    ref = asked(desk, tmp_path)
    told = escalating.keep(desk, escalating.preview(desk, ref, FollowUp.IDENTITY))
    dispatching.sent(desk, told.letter.label, channel=Channel.EMS, on=None)
    dispatching.received(desk, told.letter.label, on=None)
    later = days_later(desk, 4)
    adjusting.restart(later, ref, because="核验通过", on=None)
    standing = cases.standing(later, later.case(ref))
    assert [due.start for due in standing.deadlines if due.id == "answer"] == [later.today]


def test_it_is_the_next_message_in_the_language_of_the_case(desk: Desk, tmp_path: Path) -> None:
    ref = asked(desk, tmp_path, letters=Letters.BOTH)
    told = escalating.keep(desk, escalating.preview(desk, ref, FollowUp.IDENTITY))
    assert (told.letter.label, told.letter.kind) == (f"{ref}/3", "identity")
    assert told.letter.letters is Letters.BOTH
    assert told.letter.items == ()
    assert told.by is not None
    assert told.by > TODAY
    numbers = [one.number for one in told.letter.document.blocks if isinstance(one, Item)]
    assert numbers == [1, 1, 2, 2, 3, 3, 4, 4]
