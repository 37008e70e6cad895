"""Mails out of an mbox, whatever state its `From ` lines are in."""

import mailbox
import tracemalloc
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.mail import mbox
from pirights.mail.parse import SIZE_LIMIT

LINE = b"From a@park.example Sun Nov 22 10:00:00 2026\n"
MAIL = b"From: a@park.example\nSubject: x\n\nhello\n"


def split(data: bytes) -> list[bytes]:
    return [piece.octets for piece in mbox.mails(BytesIO(data))]


def test_the_mails_of_a_file_come_one_by_one_octet_for_octet() -> None:
    other = MAIL.replace(b"hello", b"again\n\n\nand on")
    assert split(LINE + MAIL + b"\n" + LINE + other + b"\n") == [MAIL, other]


def test_lines_that_end_in_cr_lf_are_kept_so() -> None:
    mail = MAIL.replace(b"\n", b"\r\n")
    line = LINE.replace(b"\n", b"\r\n")
    assert split(line + mail + b"\r\n" + line + mail) == [mail, mail]


@pytest.mark.parametrize(
    "text",
    [
        b"From now on we delete faces.\n",
        b"\nFrom Monday: closed\nplease come later\n",
        b"\nFrom the company\n\nMore: words\n",
        b">From here\n",
        b"\nFrom a@b Sun Nov 22 10:00:00 2026\nhello there\n",
    ],
)
def test_a_line_of_text_that_begins_with_from_divides_nothing(text: bytes) -> None:
    mail = MAIL + text + b"the end\n"
    assert split(LINE + mail + b"\n" + LINE + MAIL) == [mail, MAIL]


@pytest.mark.parametrize(
    "line",
    [
        b"From \n",
        b"From ???@??? \n",
        b"From - Sun, 22 Nov 2026 10:00:00 +0800\n",
        b"From MAILER-DAEMON Sun Nov 22 10:00:00 2026 +0800 remote from x\n",
        b"From \xbf\xcd\xb7\xfe <a@b> 2026-11-22\n",
    ],
)
def test_broken_lines_between_mails_divide_all_the_same(line: bytes) -> None:
    assert split(LINE + MAIL + b"\n" + line + MAIL) == [MAIL, MAIL]


def test_no_empty_line_before_a_dated_line_is_no_hindrance() -> None:
    assert split(LINE + MAIL + LINE + MAIL) == [MAIL, MAIL]


@pytest.mark.parametrize("data", [b"", b"\n", LINE, LINE * 3, b"no mail at all", b"From "])
def test_junk_does_not_stop_it(data: bytes) -> None:
    assert b"".join(split(data)) in data.replace(b"\n\n", b"\n") or split(data)


def test_a_file_without_any_line_is_one_mail() -> None:
    assert split(MAIL) == [MAIL]


def test_what_the_standard_library_writes_is_read_back(tmp_path: Path) -> None:
    made = mailbox.mbox(tmp_path / "x.mbox")
    for number in range(20):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "a@park.example", str(number)
        mail.set_content(f"From the {number}\n\nFrom me\n")
        made.add(mail)
    made.close()
    found = split((tmp_path / "x.mbox").read_bytes())
    assert len(found) == 20
    assert all(f"Subject: {number}".encode() in one for number, one in enumerate(found))


def test_a_mail_over_the_limit_is_cut_and_named_and_the_next_one_comes() -> None:
    huge = b"From: a@b\n\n" + (b"x" * 1023 + b"\n") * (SIZE_LIMIT // 1024 + 10)
    one, other = mbox.mails(BytesIO(LINE + huge + b"\n" + LINE + MAIL))
    assert (one.is_cut, len(one.octets)) == (True, SIZE_LIMIT)
    assert (other.is_cut, other.octets, other.number) == (False, MAIL, 2)


def test_only_one_mail_is_in_memory() -> None:
    class Endless(BytesIO):
        """Twenty thousand mails, made as they are read."""

        left = 20_000
        lines: list[bytes]

        def readline(self, size: int | None = -1, /) -> bytes:
            del size
            if not getattr(self, "lines", None):
                if not self.left:
                    return b""
                self.left -= 1
                self.lines = (LINE + MAIL + b"x" * 3000 + b"\n\n").splitlines(keepends=True)
            return self.lines.pop(0)

    tracemalloc.start()
    assert sum(1 for _ in mbox.mails(Endless())) == 20_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_no_octets_make_it_fail(head: bytes, tail: bytes) -> None:
    list(mbox.mails(BytesIO(head + b"\nFrom " + tail)))


@pytest.mark.parametrize(
    ("first", "is_one"),
    [
        (LINE + MAIL, True),
        (b"From \nTo: x\n", True),
        (b"From the sea\nwe came", False),
        (MAIL, False),
    ],
)
def test_a_file_is_known_by_its_beginning(first: bytes, is_one: bool) -> None:
    assert mbox.looks_like_mbox(first) is is_one
