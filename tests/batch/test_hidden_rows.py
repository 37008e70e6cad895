"""What nobody sees in a workbook is read, and that is said."""

from pathlib import Path

import pytest
from openpyxl.chart import BarChart

from pirights.batch import follow_up
from tests.batch import rows
from tests.batch.test_bad_sheets import repacked


def told(path: Path) -> list[str]:
    return [str(one) for one in (*rows.opened(path).notices, *rows.check(path).notices)]


def test_rows_that_a_filter_hides_are_taken_and_counted(tmp_path: Path) -> None:
    book = rows.workbook(*(rows.row(f"A{n}", person_phone=f"1390000000{n}") for n in range(5)))
    page = book.active
    page.auto_filter.ref = "A1:H6"
    page.row_dimensions[3].hidden = page.row_dimensions[5].hidden = True
    page.row_dimensions[9].hidden = True  # empty
    page.row_dimensions[2].height = 30
    path = rows.saved(tmp_path, book)
    assert rows.check(path).rows == 5
    (notice,) = (one for one in told(path) if "idden" in one)
    assert notice == (
        "Hidden rows, by a filter or by hand: 2, such as row 3. They are taken like all others; "
        "delete the ones that are not meant."
    )


def test_hidden_rows_of_letters_that_follow_are_counted(tmp_path: Path) -> None:
    line = {"reference": "PR-2026-7K3M9QX-C", "kind": "催告"}
    book = rows.workbook(line, {"reference": "PR-2026-7K3M9QX-C", "kind": ""})
    book.active.row_dimensions[2].hidden = book.active.row_dimensions[3].hidden = True
    checked = follow_up.check(None, rows.opened(rows.saved(tmp_path, book)))
    assert any("by hand: 1, such as row 2" in str(one) for one in checked.notices)


def test_hidden_columns_are_named_as_far_as_they_are_read(tmp_path: Path) -> None:
    book = rows.workbook(rows.row(errors=""))
    page = book.active
    page.column_dimensions.group("C", "D", hidden=True)
    page.column_dimensions.group("H", "Z", hidden=True)
    notice = "Hidden columns: handler_name, encounter_at. They are read like all others."
    assert notice in told(rows.saved(tmp_path, book))


@pytest.mark.parametrize("hidden", [b"0", b"false"])
def test_what_is_said_not_to_be_hidden_is_not(tmp_path: Path, hidden: bytes) -> None:
    path = rows.workbook_sheet(tmp_path, rows.row())
    path = repacked(path, b'<row r="2"', b'<row r="2" hidden="' + hidden + b'"')
    assert not [one for one in told(path) if "idden" in one]


def test_a_hidden_sheet_is_not_read_without_a_word(tmp_path: Path) -> None:
    book = rows.workbook(rows.row())
    book.create_chartsheet("图").add_chart(BarChart())
    book["案件"].sheet_state = "hidden"
    path = rows.saved(tmp_path, book)
    assert rows.check(path).rows == 1
    assert "The sheet 案件 is hidden. It was read, as no sheet is seen." in told(path)
