"""A finished bundle is stamped again: one time stamp more, all else as it was, to the byte."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pirights import clock
from pirights.errors import BadInput, EvidenceAltered, NetworkRefused, NotFound
from pirights.evidence import stamp_rules, timestamp_token, verify
from pirights.workflow import restamping, time_stamping
from pirights.workflow.restamping import Restamped
from pirights.workflow.time_stamping import Authority
from tests import tsa
from tests.evidence import bags
from tests.needs import program

pytestmark = program("openssl")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tsa.Authority]:
    with tsa.running(tmp_path_factory.mktemp("authority")) as here:
        yield here


def asked(here: tsa.Authority, path: str = "") -> Authority:
    return time_stamping.authority(here.url + path, (here.root,))


def restamp(path: Path, authority: Authority) -> Restamped:
    return restamping.restamp(path, authority, now=clock.now())


def contents(bundle: Path) -> dict[str, bytes]:
    if bundle.is_dir():
        return bags.all_files(bundle)
    with zipfile.ZipFile(bundle) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_each_time_stamp_is_added_behind_the_last(
    running: tsa.Authority, tmp_path: Path, name: str
) -> None:
    bundle = bags.build(tmp_path / name).path
    before = contents(bundle)
    added = [restamp(bundle, asked(running)).file for _ in range(3)]
    assert added == ["tagmanifest-sha256.txt.tsr", "timestamps/002.tsr", "timestamps/003.tsr"]
    after = contents(bundle)
    beside = {f"tsa-certs/00{number}.pem" for number in (1, 2, 3)}
    assert after.keys() - before.keys() == {*added, *beside}
    assert {file: after[file] for file in before} == before
    verdict = verify.check(bundle, strict=True, roots=asked(running).roots)
    assert (verdict.findings, verdict.warnings) == ((), ())
    assert [stamp.status for stamp in verdict.stamps] == ["valid"] * 3
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_a_time_two_hours_off_is_kept_beside_the_bundle_which_stays_as_it_was(
    running: tsa.Authority, tmp_path: Path, name: str
) -> None:
    bundle = bags.build(tmp_path / name).path
    before = contents(bundle)
    again = f"pirights bundle restamp {bundle} --tsa {running.url} --tsa-root {running.root}"
    for _ in range(2):
        with pytest.raises(NetworkRefused, match="clocks disagree") as told:
            restamping.restamp(bundle, asked(running), now=clock.now() + timedelta(hours=2))
        assert f"`{again}`" in str(told.value.hint)
    assert contents(bundle) == before
    kept = sorted(tmp_path.glob("bundle-not-taken-*.tsr"))
    assert len(kept) == 2
    assert all(timestamp_token.read(file.read_bytes()).signer == "Test TSA" for file in kept)


def test_a_bundle_full_of_time_stamps_takes_no_more(
    running: tsa.Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp_rules, "MOST", 1)
    bundle = bags.build(tmp_path / "bundle").path
    restamp(bundle, asked(running))
    before = contents(bundle)
    with pytest.raises(BadInput, match="holds 1 time stamps already"):
        restamp(bundle, asked(running))
    assert contents(bundle) == before


def test_a_zip_packed_anew_by_another_program_is_stamped_where_its_root_list_lies(
    running: tsa.Authority, tmp_path: Path
) -> None:
    files = bags.all_files(bags.build(tmp_path / "bundle").path)
    packed = bags.pack(
        tmp_path / "packed.zip", [(f"其他名/{name}", data) for name, data in files.items()]
    )
    restamp(packed, asked(running))
    verdict = verify.check(packed, roots=asked(running).roots)
    assert (verdict.findings, verdict.stamped) == ((), True)


def test_another_authority_may_stamp_what_the_first_one_stamped(
    running: tsa.Authority, tmp_path: Path
) -> None:
    bundle = bags.build(tmp_path / "bundle").path
    restamp(bundle, asked(running))
    with tsa.running(tmp_path / "second") as second:
        restamp(bundle, asked(second))
        both = (*asked(running).roots, *asked(second).roots)
        assert verify.check(bundle, roots=both).valid
        for trusted, proves in ((asked(running), 0), (asked(second), 1)):
            verdict = verify.check(bundle, roots=trusted.roots)
            assert verdict.valid
            proved = [one.status == "valid" for one in verdict.stamps]
            assert proved == [number == proves for number in (0, 1)]
        with tsa.running(tmp_path / "third") as third:
            assert not verify.check(bundle, roots=asked(third).roots).valid


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
@pytest.mark.parametrize("path", ["500", "wrong-imprint", "rejection"])
def test_without_a_good_answer_the_bundle_is_as_before(
    running: tsa.Authority, tmp_path: Path, name: str, path: str
) -> None:
    bundle = bags.build(tmp_path / name).path
    before = contents(bundle)
    with pytest.raises(NetworkRefused):
        restamp(bundle, asked(running, path))
    assert contents(bundle) == before
    assert sorted(one.name for one in tmp_path.iterdir()) == [name]


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_an_altered_bundle_is_not_stamped_and_nothing_is_written(
    running: tsa.Authority, tmp_path: Path, name: str
) -> None:
    bundle = bags.build(tmp_path / "bundle").path
    (bundle / "data/exhibits/E001/original.jpg").write_bytes(b"x")
    if name == "bundle.zip":
        files = [(f"bundle/{file}", data) for file, data in bags.all_files(bundle).items()]
        shutil.rmtree(bundle)
        bundle = bags.pack(tmp_path / name, files)
    before, serial = contents(bundle), (running.folder / "serial").read_text()
    with pytest.raises(EvidenceAltered, match="not a valid bundle") as told:
        restamp(bundle, asked(running))
    assert f"`pirights bundle verify {bundle}`" in str(told.value.hint)
    assert contents(bundle) == before
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert (running.folder / "serial").read_text() == serial, "nobody was asked"


def test_a_bag_of_others_is_not_stamped(running: tsa.Authority, tmp_path: Path) -> None:
    foreign = bags.foreign(tmp_path / "foreign")
    with pytest.raises(BadInput, match="bag of another program"):
        restamp(foreign, asked(running))
    (foreign / "data/hello.txt").write_bytes(b"x")
    with pytest.raises(EvidenceAltered):
        restamp(foreign, asked(running))
    with pytest.raises(NotFound):
        restamp(tmp_path / "nothing", asked(running))


def test_a_folder_that_cannot_be_written_is_named_and_left_as_it_was(
    running: tsa.Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = bags.build(tmp_path / "bundle.zip").path
    before = bundle.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(BadInput, match="No space left"):
        restamp(bundle, asked(running))
    assert bundle.read_bytes() == before


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
@pytest.mark.parametrize("times", [0, 1])
def test_at_whatever_step_it_is_stopped_the_bundle_stays_valid(
    running: tsa.Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    times: int,
) -> None:
    bundle = bags.build(tmp_path / name).path
    for _ in range(times):
        restamp(bundle, asked(running))
    before = contents(bundle)
    steps = [(Path, "rename"), (Path, "replace"), (Path, "chmod"), (os, "fsync")]
    stopped = 0
    for place, step in steps:
        for turn in range(4):
            left = iter(range(turn, -1, -1))
            usual = getattr(place, step)

            def interrupted(
                *given: object, _usual: Callable[..., object] = usual, _left: Iterator[int] = left
            ) -> object:
                if next(_left, None) == 0:
                    raise KeyboardInterrupt
                return _usual(*given)

            with monkeypatch.context() as patched:
                patched.setattr(place, step, interrupted)
                try:
                    restamp(bundle, asked(running))
                except KeyboardInterrupt:
                    stopped += 1
            verdict = verify.check(bundle, roots=asked(running).roots)
            assert (verdict.findings, verdict.warnings) == ((), ())
            assert before.items() <= contents(bundle).items()
            assert [one.name for one in tmp_path.iterdir()] == [name]
    assert stopped >= 2


def test_what_is_stamped_is_what_the_decision_says(running: tsa.Authority, tmp_path: Path) -> None:
    bundle = bags.build(tmp_path / "bundle").path
    for _ in range(2):
        restamp(bundle, asked(running))
    names = ("tagmanifest-sha256.txt", "tagmanifest-sha256.txt.tsr")
    (tmp_path / "covered").write_bytes(b"".join((bundle / name).read_bytes() for name in names))
    command = ("openssl", "ts", "-verify", "-CAfile", str(running.root))
    done = subprocess.run(
        [*command, "-in", "bundle/timestamps/002.tsr", "-data", "covered"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Verification: OK" in done.stdout
