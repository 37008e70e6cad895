"""Putting right: shown before it is done, kept in the journal, and all that follows anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pirights.domain.case import Outcome, Stage
from pirights.domain.dispatch import Channel, Delivery
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler
from pirights.domain.next_step import Act as Next
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.request import Right, Score
from pirights.errors import BadInput, NotFound, NotNextStep
from pirights.workflow import (
    adjusting,
    assessing,
    cases,
    dispatching,
    encounter_list,
    encounters,
    escalating,
    exhibits,
    put_right,
    put_right_encounters,
    put_right_letters,
    put_right_replies,
    replies,
    requests,
    scoring,
    timeline,
)
from pirights.workflow.desk import Desk
from pirights.workflow.put_right import Act, Difference
from pirights.workflow.put_right_letters import Way
from pirights.workflow.put_right_replies import Right as Anew
from pirights.workflow.wish import Wish
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
WHY = "录入时看错了"


def stage(desk: Desk, ref: str) -> Stage:
    return cases.standing(desk, desk.case(ref)).stage


def days(one: put_right.Snapshot) -> dict[str, date]:
    return {due.id: due.on for due in one.deadlines}


def proof(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"%PDF-1.4 " + name.encode())
    return path


def originals(desk: Desk, ref: str) -> set[str]:
    pieces = exhibits.gathered(desk, cases.show(desk, ref))
    return {piece.exhibit.original_name for piece in pieces}


def test_a_preview_changes_nothing(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    before = kinds(desk)
    found = put_right.preview(desk, put_right_letters.void_sent(desk, ref, because=WHY))
    assert [one.stage for one in found.before] == [Stage.SENT]
    assert [one.stage for one in found.after] == [Stage.DRAFT]
    assert kinds(desk) == before
    assert stage(desk, ref) is Stage.SENT


def test_a_letter_that_never_left_is_a_draft_again(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    slip = proof(tmp_path, "寄件单.pdf")
    dispatching.sent(desk, ref, channel=Channel.EMS, on=None, tracking="1", proofs=[slip])
    assert "寄件单.pdf" in originals(desk, ref)
    done = put_right.done(desk, put_right_letters.void_sent(desk, ref, because=WHY))
    assert (done.before[0].delivery, done.after[0].delivery) == (Delivery.SENT, Delivery.UNKNOWN)
    assert done.after[0].next is not None
    assert done.after[0].next.act is Next.SEND
    assert set(days(done.before[0])) != set(days(done.after[0]))
    assert "寄件单.pdf" not in originals(desk, ref)
    assert [one.name for one in desk.vault.attachments(f"{ref}/1")] == ["寄件单.pdf"]
    _, letter = desk.letter(ref)
    assert letter.amendments[0].because == WHY
    assert letter.amendments[0].dispatch is not None
    assert letter.amendments[0].dispatch.tracking == "1"
    assert kinds(desk)[-1] == "letter.dispatch-voided"
    sent(desk, ref)
    assert stage(desk, ref) is Stage.SENT


def test_a_correction_keeps_the_days_in_their_order(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref, on=date(2026, 11, 21))
    arrived(desk, ref, on=date(2026, 11, 22))
    with pytest.raises(BadInput, match="before the letter's own date"):
        put_right_letters.correct_sent(desk, ref, Way(on=date(2026, 11, 20)), because=WHY)
    with pytest.raises(BadInput, match="before it was sent"):
        put_right_letters.correct_sent(desk, ref, Way(on=TODAY), because=WHY)
    with pytest.raises(BadInput, match="before it was sent"):
        put_right_letters.correct_received(desk, ref, Way(on=date(2026, 11, 20)), because=WHY)
    put_right_letters.correct_received(desk, ref, Way(on=date(2026, 11, 21)), because=WHY)


def test_the_day_and_the_way_of_sending_are_corrected(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref, on=date(2026, 11, 22))
    slip = proof(tmp_path, "寄件单.pdf")
    way = Way(on=date(2026, 11, 21), channel=Channel.HAND, tracking="", proofs=(slip,))
    done = put_right.done(desk, put_right_letters.correct_sent(desk, ref, way, because=WHY))
    _, letter = desk.letter(ref)
    assert letter.dispatch is not None
    assert (letter.dispatch.on, letter.dispatch.channel) == (date(2026, 11, 21), Channel.HAND)
    assert days(done.before[0])["arrival"] > days(done.after[0])["arrival"]
    assert "寄件单.pdf" in originals(desk, ref)
    assert kinds(desk)[-2] == "letter.dispatch-corrected"


def test_an_arrival_that_was_none_stops_the_clock(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    signed = proof(tmp_path, "签收.pdf")
    dispatching.received(desk, ref, on=date(2026, 11, 22), proofs=[signed])
    done = put_right.done(desk, put_right_letters.void_received(desk, ref, because=WHY))
    assert "answer" in days(done.before[0])
    assert "answer" not in days(done.after[0])
    assert "arrival" in days(done.after[0])
    assert "签收.pdf" not in originals(desk, ref)
    shown = cases.show(desk, ref)
    pieces = exhibits.gathered(desk, shown)
    told = [one.claimed.en for one in timeline.events(shown, pieces)]
    assert "Request arrived" not in told
    assert [one.deadline.id for one in cases.running(desk)] == list(days(done.after[0]))


def test_a_corrected_arrival_moves_the_day_for_an_answer(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref, on=date(2026, 11, 23))
    act = put_right_letters.correct_received(desk, ref, Way(on=date(2026, 11, 21)), because=WHY)
    done = put_right.done(desk, act)
    assert days(done.after[0])["answer"] < days(done.before[0])["answer"]
    assert days(done.after[0])["answer"] == next(
        one.deadline.on for one in cases.running(desk) if one.deadline.id == "answer"
    )


def test_a_sending_is_not_voided_under_an_arrival(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    with pytest.raises(NotNextStep, match="recorded as arrived") as caught:
        put_right_letters.void_sent(desk, ref, because=WHY)
    assert "received" in str(caught.value.hint)


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, ref: put_right_letters.void_sent(desk, ref, because=WHY),
        lambda desk, ref: put_right_letters.void_received(desk, ref, because=WHY),
        lambda desk, ref: put_right_letters.correct_sent(desk, ref, Way(on=TODAY), because=WHY),
    ],
)
def test_what_was_never_recorded_is_not_put_right(
    desk: Desk, act: Callable[[Desk, str], Act]
) -> None:
    ref = begun(desk)
    with pytest.raises(NotNextStep, match="not recorded as"):
        act(desk, ref)


def test_without_a_reason_or_a_change_nothing_is_put_right(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    label = answer(desk, ref, tmp_path, REFUSAL).reply.label
    with pytest.raises(BadInput, match="Say why"):
        put_right_letters.void_sent(desk, ref, because="  ")
    with pytest.raises(BadInput, match="Nothing to correct"):
        put_right_letters.correct_sent(desk, ref, Way(), because=WHY)
    way = Way(on=TODAY + timedelta(days=1))
    with pytest.raises(BadInput, match="future"):
        put_right_letters.correct_sent(desk, ref, way, because=WHY)
    with pytest.raises(BadInput, match="Nothing to correct"):
        put_right_replies.correct(desk, label, Anew(), because=WHY)


def test_a_voided_reply_counts_nowhere_and_stays_in_custody(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    label = answer(desk, ref, tmp_path, REFUSAL).reply.label
    scoring.score(desk, ref, {1: Score.REFUSED})
    assert stage(desk, ref) is Stage.ANSWERED
    done = put_right.done(desk, put_right_replies.void(desk, label, because="不是本案的邮件"))
    assert done.after[0].stage is Stage.SENT
    assert "answer" in days(done.after[0])
    assert "answer" not in days(done.before[0])
    assert "marks are taken off" in said(done.notices)
    assert {item.score for item in desk.letter(f"{ref}/1")[1].items} == {Score.OPEN}
    assert "答复.txt" not in originals(desk, ref)
    rows = exhibits.custody(desk, cases.show(desk, ref))
    assert "reply.voided" in [row.kind for row in rows]
    assert [one.voided_because for one, _ in replies.show(desk, label)] == ["不是本案的邮件"]
    with pytest.raises(NotNextStep, match="voided"):
        put_right_replies.void(desk, label, because=WHY)
    assert answer(desk, ref, tmp_path, "已收到。", "二.txt").reply.label == f"{ref}/3"


def test_a_voided_bounce_gives_letter_and_address_back(desk: Desk, tmp_path: Path) -> None:
    scan(desk, park(desk, email="privacy@park.example"))
    ref = case(desk).case.ref
    dispatching.sent(desk, ref, channel=Channel.EMAIL, on=date(2026, 11, 21))
    path = tmp_path / "bounce.eml"
    path.write_text(
        "From: MAILER-DAEMON@mx.example\nTo: lin@mail.example\n"
        "Subject: Undelivered Mail Returned to Sender\nDate: Sun, 22 Nov 2026 10:00:00 +0800\n"
        "Auto-Submitted: auto-replied\n\nDelivery has failed. 550 5.1.1 user unknown\n",
        encoding="utf-8",
    )
    kept = replies.add(desk, ref, [path], on=None)[0].reply
    assert kept.kind is ReplyKind.BOUNCED
    assert cases.standing(desk, desk.case(ref)).delivery is Delivery.BOUNCED
    assert desk.vault.get(Handler, 1).email_bounced is not None
    done = put_right.done(desk, put_right_replies.void(desk, kept.label, because=WHY))
    assert done.after[0].delivery is Delivery.SENT
    assert desk.vault.get(Handler, 1).email_bounced is None


def test_a_human_says_what_a_reply_is(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    reply = answer(desk, ref, tmp_path, REFUSAL).reply
    act = put_right_replies.correct(
        desk, reply.label, Anew(kind=ReplyKind.ACKNOWLEDGEMENT), because="只是收到通知"
    )
    done = put_right.done(desk, act)
    assert (done.before[0].stage, done.after[0].stage) == (Stage.ANSWERED, Stage.ACKNOWLEDGED)
    after = desk.vault.get(Reply, reply.id)
    assert after.kind is ReplyKind.ACKNOWLEDGEMENT
    assert (after.amendments[0].kind, after.amendments[0].because) == (reply.kind, "只是收到通知")
    assert "reply.corrected" in kinds(desk)


def test_a_reply_moves_to_the_case_it_belongs_to(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    other = case(desk, Right.DELETE).case.ref
    sent(desk, other)
    reply = answer(desk, ref, tmp_path, REFUSAL).reply
    done = put_right.done(
        desk, put_right_replies.correct(desk, reply.label, Anew(to=other), because=WHY)
    )
    assert done.label == f"{other}/2"
    assert [one.ref for one in done.before] == [ref, other]
    assert [one.stage for one in done.before] == [Stage.ANSWERED, Stage.SENT]
    assert [one.stage for one in done.after] == [Stage.SENT, Stage.ANSWERED]
    assert answer(desk, ref, tmp_path, "已收到。", "二.txt").reply.label == f"{ref}/3"
    assert "答复.txt" in originals(desk, other)
    assert "答复.txt" not in originals(desk, ref)


def test_a_reply_goes_back_to_the_inbox_and_can_be_assigned_again(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    reply = answer(desk, ref, tmp_path, REFUSAL).reply
    done = put_right.done(
        desk, put_right_replies.correct(desk, reply.label, Anew(to="inbox"), because=WHY)
    )
    assert done.after[0].stage is Stage.SENT
    assert [one.id for one in replies.inbox(desk)] == [reply.id]
    assert replies.assign(desk, reply.id, ref).reply.label == f"{ref}/3"
    with pytest.raises(NotNextStep, match="already"):
        put_right_replies.correct(desk, f"{ref}/3", Anew(to=ref), because=WHY)


def test_the_day_of_a_reply_is_corrected(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    reply = answer(desk, ref, tmp_path, REFUSAL).reply
    act = put_right_replies.correct(desk, reply.label, Anew(on=date(2026, 11, 22)), because=WHY)
    put_right.done(desk, act)
    assert desk.vault.get(Reply, reply.id).on == date(2026, 11, 22)
    assert desk.vault.get(Reply, reply.id).amendments[0].came_on == TODAY


def test_a_promise_ends_with_the_reply_that_made_it(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    label = answer(desk, ref, tmp_path, "已收到您的请求。").reply.label
    adjusting.promise(desk, ref, on=TODAY, until=date(2026, 12, 31), source=label)
    act = put_right_replies.void(desk, label, because=WHY)
    done = put_right.done(desk, act)
    assert days(done.before[0])["answer"] == date(2026, 12, 31)
    assert days(done.after[0])["answer"] < date(2026, 12, 31)


def test_a_case_that_a_voided_reply_opened_is_told(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    cases.close(desk, ref, outcome=Outcome.NO_DATA)
    later = days_later(desk, 2)
    label = answer(later, ref, tmp_path, REFUSAL).reply.label
    done = put_right.done(later, put_right_replies.void(later, label, because=WHY))
    assert f"opened case {ref} again" in said(done.notices)


def test_a_later_letter_is_told_that_it_says_what_it_said(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    with desk.vault.change(now=desk.now) as change:
        _, first = desk.letter(ref)
        change.add(replace(first, id=0, number=2, on=TODAY, dispatch=None, arrived_on=None))
    act = put_right_letters.void_received(desk, f"{ref}/1", because=WHY)
    assert f"{ref}/2 was written before" in said(put_right.preview(desk, act).notices)


def test_a_voided_scan_is_in_no_list_no_letter_and_no_bundle(desk: Desk) -> None:
    ref = begun(desk)
    scan(desk, desk.vault.get(Handler, 1), place="样例乐园西门")
    both = case(desk).case.ref
    assert desk.case(both).encounters == (1, 2)
    done = put_right.done(desk, put_right_encounters.void(desk, 2, because="不是我"))
    assert [one.ref for one in done.after] == [both]
    assert f"{both}/1 was written before" in said(done.notices)
    found, total = encounter_list.newest(desk, limit=5)
    assert ([one.id for one in found], total) == ([1], 1)
    everything, total = encounter_list.newest(desk, limit=5, voided=True)
    assert (len(everything), total) == (2, 2)
    assert encounter_list.search(desk, "西门", limit=1) == []
    assert [one.id for one in cases.show(desk, both).encounters] == [1]
    assert "E2.txt" not in originals(desk, both)
    rows = exhibits.custody(desk, cases.show(desk, both))
    assert "encounter.voided" in [row.kind for row in rows]
    assert case(desk).case.encounters == (1,)
    for refused in (
        lambda: requests.new(desk, Wish(handler=1, encounters=(2,), rights=(Right.ACCESS,))),
        lambda: encounters.edit(desk, 2, {"place": "别处"}),
        lambda: assessing.assess(desk, 2),
        lambda: put_right_encounters.void(desk, 2, because=WHY),
    ):
        with pytest.raises(NotNextStep, match="E2 was voided"):
            refused()
    assert desk.vault.get(Encounter, 2).voided_because == "不是我"
    assert ref


def test_the_only_scan_of_an_open_case_is_not_voided(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(NotNextStep, match=f"Case {ref} is about E1 alone") as caught:
        put_right_encounters.void(desk, 1, because=WHY)
    assert "case close" in str(caught.value.hint)
    cases.close(desk, ref, outcome=Outcome.WITHDRAWN)
    done: Difference = put_right.done(desk, put_right_encounters.void(desk, 1, because=WHY))
    assert done.after[0].stage is Stage.CLOSED
    assert cases.show(desk, ref).encounters == ()


def test_what_is_not_there_is_not_put_right(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(NotFound):
        put_right_replies.void(desk, f"{ref}/9", because=WHY)
    with pytest.raises(NotFound):
        put_right_encounters.void(desk, 9, because=WHY)


# --- a letter that was written and not sent


def test_a_letter_that_was_not_sent_is_taken_back_and_blocks_nothing(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    kept = escalating.keep(desk, escalating.preview(desk, ref, FollowUp.PRESERVE))
    with pytest.raises(NotNextStep) as waits:
        escalating.preview(desk, ref, FollowUp.PRESERVE)
    assert f"sent {kept.letter.label} --void" in str(waits.value.hint)
    act = put_right_letters.void_sent(desk, kept.letter.label, because=WHY)
    done = put_right.done(desk, act)
    assert [one.was for one in done.own] == ["证据与数据保全告知函"]
    assert [one.number for one in desk.letters(desk.case(ref))] == [1]
    assert kinds(desk)[-1] == "letter.voided"
    again = escalating.keep(desk, escalating.preview(desk, ref, FollowUp.PRESERVE))
    assert again.letter.number == kept.letter.number + 1  # its number is never given again
    with pytest.raises(NotFound):
        desk.letter(kept.letter.label)
    rows = exhibits.custody(desk, cases.show(desk, ref))
    assert kept.letter.label in {row.subject for row in rows}


def test_the_request_itself_is_not_taken_back_but_its_case_closed(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(NotNextStep, match="the case is about") as refused:
        put_right_letters.void_sent(desk, f"{ref}/1", because=WHY)
    assert "case close" in str(refused.value.hint)
