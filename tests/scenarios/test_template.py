"""Changing a letter's template on the real command line, from the copy to the footer."""

import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.needs import program
from tests.scenarios.stage import Stage

LINE = "```signature\n"
MORE = {
    "zh": "请同时抄送本所。\n\n" + LINE,
    "en": "Please send a copy to this clinic too.\n\n" + LINE,
}


@pytest.fixture
def clinic(stage: Stage) -> Stage:
    """A vault, with a settings folder of the scenario's own."""
    return stage.having(PIRIGHTS_TEMPLATES=str(stage.home / "own"))


def edit(clinic: Stage, old: str, new: str, *languages: str) -> None:
    for language in languages or ("zh", "en"):
        path = clinic.home / "own" / "letters" / "request" / f"{language}.md"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def mark(clinic: Stage) -> str:
    folder = clinic.home / "own" / "letters" / "request"
    both = b"".join((folder / name).read_bytes() for name in ("en.md", "zh.md"))
    return f"request·{sha256(both).hexdigest()[:8]}"


def changed(clinic: Stage) -> None:
    clinic.run("template", "eject", "request")
    for language, words in MORE.items():
        edit(clinic, LINE, words, language)


def test_the_kinds_are_listed_with_their_languages(clinic: Stage) -> None:
    rows = clinic.data("template", "list")["templates"]
    assert {"request", "reminder"} <= {row["kind"] for row in rows}
    for row in rows:
        assert set(row["languages"]) == {"zh", "en"}
        assert row["changed"] is False
        assert Path(row["folder"]).is_dir()
    said = clinic.run("template", "list", "--lang", "zh").out
    assert "个人信息权益行使请求书" in said


@pytest.mark.parametrize(("language", "title"), [("zh", "个人信息"), ("en", "Request to")])
def test_a_template_is_shown_as_it_is(clinic: Stage, language: str, title: str) -> None:
    shown = clinic.run("template", "show", "request", "--language", language)
    found = clinic.data("template", "show", "request", "--language", language)
    assert shown.out == found["text"]
    assert shown.out.startswith(f'+++\ntitle = "{title}')
    assert Path(found["file"]).read_text(encoding="utf-8") == shown.out


def test_a_template_cannot_steer_the_terminal(clinic: Stage) -> None:
    clinic.run("template", "eject", "request")
    edit(clinic, LINE, "\x1b[2J\u202e" + LINE)
    shown = clinic.run("template", "show", "request").out
    assert "\\x1b[2J\\u202e" in shown
    assert "\x1b" not in shown
    again = clinic.run("template", "eject", "request", "--yes")
    assert "\x1b" not in again.out


def test_a_clinic_changes_a_letter_and_its_footer_says_so(clinic: Stage) -> None:
    plain = clinic.opened_case("--letters", "zh-en")
    changed(clinic)
    assert clinic.data("template", "lint")["problems"] == []
    ref = str(
        clinic.data("request", "new", "--handler", "H1", "--right", "know", "--letters", "zh-en")[
            "ref"
        ]
    )
    out = clinic.home / "letter.txt"
    clinic.run("request", "render", ref, "--format", "txt", "--out", str(out))
    text = out.read_text(encoding="utf-8")
    assert "请同时抄送本所。" in text
    assert "Please send a copy to this clinic too." in text
    assert text.endswith(f"{ref}\n\n模板 {mark(clinic)} / Template {mark(clinic)}\n")
    # a letter that was written before is what it was
    clinic.run("request", "render", plain, "--format", "txt", "--out", str(out))
    assert "模板" not in out.read_text(encoding="utf-8").replace("特征模板", "")


def test_the_other_forms_name_it_too(clinic: Stage) -> None:
    changed(clinic)
    ref = clinic.opened_case()
    page, word = clinic.home / "letter.html", clinic.home / "letter.docx"
    clinic.run("request", "render", ref, "--format", "html", "--out", str(page))
    clinic.run("request", "render", ref, "--format", "docx", "--out", str(word))
    assert f"模板 {mark(clinic)}" in page.read_text(encoding="utf-8")
    with zipfile.ZipFile(word) as parts:
        feet = [parts.read(name).decode() for name in parts.namelist() if "footer" in name]
    assert any(f"模板 {mark(clinic)}" in foot for foot in feet)


@program("pdftotext")
def test_the_footer_stands_on_every_page_of_the_file(clinic: Stage) -> None:
    changed(clinic)
    ref = clinic.opened_case("--letters", "zh-en")
    out = clinic.home / "letter.pdf"
    clinic.run("request", "render", ref, "--out", str(out))
    told = subprocess.run(
        ["pdftotext", "-layout", str(out), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    pages = told.stdout.rstrip("\f").split("\f")
    assert len(pages) > 1
    for page in pages:
        assert page.count(f"模板 {mark(clinic)} / Template {mark(clinic)}") == 1


def test_the_same_changed_template_makes_the_same_bytes(clinic: Stage) -> None:
    changed(clinic)
    ref = clinic.opened_case()
    one, other = clinic.home / "one.pdf", clinic.home / "other.pdf"
    clinic.run("request", "render", ref, "--out", str(one))
    clinic.having(TZ="America/New_York").run("request", "render", ref, "--out", str(other))
    assert one.read_bytes() == other.read_bytes()


def test_lint_names_template_language_and_line(clinic: Stage) -> None:
    clinic.run("template", "eject", "request")
    edit(clinic, "{{ ref }}", "{{ refe }}", "en")
    path = clinic.home / "own" / "letters" / "request" / "en.md"
    lines = path.read_text(encoding="utf-8").split("\n")
    line = next(number for number, one in enumerate(lines, 1) if "{{ refe }}" in one)
    for named in ((), ("request",), (str(path),)):
        told = clinic.refusal("template", "lint", *named, code=14)
        assert told["name"] == "bad-input"
        assert {
            "template": "request",
            "language": "en",
            "line": line,
            "problem": "This letter has no value refe.",
        } in told["problems"]
    said = clinic.run("template", "lint", "--lang", "en", code=14).err
    assert f"request/en.md, line {line}: This letter has no value refe.\n" in said
    assert clinic.run("template", "lint", "reminder", "--lang", "en").out == "Nothing is wrong.\n"
    assert (
        f"request/en.md 第 {line} 行" in clinic.run("template", "lint", "--lang", "zh", code=14).err
    )


def test_a_broken_template_makes_no_letter_and_no_case(clinic: Stage) -> None:
    clinic.run("template", "eject", "request")
    edit(clinic, "{{ ref }}", "{{ person.id_number }}")
    handler = str(clinic.data("handler", "add", "--name", "甲公司")["id"])
    clinic.log_scan("--handler", handler)
    asked = ("request", "new", "--handler", handler, "--right", "know")
    told = clinic.refusal(*asked, code=14)
    assert "template lint" in told["hint"]
    assert clinic.data("case", "list")["cases"] == []


def test_an_edited_copy_is_replaced_only_with_yes(clinic: Stage) -> None:
    changed(clinic)
    before = mark(clinic)
    told = clinic.refusal("template", "eject", "request", code=11)
    assert "--yes" in told["hint"]
    assert mark(clinic) == before
    done = clinic.data("template", "eject", "request", "--yes")
    assert {one["state"] for one in done["files"]} == {"replaced"}
    assert all(
        "clinic" in one["difference"] or "本所" in one["difference"] for one in done["files"]
    )
    assert clinic.data("template", "list")["templates"][-1]["changed"] is False


def test_a_copy_for_looking_at_goes_where_it_is_told(clinic: Stage) -> None:
    place = clinic.home / "desk"
    done = clinic.data("template", "eject", "reminder", "--out", str(place))
    assert done["in_use"] is False
    assert (place / "reminder" / "zh.md").is_file()
    assert not (clinic.home / "own").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "sonnet"),
        ("eject", "sonnet"),
        ("eject", "../request"),
        ("lint", "sonnet"),
        ("lint", "x" * 5000),
    ],
)
def test_an_unknown_kind_is_not_found(clinic: Stage, arguments: tuple[str, ...]) -> None:
    told = clinic.refusal("template", *arguments, code=12)
    assert "template list" in told["hint"]


def test_templates_need_no_vault(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    bare = Stage(home=home, vault=home / "vault", passphrase=None)
    bare.run("template", "eject", "request")
    folders = {row["kind"]: row["folder"] for row in bare.data("template", "list")["templates"]}
    assert Path(folders["request"]).is_relative_to(home)  # the platform's settings folder
    assert Path(folders["request"]).parts[-3:] == ("templates", "letters", "request")
    assert bare.data("template", "lint")["problems"] == []
    assert not (home / "vault").exists()
