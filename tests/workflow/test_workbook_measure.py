"""What a crafted workbook would cost its reader is counted before anything is parsed."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from pirights.errors import BadInput
from pirights.workflow import excel_sheet, workbook_measure

ROW = b"</row>"
FEW = 1_000
MANY = 1_500


def workbook(
    change: Callable[[str, bytes], bytes] = lambda _, part: part,
    *,
    named: Callable[[str], str] = lambda name: name,
) -> bytes:
    """A workbook of two cells whose parts are changed, and perhaps called otherwise."""
    book = Workbook()
    assert book.active is not None
    book.active.append(["name"])
    book.active.append(["x"])
    saved, target = BytesIO(), BytesIO()
    book.save(saved)
    with ZipFile(saved) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(named(part.filename), change(part.filename, old.read(part)))
    return target.getvalue()


def in_part(name: str, old: bytes, new: bytes) -> bytes:
    def change(at: str, part: bytes) -> bytes:
        assert at != name or old in part
        return part.replace(old, new, 1) if at == name else part

    return workbook(change)


def read(data: bytes) -> list[tuple[int, list[excel_sheet.Cell]]]:
    return [(row, cells) for row, cells, _ in excel_sheet.opened(data, name="a.xlsx").rows()]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_measure, "TREE_LIMIT", FEW)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("xl/styles.xml", b"</cellXfs>", b"<xf/>" * MANY + b"</cellXfs>"),
        ("[Content_Types].xml", b"</Types>", b"<Override/>" * MANY + b"</Types>"),
        ("xl/workbook.xml", b"</workbook>", b"<row/>" * MANY + b"</workbook>"),
        (SHEET, ROW, b"<c/>" * MANY + ROW),
        (SHEET, ROW, b"<c><is>" + b"<r/>" * MANY + b"</is></c>" + ROW),
        (SHEET, b"</sheetData>", b"</sheetData><x>" + b"<y/>" * MANY + b"</x>"),
        (SHEET, b"</sheetData>", b"</sheetData>" + b"<row/><y/>" * MANY),
    ],
    ids=["formats", "types", "rows of no sheet", "cells", "rich text", "behind", "between rows"],
)
def test_what_a_parser_would_make_one_large_tree_of_is_refused(
    name: str, old: bytes, new: bytes
) -> None:
    with pytest.raises(BadInput, match=r"a\.xlsx is too large"):
        read(in_part(name, old, new))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("name", ["xl/styles.xml", "[Content_Types].xml", "docProps/core.xml"])
def test_what_is_read_as_a_whole_gains_nothing_by_calling_itself_a_sheet(name: str) -> None:
    sheet = b"<worksheet>" + b"<row/>" * MANY + b"</worksheet>"
    with pytest.raises(BadInput, match=r"a\.xlsx is too large"):
        read(workbook(lambda at, part: sheet if at == name else part))


@pytest.mark.usefixtures("few")
def test_many_rows_of_a_sheet_are_no_such_tree() -> None:
    many = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % row for row in range(3, 3 + MANY))
    assert len(read(in_part(SHEET, b"</sheetData>", many + b"</sheetData>"))) == 2 + MANY


def test_a_text_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_measure, "QUIET_LIMIT", 2**18)
    long = "".join(map(str, range(120_000))).encode()
    with pytest.raises(BadInput, match=r"a\.xlsx is too large"):
        read(in_part(SHEET, b"<t>x</t>", b"<t>" + long + b"</t>"))


@pytest.mark.parametrize("blanks", [0, 100, 100_000])
def test_a_part_under_another_name_is_measured_behind_any_blanks(blanks: int) -> None:
    def change(name: str, part: bytes) -> bytes:
        part = part.replace(b"sheet1.xml", b"sheet1.dat")
        document_type = b'<!DOCTYPE worksheet [<!ENTITY a "name">]>'
        return b" " * blanks + document_type + part if name == SHEET else part

    with pytest.raises(BadInput, match="damaged"):
        read(workbook(change, named=lambda name: name.replace("sheet1.xml", "sheet1.dat")))


@pytest.mark.parametrize("number", ["0", "-5", "1048577", "9" * 30, "1e30", "nan", "x"])
def test_a_row_that_no_spreadsheet_has_is_refused(number: str) -> None:
    with pytest.raises(BadInput, match=r"a\.xlsx is a damaged workbook"):
        read(in_part(SHEET, b'<row r="2"', f'<row r="{number}"'.encode()))


def test_one_text_in_very_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_sheet, "_TEXT_LIMIT", 4)
    with pytest.raises(BadInput, match=r"a\.xlsx is too large"):
        read(workbook())


def test_ranges_that_share_a_cell_are_refused() -> None:
    ranges = b'<mergeCells><mergeCell ref="A2:C3"/><mergeCell ref="C2:D2"/></mergeCells>'
    with pytest.raises(BadInput, match=r"a\.xlsx is a damaged workbook"):
        read(in_part(SHEET, b"</sheetData>", b"</sheetData>" + ranges))


@pytest.mark.parametrize(
    ("limit", "most", "problem"),
    [("PARTS_LIMIT", 3, "is a damaged workbook"), ("UNPACKED_LIMIT", 2_000, "is too large")],
)
def test_too_many_parts_or_too_much_in_all_of_them_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int, problem: str
) -> None:
    assert len(read(workbook())) == 2
    monkeypatch.setattr(workbook_measure, limit, most)
    with pytest.raises(BadInput, match=problem):
        read(workbook())
