"""What strangers and spreadsheet programs do to a sheet: told by row and column, or refused."""

import io
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from pirights.batch import checking
from pirights.domain.encounter import Answer
from pirights.errors import BadInput, Message
from tests.batch import rows
from tests.needs import program

LINK = '=HYPERLINK("http://x.example","王小明")'


def repacked(path: Path, old: bytes, new: bytes) -> Path:
    """Change the XML of the first sheet of a workbook."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(path) as before,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            data = before.read(part)
            if part.filename.endswith("sheet1.xml"):
                assert old in data
                data = data.replace(old, new)
            after.writestr(part.filename, data)
    path.write_bytes(target.getvalue())
    return path


def saved_by_libreoffice(path: Path, form: str) -> Path:
    program("soffice")
    profile = (path.parent / "profile").as_uri()
    utf_8 = "CSV:44,34,76,1,,0,false,true,true"
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={profile}", "--headless", f"--infilter={utf_8}"),
            *("--convert-to", form, "--outdir", path.parent, path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return path.with_suffix(f".{form}")


def test_merged_cells_are_named_in_every_row_that_they_cover(tmp_path: Path) -> None:
    book = rows.workbook(rows.row("A1"), rows.row("A2"), rows.row("A3"), rows.row("A4"))
    book.active.merge_cells("C2:D4")
    checked = rows.check(rows.saved(tmp_path, book))
    columns = ("handler_name", "encounter_at")
    assert rows.faults(checked) == [(row, one) for row in (2, 3, 4) for one in columns]
    assert all("C2:D4" in str(fault.problem) for fault in checked.faults)
    assert checked.faulty == {2, 3, 4}


def test_merged_headings_are_refused(tmp_path: Path) -> None:
    book = rows.workbook(rows.row())
    book.active.merge_cells("A1:B1")
    with pytest.raises(BadInput, match=r"headings cannot be read.*A1:B1"):
        rows.opened(rows.saved(tmp_path, book))


def test_merged_cells_that_lie_over_each_other_are_refused(tmp_path: Path) -> None:
    many = b"".join(b'<mergeCell ref="A%d:B9000"/>' % number for number in range(2, 900))
    path = repacked(
        rows.workbook_sheet(tmp_path, *(rows.row(f"A{number}") for number in range(900))),
        b"</sheetData>",
        b"</sheetData><mergeCells>" + many + b"</mergeCells>",
    )
    with pytest.raises(BadInput, match=r"cases\.xlsx is a damaged workbook"):
        rows.check(path)


def test_a_formula_is_named_and_its_text_is_kept_for_the_error_sheet(tmp_path: Path) -> None:
    path = rows.workbook_sheet(tmp_path, rows.row(person_phone="=B2&C2"))
    checked = rows.check(path)
    assert rows.faults(checked) == [(2, "person_phone")]
    assert "formula" in rows.problems(checked)
    ((_, cells),) = list(rows.opened(path).raw())[1:]
    (formula,) = [cell for cell in cells if isinstance(cell, Message)]
    assert formula.values["text"] == "=B2&C2"


@pytest.mark.parametrize("guard", ["", "'", " "])
def test_a_link_in_a_name_is_named_in_text(tmp_path: Path, guard: str) -> None:
    checked = rows.check(rows.text_sheet(tmp_path, rows.row(person_name=guard + LINK)))
    assert rows.faults(checked) == [(2, "person_name")]
    assert "formula" in rows.problems(checked)


def test_a_link_in_a_name_is_named_in_a_workbook(tmp_path: Path) -> None:
    book = rows.workbook(rows.row(person_name=LINK), rows.row("A2"), rows.row("A3"))
    book.active["B3"] = LINK
    book.active["B3"].data_type = "s"
    checked = rows.check(rows.saved(tmp_path, book))
    assert rows.faults(checked) == [(2, "person_name"), (3, "person_name")]


@pytest.mark.parametrize("column", ["key", "person_name", "place", "identify_by", "note"])
@pytest.mark.parametrize("value", [True, False])
def test_a_cell_of_yes_or_no_is_no_text(tmp_path: Path, column: str, value: object) -> None:
    path = rows.workbook_sheet(tmp_path, rows.row() | {column: value})
    checked = rows.check(path)
    assert rows.faults(checked) == [(2, column)]
    assert f"The cell holds {str(value).upper()}, and no text" in rows.problems(checked)
    of_text = rows.check(rows.text_sheet(tmp_path, rows.row() | {column: f" {value} "}))
    assert rows.problems(of_text) == rows.problems(checked)


def test_a_cell_of_yes_or_no_answers_what_asks_for_it(tmp_path: Path) -> None:
    path = rows.workbook_sheet(tmp_path, rows.row(notice=True, consent=False))
    checked = rows.check(path)
    assert checked.faults == ()
    (read,) = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    assert (read.encounters[0].notice, read.encounters[0].consent) == (Answer.YES, Answer.NO)


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?"])
def test_an_error_of_a_spreadsheet_is_no_text(tmp_path: Path, error: str) -> None:
    row = rows.row(person_name=error, place=error)
    for path in (rows.text_sheet(tmp_path, row), rows.workbook_sheet(tmp_path, row)):
        checked = rows.check(path)
        assert rows.faults(checked) == [(2, "person_name"), (2, "place")]
        assert f"The cell holds an error: {error}." in rows.problems(checked)


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 20, 18, 5),  # noqa: DTZ001 (a cell has no zone)
        "2026-11-20 18:05",
        "2026/11/20 18:05:00",
        "2026年11月20日 18时05分",
        "２０２６－１１－２０　１８：０５",
        46346.7534722222,
        "46346.7534722222",
        "2026-11-20  18:05 ",
    ],
)
def test_dates_as_text_or_serials_are_read(tmp_path: Path, at: object) -> None:
    path = rows.workbook_sheet(tmp_path, rows.row(encounter_at=at))
    checked = rows.check(path)
    assert checked.faults == ()
    (read,) = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    assert [f"{one.at:%Y-%m-%dT%H:%M%z}" for one in read.encounters] == ["2026-11-20T10:05+0000"]


def test_serials_of_a_workbook_that_counts_from_1904_are_read(tmp_path: Path) -> None:
    from openpyxl.utils.datetime import MAC_EPOCH

    book = rows.workbook(rows.row(encounter_at=46346.7534722222 - 1462))
    book.epoch = MAC_EPOCH
    path = rows.saved(tmp_path, book)
    checked = rows.check(path)
    (read,) = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    assert f"{read.encounters[0].local:%Y-%m-%d %H:%M}" == "2026-11-20 18:05"


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        ("2026-11-20", "lacks the time of day"),
        (46346, "lacks the time of day"),
        ("2026年13月3日", "no such date or time"),
        ("2026-11-20 25:00", "no such date or time"),
        ("2026-11-27 08:00", "not come yet"),
        ("1970-01-01 08:00", "before 1990"),
        ("上周五晚上", "not a date with a time"),
        ("2026-11-20 18:05; 明天", "not a date with a time"),
    ],
)
def test_a_date_that_is_none_is_named(tmp_path: Path, at: object, problem: str) -> None:
    checked = rows.check(rows.workbook_sheet(tmp_path, rows.row(encounter_at=at)))
    assert rows.faults(checked) == [(2, "encounter_at")]
    assert problem in rows.problems(checked)


def test_nobody_is_scanned_before_their_birth_or_at_an_age_that_nobody_reaches(
    tmp_path: Path,
) -> None:
    for number in ("510105203001010014", "110105188001010017"):
        checked = rows.check(rows.text_sheet(tmp_path, rows.row(person_id_number=number)))
        assert rows.faults(checked) == [(2, "person_id_number")], number
    assert "was born on 1880-01-01; the scan was on 2026-11-20" in rows.problems(checked)


def test_full_width_digits_are_taken_for_what_they_are(tmp_path: Path) -> None:
    path = rows.text_sheet(
        tmp_path,
        rows.row(
            "Ａ１",
            person_phone="１３９００００００００",
            person_id_number="１１０１０５１９４９１２３１００２ｘ",
            handler_uscc="９１３５０２１１Ｍ０００１００Ｙ４６",
        ),
    )
    checked = rows.check(path)
    assert checked.faults == ()
    (read,) = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    assert (read.key, read.person.phone) == ("A1", "13900000000")
    assert (read.person.id_number, read.handler.uscc) == (rows.ID_NUMBER, rows.USCC)


def test_stray_spaces_are_dropped(tmp_path: Path) -> None:
    path = rows.text_sheet(
        tmp_path,
        rows.row(
            " A1\u3000",
            person_name="王　小 明 ",
            person_name_en=" Wang   Xiaoming",
            person_email="\u00a0wang@mail.example ",
            venue=" 景区　",
            rights=" 查阅 ； 复制 ; ",
        ),
    )
    checked = rows.check(path)
    assert checked.faults == ()
    (read,) = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    assert (read.key, read.person.name, read.person.name_en) == ("A1", "王小明", "Wang Xiaoming")
    assert read.person.email == "wang@mail.example"
    assert [right.value for right in read.rights] == ["access", "copy"]


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("110105194912310021", "check character"),
        ("11010519491231002", "18 characters"),
        ("110105194902310023", "no day of birth"),
        ("11010519491231OO2X", "17 digits"),
    ],
)
def test_an_id_number_with_a_wrong_check_digit_is_named_and_not_repeated(
    tmp_path: Path, number: str, problem: str
) -> None:
    checked = rows.check(rows.text_sheet(tmp_path, rows.row(person_id_number=number)))
    assert rows.faults(checked) == [(2, "person_id_number")]
    assert problem in rows.problems(checked)
    assert number not in rows.problems(checked)


def test_an_id_number_that_a_spreadsheet_has_rounded_is_named(tmp_path: Path) -> None:
    path = rows.workbook_sheet(tmp_path, rows.row(person_id_number=110105199003070118))
    checked = rows.check(path)
    assert rows.faults(checked) == [(2, "person_id_number")]
    assert "without its last digits" in rows.problems(checked)


def test_a_code_of_a_company_with_a_wrong_check_character_is_named(tmp_path: Path) -> None:
    checked = rows.check(rows.text_sheet(tmp_path, rows.row(handler_uscc="91350211M000100Y47")))
    assert rows.faults(checked) == [(2, "handler_uscc")]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_hundred_thousand_rows_are_checked_in_bounded_memory(tmp_path: Path) -> None:
    many = (rows.row(f"A{n}", person_phone=f"139{n:08d}") for n in range(100_000))
    lines = rows.table([rows.row(person_phone="")])[:1] + [list(one.values()) for one in many]
    path = rows.text_file(tmp_path, rows.as_text(lines))
    script = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from pirights.batch import checking, sheet\n"
        "read = sheet.opened(Path(sys.argv[1]))\n"
        "how = dict(now=datetime(2026, 11, 26, tzinfo=UTC), zone='Asia/Shanghai')\n"
        "checked = checking.check(None, read, **how)\n"
        "good = sum(1 for _ in checking.good_rows(read, checked, **how))\n"
        "peak = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "print(checked.rows, good, int(peak) // 1024)\n"
    )
    words = [sys.executable, "-c", script, str(path)]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    assert told[:2] == ["100000", "100000"]
    assert int(told[2]) < 250, f"{told[2]} MiB"


def test_a_row_beyond_a_hundred_thousand_is_refused_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pirights.batch.sheet.ROW_LIMIT", 2)
    path = rows.text_sheet(tmp_path, rows.row("A1"), rows.row("A2"), rows.row("A3"))
    with pytest.raises(BadInput, match=r"cases\.csv, row 4: a sheet has at most 2 rows"):
        rows.check(path)


def test_a_sheet_that_libreoffice_saved_says_what_the_text_said(tmp_path: Path) -> None:
    source = rows.text_sheet(
        tmp_path,
        rows.row(person_phone="13900000137", note="=1+1"),
        rows.row("7", person_id_number="'" + rows.ID_NUMBER, person_phone="0571 87654321"),
        encoding="utf-8-sig",
    )
    book = saved_by_libreoffice(source, "xlsx")
    for path in (source, book):
        assert rows.faults(rows.check(path)) == [(2, "note")]
    of_text, of_book = (
        [
            (one.key, one.digest)
            for one in checking.good_rows(
                rows.opened(path), rows.check(path), now=rows.NOW, zone=rows.ZONE
            )
        ]
        for path in (source, book)
    )
    assert of_text == of_book


def test_a_file_of_an_old_excel_is_refused_whatever_its_name(tmp_path: Path) -> None:
    saved_by_libreoffice(rows.text_sheet(tmp_path, rows.row()), "xls")
    for name in ("cases.xls", "renamed.xlsx", "renamed.csv"):
        path = tmp_path / name
        path.write_bytes((tmp_path / "cases.xls").read_bytes())
        with pytest.raises(BadInput, match=rf"{name} is a file of an old Office program"):
            rows.opened(path)


def test_a_workbook_that_is_called_csv_and_text_that_is_called_xlsx_are_read(
    tmp_path: Path,
) -> None:
    book = rows.workbook_sheet(tmp_path, rows.row()).rename(tmp_path / "book.csv")
    text = rows.text_sheet(tmp_path, rows.row()).rename(tmp_path / "text.xlsx")
    assert rows.check(book).faults == rows.check(text).faults == ()


@pytest.mark.parametrize("text", ["<html><table><tr><td>key</td></tr></table>", "\n<?xml ?>"])
def test_a_web_page_that_is_called_a_sheet_is_refused(tmp_path: Path, text: str) -> None:
    path = rows.text_file(tmp_path, text, name="export.xls")
    with pytest.raises(BadInput, match=r"export\.xls is a page of HTML or XML"):
        rows.opened(path)


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(head + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(BadInput, match=r"cases\.xlsx is protected by a password"):
        rows.opened(path)


def test_a_zip_bomb_in_a_sheet_is_refused(tmp_path: Path) -> None:
    path = repacked(
        rows.workbook_sheet(tmp_path, rows.row()),
        b"<sheetData>",
        b"<sheetData>" + b"<row><c><v>1</v></c></row>" * 800_000,
    )
    assert path.stat().st_size < 2**20
    with pytest.raises(BadInput, match="unpacks to too much"):
        rows.opened(path)


@pytest.mark.parametrize(
    "many",
    [
        b"<row/>" * 101,
        b"<x:row/>" * 101,
        b"<si/>" * 101,
        b"<a>" * 64 + b"</a>" * 64,
        b"<a/>" * 2_001,
    ],
    ids=["rows", "rows under a prefix", "texts", "nested", "anything"],
)
@pytest.mark.parametrize("name", ["sheet1.xml", "sheet1.vml"])
def test_a_sheet_of_more_elements_than_a_sheet_can_have_is_refused(
    tmp_path: Path, many: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pirights.workflow.workbook_measure.ELEMENTS_LIMIT", 2_000)
    few = {"row": 100, "si": 100}
    monkeypatch.setattr("pirights.workflow.workbook_measure.NAMED_LIMITS", few)
    path = rows.workbook_sheet(tmp_path, rows.row())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"xl/more/{name}", b"<x>" + many + b"</x>")
    with pytest.raises(BadInput, match="unpacks to too much"):
        rows.opened(path)


@pytest.mark.parametrize("text", ["", "\r\n\r\n", ",,,\r\n", "\ufeff"])
def test_an_empty_sheet_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match="The sheet is empty"):
        rows.opened(rows.text_file(tmp_path, text))


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    book = rows.workbook(rows.row())
    book.active.delete_rows(1, 9)
    with pytest.raises(BadInput, match="The sheet is empty"):
        rows.opened(rows.saved(tmp_path, book))


def test_a_sheet_of_headings_only_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"cases\.csv has headings and no rows"):
        rows.check(rows.text_file(tmp_path, ",".join(rows.HEADINGS) + "\r\n\r\n,,,\r\n"))


def test_an_unknown_column_is_named_and_the_known_ones_are_told(tmp_path: Path) -> None:
    named = r"cases\.csv: Unknown headings: 星座, shoe size"
    with pytest.raises(BadInput, match=named) as caught:
        rows.opened(rows.text_sheet(tmp_path, rows.row(**{"星座": "", "shoe size": ""})))
    assert "key, person_name, person_name_en" in str(caught.value.hint)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    lacking = {name: cell for name, cell in rows.GOOD.items() if name not in {"place", "rights"}}
    with pytest.raises(BadInput, match="Required headings are missing: place, rights"):
        rows.opened(rows.text_sheet(tmp_path, lacking))


@pytest.mark.parametrize("heading", ["key", "编号", " K E Y ", "序号"])
def test_a_heading_that_stands_twice_is_named(tmp_path: Path, heading: str) -> None:
    text = rows.as_text([[*rows.HEADINGS, heading], [*rows.GOOD.values(), "x"]])
    with pytest.raises(BadInput, match="Headings stand twice: key"):
        rows.opened(rows.text_file(tmp_path, text))


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\u202e", "\x07"])
def test_control_characters_are_named(tmp_path: Path, character: str) -> None:
    checked = rows.check(
        rows.text_sheet(tmp_path, rows.row(person_name=f"王{character}明", note="一\n二"))
    )
    assert rows.faults(checked) == [(2, "person_name")]
    assert f"U+{ord(character):04X}" in rows.problems(checked)
    assert "holds an invisible " in rows.problems(checked)


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_row(tmp_path: Path) -> None:
    good = ",".join(rows.GOOD.values())
    text = f'{",".join(rows.HEADINGS)}\r\n{good}\r\nA2,"王小明,x\r\nA3,王,月球\r\n'
    path = rows.text_file(tmp_path, text)
    checked = rows.check(path)
    assert (checked.rows, rows.faults(checked)[0]) == (3, (3, "person_name"))
    assert {row for row, _ in rows.faults(checked)} == {3, 4}
    assert "never closed" in rows.problems(checked)
    *_, (row, (cell,)), (after, _) = rows.opened(path).raw()
    assert (row, after) == (3, 4)
    assert isinstance(cell, Message)
    assert cell.values["text"] == 'A2,"王小明,x\r\n'


@pytest.mark.parametrize("count", [30, 60_000])
def test_no_row_is_lost_behind_a_quotation_mark_that_is_never_closed(
    tmp_path: Path, count: int
) -> None:
    good = ",".join(rows.GOOD.values())
    text = f'{",".join(rows.HEADINGS)}\r\n{good}\r\nA2,"王\r\n' + f"{good}\r\n" * count
    sheet = rows.opened(rows.text_file(tmp_path, text))
    read = list(sheet.records())
    assert [one.row for one in read] == list(range(2, count + 4))
    assert [(one.row, *one.stray) for one in read if one.is_torn] == [(3, "person_name")]
    assert read[-1].cells == rows.GOOD


def test_a_line_without_end_is_named(tmp_path: Path) -> None:
    good = ",".join(rows.GOOD.values())
    text = f"{','.join(rows.HEADINGS)}\r\n{good}\r\n{'x' * 2**21}\r\nA3,王,月球\r\n"
    checked = rows.check(rows.text_file(tmp_path, text))
    assert rows.faults(checked)[0] == (3, "key")
    assert (checked.rows, rows.faults(checked)[-1][0]) == (3, 4)
    assert "characters" in rows.problems(checked)


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_gb18030_in_utf_8_with_and_without_mark_and_in_utf_16(
    tmp_path: Path, encoding: str
) -> None:
    path = rows.text_sheet(tmp_path, rows.row(), encoding=encoding)
    checked = rows.check(path)
    assert checked.faults == ()
    (read,) = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    assert read.person.name == "王小明"


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "gbk"), ("\t", "utf-16")])
def test_the_delimiter_is_found_by_the_headings(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    text = rows.as_text(rows.table([rows.row()]), delimiter)
    assert rows.check(rows.text_file(tmp_path, text, encoding=encoding)).faults == ()


def test_a_sheet_of_text_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pirights.batch.text_rows.SIZE_LIMIT", 100)
    with pytest.raises(BadInput, match="larger than"):
        rows.opened(rows.text_sheet(tmp_path, rows.row()))


def test_a_sheet_of_text_with_more_lines_than_a_spreadsheet_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pirights.batch.text_rows.LINE_LIMIT", 9)
    text = rows.as_text(rows.table([rows.row()]))
    assert rows.check(rows.text_file(tmp_path, text + "\n" * 7)).faults == ()
    with pytest.raises(BadInput, match="more than 9 lines"):
        rows.check(rows.text_file(tmp_path, text + "\n" * 8))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xff\xff")
    with pytest.raises(BadInput, match="neither UTF-8 nor GB 18030"):
        rows.opened(path)


def test_utf_16_that_ends_in_half_a_character_is_refused(tmp_path: Path) -> None:
    path = rows.text_sheet(tmp_path, rows.row(), encoding="utf-16")
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BadInput, match="neither UTF-8 nor GB 18030"):
        rows.opened(path)


def test_a_cell_under_no_heading_is_named(tmp_path: Path) -> None:
    text = rows.as_text([rows.HEADINGS, [*rows.GOOD.values(), "lost"]])
    checked = rows.check(rows.text_file(tmp_path, text))
    assert rows.faults(checked) == [(2, "H")]
    assert "under no heading" in rows.problems(checked)


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    bad = [*rows.row("A2", venue="月球").values()]
    text = rows.as_text([rows.HEADINGS, [], [*rows.row(place="东\n门").values()], ["", ""], bad])
    assert rows.faults(rows.check(rows.text_file(tmp_path, text))) == [(5, "venue")]


def test_rows_of_a_workbook_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    book = rows.workbook(rows.row(), rows.row("A2", venue="月球"))
    book.active.insert_rows(2, 3)
    assert rows.faults(rows.check(rows.saved(tmp_path, book))) == [(6, "venue")]


def test_rows_of_a_workbook_that_go_backwards_are_refused(tmp_path: Path) -> None:
    path = repacked(rows.workbook_sheet(tmp_path, rows.row(), rows.row("A2")), b'r="3"', b'r="2"')
    with pytest.raises(BadInput, match="damaged workbook"):
        rows.check(path)


def test_a_hidden_sheet_before_the_one_that_is_seen_is_passed_over(tmp_path: Path) -> None:
    book = rows.workbook(rows.row())
    book.create_sheet("内部", 0).sheet_state = "hidden"
    path = rows.saved(tmp_path, book)
    assert rows.check(path).faults == ()
    assert rows.opened(path).title == "案件"
