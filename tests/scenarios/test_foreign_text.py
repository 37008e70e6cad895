"""Text from outside stays text: no markup, no formula, no command to a terminal."""

import csv
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.needs import program
from tests.scenarios.stage import PICTURE, Stage

MARKUP = "<b>粗</b> {{x}} &amp; {% y %} <font color=red> =cmd() ${z} %s {0}"
"""What a template, a page, a sheet or a format string would act on."""

STEERING = {
    "escape": "a\x1b[31mb",
    "a C1 control": "a\x9b31mb",
    "a bell": "a\x07b",
    "a deletion": "a\x7fb",
    "a right-to-left override": "a\u202eb",
    "an isolate": "a\u2066b",
    "a line separator": "a\u2028b",
    "an octet that is no text": "a\udcffb",
}
LINE_BREAK = "a\nb"


def acts(text: str) -> set[str]:
    """The characters of an output that would steer a terminal or a reader's eye."""
    return {
        character
        for character in text
        if (character < " " and character not in "\n\t")
        or "\x7f" <= character <= "\x9f"
        or character in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    }


@pytest.fixture
def marked(stage: Stage) -> tuple[Stage, str]:
    """A case in which every field holds markup."""
    stage.run("person", "edit", "P1", "--name", MARKUP, "--address", MARKUP, "--name-en", MARKUP)
    stage.run("handler", "add", "--name", MARKUP, "--name-en", MARKUP, "--address", MARKUP)
    more = ("--handler", "H1", "--note", f"=1+1\n{MARKUP}", "--purpose", f"={MARKUP}")
    stage.log_scan(*more, "--exemption", MARKUP, place=f"={MARKUP}")
    stage.run("log", "attach", "E1", stage.file("=<b>{{x}}&amp;.png"))
    asked = ("--handler", "H1", "--right", "access", "--letters", "zh-en")
    return stage, str(stage.data("request", "new", *asked, "--identify-by", MARKUP)["ref"])


@program("pdftotext")
def test_markup_is_literal_everywhere(marked: tuple[Stage, str]) -> None:
    stage, ref = marked
    shown = stage.data("log", "show", "E1")
    assert shown["place"] == shown["purpose"] == f"={MARKUP}"
    assert shown["note"] == f"=1+1\n{MARKUP}"
    assert MARKUP in stage.run("log", "show", "E1").out
    assert MARKUP in stage.run("handler", "show", "H1", "--lang", "zh").out
    assert stage.data("log", "search", "<b>")["total"] == 1

    for form in ("pdf", "txt"):
        stage.run("request", "render", ref, "--out", str(stage.home / f"letter.{form}"))
    letter = (stage.home / "letter.txt").read_text(encoding="utf-8")
    assert "".join(MARKUP.split()) in "".join(letter.split())
    assert "".join(MARKUP.split()) in text_of(stage.home / "letter.pdf")

    out = stage.home / "bundle"
    stage.run("case", "note", ref, MARKUP)
    stage.run("bundle", "build", ref, "--out", str(out))
    assert stage.data("bundle", "verify", str(out))["verdict"] == "valid"
    for paper in ("00-cover.pdf", "03-timeline.pdf"):
        assert "<b>粗</b>{{x}}&amp;" in text_of(out / "data" / paper), paper
    assert "=<b>{{x}}&amp;.png" in text_of(out / "data" / "01-catalogue.pdf")
    names = (out / "data" / "01-catalogue.json").read_text(encoding="utf-8")
    assert "=<b>{{x}}&amp;.png" in names
    with (out / "data" / "01-catalogue.csv").open(encoding="utf-8-sig", newline="") as sheet:
        assert not [cell for row in csv.reader(sheet) for cell in row if cell[:1] in set("=+-@\t")]


def test_a_sheet_holds_markup_but_no_formula(marked: tuple[Stage, str]) -> None:
    stage, _ = marked
    out = stage.home / "log.csv"
    stage.run("log", "export", "--out", str(out))
    with out.open(encoding="utf-8-sig", newline="") as sheet:
        [row] = csv.DictReader(sheet)
    assert row["place"] == f"'={MARKUP}"
    assert row["note"] == f"'=1+1\n{MARKUP}"
    assert MARKUP in row["handler"].replace("\\", "")


def text_of(path: Path) -> str:
    """What a reader finds in a PDF, without its spaces."""
    found = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return "".join(found.stdout.decode().split())


def commands(text: str) -> list[tuple[str, ...]]:
    """Every command with a field of free text, filled with this one."""
    where = ("--at", "2026-11-20 18:05", "--venue", "shop")
    return [
        ("log", "add", *where, "--place", text),
        ("log", "add", *where, "--place", "x", "--purpose", text),
        ("log", "add", *where, "--place", "x", "--exemption", text),
        ("log", "add", *where, "--place", "x", "--note", text),
        ("log", "add", *where, "--place", "x", "--zone", text),
        ("log", "add", *where, "--place", "x", "--handler", text),
        ("log", "add", *where, "--place", "x", "--handler", f"H1:{text}"),
        ("log", "add", "--at", text, "--venue", "shop", "--place", "x"),
        ("log", "add", "--at", "2026-11-20 18:05", "--venue", text, "--place", "x"),
        ("log", "add", *where, "--place", "x", "--attach", text),
        ("log", "search", text),
        ("log", "show", text),
        ("log", "import", text),
        ("log", "export", "--out", f"nowhere/{text}"),
        ("handler", "add", "--name", text),
        ("handler", "add", "--name", "x", "--address", text),
        ("handler", "add", "--name", "x", "--email", text),
        ("handler", "add", "--name", "x", "--phone", text),
        ("handler", "add", "--name", "x", "--web", text),
        ("handler", "add", "--name", "x", "--policy-url", text),
        ("handler", "add", "--name", "x", "--source", text),
        ("handler", "add", "--name", "x", "--uscc", text),
        ("handler", "add", "--name", "x", "--policy-days", text),
        ("person", "add", "--name", text),
        ("person", "add", "--name", "x", "--id-number", text),
        ("person", "edit", "P1", "--address", text),
        ("request", "new", "--handler", "H1", "--right", "access", "--identify-by", text),
        ("request", "render", text, "--out", "x.pdf"),
        ("request", "render", "REF", "--out", f"nowhere/{text}.pdf"),
        ("sent", "REF", "--channel", "ems", "--tracking", text),
        ("received", text),
        ("reply", "add", text),
        ("reply", "show", text),
        ("inbox", "assign", text, "REF"),
        ("case", "note", "REF", text),
        ("case", "close", "REF", "--because", text),
        ("case", "show", text),
        ("bundle", "build", "REF", "--out", f"nowhere/{text}"),
        ("bundle", "verify", text),
        ("bundle", "verify", ".", "--root", text),
        ("log", "list", "--vault", text),
        ("log", "list", "--lang", text),
        (text,),
        ("log", text),
        ("log", "list", text),
        ("log", "list", f"--{text}"),
        ("demo", "--out", f"/dev/null/{text}"),
    ]


@pytest.mark.parametrize("number", range(len(commands(""))))
def test_nothing_that_steers_is_kept_or_printed(number: int, case: tuple[Stage, str]) -> None:
    """All the steering characters at once, and then as JSON; alone, where it matters, below."""
    stage, ref = case
    text = "".join(STEERING.values())
    words = [ref if word == "REF" else word for word in commands(text)[number]]
    for json_too in ((), ("--json",)):
        ended = stage.run(*words, *json_too, code=None)
        assert ended.code in {2, 12, 14} or words[1] == "search", (words, ended)
        assert not acts(ended.out + ended.err), (words, ended)
        if json_too:
            json.loads((ended.out or ended.err).splitlines()[-1])


@pytest.mark.parametrize("kind", STEERING)
def test_every_steering_character_is_refused_with_its_number(kind: str, stage: Stage) -> None:
    where = ("--at", "2026-11-20 18:05", "--venue", "shop")
    told = stage.refusal("log", "add", *where, "--place", STEERING[kind], code=14)
    assert f"U+{ord(STEERING[kind][1]):04X}" in told["message"]


def test_a_line_break_is_for_notes_only(stage: Stage) -> None:
    where = ("--at", "2026-11-20 18:05", "--venue", "shop")
    stage.refusal("log", "add", *where, "--place", LINE_BREAK, code=14)
    stage.refusal("handler", "add", "--name", LINE_BREAK, code=14)
    stage.log_scan("--note", LINE_BREAK)
    assert stage.data("log", "show", "E1")["note"] == LINE_BREAK


def test_the_name_of_a_file_may_hold_anything_and_is_shown_escaped(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    name = "a\x1b]0;own\x07\nb\u202egnp.\udcff.png"
    path = os.path.join(os.fsencode(stage.home), os.fsencode(name))  # noqa: PTH118 (octets)
    with open(path, "wb") as file:  # noqa: PTH123 (octets)
        file.write(PICTURE)
    words = ("log", "attach", "E1", str(stage.home / name))
    assert not acts(stage.run(*words).out)
    shown = stage.run("log", "show", "E1")
    assert not acts(shown.out)
    assert "\\x1b" in shown.out
    as_json = stage.run("log", "show", "E1", "--json")
    assert not acts(as_json.out)
    assert "\x1b" in as_json.json()["attachments"][-1]["name"]

    mail = stage.home / "b\x1b[2J\n.eml"
    mail.write_bytes(
        b"From: \x1b[31mx <a@b.example>\r\nSubject: =?utf-8?q?a=1b=5b31mb=e2=80=ae?=\r\n\r\n"
        b"hello \x1b[2J\xc2\x9b31m\r\n"
    )
    for flags in ((), ("--json",)):
        said = stage.run("reply", "add", ref, str(mail), *flags)
        assert not acts(said.out + said.err)
        said = stage.run("reply", "show", ref, *flags)
        assert not acts(said.out + said.err)

    out = stage.home / "bundle"
    said = stage.run("bundle", "build", ref, "--out", str(out))
    assert not acts(said.out + said.err)
    assert stage.data("bundle", "verify", str(out))["verdict"] == "valid"
    for kept in out.rglob("*"):
        assert not acts(str(kept.relative_to(out))), kept
    for paper in ("01-catalogue.csv", "01-catalogue.json", "manifest-sha256.txt"):
        [found] = out.rglob(paper)
        assert not acts(found.read_bytes().decode().replace("\r\n", "\n")), paper
