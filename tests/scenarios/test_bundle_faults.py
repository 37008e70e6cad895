"""A bundle that is stopped at any step: killed, no room, no right to write, two at once."""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.cli.program import surroundings
from tests.scenarios.stage import NOW, PASSPHRASE, Stage

STEPS: Final = (
    "the first file",
    "a later file",
    "the first flush",
    "the name of the bundle",
    "the flush of the folder",
    "the sheet",
    "the name of the sheet",
    "the row in the journal",
    "the end",
)

STOPPED: Final = r"""
import builtins, os, signal, sys, zipfile
from pathlib import Path
from pirights.cli.boundary import run
from pirights.cli.frame import program
from pirights.cli.main import CONTENTS
from pirights.evidence import bag_output
from pirights.vault.change import Change
from pirights.workflow import bundles

step, fault, *words = sys.argv[1:]
fault = int(fault)

def stop():
    if not fault:
        os.kill(os.getpid(), signal.SIGKILL)
    raise OSError(fault, os.strerror(fault))

def before(place, name, at, wanted=lambda *given: True):
    usual, seen = getattr(place, name), []
    def stopping(*given, **more):
        if wanted(*given):
            seen.append(1)
            if len(seen) == at:
                stop()
        return usual(*given, **more)
    setattr(place, name, stopping)

def is_sheet(path, *_):
    return str(path).endswith(".part") and "-root.pdf" in str(path)

def is_file(path, *_):
    return ".part" in path.parent.name + path.parent.parent.name

def file(at):
    before(Path, "open", at, is_file)
    before(zipfile.ZipFile, "open", at)

def is_out(folder):
    return folder.name == "out"

kinds = {
    "the first file": lambda: file(1),
    "a later file": lambda: file(9),
    "the first flush": lambda: before(os, "fsync", 1),
    "the name of the bundle": lambda: before(bag_output, "_put", 1),
    "the flush of the folder": lambda: before(bag_output, "_settle_folder", 1, is_out),
    "the sheet": lambda: before(builtins, "open", 1, is_sheet),
    "the name of the sheet": lambda: before(Path, "replace", 1, is_sheet),
    "the row in the journal": lambda: before(Change, "note", 1),
    "the end": lambda: None,
}
kinds[step]()
code = run(program(CONTENTS), words, out=sys.stdout.buffer, err=sys.stderr.buffer)
if not fault:
    os.kill(os.getpid(), signal.SIGKILL)
sys.exit(code)
"""
"""The program with one step that fails, or that the process is killed at."""


TOLD_TO_END: Final = r"""
import os, signal, sys
from pathlib import Path
from pirights.cli.main import main
from pirights.evidence import bag_output

number, before, *words = sys.argv[1:]
if before == "ignored":
    signal.signal(int(number), signal.SIG_IGN)
usual = bag_output._put

def told(growing, target):
    assert list(target.parent.glob(".pirights-*.part"))
    os.kill(os.getpid(), int(number))
    return usual(growing, target)

bag_output._put = told
sys.argv = ["pirights", *words]
main()
"""
"""The program, told by the system to end when a bundle is all but finished."""


def stopped(
    stage: Stage, step: str, fault: int, *words: str
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-c", STOPPED, step, str(fault), *words],
        env=surroundings(
            stage.home,
            PIRIGHTS_VAULT=str(stage.vault),
            PIRIGHTS_PASSPHRASE_FILE=stage.file("passphrase", PASSPHRASE.encode()),
            SOURCE_DATE_EPOCH=NOW,
        ),
        cwd=stage.home,
        capture_output=True,
        check=False,
    )


def assert_whole(stage: Stage, out: Path) -> None:
    told = stage.data("bundle", "verify", str(out), "--strict")
    assert (told["verdict"], told["findings"]) == ("valid", [])


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_there_is_a_whole_bundle_or_none(
    case: tuple[Stage, str], step: str, name: str
) -> None:
    stage, ref = case
    folder = stage.home / "out"
    folder.mkdir()
    ended = stopped(stage, step, 0, "bundle", "build", ref, "--out", str(folder / name))
    assert ended.returncode == -signal.SIGKILL
    finished = STEPS.index(step) > STEPS.index("the name of the bundle")
    assert (folder / name).exists() is finished
    if finished:
        assert_whole(stage, folder / name)
        (folder / name).rename(folder / f"kept-{name}")
        (folder / f"{name}-root.pdf").unlink(missing_ok=True)
    assert stage.data("vault", "check")["clean"] is True
    stage.run("bundle", "build", ref, "--out", str(folder / name))
    assert_whole(stage, folder / name)
    assert not list(folder.glob(".pirights-*")), "what a killed run left is cleaned up"


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
@pytest.mark.parametrize(
    ("step", "fault"),
    [*((step, errno.EIO) for step in STEPS[:-2]), ("the row in the journal", errno.ENOSPC)],
)
def test_a_fault_of_the_disk_at_a_step_leaves_nothing(
    case: tuple[Stage, str], step: str, fault: int, name: str
) -> None:
    stage, ref = case
    folder = stage.home / "out"
    folder.mkdir()
    asked = ("bundle", "build", ref, "--out", str(folder / name), "--json")
    ended = stopped(stage, step, fault, *asked)
    assert (ended.returncode, ended.stdout) == (14, b""), ended.stderr.decode()
    told = json.loads(ended.stderr.splitlines()[-1])["data"]
    assert told["message"]
    assert told["hint"]
    assert left(folder) == []
    assert stage.data("vault", "check")["clean"] is True


def told_to_end(
    stage: Stage, number: int, before: str, *words: str
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-c", TOLD_TO_END, str(number), before, *words],
        env=surroundings(
            stage.home,
            PIRIGHTS_VAULT=str(stage.vault),
            PIRIGHTS_PASSPHRASE_FILE=stage.file("passphrase", PASSPHRASE.encode()),
            SOURCE_DATE_EPOCH=NOW,
        ),
        cwd=stage.home,
        capture_output=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_told_to_end_it_clears_away_what_it_began(
    case: tuple[Stage, str], number: str, name: str
) -> None:
    stage, ref = case
    folder = stage.home / "out"
    folder.mkdir()
    words = ("bundle", "build", ref, "--out", str(folder / name))
    ended = told_to_end(stage, getattr(signal, number), "usual", *words)
    assert (ended.returncode, ended.stdout) == (3, b""), ended.stderr.decode()
    assert left(folder) == []
    assert stage.data("vault", "check")["clean"] is True
    stage.run(*words)
    assert_whole(stage, folder / name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_under_nohup_it_goes_on_when_the_terminal_is_gone(case: tuple[Stage, str]) -> None:
    stage, ref = case
    out = stage.home / "bundle"
    ended = told_to_end(stage, signal.SIGHUP, "ignored", "bundle", "build", ref, "--out", str(out))
    assert ended.returncode == 0, ended.stderr.decode()
    assert_whole(stage, out)


def test_what_a_killed_run_left_is_cleared_by_a_bundle_of_another_name(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    folder = stage.home / "out"
    folder.mkdir()
    for name in ("one", "two.zip"):
        stopped(stage, "the first flush", 0, "bundle", "build", ref, "--out", str(folder / name))
    assert list(folder.glob(".pirights-*"))
    stage.run("bundle", "build", ref, "--out", str(folder / "three"))
    assert left(folder) == ["three", "three-root.pdf"]


def test_disk_full_at_whatever_octet_leaves_no_half_bundle(
    case: tuple[Stage, str], small_disk: Path
) -> None:
    stage, ref = case
    stage.run("bundle", "build", ref, "--out", str(stage.home / "bundle.zip"))
    needed = (stage.home / "bundle.zip").stat().st_size
    page, full = 4096, 3 * 2**20
    done = set()
    for room in (page, needed // 2, needed, needed * 5 // 4, needed * 3 // 2, needed * 2, full):
        (small_disk / "filler").write_bytes(b"x" * (full - min(room, full - page) // page * page))
        for name in ("bundle", "bundle.zip"):
            words = ("bundle", "build", ref, "--out", str(small_disk / name), "--json")
            ended = stage.run(*words, code=None)
            assert ended.code in {0, 14}
            done.add(ended.code)
            if ended.code == 14:
                assert ended.error()["hint"]
                assert left(small_disk) == ["filler"], (room, name)
            else:
                assert_whole(stage, small_disk / name)
                assert left(small_disk) == sorted(["filler", name, f"{name}-root.pdf"])
                subprocess.run(["rm", "-r", small_disk / name], check=True)
                (small_disk / f"{name}-root.pdf").unlink()
        (small_disk / "filler").unlink()
    assert done == {0, 14}
    assert stage.data("vault", "check")["clean"] is True


def test_a_read_only_folder_is_named_and_left_as_it_was(
    case: tuple[Stage, str], small_disk: Path
) -> None:
    stage, ref = case
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for name in ("bundle", "bundle.zip"):
        told = stage.refusal("bundle", "build", ref, "--out", str(small_disk / name), code=14)
        assert str(small_disk) in told["message"]
        assert told["hint"]
    assert left(small_disk) == []
    assert stage.data("vault", "check")["clean"] is True


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_of_two_processes_that_build_the_same_bundle_at_once_one_is_refused(
    case: tuple[Stage, str], name: str
) -> None:
    stage, ref = case
    out = stage.home / "out"
    out.mkdir()
    words = ("bundle", "build", ref, "--out", str(out / name), "--json")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    children = [stage.start(*words, **pipes) for _ in range(3)]
    said = [child.communicate() for child in children]
    codes = sorted(child.returncode for child in children)
    assert codes == [0, 14, 14], said
    assert left(out) == sorted([name, f"{name}-root.pdf"])
    (made,) = [json.loads(told)["data"] for told, _ in said if told]
    told = stage.data("bundle", "verify", str(out / name), "--root", made["root_sha256"])
    assert told["verdict"] == "valid"
    assert stage.data("vault", "check")["clean"] is True


def test_two_processes_that_log_and_build_at_once_lose_nothing(case: tuple[Stage, str]) -> None:
    stage, ref = case
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    scan = ("log", "add", "--at", "2026-11-20 18:05", "--place", "门", "--venue", "shop")
    children = [
        child
        for turn in range(3)
        for child in (
            stage.start("bundle", "build", ref, "--out", str(stage.home / f"b{turn}"), **quiet),
            stage.start(*scan, **quiet),
        )
    ]
    for child in children:
        _, err = child.communicate()
        assert child.returncode == 0, err.decode()
    for turn in range(3):
        assert_whole(stage, stage.home / f"b{turn}")
    assert stage.data("log", "list")["total"] == 4
    assert stage.data("vault", "check")["clean"] is True


def test_a_lock_that_a_killed_process_left_holds_nobody_up(case: tuple[Stage, str]) -> None:
    stage, ref = case
    out = stage.home / "bundle"
    for _ in range(2):
        stopped(stage, "the first flush", 0, "bundle", "build", ref, "--out", str(out))
    assert len(list(stage.home.glob(".pirights-*"))) == 1, "the second took the first's away"
    stage.run("bundle", "build", ref, "--out", str(out))
    assert not list(stage.home.glob(".pirights-*"))


def test_a_clock_that_goes_backwards_is_told_and_the_rows_stay_in_their_order(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    earlier = stage.having(SOURCE_DATE_EPOCH=str(int(NOW) - 3600))
    earlier.run("case", "note", ref, "在此之前")
    stage.run("case", "note", ref, "在此之后")
    out = stage.home / "bundle"
    earlier.run("bundle", "build", ref, "--out", str(out))
    assert_whole(stage, out)
    journal = (out / "data/custody/journal.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in journal]
    numbers = [row["seq"] for row in rows]
    assert numbers == sorted(set(numbers))
    times = [row["at"] for row in rows]
    assert times != sorted(times), "the clock's own word, not put in order"
    assert stage.data("vault", "check")["clean"] is True
    ended = subprocess.run(
        [sys.executable, out / "tools/verify.py"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout.decode()
