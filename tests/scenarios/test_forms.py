"""The letter in every form, from the command line."""

import email
import os
import re
import stat
import subprocess
import zipfile
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest

from tests.needs import program
from tests.scenarios.stage import NOW, Stage

SURROUNDINGS: tuple[dict[str, str], ...] = (
    {"TZ": "America/Los_Angeles"},
    {"TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8", "PIRIGHTS_LANG": "zh"},
    {"SOURCE_DATE_EPOCH": str(int(NOW) + 400 * 86400), "PYTHONHASHSEED": "7", "LC_ALL": "C"},
)
MARKUP = "<w:t>粗</w:t> {{7*7}} &amp; <script>alert(1)</script>"


def rendered(stage: Stage, ref: str, name: str, *more: str) -> bytes:
    out = stage.home / name
    told = stage.data("request", "render", ref, "--out", str(out), *more)
    assert told["out"] == str(out)
    assert told["ref"] == ref
    return out.read_bytes()


def bare(text: str) -> str:
    return "".join(text.split())


def items(text: str) -> list[str]:
    """The citations of a letter's words, in order."""
    return re.findall(
        r"《中华人民共和国个人信息保护法》第[一二三四五六七八九十]+条(?:第.款)?", bare(text)
    )


def words_of_word(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        body = packed.read("word/document.xml").decode()
    return re.sub(
        r"&(lt|gt|amp);",
        lambda found: {"lt": "<", "gt": ">", "amp": "&"}[found[1]],
        re.sub("<[^>]*>", "", body),
    )


@pytest.mark.parametrize("form", ["docx", "html", "eml"])
def test_a_form_is_the_same_octets_everywhere(form: str, case: tuple[Stage, str]) -> None:
    stage, ref = case
    found = set()
    for number, more in enumerate(SURROUNDINGS):
        out = stage.home / f"letter-{number}.{form}"
        stage.outside.having(**more).run("request", "render", ref, "--out", str(out))
        found.add(out.read_bytes())
    assert len(found) == 1


def test_every_form_says_the_same(case: tuple[Stage, str]) -> None:
    stage, _ = case
    ask = ("request", "new", "--handler", "H1", "--right", "copy", "--letters", "zh-en")
    ref = stage.data(*ask)["ref"]
    text = rendered(stage, ref, "letter.txt").decode()
    cited = items(text)
    assert len(cited) >= 4
    assert items(words_of_word(rendered(stage, ref, "letter.docx"))) == cited
    assert items(rendered(stage, ref, "letter.html").decode()) == cited
    mail = email.message_from_bytes(rendered(stage, ref, "letter.eml"), policy=default)
    body = mail.get_body()
    assert body is not None
    assert items(str(body.get_content())) == cited


def test_markup_is_literal_in_every_form(stage: Stage) -> None:
    stage.run("person", "edit", "P1", "--name", MARKUP, "--address", MARKUP)
    ref = stage.opened_case("--letters", "zh-en", "--identify-by", MARKUP, name=MARKUP)
    assert bare(MARKUP) in bare(words_of_word(rendered(stage, ref, "letter.docx")))
    page = rendered(stage, ref, "letter.html").decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    mail = email.message_from_bytes(rendered(stage, ref, "letter.eml"), policy=default)
    assert set(mail.keys()) == {
        *("Content-Type", "MIME-Version", "X-Unsent", "Subject", "Date", "Message-ID"),
    }


def test_the_mail_has_sender_addressee_and_subject(stage: Stage) -> None:
    stage.run("person", "edit", "P1", "--email", "wang@mail.example")
    ref = stage.opened_case()
    stage.run("handler", "edit", "H1", "--email", "privacy@park.example")
    ended = stage.run("request", "render", ref, "--lang", "en", "--out", "letter.eml")
    assert "--channel email" in ended.out
    assert ended.err == ""
    mail = email.message_from_bytes((stage.home / "letter.eml").read_bytes(), policy=default)
    assert mail["To"].addresses[0].addr_spec == "privacy@park.example"
    assert mail["From"].addresses[0].display_name == "王小明"
    assert mail["Subject"] == f"个人信息权益行使请求书 [{ref}]"
    [paper] = mail.iter_attachments()
    assert paper.get_filename() == f"个人信息权益行使请求书 {ref}.pdf"
    assert paper.get_content() == rendered(stage, ref, "letter.pdf")
    shown = stage.data("vault", "check")
    assert shown["clean"] is True


def test_a_mail_to_nobody_says_so(case: tuple[Stage, str]) -> None:
    stage, ref = case
    for lang, sentence in (("en", "H1 has no e-mail address"), ("zh", "H1 没有电子邮箱")):
        ended = stage.run("request", "render", ref, "--lang", lang, "--out", "letter.eml")
        assert sentence in ended.err


@pytest.mark.parametrize("field", ["handler", "person"])
def test_an_address_that_is_none_is_bad_input(field: str, case: tuple[Stage, str]) -> None:
    stage, ref = case
    label = {"handler": "H1", "person": "P1"}[field]
    stage.run(field, "edit", label, "--email", "a@b.example; c@d.example")
    told = stage.refusal("request", "render", ref, "--out", "letter.eml", code=14)
    assert "a@b.example; c@d.example" in told["message"]
    assert not (stage.home / "letter.eml").exists()


def test_the_form_is_chosen_by_name_or_by_option(case: tuple[Stage, str]) -> None:
    stage, ref = case
    assert rendered(stage, ref, "A.DOCX").startswith(b"PK")
    assert rendered(stage, ref, "letter", "--format", "html").startswith(b"<!DOCTYPE html>")
    assert rendered(stage, ref, "letter.mail", "--format", "eml").startswith(b"Content-Type:")
    words = ("request", "render", ref, "--format", "docx", "--out", "x.pdf")
    assert "x.pdf ends in .pdf" in stage.refusal(*words, code=2)["message"]
    told = stage.refusal(*words, "--paper", "poa", code=2)
    assert ".docx" in told["hint"]
    assert not (stage.home / "x.pdf").exists()
    told = stage.refusal("request", "render", ref, "--out", "letter.odt", code=2)
    assert "pdf, docx, txt, html, eml" in told["hint"]


@program("soffice", "pdftotext")
def test_another_word_processor_loses_no_item(case: tuple[Stage, str]) -> None:
    stage, _ = case
    rights = [word for right in ("know", "access", "copy", "delete") for word in ("--right", right)]
    ref = stage.data("request", "new", "--handler", "H1", *rights, "--letters", "zh-en")["ref"]
    text = rendered(stage, ref, "letter.txt").decode()
    rendered(stage, ref, "letter.docx")
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(stage.home / 'profile').as_uri()}"),
            *("--headless", "--convert-to", "pdf", "letter.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=300,
        cwd=stage.home,
        env={**os.environ, "HOME": str(stage.home)},
    )
    raw = subprocess.run(
        ["pdftotext", "-raw", "letter.pdf", "-"], check=True, capture_output=True, cwd=stage.home
    ).stdout.decode()
    printed = bare(re.sub(r"\n[^\n]*Page \d+ of[^\n]*", "", raw))
    assert items(printed) == items(text)
    asked = stage.data("case", "show", ref)["items"]
    assert len(asked) > 10
    for item in asked:
        assert bare(f"{item['number']}.{item['zh']}") in printed
        assert bare(f"{item['number']}.{item['en']}") in printed


# --- showing it


def fake_viewer(stage: Stage, code: int = 0) -> Stage:
    tool = stage.home / "bin" / "xdg-open"
    tool.parent.mkdir(exist_ok=True)
    tool.write_text(f'#!/bin/sh\ncp "$1" "{stage.home}/seen.pdf"\nexit {code}\n', encoding="utf-8")
    tool.chmod(0o755)
    return stage.having(PATH=f"{tool.parent}:/usr/bin:/bin", DISPLAY=":9", TMPDIR=str(stage.home))


def test_a_preview_is_opened_with_the_systems_viewer(case: tuple[Stage, str]) -> None:
    stage, ref = case
    told = fake_viewer(stage).outside.data("request", "render", ref, "--open")
    assert told["opened"] is True
    shown = Path(told["out"])
    assert shown.name == "letter.pdf"
    assert stat.S_IMODE(shown.parent.stat().st_mode) == 0o700
    assert shown.read_bytes() == rendered(stage, ref, "letter.pdf")
    assert (stage.home / "seen.pdf").read_bytes() == shown.read_bytes()


@pytest.mark.parametrize("viewer", ["none", "failing"])
def test_where_nothing_can_show_it_the_place_is_told(viewer: str, case: tuple[Stage, str]) -> None:
    stage, ref = case
    there = fake_viewer(stage, 3) if viewer == "failing" else stage.having(TMPDIR=str(stage.home))
    told = there.outside.data("request", "render", ref, "--open")
    assert told["opened"] is False
    assert Path(told["out"]).is_file()
    ended = there.outside.run("request", "render", ref, "--open", "--lang", "en")
    assert "no viewer here, or no display" in ended.out
    assert str(stage.home) in ended.out


@pytest.mark.parametrize(
    "more", [("--out", "x.pdf"), ("--text",), ("--format", "docx"), ("--format", "txt")]
)
def test_a_preview_takes_no_other_wish(more: tuple[str, ...], case: tuple[Stage, str]) -> None:
    stage, ref = case
    stage.refusal("request", "render", ref, "--open", *more, code=2)
    assert not (stage.home / "x.pdf").exists()


def test_no_form_is_written_of_a_letter_that_is_not_there(case: tuple[Stage, str]) -> None:
    stage, ref = case
    for form in ("docx", "html", "eml"):
        stage.refusal("request", "render", f"{ref}/9", "--out", f"x.{form}", code=12)
    stage.refusal("request", "render", f"{ref}/9", "--open", code=12)
    assert not list(stage.home.glob("x.*"))
