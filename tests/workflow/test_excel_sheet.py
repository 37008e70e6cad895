"""Workbooks from strangers: measured before they are parsed, and no formula worked out."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pirights.errors import BadInput, Message
from pirights.workflow import excel_sheet, excel_writing

ONE_CELL = b'<c r="A1" t="inlineStr"><is><t>x</t></is></c>'
"""How openpyxl writes a sheet of one x."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rows(data: bytes, *, limit: int = 100) -> list[tuple[int, list[object]]]:
    found, _ = excel_sheet.records(data, name="a.xlsx", row_limit=limit)
    return [
        (number, [str(cell) if isinstance(cell, Message) else cell for cell in cells])
        for number, _, cells in found
    ]


def workbook(*lines: list[object], more: Callable[[Workbook], None] = lambda _: None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    more(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return target.getvalue()


def in_sheet(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    return repacked(data, lambda name, part: change(part) if name.endswith("sheet1.xml") else part)


TEXTS = "<si><t>name</t></si><si><r><t>二</t></r><r><t>字</t></r></si>"


def with_shared_strings(data: bytes, value: bytes, texts: str = TEXTS) -> bytes:
    """Let a workbook keep its texts apart, as Excel does; `value` is what its first cell says."""
    kept = f'<sst xmlns="{MAIN}">{texts}</sst>'
    relation = (
        b'<Relationship Id="rId99" Target="sharedStrings.xml" Type="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    override = (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )

    def change(name: str, part: bytes) -> bytes:
        if name.endswith("workbook.xml.rels"):
            return part.replace(b"</Relationships>", relation)
        if name == "[Content_Types].xml":
            return part.replace(b"</Types>", override)
        if name.endswith("sheet1.xml"):
            first = b'<c r="A1" t="inlineStr"><is><t>name</t></is></c>'
            return part.replace(first, b'<c r="A1" t="s">' + value + b"</c>")
        return part

    target = io.BytesIO(repacked(data, change))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", kept)
    return target.getvalue()


def test_texts_that_a_workbook_keeps_apart_are_found() -> None:
    assert rows(with_shared_strings(GOOD, b"<v>1</v>")) == [(1, ["二字"]), (2, ["x"])]


def test_cells_come_as_text_and_numbers_and_days_as_they_are_shown() -> None:
    data = workbook(
        ["name", None, "x"],
        [5718888, 15.0, 1.5, datetime(2026, 11, 20), date(2026, 1, 2), True, "007"],  # noqa: DTZ001 (a cell has no zone)
    )
    assert rows(data) == [
        (1, ["name", "", "x"]),
        (2, ["5718888", "15", "1.5", "2026-11-20", "2026-01-02", "TRUE", "007"]),
    ]


def test_a_time_that_a_spreadsheet_reckoned_is_the_one_that_it_shows() -> None:
    reckoned = timedelta(microseconds=58_000)
    half_past = datetime(2026, 10, 1, 8, 30)  # noqa: DTZ001 (a cell has no zone)
    last = datetime(9999, 12, 31, 23, 59, 59, 900_000)  # noqa: DTZ001
    line = [half_past - reckoned, half_past + reckoned, time(8, 29, 59, 942_000), timedelta(3.999)]
    assert rows(workbook([*line, last])) == [
        (
            1,
            [
                *("2026-10-01 08:30:00", "2026-10-01 08:30:00", "08:30:00"),
                *("3 days, 23:58:34", "9999-12-31 23:59:59"),
            ],
        )
    ]


def test_a_formula_is_a_fault_and_the_same_as_text_is_text() -> None:
    def as_text(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        cell = sheet["B1"]
        cell.value = '=HYPERLINK("http://x.example","y")'
        cell.data_type = "s"

    data = workbook(['=HYPERLINK("http://x.example","y")', "", "#REF!"], more=as_text)
    ((_, (formula, text, *_)),) = rows(data)
    assert formula == "The cell holds a formula; write what it gives."
    assert text == '=HYPERLINK("http://x.example","y")'


def test_a_number_that_lost_its_digits_is_a_fault() -> None:
    ((_, (cell,)),) = rows(workbook([913502110001000999]))
    assert "without its last digits" in str(cell)


def test_an_error_of_the_spreadsheet_is_a_fault() -> None:
    data = in_sheet(
        workbook(["x"]),
        lambda part: part.replace(ONE_CELL, b'<c t="e"><v>#REF!</v></c>'),
    )
    assert rows(data) == [(1, ["The cell holds an error: #REF!."])]


def test_only_the_first_sheet_is_read_and_that_is_said() -> None:
    data = workbook(["first"], more=lambda book: book.create_sheet("二").append(["second"]))
    found, remarks = excel_sheet.records(data, name="a.xlsx", row_limit=9)
    assert [cells for _, _, cells in found] == [["first"]]
    assert [str(one) for one in remarks] == ["Only the first sheet, Sheet, was read."]


def test_a_hidden_sheet_is_not_the_one_that_is_read() -> None:
    def hide(book: Workbook) -> None:
        book.create_sheet("二").append(["second"])
        book.worksheets[0].sheet_state = "hidden"

    found, remarks = excel_sheet.records(workbook(["first"], more=hide), name="a", row_limit=9)
    assert [cells for _, _, cells in found] == [["second"]]
    assert remarks == ()


def test_of_merged_cells_the_first_has_the_value() -> None:
    def merge(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.merge_cells("A1:A2")

    assert rows(workbook(["name", "x"], ["gone", "y"], more=merge)) == [
        (1, ["name", "x"]),
        (2, ["", "y"]),
    ]


def test_shared_formulas_are_not_moved_to_their_cells() -> None:
    cells = b"".join(b'<c><f t="shared" si="0"/></c>' for _ in range(2000))
    shared = b'<c><f t="shared" si="0" ref="A1:ZZ1">' + b"+A1" * 200_000 + b"</f></c>"
    data = in_sheet(
        workbook(["x"]),
        lambda part: part.replace(ONE_CELL, shared + cells),
    )
    ((_, found),) = rows(data)
    assert len(found) == excel_sheet.COLUMNS_LIMIT


def test_what_is_written_is_read_back_by_both_and_the_same_twice() -> None:
    table = [["name", "", "x"], ["'=1", " a ", "&<>\"'"], [], ["甲😀", "_x0041_", "007"]]
    data = excel_writing.write(table)
    assert data == excel_writing.write(table)
    assert rows(data) == [
        (1, ["name", "", "x"]),
        (2, table[1]),
        (3, []),
        (4, table[3]),
    ]
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=2)] == [
        table[1]
    ]
    assert sheet["C4"].number_format == "@"


def test_a_character_that_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(BadInput, match="no workbook can hold"):
        excel_writing.write([["\uffff"]])


def test_columns_go_on_after_z() -> None:
    data = excel_writing.write([[str(n) for n in range(60)]])
    assert rows(data) == [(1, [str(n) for n in range(60)])]


DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
GOOD = workbook(["name"], ["x"])


def bomb() -> bytes:
    data = GOOD
    many = b"<row><c><v>1</v></c></row>" * 800_000
    return in_sheet(data, lambda part: part.replace(b"<sheetData>", b"<sheetData>" + many))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PK\x03\x04", "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (GOOD.replace(b"xl/workbook.xml", b"xl/workbook.bin"), "no Excel workbook|damaged"),
        (repacked(GOOD, lambda _, part: DTD + part[55:]), "damaged"),
        (
            repacked(
                GOOD,
                lambda name, part: (
                    part.decode().encode("utf-16") if name.endswith("sheet1.xml") else part
                ),
            ),
            "damaged",
        ),
        (in_sheet(GOOD, lambda part: part[:-30]), "damaged"),
        (with_shared_strings(GOOD, b"<v>99</v>"), "damaged"),
        (with_shared_strings(GOOD, b"<v>-1</v>"), "damaged"),
        (with_shared_strings(GOOD, b"<v>x</v>"), "damaged"),
        (in_sheet(GOOD, lambda part: part.replace(b'r="A1"', b'r="AAAAAAA1"')), "damaged"),
        (
            repacked(GOOD, lambda name, part: b"" if name == "xl/workbook.xml" else part),
            "damaged",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"old Office program \(\.xls\)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (b"PK\x03\x04" + bytes(excel_sheet.SIZE_LIMIT), "too large"),
    ],
)
def test_a_broken_or_hostile_workbook_is_refused_by_name(data: bytes, problem: str) -> None:
    assert excel_sheet.is_workbook(data)
    with pytest.raises(BadInput, match=problem) as caught:
        rows(data)
    assert "a.xlsx" in str(caught.value)


def test_another_zip_file_is_no_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    with pytest.raises(BadInput, match="no Excel workbook"):
        rows(target.getvalue())


def test_a_part_that_unpacks_to_hundreds_of_times_its_size_is_refused() -> None:
    data = bomb()
    assert len(data) < excel_sheet.SIZE_LIMIT
    with pytest.raises(BadInput, match="unpacks to too much"):
        rows(data)


def test_a_row_far_below_is_not_filled_up_to() -> None:
    data = in_sheet(
        GOOD, lambda part: part.replace(b'<row r="2"', b'<row r="1048576"').replace(b"A2", b"A9")
    )
    assert rows(data, limit=100) == [(1, ["name"]), (1048576, [])]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_stays_flat_over_a_hundred_thousand_rows(tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    row = [
        "H1",
        "样例有限公司",
        "",
        "",
        "91350211M000100Y46",
        "杭州市西湖区样例路9号",
        "a@b.example",
    ]
    path.write_bytes(excel_writing.write([row] * 100_000))
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from pirights.workflow import excel_sheet\n"
        "found, _ = excel_sheet.records(\n"
        "    Path(sys.argv[1]).read_bytes(), name='a', row_limit=10**6\n"
        ")\n"
        "count = sum(1 for _ in found)\n"
        "peak = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "print(count, int(peak) // 1024)\n"
    )
    # The peak that getrusage tells begins with that of the process that started this one.
    words = [sys.executable, "-c", script, str(path)]
    count, peak = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    assert int(count) == 100_000
    assert int(peak) < 150, f"{peak} MiB"
