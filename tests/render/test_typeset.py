"""Lines are kerned, and stretched only where that leaves no holes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.document import Language
from pirights.render import fonts
from pirights.render.typeset import SetLine, Type, Typesetter, _remembered, natural_width
from tests.render.test_linebreak import MIXED

ZH = Type(fonts.SERIF, 10, 16, Language.ZH, justified=True)


def _drawn(line: SetLine) -> float:
    """Add up what the pen will move: advances and additions, the last one's excepted."""
    advance = fonts.advances(line.face)
    moved = sum(advance[sort] for sort in line.sorts) + sum(line.extra[:-1])
    return moved * line.size


@pytest.mark.parametrize("width", range(120, 460, 4))
def test_stretched_lines_end_at_the_measure_and_none_beyond(width: int) -> None:
    blank = 5.0  # what a closing mark may stick out by: its own empty half
    lines = Typesetter().lines(MIXED, ZH, width, indent=20)
    assert all(_drawn(line) + line.indent <= width + blank + 0.01 for line in lines)
    assert any(line.width + line.indent > width - 0.01 for line in lines[:-1])


def test_most_lines_of_a_hard_text_are_stretched() -> None:
    stretched = total = 0
    for width in range(120, 460, 4):
        lines = Typesetter().lines(MIXED, ZH, width, indent=20)[:-1]
        total += len(lines)
        stretched += sum(line.width + line.indent > width - 0.01 for line in lines)
    assert stretched > total // 2


@given(st.integers(min_value=60, max_value=460))
def test_no_gap_beside_a_chinese_character_grows_as_wide_as_a_space(width: int) -> None:
    for line in Typesetter().lines(MIXED, ZH, width):
        gaps = zip(line.sorts, line.extra, strict=True)
        assert all(extra < 0.1 for sort, extra in gaps if sort != " ")


def test_the_last_line_of_a_paragraph_is_not_stretched() -> None:
    last = Typesetter().lines(MIXED, ZH, 300)[-1]
    assert all(extra <= 0 for extra in last.extra)


def test_a_line_with_too_much_room_stays_ragged() -> None:
    lines = Typesetter().lines("请发至 zhang.san.1990@example.com", ZH, 160)
    assert lines[0].sorts == "请发至"
    assert set(lines[0].extra) == {0.0}


def test_a_line_is_drawn_together_rather_than_leave_a_hole_before_an_article() -> None:
    said = "缺乏必要，不符合规定（《中华人民共和国个人信息保护法》第二十八条第二款）。"
    first, second = Typesetter().lines(said, ZH, 308)
    assert second.sorts == "第二款）。"
    taken = [extra for extra in first.extra if -0.5 < extra < 0]
    assert len(taken) == 3
    assert all(extra >= -0.25 for extra in taken)
    assert _drawn(first) == pytest.approx(308)
    loose, _ = Typesetter().lines(said, replace(ZH, justified=False), 308)
    assert loose.sorts.endswith("》")


@given(st.integers(min_value=120, max_value=460))
def test_no_mark_loses_more_than_a_quarter_of_its_square_beside_a_character(width: int) -> None:
    for line in Typesetter().lines(MIXED, ZH, width):
        for sort, after, extra in zip(line.sorts, line.sorts[1:], line.extra, strict=False):
            both = {sort, after} <= set("，。、；：）》」』”（《「『“")
            assert both or extra >= -0.25 - 1e-9


@pytest.mark.parametrize("width", range(200, 460, 10))
def test_an_address_is_torn_at_a_seam_rather_than_leave_a_hole(width: int) -> None:
    link = "https://park.example/privacy/policy/2026"
    lines = Typesetter().lines("请见贵方公开的个人信息处理规则（" + link + "）。", ZH, width)
    assert lines[0].width > width * 0.6
    ends = [line.sorts[-1] for line in lines[:-1] if link[:5] in lines[0].sorts]
    assert set(ends) <= set("/")


@pytest.mark.parametrize("width", range(200, 460, 10))
def test_a_checksum_is_torn_rather_than_leave_a_hole(width: int) -> None:
    lines = Typesetter().lines("该文件的校验值为" + "4b7d" * 16 + "。", ZH, width)
    assert lines[0].width > width * 0.9


def test_an_opening_mark_that_begins_a_line_is_pulled_out_by_its_blank() -> None:
    lines = Typesetter().lines("一二三四（五六）七八", ZH, 40)
    assert [(line.sorts, line.indent) for line in lines] == [
        ("一二三四", 0),
        ("（五六）", -5),
        ("七八", 0),
    ]


def test_a_line_that_begins_with_an_opening_mark_has_room_for_its_blank() -> None:
    lines = Typesetter().lines("一二三四（五六七八九十）。", ZH, 45)
    assert [line.sorts for line in lines] == ["一二三四", "（五六七八", "九十）。"]


def test_a_last_line_of_one_word_gets_another() -> None:
    english = Type(fonts.SERIF, 10, 15, Language.EN)
    lines = Typesetter().lines("It has been sent out of it.", english, 112)
    assert [line.sorts for line in lines] == ["It has been sent out", "of it."]
    cell = replace(ZH, justified=False)
    assert [line.sorts for line in Typesetter().lines("损失与支出", cell, 41)] == ["损失与", "支出"]


def test_a_last_word_is_not_made_longer_than_a_line() -> None:
    for line in Typesetter().lines("Donaudampfschifffahrt a", replace(ZH, justified=False), 112):
        assert line.width <= 112


def test_two_marks_in_a_row_share_a_square_and_a_half() -> None:
    assert natural_width("》，", ZH) == pytest.approx(15)
    assert natural_width("》中，", ZH) == pytest.approx(30)


def test_a_full_stop_at_the_end_of_a_line_needs_half_a_square() -> None:
    lines = Typesetter().lines("一二三四。五六", replace(ZH, justified=False), 45)
    assert [line.sorts for line in lines] == ["一二三四。", "五六"]


def test_the_first_line_is_set_in() -> None:
    lines = Typesetter().lines("一" * 20, ZH, 100, indent=20)
    assert [line.indent for line in lines] == [20, 0, 0]
    assert [len(line.sorts) for line in lines] == [8, 10, 2]


def test_what_was_set_before_is_not_taken_for_the_other_language_or_another_size() -> None:
    said = "他说“好”——"
    chinese = Typesetter().lines(said, replace(ZH, justified=False), 300)
    english = Typesetter().lines(said, replace(ZH, justified=False, language=Language.EN), 300)
    larger = Typesetter().lines(said, replace(ZH, justified=False, size=20), 300)
    assert chinese[0].sorts != english[0].sorts
    assert chinese[0].width < larger[0].width
    assert Typesetter().lines(said, replace(ZH, justified=False), 300) == chinese


def test_a_long_text_is_set_as_a_short_one_is_and_not_remembered() -> None:
    before = _remembered.cache_info().currsize
    setter = Typesetter()
    assert setter.lines("长" * 2000, ZH, 200) is setter.lines("长" * 2000, ZH, 200)
    assert len(setter.lines("长" * 2000, ZH, 200)) == 100
    assert _remembered.cache_info().currsize == before
