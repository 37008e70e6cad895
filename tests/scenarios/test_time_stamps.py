"""Time stamps from the command line: asked for, checked, renewed, and checked again in 2036."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import tsa
from tests.needs import program
from tests.scenarios import stage as stages
from tests.scenarios.stage import Stage

pytestmark = program("openssl")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tsa.Authority]:
    with tsa.running(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture(scope="module")
def stamped(
    begun: tuple[Stage, str], running: tsa.Authority, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Stage, dict[str, object]]:
    """A home in which a stamped bundle lies, and what was said when it was made."""
    stage = replace(stages.copy(begun[0], tmp_path_factory.mktemp("home")), inside=True)
    root = ("--tsa", running.url, "--tsa-root", str(running.root))
    return stage, stage.data("bundle", "build", begun[1], "--out", "bundle", *root)


@pytest.fixture
def home(stamped: tuple[Stage, dict[str, object]], tmp_path: Path) -> Stage:
    """A home of the test's own with the stamped bundle."""
    shutil.copytree(stamped[0].home / "bundle", tmp_path / "bundle")
    return replace(stamped[0], home=tmp_path)


def test_build_says_that_it_is_stamped_when_and_by_whom(
    stamped: tuple[Stage, dict[str, object]],
) -> None:
    told = stamped[1]
    assert told["stamped"] is True
    assert told["refused"] is None
    assert isinstance(told["time_stamp"], dict)
    assert told["time_stamp"]["authority"] == "Test TSA"
    assert told["time_stamp"]["trusted"] is True
    assert str(told["time_stamp"]["time"]).endswith("Z")


def test_verify_with_the_root_says_by_when_it_existed(home: Stage, running: tsa.Authority) -> None:
    root = ("--tsa-root", str(running.root))
    told = home.data("bundle", "verify", "bundle", *root)
    assert (told["verdict"], told["findings"], told["stamped"]) == ("valid", [], True)
    (stamp,) = told["time_stamps"]
    assert (stamp["status"], stamp["authority"]) == ("valid", "Test TSA")
    english = home.run("bundle", "verify", "bundle", *root, "--lang", "en").out
    assert "It existed before 20" in english
    assert "UTC: Test TSA confirms it (tagmanifest-sha256.txt.tsr)" in english
    chinese = home.run("bundle", "verify", "bundle", *root, "--lang", "zh").out
    assert "Test TSA" in chinese
    assert "existed" not in chinese


def test_verify_without_a_root_claims_no_time(home: Stage) -> None:
    told = home.data("bundle", "verify", "bundle")
    assert (told["verdict"], told["stamped"]) == ("valid", False)
    assert told["time_stamps"][0]["status"] == "unverified"
    assert "no root certificate" in told["warnings"][0]["meaning"]
    assert "It existed before" not in home.run("bundle", "verify", "bundle", "--lang", "en").out


def test_verify_never_takes_a_root_from_the_bundle(home: Stage, tmp_path: Path) -> None:
    tsa.keys(tmp_path / "rogue")
    told = home.data(
        "bundle", "verify", "bundle", "--tsa-root", str(tmp_path / "rogue/root.pem"), code=31
    )
    assert [one["file"] for one in told["findings"]] == ["tagmanifest-sha256.txt.tsr"]
    assert told["stamped"] is False


def test_a_token_of_another_bundle_is_found(
    home: Stage, running: tsa.Authority, begun: tuple[Stage, str]
) -> None:
    other = replace(stages.copy(begun[0], home.home / "other"), inside=True)
    options = ("--tsa", running.url, "--tsa-root", str(running.root))
    other.run("bundle", "build", begun[1], "--out", "copy", *options)
    other.run("bundle", "build", begun[1], "--out", "another", *options)
    token = other.home / "another/tagmanifest-sha256.txt.tsr"
    shutil.copy(token, home.home / "bundle/tagmanifest-sha256.txt.tsr")
    told = home.data("bundle", "verify", "bundle", "--tsa-root", str(running.root), code=31)
    assert "something else" in told["findings"][0]["meaning"]


def test_the_root_may_stand_in_the_settings(home: Stage, running: tsa.Authority) -> None:
    settings = home.home / ".config/pirights/stamp.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'tsa = "{running.url}"\ntsa_roots = ["{running.root}"]\n')
    here = home.having(XDG_CONFIG_HOME=str(home.home / ".config"))
    assert here.data("bundle", "verify", "bundle")["stamped"] is True
    assert here.data("bundle", "restamp", "bundle")["file"] == "timestamps/002.tsr"


def test_restamp_adds_one_and_verify_tells_both(home: Stage, running: tsa.Authority) -> None:
    root = ("--tsa-root", str(running.root))
    told = home.data("bundle", "restamp", "bundle", "--tsa", running.url, *root)
    assert told["file"] == "timestamps/002.tsr"
    assert told["time_stamp"]["trusted"] is True
    verdict = home.data("bundle", "verify", "bundle", *root)
    assert [one["status"] for one in verdict["time_stamps"]] == ["valid", "valid"]


def test_restamp_that_is_refused_exits_30_and_changes_nothing(
    home: Stage, running: tsa.Authority
) -> None:
    before = sorted((home.home / "bundle").rglob("*"))
    url = f"{running.url}rejection"
    refused = home.refusal("bundle", "restamp", "bundle", "--tsa", url, code=30)
    assert "Requested policy is not supported" in refused["message"]
    assert sorted((home.home / "bundle").rglob("*")) == before


def test_restamp_of_an_altered_bundle_exits_31_as_verify_does_and_writes_nothing(
    home: Stage, running: tsa.Authority
) -> None:
    altered = shutil.copytree(home.home / "bundle", home.home / "altered")
    with (altered / "data/00-cover.pdf").open("ab") as cover:
        cover.write(b"x")
    assert home.data("bundle", "verify", "altered", code=31)["verdict"] == "invalid"
    before = sorted(home.home.rglob("*"))
    refused = home.refusal("bundle", "restamp", "altered", "--tsa", running.url, code=31)
    assert refused["name"] == "evidence-altered"
    assert f"`pirights bundle verify {altered}`" in refused["hint"]
    assert sorted(home.home.rglob("*")) == before


def test_restamp_without_an_authority_says_where_to_name_one(home: Stage) -> None:
    refused = home.refusal("bundle", "restamp", "bundle", code=14)
    assert "--tsa" in refused["hint"]
    assert "stamp.toml" in refused["hint"]


def test_build_goes_on_when_the_authority_fails_and_says_why(
    case: tuple[Stage, str], running: tsa.Authority
) -> None:
    stage, ref = case
    options = ("--tsa", f"{running.url}500")
    ended = stage.run("bundle", "build", ref, "--out", "bundle", *options, "--json")
    assert ended.json()["stamped"] is False
    assert "HTTP status 500" in ended.json()["refused"]
    assert "HTTP status 500" in ended.err
    assert stage.data("bundle", "verify", "bundle")["verdict"] == "valid"


def test_a_root_without_an_authority_and_a_root_that_is_none_are_refused_before_anything_is_done(
    case: tuple[Stage, str], running: tsa.Authority
) -> None:
    stage, ref = case
    build = ("bundle", "build", ref, "--out", "bundle")
    stage.refusal(*build, "--tsa-root", str(running.root), code=2)
    no_root = stage.file("root.pem", b"no certificate")
    stage.refusal(*build, "--tsa", running.url, "--tsa-root", no_root, code=14)
    stage.refusal(*build, "--tsa", "ftp://tsa.example/", code=14)
    assert not (stage.home / "bundle").exists()
    assert not running.sent


@program("faketime")
def test_in_2036_the_expired_authority_is_only_a_note(home: Stage, running: tsa.Authority) -> None:
    """The whole machine's clock says 2036; nothing of it may leak into the judgement."""
    words = [sys.executable, "-m", "pirights", "bundle", "verify", "bundle", "--lang", "en"]
    done = subprocess.run(
        ["faketime", "2036-02-03 12:00:00", *words, "--tsa-root", str(running.root)],
        cwd=home.home,
        env={
            name: value for name, value in home._variables().items() if name != "SOURCE_DATE_EPOCH"
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "certificate expired on" in done.stdout
    assert "It existed before 20" in done.stdout
