"""Cells cleaned and read, whatever stands in them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.batch import cells, contact_cells
from pirights.batch.columns import plain_heading
from pirights.batch.words import CAPACITIES, CHANNELS, LETTERS, RIGHTS
from pirights.domain.document import Letters
from pirights.errors import BadInput
from pirights.workflow.encounter_words import ANSWERS, MODES, VENUES

NOW = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("王　小 明", "王小明"),
        ("Wang  Xiaoming", "Wang Xiaoming"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("样例 A 座物业", "样例 A 座物业"),
        ("\ufeff王小明\u200b", "王小明"),
        ("𠮷 野", "𠮷野"),
    ],
)
def test_blanks_within_a_chinese_name_are_there_to_align_it(cell: str, name: str) -> None:
    assert cells.name(cell, "person_name") == name


@pytest.mark.parametrize("mark", [*"\u00ad\u200b\u200d\u200e\u200f\u2060\u2063\u3164\ufeff"])
def test_a_mark_that_nobody_sees_makes_no_other_name(mark: str) -> None:
    assert cells.name(f"王{mark}小明", "person_name") == "王小明"
    assert cells.name(mark, "person_name") == ""


@pytest.mark.parametrize("cell", ["\u200e2026-10-01 08:30", "2026‐10‑01 08:30", "2026–10−01 08:30"])
def test_a_day_that_was_copied_with_odd_hyphens_and_marks_is_read(cell: str) -> None:
    assert cells.moments(cell, SHANGHAI, NOW) == (datetime(2026, 10, 1, 0, 30, tzinfo=UTC),)


def test_a_mark_that_nobody_sees_makes_no_other_word() -> None:
    assert cells.word("resi\u200bdential", VENUES, "venue") == VENUES["residential"]
    assert cells.words("\u200edelete;copy\ufeff", RIGHTS, "rights")
    assert plain_heading("\u200bkey") == plain_heading("key")


@pytest.mark.parametrize("cell", ["-", "—", "。", "***", "（）", "/"])
def test_signs_alone_are_no_name(cell: str) -> None:
    assert cells.name(cell, "person_name") == ""


@pytest.mark.parametrize("known", [RIGHTS, CAPACITIES, CHANNELS, VENUES, MODES, ANSWERS])
def test_every_word_of_a_list_is_read_and_another_is_answered_with_the_list(known: object) -> None:
    assert isinstance(known, dict)
    for word, value in known.items():
        assert cells.word(f" {word.upper()} ", known, "column") == value
    with pytest.raises(BadInput) as caught:
        cells.word("月球", known, "column")
    assert all(value.value in str(caught.value) for value in known.values())


@given(st.sampled_from([*LETTERS]), st.sampled_from([*LETTERS]))
def test_two_languages_are_both(first: str, second: str) -> None:
    found = cells.letters(f"{first};{second}", LETTERS, "letters")
    assert found is (LETTERS[first] if LETTERS[first] == LETTERS[second] else Letters.BOTH)


@given(st.integers(20_000, 46_351), st.integers(0, 24 * 60 - 1))
def test_a_bare_number_is_the_minute_that_a_spreadsheet_means(day: int, minute: int) -> None:
    from openpyxl.utils.datetime import from_excel

    number = day + minute / 1440
    meant = from_excel(number)
    if meant.year < 1990:
        with pytest.raises(BadInput):
            cells.moments(repr(number), SHANGHAI, NOW)
    elif minute:
        try:
            (found,) = cells.moments(repr(number), SHANGHAI, NOW)
        except BadInput as wrong:
            assert "never showed" in str(wrong)  # noqa: PT017 (an hour that was put forward)
        else:
            assert abs(found.astimezone(SHANGHAI).replace(tzinfo=None) - meant).seconds < 60


@pytest.mark.parametrize(
    "cell", ["2026年11月20日 下午6:05", "2026-11-20 6:05 PM", "2026/11/20　下午６：０５"]
)
def test_the_half_of_the_day_may_be_named(cell: str) -> None:
    (found,) = cells.moments(cell, SHANGHAI, NOW)
    assert found == datetime(2026, 11, 20, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-10-01 周四 08:30",
        "2026-10-01（星期四）08:30",
        "2026年10月1日 周四 上午8点半",
        "2026年10月1日 8点半",
        "2026年10月1日8时30分",
        "2026-10-01 08:30+08",
        "2026-10-01 08:30 UTC+8",
        "2026-10-01 08:30 UTC +08:00",
        "2026-10-01 08:30 GMT+0800",
        "2026-10-01 00:30 UTC",
        "2026-10-01T00:30Z",
        "2026-09-30 19:30 UTC-5",
    ],
)
def test_a_moment_is_read_as_people_write_it(cell: str) -> None:
    assert cells.moments(cell, SHANGHAI, NOW) == (datetime(2026, 10, 1, 0, 30, tzinfo=UTC),)


@pytest.mark.parametrize(
    ("words", "minute"), [("8点整", 0), ("8点一刻", 15), ("8点半", 30), ("8点三刻", 45), ("8点", 0)]
)
def test_quarters_of_an_hour_have_their_words(words: str, minute: int) -> None:
    (found,) = cells.moments(f"2026年10月1日{words}", SHANGHAI, NOW)
    assert found == datetime(2026, 10, 1, 0, minute, tzinfo=UTC)


def test_several_moments_may_stand_between_commas_of_a_list() -> None:
    found = cells.moments("2026-10-02 08:30、2026-10-01 08:30", SHANGHAI, NOW)
    assert [one.day for one in found] == [1, 2]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("1/10/2026 8:30", "which number is the month and which the day; .*as in 2026-11-20 18:05"),
        ("01.10.2026", "which number is the month and which the day"),
        ("20/11/2026 18:05", "not a date with a time, as in 2026-11-20 18:05"),
        ("08:30:00", "not a date with a time, as in 2026-11-20 18:05"),
        ("2026-10-01", "lacks the time of day; write it as in 2026-11-20 18:05"),
        ("2026-10-01 周五 08:30", "another day of the week"),
        ("2026-10-01 08:30-09:30", "a beginning and an end; write the beginning alone"),
        ("2026-10-01 08:30～9:30", "a beginning and an end"),
        ("2026-10-01 08:30+24", "never showed"),
        ("2026年10月1日 8点七刻", "not a date with a time"),
    ],
)
def test_what_may_be_meant_otherwise_is_refused_with_an_example(cell: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        cells.moments(cell, SHANGHAI, NOW)


@given(st.text(max_size=60))
def test_no_text_stops_the_reading_of_a_cell(text: str) -> None:
    readers = (
        lambda: cells.name(text, "a"),
        lambda: cells.code(text, "a"),
        lambda: contact_cells.phone(text, "a"),
        lambda: contact_cells.email(text, "a"),
        lambda: contact_cells.name(text, "a"),
        lambda: cells.texts(text, "a"),
        lambda: cells.words(text, RIGHTS, "a"),
        lambda: cells.letters(text, LETTERS, "a"),
        lambda: cells.moments(text, SHANGHAI, NOW),
    )
    for read in readers:
        try:
            read()
        except BadInput as wrong:
            assert str(wrong)  # noqa: PT017 (named, and nothing else)


def test_a_cell_of_semicolons_alone_says_nothing() -> None:
    assert cells.letters(";", LETTERS, "letters") is Letters.ZH
    assert cells.words("；;", RIGHTS, "rights") == cells.texts(" ; ", "identify_by") == ()


def test_more_things_than_a_cell_can_mean_are_refused() -> None:
    many = ";".join(f"{n}" for n in range(cells.SEVERAL_LIMIT + 1))
    with pytest.raises(BadInput, match="More than 50 things in the cell of identify_by"):
        cells.texts(many, "identify_by")
