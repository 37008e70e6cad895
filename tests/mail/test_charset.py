"""Labels that do not say what the octets are."""

import pytest

from pirights.mail.charset import decoded, header_text

JUNK = (
    b"x\x9c\x03\0\0\0\0\x01----",
    b"",
    b"\xff",
    b"~{\x80\n~",
    b"\x1b$B\xff\xff",
    bytes(range(256)),
)
LABELS = (
    *("utf-16", "utf-32", "utf-16-le", "utf-32-be", "utf-7", "hz", "iso-2022-jp", "big5hkscs"),
    *("undefined", "rot13", "base64", "unicode_escape", "punycode", "idna", "zlib", "x" * 6000),
    *("\0", "Ünïcode", "utf-16\0", "mbcs", "shift_jis", "gb2312", "us-ascii", "johab"),
)


@pytest.mark.parametrize("label", ["utf-16", "UTF-16", "utf-32", "utf_32"])
def test_without_its_byte_order_mark_a_text_is_read_as_big_endian(label: str) -> None:
    assert decoded("人脸 face".encode(f"{label}-be"), label) == "人脸 face"


@pytest.mark.parametrize("label", ["utf-16", "utf-32"])
def test_with_its_byte_order_mark_a_text_is_read_by_it(label: str) -> None:
    assert decoded("人脸 face".encode(label), label) == "人脸 face"


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("octets", JUNK)
def test_no_label_makes_octets_unreadable(octets: bytes, label: str) -> None:
    assert decoded(octets, label) is not None
    assert decoded(octets, label, limit=3) is not None


@pytest.mark.parametrize("label", LABELS)
def test_no_label_makes_a_header_unreadable(label: str) -> None:
    assert header_text(f"=?{label}?B?eJwDAAAAAAEtLS0t?= =?{label}?Q?=ff=00?=") is not None
