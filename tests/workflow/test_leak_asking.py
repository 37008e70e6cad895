"""The enquiry about a leak: it says what was noticed, and rests on the law of its day."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pirights.domain.case import Stage
from pirights.domain.dispatch import Channel
from pirights.domain.document import Item, Letters, Paragraph
from pirights.domain.escalation import FollowUp
from pirights.errors import BadInput, MissingGlyph, NotNextStep
from pirights.workflow import cases, dispatching, escalating
from pirights.workflow.desk import Desk
from pirights.workflow.escalating import FollowedUp
from pirights.workflow.letter_details import Details
from tests.workflow.office import answer, arrived, begun, case, park, said, scan, sent

SIGN = "接到推销电话，对方能说出本人年卡的办理日期"


def enquired(desk: Desk, ref: str, *signs: str, on: date | None = None) -> FollowedUp:
    return escalating.keep(
        desk,
        escalating.preview(
            desk, ref, FollowUp.BREACH, details=Details(signs=signs or (SIGN,)), on=on
        ),
    )


def test_it_says_what_was_noticed_and_goes_beside_the_request(desk: Desk) -> None:
    told = enquired(desk, begun(desk), SIGN, "  11月24日短信含本人姓名  ")
    said_in = [b.text for b in told.letter.document.blocks if isinstance(b, Paragraph)]
    assert f"（1）{SIGN}。" in said_in
    assert "（2）11月24日短信含本人姓名。" in said_in
    assert (told.letter.kind, told.letter.items, told.letter.letters) == ("breach", (), Letters.ZH)
    assert "Keep what shows it" in said(told.notices)


@pytest.mark.parametrize("signs", [(), ("",), ("  ", "\u3000")])
def test_without_a_sign_there_is_nothing_to_ask_about(desk: Desk, signs: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match="No sign of a leak") as caught:
        escalating.preview(desk, begun(desk), FollowUp.BREACH, details=Details(signs=signs))
    assert "--sign" in str(caught.value.hint)


@pytest.mark.parametrize("sign", ["短信\x1b[31m", "x" * 501, "一\n二", "\u202e信"])
def test_a_sign_is_one_bounded_line(desk: Desk, sign: str) -> None:
    with pytest.raises(BadInput, match="sign"):
        enquired(desk, begun(desk), sign)


def test_the_number_of_signs_is_bounded(desk: Desk) -> None:
    ref = begun(desk)
    assert enquired(desk, ref, *[SIGN] * 20).letter.number == 2
    with pytest.raises(BadInput, match="more than 20 times"):
        enquired(desk, ref, *[SIGN] * 21)


def test_a_sign_without_a_glyph_is_refused(desk: Desk) -> None:
    with pytest.raises(MissingGlyph, match="sign"):
        enquired(desk, begun(desk), "短信\U0001f4f1")


def test_it_is_dated_neither_before_the_scan_nor_before_the_law(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="before encounter E1"):
        enquired(desk, ref, on=date(2026, 11, 19))
    scan(desk, park(desk, "另一样例有限公司"), at=datetime(2019, 10, 17, 2, 0, tzinfo=UTC))
    old = case(desk, handler=2).case.ref
    with pytest.raises(BadInput, match="was not in force"):
        enquired(desk, old, on=date(2021, 10, 31))
    asked = [b for b in enquired(desk, old).letter.document.blocks if isinstance(b, Item)]
    assert "第五十七条第一款" in asked[0].basis


def test_a_second_enquiry_waits_until_the_first_is_sent(desk: Desk) -> None:
    ref = begun(desk)
    enquired(desk, ref)
    with pytest.raises(NotNextStep, match="/2 is written and not sent yet"):
        enquired(desk, ref)


def test_the_clock_and_the_answer_of_the_request_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    before = cases.standing(desk, desk.case(ref)).deadlines
    told = enquired(desk, ref)
    dispatching.sent(desk, told.letter.label, channel=Channel.EMS, on=None)
    dispatching.received(desk, told.letter.label, on=None)
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.SENT
    assert [one for one in standing.deadlines if one.id != "reply-asked"] == list(before)
    (asked,) = (one for one in standing.deadlines if one.id == "reply-asked")
    assert asked.on == told.by
    assert told.letter.label in str(asked.what)
    answer(desk, ref, tmp_path, "经核查，我司无法向您提供上述信息，您的请求不予支持。")
    assert cases.standing(desk, desk.case(ref)).stage is Stage.ANSWERED
