"""Parts that lie about themselves in ways the standard parser trips over."""

import random
from email.message import EmailMessage

import pytest

from pirights.errors import BadInput
from pirights.mail.parse import parse

CUT = "; ".join(f"{name}*{at}*=utf-8''x" for name in ("boundary", "charset") for at in (0, 1, 1))
NO_NUMBER = "boundary=b; name*=utf-8''x; name*0*=x; charset*0*=x; charset*=gbk''x"
BASE64 = "Content-Transfer-Encoding: base64"

HOSTILE = (
    f"Content-Type: text/plain; {CUT}; a*0*=x; a*=y\r\n\r\n您好",
    f"Content-Type: multipart/mixed; {NO_NUMBER}; boundary*=x''b; boundary*0=b\r\n\r\n--b\r\n\r\n",
    f"Content-Type: multipart/report; report-type*=x; report-type*0*=y; {NO_NUMBER}\r\n\r\n您好",
    "Content-Disposition: attachment; filename*=x; filename*0*=y; filename*=z\r\n\r\n您好",
    "Content-Disposition: attachment; filename*0*=utf-16''%ff; filename*1=y\r\n\r\n您好",
    'Content-Type: text/plain; charset="undefined"\r\n\r\n\x80您好',
    f"Content-Type: text/plain; charset=utf-16\r\n{BASE64}\r\n\r\neJwDAAAAAAEtLS0t\r\n",
    "Content-Transfer-Encoding: uuencode\r\n\r\nbegin 666 x\r\n\x80\x80\r\nend\r\n",
    f"From: {'a:' * 4000}\r\nTo: {'(' * 4000}\r\nDate: Thu, 99 Foo 99999999999 25:61:61\r\n\r\nx",
)


@pytest.mark.parametrize("mail", HOSTILE)
def test_a_mail_that_lies_about_its_parts_is_read_all_the_same(mail: str) -> None:
    assert parse(mail.encode()).text is not None


def test_a_charset_in_the_form_of_rfc_2231_is_understood() -> None:
    body = "您好".encode("gb18030")
    assert parse(b"Content-Type: text/plain; charset*=us-ascii''gbk\r\n\r\n" + body).text == "您好"


def test_what_stands_behind_broken_parameters_is_still_read() -> None:
    read = parse(f"Content-Type: text/plain; a*=x''y; a*0*=x''y; {CUT}\r\n\r\n您好".encode())
    assert read.text == "您好"


def samples() -> list[bytes]:
    whole = EmailMessage()
    whole["From"] = "示例公司法务 <privacy@example.com>"
    whole["To"] = "张三 <zhang@example.org>"
    whole["Subject"] = "关于您的请求的答复"
    whole["Date"] = "Fri, 20 Nov 2026 10:00:00 +0800"
    whole["References"] = "<a@b> <c@d>"
    whole.set_content("您好：\n已收到。")
    whole.add_alternative("<p>您好</p>", subtype="html")
    whole.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="答复.pdf")
    whole.add_attachment(whole["Subject"], filename="a.txt")
    return [whole.as_bytes(), *(mail.encode() for mail in HOSTILE)]


def mutated(seed: int) -> bytes:
    """A sample with some of its octets changed, doubled, dropped or moved."""
    chance = random.Random(seed)  # noqa: S311 (the same mails in every run)
    found = samples()
    mail = bytearray(chance.choice(found))
    words = (
        b"*0*=",
        b"*=",
        b"charset=",
        b"utf-16",
        b'"',
        b";",
        b"=?utf-16?B?",
        b"\r\n\r\n",
        b"--b",
    )
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(mail) + 1)
        act = chance.randrange(4)
        if act == 0:
            mail[at : at + 1] = bytes([chance.randrange(256)])
        elif act == 1:
            mail[at:at] = chance.choice(words)
        elif act == 2:
            del mail[at : at + chance.randrange(9)]
        else:
            other = chance.choice(found)
            begin = chance.randrange(len(other))
            mail[at:at] = other[begin : begin + chance.randrange(80)]
    return bytes(mail)


@pytest.mark.parametrize("round_", range(10))
def test_no_mutation_of_a_mail_is_worse_than_refused(round_: int) -> None:
    for seed in range(50 * round_, 50 * round_ + 50):
        try:
            parse(mutated(seed))
        except BadInput:
            continue
