"""Lines of Chinese and English end where both typographies allow it."""

import re
import time
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from uniseg.linebreak import line_break_boundaries

from pirights.render.linebreak import Line, Room, break_lines, opportunities

NEVER_FIRST: Final = "，。、；：？！）》」』】”’…—％%‰℃°·"
NEVER_LAST: Final = "（《「『【“‘￥"

MIXED: Final = (
    "根据《中华人民共和国个人信息保护法》（以下简称“PIPL”）第四十五条第一款，"
    "请于2026年11月20日前将本人的人脸图像（face image）、特征模板（feature template）、"
    "比对日志及其50%以上的备份——含受托方保存的副本……一并提供；电子副本请发至 "
    "zhang.san.1990@example.com，编号 PR-2026-7K3M9QX-C，政策见 "
    "https://example.com/privacy?v=3 的“保存期限：30日（30 days）”一节。"
    "是否收费？不超过￥300元！参照 GB/T 35273-2020 第8.7条与 PIPL 45(2)，"
    "don’t reply by phone / and/or WeChat。"
)
TOKENS: Final = (
    "请", "答复", "人脸信息", "《", "》", "“", "”", "（", "）", "，", "。", "、", "：", "；", "！",
    "？", "——", "……", "·", "5%", "％", "2026年", "11月", "30日", "第45条", " ", "PIPL 45(2)", "3.5",
    "￥300", "RMB 300", "don’t ", "e-mail ", "and/or ", "zhang.san@example.com", "HZ-GATE-03",
    "C++", "(a)", "[1]", "the ", "working days", "一、", "か", "㛃", "１２", "é",
)  # fmt: skip
WHOLE: Final = re.compile(
    r"[A-Za-z0-9é１２](?:[\w.@:/?=’+()\-]*[A-Za-z0-9é１２)+])?(?:[年月日条元%％])?", re.ASCII
)
"""Words, numbers with their unit, addresses."""

texts = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=40).map("".join)


def _set(text: str, room: float, *, first: float | None = None) -> list[Line]:
    widths = [0.5 if character.isascii() else 1.0 for character in text]
    return break_lines(text, widths, Room(first=room if first is None else first, rest=room))


def _pieces(text: str) -> list[str]:
    ends = opportunities(text)
    return [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]


def _breaks_no_rule(text: str, room: float) -> None:
    lines = _set(text, room)
    assert "".join(text[line.start : line.end] for line in lines) == text
    allowed = set(opportunities(text))
    for line in lines:
        assert line.width <= room + 1e-6
        if line.start in allowed and line.text:
            assert line.text[0] not in NEVER_FIRST, line.text
        if line.end in allowed and line.end < len(text):
            assert line.text[-1] not in NEVER_LAST, line.text
    torn = {line.end for line in lines} - allowed
    atoms = {(end - len(piece), end) for piece, end in _numbered(text)}
    for at in torn:
        start, end = next((a, b) for a, b in atoms if a < at < b)
        whole = text[start:end].rstrip()
        assert sum(0.5 if character.isascii() else 1.0 for character in whole) > room


def _numbered(text: str) -> list[tuple[str, int]]:
    return list(zip(_pieces(text), opportunities(text), strict=True))


def test_one_mixed_paragraph_breaks_no_rule_at_a_hundred_widths() -> None:
    for width in range(100):
        _breaks_no_rule(MIXED, 10 + 0.5 * width)


def test_one_mixed_paragraph_tears_no_word_at_a_hundred_widths() -> None:
    words = [found.span() for found in WHOLE.finditer(MIXED)]
    assert len(words) > 15
    for width in range(100):
        ends = {line.end for line in _set(MIXED, 20 + 0.5 * width)}
        torn = [MIXED[a:b] for a, b in words for end in ends if a < end < b]
        assert not torn


@given(texts, st.integers(min_value=2, max_value=60))
@example("。，", 2)
@example("——", 2)
def test_no_text_breaks_a_rule_or_loses_a_character(text: str, room: int) -> None:
    _breaks_no_rule(text, room)


@given(st.text(max_size=60), st.integers(min_value=1, max_value=30))
def test_whatever_the_text_its_lines_join_to_it_again(text: str, room: int) -> None:
    lines = break_lines(text, [1.0] * len(text), Room(first=room, rest=room))
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert all(line.start < line.end for line in lines[:-1])


@given(texts)
def test_a_line_ends_only_where_unicode_allows_it_curly_quotes_apart(text: str) -> None:
    # UAX #14 lets no line end on either side of a curly quote, since it cannot tell an opening
    # one from a closing one outside Chinese; nor after · (a letter there), % or + and
    # beside ￥ where no number is near (they might belong to one).
    unicode = set(line_break_boundaries(text))
    for end in set(opportunities(text)) - unicode:
        before, after = text[end - 1], text[end : end + 1]
        assert before in "”’·%％…+" or after in "“‘￥", f"{text[:end]}|{text[end:]}"


def test_the_mixed_paragraph_ends_lines_only_where_unicode_allows_it() -> None:
    extra = set(opportunities(MIXED)) - set(line_break_boundaries(MIXED))
    assert all(MIXED[end - 1] in "”’" or MIXED[end] in "“‘￥" for end in extra)


def test_numbers_keep_their_units() -> None:
    assert _pieces("保存30日，共3万元") == ["保", "存", "30日，", "共", "3万元"]
    assert _pieces("within 30 working days") == ["within ", "30 working days"]
    assert _pieces("第45条") == ["第45条"]
    assert _pieces("2026年11月20日") == ["2026年", "11月", "20日"]


def test_dashes_and_ellipses_stay_whole_and_with_what_precedes_them() -> None:
    assert _pieces("原件——复印件……等") == ["原", "件——", "复", "印", "件……", "等"]


def test_an_apostrophe_does_not_end_a_word() -> None:
    assert _pieces("don’t stop") == ["don’t ", "stop"]


def test_a_straight_quote_holds_on_to_both_sides() -> None:
    assert _pieces('请"个人"吧') == ['请"个', '人"吧']


def test_a_blank_before_a_closing_mark_does_not_free_it() -> None:
    assert _pieces("中 ， 文") == ["中 ， ", "文"]


def test_an_address_longer_than_a_line_is_torn_after_a_slash() -> None:
    lines = [
        line.text for line in _set("见https://example.com/a/privacy-policy/2026/v3.html。", 12)
    ]
    assert lines[0] == "见https://example.com/a/"
    assert all(line.endswith(("/", "。")) for line in lines)


def test_a_word_longer_than_a_line_is_torn_anywhere_but_not_before_its_full_stop() -> None:
    lines = [line.text for line in _set("A" * 8 + "。", 4)]
    assert "".join(lines) == "A" * 8 + "。"
    assert lines[-1][0] == "A"


def test_a_newline_ends_a_paragraph() -> None:
    lines = _set("甲\n\n乙", 10)
    assert [line.text for line in lines] == ["甲", "", "乙"]
    assert [line.final for line in lines] == [True, True, True]


def test_the_first_line_is_shorter_by_its_indent() -> None:
    assert [line.text for line in _set("一二三四五六七", 4, first=2)] == ["一二", "三四五六", "七"]


def test_a_closing_mark_sticks_out_by_its_blank() -> None:
    room = Room(first=2.5, rest=2.5, hanging={"。": 0.5})
    lines = break_lines("一二。三", [1.0] * 4, room)
    assert [line.text for line in lines] == ["一二。", "三"]


def test_a_mark_whose_blank_was_kerned_away_does_not_stick_out() -> None:
    room = Room(first=2.5, rest=2.5, hanging={"》": 0.5})
    lines = break_lines("一二》（三", [1.0, 1.0, 0.5, 1.0, 1.0], room)
    assert [(line.text, line.width) for line in lines] == [("一二》", 2.5), ("（三", 2.0)]


def test_a_last_line_of_one_character_gets_another() -> None:
    room = Room(first=5, rest=5, least=2.2)
    lines = break_lines("一二三四五六七八九十终。", [1.0] * 12, room)
    assert [line.text for line in lines] == ["一二三四五", "六七八九", "十终。"]


def test_a_word_too_long_for_the_first_line_alone_is_torn_there() -> None:
    lines = _set("abcdefgh一", 4, first=2)
    assert [line.text for line in lines] == ["abcd", "efgh一"]


def test_two_hundred_thousand_characters_take_no_more_than_linear_time() -> None:
    # A quadratic expression would need minutes: the test would be killed, not slow.
    assert len(opportunities("-" * 100_000 + "a" * 100_000)) <= 200_000
    assert len(opportunities("（" * 100_000 + "\"'" * 50_000)) <= 200_000
    assert len(opportunities("-(" * 100_000)) <= 200_000
    assert len(opportunities('a-("' * 50_000)) <= 200_000
    assert len(opportunities("（ " * 100_000)) <= 200_000


@pytest.mark.parametrize("word", ["a:", "x=", "[U+10330]", "ab/", "́", "("])
def test_one_word_of_many_lines_takes_no_more_than_linear_time(word: str) -> None:
    text = word * (120_000 // len(word))
    began = time.perf_counter()
    lines = break_lines(text, [0.5] * len(text), Room(first=40.0, rest=40.0))
    assert time.perf_counter() - began < 5
    assert "".join(line.text for line in lines) == text
