"""Reading the octets of a page, and finding what it is made of."""

import time

import pytest

from pirights.evidence import page_parts
from pirights.evidence.page_parts import decoded

WORDS = "隐私政策：朱镕基、㐀"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (WORDS.encode(), "text/html; charset=utf-8"),
        (WORDS.encode(), ""),
        (WORDS.encode("utf-8-sig"), "text/html; charset=gb2312"),
        (WORDS.encode("gb18030"), "text/html; charset=GB2312"),
        (WORDS.encode("gb18030"), "text/html; charset='gbk'"),
        (WORDS.encode("gb18030"), ""),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), "text/html"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "text/html; charset=utf-8"),
    ],
)
def test_chinese_pages_are_read_whatever_they_call_their_encoding(
    data: bytes, content_type: str
) -> None:
    assert decoded(data, content_type) == WORDS


def test_the_pages_own_word_counts_where_the_header_has_none() -> None:
    html = f'<meta charset="gb2312"><p>{WORDS}'
    assert decoded(html.encode("gb18030"), "text/html") == html
    big5 = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>隱私'
    assert decoded(big5.encode("big5"), "text/html") == big5


def test_an_encoding_that_is_none_or_not_safe_is_passed_over() -> None:
    for label in ("nonsense", "utf-7", "rot13", "unicode_escape", "\u00e9", "hex"):
        assert decoded(WORDS.encode(), f"text/html; charset={label}") == WORDS
    assert "\ufffd" in decoded(b"\xff\xff\xff", "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", '<img src="', "<!--", "<!", "</", "<style>", "&", "<img src=x ", "<a b='", "<![",
     "<script>", "url(", "<?", '<img srcset=",,,,"', "<svg><style>url('"],
)  # fmt: skip
def test_a_page_written_to_be_slow_costs_seconds_at_most(piece: str) -> None:
    began = time.monotonic()
    page_parts.of_page(piece * (3_000_000 // len(piece)))
    page_parts.of_style(piece * (3_000_000 // len(piece)))
    assert time.monotonic() - began < 12
