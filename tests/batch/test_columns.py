"""The headings of a clinic's sheet: a promise in English, and what people write in Chinese."""

from pathlib import Path

import pytest

from pirights.batch import columns, words
from pirights.batch.columns import COLUMNS, HEADINGS, REQUIRED, plain_heading
from pirights.batch.headings import Kind
from tests.batch import rows

PROMISED = (
    "key, person_name, person_name_en, person_phone, person_email, person_id_number, "
    "person_address, capacity, handler_name, handler_name_en, handler_uscc, handler_address, "
    "handler_email, encounter_at, place, venue, mode, notice, consent, separate_consent, "
    "alternative, purpose, rights, letters, identify_by, channel, note"
)


def test_the_english_headings_are_those_promised_in_their_order() -> None:
    assert ", ".join(column.name for column in COLUMNS) == PROMISED
    assert ", ".join(REQUIRED) == (
        "key, person_name, handler_name, encounter_at, place, venue, rights"
    )


def test_no_heading_means_two_columns() -> None:
    named = [
        (plain_heading(heading), column.name)
        for column in COLUMNS
        for heading in (column.name, column.zh, *column.others)
    ]
    assert len(dict(named)) == len(named)
    assert HEADINGS.items() >= dict(named).items()


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("person_id_number", "person_id_number"),
        ("Person ID Number", "person_id_number"),
        ("PERSON-ID-NUMBER*", "person_id_number"),
        ("personIdNumber", "person_id_number"),
        ("身份证号", "person_id_number"),
        ("身份证 号码", "person_id_number"),
        ("身份证号（必填）", None),
        ("公民身份号码", "person_id_number"),
        ("姓名＊", "person_name"),
        ("错误", "errors"),
        ("Errors", "errors"),
    ],
)
def test_a_heading_is_known_however_it_is_spelt(heading: str, column: str | None) -> None:
    assert HEADINGS.get(plain_heading(heading)) == column


def test_every_value_of_a_list_has_a_chinese_word_that_is_read_back() -> None:
    for column in COLUMNS:
        for value, word in words.chinese(column.choices).items():
            assert column.choices[word] == value
        if column.choices:
            assert set(words.chinese(column.choices)) == set(column.choices.values())


def test_a_sheet_with_chinese_headings_is_the_same_sheet(tmp_path: Path) -> None:
    chinese = {columns.BY_NAME[name].zh: cell for name, cell in rows.GOOD.items()}
    read = rows.opened(rows.text_sheet(tmp_path, chinese))
    assert read.places == rows.HEADINGS
    assert [record.cells for record in read.records()] == [dict(rows.GOOD)]


def test_the_column_of_errors_is_passed_over(tmp_path: Path) -> None:
    read = rows.opened(rows.text_sheet(tmp_path, rows.row() | {"错误": "venue: 月球"}))
    assert [record.cells for record in read.records()] == [dict(rows.GOOD)]


def test_headings_repeated_in_the_other_language_are_passed_over(tmp_path: Path) -> None:
    chinese = {name: columns.BY_NAME[name].zh for name in rows.HEADINGS}
    read = rows.opened(rows.text_sheet(tmp_path, chinese, rows.row()))
    assert [record.row for record in read.records()] == [3]


def test_a_sheet_of_references_and_kinds_is_one_of_letters_that_follow(tmp_path: Path) -> None:
    text = "案号,类型,处理者\r\nreference,kind,handler\r\nPR-2026-7K3M9QX-C,reminder,某公司\r\n"
    read = rows.opened(rows.text_file(tmp_path, text))
    assert read.kind is Kind.FOLLOW_UP
    assert [dict(one.cells) for one in read.records()] == [
        {"reference": "PR-2026-7K3M9QX-C", "kind": "reminder"}
    ]


def test_of_several_sheets_the_first_is_read_and_that_is_said_unless_they_are_ours(
    tmp_path: Path,
) -> None:
    book = rows.workbook(rows.row())
    book.create_sheet(columns.COLUMNS_SHEET)
    book.create_sheet("hidden").sheet_state = "hidden"
    read = rows.opened(rows.saved(tmp_path, book))
    assert (read.title, read.notices) == ("案件", ())
    book.create_sheet("更多")
    (notice,) = rows.opened(rows.saved(tmp_path, book)).notices
    assert "案件" in str(notice)
