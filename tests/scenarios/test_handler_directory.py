"""The directory of handlers as whole commands: in, out, looked through, related."""

import json
from pathlib import Path

import pytest

from tests.scenarios import stage as stages
from tests.scenarios.stage import HANDLER, Stage

CODE = "91350211M000100Y46"
MIXED = f"name,uscc,phone\n甲公司,{CODE},13900000137\n乙公司,91350211M000100Y43,\n甲 公司,,\n"


def test_faulty_rows_are_told_beside_the_good_ones_with_exit_40(stage: Stage) -> None:
    told = stage.data("handler", "import", stage.file("a.csv", MIXED.encode()), code=40)
    assert (told["added"], told["ids"], told["failed"]) == (1, ["H1"], 1)
    assert [(one["row"], one["line"], one["column"]) for one in told["errors"]] == [(3, 3, "uscc")]
    assert "91350211M000100Y43" in told["errors"][0]["problem"]
    assert [(one["row"], one["handler"]) for one in told["duplicates"]] == [(4, "H1")]
    assert stage.data("handler", "list")["total"] == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_preview_changes_nothing_and_people_read_the_same(language: str, stage: Stage) -> None:
    sheet = stage.file("a.csv", MIXED.encode("gb18030"))
    ended = stage.run("handler", "import", sheet, "--dry-run", "--lang", language, code=40)
    assert "甲公司" in ended.out
    assert "91350211M000100Y43" in ended.out
    assert stage.data("handler", "list")["total"] == 0
    assert stage.data("handler", "import", sheet, "--dry-run", code=40)["dry_run"] is True


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_out_and_in_again_gives_the_same_records_and_octets(
    stage: Stage, tmp_path: Path, ending: str
) -> None:
    stage.run(
        "handler", "add", "--name", "甲公司", "--uscc", CODE, "--alias", "=1", "--alias", "b;"
    )
    stage.run("handler", "add", "--name", "=1+1", "--branch-of", "H1", "--policy-days", "15wd")
    first, second = (str(tmp_path / f"{name}.{ending}") for name in "ab")
    assert stage.data("handler", "export", first)["handlers"] == 2
    other = stages.make(tmp_path / "other")
    assert other.data("handler", "import", first)["added"] == 2
    other.run("handler", "export", second)
    assert Path(first).read_bytes() == Path(second).read_bytes()
    listed = stage.data("handler", "list")["handlers"]
    assert other.data("handler", "list")["handlers"] == listed
    assert [one["branch_of"] for one in listed] == ["H1", None]


def test_an_update_needs_its_word(stage: Stage) -> None:
    stage.run("handler", "add", "--name", "甲公司", "--phone", "1")
    sheet = stage.file("a.csv", "name,phone\n甲公司,2\n".encode())
    told = stage.data("handler", "import", sheet)
    assert told["duplicates"][0]["differs"] == ["phone"]
    assert "--update" in stage.run("handler", "import", sheet).out
    assert stage.data("handler", "import", sheet, "--update")["updated"] == ["H1"]
    assert stage.data("handler", "show", "H1")["phone"] == "2"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.xlsx", b"PK\x03\x04nothing"),
        ("a.json", b"{"),
        ("a.csv", b"phone\n1\n"),
        ("a.csv", b""),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.csv", b'"name\n'),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_changes_nothing(
    stage: Stage, name: str, content: bytes
) -> None:
    stage.refusal("handler", "import", stage.file(name, content), code=14)
    assert stage.data("handler", "list")["total"] == 0
    stage.refusal("handler", "import", str(stage.home), code=14)
    stage.refusal("handler", "import", str(stage.home / "none"), code=14)


def test_an_unknown_ending_and_a_missing_folder_are_refused(stage: Stage) -> None:
    assert stage.data("handler", "export")["out"] == "directory.csv"
    assert (stage.home / "directory.csv").is_file()
    stage.refusal("handler", "export", str(stage.home / "a.txt"), code=14)
    stage.refusal("handler", "export", str(stage.home / "none" / "a.csv"), code=14)


def test_relations_are_shown_from_both_sides_and_taken_away(stage: Stage) -> None:
    stage.run("handler", "add", "--name", "甲公司")
    stage.run("handler", "add", "--name", "甲公司西湖分公司", "--branch-of", "h1")
    stage.run("handler", "add", "--name", "样例乐园", "--brand-of", "H1", "--parent", "H1")
    shown = stage.data("handler", "show", "H1")
    assert (shown["branches"], shown["brands"], shown["subsidiaries"]) == (["H2"], ["H3"], ["H3"])
    assert "H1 甲公司" in stage.run("handler", "show", "H2").out
    assert "H2 甲公司西湖分公司" in stage.run("handler", "show", "H1").out
    stage.run("handler", "edit", "H2", "--branch-of", "")
    assert stage.data("handler", "show", "H2")["branch_of"] is None
    stage.refusal("handler", "edit", "H2", "--branch-of", "H2", code=14)
    stage.refusal("handler", "edit", "H2", "--parent", "H9", code=12)
    stage.refusal("handler", "add", "--name", "x", "--brand-of", "P1", code=14)


def test_lint_tells_programs_and_people_what_is_wrong(stage: Stage) -> None:
    assert stage.data("handler", "lint") == {"problems": []}
    stage.run("handler", "add", "--name", HANDLER, "--phone", "12", "--address", "样例路9号")
    told = stage.refusal("handler", "lint", code=14)
    assert [(one["handler"], one["field"], one["certain"]) for one in told["problems"]] == [
        ("H1", "phone", True),
        ("H1", "address", False),
        ("H1", "source", True),
        ("H1", "verified", True),
    ]
    ended = stage.run("handler", "lint", "H1", "--lang", "zh", code=14)
    assert "H1" in ended.err
    stage.run("handler", "edit", "H1", "--phone", "", "--source", "x", "--verified", "2026-11-20")
    told = stage.data("handler", "lint")
    assert [one["field"] for one in told["problems"]] == ["address"]
    stage.refusal("handler", "lint", "H9", code=12)


def test_help_to_find_a_company_is_a_checklist_and_names_no_contact(stage: Stage) -> None:
    told = stage.data("handler", "find-help")
    assert [one["id"] for one in told["steps"]][:3] == ["licence", "notice", "invoice"]
    text = json.dumps(told, ensure_ascii=False)
    assert "http" not in text
    assert "@" not in text
    chinese = stage.run("handler", "find-help", "--lang", "zh").out
    for word in ("营业执照", "发票", "ICP", "国家企业信用信息公示系统"):
        assert word in chinese
    stage.run("handler", "add", "--name", "样例")
    assert "find-help" in stage.run("handler", "show", "H1").out
