"""`pirights demo`: the whole story, in an empty home, checked with other people's programs."""

import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pirights.workflow import bundles
from tests.needs import program
from tests.scenarios.stage import Stage

MADE = {
    "MADE-BY-PIRIGHTS-DEMO.txt",
    "bundle",
    "bundle-root.pdf",
    "files",
    "letter.pdf",
    "letter.txt",
}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Stage, dict[str, str]]:
    """An empty home in which the demo was played into ./pirights-demo."""
    home = tmp_path_factory.mktemp("demo")
    (home / "temporary").mkdir()
    stage = Stage(
        home=home,
        vault=home / "none",
        passphrase=None,
        environment={"TMPDIR": str(home / "temporary")},
    )
    return stage, stage.data("demo")


def out_of(played: tuple[Stage, dict[str, str]]) -> Path:
    return played[0].home / "pirights-demo"


def test_it_leaves_its_papers_and_nothing_else(played: tuple[Stage, dict[str, str]]) -> None:
    stage, told = played
    assert {path.name for path in stage.home.iterdir()} == {"pirights-demo", "temporary"}
    assert {path.name for path in out_of(played).iterdir()} == MADE
    assert list((stage.home / "temporary").iterdir()) == []
    assert not stage.vault.exists()
    assert told["verdict"] == "valid"
    assert Path(told["letter"]).read_bytes().startswith(b"%PDF-")
    assert Path(told["bundle"]).is_dir()
    assert told["due"]


def test_its_files_are_real_files_of_their_kinds(played: tuple[Stage, dict[str, str]]) -> None:
    heads = {path.suffix: path.read_bytes()[:12] for path in (out_of(played) / "files").iterdir()}
    assert heads[".jpg"].startswith(b"\xff\xd8\xff")
    assert heads[".heic"][4:8] == b"ftyp"
    assert heads[".png"].startswith(b"\x89PNG")
    assert heads[".pdf"].startswith(b"%PDF-")
    assert heads[".eml"].startswith(b"From: ")
    assert b"Exif" in (out_of(played) / "files" / "IMG_0719.jpg").read_bytes()


def test_every_file_it_took_in_is_in_the_bundle_octet_for_octet(
    played: tuple[Stage, dict[str, str]],
) -> None:
    packed = {path.read_bytes() for path in (out_of(played) / "bundle").rglob("original*")}
    for path in (out_of(played) / "files").iterdir():
        assert path.read_bytes() in packed, path.name


@program("pdffonts", "pdftotext")
def test_every_font_of_every_paper_is_embedded_and_its_text_is_in_order(
    played: tuple[Stage, dict[str, str]],
) -> None:
    papers = [path for path in out_of(played).rglob("*.pdf") if "original" not in path.name]
    assert len(papers) >= 6
    for path in papers:
        listed = subprocess.run(["pdffonts", path], capture_output=True, check=True)
        fonts = listed.stdout.decode().splitlines()[2:]
        for font in fonts:
            assert re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$", font), font
            assert font.split()[-5] == "yes", (path.name, font)
    found = subprocess.run(
        ["pdftotext", out_of(played) / "letter.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    ordered = ["云溪野趣", "一、", "二、", "林知远", "Lin Zhiyuan"]
    places = [found.find(word) for word in ordered]
    assert -1 not in places, dict(zip(ordered, places, strict=True))
    assert places[1] < places[2]
    assert "\N{REPLACEMENT CHARACTER}" not in found


@program("sha256sum")
def test_other_programs_accept_its_bundle(played: tuple[Stage, dict[str, str]]) -> None:
    bundle = out_of(played) / "bundle"
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(
            ["sha256sum", "-c", "--strict", manifest], cwd=bundle, capture_output=True, check=True
        )
    subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", str(bundle)], capture_output=True, check=True
    )


def names(path: Path, bundle: Path) -> str:
    return path.relative_to(bundle).as_posix()


def test_one_flipped_octet_in_any_file_makes_verify_name_that_file(
    played: tuple[Stage, dict[str, str]], tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle"
    shutil.copytree(out_of(played) / "bundle", bundle)
    assert bundles.check(bundle).valid
    files = [path for path in sorted(bundle.rglob("*")) if path.is_file()]
    assert len(files) > 20
    for path in files:
        whole = path.read_bytes()
        for place in {0, len(whole) // 2, len(whole) - 1}:
            flipped = bytearray(whole)
            flipped[place] ^= 1
            path.write_bytes(flipped)
            verdict = bundles.check(bundle)
            assert not verdict.valid, (path, place)
            assert names(path, bundle) in {one.file for one in verdict.findings}, (path, place)
        path.write_bytes(whole)
    assert bundles.check(bundle).valid


def test_a_missing_and_an_added_file_are_named_too(
    played: tuple[Stage, dict[str, str]], tmp_path: Path
) -> None:
    stage, told = played
    bundle = tmp_path / "bundle"
    shutil.copytree(out_of(played) / "bundle", bundle)
    for path in [path for path in sorted(bundle.rglob("*")) if path.is_file()]:
        away = path.rename(tmp_path / "away")
        verdict = bundles.check(bundle)
        assert not verdict.valid, path
        assert names(path, bundle) in {one.file for one in verdict.findings}, path
        away.rename(path)
    (bundle / "data" / "exhibits" / "note.txt").write_text("x", encoding="utf-8")
    said = stage.data("bundle", "verify", str(bundle), code=31)
    assert "data/exhibits/note.txt" in {one["file"] for one in said["findings"]}
    wrong = "0" * 64
    whole = str(out_of(played) / "bundle")
    stage.run("bundle", "verify", whole, "--root", wrong, code=31)
    assert stage.data("bundle", "verify", whole, "--root", told["root_sha256"])


@pytest.mark.parametrize("name", ["data/02-exhibits.pdf", "bagit.txt", "data/01-catalogue.csv"])
def test_the_program_names_the_altered_file(
    name: str, played: tuple[Stage, dict[str, str]], tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle"
    shutil.copytree(out_of(played) / "bundle", bundle)
    path = bundle / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    told = played[0].data("bundle", "verify", str(bundle), code=31)
    assert name in {one["file"] for one in told["findings"]}


def test_a_second_run_replaces_what_a_demo_made_and_touches_nothing_else(
    played: tuple[Stage, dict[str, str]], tmp_path: Path
) -> None:
    stage, _ = played
    out = tmp_path / "out"
    shutil.copytree(out_of(played), out)
    mine = out / "mine.txt"
    mine.write_text("my own", encoding="utf-8")
    (out / "letter.txt").write_text("spoilt", encoding="utf-8")
    stage.run("demo", "--out", str(out))
    assert mine.read_text(encoding="utf-8") == "my own"
    assert "spoilt" not in (out / "letter.txt").read_text(encoding="utf-8")
    assert {path.name for path in out.iterdir()} == MADE | {"mine.txt"}


@pytest.mark.parametrize("name", ["files/mine.jpg", "bundle/mine.txt"])
def test_a_second_run_removes_no_file_that_was_put_among_its_own(
    name: str, played: tuple[Stage, dict[str, str]], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(out_of(played), out)
    (out / name).write_text("my own", encoding="utf-8")
    played[0].run("demo", "--out", str(out), code=None)
    assert (out / name).read_text(encoding="utf-8") == "my own"


@pytest.mark.parametrize("name", sorted(MADE - {"MADE-BY-PIRIGHTS-DEMO.txt"}))
def test_a_strangers_file_of_the_same_name_is_never_replaced(
    name: str, played: tuple[Stage, dict[str, str]], tmp_path: Path
) -> None:
    (tmp_path / name).write_text("my own", encoding="utf-8")
    told = played[0].refusal("demo", "--out", str(tmp_path), code=14)
    assert name in told["message"]
    assert told["hint"]
    assert (tmp_path / name).read_text(encoding="utf-8") == "my own"
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_tells_the_story_in_both_languages(
    language: str, played: tuple[Stage, dict[str, str]], tmp_path: Path
) -> None:
    stage, _ = played
    ended = stage.run("demo", "--out", str(tmp_path / "演示"), "--lang", language)
    assert ended.err == ""
    for word in ("letter.pdf", "bundle", "pirights bundle verify", "演示"):
        assert word in ended.out
    assert ended.out.startswith("A sample case" if language == "en" else "示例") or (
        language == "zh" and re.match("[\u4e00-\u9fff]", ended.out)
    )


def test_interrupted_it_leaves_no_vault_behind(tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    stage = Stage(
        home=tmp_path,
        vault=tmp_path / "none",
        passphrase=None,
        environment={"TMPDIR": str(tmp_path / "temporary")},
    )
    child = stage.start("demo", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while not list((tmp_path / "temporary").glob("*/vault/vault.db")):
        assert child.poll() is None
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate()
    assert child.returncode == 3, said
    assert list((tmp_path / "temporary").iterdir()) == []
