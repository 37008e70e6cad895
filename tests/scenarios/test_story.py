"""The whole story, command by command: what programs read, what people read."""

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from pirights.cli.layout import cells
from tests.needs import program
from tests.scenarios import golden
from tests.scenarios import stage as stages
from tests.scenarios.stage import PASSPHRASE, PICTURE, Stage

RECEIPT = "收据：双人年卡，1360元。\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The story after it was played: every envelope under the name of its step."""

    stage: Stage
    refs: dict[str, str]
    envelopes: dict[str, str]
    hashes: frozenset[str]


def mail(subject: str, text: str) -> bytes:
    made = EmailMessage()
    made["From"] = "云栖野趣乐园 <privacy@yunqi.example>"
    made["To"] = "wang@mail.example"
    made["Subject"] = subject
    made["Date"] = "Wed, 18 Nov 2026 15:42:00 +0800"
    made["Message-ID"] = "<1@yunqi.example>"
    made.set_content(text, cte="base64")
    return made.as_bytes()


STEPS = (
    "init",
    "handler-add",
    "handler-edit",
    "handler-show",
    "handler-list",
    "person-add",
    "person-edit",
    "person-show",
    "person-list",
    "log-add",
    "log-edit",
    "log-attach",
    "log-show",
    "log-list",
    "log-search",
    "log-export",
    "log-import",
    "request-new",
    "request-new-en",
    "request-new-both",
    "request-render",
    "request-render-txt",
    "sent",
    "received",
    "reply-add",
    "reply-add-matched",
    "reply-add-unmatched",
    "reply-show",
    "inbox-list",
    "inbox-assign",
    "inbox-list-empty",
    "due",
    "due-within",
    "case-note",
    "case-close",
    "case-list",
    "case-show",
    "case-reopen",
    "bundle-build",
    "bundle-build-zip",
    "bundle-verify",
    "bundle-verify-zip",
    "vault-status",
    "vault-check",
    "due-nothing",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:  # noqa: PLR0915 (a whole story)
    home = tmp_path_factory.mktemp("story")
    stage = Stage(home=home, vault=home / "vault")
    envelopes: dict[str, str] = {}

    def do(step: str, *arguments: str, code: int = 0) -> dict[str, str]:
        ended = stage.run(*arguments, "--json", code=code)
        envelopes[step] = ended.out
        found: dict[str, str] = ended.json()
        return found

    who = ("--name", "王小明", "--name-en", "Wang Xiaoming", "--phone", "13900000001")
    do("init", "init", *who, "--email", "wang@mail.example", "--no-keyring")
    park = ("--name", "临安云栖野趣乐园", "--venue", "scenic-area", "--policy-days", "15wd")
    handler = do("handler-add", "handler", "add", *park)["id"]
    do("handler-edit", "handler", "edit", handler, "--name", "临安云栖野趣乐园有限公司")
    do("handler-show", "handler", "show", handler)
    do("handler-list", "handler", "list")
    do("person-add", "person", "add", "--name", "王小红", "--id-number", "110101201503070038")
    do("person-edit", "person", "edit", "P2", "--phone", "13900000002")
    do("person-show", "person", "show", "P2")
    do("person-list", "person", "list")

    where = ("--at", "2026-11-10 18:05", "--place", "东门", "--venue", "scenic-area")
    photo = stage.file("照片.png")
    answers = ("--mode", "verification", "--notice", "no", "--consent", "no")
    do("log-add", "log", "add", *where, "--handler", handler, *answers, "--attach", photo)
    do("log-edit", "log", "edit", "E1", "--place", "东门3号闸机", "--refused", "--note", "一\n二")
    do("log-attach", "log", "attach", "E1", stage.file("receipt.txt", RECEIPT))
    do("log-show", "log", "show", "E1")
    do("log-list", "log", "list")
    do("log-search", "log", "search", "闸机")
    do("log-export", "log", "export", "--out", str(home / "log.csv"))
    sheet = "at,place,venue\n2026-11-11 09:00,西门,shop\n2026-02-30 09:00,西门,shop\n"
    do("log-import", "log", "import", stage.file("new.csv", sheet.encode()), code=40)

    asked = ("--handler", handler, "--encounter", "E1", "--date", "2026-11-12")
    rights = ("--right", "know", "--right", "copy", "--right", "delete")
    ref = do("request-new", "request", "new", *asked, *rights, "--letters", "zh")["ref"]
    english = do("request-new-en", "request", "new", *asked, "--right", "access", "--letters", "en")
    both = ("--letters", "zh-en", "--identify-by", "年卡号 1234", "--right", "withdraw")
    other = do("request-new-both", "request", "new", *asked, *both)["ref"]
    do("request-render", "request", "render", ref, "--out", str(home / "letter.pdf"))
    do("request-render-txt", "request", "render", f"{other}/1", "--out", str(home / "letter.txt"))
    when = ("--channel", "ems", "--at", "2026-11-13", "--tracking", "1098765432199")
    do("sent", "sent", ref, *when, "--proof", photo)
    do("received", "received", ref, "--at", "2026-11-15")

    holding = "您的来函已收到，我们将在15个工作日内答复。"
    do("reply-add", "reply", "add", ref, stage.file("a.eml", mail("回复", holding)))
    matched = mail(f"Re: {other}", "已收到。")
    do("reply-add-matched", "reply", "add", stage.file("b.eml", matched))
    lost = stage.file("c.eml", mail("通知", "无法核实您的身份。"))
    do("reply-add-unmatched", "reply", "add", lost, "--at", "2026-11-20")
    do("reply-show", "reply", "show", ref)
    do("inbox-list", "inbox", "list")
    do("inbox-assign", "inbox", "assign", "I3", english["ref"].lower())
    do("inbox-list-empty", "inbox", "list")
    do("due", "due", code=10)
    do("due-within", "due", "--within", "30", code=10)
    do("case-note", "case", "note", ref, "打过电话")
    do("case-close", "case", "close", other, "--outcome", "partial", "--because", "给了一部分")
    do("case-list", "case", "list")
    do("case-show", "case", "show", ref)
    do("case-reopen", "case", "reopen", other)
    do("bundle-build", "bundle", "build", ref, "--out", str(home / "bundle"))
    do("bundle-build-zip", "bundle", "build", ref, "--out", str(home / "packed.zip"))
    do("bundle-verify", "bundle", "verify", str(home / "bundle"))
    do("bundle-verify-zip", "bundle", "verify", str(home / "packed.zip"))
    do("vault-status", "vault", "status")
    do("vault-check", "vault", "check")
    for one in (ref, english["ref"], other):
        stage.run("case", "close", one)
    do("due-nothing", "due")
    for one in (ref, english["ref"], other):
        stage.run("case", "reopen", one)
    refs = {
        ref: "PR-2026-AAAAAAA-A",
        english["ref"]: "PR-2026-BBBBBBB-B",
        other: "PR-2026-CCCCCCC-C",
    }
    hashes = frozenset(hashlib.sha256(one).hexdigest() for one in (PICTURE, RECEIPT))
    return Told(stage=stage, refs=refs, envelopes=envelopes, hashes=hashes)


@pytest.mark.parametrize("step", STEPS)
def test_a_program_reads_what_was_promised(
    step: str, told: Told, request: pytest.FixtureRequest
) -> None:
    text = golden.steady(told.envelopes[step], told.refs, told.stage.home, hashes=told.hashes)
    update = request.config.getoption("--update-golden")
    golden.compare(f"json/{step}.json", golden.pretty(text), update=update)


def test_every_step_is_told(told: Told) -> None:
    assert tuple(told.envelopes) == STEPS
    kept = {path.stem for path in (golden.FOLDER / "json").glob("*.json")}
    assert kept == set(STEPS)


READING = (
    ("handler", "list"),
    ("handler", "show", "H1"),
    ("person", "list"),
    ("person", "show", "P2"),
    ("log", "list"),
    ("log", "show", "E1"),
    ("log", "search", "闸机"),
    ("case", "list"),
    ("case", "show", "PR-2026-AAAAAAA-A"),
    ("reply", "show", "PR-2026-AAAAAAA-A"),
    ("inbox", "list"),
    ("due",),
    ("bundle", "verify", "HOME/bundle"),
    ("vault", "check"),
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_read_it_in_their_language(
    language: str, told: Told, request: pytest.FixtureRequest
) -> None:
    real = {name: ref for ref, name in told.refs.items()}
    pages = []
    for words in READING:
        arguments = [real.get(word, word.replace("HOME", str(told.stage.home))) for word in words]
        inside = replace(told.stage, inside=True)
        ended = inside.run(*arguments, "--lang", language, code=10 if "due" in words else 0)
        pages.append(f"$ pirights {' '.join(words)}\n{ended.out}{ended.err}")
    text = golden.steady("\n".join(pages), told.refs, told.stage.home, hashes=told.hashes)
    update = request.config.getoption("--update-golden")
    golden.compare(f"screen/{language}.txt", text, update=update)


@pytest.mark.parametrize(
    ("command", "column"),
    [
        (("log", "list"), ("Kind of place", "场所类型")),
        (("handler", "list"), ("Kind of place", "场所类型")),
        (("case", "list"), ("Stage", "阶段")),
    ],
)
def test_columns_stand_under_their_headings_in_both_languages(
    command: tuple[str, ...], column: tuple[str, str], told: Told
) -> None:
    for language, heading in zip(("en", "zh"), column, strict=True):
        head, *rows = (
            replace(told.stage, inside=True).run(*command, "--lang", language).out.splitlines()
        )
        assert heading in head, head
        start = cells(head[: head.index(heading)])
        for row in rows:
            before = ""
            for character in row:
                if cells(before) >= start:
                    break
                before += character
            assert cells(before) == start, row
            assert before.endswith("  "), row
            assert not row[len(before) :].startswith(" "), row


def test_the_letter_on_paper_says_what_was_asked_and_from_whom(told: Told) -> None:
    text = (told.stage.home / "letter.txt").read_text(encoding="utf-8")
    [other] = [ref for ref, name in told.refs.items() if name.endswith("C")]
    for words in (other, "王小明", "临安云栖野趣乐园有限公司", "年卡号 1234", "Wang Xiaoming"):
        assert words in text
    assert not re.search(r"\{\{|\}\}|\{%", text)


@program("pdftotext")
def test_the_pdf_is_read_in_the_order_of_the_letter(told: Told) -> None:
    path = told.stage.home / "letter.pdf"
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    places = [text.index(word) for word in ("临安云栖野趣乐园有限公司", "一、", "二、", "王小明")]
    assert places[:3] == sorted(places[:3])
    [ref] = [ref for ref, name in told.refs.items() if name.endswith("A")]
    assert ref in text


def test_the_folder_and_the_zip_hold_the_same_papers(told: Told) -> None:
    folder = told.stage.home / "bundle"
    with zipfile.ZipFile(told.stage.home / "packed.zip") as archive:
        packed = {
            name.removeprefix("packed/"): archive.read(name)
            for name in archive.namelist()
            if not name.endswith("/")
        }
    loose = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert set(packed) == set(loose)
    originals = [name for name in loose if "/original" in name]
    assert originals
    assert all(packed[name] == loose[name] for name in originals)


def test_the_originals_in_the_bundle_are_the_files_that_were_taken_in(told: Told) -> None:
    found = {
        path.read_bytes()
        for path in (told.stage.home / "bundle" / "data").rglob("*")
        if path.is_file()
    }
    assert PICTURE in found
    assert RECEIPT in found


@program("sha256sum")
def test_other_programs_accept_the_bundle(told: Told) -> None:
    folder = told.stage.home / "bundle"
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(
            ["sha256sum", "-c", "--strict", manifest], cwd=folder, check=True, capture_output=True
        )
    subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", str(folder)], check=True, capture_output=True
    )


def test_an_altered_bundle_is_a_result_that_names_the_file(told: Told, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    shutil.copytree(told.stage.home / "bundle", bundle)
    cover = bundle / "data" / "00-cover.pdf"
    cover.write_bytes(cover.read_bytes()[:-1] + b"\x00")
    verdict = told.stage.data("bundle", "verify", str(bundle), code=31)
    assert verdict["verdict"] == "invalid"
    assert "data/00-cover.pdf" in {one["file"] for one in verdict["findings"]}
    said = told.stage.run("bundle", "verify", str(bundle), "--lang", "zh", code=31)
    assert "data/00-cover.pdf" in said.out


def test_the_same_story_begins_anew_in_another_vault(tmp_path: Path) -> None:
    stage = stages.make(tmp_path)
    assert re.fullmatch(r"(?:[0-9A-Z]{5}-){5}[0-9A-Z]{2}", stage.recovery_code)
    assert stage.data("log", "list") == {"encounters": [], "total": 0}
    assert PASSPHRASE not in (stage.vault / "vault.json").read_text(encoding="utf-8")
