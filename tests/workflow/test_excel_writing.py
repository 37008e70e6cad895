"""Plain workbooks: headings that stay in sight."""

import io

from openpyxl import load_workbook

from pirights.workflow import excel_writing


def test_headings_are_bold_and_stay_in_sight_and_the_rest_is_plain_text() -> None:
    data = excel_writing.write([["key"], ["编号"], ["1"]], widths=[12], headings=2)
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [sheet.cell(row, 1).font.b for row in (1, 2, 3)] == [True, True, False]
    assert sheet.freeze_panes == "A3"
    assert sheet["A3"].number_format == "@"
