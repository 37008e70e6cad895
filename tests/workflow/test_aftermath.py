"""What a reply does beside being kept: late ones reopen, returned mails mark letter and address."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pirights.domain.case import Case, Outcome, Stage
from pirights.domain.dispatch import Channel, Delivery, Dispatch, Letter, Sending
from pirights.domain.document import Form
from pirights.domain.handler import Handler
from pirights.domain.mail_account import MailAccount, Server
from pirights.domain.reply import Reply, ReplyKind
from pirights.errors import NotNextStep
from pirights.workflow import cases, directory, dispatching, mailing, rendering, replies
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Taken
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

PARK = "privacy@park.example"
OURS = "lin@mail.example"
ACCOUNT = MailAccount(user=OURS, smtp=Server(host="smtp.mail.example", port=465))
SENDING = Sending(at=datetime(2026, 11, 23, tzinfo=UTC), to="new@park.example", server="smtp:465")


@pytest.fixture
def mailed(desk: Desk, tmp_path: Path) -> tuple[Desk, str, str]:
    """A letter that left as a mail, and the mail's id."""
    ref = begun(desk)
    directory.edit_handler(desk, 1, {"email": PARK})
    rendering.render(desk, ref, form=Form.EML, out=tmp_path / "letter.eml")
    dispatching.sent(desk, ref, channel=Channel.EMAIL, on=date(2026, 11, 22))
    return desk, ref, desk.letter(ref)[1].message_id


def report(message_id: str, *, action: str = "failed", to: str = PARK) -> bytes:
    """A report as RFC 3464 has it."""
    return (
        "From: MAILER-DAEMON@mail.example\r\n"
        f"To: {OURS}\r\n"
        "Subject: Delivery Status Notification\r\n"
        "Date: Mon, 23 Nov 2026 09:00:00 +0800\r\n"
        "Message-ID: <report@mail.example>\r\n"
        "Auto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nAbout your mail.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mail.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n"
        f"Subject: our letter\r\n\r\n--b--\r\n"
    ).encode()


def add(desk: Desk, folder: Path, data: bytes, name: str = "report.eml") -> Taken:
    path = folder / name
    path.write_bytes(data)
    return replies.add(desk, None, [path], on=None)[0]


def test_a_returned_mail_marks_the_letter_and_the_address(
    mailed: tuple[Desk, str, str], tmp_path: Path
) -> None:
    desk, ref, message_id = mailed
    taken = add(desk, tmp_path, report(message_id))
    assert (taken.reply.ref, taken.reply.kind) == (ref, ReplyKind.BOUNCED)
    assert f"came back undelivered from {PARK}" in said(taken.notices)
    letter = desk.letter(ref)[1]
    assert letter.delivery is Delivery.BOUNCED
    assert desk.vault.get(Handler, 1).email_bounced == TODAY
    assert {"letter.bounced", "handler.bounced"} <= set(kinds(desk))
    assert cases.show(desk, ref).standing.stage is Stage.SENT  # it is no answer


def test_a_stale_address_is_told_when_a_draft_is_made_until_it_is_another(
    mailed: tuple[Desk, str, str], tmp_path: Path
) -> None:
    desk, ref, message_id = mailed
    add(desk, tmp_path, report(message_id))
    out = tmp_path / "again.eml"
    told = rendering.render(desk, ref, form=Form.EML, out=out).notices
    assert f"A mail to {PARK} came back on 2026-11-23" in said(told)
    directory.edit_handler(desk, 1, {"phone": "0571-1"})
    assert desk.vault.get(Handler, 1).email_bounced == TODAY
    directory.edit_handler(desk, 1, {"email": "new@park.example"})
    assert desk.vault.get(Handler, 1).email_bounced is None
    assert rendering.render(desk, ref, form=Form.EML, out=out).notices == ()


def _answered_by(mail: str, sender: str) -> str:
    who = f"{sender}, who is not known to write in that case."
    return f"It answers our message {mail}, but comes from {who}"


def test_after_another_sending_both_mails_are_known_and_the_first_marks_nothing(
    mailed: tuple[Desk, str, str], tmp_path: Path
) -> None:
    desk, ref, first = mailed
    add(desk, tmp_path, report(first))
    directory.edit_handler(desk, 1, {"email": "new@park.example"})
    letter = mailing.prepare(desk, ref, ACCOUNT).letter
    attempt = replace(SENDING, state=Delivery.SENT, message_id=letter.message_id)
    way = Dispatch(channel=Channel.EMAIL, on=TODAY)
    with desk.vault.change(now=desk.now) as change:
        after = replace(letter, sendings=(attempt,), dispatch=way, reported=None)
        change.replace(after, kind="letter.sent")
    second = desk.letter(ref)[1].message_id
    assert second != first
    for number, one in enumerate((first, second)):
        head = f"From: x@elsewhere.example\r\nIn-Reply-To: {one}\r\nMessage-ID: <{number}@x>\r\n"
        taken = add(desk, tmp_path, f"{head}Subject: re\r\n\r\n已收到。\r\n".encode(), "r.eml")
        assert (taken.reply.ref, str(taken.matched_by)) == (
            ref,
            _answered_by(one, "elsewhere.example"),
        )
    again = report(first).replace(b"report@", b"late@")
    assert "the one to new@park.example did not" in said(add(desk, tmp_path, again).notices)
    assert desk.letter(ref)[1].delivery is Delivery.SENT
    assert desk.vault.get(Handler, 1).email_bounced is None


def test_a_letter_that_came_back_may_be_sent_again(
    mailed: tuple[Desk, str, str], tmp_path: Path
) -> None:
    desk, ref, message_id = mailed
    with pytest.raises(NotNextStep):
        dispatching.sent(desk, ref, channel=Channel.EMS, on=None)
    add(desk, tmp_path, report(message_id))
    told = dispatching.sent(desk, ref, channel=Channel.EMS, on=None)
    assert told.letter.delivery is Delivery.SENT
    assert told.letter.dispatch is not None
    assert told.letter.dispatch.channel is Channel.EMS


def test_a_copy_to_somebody_else_that_came_back_marks_nothing(
    mailed: tuple[Desk, str, str], tmp_path: Path
) -> None:
    desk, ref, message_id = mailed
    taken = add(desk, tmp_path, report(message_id, to="other@park.example"))
    assert "a copy to other@park.example came back" in said(taken.notices)
    assert desk.letter(ref)[1].delivery is Delivery.SENT
    assert desk.vault.get(Handler, 1).email_bounced is None


def test_a_recorded_arrival_outlives_a_report(
    mailed: tuple[Desk, str, str], tmp_path: Path
) -> None:
    desk, ref, message_id = mailed
    arrived(desk, ref)
    taken = add(desk, tmp_path, report(message_id))
    assert "Its arrival on 2026-11-22 is recorded, and stays." in said(taken.notices)
    assert desk.letter(ref)[1].delivery is Delivery.RECEIVED


@pytest.mark.parametrize(
    ("action", "delivery", "notice"),
    [
        ("delivered", Delivery.SENT, "pirights received"),
        ("relayed", Delivery.SENT, ""),
        ("delayed", Delivery.DEFERRED, "is delayed"),
    ],
)
def test_a_report_of_delivery_or_delay_is_neither_bounce_nor_answer(
    mailed: tuple[Desk, str, str], tmp_path: Path, action: str, delivery: Delivery, notice: str
) -> None:
    desk, ref, message_id = mailed
    taken = add(desk, tmp_path, report(message_id, action=action))
    assert taken.reply.kind is ReplyKind.AUTO_REPLY
    assert notice in said(taken.notices)
    assert desk.letter(ref)[1].delivery is delivery
    assert desk.vault.get(Handler, 1).email_bounced is None
    assert cases.show(desk, ref).standing.stage is Stage.SENT


def test_a_report_that_only_names_the_case_is_for_a_person_to_place(
    mailed: tuple[Desk, str, str], tmp_path: Path
) -> None:
    desk, ref, _ = mailed
    forged = (
        report("<x@y>")
        .replace(b"our letter", ref.encode())
        .replace(b"About your mail.", f"About {ref}.".encode())
    )
    taken = add(desk, tmp_path, forged)
    assert taken.reply.ref == ""
    assert desk.letter(ref)[1].delivery is Delivery.SENT
    placed = replies.assign(desk, taken.reply.id, ref)
    assert "came back undelivered" in said(placed.notices)
    assert desk.letter(ref)[1].delivery is Delivery.BOUNCED


def test_a_late_answer_reopens_its_case_and_the_journal_says_so(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    cases.close(desk, ref, outcome=Outcome.REFUSED)
    later = days_later(desk, 3)
    taken = answer(later, ref, tmp_path, "您好，已收到您的请求。")
    assert "it is open again" in said(taken.notices)
    (found,) = desk.vault.find_all(Case, ref=ref)
    assert (found.closed_on, found.outcome) == (None, Outcome.NONE)
    assert "case.reopened" in kinds(desk)


def test_an_automatic_answer_reopens_nothing(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    directory.edit_handler(desk, 1, {"email": PARK})
    sent(desk, ref)
    cases.close(desk, ref, outcome=Outcome.REFUSED)
    data = (
        f"From: {PARK}\r\nSubject: =?utf-8?b?6Ieq5Yqo5Zue5aSN?= {ref}\r\n"
        "Auto-Submitted: auto-replied\r\n\r\nI am out of office.\r\n"
    )
    taken = add(days_later(desk, 3), tmp_path, data.encode())
    assert (taken.reply.ref, taken.reply.kind) == (ref, ReplyKind.AUTO_REPLY)
    assert desk.case(ref).closed_on == TODAY


def test_an_answer_that_came_before_the_closing_does_not_reopen(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    cases.close(desk, ref, outcome=Outcome.REFUSED)
    path = tmp_path / "a.txt"
    path.write_text("您好", encoding="utf-8")
    (taken,) = replies.add(days_later(desk, 3), ref, [path], on=TODAY)
    assert f"pirights case reopen {ref}" in said(taken.notices)
    assert desk.case(ref).closed_on == TODAY


@pytest.mark.parametrize(
    ("outcome", "text", "opens"),
    [
        (Outcome.REFUSED, "您的人脸照片已删除。", True),
        (Outcome.REFUSED, "您的请求不予支持。", False),
        (Outcome.NONE, "您的请求不予支持。", True),
        (Outcome.FULL, "您的人脸照片已删除。", False),
        (Outcome.PARTIAL, "经核查，我司未存储您的人脸信息。", True),
        (Outcome.WITHDRAWN, "您的人脸照片已删除。", False),
        (Outcome.REFUSED, "已收到您的请求。", False),
    ],
)
def test_an_answer_of_before_the_closing_that_says_otherwise_opens_the_case(
    desk: Desk, tmp_path: Path, outcome: Outcome, text: str, opens: bool
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    cases.close(desk, ref, outcome=outcome)
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    (taken,) = replies.add(days_later(desk, 3), ref, [path], on=TODAY)
    told = said(taken.notices)
    assert ("says otherwise, so it is open again" in told) is opens
    assert (f"`pirights case reopen {ref}`" in told) is not opens
    assert (desk.case(ref).closed_on is None) is opens


def test_a_mail_of_html_alone_gives_its_words_and_finds_its_case(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    page = f"<html><style>p{{}}</style><p>关于编号 <b>{ref}</b>：</p><p>已收到。</p></html>"
    data = f"From: {PARK}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n"
    taken = add(desk, tmp_path, data.encode())
    assert taken.reply.ref == ref
    assert taken.reply.text == f"关于编号 {ref}：\n已收到。"


def test_another_cases_reference_waits_in_the_inbox_with_the_reason(
    desk: Desk, tmp_path: Path
) -> None:
    first = begun(desk)
    directory.edit_handler(desk, 1, {"email": PARK})
    scan(desk, park(desk, "别家公司", email="kefu@gym.com.cn"))
    second = case(desk, handler=2).case.ref
    data = f"From: kefu@gym.com.cn\r\nSubject: Re: {first}\r\n\r\n我们已删除。\r\n"
    taken = add(desk, tmp_path, data.encode())
    assert taken.reply.ref == ""
    (waiting,) = replies.inbox(desk)
    assert waiting.ground is not None
    assert f"It names {first}, but comes from gym.com.cn" in str(waiting.ground.message)
    placed = replies.assign(desk, waiting.id, second).reply
    assert placed.by_hand
    assert placed.ground is not None
    assert first not in str(placed.ground.message)


def test_a_sender_that_a_person_put_with_a_case_is_known_there_from_then_on(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    directory.edit_handler(desk, 1, {"email": PARK})
    sent(desk, ref)
    data = f"From: law@office.example\r\nSubject: {ref}\r\n\r\n受公园委托。\r\n"
    taken = add(desk, tmp_path, data.encode(), "1.eml")
    assert taken.reply.ref == ""
    replies.assign(desk, taken.reply.id, ref)
    more = data.replace("公园", "公园再次")
    assert add(desk, tmp_path, more.encode(), "2.eml").reply.ref == ref


def test_our_own_mail_put_with_a_case_makes_nobody_known(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    directory.edit_handler(desk, 1, {"email": PARK})
    sent(desk, ref)
    path = tmp_path / "forwarded.eml"
    path.write_bytes(f"From: {OURS}\r\nSubject: Fwd\r\n\r\n您好\r\n".encode())
    replies.add(desk, ref, [path], on=None)
    other = f"From: else@mail.example\r\nSubject: {ref}\r\n\r\nx\r\n"
    assert add(desk, tmp_path, other.encode()).reply.ref == ""


def test_a_letter_and_a_reply_of_an_older_vault_lack_the_new_fields(desk: Desk) -> None:
    from pirights import plain

    ref = begun(desk)
    letter = plain.to_plain(desk.letter(ref)[1])
    for name in ("sendings", "reported"):
        del letter[name]
    assert plain.from_plain(Letter, letter).sendings == ()
    reply = plain.to_plain(Reply(id=1, ref=ref, number=2, on=TODAY, kind=ReplyKind.GIVEN))
    for name in ("sender_address", "ground", "by_hand"):
        del reply[name]
    assert plain.from_plain(Reply, reply).ground is None
    old = replace(desk, now=datetime(2026, 11, 23, 5, tzinfo=UTC))
    assert old.letter(ref)[1].delivery is Delivery.UNKNOWN
