"""A letter as a mail that waits: read back by the standard library and by our own reader."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain import reference
from pirights.domain.text import one_line
from pirights.errors import BadInput
from pirights.mail.draft import Draft, Party, new_id, to_bytes
from pirights.mail.parse import parse

REF = "PR-2026-7K3M9QX-C"
TITLE = "个人信息权益行使请求书"
ID = f"<{REF}.1.0123456789abcdef@pirights.invalid>"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PAPER = b"%PDF-1.7\n\x00\xff\r\n--=_\n%%EOF"
DRAFT = Draft(
    sender=Party(name="林知远", address="lin@mail.example"),
    to=Party(name="临安云栖野趣乐园有限公司", address="privacy@park.example"),
    title=TITLE,
    reference=REF,
    on=NOON,
    message_id=ID,
    text="一、请求事项\n1.  查阅\n",
    paper=PAPER,
)


def read(draft: Draft) -> EmailMessage:
    return email.message_from_bytes(to_bytes(draft), policy=email.policy.default)


def drafted(**changes: Any) -> Draft:  # noqa: ANN401 (fields of a draft)
    return replace(DRAFT, **changes)


def test_a_mail_program_finds_a_mail_that_is_not_sent_yet() -> None:
    mail = read(DRAFT)
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"] == f"{TITLE} [{REF}]"
    assert mail["To"].addresses[0].addr_spec == "privacy@park.example"
    assert mail["To"].addresses[0].display_name == "临安云栖野趣乐园有限公司"
    assert mail["From"].addresses[0].addr_spec == "lin@mail.example"
    assert mail["From"].addresses[0].display_name == "林知远"
    assert mail["Message-ID"] == ID
    assert mail["Date"].datetime == NOON
    assert not mail.defects


def test_no_header_tells_more_than_it_must() -> None:
    assert sorted(read(DRAFT).keys()) == sorted(
        ["Content-Type", "MIME-Version", "X-Unsent", "From", "To", "Subject", "Date", "Message-ID"]
    )
    whole = to_bytes(DRAFT).lower()
    for word in (b"python", b"x-mailer", b"user-agent", b"/home", b"/root", b"/tmp"):
        assert word not in whole


def test_it_holds_the_words_and_the_paper() -> None:
    text, paper = read(DRAFT).iter_parts()
    assert isinstance(text, EmailMessage)
    assert text.get_content_type() == "text/plain"
    assert text.get_content_charset() == "utf-8"
    assert text.get_content().replace("\r\n", "\n") == DRAFT.text
    assert isinstance(paper, EmailMessage)
    assert paper.get_content_type() == "application/pdf"
    assert paper.get_content_disposition() == "attachment"
    assert paper.get_filename() == f"{TITLE} {REF}.pdf"
    assert paper.get_content() == PAPER


def test_the_papers_name_is_written_as_rfc_2231_wants_it() -> None:
    assert b"filename*=utf-8''%E4%B8%AA%E4%BA%BA" in to_bytes(DRAFT)
    assert b"filename=" not in to_bytes(DRAFT)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ('a<b>:"c"|d?e*\\f', "a b c d e f"),
        ("长" * 300, "长" * 60),
        ("...", ""),
    ],
)
def test_the_papers_name_is_a_name_everywhere(title: str, name: str) -> None:
    [paper] = read(drafted(title=title)).iter_attachments()
    assert paper.get_filename() == f"{name} {REF}.pdf".strip()


def test_our_own_reader_takes_it_in() -> None:
    mail = parse(to_bytes(drafted(earlier=["<a.1@pirights.invalid>", "<a.2@pirights.invalid>"])))
    assert mail.sender_address == "lin@mail.example"
    assert mail.to == ("临安云栖野趣乐园有限公司 <privacy@park.example>",)
    assert mail.subject == f"{TITLE} [{REF}]"
    assert mail.date == NOON.astimezone(UTC)
    assert mail.message_id == ID
    assert mail.in_reply_to == "<a.2@pirights.invalid>"
    assert mail.references == ("<a.1@pirights.invalid>", "<a.2@pirights.invalid>")
    assert mail.text == DRAFT.text.strip()
    [hanging] = mail.attachments
    assert (hanging.name, hanging.size) == (f"{TITLE} {REF}.pdf", len(PAPER))


def test_a_first_letter_follows_nothing() -> None:
    assert not {"In-Reply-To", "References"} & set(read(DRAFT).keys())


def test_who_has_no_address_is_left_out() -> None:
    nobody = Party(name="某公司", address="")
    mail = read(drafted(sender=nobody, to=nobody))
    assert mail["From"] is None
    assert mail["To"] is None


def test_a_party_without_a_name_is_its_address() -> None:
    mail = read(drafted(to=Party(name="", address="a@b.example")))
    assert str(mail["To"]) == "a@b.example"


def test_the_lines_are_those_of_a_mail_and_the_octets_the_same_every_time() -> None:
    data = to_bytes(drafted(title="长" * 400, earlier=[ID] * 30))
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) < 998
    assert to_bytes(drafted(title="长" * 400, earlier=[ID] * 30)) == data


def test_an_english_subject_stays_readable_unless_it_would_be_decoded() -> None:
    assert f"Subject: Reminder [{REF}]".encode() in to_bytes(drafted(title="Reminder"))
    tricky = "=?utf-8?q?evil?="
    assert read(drafted(title=tricky))["Subject"] == f"{tricky} [{REF}]"


@pytest.mark.parametrize(
    "steering", ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\x00b", "a\u202eb"]
)
@pytest.mark.parametrize("field", ["from", "to", "subject", "reference"])
@pytest.mark.parametrize("part", ["name", "address"])
def test_a_line_break_in_a_field_is_refused(field: str, part: str, steering: str) -> None:
    party = {"name": "甲", "address": "a@b.example", part: steering}
    draft = {
        "from": drafted(sender=Party(**party)),
        "to": drafted(to=Party(**party)),
        "subject": drafted(title=steering),
        "reference": drafted(reference=steering),
    }[field]
    with pytest.raises(BadInput, match=field):
        to_bytes(draft)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "nobody",
            "a@b",
            "a b@c.example",
            "a@b.example, c@d.example",
            "<a@b.example>",
            "@b.example",
        ),
        *("a@b.example>", '"a"@b.example', "见网站", "张@公司.example", "a" * 250 + "@b.example"),
        "a..b@c.example",
    ],
)
def test_what_is_no_address_is_refused_by_name(address: str) -> None:
    with pytest.raises(BadInput, match=r"to: .* is not one e-mail address") as caught:
        to_bytes(drafted(to=Party(name="某公司", address=address)))
    assert caught.value.hint is not None


@pytest.mark.parametrize("wrong", ["", "x", "<a b@c>", "<a@b>\r\nX: y", "<@>"])
def test_what_is_no_id_is_refused(wrong: str) -> None:
    with pytest.raises(BadInput):
        to_bytes(drafted(message_id=wrong))
    with pytest.raises(BadInput):
        to_bytes(drafted(earlier=[ID, wrong]))


def test_a_new_id_names_the_case_and_nobody() -> None:
    made = new_id(f"{REF}/12", "0a1b2c3d4e5f6071")
    assert made == f"<{REF}.12.0a1b2c3d4e5f6071@pirights.invalid>"
    assert reference.find_in(made) == [REF]
    assert to_bytes(drafted(message_id=made))


NAMES = st.text(
    st.one_of(st.sampled_from('"<>@,;:()[]\\=?_ %甲乙𠮷éשא.'), st.characters(codec="utf-8")),
    min_size=1,
    max_size=120,
)


@given(NAMES, NAMES)
def test_whatever_a_name_or_a_title_holds_it_comes_back_or_is_refused(
    name: str, title: str
) -> None:
    draft = drafted(to=Party(name=name, address="a@b.example"), title=title)
    try:
        data = to_bytes(draft)
    except BadInput:
        return
    kept, said = one_line(name, field="to"), one_line(title, field="subject")
    mail = parse(data)
    assert mail.to == (f"{kept} <a@b.example>" if kept else "a@b.example",)
    assert mail.subject == f"{said} [{REF}]".strip()
    assert len(email.message_from_bytes(data).keys()) == 8
