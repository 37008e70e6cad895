"""What came back: matched to its case, kept byte for byte, put with a case by hand."""

from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest

from pirights.domain.attachment import Purpose
from pirights.domain.case import Outcome
from pirights.domain.reply import Reply, ReplyKind
from pirights.errors import BadInput, NotFound, NotNextStep
from pirights.mail import outlook_child
from pirights.mail.parse import SIZE_LIMIT, TEXT_LIMIT
from pirights.workflow import cases, put_right, put_right_replies, replies
from pirights.workflow.desk import Desk
from tests.mail import outlook_file
from tests.workflow.office import TODAY, answer, begun, case, kinds, said, sent

UNKNOWN = "PR-2026-7K3M9QX-C"
ACKNOWLEDGED = "您好，已收到您的请求，我们将在15个工作日内处理并答复您。"


def mail(
    folder: Path,
    *,
    subject: str = "回复",
    text: str = ACKNOWLEDGED,
    on: str = "Sun, 22 Nov 2026 23:30:00 +0000",
    name: str = "回复.eml",
) -> Path:
    made = EmailMessage()
    made["From"] = "客服 <privacy@park.example>"
    made["To"] = "lin@mail.example"
    made["Subject"] = subject
    made["Date"] = on
    made["Message-ID"] = "<1@park.example>"
    made.set_content(text)
    path = folder / name
    path.write_bytes(made.as_bytes())
    return path


def test_a_reply_finds_its_case_by_the_reference_in_its_subject(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    path = mail(tmp_path, subject=f"关于您来函的回复 [{ref}]")
    (taken,) = replies.add(desk, None, [path], on=None)
    reply = desk.vault.get(Reply, taken.reply.id)
    assert reply == taken.reply
    assert (reply.ref, reply.number, reply.label) == (ref, 2, f"{ref}/2")
    assert str(taken.matched_by) == f"It names {ref}."
    assert reply.kind is ReplyKind.ACKNOWLEDGEMENT
    assert reply.reasons
    assert (reply.subject, reply.message_id) == (f"关于您来函的回复 [{ref}]", "<1@park.example>")
    assert "privacy@park.example" in reply.sender
    assert taken.notices == ()


def test_the_mails_own_day_is_reckoned_in_the_vaults_zone(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    (taken,) = replies.add(desk, ref, [mail(tmp_path)], on=None)
    assert taken.reply.on == date(2026, 11, 23)
    (told,) = replies.add(desk, ref, [mail(tmp_path, text="再复。")], on=date(2026, 11, 22))
    assert told.reply.on == date(2026, 11, 22)


def test_a_mail_dated_in_the_future_came_in_today(desk: Desk, tmp_path: Path) -> None:
    path = mail(tmp_path, on="Fri, 01 Jan 2100 00:00:00 +0000")
    (taken,) = replies.add(desk, begun(desk), [path], on=None)
    assert taken.reply.on == TODAY


def test_the_original_is_kept_byte_for_byte(desk: Desk, tmp_path: Path) -> None:
    path = mail(tmp_path)
    (taken,) = replies.add(desk, begun(desk), [path], on=None)
    (file,) = taken.attachments
    assert b"".join(desk.vault.chunks(file)) == path.read_bytes()
    assert (file.owner, file.purpose, file.name) == (
        f"I{taken.reply.id}",
        Purpose.REPLY,
        "回复.eml",
    )
    assert file.sha256 == sha256(path.read_bytes()).hexdigest()


def test_a_reference_retyped_in_a_text_is_found(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    typed = ref.lower().replace("-", " - ")
    taken = answer(desk, None, tmp_path, f"关于编号 {typed} 的来函，我们已收到。")
    assert taken.reply.ref == ref


def test_what_names_no_case_waits_in_the_inbox_and_is_put_with_one_by_hand(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    taken = answer(desk, None, tmp_path, ACKNOWLEDGED)
    assert (taken.reply.ref, taken.reply.number, taken.reply.label) == ("", 0, "I1")
    assert str(taken.matched_by) == "It answers no message of ours and names no case."
    assert replies.inbox(desk) == [taken.reply]
    placed = replies.assign(desk, 1, ref).reply
    assert placed.label == f"{ref}/2"
    assert replies.inbox(desk) == []
    ((shown, files),) = replies.show(desk, f"{ref}/2")
    assert shown == placed
    assert [file.name for file in files] == ["答复.txt"]
    assert kinds(desk)[-1] == "reply.assigned"


def test_a_reply_is_put_with_a_case_only_once(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    answer(desk, ref, tmp_path, ACKNOWLEDGED)
    with pytest.raises(NotNextStep, match=f"I1 is with case {ref} already"):
        replies.assign(desk, 1, ref)
    with pytest.raises(NotFound, match="no I7"):
        replies.assign(desk, 7, ref)


def test_a_reference_that_the_vault_does_not_know_is_not_obeyed(desk: Desk, tmp_path: Path) -> None:
    begun(desk)
    taken = answer(desk, None, tmp_path, f"编号 {UNKNOWN} 已收到。")
    assert taken.reply.ref == ""
    assert str(taken.matched_by) == f"It names {UNKNOWN}, which this vault does not know."


def test_a_reply_that_names_two_cases_is_left_to_a_person(desk: Desk, tmp_path: Path) -> None:
    first = begun(desk)
    second = case(desk).case.ref
    taken = answer(desk, None, tmp_path, f"{first} 与 {second} 一并答复。")
    assert taken.reply.ref == ""
    assert "several cases" in str(taken.matched_by)


def test_the_case_that_the_user_names_goes_before_what_the_mail_says(
    desk: Desk, tmp_path: Path
) -> None:
    first = begun(desk)
    second = case(desk).case.ref
    (taken,) = replies.add(desk, second, [mail(tmp_path, subject=first)], on=None)
    assert taken.reply.ref == second
    assert str(taken.matched_by) == "You named the case."


def test_messages_of_a_case_are_numbered_through_in_both_directions(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    one = mail(tmp_path, subject=ref, name="1.eml")
    two = mail(tmp_path, subject=ref, text="再复。", name="2.eml")
    lost = mail(tmp_path, name="3.eml")
    taken = replies.add(desk, None, [one, lost, two], on=None)
    assert [each.reply.number for each in taken] == [2, 0, 3]
    assert [each.file for each in taken] == ["1.eml", "3.eml", "2.eml"]
    assert replies.assign(desk, taken[1].reply.id, ref).reply.number == 4
    assert [reply.number for reply, _ in replies.show(desk, ref)] == [2, 4, 3]


def test_the_same_file_is_kept_once_under_whatever_name(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    one, two = tmp_path / "答复.pdf", tmp_path / "copy.pdf"
    for path in (one, two):
        path.write_bytes(b"%PDF-1.7 the same")
    (first,) = replies.add(desk, ref, [one], on=None)
    before = kinds(desk)
    for named in (ref, None):
        (again,) = replies.add(desk, named, [two], on=None)
        assert (again.already, again.reply, again.attachments) == (
            True,
            first.reply,
            first.attachments,
        )
        assert said(again.notices) == (f"copy.pdf is kept already as {ref}/2; nothing was added.")
    assert kinds(desk) == before
    twice = replies.add(desk, ref, [mail(tmp_path), mail(tmp_path)], on=None)
    assert [each.already for each in twice] == [False, True]
    assert desk.vault.count(Reply) == 2


def test_a_mail_saved_by_another_program_is_the_same_mail(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    path = mail(tmp_path, subject=ref)
    (first,) = replies.add(desk, None, [path], on=None)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (again,) = replies.add(desk, None, [path], on=None)
    assert (again.already, again.reply.id) == (True, first.reply.id)
    (other,) = replies.add(desk, None, [mail(tmp_path, subject=ref, text="拒绝。")], on=None)
    assert not other.already  # an id alone keeps no other words out


def test_a_file_of_another_case_is_kept_there_too_and_said(desk: Desk, tmp_path: Path) -> None:
    first = begun(desk)
    second = case(desk).case.ref
    label = answer(desk, first, tmp_path, "两件一并答复。").reply.label
    taken = answer(desk, second, tmp_path, "两件一并答复。")
    assert (taken.already, taken.reply.ref) == (False, second)
    assert f"The same is kept as {label} too." in said(taken.notices)


def test_what_waits_in_the_inbox_is_put_with_the_case_and_not_added(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    answer(desk, None, tmp_path, "无主。")
    taken = answer(desk, ref, tmp_path, "无主。")
    assert taken.already
    assert f"pirights inbox assign I1 {ref}" in said(taken.notices)


def test_the_same_words_on_another_day_are_another_message(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    path = tmp_path / "短信.txt"
    path.write_text("正在处理。", encoding="utf-8")
    for day in (date(2026, 11, 22), TODAY, TODAY):
        replies.add(desk, ref, [path], on=day)
    assert [reply.on for reply, _ in replies.show(desk, ref)] == [date(2026, 11, 22), TODAY]


def test_the_same_words_in_answer_to_a_later_letter_are_another_message(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    first = answer(desk, ref, tmp_path, "不予提供。").reply.label
    _, letter = desk.letter(ref)
    with desk.vault.change(now=desk.now) as change:
        change.add(replace(letter, id=0, number=3))
    taken = answer(desk, ref, tmp_path, "不予提供。")
    assert (taken.already, taken.reply.label) == (False, f"{ref}/4")
    assert f"The same is kept as {first} too." in said(taken.notices)
    assert answer(desk, ref, tmp_path, "不予提供。").reply.label == f"{ref}/4"


def test_what_was_voided_can_be_added_anew(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    label = answer(desk, ref, tmp_path, "答复。").reply.label
    put_right.done(desk, put_right_replies.void(desk, label, because="放错了"))
    assert not answer(desk, ref, tmp_path, "答复。").already


def test_a_pdf_or_picture_is_kept_and_left_to_a_person_to_read(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "答复函.pdf"
    path.write_bytes(b"%PDF-1.7 not read here")
    (taken,) = replies.add(desk, begun(desk), [path], on=None)
    assert taken.reply.kind is ReplyKind.UNKNOWN
    assert taken.reply.reasons == ()
    assert "Only a person can read 答复函.pdf." in said(taken.notices)
    assert taken.reply.text == ""
    assert taken.attachments[0].media_type == "application/pdf"


def deep(depth: int = 60) -> bytes:
    """A mail of parts within parts."""
    return b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (at, at) for at in range(depth)
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (deep(), "parts within parts"),
        (b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\n\n" * 1_100, "1000 parts"),
        (b"X: y\n" * 20_001 + b"\nhello", "20000 header lines"),
        (b"From: a@b\n\n" + bytes(SIZE_LIMIT), "64 MiB"),
    ],
)
def test_a_mail_over_a_limit_is_kept_and_left_to_a_person_to_read(
    desk: Desk, tmp_path: Path, data: bytes, why: str
) -> None:
    path = tmp_path / "答复.eml"
    path.write_bytes(data)
    (taken,) = replies.add(desk, begun(desk), [path], on=None)
    assert taken.reply.kind is ReplyKind.UNKNOWN
    assert taken.reply.text == ""
    (notice,) = [text for text in said(taken.notices).splitlines() if "was not read" in text]
    assert why in notice
    assert "答复.eml is kept" in notice
    assert taken.attachments[0].sha256 == sha256(data).hexdigest()


def test_a_text_is_kept_whole_and_its_beginning_is_read(desk: Desk, tmp_path: Path) -> None:
    taken = answer(desk, begun(desk), tmp_path, "已" * (TEXT_LIMIT + 9))
    assert taken.reply.text == "已" * TEXT_LIMIT
    assert taken.attachments[0].size == 3 * (TEXT_LIMIT + 9)


@pytest.mark.parametrize("broken", ["missing.eml", "empty.eml", "folder.eml"])
def test_one_file_that_cannot_be_taken_keeps_all_out(
    desk: Desk, tmp_path: Path, broken: str
) -> None:
    ref = begun(desk)
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "folder.eml").mkdir()
    before = kinds(desk)
    with pytest.raises(BadInput, match=broken.partition(".")[0]):
        replies.add(desk, ref, [mail(tmp_path), tmp_path / broken], on=None)
    assert desk.vault.count(Reply) == 0
    assert kinds(desk) == before


def test_a_reply_before_its_letter_is_remarked_and_kept(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    (taken,) = replies.add(desk, ref, [mail(tmp_path)], on=date(2026, 11, 20))
    assert said(taken.notices) == (
        "It came in on 2026-11-20, before the letter's own date, 2026-11-21."
    )
    assert taken.reply.on == date(2026, 11, 20)


def test_a_reply_to_a_letter_that_was_never_sent_is_remarked(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    assert said(answer(desk, ref, tmp_path, ACKNOWLEDGED).notices) == (
        f"Case {ref} has no letter that was sent."
    )


def test_a_reply_to_a_closed_case_is_kept_and_says_how_to_take_it_up(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    cases.close(desk, ref, outcome=Outcome.REFUSED)
    taken = answer(desk, ref, tmp_path, ACKNOWLEDGED)
    assert f"pirights case reopen {ref}" in said(taken.notices)


def test_a_reply_did_not_come_tomorrow(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="in the future"):
        replies.add(desk, begun(desk), [mail(tmp_path)], on=date(2026, 11, 24))


def test_replies_are_shown_by_case_by_message_and_by_inbox(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    answer(desk, None, tmp_path, ACKNOWLEDGED, "lost.txt")
    answer(desk, ref, tmp_path, "已收到。", "found.txt")
    assert [reply.label for reply, _ in replies.show(desk, ref)] == [f"{ref}/2"]
    assert [reply.label for reply, _ in replies.show(desk, "i1")] == ["I1"]
    with pytest.raises(NotFound, match="has no such reply"):
        replies.show(desk, f"{ref}/1")
    with pytest.raises(NotFound, match="no I9"):
        replies.show(desk, "I9")
    for label in ("I9999999999999999999999", "I0", "Ix"):
        with pytest.raises(BadInput, match="the label of a message in the inbox"):
            replies.show(desk, label)


def test_control_characters_of_a_mail_are_data_and_do_no_harm(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "逃.eml"
    path.write_bytes(
        b"From: \x1b[31mx@park.example\nSubject: =?utf-8?b?G1szMW0=?=\n\n\x1b[2J hello\x00\n"
    )
    (taken,) = replies.add(desk, begun(desk), [path], on=None)
    for text in (taken.reply.sender, taken.reply.subject, taken.reply.text):
        assert "\x1b" not in text
    assert b"".join(desk.vault.chunks(taken.attachments[0])) == path.read_bytes()


def test_a_mail_of_outlook_finds_its_case_and_is_kept_byte_for_byte(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    path = tmp_path / "答复.MSG"
    path.write_bytes(
        outlook_file.mail(
            {
                outlook_child.SUBJECT: f"回复 {ref}",
                outlook_child.SENDER_SMTP: "privacy@park.example",
                outlook_child.BODY: ACKNOWLEDGED,
            },
            times={outlook_child.DELIVERED: outlook_file.ticks(1795315800)},
        )
    )
    (taken,) = replies.add(desk, None, [path], on=None)
    assert (taken.reply.ref, taken.reply.on) == (ref, date(2026, 11, 22))
    assert taken.reply.kind is ReplyKind.ACKNOWLEDGEMENT
    assert b"".join(desk.vault.chunks(taken.attachments[0])) == path.read_bytes()


def test_a_mail_of_outlook_that_cannot_be_read_is_kept_and_told(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "答复.msg"
    path.write_bytes(b"no such thing")
    (taken,) = replies.add(desk, begun(desk), [path], on=None)
    assert "答复.msg is kept, but it was not read" in said(taken.notices)
    path.write_bytes(outlook_file.mail({outlook_child.SUBJECT: "回复"}))
    (taken,) = replies.add(desk, taken.reply.ref, [path], on=None)
    assert "no text that can be read without Outlook" in said(taken.notices)


def test_a_kind_is_a_suggestion_until_a_person_says_so(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    reply = answer(desk, ref, tmp_path, "您的请求不予支持。").reply
    assert (reply.kind, reply.is_confirmed) == (ReplyKind.REFUSED, False)
    done = put_right_replies.confirm(desk, reply.label)
    assert (done.kind, done.confirmed_on, done.reasons) == (ReplyKind.REFUSED, TODAY, reply.reasons)
    assert desk.vault.get(Reply, reply.id) == done
    assert kinds(desk)[-1] == "reply.confirmed"
    with pytest.raises(NotNextStep, match="is confirmed already"):
        put_right_replies.confirm(desk, reply.label)


def test_only_one_reply_that_suggests_something_is_confirmed(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    unclear = answer(desk, ref, tmp_path, "你好，请问是哪位？", "1.txt").reply
    with pytest.raises(NotNextStep, match="was not found in its words"):
        put_right_replies.confirm(desk, unclear.label)
    answer(desk, ref, tmp_path, ACKNOWLEDGED, "2.txt")
    with pytest.raises(BadInput, match="names several messages"):
        put_right_replies.confirm(desk, ref)
    with pytest.raises(NotFound):
        put_right_replies.confirm(desk, f"{ref}/9")


def test_who_names_the_kind_has_confirmed_it(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    path = tmp_path / "扫描.pdf"
    path.write_bytes(b"%PDF-1.7 not read here")
    (taken,) = replies.add(desk, ref, [path], on=None, kind=ReplyKind.REFUSED)
    assert (taken.reply.kind, taken.reply.confirmed_on) == (ReplyKind.REFUSED, TODAY)
    reply = answer(desk, ref, tmp_path, ACKNOWLEDGED).reply
    right = put_right_replies.Right(kind=ReplyKind.EXTENDED)
    act = put_right_replies.correct(desk, reply.label, right, because="看过了")
    put_right.done(desk, act)
    after = desk.vault.get(Reply, reply.id)
    assert (after.kind, after.is_confirmed) == (ReplyKind.EXTENDED, True)


def test_the_files_that_hang_on_a_mail_are_named(desk: Desk, tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"] = "privacy@park.example"
    made.set_content(ACKNOWLEDGED)
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="答复函.pdf")
    made.add_attachment(b"12345", maintype="image", subtype="png", filename="a.png")
    path = tmp_path / "答复.eml"
    path.write_bytes(made.as_bytes())
    (taken,) = replies.add(desk, begun(desk), [path], on=None)
    assert [(one.name, one.media_type, one.size) for one in replies.hanging(desk, taken.reply)] == [
        ("答复函.pdf", "application/pdf", 8),
        ("a.png", "image/png", 5),
    ]
    text = answer(desk, taken.reply.ref, tmp_path, ACKNOWLEDGED).reply
    assert replies.hanging(desk, text) == ()


def test_who_puts_a_mail_where_it_does_not_belong_is_told(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    path = mail(tmp_path, subject=f"关于 {UNKNOWN} 的回复", text="您好。")
    (taken,) = replies.add(desk, None, [path], on=None)
    done = replies.assign(desk, taken.reply.id, ref)
    assert f"{done.reply.label} names {UNKNOWN}, not {ref}" in said(done.notices)
    assert "moves it" not in said(done.notices)  # nobody knows that case here
    other = begun(desk)
    path = mail(tmp_path, subject=f"{other} {UNKNOWN}", text="您好。", name="又.eml")
    (taken,) = replies.add(desk, None, [path], on=None)
    waiting = put_back(desk, taken.reply.label)
    done = replies.assign(desk, waiting.id, ref)
    assert f"reply correct {done.reply.label} --to {other}" in said(done.notices)


def test_who_puts_a_mail_where_it_says_or_does_not_say_is_told_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    named = f"{ref} 与 {UNKNOWN}"
    quoted = f"您好。\n> 编号 {UNKNOWN}"
    for number, text in enumerate((named, quoted, "您好。")):
        (taken,) = replies.add(
            desk, None, [mail(tmp_path, text=text, name=f"{number}.eml")], on=None
        )
        reply = taken.reply if not taken.reply.ref else put_back(desk, taken.reply.label)
        assert "names" not in said(replies.assign(desk, reply.id, ref).notices)


def put_back(desk: Desk, label: str) -> Reply:
    to_inbox = put_right_replies.Right(to=put_right_replies.INBOX)
    put_right.done(desk, put_right_replies.correct(desk, label, to_inbox, because="放回"))
    return replies.inbox(desk)[0]
