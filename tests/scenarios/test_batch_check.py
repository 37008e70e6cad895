"""A clinic's empty sheet, and a filled-in one checked before anything is made."""

import csv
import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Final

import openpyxl
import pytest

from pirights.batch.columns import CASES_SHEET, COLUMNS
from tests.scenarios.stage import HANDLER, Stage

GOOD: Final = {
    "key": "A-1",
    "person_name": "张三",
    "person_id_number": "11010519491231002X",
    "person_phone": "13900000138",
    "handler_name": "杭州甲商场有限公司",
    "encounter_at": "2026-11-20 18:05",
    "place": "东门",
    "venue": "mall",
    "rights": "access;copy",
}


def sheet(stage: Stage, *rows: dict[str, str], name: str = "cases.csv") -> str:
    """Write a CSV in the home folder: its heading is row 1."""
    path = stage.home / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [column.name for column in COLUMNS])
        writer.writeheader()
        writer.writerows(rows)
    return name


def marked(path: Path) -> dict[str, str]:
    """Give the comments of a workbook by cell."""
    page = openpyxl.load_workbook(path).worksheets[0]
    return {cell.coordinate: cell.comment.text for row in page for cell in row if cell.comment}


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "请在示例行下面填写"), ("en", "Fill it in below the example")]
)
def test_an_empty_sheet_is_the_same_in_both_languages_and_needs_no_vault(
    stage: Stage, language: str, said: str
) -> None:
    homeless = replace(stage, vault=stage.home / "none")
    ended = homeless.run("batch", "template", "--out", "cases.xlsx", "--lang", language)
    homeless.run("batch", "template", "--out", "other.xlsx", "--lang", "en")
    assert said in ended.out
    first, second = (stage.home / name for name in ("cases.xlsx", "other.xlsx"))
    assert first.read_bytes() == second.read_bytes()
    assert not (stage.home / "none").exists()


def test_a_sheet_that_is_filled_in_is_not_replaced_by_an_empty_one_without_a_yes(
    stage: Stage,
) -> None:
    stage.run("batch", "template")
    path = stage.home / "cases.xlsx"
    fresh = path.read_bytes()
    stage.run("batch", "template")
    book = openpyxl.load_workbook(path)
    book[CASES_SHEET].append(["A-1"])
    book.save(path)
    work = path.read_bytes()
    stage.refusal("batch", "template", code=2)
    assert path.read_bytes() == work
    stage.run("batch", "template", "--yes")
    assert path.read_bytes() == fresh


def test_a_good_sheet_is_checked_and_nothing_is_made(stage: Stage) -> None:
    name = sheet(stage, GOOD)
    stage.data("case", "list")  # the passphrase lies there from now on
    before = sorted(stage.home.iterdir())
    data = stage.data("batch", "check", name)
    assert (data["rows"], data["errors"], data["error_sheet"]) == (1, [], None)
    assert sorted(stage.home.iterdir()) == before
    assert stage.data("case", "list")["cases"] == []
    assert [one["id"] for one in stage.data("person", "list")["persons"]] == ["P1"]
    assert "pirights batch run cases.csv --out DIR" in stage.run("batch", "check", name).out


def test_every_fault_is_named_by_row_and_column_and_the_copy_can_be_handed_in_again(
    stage: Stage,
) -> None:
    name = sheet(
        stage,
        GOOD,
        {},
        {**GOOD, "key": "A-2", "person_name": "李四", "person_id_number": "110105194912310021"},
        {**GOOD, "person_id_number": "", "person_name": "", "rights": "fly"},
    )
    data = stage.data("batch", "check", name, code=40)
    assert data["rows"] == 3
    found = [(one["row"], one["column"]) for one in data["errors"]]
    assert (4, "person_id_number") in found
    assert {(5, "key"), (5, "person_name"), (5, "rights")} <= set(found)
    assert {row for row, _ in found} == {4, 5}
    assert data["error_sheet"] == "cases-errors.xlsx"
    copy = stage.home / "cases-errors.xlsx"
    assert {"F4", "A5", "B5", "W5"} <= set(marked(copy))

    again = stage.data("batch", "check", "cases-errors.xlsx", code=40)
    assert [(one["row"], one["column"]) for one in again["errors"]] == found
    assert again["error_sheet"] == "cases-errors-2.xlsx"

    book = openpyxl.load_workbook(copy)
    page = book.worksheets[0]
    page["F4"] = None
    page["A5"], page["B5"], page["W5"] = "A-3", "王五", "删除"
    book.save(copy)
    fixed = stage.data("batch", "check", "cases-errors.xlsx")
    assert (fixed["rows"], fixed["errors"], fixed["error_sheet"]) == (3, [], None)


def test_what_somebody_put_right_is_never_replaced_by_the_next_error_sheet(stage: Stage) -> None:
    name = sheet(stage, {**GOOD, "place": ""})
    stage.data("batch", "check", name, code=40)
    assert stage.data("batch", "check", name, code=40)["error_sheet"] == "cases-errors.xlsx"
    copy = stage.home / "cases-errors.xlsx"
    book = openpyxl.load_workbook(copy)
    book.worksheets[0]["O2"] = "东门"
    book.save(copy)
    work = copy.read_bytes()
    assert stage.data("batch", "check", name, code=40)["error_sheet"] == "cases-errors-2.xlsx"
    assert copy.read_bytes() == work


def test_commands_that_name_a_sheet_with_blanks_can_be_given_as_they_stand(stage: Stage) -> None:
    (stage.home / "十一月 表").mkdir()
    name = sheet(stage, {**GOOD, "place": ""}, name="十一月 表/案件 (1).csv")
    ended = stage.run("batch", "check", name, code=40)
    (command,) = re.findall("`pirights (batch check [^`]+)`", ended.out)
    copy = stage.data(*shlex.split(command), code=40)
    assert copy["error_sheet"] == "十一月 表/案件 (1)-errors-2.xlsx"
    ended = stage.run("batch", "run", name, "--out", "第一周 文书", code=40)
    (command,) = re.findall("`pirights (batch run [^`]+)`", ended.out)
    assert shlex.split(command) == (
        ["batch", "run", "第一周 文书/errors.xlsx", "--out", "第一周 文书", "--resume"]
    )


def test_a_named_place_is_replaced_but_never_the_sheet_itself(stage: Stage) -> None:
    name = sheet(stage, {**GOOD, "place": ""})
    stage.file("mine.xlsx", b"old")
    data = stage.data("batch", "check", name, "--out", "mine.xlsx", code=40)
    assert data["error_sheet"] == "mine.xlsx"
    assert marked(stage.home / "mine.xlsx")
    told = stage.refusal("batch", "check", "mine.xlsx", "--out", "./mine.xlsx", code=14)
    assert "mine.xlsx" in told["message"]
    stage.refusal("batch", "check", name, "--out", "errors.csv", code=14)
    stage.refusal("batch", "check", name, "--out", "none/errors.xlsx", code=14)
    assert not (stage.home / "cases-errors.xlsx").exists()


def test_where_nothing_can_be_written_beside_the_sheet_the_faults_are_told_all_the_same(
    stage: Stage,
) -> None:
    folder = stage.home / ("x" * 200)
    folder.mkdir()
    name = sheet(stage, {**GOOD, "place": ""}, name=f"{folder.name}/{'y' * 245}.csv")
    ended = stage.run("batch", "check", name, "--json", code=40)
    assert ended.json()["error_sheet"] is None
    assert [one["column"] for one in ended.json()["errors"]] == ["place"]
    assert "--out" in ended.error()["hint"]


@pytest.mark.parametrize(
    ("language", "faulty", "vault"),
    [
        ("zh", "共 1 行，其中有错误的 1 行。", "没有加密库：未与库中已有的内容比对。"),
        ("en", "Rows: 1. Faulty: 1.", "There is no vault: nothing was compared with it."),
    ],
)
def test_without_a_vault_a_sheet_is_checked_too_and_says_so(
    stage: Stage, language: str, faulty: str, vault: str
) -> None:
    name = sheet(stage, {**GOOD, "place": ""})
    homeless = replace(stage, vault=stage.home / "none")
    ended = homeless.run("batch", "check", name, "--lang", language, code=40)
    assert faulty in ended.out
    assert vault in ended.out
    assert re.search(r"^2 +place ", ended.out, re.MULTILINE)
    assert not (stage.home / "none").exists()
    homeless.refusal("batch", "check", name, "--vault", "none", code=12)


def test_with_a_vault_a_client_who_is_a_handler_there_is_a_conflict_unless_accepted(
    stage: Stage,
) -> None:
    stage.data("handler", "add", "--name", HANDLER)
    name = sheet(stage, {**GOOD, "person_name": HANDLER, "person_id_number": ""})
    data = stage.data("batch", "check", name, code=40)
    assert [(one["row"], one["column"]) for one in data["errors"]] == [(2, "person_name")]
    assert "vault" not in " ".join(data["notices"])
    assert stage.data("batch", "check", name, "--accept-conflicts")["errors"] == []


def test_a_person_sees_fifty_faults_and_a_program_all(stage: Stage) -> None:
    rows = [{**GOOD, "key": f"A-{n}", "person_id_number": "", "place": ""} for n in range(60)]
    name = sheet(stage, *rows)
    shown = stage.run("batch", "check", name, "--lang", "en", code=40).out
    total = len(stage.data("batch", "check", name, code=40)["errors"])
    assert total >= 60
    assert f"{total - 50} more: --all shows them." in shown
    every = stage.run("batch", "check", name, "--all", "--lang", "en", code=40).out
    assert len(re.findall(r"^\d+ ", every, re.MULTILINE)) == total


def test_a_sheet_that_is_none_is_refused_and_leaves_nothing(stage: Stage) -> None:
    stage.data("case", "list")
    before = {one.name for one in stage.home.iterdir()}
    told = stage.refusal(
        "batch", "check", stage.file("cases.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), code=14
    )
    assert "cases.xls" in told["message"]
    stage.refusal("batch", "check", "nothing.csv", code=14)
    assert {one.name for one in stage.home.iterdir()} == before | {"cases.xls"}


def test_foreign_text_is_shown_and_never_acts(stage: Stage) -> None:
    name = sheet(
        stage, {**GOOD, "person_name": '=HYPERLINK("http://x","\x1b[31my")', "venue": "\x1b[2J"}
    )
    ended = stage.run("batch", "check", name, "--lang", "zh", code=40)
    assert "\x1b" not in ended.out + ended.err
    page = openpyxl.load_workbook(stage.home / "cases-errors.xlsx").worksheets[0]
    assert page["B2"].data_type == "s"
    assert str(page["B2"].value).startswith("=HYPERLINK")


def test_each_fault_is_told_with_its_sheet_and_a_long_one_in_full_once(stage: Stage) -> None:
    wrong = [dict(GOOD, key=f"B-{n}", person_phone=f"1390000000{n}", venue="月球") for n in (1, 2)]
    name = sheet(stage, *wrong)
    data = stage.data("batch", "check", name, code=40)
    assert data["sheet"] == name
    assert [(one["sheet"], one["row"]) for one in data["errors"]] == [(name, 2), (name, 3)]
    assert all("is not a word for venue" in one["problem"] for one in data["errors"])
    ended = stage.run("batch", "check", name, "--lang", "en", code=40)
    assert "Faults in cases.csv:" in ended.out
    assert ended.out.count("is not a word for") == 1
    assert "The same as in row 2." in ended.out
    assert (stage.home / "cases-errors.xlsx").stat().st_mode & 0o077 == 0
