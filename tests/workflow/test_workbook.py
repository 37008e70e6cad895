"""Workbooks for people: what other programs read in them, and what no text can do there."""

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from pirights.workflow import excel_sheet, workbook
from pirights.workflow.workbook import Guide, Page, Remark
from pirights.workflow.workbook_parts import Look

HOSTILE = ['=HYPERLINK("http://x","y")', "+1", "@SUM(A1)", "<b>&amp;]]>", '"quoted"', "甲😀"]


def opened(*pages: Page) -> Any:  # noqa: ANN401 (openpyxl tells no types of these)
    return openpyxl.load_workbook(io.BytesIO(workbook.write(pages)))


def page(*rows: list[str], **more: Any) -> Page:  # noqa: ANN401
    cells = [[(text, Look.TEXT) for text in row] for row in rows]
    return Page(title="x", rows=enumerate(cells, start=1), **more)


def test_every_text_comes_back_as_a_text() -> None:
    sheet = opened(page(HOSTILE)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == HOSTILE
    assert {cell.data_type for cell in sheet[1]} == {"s"}
    assert {cell.number_format for cell in sheet[1]} == {"@"}


@pytest.mark.parametrize(
    "text", ["_x003D_1+1", "_x003d_x003D_1", "_x005F_x003D_1", "_x000D_", "_x1_", "a_x_b"]
)
def test_a_text_that_names_a_character_by_its_number_stays_as_it_is(text: str) -> None:
    data = workbook.write([page([text])])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        part = packed.read("xl/worksheets/sheet1.xml").decode()
    assert decoded(part.partition("<t>")[2].partition("</t>")[0]) == text
    assert list(excel_sheet.opened(data, name="a").rows()) == [(1, [text], False)]


def decoded(text: str) -> str:
    """What ECMA-376 says of such a text (part 1, 22.9.2.19)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_every_part_is_well_formed_and_named_in_the_list_of_parts() -> None:
    remarks = [Remark(row=1, column=27, text="\n".join(HOSTILE))]
    guide = Guide(column=0, first=1, title='<"t">', prompt='a\n"b" & <c>', words=("<是>", "&"))
    data = workbook.write([page(HOSTILE, remarks=remarks, guides=[guide]), page(["1"])])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for name, part in parts.items():
        ET.fromstring(part)  # noqa: S314 (our own)
        assert part.startswith((b"<?xml", b"<xml")), name
    types = parts["[Content_Types].xml"].decode()
    for name in parts:
        ending = name.rsplit(".")[-1]
        assert f'PartName="/{name}"' in types or ending in {"rels", "vml"} or name.startswith("[")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["AB1"].comment.text == "\n".join(HOSTILE)
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.prompt, rule.promptTitle) == (guide.prompt, guide.title)
    assert rule.formula1 == '"<是>,&"'


def test_rows_keep_their_numbers_however_many_are_left_out() -> None:
    rows = [(3, [("a", Look.TEXT)]), (7, [("", Look.TEXT), ("b", Look.FAULT)])]
    sheet = opened(Page(title="x", rows=rows)).worksheets[0]
    assert (sheet["A3"].value, sheet["B7"].value, sheet.max_row) == ("a", "b", 7)


def test_each_look_is_the_one_that_is_meant() -> None:
    row = [(look.name, look) for look in Look]
    first = opened(Page(title="x", rows=[(1, row)])).worksheets[0][1]
    shown = {cell.value: (cell.font.b, cell.font.i, cell.fill.fgColor.rgb) for cell in first}
    assert len(set(shown.values())) == len(Look) - 2  # a reason is red alone, prose wraps alone
    assert shown["HEADING"][0]
    assert shown["EXAMPLE"][1]
    assert shown["FAULT"][2] == "FFFFC7CE"
    assert {cell.value for cell in first if cell.alignment.wrap_text} == {
        *("HEADING", "REQUIRED", "REASON", "PROSE")
    }


@pytest.mark.parametrize(
    ("text", "lines"), [("x" * 9, 1), ("x" * 10, 2), ("字" * 5, 2), ("a\nb\nc", 3), ("x" * 900, 27)]
)
def test_a_row_is_as_high_as_its_text_needs_and_no_higher_than_a_row_may_be(
    text: str, lines: int
) -> None:
    rows = [(1, [(text, Look.PROSE)])]
    sheet = opened(Page(title="x", rows=rows, widths=[10])).worksheets[0]
    height = sheet.row_dimensions[1].height
    assert height == (15 * lines if lines > 1 else None)


def test_a_cell_that_is_still_empty_will_be_text() -> None:
    sheet = opened(page(["a"], widths=[10, 20], frozen=1)).worksheets[0]
    assert sheet.column_dimensions["B"].width == 20
    assert sheet.column_dimensions["B"]._style.numFmtId == 49
    assert sheet.freeze_panes == "A2"


def test_columns_are_counted_as_spreadsheets_count_them() -> None:
    assert [workbook.letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]


def test_the_mark_is_lost_as_soon_as_another_program_saves_the_file() -> None:
    data = workbook.write([page(["a"])], mark=b"ours")
    again = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(again)
    assert data.endswith(b"ours")
    assert not again.getvalue().endswith(b"ours")
