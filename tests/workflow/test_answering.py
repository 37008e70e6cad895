"""An authority's answer is the authority's: never the handler's, and told by its name."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pirights.domain.bundle import Group
from pirights.domain.case import Stage
from pirights.domain.dispatch import Channel
from pirights.domain.escalation import FollowUp
from pirights.domain.reply import Reply
from pirights.domain.request import Right
from pirights.errors import NotFound, NotNextStep
from pirights.workflow import (
    cases,
    dispatching,
    escalating,
    exhibits,
    put_right,
    put_right_replies,
    replies,
    timeline,
)
from pirights.workflow.desk import Desk
from pirights.workflow.put_right_replies import Right as Anew
from tests.letters.briefs import strings
from tests.workflow.office import TODAY, answer, arrived, case, park, scan, sent

TEXT = "经核查，你反映的问题我局已受理，现将有关情况函复如下。"
REFUSAL = "经核查，我司无法向您提供上述信息，您的请求不予支持。"


@pytest.fixture
def complained(desk: Desk) -> str:
    """A case whose paper to the regulator (REF/2) was sent."""
    scan(desk, park(desk, email="privacy@park.example"))
    ref = case(desk, Right.ACCESS, Right.COPY).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    escalating.keep(desk, escalating.preview(desk, ref, FollowUp.REGULATOR))
    dispatching.sent(desk, f"{ref}/2", channel=Channel.EMS, on=TODAY)
    return ref


def mail(folder: Path, subject: str, sender: str, body: str = TEXT, **headers: str) -> Path:
    path = folder / f"{len(list(folder.iterdir()))}.eml"
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    path.write_text(
        f"From: {sender}\nTo: lin@mail.example\nSubject: {subject}\n"
        f"Date: Mon, 23 Nov 2026 10:00:00 +0800\n{more}"
        f"Content-Type: text/plain; charset=utf-8\n\n{body}\n",
        encoding="utf-8",
    )
    return path


def test_an_answer_to_the_complaint_is_no_answer_of_the_handlers(
    desk: Desk, complained: str, tmp_path: Path
) -> None:
    before = cases.show(desk, complained)
    taken = answer(desk, f"{complained}/2", tmp_path, TEXT)
    assert taken.reply.label == f"{complained}/3"
    assert taken.reply.answers == 2
    _, paper = desk.letter(f"{complained}/2")
    assert taken.reply.answerer == paper.handler_name != "杭州样例野趣乐园有限公司"
    after = cases.show(desk, complained)
    assert after.standing.stage is Stage.ESCALATED_REGULATOR
    assert after.standing.deadlines == before.standing.deadlines
    assert after.standing.answers == ()
    assert after.standing.papers.replies == []


def test_without_a_number_the_reply_is_the_handlers(
    desk: Desk, complained: str, tmp_path: Path
) -> None:
    assert answer(desk, complained, tmp_path, TEXT).reply.answers == 0
    assert answer(desk, f"{complained}/1", tmp_path, TEXT, "二.txt").reply.answers == 0
    with pytest.raises(NotFound):
        answer(desk, f"{complained}/9", tmp_path, TEXT, "三.txt")


def test_a_handler_that_is_silent_stays_so_when_the_authority_writes(
    desk: Desk, complained: str, tmp_path: Path
) -> None:
    answer(desk, f"{complained}/2", tmp_path, REFUSAL)
    with pytest.raises(NotNextStep, match="No answer of the handler's"):
        escalating.preview(desk, complained, FollowUp.REASONS)
    with pytest.raises(NotNextStep, match="asks for proof of identity"):
        escalating.preview(desk, complained, FollowUp.IDENTITY)


def test_it_lies_with_the_complaint_in_the_bundle(
    desk: Desk, complained: str, tmp_path: Path
) -> None:
    answer(desk, f"{complained}/2", tmp_path, TEXT, "回函.txt")
    shown = cases.show(desk, complained)
    pieces = exhibits.gathered(desk, shown)
    piece = next(one for one in pieces if one.exhibit.original_name == "回函.txt")
    assert piece.exhibit.group is Group.COMPLAINT
    _, paper = desk.letter(f"{complained}/2")
    assert paper.handler_name in piece.exhibit.title.zh
    assert paper.handler_name in piece.exhibit.source.zh
    assert "处理者" not in piece.exhibit.source.zh
    event = next(
        one for one in timeline.events(shown, pieces) if piece.exhibit.number in one.exhibits
    )
    assert event.claimed.en == "Answer of an authority received"


def test_the_next_paper_tells_it_as_the_authoritys(
    desk: Desk, complained: str, tmp_path: Path
) -> None:
    answer(desk, f"{complained}/2", tmp_path, TEXT)
    _, paper = desk.letter(f"{complained}/2")
    told = escalating.preview(desk, complained, FollowUp.PROCURATORATE)
    text = "\n".join(strings(told.letter.document))
    assert f"收到{paper.handler_name}就编号为{complained}/2的文书作出的回复" in text
    assert "未收到该单位就请求事项的答复" in text or "未收到" in text


def test_a_mail_that_names_the_paper_is_the_authoritys(
    desk: Desk, complained: str, tmp_path: Path
) -> None:
    theirs = mail(tmp_path, f"关于 {complained}/2 的回复", "office@authority.example")
    assert replies.add(desk, complained, [theirs], on=None)[0].reply.answers == 2
    own = mail(tmp_path, f"关于 {complained}/2 的说明", "privacy@park.example")
    kept = replies.add(desk, None, [own], on=None)[0].reply
    assert (kept.ref, kept.answers) == (complained, 0)


def test_a_strangers_mail_waits_and_is_assigned_to_the_paper(
    desk: Desk, complained: str, tmp_path: Path
) -> None:
    theirs = mail(tmp_path, f"关于 {complained}/2 的回复", "office@authority.example")
    waiting = replies.add(desk, None, [theirs], on=None)[0].reply
    assert waiting.ref == ""
    placed = replies.assign(desk, waiting.id, f"{complained}/2").reply
    assert (placed.ref, placed.answers, placed.by_hand) == (complained, 2, False)
    again = mail(tmp_path, "没有编号的来信", "office@authority.example")
    assert replies.add(desk, None, [again], on=None)[0].reply.ref == ""


def test_the_id_of_the_mailed_paper_tells_its_answer(
    desk: Desk, complained: str, tmp_path: Path
) -> None:
    _, paper = desk.letter(f"{complained}/2")
    number = f"<{complained}.2@pirights.invalid>"
    with desk.vault.change(now=desk.now) as change:
        change.replace(replace(paper, message_id=number), kind="letter.edited")
    theirs = mail(tmp_path, "回复", "office@authority.example", In_Reply_To=number)
    kept = replies.add(desk, None, [theirs], on=None)[0].reply
    assert (kept.ref, kept.answers) == (complained, 2)


def test_what_was_taken_for_the_handlers_is_given_to_the_authority(
    desk: Desk, complained: str, tmp_path: Path
) -> None:
    reply = answer(desk, complained, tmp_path, TEXT).reply
    act = put_right_replies.correct(
        desk, reply.label, Anew(to=f"{complained}/2"), because="是主管部门的回复"
    )
    done = put_right.done(desk, act)
    assert done.label == reply.label
    assert desk.vault.get(Reply, reply.id).answers == 2
    assert cases.show(desk, complained).standing.answers == ()
    assert date(2026, 11, 23) == reply.on
