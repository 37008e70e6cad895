"""`pirights stamp`, and what it leads to: in the bundle, in its check, and in that of the vault."""

import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from pirights import clock
from tests import needs, tsa
from tests.scenarios.stage import Stage

pytestmark = needs.program("openssl")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tsa.Authority]:
    folder = tmp_path_factory.mktemp("authority")
    tsa.keys(folder, since=clock.now() - timedelta(hours=3))  # good at what `/early` tells, too
    with tsa.running(folder) as here:
        yield here


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """At the real moment: the authority's clock is the real one."""
    return stage.having(SOURCE_DATE_EPOCH=str(int(clock.now().timestamp())))


def test_a_log_that_was_stamped_early_is_shown_to_be_old_by_a_bundle_built_late(
    stage: Stage, authority: tsa.Authority
) -> None:
    ref = stage.opened_case()
    whom = ("--tsa", authority.url, "--tsa-root", str(authority.root))
    told = stage.data("stamp", ref, *whom, "--out", "checkpoint.txt")
    assert (told["stamped"], told["trusted"], told["authority"]) == (True, True, "Test TSA")
    assert told["files"] == ["checkpoint.txt", "checkpoint.txt.tsr"]
    assert len(told["covered"]) >= 4
    today = clock.now().astimezone(ZoneInfo("Asia/Shanghai")).date()
    stage.run("sent", ref, "--channel", "ems", "--at", str(today))
    stage.run("bundle", "build", ref, "--out", "late")
    held = stage.home / "late" / "data" / "custody"
    assert (held / "checkpoint-001.txt").read_bytes() == (
        stage.home / "checkpoint.txt"
    ).read_bytes()
    judged = stage.data("bundle", "verify", "late", "--tsa-root", str(authority.root))
    assert judged["verdict"] == "valid"
    (covered,) = judged["custody"]
    assert covered["file"] == "data/custody/checkpoint-001.txt"
    assert (covered["rows"], covered["time"]) == (told["covered"], told["time"])
    assert (covered["authority"], covered["proved"]) == ("Test TSA", True)
    english = stage.run("bundle", "verify", "late", "--tsa-root", str(authority.root), "--lang=en")
    count = len(told["covered"])
    assert f"{count} entries of its log were written down before 20" in english.out
    without = stage.data("bundle", "verify", "late")
    assert [one["proved"] for one in without["custody"]] == [False]


def test_a_proof_of_another_tree_ends_with_31(stage: Stage) -> None:
    ref = stage.opened_case()
    stage.run("bundle", "build", ref, "--out", "b")
    proofs = stage.home / "b" / "data" / "custody" / "proofs.json"
    proofs.write_bytes(proofs.read_bytes().replace(b'"leaf_index":3', b'"leaf_index":4'))
    judged = stage.data("bundle", "verify", "b", code=31)
    assert "data/custody/proofs.json" in {one["file"] for one in judged["findings"]}


def test_without_an_authority_it_says_that_no_third_partys_time_exists(
    stage: Stage, authority: tsa.Authority
) -> None:
    assert "No third party confirms a time" in stage.refusal("stamp", code=30)["message"]
    assert "--tsa" in stage.refusal("stamp", code=30)["hint"]
    told = stage.refusal("stamp", "--tsa", f"{authority.url}500", code=30)
    assert "No third party confirms a time for the journal up to row" in told["message"]
    assert "500" in told["message"]
    stage.refusal("stamp", "--tsa", "ftp://127.0.0.1/", code=14)
    stage.refusal("stamp", "PR-2026-7K3M9QX-C", "--tsa", authority.url, code=12)
    assert not list(stage.home.glob("*.tsr"))


@needs.program("faketime")
def test_a_time_two_hours_off_is_not_taken_and_its_answer_lies_in_a_file(
    stage: Stage, authority: tsa.Authority
) -> None:
    ref = stage.opened_case()
    early, root = f"{authority.url}early", str(authority.root)
    asked = ("stamp", ref, "--tsa", early, "--tsa-root", root, "--out", "c.txt")
    told = stage.refusal(*asked, code=30)
    (answer,) = stage.home.glob("c-not-taken-*.tsr")
    assert (told["stamped"], told["not_taken"]) == (False, str(answer))
    assert "the clocks disagree" in told["message"]
    (again,) = re.findall("`(pirights .*?)`", told["hint"])
    assert shlex.split(again) == [
        "pirights", "stamp", ref, "--out", "c.txt", "--tsa", early, "--tsa-root", root,
    ]  # fmt: skip
    judged = ("bundle", "verify", "b", "--tsa-root", str(authority.root))
    stage.run("bundle", "build", ref, "--out", "b")
    assert stage.data(*judged)["custody"] == []
    _, *right = shlex.split(again.replace(early, authority.url))
    assert stage.data(*right)["files"] == ["c.txt", "c.txt.tsr"]
    spaced = stage.refusal("stamp", "--tsa", early, "--out", "my copy.txt", code=30)
    assert f"`pirights stamp --out 'my copy.txt' --tsa {early}`" in spaced["hint"]


def test_a_vault_put_back_to_an_older_copy_is_named_by_a_checkpoint_from_outside(
    stage: Stage, authority: tsa.Authority
) -> None:
    stage.log_scan()
    older = shutil.copytree(stage.vault, stage.home / "older")
    stage.log_scan()
    stage.run("stamp", "--tsa", authority.url, "--out", "checkpoint.txt")
    asked = ("vault", "check", "--checkpoint", "checkpoint.txt")
    assert stage.data(*asked)["clean"]
    shutil.rmtree(stage.vault)
    shutil.copytree(older, stage.vault)
    assert stage.data("vault", "check")["clean"]
    told = stage.run(*asked, "--lang", "en", code=21).out
    assert "The vault was put back to an older copy" in told
    assert "by Test TSA" in told
    stage.refusal("vault", "check", "--checkpoint", stage.file("x.txt", b"x"), code=14)


def test_what_is_shown_fits_a_screen_in_both_languages(
    stage: Stage, authority: tsa.Authority
) -> None:
    ref = stage.opened_case()
    whom = ("--tsa", authority.url, "--tsa-root", str(authority.root))
    shown = [stage.run("stamp", ref, *whom, "--lang", lang) for lang in ("en", "zh")]
    assert "What was written in the log up to row" in shown[0].out
    assert "以前已经存在" in shown[1].out
    warned = stage.run("stamp", "--tsa", authority.url, "--lang", "en")
    assert "If the time stamp is genuine" in warned.out
