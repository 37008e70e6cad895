"""What is wrong with a sheet is told with its file, its sheet, its row and its column."""

from pathlib import Path

import pytest

from pirights.batch import checking, error_sheet, sheet
from pirights.errors import BadInput
from pirights.workflow.desk import Desk
from tests.batch import rows


def refused(path: Path) -> BadInput:
    with pytest.raises(BadInput) as told:
        rows.check(path)
    return told.value


def written(tmp_path: Path, data: bytes, name: str = "cases.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_text_in_two_encodings_is_refused_with_its_file_and_line(tmp_path: Path) -> None:
    text = rows.as_text(rows.table([rows.row(), rows.row("A2")])).encode()
    wrong = refused(written(tmp_path, text + "A3,王小明".encode("gb18030") + b"\xff\r\n"))
    assert str(wrong).startswith(
        "cases.csv: The sheet is neither UTF-8 nor GB 18030 text: as UTF-8 it cannot be "
    )
    assert "beyond line 3, as GB" in str(wrong)


@pytest.mark.parametrize("name", ["cases.xlsx", "CASES.XLS"])
def test_what_is_a_workbook_by_name_alone_is_told_to_be_none(tmp_path: Path, name: str) -> None:
    wrong = refused(written(tmp_path, b"\x00\xff\xfe\x80" * 99, name))
    assert str(wrong) == f"{name} is no Excel workbook (.xlsx)."
    assert ".xlsx" in str(wrong.hint)


def test_a_refusal_of_a_workbook_names_the_file_and_the_sheet_in_it(tmp_path: Path) -> None:
    path = rows.workbook_sheet(tmp_path, rows.row(colour="red"))
    assert str(refused(path)) == "cases.xlsx, sheet 案件: Unknown headings: colour"
    empty = rows.saved(tmp_path, rows.workbook(), "none.xlsx")
    assert str(refused(empty)) == "none.xlsx, sheet 案件 has headings and no rows."


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ([*rows.GOOD.values(), "lost"], "H"),
        ([*rows.GOOD.values(), "", *[""] * 20, "lost", "lost too"], "AC"),
    ],
)
def test_a_cell_under_no_heading_is_told_by_its_letters(
    tmp_path: Path, cells: list[str], column: str
) -> None:
    path = rows.text_file(tmp_path, rows.as_text([rows.HEADINGS, cells]))
    assert rows.faults(rows.check(path)) == [(2, column)]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ('"A1', "key"),
        ('A1,王,"杭州', "handler_name"),
        ('A1,"王""小",x,"2026', "encounter_at"),
        ('A1,王,"甲"乙,2026-11-20 18:05,x,shop,access', "handler_name"),
        (f'A1,王,{"x" * 900},"never', "encounter_at"),
    ],
)
def test_a_quotation_mark_out_of_order_is_told_under_its_column(
    tmp_path: Path, line: str, column: str
) -> None:
    text = f"{','.join(rows.HEADINGS)}\r\n{line}\r\n"
    assert rows.faults(rows.check(rows.text_file(tmp_path, text))) == [(2, column)]


def test_no_fault_is_without_a_column_whatever_stands_in_a_row(tmp_path: Path) -> None:
    lines = ['"', ",,,,,,,x", 'x"y,"', ",".join('"' * 9), "=1,=1,=1"]
    for number, line in enumerate(lines):
        text = f"{','.join(rows.HEADINGS)}\r\n{line}\r\n"
        path = rows.text_file(tmp_path, text, name=f"{number}.csv")
        found = rows.check(path)
        assert found.faults
        assert all(fault.column for fault in found.faults)
        assert error_sheet.octets(rows.opened(path), found.faults, say=str)


@pytest.mark.parametrize("form", ["text", "workbook"])
def test_too_many_rows_are_told_before_any_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr("pirights.batch.sheet.ROW_LIMIT", 3)
    write = rows.text_sheet if form == "text" else rows.workbook_sheet
    three = [rows.row(f"A{n}", person_phone=f"1390000000{n}") for n in range(3)]
    assert rows.check(write(tmp_path, *three)).rows == 3
    path = write(tmp_path, *three, rows.row("A9"))
    with pytest.raises(BadInput, match=r"row 5: a sheet has at most 3 rows"):
        sheet.opened(path)


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;;"])
def test_a_first_line_that_says_the_delimiter_is_understood(tmp_path: Path, line: str) -> None:
    text = rows.as_text(rows.table([rows.row(), rows.row("A2", venue="月球")]), ";")
    path = rows.text_file(tmp_path, f"{line}\r\n{text}", encoding="utf-8-sig")
    checked = rows.check(path)
    assert rows.faults(checked) == [(4, "venue")]
    (read,) = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    assert (read.row, read.person.name) == (3, "王小明")


def test_a_sentence_does_not_end_in_two_full_stops(tmp_path: Path) -> None:
    named = {"handler_name_en": "Test Property 0 Co., Ltd."}
    other = rows.row("A2", person_name="李一", handler_name_en="Other Ltd.")
    checked = rows.check(rows.text_sheet(tmp_path, rows.row(**named), other))
    assert rows.problems(checked) == ("Row 2 has “Test Property 0 Co., Ltd.” for the same company.")


@pytest.mark.parametrize(("place", "column"), [(9, "I"), (64, "BL"), (65, "BM"), (16_000, "WQJ")])
def test_a_cell_far_to_the_right_of_a_workbook_is_told(
    tmp_path: Path, place: int, column: str
) -> None:
    book = rows.workbook(rows.row(), rows.row("A2", person_phone="13900000001"))
    book.active.cell(3, place).value = "x"
    path = rows.saved(tmp_path, book)
    checked = rows.check(path)
    assert rows.faults(checked) == [(3, column)]
    assert error_sheet.octets(rows.opened(path), checked.faults, say=str)


def test_a_heading_far_to_the_right_of_a_workbook_is_no_column_that_is_passed_over(
    tmp_path: Path,
) -> None:
    book = rows.workbook(rows.row())
    book.active.cell(1, 70).value = "colour"
    assert "Unknown headings: colour" in str(refused(rows.saved(tmp_path, book)))


def test_who_acts_is_asked_before_a_run_where_the_vault_has_no_owner(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = rows.text_sheet(
        tmp_path, rows.row(person_phone="13900000001"), rows.row("A2", capacity="agent")
    )
    monkeypatch.setattr("pirights.batch.known_parties.OWNER", 99)
    checked = rows.check(path, desk)
    assert rows.faults(checked) == [(3, "capacity")]
    assert "no owner (P1)" in rows.problems(checked)
