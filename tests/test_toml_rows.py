"""Rows of a shipped TOML file: each field read strictly, each fault named with its own line."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from pirights import toml_rows
from pirights.domain.words import Words
from pirights.errors import BadInput, message
from pirights.toml_rows import Row

SAMPLE = """\
name = "某法"
first = 2020-01-01

[[row]]
id = "one"
zh = "一"
en = "one"
terms = ["甲", "乙"]
colour = "red"
sure = true
amount = 7

[[row]]
id = "two"
zh = "二"
"""


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def top_of(place: Path, text: str) -> Row:
    path = place / "a.toml"
    path.write_text(text, encoding="utf-8")
    return toml_rows.read(path)


def row_of(place: Path, line: str) -> Row:
    """The second row of the sample, with one more line: the sixteenth of the file."""
    return list(top_of(place, SAMPLE + line + "\n").rows("row"))[1]


@pytest.fixture
def first(tmp_path: Path) -> Row:
    return next(top_of(tmp_path, SAMPLE).rows("row"))


@pytest.fixture
def second(tmp_path: Path) -> Row:
    return list(top_of(tmp_path, SAMPLE).rows("row"))[1]


def test_what_is_there_is_read(first: Row) -> None:
    assert first.text("id") == "one"
    assert first.words("") == Words(zh="一", en="one")
    assert first.texts("terms") == ("甲", "乙")
    assert first.one_of("colour", Colour) is Colour.RED
    assert first.flag("sure") is True
    assert first.number("amount") == 7


def test_what_may_be_missing_is_empty_or_none(second: Row) -> None:
    assert second.text_or_none("number") == ""
    assert second.words_or_none("limits") is None
    assert second.texts("terms") == ()
    assert second.day_or_none("until") is None
    assert second.flag("sure") is False
    assert second.some_of("colours", Colour) == ()
    assert second.one_of("colour", Colour, Colour.BLUE) is Colour.BLUE


def test_a_date_is_a_date(tmp_path: Path) -> None:
    assert top_of(tmp_path, SAMPLE).day("first") == date(2020, 1, 1)


def test_words_with_a_stem_are_read_in_both_languages(tmp_path: Path) -> None:
    row = row_of(tmp_path, 'limits_zh = "限于"\nlimits_en = "only"')
    assert row.words_or_none("limits") == Words(zh="限于", en="only")


def test_known_words_are_read_in_their_order(tmp_path: Path) -> None:
    row = row_of(tmp_path, 'colours = ["blue", "red"]')
    assert row.some_of("colours", Colour) == (Colour.BLUE, Colour.RED)


READ: dict[str, Callable[[Row], object]] = {
    "text": lambda row: row.text("x"),
    "text_or_none": lambda row: row.text_or_none("x"),
    "day": lambda row: row.day("x"),
    "day_or_none": lambda row: row.day_or_none("x"),
    "one_of": lambda row: row.one_of("x", Colour),
    "flag": lambda row: row.flag("x"),
    "number": lambda row: row.number("x"),
    "texts": lambda row: row.texts("x"),
    "some_of": lambda row: row.some_of("x", Colour),
    "rows": lambda row: list(row.rows("x")),
}


@pytest.mark.parametrize("reader", ["text", "day", "one_of", "number", "rows"])
def test_what_must_be_there_is_missed_at_the_heading_of_its_row(second: Row, reader: str) -> None:
    with pytest.raises(BadInput, match=r"^a\.toml, line 13, x: "):
        READ[reader](second)


@pytest.mark.parametrize("reader", ["text", "day", "one_of", "number", "rows"])
def test_what_must_be_there_is_missed_at_the_first_line_of_the_file(
    tmp_path: Path, reader: str
) -> None:
    with pytest.raises(BadInput, match=r"^a\.toml, line 1, x: "):
        READ[reader](top_of(tmp_path, SAMPLE))


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("text", "7"),
        ("text", '""'),
        ("text", '"  "'),
        ("text", '["a"]'),
        ("text_or_none", "7"),
        ("text_or_none", '" "'),
        ("text_or_none", "false"),
        ("text_or_none", "0"),
        ("text_or_none", "[]"),
        ("day", '"2020-01-01"'),
        ("day", "2020-01-01T00:00:00"),
        ("day", "2020-01-01 08:00:00+08:00"),
        ("day", "08:00:00"),
        ("day", "2020"),
        ("day_or_none", '"2020-01-01"'),
        ("day_or_none", "2020-01-01T00:00:00Z"),
        ("one_of", '"green"'),
        ("one_of", '"RED"'),
        ("one_of", '["red"]'),
        ("one_of", "1"),
        ("flag", '"yes"'),
        ("flag", "1"),
        ("number", "0"),
        ("number", "-7"),
        ("number", "7.0"),
        ("number", "true"),
        ("number", '"7"'),
        ("texts", '"a"'),
        ("texts", "[1]"),
        ("texts", '["a", ""]'),
        ("texts", '{ a = "b" }'),
        ("some_of", '["red", "green"]'),
        ("some_of", '"red"'),
        ("rows", '"a"'),
        ("rows", "{ a = 1 }"),
        ("rows", '[{ a = 1 }, "b"]'),
    ],
)
def test_a_value_of_another_kind_is_refused_at_its_own_line(
    tmp_path: Path, reader: str, value: str
) -> None:
    row = row_of(tmp_path, f"x = {value}")
    with pytest.raises(BadInput, match=r"^a\.toml, line 16, x: "):
        READ[reader](row)


@pytest.mark.parametrize(
    ("there", "missing"), [("limits_zh", "limits_en"), ("limits_en", "limits_zh")]
)
def test_words_in_one_language_only_are_refused(tmp_path: Path, there: str, missing: str) -> None:
    row = row_of(tmp_path, f'{there} = "…"')
    with pytest.raises(BadInput, match=rf"^a\.toml, line 13, {missing}: a text is missing"):
        row.words_or_none("limits")


def test_an_unknown_word_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="red, blue"):
        row_of(tmp_path, 'colour = "green"').one_of("colour", Colour)
    with pytest.raises(BadInput, match="there is no green"):
        row_of(tmp_path, 'colours = ["green"]').some_of("colours", Colour)


def test_a_field_that_nobody_reads_is_refused_at_its_own_line(tmp_path: Path) -> None:
    row = row_of(tmp_path, 'trems = ["甲"]')
    row.only({"id", "zh", "trems"})
    with pytest.raises(BadInput, match=r"^a\.toml, line 16, trems: no such field"):
        row.only({"id", "zh", "terms"})


def test_a_field_is_not_confused_with_one_whose_name_begins_or_ends_alike(tmp_path: Path) -> None:
    row = row_of(tmp_path, 'x_zh = "…"\nmax = 1\nx = 7')
    with pytest.raises(BadInput, match=r"^a\.toml, line 18, x: "):
        row.text("x")


def test_a_field_of_the_next_row_is_not_taken_for_one_of_this(tmp_path: Path) -> None:
    row = next(top_of(tmp_path, SAMPLE + 'source = "made up"\n').rows("row"))
    with pytest.raises(BadInput, match=r"^a\.toml, line 4, source: "):
        row.text("source")


def test_rows_of_another_table_do_not_shift_the_count(tmp_path: Path) -> None:
    text = '[[word]]\nid = "w"\n\n[[row]]\nid = "one"\n\n[[word]]\nid = "v"\n\n[[row]]\nid = 2\n'
    row = list(top_of(tmp_path, text).rows("row"))[1]
    with pytest.raises(BadInput, match=r"^a\.toml, line 11, id: "):
        row.text("id")


@pytest.mark.parametrize("heading", ["[[row]]  # the first of two", "[[ row ]]", "[[row]]\t"])
def test_however_a_heading_is_written_the_line_is_right(tmp_path: Path, heading: str) -> None:
    text = SAMPLE.replace("[[row]]", heading, 1) + "x = 7\n"
    row = list(top_of(tmp_path, text).rows("row"))[1]
    with pytest.raises(BadInput, match=r"^a\.toml, line 16, x: "):
        row.text("x")


@pytest.mark.parametrize("sign", ["\u2028", "\u0085"])
def test_a_sign_that_only_some_take_for_a_new_line_does_not_shift_the_number(
    tmp_path: Path, sign: str
) -> None:
    row = row_of(tmp_path, f'note = "一{sign}二"\nx = 7')
    with pytest.raises(BadInput, match=r"^a\.toml, line 17, x: "):
        row.text("x")


def test_a_table_that_nobody_reads_is_refused_at_its_heading(tmp_path: Path) -> None:
    top = top_of(tmp_path, SAMPLE)
    with pytest.raises(BadInput, match=r"^a\.toml, line 4, row: no such field"):
        top.only({"name", "first"})


def test_windows_line_ends_do_not_shift_the_number(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes((SAMPLE + "x = 7\n").replace("\n", "\r\n").encode())
    row = list(toml_rows.read(path).rows("row"))[1]
    with pytest.raises(BadInput, match=r"^a\.toml, line 16, x: "):
        row.text("x")


def test_tables_inside_a_row_are_told_by_the_row(tmp_path: Path) -> None:
    row = row_of(tmp_path, 'actors = [{ role = "red" }, { role = "blue" }]')
    found = list(row.rows("actors", row.table))
    assert [one.one_of("role", Colour) for one in found] == [Colour.RED, Colour.BLUE]
    assert {(one.table, one.place) for one in found} == {("row", 1)}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a = "b"\nc = d\n', 2),
        ('a = "b"\n\na = "c"\n', 3),
        ('a = "b"\n[[row]\n', 2),
        ("a = 2020-13-01\n", 1),
        ('a = "b"\nc = [1,', 2),
    ],
)
def test_a_file_that_is_not_toml_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int
) -> None:
    with pytest.raises(BadInput, match=rf"^a\.toml, line {line}: ") as caught:
        top_of(tmp_path, text)
    assert caught.value.hint is not None


@pytest.mark.parametrize(
    ("bytes_", "line"),
    [(b"\xff\xfe\x00", 1), (b'a = "b"\nc = "\xb9\xab"\n', 2), ("a = '法'".encode("gb18030"), 1)],
)
def test_a_file_that_is_not_utf_8_is_refused_with_its_line(
    tmp_path: Path, bytes_: bytes, line: int
) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(bytes_)
    with pytest.raises(BadInput, match=rf"^a\.toml, line {line}: this is not UTF-8"):
        toml_rows.read(path)


def test_a_fault_says_where_and_what_to_do(tmp_path: Path) -> None:
    found = toml_rows.malformed(tmp_path / "a.toml", 7, "x", message("a text is missing"))
    assert str(found) == "a.toml, line 7, x: a text is missing."
    assert str(found.hint) == "Correct the file, or install pirights again."
    assert not re.search(re.escape(str(tmp_path)), str(found))
