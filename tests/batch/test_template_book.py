"""The empty sheet of a clinic: what stands in it, and that others can open it."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from pirights.batch import checking, template_book
from pirights.batch import sheet as sheets
from pirights.batch.columns import CASES_SHEET, COLUMNS, COLUMNS_SHEET, REQUIRED, WORDS_SHEET
from pirights.cli.language import Language, Voice
from pirights.domain.words import Words
from pirights.errors import BadInput
from pirights.workflow import workbook
from tests.batch import spreadsheet
from tests.needs import program

HEADINGS = [
    *("key", "person_name", "person_name_en", "person_phone", "person_email", "person_id_number"),
    *("person_address", "capacity", "handler_name", "handler_name_en", "handler_uscc"),
    *("handler_address", "handler_email", "encounter_at", "place", "venue", "mode", "notice"),
    *("consent", "separate_consent", "alternative", "purpose", "rights", "letters"),
    *("identify_by", "channel", "note"),
]
NOW = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
ZH, EN = Voice(Language.ZH), Voice(Language.EN)


def tell(value: object) -> Words:
    return Words(zh=ZH.value(value), en=EN.value(value))


def opened() -> Any:  # noqa: ANN401 (openpyxl tells no types of these)
    return openpyxl.load_workbook(io.BytesIO(template_book.as_workbook(tell)))


def cells(sheet: Any) -> list[list[str]]:  # noqa: ANN401
    return [[cell.value or "" for cell in row] for row in sheet]


def test_the_first_row_holds_exactly_the_27_headings_in_their_order() -> None:
    first, second, third, *rest = cells(opened()[CASES_SHEET])
    assert first == HEADINGS
    assert second == [column.zh for column in COLUMNS]
    assert third[0] == "EXAMPLE"
    assert rest == []


def test_it_is_the_same_octets_every_time() -> None:
    assert template_book.as_workbook(tell) == template_book.as_workbook(tell)
    assert template_book.as_csv() == template_book.as_csv()


def test_every_cell_stays_text_so_that_long_numbers_stay_whole() -> None:
    sheet = opened()[CASES_SHEET]
    for place in range(1, len(COLUMNS) + 1):
        letter = get_column_letter(place)
        assert sheet.column_dimensions[letter]._style.numFmtId == 49
        assert sheet.cell(3, place).number_format == "@"
    assert sheet.freeze_panes == "A3"


def test_required_columns_have_another_colour_in_both_rows_of_headings() -> None:
    sheet = opened()[CASES_SHEET]
    colours = {
        (row, name): sheet.cell(row, place).fill.fgColor.rgb
        for row in (1, 2)
        for place, name in enumerate(HEADINGS, start=1)
    }
    needed = {colour for (_, name), colour in colours.items() if name in REQUIRED}
    others = {colour for (_, name), colour in colours.items() if name not in REQUIRED}
    assert len(needed) == len(others) == 1
    assert needed != others


@pytest.mark.parametrize(
    ("name", "word", "english", "strict"),
    [
        ("rights", "删除", "delete", False),
        ("letters", "中英文", "zh-en", False),
        ("venue", "小区", "residential", True),
        ("capacity", "监护人", "guardian", True),
        ("channel", "特快专递", "ems", True),
        ("mode", "辨识", "identification", True),
        ("notice", "不详", "unknown", True),
        ("consent", "是", "yes", True),
        ("separate_consent", "否", "no", True),
        ("alternative", "否", "no", True),
    ],
)
def test_a_column_of_known_words_offers_them_in_both_languages(
    name: str, word: str, english: str, strict: bool
) -> None:
    rules = opened()[CASES_SHEET].data_validations.dataValidation
    letter = get_column_letter(HEADINGS.index(name) + 1)
    (rule,) = [one for one in rules if str(one.sqref) == f"{letter}3:{letter}1048576"]
    offered = rule.formula1.strip('"').split(",")
    assert (rule.type, rule.errorStyle) == ("list", "warning" if strict else None)
    assert rule.showErrorMessage is strict
    assert {word, english} <= set(offered)
    column = COLUMNS[HEADINGS.index(name)]
    assert {column.choices[one] for one in offered} == set(column.choices.values())
    assert len(offered) == 2 * len(set(column.choices.values()))


@pytest.mark.parametrize("place", range(len(COLUMNS)), ids=HEADINGS)
def test_every_column_says_what_it_is_within_what_a_prompt_holds(place: int) -> None:
    guide = template_book.guide(COLUMNS[place], place, tell)
    about = tell(COLUMNS[place].about)
    assert guide.prompt == f"{about.zh}\n{about.en}"
    assert len(guide.prompt) <= workbook.LIST_LIMIT
    assert len(guide.title) <= 32
    assert len(",".join(guide.words)) <= workbook.LIST_LIMIT
    assert not any("," in word or '"' in word for word in guide.words)


def test_each_column_is_explained_chinese_first_and_required_ones_say_so() -> None:
    rows = cells(opened()[COLUMNS_SHEET])
    assert rows[0][0] == "各列说明"
    explained = {row[0]: row for row in rows}
    for column in COLUMNS:
        about = tell(column.about)
        row = explained[column.name]
        assert row[1] == column.zh
        assert row[2] == ("必填 required" if column.required else "选填 optional")
        assert row[3:5] == [about.zh, about.en]
        assert row[6] == template_book.EXAMPLE[column.name]
    text = "".join(row[0] for row in rows)
    for note in ("P1", "batch check", "batch run", "EXAMPLE"):
        assert note in text


def test_every_word_of_a_list_has_its_meaning_and_is_told_once() -> None:
    rows = cells(opened()[WORDS_SHEET])[1:]
    for column in COLUMNS:
        told = [row for row in rows if column.name in row[0].split(", ")]
        assert {row[3] for row in told} == {value.value for value in column.choices.values()}
        assert len(told) == len(set(column.choices.values()))
        for _, _, zh, en, meaning_zh, meaning_en, others in told:
            assert column.choices[zh] == column.choices[en] == en
            assert all(column.choices[one] == en for one in others.split("、") if one)
            assert meaning_zh
            assert meaning_en


@pytest.mark.parametrize("name", ["cases.xlsx", "cases.csv"])
def test_our_own_reader_takes_it_and_finds_nothing_to_make(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(template_book.octets(path, tell=tell))
    sheet = sheets.opened(path)
    with pytest.raises(BadInput, match="has headings and no rows"):
        checking.check(None, sheet, now=NOW, zone="Asia/Shanghai")
    assert sheet.notices == ()


@pytest.mark.parametrize("name", ["cases.xlsx", "cases.csv"])
def test_the_example_is_a_row_without_a_fault_once_it_has_a_key(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = template_book.octets(path, tell=tell)
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(data))
        book[CASES_SHEET]["A3"] = "A-1"
        book.save(path)
    else:
        path.write_bytes(data.replace(b"EXAMPLE", b"A-1"))
    sheet = sheets.opened(path)
    checked = checking.check(None, sheet, now=NOW, zone="Asia/Shanghai")
    (row,) = checking.good_rows(sheet, checked, now=NOW, zone="Asia/Shanghai")
    assert (checked.rows, checked.faults) == (1, ())
    assert row.person.id_number == template_book.EXAMPLE["person_id_number"]
    assert row.handler.uscc == template_book.EXAMPLE["handler_uscc"]
    assert len(row.encounters) == 2
    assert [right.value for right in row.rights] == ["access", "copy", "delete"]


@program("soffice")
def test_another_spreadsheet_program_reads_every_cell_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(template_book.as_workbook(tell))
    read = spreadsheet.sheets(path)
    book = opened()
    assert set(read) == {CASES_SHEET, COLUMNS_SHEET, WORDS_SHEET}
    for title, rows in read.items():
        ours = cells(book[title])
        width = max(map(len, rows))
        assert rows == [row[:width] for row in ours]


def test_another_ending_is_refused_and_nothing_is_guessed(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"neither of the endings \.xlsx and \.csv"):
        template_book.octets(tmp_path / "cases.xls", tell=tell)


def test_a_sheet_that_is_filled_in_is_told_from_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    fresh = template_book.as_workbook(tell)
    assert not template_book.is_filled_in(path, fresh)
    path.write_bytes(fresh)
    assert not template_book.is_filled_in(path, fresh)
    path.write_bytes(fresh + b"work")
    assert template_book.is_filled_in(path, fresh)
