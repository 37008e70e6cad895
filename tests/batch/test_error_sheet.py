"""The copy of a sheet with its faults marked: what it shows, and that it can be handed in again."""

import csv
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import MAC_EPOCH

from pirights.batch import error_sheet
from pirights.batch import sheet as sheets
from pirights.batch.columns import REQUIRED
from pirights.batch.sheet import Sheet
from pirights.errors import BadInput, Message, message
from pirights.workflow import delimited, workbook
from pirights.workflow.sheet_faults import Fault
from tests.batch import spreadsheet
from tests.needs import file, program

HEAD = list(REQUIRED)
GOOD = ["1", "王小明", "甲公司", "2026-11-20 18:05", "东门", "shop", "access"]
RED = "FFFFC7CE"


def written(path: Path, *rows: Sequence[str], head: Sequence[str] = HEAD) -> Sheet:
    """Open a CSV of these rows."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])
    return sheets.opened(path)


def fault(row: int, column: str, text: str = "wrong") -> Fault:
    return Fault(row=row, line=row, column=column, problem=message("{text}", text=text))


def copy(sheet: Sheet, faults: Iterable[Fault], **more: Any) -> Any:  # noqa: ANN401
    data = error_sheet.octets(sheet, faults, say=str, **more)
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def texts(page: Any) -> list[list[str]]:  # noqa: ANN401
    return [[cell.value or "" for cell in row] for row in page]


def red(page: Any) -> list[str]:  # noqa: ANN401
    return [
        cell.coordinate
        for row in page.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fgColor.rgb == RED
    ]


def test_a_faulty_cell_is_coloured_and_commented_and_the_last_column_tells_all_reasons(
    tmp_path: Path,
) -> None:
    sheet = written(tmp_path / "a.csv", GOOD, ["2", *GOOD[1:]])
    page = copy(sheet, [fault(3, "venue", "no such word"), fault(3, "rights", "none")])
    assert texts(page) == [
        [*HEAD, "errors"],
        [*GOOD, ""],
        ["2", *GOOD[1:], "venue: no such word\nrights: none"],
    ]
    assert red(page) == ["F3", "G3"]
    assert page["F3"].comment.text == "no such word"
    assert page["G3"].comment.text == "none"
    assert page["F2"].comment is None


def test_a_fault_of_a_whole_row_colours_its_key_wherever_that_stands(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.csv", GOOD[::-1], head=HEAD[::-1])
    page = copy(sheet, [fault(2, "", "same as row 9"), fault(2, "note", "no such column here")])
    assert red(page) == ["G2"]
    assert page["G2"].comment.text == "same as row 9\nno such column here"
    assert page["H2"].value == "same as row 9\nnote: no such column here"


def test_an_empty_cell_that_is_missing_is_coloured_too(tmp_path: Path) -> None:
    page = copy(written(tmp_path / "a.csv", ["1"]), [fault(2, "person_name")])
    assert red(page) == ["B2"]


def test_chinese_headings_stay_and_the_reason_names_both(tmp_path: Path) -> None:
    head = ["编号", "姓名", "处理者名称", "刷脸时间", "地点", "场所类型", "请求事项"]
    page = copy(written(tmp_path / "a.csv", GOOD, head=head), [fault(2, "venue")])
    assert texts(page)[0] == [*head, "errors"]
    assert page["H2"].value == "场所类型 (venue): wrong"


def test_a_second_row_of_headings_looks_like_one(tmp_path: Path) -> None:
    chinese = ["编号", "姓名", "处理者名称", "刷脸时间", "地点", "场所类型", "请求事项"]
    path = tmp_path / "a.xlsx"
    sheet = written(tmp_path / "a.csv", chinese, GOOD)
    path.write_bytes(error_sheet.octets(sheet, [fault(3, "key")], say=str))
    page = openpyxl.load_workbook(path).worksheets[0]
    assert texts(page)[1] == [*chinese, "错误"]
    assert page["A2"].font.b
    assert [one.row for one in sheets.opened(path).records()] == [3]


def test_rows_keep_their_numbers_and_empty_ones_stay_empty(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "\n\n" + ",".join(HEAD) + "\n\n" + ",".join(GOOD) + "\n", encoding="utf-8"
    )
    page = copy(sheets.opened(tmp_path / "a.csv"), [fault(5, "key")])
    assert page["A3"].value == "key"
    assert page["A5"].value == "1"
    assert red(page) == ["A5"]
    assert page.max_row == 5


def test_it_is_handed_in_again_and_its_own_column_is_written_anew(tmp_path: Path) -> None:
    first = written(tmp_path / "a.csv", GOOD, ["2", *GOOD[1:]])
    path = tmp_path / "a-errors.xlsx"
    path.write_bytes(error_sheet.octets(first, [fault(2, "venue", "old reason")], say=str))
    again = sheets.opened(path)
    assert [dict(one.cells) for one in again.records()] == [
        dict(one.cells) for one in first.records()
    ]
    page = copy(again, [fault(3, "venue", "new reason")])
    assert texts(page) == [
        [*HEAD, "errors"],
        [*GOOD, ""],
        ["2", *GOOD[1:], "venue: new reason"],
    ]


def test_a_cell_under_no_heading_stays_under_none(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.csv", [*GOOD, "", "stray"])
    path = tmp_path / "b.xlsx"
    path.write_bytes(error_sheet.octets(sheet, [fault(2, "F", "stray")], say=str))
    (record,) = sheets.opened(path).records()
    (first,) = sheet.records()
    assert [*map(str, record.stray.values())] == [*map(str, first.stray.values())]
    assert "stray" in texts(openpyxl.load_workbook(path).worksheets[0])[1]


def test_what_cannot_be_read_is_refused_again_and_never_becomes_a_formula(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEAD)
    page.append(["1", '=HYPERLINK("http://x","y")', "#REF!", *GOOD[3:]])
    page.append(["2", "=1+1", "+86 139", "@SUM(A1)", *GOOD[4:]])
    page["C2"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    sheet = sheets.opened(tmp_path / "a.xlsx")
    unread = [
        (one.row, name)
        for one in sheet.records()
        for name, cell in one.cells.items()
        if isinstance(cell, Message)
    ]
    assert unread == [(2, "person_name"), (2, "handler_name"), (3, "person_name")]
    path = tmp_path / "a-errors.xlsx"
    path.write_bytes(error_sheet.octets(sheet, [fault(row, name) for row, name in unread], say=str))
    with zipfile.ZipFile(path) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    opened = openpyxl.load_workbook(path).worksheets[0]
    assert {cell.data_type for row in opened for cell in row if cell.value} == {"s"}
    assert opened["C3"].value == "+86 139"
    assert opened["D3"].value == "@SUM(A1)"
    copied = [opened["B2"].value, opened["C2"].value, opened["B3"].value]
    assert all(str(text).startswith("=") for text in copied)


def unread(sheet: Sheet) -> list[tuple[int, str, str]]:
    return [
        (one.row, name, str(cell))
        for one in sheet.records()
        for name, cell in one.cells.items()
        if isinstance(cell, Message)
    ]


def test_merged_cells_stay_merged_and_are_refused_again_until_they_are_split(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in ([*HEAD, "errors"], GOOD, ["2", *GOOD[1:]], ["3", *GOOD[1:]]):
        page.append(row)
    page.merge_cells("C2:C4")
    page.merge_cells("E3:F3")
    page.merge_cells("G4:H4")  # our own column is one of them
    book.save(tmp_path / "a.xlsx")
    sheet = sheets.opened(tmp_path / "a.xlsx")
    path = tmp_path / "b.xlsx"
    faults = [fault(row, name) for row, name, _ in unread(sheet)]
    path.write_bytes(error_sheet.octets(sheet, faults, say=str))
    again = sheets.opened(path)
    assert {one[:2] for one in unread(again)} >= {(2, "handler_name"), (4, "handler_name")}
    assert {(row, name) for row, name, _ in unread(again)} | {(4, "rights")} == {
        (row, name) for row, name, _ in unread(sheet)
    }
    copied = openpyxl.load_workbook(path).worksheets[0]
    assert sorted(map(str, copied.merged_cells.ranges)) == ["C2:C4", "E3:F3"]
    assert (copied["C2"].value, copied["G4"].value) == (GOOD[2], "=access")
    assert str(copied["H4"].value).endswith("rights: wrong")


def test_bare_days_count_from_the_same_year_in_the_copy(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = MAC_EPOCH
    page = book.active
    assert page is not None
    page.append(HEAD)
    page.append([*GOOD[:3], 44000.5, *GOOD[4:]])
    book.save(tmp_path / "a.xlsx")
    sheet = sheets.opened(tmp_path / "a.xlsx")
    path = tmp_path / "b.xlsx"
    path.write_bytes(error_sheet.octets(sheet, [fault(2, "key")], say=str))
    again = sheets.opened(path)
    assert sheet.counts_from_1904
    assert again.counts_from_1904
    assert [one.cells for one in again.records()] == [one.cells for one in sheet.records()]


def test_signs_that_no_workbook_can_hold_break_nothing(tmp_path: Path) -> None:
    odd = ["1", "\x01\x0b<b>&amp;\ufffe", "]]>", "  two \n lines ", "_x0041_", "x" * 40_000, "\t"]
    path = tmp_path / "a.csv"
    path.write_bytes(delimited.written([HEAD, odd]))
    page = copy(sheets.opened(path), [fault(2, "person_name", "\x00\ud800")])
    coded = "_x005F_x0041_"  # openpyxl leaves it so; spreadsheet programs show _x0041_
    assert texts(page)[1][:5] == ["1", "��<b>&amp;�", "]]>", "  two \n lines ", coded]
    assert page["F2"].value == "x" * workbook.CELL_LIMIT
    assert page["B2"].comment.text == "��"


def test_a_row_whose_reasons_are_not_listed_is_marked_all_the_same(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.csv", GOOD, ["2", *GOOD[1:]])
    page = copy(sheet, [fault(2, "venue")], faulty={2, 3})
    assert red(page) == ["F2", "A3"]
    assert page["H3"].value


def test_comments_are_bounded_and_colours_and_reasons_are_not(tmp_path: Path) -> None:
    count = error_sheet.REMARK_LIMIT + 10
    sheet = written(tmp_path / "a.csv", *([str(one), *GOOD[1:]] for one in range(count)))
    page = copy(sheet, [fault(row, "venue") for row in range(2, count + 2)])
    assert len(red(page)) == count
    assert sum(1 for row in page for cell in row if cell.comment) == error_sheet.REMARK_LIMIT
    assert page.cell(count + 1, 8).value == "venue: wrong"


def test_a_list_of_words_is_offered_where_one_may_stand(tmp_path: Path) -> None:
    page = copy(written(tmp_path / "a.csv", GOOD), [fault(2, "venue")])
    rules = {str(one.sqref): one for one in page.data_validations.dataValidation}
    assert "小区" in rules["F2:F1048576"].formula1
    assert set(rules) == {"F2:F1048576", "G2:G1048576"}


def test_the_same_faults_give_the_same_octets(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.csv", GOOD)
    first, second = (error_sheet.octets(sheet, [fault(2, "key")], say=str) for _ in range(2))
    assert first == second


def test_it_stands_beside_the_sheet_and_replaces_only_what_nobody_worked_on(
    tmp_path: Path,
) -> None:
    path = tmp_path / "cases.csv"
    ours = error_sheet.octets(written(path, GOOD), [fault(2, "key")], say=str)
    first, second, third = (tmp_path / f"cases-errors{more}.xlsx" for more in ("", "-2", "-3"))
    assert error_sheet.place_beside(path) == first
    first.write_bytes(ours)
    assert error_sheet.place_beside(path) == first
    openpyxl.load_workbook(first).save(first)  # somebody put something right, and saved it
    assert error_sheet.place_beside(path) == second
    second.mkdir()
    assert error_sheet.place_beside(path) == third
    assert error_sheet.place_beside(first) == third


def test_the_error_sheet_that_is_read_is_not_replaced_by_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "cases-errors.xlsx"
    path.write_bytes(
        error_sheet.octets(written(tmp_path / "cases.csv", GOOD), [fault(2, "key")], say=str)
    )
    assert error_sheet.place_beside(path) == tmp_path / "cases-errors-2.xlsx"
    assert error_sheet.place_beside(tmp_path / "cases-errors-2.xlsx") == path


def test_a_named_place_is_another_workbook_than_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    error_sheet.refuse_place(tmp_path / "b.xlsx", source=path)
    with pytest.raises(BadInput, match="is the sheet itself"):
        error_sheet.refuse_place(tmp_path / "." / "a.xlsx", source=path)
    with pytest.raises(BadInput, match=r"does not end in \.xlsx"):
        error_sheet.refuse_place(tmp_path / "b.csv", source=path)


@program("soffice")
def test_another_spreadsheet_program_reads_the_copy(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.csv", ["1", "=1+1", "'quoted", *GOOD[3:]])
    path = tmp_path / "b.xlsx"
    path.write_bytes(
        error_sheet.octets(sheet, [fault(2, "person_name", "a\nb"), fault(2, "key")], say=str)
    )
    (rows,) = spreadsheet.sheets(path).values()
    assert rows == texts(openpyxl.load_workbook(path).worksheets[0])


MEASURED = """
import sys
from pathlib import Path
from pirights.batch import error_sheet, sheet
from pirights.errors import message
from pirights.workflow.sheet_faults import Fault

def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024

read = sheet.opened(Path(sys.argv[1]))
before = peak()
faults = [Fault(row=row, line=0, column="venue", problem=message("x")) for row in range(2, 1000)]
data = error_sheet.octets(read, faults, say=str)
print(peak() - before, len(data) // 2**20)
"""


@file("/proc/self/status")
@pytest.mark.slow
def test_a_long_sheet_is_copied_in_the_room_that_a_short_one_needs(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    written(path, *([str(one), *GOOD[1:]] for one in range(100_000)))
    # The peak that getrusage tells begins with that of the process that started this one.
    ended = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)], capture_output=True, check=True, text=True
    )
    grown, size = map(int, ended.stdout.split())
    assert grown <= 16 + 2 * size, ended.stdout  # MiB
