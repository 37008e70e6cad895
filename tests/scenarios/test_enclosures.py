"""Papers beside a letter, by commands: made, shown, refused, and the same octets everywhere."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.needs import program
from tests.scenarios.stage import Stage
from tests.scenarios.test_letter_bytes import SURROUNDINGS

FORMS = {"pdf": b"%PDF", "docx": b"PK", "html": b"<!DOCTYPE html>", "txt": b" "}
PAPERS = {"poa": ("--agent", "P2"), "ems": (), "deletion-checklist": ()}
TRICK = '<font color="[[[…]]]">{{ 7*7 }}{mine}|&amp;'


@pytest.fixture
def asked(case: tuple[Stage, str]) -> tuple[Stage, str]:
    """A case that asks for copies and deletion, and a second person P2."""
    stage, _ = case
    words = ("--right", "copy", "--right", "delete", "--date", "2026-11-21")
    ref = stage.data("request", "new", "--handler", "H1", *words)["ref"]
    stage.run("person", "add", "--name", "周样例", "--id-number", "330106199001011234")
    return stage, str(ref)


def text(stage: Stage, ref: str, *more: str) -> str:
    told = stage.data("request", "render", ref, "--text", *more)
    return "".join(str(told["text"]).split())


@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_is_made_in_each_form_and_language(paper: str, asked: tuple[Stage, str]) -> None:
    stage, ref = asked
    for form, start in FORMS.items():
        for letters in ("zh", "en", "zh-en"):
            out = stage.home / f"{letters}.{form}"
            words = ("--paper", paper, *PAPERS[paper], "--letters", letters, "--out", str(out))
            told = stage.data("request", "render", ref, *words)
            assert told == {
                "ref": ref,
                "message": f"{ref}/1",
                "paper": paper,
                "out": str(out),
                "format": form,
            }
            assert out.read_bytes().startswith(start)
    assert len(stage.data("case", "show", ref)["messages"]) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_the_same_octets_everywhere(paper: str, asked: tuple[Stage, str]) -> None:
    stage, ref = asked
    for form in ("pdf", "docx"):
        found = set()
        for number, more in enumerate(SURROUNDINGS[:5]):
            out = stage.home / f"{number}.{form}"
            words = ("--paper", paper, *PAPERS[paper], "--letters", "zh-en", "--out", str(out))
            stage.outside.having(**more).run("request", "render", ref, *words)
            found.add(out.read_bytes())
        assert len(found) == 1


def test_a_paper_is_shown_in_the_terminal_with_what_it_lacks(asked: tuple[Stage, str]) -> None:
    stage, ref = asked
    ended = stage.run("request", "render", ref, "--paper", "ems", "--text", "--lang", "en")
    assert "王小明关于复制、删除人脸信息的请求书" in ended.out
    assert "handler edit H1 --address" in ended.err
    told = stage.data("request", "render", ref, "--paper", "ems", "--text")
    assert set(told) == {"ref", "message", "paper", "text"}


def test_a_power_takes_what_was_agreed(asked: tuple[Stage, str]) -> None:
    stage, ref = asked
    words = ("--paper", "poa", "--agent", "P2", "--until", "2027-06-30", "--power", TRICK)
    said = text(stage, ref, *words, "--power", "代为和解")
    assert "至2027年6月30日止" in said
    assert "".join(TRICK.split()) in said
    assert "（2）代为和解" in said
    assert "330106199001011234" not in said
    assert "诉讼代理人" in text(stage, ref, *words, "--for", "court")


def test_a_client_gets_a_power_without_naming_anybody(stage: Stage) -> None:
    person = stage.data("person", "add", "--name", "陈样例", "--capacity", "agent")["id"]
    handler = stage.data("handler", "add", "--name", "杭州样例乐园有限公司")["id"]
    stage.log_scan("--handler", handler)
    words = ("--handler", handler, "--person", person, "--right", "access")
    ref = str(stage.data("request", "new", *words)["ref"])
    said = text(stage, ref, "--paper", "poa")
    assert "委托人：陈样例" in said
    assert "受托人：王小明" in said


def test_what_cannot_be_is_refused_by_name(asked: tuple[Stage, str]) -> None:
    stage, ref = asked
    out = stage.home / "paper.pdf"

    def refused(code: int, *words: str) -> str:
        told = stage.refusal("request", "render", ref, *words, code=code)
        assert not out.exists()
        return f"{told['message']} {told['hint']}"

    there = ("--out", str(out))
    mail = ("--out", str(out.with_suffix(".eml")))
    assert "--agent P3" in refused(14, "--paper", "poa", *there)
    assert "P9" in refused(12, "--paper", "poa", "--agent", "P9", *there)
    assert "--paper poa" in refused(14, "--paper", "ems", "--agent", "P2", *there)
    assert "attach it" in refused(14, "--paper", "ems", "--format", "eml", *mail)
    assert "--paper" in refused(2, "--letters", "en", *there)
    assert "--paper" in refused(2, "--for", "court", *there)
    assert "stands on the letter" in refused(2, "--paper", "ems", "--receipt", *there)
    assert "no box for a stamp" in refused(14, "--receipt", "--format", "eml", *mail)
    assert "--out FILE" in refused(2, "--paper", "ems")
    refused(2, "--paper", "poem", *there)
    stage.run("handler", "edit", "H1", "--address", "大道\U0001f600")
    assert "`pirights handler edit H1 --address " in refused(50, "--paper", "ems", *there)


def test_a_letter_without_deletion_has_no_checklist(case: tuple[Stage, str]) -> None:
    stage, ref = case
    words = ("--paper", "deletion-checklist", "--text")
    told = stage.refusal("request", "render", ref, *words, code=11)
    assert "does not ask for deletion" in told["message"]


def test_a_letter_handed_over_has_the_box_by_itself(asked: tuple[Stage, str]) -> None:
    stage, ref = asked
    assert "签收栏" not in text(stage, ref)
    assert text(stage, ref, "--receipt").count("签收栏") == 1
    stage.run("sent", ref, "--channel", "hand", "--at", "2026-11-22")
    assert text(stage, ref).count("签收栏") == 1
    out = stage.home / "letter.eml"
    stage.run("request", "render", ref, "--out", str(out))
    assert out.is_file()


def test_the_templates_are_listed_clean_and_can_be_changed(
    asked: tuple[Stage, str], tmp_path: Path
) -> None:
    stage, ref = asked
    own = stage.having(PIRIGHTS_TEMPLATES=str(tmp_path / "own"))
    kinds = {one["kind"]: one["languages"] for one in own.data("template", "list")["templates"]}
    for kind in (*PAPERS, "receipt"):
        assert kinds[kind] == ["zh", "en"]
        assert own.data("template", "lint", kind)["problems"] == []
        own.run("template", "eject", kind)
    place = next(tmp_path.rglob("ems/zh.md"))
    place.write_text(place.read_text(encoding="utf-8").replace("自行留存", "自己留存", 1), "utf-8")
    said = text(own, ref, "--paper", "ems")
    assert "自己留存" in said
    assert "模板ems·" in said


@program("soffice", "pdftotext")
def test_another_word_processor_loses_no_row(asked: tuple[Stage, str]) -> None:
    stage, ref = asked
    for paper, more in PAPERS.items():
        out = stage.home / f"{paper}.docx"
        words = ("--paper", paper, *more, "--letters", "zh-en", "--out", str(out))
        stage.run("request", "render", ref, *words)
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(stage.home / 'profile').as_uri()}"),
            *("--headless", "--convert-to", "pdf", *(f"{paper}.docx" for paper in PAPERS)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
        cwd=stage.home,
        env={**os.environ, "HOME": str(stage.home)},
    )
    printed = {}
    for paper in PAPERS:
        raw = subprocess.run(
            ["pdftotext", "-raw", f"{paper}.pdf", "-"],
            check=True,
            capture_output=True,
            cwd=stage.home,
        )
        printed[paper] = "".join(raw.stdout.decode().split())
    rows = printed["deletion-checklist"]
    for number, word in enumerate(("人脸图像", "人脸特征值", "识别", "人脸底库"), 1):
        assert f"{number}.{word}" in rows
    assert rows.count("otherhandlingstopped") == 8
    assert "内件品名" in printed["ems"]
    assert "复制、删除人脸信息的请求书" in printed["ems"]
    for number in range(1, 6):
        assert f"{number}." in printed["poa"]
    assert "Guardian" not in printed["poa"]
