"""Mails as Outlook saves them: read in a locked room, and held to what another reader says."""

import os
import subprocess
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pirights.domain.reply import ReplyKind
from pirights.domain.reply_reading import read
from pirights.errors import BadInput
from pirights.mail import outlook
from pirights.mail import outlook_child as room
from pirights.mail.outlook import parse_outlook
from pirights.reply_phrases import phrases
from tests import needs
from tests.mail import outlook_file
from tests.mail.outlook_file import Entry, compound, ticks

MOMENT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
HEADERS = (
    "Received: from x by y\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n"
    '\tboundary="b"\r\nFrom: =?utf-8?b?5a6i5pyN?= <Privacy@park.example>\r\n'
    "To: lin@mail.example\r\nSubject: =?utf-8?b?5Zue5aSN?=\r\n"
    "Date: Sun, 22 Nov 2026 10:30:00 +0800\r\nMessage-ID: <1@park.example>\r\n"
    "In-Reply-To: <a@pirights.invalid>\r\nReferences: <a@pirights.invalid>\r\n"
)
TEXT = "您好，\r\n已收到您的请求。\r\n"
PROPERTIES: dict[int, str | bytes] = {
    room.CLASS: "IPM.Note",
    room.SUBJECT: "回复",
    room.SENDER_NAME: "客服",
    room.SENDER_ADDRESS: "Privacy@park.example",
    room.MESSAGE_ID: "<1@park.example>",
    room.BODY: TEXT,
}


def test_a_mail_with_its_headers_is_read_as_any_other() -> None:
    mail = parse_outlook(
        outlook_file.mail(
            {**PROPERTIES, room.HEADERS: HEADERS}, files={"答复函.pdf": b"%PDF" * 2000}
        )
    )
    assert mail.sender == "客服 <Privacy@park.example>"
    assert mail.sender_address == "privacy@park.example"
    assert (mail.subject, mail.date) == ("回复", MOMENT)
    assert (mail.message_id, mail.in_reply_to) == ("<1@park.example>", "<a@pirights.invalid>")
    assert mail.references == ("<a@pirights.invalid>",)
    assert mail.text == "您好，\n已收到您的请求。"
    (file,) = mail.attachments
    assert (file.name, file.size) == ("答复函.pdf", 8000)


def test_without_headers_its_properties_speak() -> None:
    times = {room.DELIVERED: ticks(int(MOMENT.timestamp()))}
    mail = parse_outlook(outlook_file.mail(PROPERTIES, times=times))
    assert mail.sender == "客服 <privacy@park.example>"
    assert mail.sender_address == "privacy@park.example"
    assert (mail.subject, mail.date, mail.message_id) == ("回复", MOMENT, "<1@park.example>")


def test_a_mail_of_html_alone_gives_its_words_in_its_own_encoding() -> None:
    page = "<html><body><p>已收到</p><p>您的请求</p></body></html>"
    told = {**PROPERTIES, room.HTML: page.encode("gbk")}
    del told[room.BODY]
    mail = parse_outlook(outlook_file.mail(told, numbers={room.HTML_CODEPAGE: 936}))
    assert mail.text == "已收到\n您的请求"


def test_an_address_within_a_company_is_none() -> None:
    told = {**PROPERTIES, room.SENDER_ADDRESS: "/O=PARK/OU=X/CN=KEFU"}
    assert parse_outlook(outlook_file.mail(told)).sender_address == ""
    told[room.SENDER_SMTP] = "kefu@park.example"
    assert parse_outlook(outlook_file.mail(told)).sender_address == "kefu@park.example"


@pytest.mark.parametrize(
    ("kind", "seems"),
    [
        ("REPORT.IPM.Note.NDR", ReplyKind.BOUNCED),
        ("REPORT.IPM.Note.DR", ReplyKind.AUTO_REPLY),
        ("REPORT.IPM.Note.IPNRN", ReplyKind.AUTO_REPLY),
        ("IPM.Note", ReplyKind.ACKNOWLEDGEMENT),
    ],
)
def test_a_report_is_known_by_its_class(kind: str, seems: ReplyKind) -> None:
    mail = parse_outlook(outlook_file.mail({**PROPERTIES, room.CLASS: kind}))
    assert read(mail.subject, mail.text, mail.headers, phrases()).kind is seems


def test_what_could_steer_a_terminal_is_shown_harmless() -> None:
    told = {**PROPERTIES, room.SUBJECT: "\x1b[31m回复\u202e", room.SENDER_NAME: "a\r\nBcc: x@y"}
    mail = parse_outlook(outlook_file.mail(told, files={"..\\..\\etc\\passwd\x1b": b"x"}))
    shown = mail.sender + mail.subject + mail.attachments[0].name
    assert not [one for one in shown if one < " " or one == "\u202e"]
    assert mail.attachments[0].name.startswith("passwd")


@pytest.mark.parametrize(
    "data", [b"", b"x", b"From: a@b\n\nhello", bytes.fromhex("d0cf11e0a1b11ae1")]
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="not a mail as Outlook saves it"):
        parse_outlook(data)


def test_tables_that_lie_cost_no_more_than_the_room_has(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = outlook_file.mail({**PROPERTIES, room.BODY: "长" * 200_000})
    loops = bytearray(whole)
    for place in range(512, len(loops) - 4, 4):  # every sector follows the first
        if loops[place + 2 : place + 4] == b"\0\0" and loops[place : place + 2] != b"\0\0":
            loops[place : place + 4] = b"\1\0\0\0"
    monkeypatch.setattr(outlook, "_CPU_SECONDS", 2)
    try:
        parse_outlook(bytes(loops))
    except BadInput as refused:
        assert "Outlook" in str(refused)  # noqa: PT017 (either way is right, an endless one is not)


def test_an_empty_mail_is_empty() -> None:
    mail = parse_outlook(compound(Entry("Root Entry", inner=[Entry("x", b"y")])))
    assert (mail.sender, mail.subject, mail.text, mail.date) == ("", "", "", None)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 9_000), st.binary(min_size=1, max_size=40))
def test_octets_put_anywhere_break_nothing(place: int, junk: bytes) -> None:
    whole = bytearray(outlook_file.mail({**PROPERTIES, room.HEADERS: HEADERS}))
    place %= len(whole)
    whole[place : place + len(junk)] = junk
    try:
        parse_outlook(bytes(whole))
    except BadInput:
        return


@needs.program("msgconvert")
def test_another_reader_of_such_files_says_the_same(tmp_path: Path) -> None:
    data = outlook_file.mail(
        {**PROPERTIES, room.HEADERS: HEADERS}, files={"reply.pdf": b"%PDF" * 2000}
    )
    (tmp_path / "a.msg").write_bytes(data)
    subprocess.run(
        ["msgconvert", "a.msg"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"]},
    )
    theirs = message_from_bytes((tmp_path / "a.eml").read_bytes())
    ours = parse_outlook(data)
    assert theirs["Message-ID"] == ours.message_id
    assert theirs["In-Reply-To"] == ours.in_reply_to
    names = [part.get_filename() for part in theirs.walk() if part.get_filename()]
    assert names == [one.name for one in ours.attachments]
    words = next(part for part in theirs.walk() if part.get_content_type() == "text/plain")
    said = words.get_payload(decode=True)
    assert isinstance(said, bytes)
    assert said.decode().split() == ours.text.split()
