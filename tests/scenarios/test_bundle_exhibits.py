"""What the catalogue says of exhibits, said otherwise; and pictures of which less is shown."""

from pathlib import Path

import pytest

from pirights.cli.layout import cells
from tests.render import strange_files
from tests.scenarios.stage import PASSPHRASE, Stage
from tests.scenarios.terminal import at_terminal

PHOTO = strange_files.picture("JPEG", exif=strange_files.exif_of(1))


@pytest.fixture
def ref(stage: Stage) -> str:
    ref = stage.opened_case()
    stage.run("log", "attach", "E1", stage.file("闸机.jpg", PHOTO))
    return ref


def test_exhibits_are_listed_changed_and_set_back(stage: Stage, ref: str) -> None:
    found = stage.data("bundle", "exhibit", ref)["exhibits"]
    assert [(one["exhibit"], one["original_name"]) for one in found] == [
        ("E001", "闸机.jpg"),
        ("E002", "E1.txt"),
    ]
    assert [one["group"] for one in found] == ["demand", "scans"]
    told = ("--purpose", "证明入口只有刷脸闸机。", "--held", "原件由物业保存", "--group", "rules")
    done = stage.data("bundle", "exhibit", ref, "闸机.jpg", *told)
    assert done["before"]["group"] == "demand"
    assert (done["after"]["group"], done["after"]["purpose"]) == ("rules", "证明入口只有刷脸闸机。")
    shown = stage.run("bundle", "exhibit", ref, "E001", "--lang", "zh").out
    assert "证明入口只有刷脸闸机。" in shown
    assert "原件由物业保存" in shown
    assert stage.data("bundle", "exhibit", ref)["exhibits"][0]["own_words"]
    back = stage.data("bundle", "exhibit", ref, "E001", "--reset")
    assert back["after"] | {"own_words": False} == found[0]


def test_two_files_are_joined_masked_by_their_place_and_parted(
    stage: Stage, ref: str, tmp_path: Path
) -> None:
    stage.run("log", "attach", "E1", stage.file("闸机侧面.jpg", PHOTO + b"\0"))
    before = stage.data("bundle", "exhibit", ref)["exhibits"]
    done = stage.data("bundle", "exhibit", ref, "E001", "--with", "E002")
    assert [one["original_name"] for one in done["after"]["files"]] == ["闸机.jpg", "闸机侧面.jpg"]
    assert done["after"]["title"].endswith(("（共2份文件）", " (2 files)"))
    shown = stage.run("bundle", "exhibit", ref, "E001", "--lang", "zh").out
    assert "闸机侧面.jpg" in shown
    out = str(tmp_path / "bundle")
    built = stage.data("bundle", "build", ref, "--out", out, "--mask", "E001/2:0,0,50,50")
    assert [one["original_name"] for one in built["withheld"]] == ["闸机侧面.jpg"]
    assert stage.data("bundle", "verify", out, "--strict")["verdict"] == "valid"
    stage.run("bundle", "exhibit", ref, "闸机侧面.jpg", "--reset")
    assert stage.data("bundle", "exhibit", ref)["exhibits"] == before
    stage.refusal("bundle", "exhibit", ref, "E001", "--with", "E003", code=14)
    stage.refusal("bundle", "exhibit", ref, "E001", "--with", "E009", code=12)


def test_a_change_of_no_exhibit_or_of_one_that_is_not_there_is_refused(
    stage: Stage, ref: str
) -> None:
    stage.refusal("bundle", "exhibit", ref, "--title", "x", code=2)
    assert "E009" in stage.refusal("bundle", "exhibit", ref, "E009", code=12)["message"]
    stage.refusal("bundle", "exhibit", ref, "E001", "--title", "x" * 501, code=14)


def test_a_masked_bundle_tells_what_was_kept_out(stage: Stage, ref: str, tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    less = ("--strip-location", "--mask", "E001:0,0,50,50", "--mask", "1:60，60，10，10")
    done = stage.data("bundle", "build", ref, "--out", str(out), *less)
    (kept_out,) = done["withheld"]
    assert (kept_out["exhibit"], kept_out["why"]) == ("E001", ["location-removed", "masked"])
    assert stage.data("bundle", "verify", str(out), "--strict")["verdict"] == "valid"
    assert PHOTO not in b"".join(one.read_bytes() for one in out.rglob("*") if one.is_file())
    whole = tmp_path / "whole"
    done = stage.data("bundle", "build", ref, "--out", str(whole), *less, "--with-originals")
    assert done["withheld"] == []
    assert (whole / "data/exhibits/E001/original.jpg").read_bytes() == PHOTO


def test_masks_that_make_no_sense_are_refused_by_name(
    stage: Stage, ref: str, tmp_path: Path
) -> None:
    out = str(tmp_path / "bundle")
    for wrong in ("E001:90,0,20,5", "E001:1,2,3", "闸机.jpg:0,0,1,1"):
        told = stage.refusal("bundle", "build", ref, "--out", out, "--mask", wrong, code=14)
        assert wrong in told["message"]
    told = stage.refusal("bundle", "build", ref, "--out", out, "--mask", "2:0,0,1,1", code=14)
    assert "E002 (E1.txt)" in told["message"]
    stage.refusal("bundle", "build", ref, "--out", out, "--mask", "9:0,0,1,1", code=12)
    stage.refusal("bundle", "build", ref, "--out", out, "--with-originals", code=2)
    assert not Path(out).exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_of_exhibits_fits_eighty_columns(stage: Stage, ref: str, language: str) -> None:
    asks = {"zh": "口令", "en": "assphrase"}[language]
    words = ("bundle", "exhibit", ref, "--lang", language, "--no-color")
    ended, seen = at_terminal(stage, *words, dialogue=[(asks, f"{PASSPHRASE}\n")])
    assert ended == 0
    assert "E002" in seen
    assert max(map(cells, seen.splitlines())) <= 80
