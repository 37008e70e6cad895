"""Sealing: what is written, that it is written whole, and that others accept it."""

import os
import resource
import signal
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pirights.errors import BadInput
from pirights.evidence import bag, bag_output, names, unfinished, verify
from tests.evidence import bags
from tests.needs import program

BAGIT = [sys.executable, "-m", "bagit", "--validate", "--quiet"]


def test_bagit_accepts_the_folder(tmp_path: Path) -> None:
    bags.build(tmp_path / "bag")
    assert subprocess.run([*BAGIT, tmp_path / "bag"], check=False).returncode == 0


@program("sha256sum")
def test_sha256sum_accepts_both_lists_and_the_root(tmp_path: Path) -> None:
    sealed = bags.build(tmp_path / "bag")
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--strict", "-c", name], cwd=sealed.path, check=True)
    told = subprocess.run(
        ["sha256sum", "tagmanifest-sha256.txt"],
        cwd=sealed.path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.split()[0] == sealed.root_sha256


@program("unzip", "sha256sum")
def test_the_zip_unpacks_to_the_same_bag(tmp_path: Path) -> None:
    folder = bags.build(tmp_path / "case")
    zipped = bags.build(tmp_path / "case.zip")
    assert zipped.root_sha256 == folder.root_sha256
    subprocess.run(["unzip", "-q", zipped.path, "-d", tmp_path / "out"], check=True)
    assert bags.all_files(tmp_path / "out" / "case") == bags.all_files(folder.path)


def test_the_same_input_gives_the_same_zip_whatever_kind_of_source(tmp_path: Path) -> None:
    (tmp_path / "photo").write_bytes(bags.PHOTO)
    files = bags.payload()
    others = [
        bag.Entry(name=name, source=tmp_path / "photo" if data == bags.PHOTO else data)
        for name, data in reversed(files.items())
    ]
    (tmp_path / "later").mkdir()
    first = bags.build(tmp_path / "case.zip").path.read_bytes()
    bag.write(tmp_path / "later" / "case.zip", others, reference=bags.REFERENCE, bagged_on=bags.DAY)
    assert (tmp_path / "later" / "case.zip").read_bytes() == first


def test_zip_entries_are_stored_without_times_or_modes_of_this_machine(tmp_path: Path) -> None:
    sealed = bags.build(tmp_path / "证据.zip")
    with zipfile.ZipFile(sealed.path) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            assert entry.filename.startswith("证据/")
            assert entry.flag_bits & 0x800
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.external_attr >> 16 == 0o100644
    assert verify.check(sealed.path).valid


def test_a_stream_of_unknown_length_is_taken(tmp_path: Path) -> None:
    def stream() -> Iterator[bytes]:
        yield from (b"", b"abc", b"", b"def", b"")

    for target in ("bag", "bag.zip"):
        sealed = bag.write(
            tmp_path / target,
            [*bags.entries(bags.payload()), bag.Entry(name="replies/01.txt", source=stream)],
            reference=bags.REFERENCE,
            bagged_on=bags.DAY,
        )
        assert sealed.files == len(bags.payload()) + 1
        assert verify.check(sealed.path, strict=True).findings == ()


def test_an_existing_target_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "here" / "mine").mkdir(parents=True)
    (tmp_path / "here.zip").write_bytes(b"mine")
    (tmp_path / "dangling").symlink_to("nowhere")
    before = sorted(tmp_path.iterdir())
    for target in ("here", "here.zip", "dangling"):
        with pytest.raises(BadInput, match="exists already") as refused:
            bags.build(tmp_path / target)
        assert refused.value.hint is not None
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "here.zip").read_bytes() == b"mine"


@pytest.mark.parametrize("target", ["bag", "bag.zip"])
def test_what_another_process_finished_meanwhile_is_left_alone(
    tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the last look and the naming there is always a moment."""
    usual = bag_output._put

    def late(growing: Path, at: Path) -> None:
        if target == "bag":
            at.mkdir()
            (at / "theirs").write_bytes(b"theirs")
        else:
            at.write_bytes(b"theirs")
        usual(growing, at)

    monkeypatch.setattr(bag_output, "_put", late)
    with pytest.raises(BadInput):
        bags.build(tmp_path / target)
    assert [path.name for path in tmp_path.iterdir()] == [target]
    theirs = tmp_path / target / "theirs" if target == "bag" else tmp_path / target
    assert theirs.read_bytes() == b"theirs"


@pytest.mark.parametrize("target", ["bag", "bag.zip"])
def test_a_source_that_cannot_be_read_leaves_nothing(tmp_path: Path, target: str) -> None:
    def broken() -> Iterator[bytes]:
        yield b"first piece"
        raise RuntimeError("the vault is damaged")

    os.mkfifo(tmp_path / "pipe")
    before = sorted(tmp_path.iterdir())
    for source in (tmp_path / "not-there", tmp_path, tmp_path / "pipe"):
        with pytest.raises(BadInput):
            bag.write(
                tmp_path / target,
                [bag.Entry(name="a", source=source)],
                reference="r",
                bagged_on=bags.DAY,
            )
    with pytest.raises(RuntimeError, match="vault"):
        bag.write(
            tmp_path / target,
            [bag.Entry(name="a", source=broken)],
            reference="r",
            bagged_on=bags.DAY,
        )
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("target", ["missing/bag", "file/bag", "file/bag.zip", "missing/bag.zip"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadInput) as refused:
        bags.build(tmp_path / target)
    assert refused.value.hint is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


@pytest.mark.parametrize("target", ["bag", "bag.zip"])
def test_a_folder_one_may_not_write_to_is_refused(tmp_path: Path, target: str) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.geteuid() == 0:  # root may write anywhere: become nobody inside the folder
                os.chdir(folder)
                folder.chmod(0o755)
                os.setuid(65534)
                place = Path(target)
            else:
                folder.chmod(0o555)
                place = folder / target
            try:
                bags.build(place)
            except BadInput:
                code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    folder.chmod(0o755)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("target", ["bag", "bag.zip"])
def test_a_disk_that_takes_no_more_leaves_nothing(tmp_path: Path, target: str) -> None:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
            try:
                bags.build(tmp_path / target, {"big.bin": bytes(8_000_000)})
            except BadInput as refused:
                code = 0 if refused.hint is not None else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert list(tmp_path.iterdir()) == []


_SLOW = """
import sys, time
from datetime import date
from pathlib import Path
from pirights.evidence import bag
def slow():
    print("begun", flush=True)
    for _ in range(10_000):
        yield bytes(100_000)
        time.sleep(0.01)
entries = [bag.Entry(name="a.bin", source=b"a"), bag.Entry(name="b.bin", source=slow)]
bag.write(Path(sys.argv[1]), entries, reference="r", bagged_on=date(2026, 1, 1))
"""


@pytest.mark.parametrize("target", ["bag", "bag.zip"])
def test_a_killed_run_leaves_no_target_and_the_next_one_cleans_up(
    tmp_path: Path, target: str
) -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", _SLOW, tmp_path / target], stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"begun\n"
    time.sleep(0.1)
    (living,) = tmp_path.iterdir()
    assert living.name.startswith(".pirights-")
    bags.build(tmp_path / target)
    assert living.exists(), "a living run's files were taken from it"
    (tmp_path / target).rename(tmp_path / "kept")
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert not (tmp_path / target).exists()
    assert living.exists()
    mine = tmp_path / ".pirights-mine.part"
    mine.touch()
    (tmp_path / "kept").rename(tmp_path / target)
    other = "another" if target == "bag" else "another.zip"
    bags.build(tmp_path / other)
    assert not living.exists(), "whatever the name of the bag that was to be"
    mine.unlink()  # no leftover of ours
    (tmp_path / other).rename(tmp_path / "kept")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["kept", target])
    assert verify.check(tmp_path / target).valid


@pytest.mark.parametrize("target", ["bag", "bag.zip"])
def test_another_run_does_not_clear_a_finished_bag_before_it_has_its_name(
    tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = bag_output._put

    def late(growing: Path, at: Path) -> None:
        unfinished.clear_leftovers(tmp_path)  # as another run does when it begins
        usual(growing, at)

    monkeypatch.setattr(bag_output, "_put", late)
    bags.build(tmp_path / target)
    assert [path.name for path in tmp_path.iterdir()] == [target]
    assert verify.check(tmp_path / target).valid


@pytest.mark.parametrize(
    "name",
    ["Upper.txt", "a b", "..", "a/../b", "", "a//b", "con.txt", "nul", "照片.jpg", "x" * 65, "a/",
     "dot.", "-a", ".hidden", "a\nb", "a%0ab", "/abs"],
)  # fmt: skip
def test_a_name_no_program_should_make_is_an_error_of_the_program(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(ValueError, match="name"):
        bags.build(tmp_path / "bag", {name: b""})
    assert list(tmp_path.iterdir()) == []


def test_names_that_collide_are_an_error_of_the_program() -> None:
    for pair in (["a", "a"], ["a", "a/b"], ["E001/x", "e001/x"]):
        with pytest.raises(ValueError, match=r"twice|both"):
            names.check_plain(pair)
    names.check_plain(["exhibits/E001/original.jpg", "01-catalogue.csv"])


def test_bag_info_takes_no_line_that_would_make_another_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"bag-info"):
        bag.write(tmp_path / "bag", [], reference="r\nPayload-Oxum: 0.0", bagged_on=bags.DAY)
    assert list(tmp_path.iterdir()) == []


def test_memory_stays_flat_for_a_large_file(tmp_path: Path) -> None:
    def stream() -> Iterator[bytes]:
        for _ in range(64):
            yield bytes(bag.PIECE)

    big = [*bags.entries(bags.payload()), bag.Entry(name="letters/01-request.txt", source=stream)]
    for target in ("bag", "bag.zip"):
        tracemalloc.start()
        bag.write(tmp_path / target, big, reference=bags.REFERENCE, bagged_on=bags.DAY)
        assert verify.check(tmp_path / target).valid
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 20 * bag.PIECE
