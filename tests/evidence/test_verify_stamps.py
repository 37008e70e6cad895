"""The commands about time stamps in VERIFY.txt do what the text says, also years later."""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from pirights.evidence import bag, stamp_rules, timestamp, verify_texts
from tests import tsa
from tests.evidence import bags
from tests.needs import program

pytestmark = program("openssl")

OK = "Verification: OK"
LATER_DAY = "2040-01-01 00:00:00"
"""When both the authority's certificate and its root have long expired."""


def commands(text: str, heading: str) -> list[str]:
    section = text.partition(f"\n{heading}")[2].partition("\n\n\n")[0].partition("\n\n")[2]
    return re.findall(r"^    (\S.+)$", section.partition("\n\n")[0], re.MULTILINE)


LINUX = commands(verify_texts.ENGLISH, "TIME STAMPS ON LINUX")
MACOS = commands(verify_texts.ENGLISH, "TIME STAMPS ON MACOS")


def run(command: str, folder: Path, *before: str) -> str:
    done = subprocess.run(
        [*before, "bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle with three time stamps, and the root that the reader got elsewhere above it."""
    folder = tmp_path_factory.mktemp("stamped")
    tsa.keys(folder / "keys")
    shutil.copy(folder / "keys/root.pem", folder / "root.pem")

    def stamp(data: bytes) -> bytes:
        asked = timestamp.request(hashlib.sha256(data).digest(), number=1)
        return tsa.reply(folder / "keys", asked)

    def attest(root_list: bytes) -> Mapping[str, bytes]:
        covered = root_list
        found: dict[str, bytes] = {}
        for number in (1, 2, 3):
            token = stamp(covered)
            covered += token
            found |= stamp_rules.files(number, token)
        return found

    return bag.write(
        folder / "bundle",
        bags.entries(bags.payload()),
        reference=bags.REFERENCE,
        bagged_on=bags.DAY,
        attest=attest,
    ).path


@pytest.fixture
def bundle(stamped: Path, tmp_path: Path) -> Path:
    shutil.copy(stamped.parent / "root.pem", tmp_path / "root.pem")
    return Path(shutil.copytree(stamped, tmp_path / "bundle"))


def log_stamped(folder: Path, keys: Path) -> Path:
    """A bundle without a time stamp of the whole, and with two of its log."""
    files = bags.custody(
        bags.journal_row(seq=1, previous=""),
        bags.journal_row(seq=2, previous="11"),
        sizes=[1, 2],
        stamp=lambda text: tsa.reply(
            keys, timestamp.request(hashlib.sha256(text).digest(), number=1)
        ),
    )
    whole = {name: data for name, data in bags.payload().items() if "custody/" not in name}
    return bags.build(folder, {**whole, **files}).path


STEPS = [
    pytest.param(LINUX, marks=program("date"), id="linux"),
    pytest.param(MACOS, marks=program("perl"), id="macos"),
]


@pytest.mark.parametrize("steps", STEPS)
def test_the_five_steps_pass_on_a_good_bundle(bundle: Path, steps: list[str]) -> None:
    assert len(steps) == 5
    told, root, first, later, log = (run(step, bundle) for step in steps)
    assert log == ""
    assert re.search(r"^Time stamp: .* GMT$", told, re.MULTILINE)
    assert re.search(r"Fingerprint=([0-9A-F]{2}:){31}[0-9A-F]{2}", root)
    assert first.count(OK) == 1
    assert later.count(OK) == 2


@pytest.mark.parametrize("steps", STEPS)
def test_the_time_stamps_of_the_log_are_checked_and_nothing_complains_of_what_is_not_there(
    stamped: Path, tmp_path: Path, steps: list[str]
) -> None:
    bundle = log_stamped(tmp_path / "bundle", stamped.parent / "keys")
    shutil.copy(stamped.parent / "root.pem", tmp_path / "root.pem")

    def told(step: str) -> tuple[str, str]:
        done = subprocess.run(
            ["bash", "-c", step], cwd=bundle, capture_output=True, text=True, check=False
        )
        return done.stdout, done.stderr

    assert told(steps[3]) == ("", "")
    said, _ = told(steps[4])
    assert [line for line in said.splitlines() if line.endswith((OK, ".tsr"))] == [
        *("checkpoint-001.txt.tsr", OK),
        *("checkpoint.txt.tsr", OK),
    ]
    (bundle / "data/custody/checkpoint.txt").write_bytes(b"another")
    assert told(steps[4])[0].count(OK) == 1
    unstamped = bags.build(tmp_path / "unstamped").path
    assert [run(step, unstamped) for step in steps[3:]] == ["", ""]


@program("faketime")
@pytest.mark.parametrize("steps", STEPS)
def test_they_pass_when_all_certificates_have_expired(bundle: Path, steps: list[str]) -> None:
    plain = steps[2].partition(" -attime")[0]
    assert OK not in run(plain, bundle, "faketime", LATER_DAY)
    assert run(steps[2], bundle, "faketime", LATER_DAY).count(OK) == 1
    assert run(steps[3], bundle, "faketime", LATER_DAY).count(OK) == 2


@pytest.mark.parametrize("steps", STEPS)
def test_they_see_a_bundle_that_was_rewritten_whole(bundle: Path, steps: list[str]) -> None:
    (bundle / "data/exhibits/E001/original.jpg").write_bytes(b"another")
    bags.relist(bundle)
    assert OK not in run(steps[2], bundle)
    assert OK not in run(steps[3], bundle)


@pytest.mark.parametrize("steps", STEPS)
def test_they_see_an_authority_that_the_reader_does_not_trust(
    bundle: Path, steps: list[str], tmp_path: Path
) -> None:
    tsa.keys(tmp_path / "other")
    shutil.copy(tmp_path / "other/root.pem", tmp_path / "root.pem")
    assert OK not in run(steps[2], bundle)


@pytest.mark.parametrize("steps", STEPS)
def test_they_see_an_earlier_time_stamp_that_was_exchanged(bundle: Path, steps: list[str]) -> None:
    shutil.copy(bundle / "timestamps/003.tsr", bundle / "timestamps/002.tsr")
    assert OK not in run(steps[3], bundle)


@pytest.mark.parametrize("steps", STEPS)
def test_a_file_name_in_the_bundle_is_never_a_command(bundle: Path, steps: list[str]) -> None:
    hostile = ("1x.tsr", "1|e touch owned;#.tsr", "$(touch owned).tsr", "`touch owned`.tsr")
    for name in hostile:
        (bundle / "timestamps" / name).write_bytes(b"x")
    for step in steps:
        run(step, bundle)
    assert not list(bundle.rglob("owned*"))


@program("sha256sum")
def test_the_other_steps_pass_on_a_stamped_bundle_too(bundle: Path) -> None:
    section = verify_texts.ENGLISH.partition("\nLINUX\n")[2].partition("\n\n\n")[0]
    for step in re.findall(r"^    (.+)$", section, re.MULTILINE):
        printed = run(step, bundle).splitlines()
        left = [line for line in printed if not line.endswith(": OK")]
        allowed = ("tagmanifest-sha256.txt.tsr", "timestamps/", "tsa-certs/")
        assert [line for line in left if not line.startswith(allowed)] in (
            [],
            [line for line in left if line.endswith("  tagmanifest-sha256.txt")],
        )
        assert "FAILED" not in " ".join(printed)


def test_bagit_accepts_a_stamped_bundle(bundle: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", str(bundle)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_no_time_is_printed_in_the_texts_which_the_time_stamp_covers() -> None:
    for text in (verify_texts.ENGLISH, verify_texts.CHINESE):
        assert not re.search(r"20[0-9]{2}-[0-9]{2}", text)
        assert "get the" in text.lower() or "请自行取得" in text
        assert "SHA-256" in text
