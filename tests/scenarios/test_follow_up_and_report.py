"""What a clinic does each week: the letters that come next, all at once, and a page to look at."""

import csv
from pathlib import Path

from tests.cli.program import Ended
from tests.scenarios.stage import Stage


def overdue(stage: Stage, name: str) -> str:
    """A case about an app whose request arrived long ago."""
    handler = str(stage.data("handler", "add", "--name", name, "--venue", "app")["id"])
    at = ("--at", "2026-09-01 10:00", "--place", "应用内", "--venue", "app")
    stage.run("log", "add", *at, "--handler", handler)
    asked = ("--handler", handler, "--right", "access", "--date", "2026-09-10")
    ref = str(stage.data("request", "new", *asked)["ref"])
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-09-11", "--tracking", "EA1")
    stage.run("received", ref, "--at", "2026-09-13")
    return ref


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_what_is_due_is_written_to_a_sheet_and_the_exit_code_stays(stage: Stage) -> None:
    ref = overdue(stage, "样例应用一有限公司")
    sheet = stage.home / "due.csv"
    told = stage.data("due", "--export", str(sheet), code=10)
    assert told["export"] == {"file": str(sheet), "rows": 1, "letters": 1}
    assert told["items"][0]["ref"] == ref
    assert rows(sheet)[2][:2] == [ref, "reminder"]
    said = stage.run("due", "--export", str(sheet), "--lang", "zh", "--yes", code=10).out
    assert "其中 1 行列有现在可以制作的文书" in said
    assert "pirights batch run" in said


def test_a_sheet_that_somebody_went_through_is_not_replaced_without_a_yes(stage: Stage) -> None:
    ref = overdue(stage, "样例应用一有限公司")
    sheet = stage.home / "due.csv"
    stage.run("due", "--export", str(sheet), code=10)
    stage.run("due", "--export", str(sheet), code=10)  # the same again: nothing is lost
    fresh = sheet.read_text(encoding="utf-8-sig")
    sheet.write_text(fresh.replace(f"{ref},reminder", f"{ref},preserve"), encoding="utf-8")
    assert "exists" in stage.refusal("due", "--export", str(sheet), code=2)["message"]
    assert f"{ref},preserve" in sheet.read_text(encoding="utf-8")
    stage.run("due", "--export", str(sheet), "--yes", code=10)
    assert sheet.read_text(encoding="utf-8-sig") == fresh


def test_what_is_due_names_the_client_where_it_is_not_the_owner(stage: Stage) -> None:
    ref = overdue(stage, "样例应用一有限公司")
    assert "王小明" not in stage.run("due", code=10).out
    other = str(stage.data("person", "add", "--name", "沈一诺")["id"])
    at = ("--at", "2026-09-01 10:00", "--place", "应用内", "--venue", "app", "--handler", "H1")
    scan = str(stage.data("log", "add", *at)["id"])
    asked = ("--person", other, "--encounter", scan, "--right", "access")
    stage.run("request", "new", "--handler", "H1", *asked)
    said = stage.run("due", code=10).out
    lines = said.splitlines()
    assert any(ref in line and "P1 王小明" in line for line in lines)
    assert any(f"{other} 沈一诺" in line for line in lines)


def test_a_sheet_of_what_is_due_needs_an_ending_and_nothing_is_written_without(
    stage: Stage,
) -> None:
    told = stage.refusal("due", "--export", str(stage.home / "due.txt"), code=14)
    assert ".csv" in told["message"]
    assert not (stage.home / "due.txt").exists()


def test_a_sheet_that_asks_for_the_wrong_letter_is_told_before_anything_is_made(
    stage: Stage,
) -> None:
    ref = overdue(stage, "样例应用一有限公司")
    sheet = stage.file("due.csv", f"reference,kind\n{ref},incomplete\n".encode())
    told = stage.data("batch", "check", sheet, code=40)
    assert (told["rows"], told["faulty"]) == (1, 1)
    (fault,) = told["errors"]
    assert (fault["row"], fault["column"]) == (2, "kind")
    assert "No answer" in fault["problem"]
    assert len(stage.data("case", "show", ref)["messages"]) == 1


def report(stage: Stage, *more: str, code: int = 0) -> Ended:
    return stage.run("report", *more, code=code)


def test_a_report_has_a_neutral_name_and_replaces_nothing_unasked(stage: Stage) -> None:
    overdue(stage, "样例应用一有限公司")
    told = stage.data("report")
    assert (told["out"], told["cases"], told["open"], told["clients"]) == ("report.html", 1, 1, 1)
    page = stage.home / "report.html"
    assert page.stat().st_size == told["bytes"]
    page.write_text("mine")
    assert "--out" in report(stage, code=14).err
    assert page.read_text() == "mine"
    report(stage, "--out", "report.html")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "not encrypted" in report(stage, "--yes").out


def test_a_report_of_one_client_is_of_that_client(stage: Stage) -> None:
    overdue(stage, "样例应用一有限公司")
    other = stage.data("person", "add", "--name", "沈一诺")["id"]
    told = stage.data("report", "--person", other)
    assert (told["out"], told["person"], told["cases"]) == ("report-P2.html", "P2", 0)
    text = (stage.home / "report-P2.html").read_text(encoding="utf-8")
    assert "沈一诺" in text
    assert "王小明" not in text
    assert "样例应用一" not in text
    assert stage.refusal("report", "--person", "P9", code=12)
    assert stage.refusal("report", "--person", "H1", code=14)
    assert not (stage.home / "report-P9.html").exists()


def test_a_report_speaks_the_language_that_is_asked_for(stage: Stage) -> None:
    for language, said in (("zh", "全部案件报告"), ("en", "Report on all cases")):
        report(stage, "--lang", language, "--out", f"{language}.html")
        text = (stage.home / f"{language}.html").read_text(encoding="utf-8")
        assert f"<h1>{said}</h1>" in text


def test_a_report_that_cannot_be_written_leaves_nothing(stage: Stage) -> None:
    told = stage.refusal("report", "--out", str(stage.home / "nowhere" / "report.html"), code=14)
    assert "cannot be written" in told["message"]
    assert not (stage.home / "nowhere").exists()


def test_the_letters_of_the_week_are_made_from_the_sheet_and_what_failed_afterwards(
    stage: Stage,
) -> None:
    first, second = overdue(stage, "样例应用一有限公司"), overdue(stage, "样例应用二有限公司")
    sheet, out = stage.home / "due.csv", stage.home / "week"
    stage.run("due", "--export", str(sheet), code=10)
    whole = sheet.read_text(encoding="utf-8-sig")
    sheet.write_text(whole.replace(f"{second},reminder", f"{second},praise"), encoding="utf-8")
    run = ("batch", "run", str(sheet), "--out", str(out), "--workers", "1")
    told = stage.data(*run, code=40)
    assert (told["rows"], told["made"], told["failed"], told["skipped"]) == (2, 1, 1, 0)
    assert told["errors"][0]["column"] == "kind"
    assert [one.name for one in (out / "P1").iterdir()] == [f"{first}-2.pdf"]
    sheet.write_text(whole, encoding="utf-8")
    told = stage.data(*run, "--resume")
    assert (told["rows"], told["made"], told["failed"], told["skipped"]) == (2, 1, 0, 1)
    assert {one.name for one in (out / "P1").iterdir()} == {f"{first}-2.pdf", f"{second}-2.pdf"}
    order = [row[0] for row in rows(sheet)[2:]]
    assert [row[1] for row in rows(out / "index.csv")[1:]] == [f"{ref}/2" for ref in order]
    for ref in (first, second):
        kinds = [one["kind"] for one in stage.data("case", "show", ref)["messages"]]
        assert kinds == ["request", "reminder"]
    again = stage.data("due", "--export", str(sheet), "--yes", code=10)
    assert again["export"]["letters"] == 0


def test_the_error_sheet_of_a_follow_up_sheet_is_fed_back_as_it_is(stage: Stage) -> None:
    ref = overdue(stage, "样例应用一有限公司")
    sheet = stage.file("due.csv", f"案号,文书种类,备注甲\n{ref},说明理由,x\n".encode())
    told = stage.data("batch", "check", sheet, code=40)
    again = stage.data("batch", "check", told["error_sheet"], code=40)
    assert (again["rows"], again["errors"]) == (told["rows"], told["errors"])
