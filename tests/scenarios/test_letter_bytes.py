"""The letter is the same octets whenever, wherever and in whatever language it is rendered."""

from pathlib import Path

import pytest

from tests.scenarios.stage import NOW, Stage

SURROUNDINGS: tuple[dict[str, str], ...] = (
    {},
    {"TZ": "UTC"},
    {"TZ": "America/Los_Angeles"},
    {"TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8", "PIRIGHTS_LANG": "zh"},
    {"SOURCE_DATE_EPOCH": str(int(NOW) + 400 * 86400)},
    {"SOURCE_DATE_EPOCH": ""},
    {"PYTHONHASHSEED": "7", "LC_ALL": "C"},
)


@pytest.mark.parametrize("form", ["pdf", "txt"])
def test_a_letter_is_the_same_octets_everywhere(form: str, case: tuple[Stage, str]) -> None:
    stage, _ = case
    asked = ("--handler", "H1", "--right", "know", "--letters", "zh-en", "--date", "2026-11-21")
    ref = stage.data("request", "new", *asked)["ref"]
    found = set()
    for number, more in enumerate(SURROUNDINGS):
        out = stage.home / f"letter-{number}.{form}"
        stage.outside.having(**more).run("request", "render", ref, "--out", str(out))
        found.add(out.read_bytes())
    assert len(found) == 1
    [letter] = found
    assert len(letter) > 1000


def test_a_later_correction_changes_no_letter_that_was_written(
    case: tuple[Stage, str], tmp_path: Path
) -> None:
    stage, ref = case
    stage.run("request", "render", ref, "--out", str(tmp_path / "before.pdf"))
    stage.run("handler", "edit", "H1", "--name", "另一家公司")
    stage.run("person", "edit", "P1", "--name", "王大明")
    warned = stage.run("log", "edit", "E1", "--place", "北门")
    assert ref in warned.err
    stage.run("request", "render", ref, "--out", str(tmp_path / "after.pdf"))
    assert (tmp_path / "after.pdf").read_bytes() == (tmp_path / "before.pdf").read_bytes()


def test_the_day_of_a_letter_is_that_of_the_vaults_zone_not_of_the_machine(stage: Stage) -> None:
    """At 17:00 UTC it is the next day in Shanghai already."""
    stage.opened_case()
    night = stage.outside.having(SOURCE_DATE_EPOCH="1795453200", TZ="America/Los_Angeles")
    told = night.data("request", "new", "--handler", "H1", "--right", "access")
    assert told["date"] == "2026-11-24"
