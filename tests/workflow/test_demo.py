"""The demo: the whole story, from the first scan to a bundle that its own check accepts."""

import tempfile
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from pirights.domain.document import Letters
from pirights.domain.period import Force
from pirights.errors import BadInput
from pirights.render.raster import text_of_pdf
from pirights.workflow import bundles, demo, demo_files, demo_folder, encounters
from pirights.workflow.demo import Played
from tests.render.pdfa import faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """A demo that was played, and what was said meanwhile."""

    played: Played
    said: tuple[str, ...]
    hidden: tuple[str, ...]


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    place = tmp_path_factory.mktemp("demo")
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("system-temp")))
        played = demo.play(place / "out", say=lambda told: said.append(str(told)))
        left = tuple(path.name for path in Path(tempfile.gettempdir()).iterdir())
    return Show(played=played, said=tuple(said), hidden=left)


def octets(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_story_ends_with_a_bundle_that_is_accepted(show: Show) -> None:
    assert show.played.verdict.verdict == "valid"
    again = bundles.check(show.played.bundle, strict=True, root=show.played.built.root_sha256)
    assert (again.verdict, again.findings) == ("valid", ())
    assert show.played.built.notices == ()


def test_the_papers_are_where_it_says(show: Show) -> None:
    out = show.played.out
    assert {path.name for path in out.iterdir()} == {
        "MADE-BY-PIRIGHTS-DEMO.txt",
        "letter.pdf",
        "letter.txt",
        "files",
        "bundle",
        "bundle-root.pdf",
    }
    assert show.played.letter == out / "letter.pdf"
    assert show.played.built.root_sha256 in "".join(
        text_of_pdf((out / "bundle-root.pdf").read_bytes()).split()
    )


def test_every_paper_that_it_writes_keeps_pdf_a_2b(show: Show) -> None:
    bundle = show.played.bundle / "data"
    papers = [show.played.letter, show.played.out / "bundle-root.pdf", *bundle.glob("*.pdf")]
    assert len(papers) == 6
    assert [(path.name, faults(path.read_bytes())) for path in papers] == [
        (path.name, []) for path in papers
    ]


def test_the_letter_is_bilingual_in_two_steps_and_cites_todays_law(show: Show) -> None:
    assert show.played.opened.letters is Letters.BOTH
    text = show.played.out.joinpath("letter.txt").read_text(encoding="utf-8")
    whole = "".join(text.split())
    assert demo_files.PERSON in whole
    assert demo_files.COMPANY in whole
    assert "本请求分两步进行" in whole
    assert "《人脸识别技术应用安全管理办法》第十条第一款" in whole
    assert "promiseareplywithin15workingdays" in whole
    assert show.played.ref in whole
    shown = "".join(text_of_pdf(show.played.letter.read_bytes()).split())
    assert demo_files.COMPANY in shown


def test_what_is_due_is_the_answer_that_the_company_promised(show: Show) -> None:
    (due,) = show.played.due
    assert (due.deadline.id, due.deadline.force, due.deadline.start) == (
        "answer",
        Force.PROMISE,
        date(2026, 10, 22),
    )
    assert due.deadline.on == date(2026, 11, 12)
    assert not due.is_due


def test_each_step_is_told_as_the_command_that_does_it(show: Show) -> None:
    commands = [line.split()[1] for line in show.said if line.startswith("pirights ")]
    assert commands == [
        "init", "handler", "log", "log", "request", "request", "sent", "received", "reply",
        "due", "bundle", "bundle",
    ]  # fmt: skip
    assert any("two steps" in line for line in show.said)


def test_the_throw_away_vault_is_gone(show: Show) -> None:
    assert show.hidden == ()


def test_the_files_are_real_and_say_what_the_story_says(show: Show, tmp_path: Path) -> None:
    files = show.played.out / "files"
    told = encounters.suggestion(files / "IMG_0719.jpg", now=demo.NOW)
    assert (told.taken, told.zone) == ("2026-07-19 09:26", "+08:00")
    assert told.position is not None
    assert encounters.suggestion(files / "IMG_1017.heic", now=demo.NOW).taken == "2026-10-17 10:03"
    kept = {sha256(data).hexdigest() for data in octets(files).values()}
    sealed = {exhibit.sha256 for exhibit in show.played.built.exhibits}
    assert kept <= sealed
    demo_files.write_all(tmp_path)
    for name, data in octets(tmp_path).items():
        assert (files / name).read_bytes() == data


def test_a_second_run_replaces_only_what_a_demo_made(show: Show, tmp_path: Path) -> None:
    out = tmp_path / "again"
    (out / "bundle").mkdir(parents=True)
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="holds bundle, which no demo made"):
        demo.play(out, say=lambda _: None)
    assert {path.name for path in out.iterdir()} == {"bundle", "mine.txt"}
    (out / "bundle").rmdir()
    (out / demo_folder.MARK).write_text(
        "letter.pdf\nbundle/old.txt\n../kept.txt\n", encoding="utf-8"
    )
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    (out / "letter.pdf").write_bytes(b"old")
    (out / "bundle").mkdir()
    (out / "bundle" / "old.txt").write_text("old", encoding="utf-8")
    played = demo.play(out, say=lambda _: None)
    assert played.verdict.verdict == "valid"
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert (out / "letter.pdf").read_bytes().startswith(b"%PDF")
    assert not (out / "bundle" / "old.txt").exists()
    assert (tmp_path / "kept.txt").exists()
    assert played.ref != show.played.ref


def test_two_runs_differ_only_by_what_was_drawn(show: Show, tmp_path: Path) -> None:
    played = demo.play(tmp_path / "b", say=lambda _: None)
    old, new = (
        (one.out / "letter.txt").read_text(encoding="utf-8").replace(one.ref, "REF")
        for one in (show.played, played)
    )
    assert old == new
    assert [exhibit.title.zh for exhibit in played.built.exhibits] == [
        exhibit.title.zh for exhibit in show.played.built.exhibits
    ]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match="cannot be written"):
        demo.play(tmp_path / "file" / "out", say=lambda _: None)
