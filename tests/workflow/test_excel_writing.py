"""Plain workbooks: headings that stay in sight."""

import io

from openpyxl import load_workbook

from pirights.workflow import excel_writing


def test_headings_are_bold_and_stay_in_sight_and_the_rest_is_plain_text() -> None:
    data = excel_writing.write([["key"], ["1"], ["2"]], widths=[12])
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [sheet.cell(row, 1).font.b for row in (1, 2, 3)] == [True, False, False]
    assert sheet.freeze_panes == "A2"
    assert sheet["A2"].number_format == "@"
