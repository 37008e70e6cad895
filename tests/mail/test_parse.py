"""Mails as mailers write them, and as attackers do."""

import base64
import time
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.errors import BadInput
from pirights.mail import parse as mail_parse
from pirights.mail.parse import Mail, MailFile, parse

HOSTILE_SECONDS = 5


def mail(headers: str, body: str | bytes = b"") -> bytes:
    octets = body if isinstance(body, bytes) else body.encode()
    return headers.replace("\n", "\r\n").encode() + b"\r\n\r\n" + octets


def multipart(*parts: bytes, kind: str = "mixed", extra: str = "") -> bytes:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return (
        f'Content-Type: multipart/{kind}; boundary="b"{extra}\r\n\r\n'.encode()
        + body
        + b"--b--\r\n"
    )


def test_an_ordinary_mail_is_read() -> None:
    message = EmailMessage()
    message["From"] = "示例公司法务 <Privacy@Example.COM>"
    message["To"] = "张三 <zhang@example.org>, li@example.org"
    message["Subject"] = "关于您的请求的答复 [PR-2026-7K3M9QX-C]"
    message["Date"] = "Fri, 20 Nov 2026 10:00:00 +0800"
    message["Message-ID"] = "<a1@example.com>"
    message["In-Reply-To"] = "<sent.1@pirights.invalid>"
    message["References"] = "<sent.0@pirights.invalid> <sent.1@pirights.invalid>"
    message.set_content("您好：\n已收到您的请求。\n")
    message.add_attachment(
        b"%PDF-1.7 x",
        maintype="application",
        subtype="pdf",
        filename="答复函.pdf",
    )
    read = parse(message.as_bytes())
    assert read.sender == "示例公司法务 <Privacy@Example.COM>"
    assert read.sender_address == "privacy@example.com"
    assert read.to == ("张三 <zhang@example.org>", "li@example.org")
    assert read.subject == "关于您的请求的答复 [PR-2026-7K3M9QX-C]"
    assert read.date == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    assert read.message_id == "<a1@example.com>"
    assert read.in_reply_to == "<sent.1@pirights.invalid>"
    assert read.references == ("<sent.0@pirights.invalid>", "<sent.1@pirights.invalid>")
    assert read.text == "您好：\n已收到您的请求。"
    assert read.attachments == (MailFile(name="答复函.pdf", media_type="application/pdf", size=10),)


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030", "x-gbk", "GB2312_CHARSET", ""])
def test_chinese_octets_are_read_whatever_they_are_called(charset: str) -> None:
    # 喆 and 镕 are in GBK, not in GB 2312; 㐂 only in GB 18030.
    text = "朱镕喆先生：我司未存储您的人脸信息。"
    typed = f"; charset={charset}" if charset else ""
    data = mail(f"Content-Type: text/plain{typed}", text.encode("gb18030"))
    assert parse(data).text == text


def test_raw_octets_in_a_header_are_read() -> None:
    data = "Subject: 关于请求的答复\r\nFrom: 某公司 <a@b.cn>\r\n\r\nx".encode("gb18030")
    assert parse(data).subject == "关于请求的答复"
    assert parse(data).sender == "某公司 <a@b.cn>"
    assert parse(data.decode("gb18030").encode()).subject == "关于请求的答复"


def test_encoded_words_that_tear_a_character_are_joined() -> None:
    octets = "答复函".encode("gb18030")
    words = " ".join(
        f"=?gb2312?B?{base64.b64encode(piece).decode()}?=" for piece in (octets[:3], octets[3:])
    )
    assert parse(mail(f"Subject: {words}")).subject == "答复函"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("=?utf-8?b?not base64!?=", "=?utf-8?b?not base64!?="),
        ("=?no-such-charset?q?abc?=", "abc"),
        ("=?utf-8?q?=ff=fe?= x", "��� x"),
        ("=?zlib?q?abc?=", "abc"),
        ("=?utf-8?q?a=1b[31mb=0d=0aBcc=3a?=", r"a\x1b[31mb\x0d\x0aBcc:"),
        ("a =?utf-8?q?=E2=80=AEb?=", r"a \u202eb"),
        ("答复 =?utf-8?q?x?=", "答复 x"),
        ("=?=?=?=?", "=?=?=?=?"),
        ("", ""),
    ],
)
def test_junk_in_a_subject_is_shown_and_never_acts(subject: str, expected: str) -> None:
    read = parse(mail(f"Subject: {subject}")).subject
    if "�" in expected:
        assert read.endswith(" x")
    else:
        assert read == expected
    assert read.isprintable()


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "Fri, 20 Nov 99999 10:00:00 +0800",
        "Fri, 20 Nov 1025 10:00:00 +0800",
        "Fri, 20 Nov 2026 10:00:00",
        "Fri, 31 Feb 2026 10:00:00 +0800",
        "Fri, 20 Nov 2026 10:00:00 +9999999",
        "9" * 5000,
    ],
)
def test_a_senseless_date_is_none(date: str) -> None:
    assert parse(mail(f"Date: {date}", "x")).date is None


def test_minus_zero_is_utc() -> None:
    read = parse(mail("Date: Fri, 20 Nov 2026 10:00:00 -0000", "x")).date
    assert read == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert read.utcoffset() == timedelta()


def test_an_address_hidden_in_a_name_is_not_taken() -> None:
    name = Header("boss@example.com <boss@example.com>", "utf-8").encode()
    read = parse(mail(f"From: {name} <a@evil.example>"))
    assert read.sender_address == "a@evil.example"


def test_html_alone_becomes_text() -> None:
    page = (
        "<html><head><title>t</title><style>p{color:red}</style></head><body>"
        "<script>alert('<p>no</p>')</script><!-- 无法提供 --><p>您好：</p>"
        "<div>1 &lt; 2 &amp; 已&nbsp;删除<br>第二行</div><img alt='a>b' src='http://t.example/p.gif'>"
        "<blockquote><p>原信</p></blockquote>完<table><tr><td>一</td><td>二</td></tr></table>"
    )
    read = parse(mail("Content-Type: text/html; charset=utf-8", page))
    assert read.text == "您好：\n1 < 2 & 已 删除\n第二行\n> 原信\n完\n一 二"


def test_plain_text_goes_before_html() -> None:
    data = multipart(
        mail("Content-Type: text/plain; charset=utf-8", "素文"),
        mail("Content-Type: text/html; charset=utf-8", "<p>超文</p>"),
        kind="alternative",
    )
    assert parse(data).text == "素文"


def test_an_empty_plain_text_gives_way_to_html() -> None:
    data = multipart(
        mail("Content-Type: text/plain", "\r\n \r\n"),
        mail("Content-Type: text/html; charset=utf-8", "<p>超文</p>"),
        kind="alternative",
    )
    assert parse(data).text == "超文"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\Users\\\\a\\\\b.pdf"', "b.pdf"),
        ("attachment; filename*=utf-8''%E5%87%BD%1B%5B31m.pdf", r"函\x1b[31m.pdf"),
        ('attachment; filename="=?gb2312?B?tPC4tLqvLnBkZg==?="', "答复函.pdf"),
        ('attachment; filename*0="a"; filename*1="b.pdf"', "ab.pdf"),
        ("attachment; filename*=no-such''%FF", "�"),
        ("attachment", ""),
        ('attachment; filename="' + "x" * 1500 + '"', "x" * 255),
    ],
)
def test_the_name_of_a_file_is_only_a_name(disposition: str, name: str) -> None:
    part = mail(f"Content-Type: application/pdf\nContent-Disposition: {disposition}", "x")
    (file,) = parse(multipart(part)).attachments
    if "�" not in name:
        assert file.name == name
    assert file.name.isprintable()
    assert len(file.name) <= 255


def test_the_signs_of_an_automatic_mail_are_kept() -> None:
    read = parse(
        mail("Auto-Submitted: auto-replied\nX-Autoreply: yes\nPrecedence: bulk\nX-Other: 1")
    )
    assert read.headers == {
        "auto-submitted": "auto-replied",
        "x-autoreply": "yes",
        "precedence": "bulk",
        "content-type": "text/plain",
    }


@pytest.mark.parametrize(
    "returned",
    [
        mail("Content-Type: message/rfc822")
        + mail("Message-ID: <sent.1@pirights.invalid>", "正文"),
        mail("Content-Type: text/rfc822-headers", "Message-ID: <sent.1@pirights.invalid>\r\n"),
    ],
)
def test_a_bounce_gives_the_id_of_the_mail_that_came_back(returned: bytes) -> None:
    data = multipart(
        mail("Content-Type: text/plain; charset=utf-8", "Delivery failed"),
        mail(
            "Content-Type: message/delivery-status", "Reporting-MTA: dns; x\r\n\r\nAction: failed"
        ),
        returned,
        kind="report",
        extra="; report-type=delivery-status",
    )
    read = parse(data)
    assert read.references == ("<sent.1@pirights.invalid>",)
    assert read.headers["report-type"] == "delivery-status"
    assert read.text == "Delivery failed"


def test_a_mail_inside_a_mail_is_a_file_and_not_its_text() -> None:
    inner = mail("Content-Type: message/rfc822") + mail("Subject: s", "我方原信")
    read = parse(multipart(mail("Content-Type: text/plain; charset=utf-8", "答复"), inner))
    assert read.text == "答复"
    assert [file.media_type for file in read.attachments] == ["message/rfc822"]


def test_a_mail_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_parse, "SIZE_LIMIT", 100)
    with pytest.raises(BadInput, match="larger than"):
        parse(b"x" * 101)


def nested(depth: int, head: str = 'Content-Type: multipart/mixed; boundary="{}"') -> bytes:
    opened = "".join(f"{head.format(f'b{n}x')}\r\n\r\n--b{n}x\r\n" for n in range(depth))
    return (opened + "\r\n完\r\n").encode()


@pytest.mark.parametrize(
    "head",
    [
        'Content-Type: multipart/mixed; boundary="{}"',
        'CONTENT-TYPE:\r\n multipart/digest; boundary="{}"',
        "content-type:multipart/alternative;boundary={}",
    ],
)
@pytest.mark.parametrize("depth", [60, 140, 400, 3_000])
def test_parts_within_parts_within_parts_are_refused(depth: int, head: str) -> None:
    with pytest.raises(BadInput, match="parts within parts") as caught:
        parse(nested(depth, head))
    assert caught.value.exit_code == 14


def test_mails_within_mails_are_refused() -> None:
    with pytest.raises(BadInput, match="parts within parts"):
        parse(b"Content-Type: message/rfc822\r\n\r\n" * 3_000 + b"x")


def test_a_modest_nesting_is_read() -> None:
    assert parse(nested(40)).text == "完"


def test_too_many_parts_are_refused() -> None:
    parts = [mail("Content-Type: text/plain", "x")] * 1_001
    with pytest.raises(BadInput, match="more than 1000 parts"):
        parse(multipart(*parts))
    assert len(parse(multipart(*parts[:998])).text) > 998


@pytest.mark.parametrize(
    "data",
    [
        b"From: " + b"(" * 100_000,
        b"From: " + b'"\\' * 100_000,
        b"To: " + b"a@b," * 1_000_000,
        b"Subject: " + b"=?utf-8?q?" * 300_000,
        b"Content-Type: text/plain" + b';"' * 1_000_000,
        b"Content-Type: text/plain" + b"; a*0*=x" * 300_000,
        b"Content-Disposition: attachment; filename" + b"*0=x; filename" * 200_000,
        b"References: " + b"<a@b> " * 1_000_000,
        b"Date: " + b"1" * 1_000_000,
        b"Content-Type: text/html\r\n\r\n" + b"<!--" * 500_000,
        b"Content-Type: text/html\r\n\r\n" + b"<a " * 500_000,
        b"Content-Type: text/html\r\n\r\n" + b'<a ">' * 500_000,
        b"Content-Type: text/html\r\n\r\n" + b"<style>" * 500_000,
        b"Content-Type: text/html\r\n\r\n" + b"<blockquote>" * 200_000,
        b"Content-Type: text/html\r\n\r\n&#" + b"9" * 500_000 + b";",
        b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" * 500_000,
        b"Content-Type: text/plain; charset=idna\r\n\r\n" + b"xn--" * 500_000,
        b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\n" + b"M" * 1_000_000,
        b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=A" * 1_000_000,
        b"Content-Type: multipart/mixed; boundary="
        + b"x" * 1_000
        + b"\r\n\r\n"
        + b"--\r\n" * 300_000,
    ],
)
def test_a_mail_made_to_be_slow_is_read_in_its_time(data: bytes) -> None:
    start = time.process_time()
    read = parse(data)
    assert time.process_time() - start < HOSTILE_SECONDS
    assert len(read.text) <= 10 * mail_parse.TEXT_LIMIT


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"X: y\r\n" * 300_000, "header lines"),
        (b"\n" * 30_000_000, "lines"),
        (nested(100) + b"\r" * 10_000_000, "lines"),
    ],
)
def test_a_mail_of_too_many_lines_is_refused_at_once(data: bytes, problem: str) -> None:
    start = time.process_time()
    with pytest.raises(BadInput, match=f"more than .* {problem}"):
        parse(data)
    assert time.process_time() - start < HOSTILE_SECONDS


def test_a_long_text_is_cut_and_says_so() -> None:
    read = parse(mail("Content-Type: text/plain; charset=utf-8", "长" * 300_000))
    assert read.cut
    assert read.text == "长" * mail_parse.TEXT_LIMIT


def test_control_characters_of_the_text_are_shown_not_sent() -> None:
    read = parse(mail("Content-Type: text/plain", "a\x1b[31mb\x00c\r\nd\te"))
    assert read.text == "a\\x1b[31mb\\x00c\nd\te"


HEADER_NAMES = st.sampled_from(
    [
        *("From", "To", "Subject", "Date", "Message-ID", "References", "Content-Type"),
        *("Content-Disposition", "Content-Transfer-Encoding", "MIME-Version", "Auto-Submitted"),
    ],
)
HEADERS = st.lists(
    st.tuples(
        HEADER_NAMES,
        st.text(max_size=40)
        | st.sampled_from(
            [
                "multipart/mixed; boundary=b",
                "multipart/report; boundary=b; report-type=x",
                "message/rfc822",
                "text/html; charset=utf-7",
                "base64",
                "quoted-printable",
                "=?gbk?b?yv3X1g==?= <a@b.cn>",
                "attachment; filename*=utf-8''%00%ff",
            ],
        ),
    ),
    max_size=6,
)


@given(
    HEADERS, st.binary(max_size=300) | st.sampled_from([b"--b\r\n\r\nx\r\n--b\r\n", b"--b\r\nX"])
)
def test_no_mail_stops_the_reading(headers: list[tuple[str, str]], body: bytes) -> None:
    head = "\r\n".join(f"{name}: {value}" for name, value in headers)
    read = parse(head.encode("utf-8", errors="surrogatepass") + b"\r\n\r\n" + body)
    assert isinstance(read, Mail)
    for shown in (read.sender, *read.to, read.subject, *(file.name for file in read.attachments)):
        assert not any(ord(character) < 32 for character in shown)


@given(st.binary(max_size=2_000))
def test_any_octets_are_a_mail_of_sorts(data: bytes) -> None:
    assert isinstance(parse(data), Mail)
