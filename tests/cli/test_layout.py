"""Columns and lines with Chinese in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.cli.layout import cells, columns, cut, folded, pad, sentences, wrap

words = st.text(alphabet="ab c中文，。（）1", max_size=60)


def test_a_chinese_character_takes_two_cells() -> None:
    assert cells("Gate 门") == 7
    assert cells("") == 0


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("杭州野生动物世界", 7, "杭州野…"),
        ("杭州", 4, "杭州"),
        ("Gate 3", 5, "Gate…"),
        ("杭州", 2, "…"),
    ],
)
def test_a_long_text_is_cut_and_says_so(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_columns_align_though_characters_differ_in_width() -> None:
    rows = columns([["Id", "Place"], ["E1", "杭州野生动物世界"], ["E10", "Gate"]], width=None)
    assert {tuple(cells(cell) for cell in row) for row in rows} == {(3, 16)}


def test_columns_give_way_until_the_line_fits() -> None:
    rows = columns([["Id", "杭" * 40], ["E1", "x"]], width=40)
    assert all(sum(cells(cell) for cell in row) + 2 <= 40 for row in rows)
    assert rows[0][0].strip() == "Id"


def test_a_closing_mark_never_begins_a_line() -> None:
    assert wrap("我在园区刷脸。", 12) == ["我在园区刷", "脸。"]


def test_sentences_are_joined_as_their_language_does() -> None:
    assert sentences(["One.", "", "Two."]) == "One. Two."
    assert sentences(["一。", "二。"]) == "一。二。"


@given(words, st.integers(min_value=4, max_value=40))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(words, st.integers(min_value=1, max_value=40))
def test_cutting_and_padding_give_the_width_asked_for(text: str, width: int) -> None:
    assert cells(cut(text, width)) <= width
    assert cells(pad(cut(text, width), width)) == width


def test_an_opening_mark_never_ends_a_line_and_a_closing_one_never_begins_it() -> None:
    for width in range(8, 40):
        for line in wrap("可以求助人民检察院（公益诉讼检察）、公安机关《条例》第二条。", width):
            assert line[-1] not in "（《", (width, line)
            assert line[0] not in "）》、。", (width, line)


def test_a_folded_cell_goes_on_below_and_loses_nothing() -> None:
    long = "请求查阅贵方持有的本人人脸图像以及视频；画面中他人面部请作遮挡。"
    rows = [["No.", "Asked", "Answered"], ["1", long, "open"], ["2", "short", "given"]]
    found = folded(rows, width=40)
    assert all(cells("  ".join(row)) <= 40 for row in found)
    assert "".join(row[1].strip() for row in found[1:-1]) == long
    assert [row[2].strip() for row in found] == [
        "Answered",
        "open",
        *[""] * (len(found) - 3),
        "given",
    ]
    assert folded(rows, width=None) == columns(rows, width=None)
    assert folded([], width=40) == []


def test_a_word_longer_than_its_column_is_broken_and_tears_no_column() -> None:
    address = "a.very.long.department.address@subdomain.park-of-examples.example"
    found = folded(
        [["No.", "From", "Why"], ["I2", f"客服 <{address}>", "它没有写明案件"]], width=40
    )
    assert all(cells("  ".join(row).rstrip()) <= 40 for row in found)
    assert {tuple(map(cells, row)) for row in found} == {tuple(map(cells, found[0]))}
    assert "".join(row[1].rstrip() for row in found[1:]) == f"客服<{address}>"
