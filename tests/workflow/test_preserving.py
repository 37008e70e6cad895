"""The notice to preserve: at once, beside the request, and never in the way of its clock."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pirights.domain.case import Outcome, Stage
from pirights.domain.dispatch import Channel
from pirights.domain.document import Item
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Venue
from pirights.domain.request import Right
from pirights.errors import BadInput, MissingGlyph, NotNextStep
from pirights.workflow import cases, dispatching, encounters, escalating, legal
from pirights.workflow.desk import Desk
from pirights.workflow.escalating import FollowedUp
from pirights.workflow.letter_details import Details
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

LAST_FRIDAY = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)


def preserved(desk: Desk, ref: str) -> FollowedUp:
    return escalating.keep(desk, escalating.preview(desk, ref, FollowUp.PRESERVE))


def at_venue(desk: Desk, venue: Venue, at: datetime = LAST_FRIDAY) -> str:
    scan(desk, park(desk, venue=venue), venue=venue, at=at)
    return case(desk).case.ref


def asked(told: FollowedUp) -> list[Item]:
    return [block for block in told.letter.document.blocks if isinstance(block, Item)]


def due(desk: Desk, ref: str) -> list[tuple[str, date]]:
    found = cases.standing(desk, desk.case(ref)).deadlines
    return [(one.id, one.on) for one in found if one.id != "limitation"]


def test_it_goes_at_once_before_the_request_was_sent(desk: Desk) -> None:
    told = preserved(desk, begun(desk))
    assert (told.letter.number, told.letter.kind, told.letter.items) == (2, "preserve", ())
    assert kinds(desk)[-1] == "letter.added"
    assert "until 2026-12-20 at least" in said(told.notices)


@pytest.mark.parametrize(
    ("venue", "known"), [(Venue.MALL, True), (Venue.SHOP, False), (Venue.RESIDENTIAL, False)]
)
def test_the_day_is_named_only_where_the_thirty_days_are_known_to_apply(
    desk: Desk, venue: Venue, known: bool
) -> None:
    told = preserved(desk, at_venue(desk, venue))
    assert ("2026年12月20日" in asked(told)[0].text) is known
    assert bool(asked(told)[0].basis) is known
    assert ("no period is known" in said(told.notices)) is not known


def test_an_app_has_no_video_to_speak_of(desk: Desk) -> None:
    told = preserved(desk, at_venue(desk, Venue.APP))
    assert told.notices == ()
    assert "视频" not in asked(told)[0].text


def test_a_day_that_has_passed_is_told_as_such(desk: Desk) -> None:
    ref = begun(desk)
    told = preserved(days_later(desk, 30), ref)
    assert "it may be gone" in said(told.notices)
    assert "该日已过" in asked(told)[0].text


def test_before_the_regulations_no_day_is_named(desk: Desk) -> None:
    ref = at_venue(desk, Venue.MALL, at=datetime(2025, 3, 31, 4, 0, tzinfo=UTC))
    told = preserved(desk, ref)
    assert "no period is known" in said(told.notices)
    assert asked(told)[0].basis == ""


def test_a_deletion_that_was_asked_is_held_and_the_user_told(desk: Desk) -> None:
    told = preserved(desk, begun(desk, Right.DELETE, delete_now=True))
    assert "asks to hold it" in said(told.notices)
    assert "暂缓办理" in str(told.letter.document.blocks)


def test_a_second_notice_waits_until_the_first_is_sent(desk: Desk) -> None:
    ref = begun(desk)
    preserved(desk, ref)
    with pytest.raises(NotNextStep, match="/2 is written and not sent yet"):
        preserved(desk, ref)


def test_a_closed_case_an_early_date_and_signs_are_refused(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="before encounter E1"):
        escalating.preview(desk, ref, FollowUp.PRESERVE, on=date(2026, 11, 19))
    with pytest.raises(BadInput, match="--sign belongs to"):
        escalating.preview(desk, ref, FollowUp.PRESERVE, details=Details(signs=("x",)))
    cases.close(desk, ref, outcome=Outcome.FULL)
    with pytest.raises(NotNextStep, match="closed already"):
        preserved(desk, ref)


def test_a_character_without_a_glyph_is_named_with_its_scan(desk: Desk) -> None:
    ref = begun(desk)
    encounters.edit(desk, 1, {"place": "样例\U0001f3eb门"})
    with pytest.raises(MissingGlyph, match=r"E1\.place"):
        preserved(desk, ref)


def test_the_clock_of_the_request_goes_on_beside_it(desk: Desk) -> None:
    ref = begun(desk, Right.ACCESS)
    sent(desk, ref)
    arrived(desk, ref)
    before = due(desk, ref)
    told = preserved(desk, ref)
    assert due(desk, ref) == sorted([*before, ("send", date(2026, 11, 30))], key=lambda d: d[1])
    dispatching.sent(desk, told.letter.label, channel=Channel.EMS, on=None)
    assert [one for one in due(desk, ref) if one[0] == "answer"] == before
    assert "arrival" in [name for name, _ in due(desk, ref)]
    recorded = dispatching.received(desk, told.letter.label, on=None)
    assert recorded.due is None
    assert due(desk, ref) == [("reply-asked", told.by), *before]
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.SENT
    late = days_later(desk, 60)
    assert cases.standing(late, late.case(ref)).stage is Stage.OVERDUE


def test_sent_alone_it_leaves_the_request_a_draft_with_no_period_for_an_answer(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk, Right.ACCESS)
    told = preserved(desk, ref)
    dispatching.sent(desk, told.letter.label, channel=Channel.HAND, on=None)
    dispatching.received(desk, told.letter.label, on=None)
    standing = cases.standing(desk, desk.case(ref))
    assert standing.stage is Stage.DRAFT
    assert {name for name, _ in due(desk, ref)} == {"send", "reply-asked"}
    answer(desk, ref, tmp_path, "来函收悉，相关视频已保存。")
    assert {name for name, _ in due(desk, ref)} == {"send"}
    later = days_later(desk, 2)
    dispatching.sent(later, f"{ref}/1", channel=Channel.EMS, on=later.today)
    standing = cases.standing(later, later.case(ref))
    assert standing.stage is Stage.SENT  # what came before answered the notice
    dispatching.received(later, f"{ref}/1", on=later.today)
    assert "answer" in [name for name, _ in due(later, ref)]
    late = days_later(desk, 90)
    reminder = escalating.preview(late, ref, FollowUp.REMINDER)
    assert "本人未收到贵方就请求事项作出的答复" in str(reminder.letter.document.blocks)


def test_an_answer_to_the_request_stays_an_answer(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk, Right.ACCESS)
    sent(desk, ref)
    arrived(desk, ref)
    answer(desk, ref, tmp_path, "经核查，我司无法向您提供上述信息，您的请求不予支持。")
    told = preserved(desk, ref)
    dispatching.sent(desk, told.letter.label, channel=Channel.EMS, on=None)
    assert cases.standing(desk, desk.case(ref)).stage is Stage.ANSWERED
    assert "answer" not in [name for name, _ in due(desk, ref)]


def test_it_interrupts_no_limitation(desk: Desk) -> None:
    ref = begun(desk, Right.ACCESS)
    told = preserved(desk, ref)
    dispatching.sent(desk, told.letter.label, channel=Channel.EMS, on=None)
    dispatching.received(desk, told.letter.label, on=None)
    (limit,) = (
        one for one in cases.standing(desk, desk.case(ref)).deadlines if one.id == "limitation"
    )
    assert "A request reached the handler" not in said(limit.steps)
    assert legal.explain(desk, ref).deadline is not None


def test_while_it_is_open_deletion_alone_is_refused(desk: Desk) -> None:
    ref = begun(desk, Right.ACCESS)
    preserved(desk, ref)
    with pytest.raises(NotNextStep, match="to preserve video and records"):
        case(desk, Right.DELETE)
    assert case(desk, Right.DELETE, delete_now=True).case.ref
    cases.close(desk, ref, outcome=Outcome.FULL)


def test_the_notice_is_the_same_whatever_the_machines_day(desk: Desk) -> None:
    ref = begun(desk)
    one = escalating.preview(desk, ref, FollowUp.PRESERVE, on=TODAY)
    other = escalating.preview(
        replace(desk, now=days_later(desk, 90).now), ref, FollowUp.PRESERVE, on=TODAY
    )
    assert one.letter == other.letter
