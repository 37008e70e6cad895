"""`reply add` with an mbox: what concerns a case is taken, once, and told."""

from pathlib import Path

import pytest

from pirights.errors import BadInput
from pirights.workflow import directory, mailbox_file, replies
from pirights.workflow.desk import Desk
from pirights.workflow.mailbox_file import Emptied
from tests.workflow.office import begun, said, sent

LINE = "From x@y Sun Nov 22 10:00:00 2026\n"
PARK = "privacy@park.example"


@pytest.fixture
def ref(desk: Desk) -> str:
    found = begun(desk)
    directory.edit_handler(desk, 1, {"email": PARK})
    sent(desk, found)
    return found


def mail(number: int, sender: str = PARK, text: str = "您好，已收到您的请求。") -> str:
    return (
        f"From: {sender}\nSubject: Re\nMessage-ID: <{number}@x>\n"
        "Date: Sun, 22 Nov 2026 10:00:00 +0800\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    )


def box(folder: Path, *mails: str, name: str = "往来.mbox") -> Path:
    path = folder / name
    path.write_text("\n".join(LINE + one for one in mails), encoding="utf-8", newline="\n")
    return path


def add(desk: Desk, path: Path, ref: str | None = None, *, everything: bool = False) -> Emptied:
    assert mailbox_file.is_mbox(path)
    return mailbox_file.add(desk, ref, path, on=None, everything=everything, tell=lambda _: None)


def advertised(first: int, count: int) -> list[str]:
    return [mail(one, "news@shop.example", f"Sale {one}") for one in range(first, first + count)]


def test_of_many_only_what_concerns_a_case_is_taken_byte_for_byte(
    desk: Desk, ref: str, tmp_path: Path
) -> None:
    theirs, named = mail(1), mail(2, "law@office.example", f"From now on: {ref}\n>From us")
    others = advertised(10, mailbox_file.FEW + 1)
    done = add(desk, box(tmp_path, theirs, *others, named))
    assert [one.reply.ref for one in done.taken] == [ref, ""]
    assert (done.already, done.strangers) == (0, mailbox_file.FEW + 1)
    kept = [b"".join(desk.vault.chunks(one.attachments[0])) for one in done.taken]
    assert kept == [theirs.encode(), named.encode()]


def test_a_few_that_concern_no_case_go_into_the_inbox(desk: Desk, ref: str, tmp_path: Path) -> None:
    few = advertised(10, mailbox_file.FEW - 1)
    path = box(tmp_path, few[0], mail(1), *few)
    done = add(desk, path)
    assert [one.reply.ref for one in done.taken] == [ref, *[""] * len(few)]
    assert (done.already, done.strangers) == (1, 0)
    assert len(replies.inbox(desk)) == len(few)
    again = add(desk, path)
    assert (again.taken, again.already, again.strangers) == ([], len(few) + 2, 0)


def test_many_go_into_the_inbox_only_if_all_are_wanted(
    desk: Desk, ref: str, tmp_path: Path
) -> None:
    path = box(tmp_path, mail(1), *advertised(10, mailbox_file.FEW + 1))
    assert len(add(desk, path).taken) == 1
    assert replies.inbox(desk) == []
    done = add(desk, path, everything=True)
    assert (len(done.taken), done.already, done.strangers) == (mailbox_file.FEW + 1, 1, 0)
    assert {one.reply.ref for one in done.taken} == {""}
    assert len(replies.show(desk, ref)) == 1


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        ("您好，已收到您的请求。\n".encode(), "no mail begins where it begins"),
        (b"From the sea\n\nwe came\n", "no mail begins where it begins"),
    ],
)
def test_what_is_no_mailbox_is_refused_with_the_reason(
    desk: Desk, ref: str, tmp_path: Path, octets: bytes, reason: str
) -> None:
    path = tmp_path / "往来.mbox"
    path.write_bytes(octets)
    with pytest.raises(BadInput, match=reason):
        add(desk, path, ref)
    assert replies.inbox(desk) == []


def test_one_mail_without_a_line_before_it_is_a_mailbox(
    desk: Desk, ref: str, tmp_path: Path
) -> None:
    path = tmp_path / "一封.mbox"
    path.write_text(mail(1), encoding="utf-8", newline="\n")
    assert [one.reply.ref for one in add(desk, path).taken] == [ref]


def test_all_are_taken_where_the_case_is_named(desk: Desk, ref: str, tmp_path: Path) -> None:
    done = add(desk, box(tmp_path, mail(1), mail(3, "news@shop.example")), ref)
    assert [one.reply.ref for one in done.taken] == [ref, ref]
    later = add(desk, box(tmp_path, mail(4, "news@shop.example", "Sale"), name="later.mbox"))
    assert [one.reply.ref for one in later.taken] == [""]  # nobody has looked at each of them


def test_a_second_run_takes_nothing_twice(desk: Desk, ref: str, tmp_path: Path) -> None:
    path = box(tmp_path, mail(1), mail(2), mail(1))
    first = add(desk, path)
    assert (len(first.taken), first.already) == (2, 1)
    again = add(desk, path)
    assert (len(again.taken), again.already) == (0, 3)
    assert len(replies.show(desk, ref)) == 2


def test_a_mail_dated_before_the_request_is_told(desk: Desk, ref: str, tmp_path: Path) -> None:
    old = mail(1, text=f"关于 {ref}").replace("22 Nov", "01 Nov")
    (taken,) = add(desk, box(tmp_path, old)).taken
    assert "before the letter's own date" in said(taken.notices)


def test_a_file_that_is_gone_is_named(desk: Desk, ref: str, tmp_path: Path) -> None:
    del ref
    with pytest.raises(BadInput, match=r"gone\.mbox cannot be read"):
        mailbox_file.add(desk, None, tmp_path / "gone.mbox", on=None, tell=lambda _: None)


def test_a_mailbox_without_an_ending_is_known_by_its_beginning(tmp_path: Path) -> None:
    assert mailbox_file.is_mbox(box(tmp_path, mail(1), name="Inbox"))
    (tmp_path / "notes").write_text("From the sea\n\nwe came", encoding="utf-8")
    assert not mailbox_file.is_mbox(tmp_path / "notes")
    assert not mailbox_file.is_mbox(tmp_path / "missing")
