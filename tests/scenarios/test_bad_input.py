"""The issue's list of bad input: each its own message, hint and exit code, and nothing lost."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.program import surroundings
from tests.needs import program
from tests.scenarios import stage as stages
from tests.scenarios.stage import NOW, PASSPHRASE, PICTURE, Stage

AT_THE_GATE = ("--place", "东门", "--venue", "shop")
FIVE_GB = 5 * 10**9


def tallied(stage: Stage) -> tuple[int, int, str]:
    """What the vault holds, and the last row of the log."""
    found = stage.data("log", "list")["encounters"]
    assert stage.data("vault", "check")["clean"] is True
    return len(found), stage.data("vault", "status")["cases"], str(found[:1])


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-02-30 10:00", "2026-02-30"),
        ("1025-11-20 10:00", "1025"),
        ("0000-01-01 10:00", "0000-01-01"),
        ("9999-12-31 23:59", "future"),
        ("2026-11-24 10:00", "future"),
        ("2026-11-23 12:01", "future"),
        ("2026-11-20", "time"),
        ("2026-11-20 25:00", "25:00"),
        ("2026-11-20 10:00+99:99", "10:00+99:99"),
        ("", "date"),
        ("yesterday", "yesterday"),
        ("20" * 5000, "date"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(at: str, said: str, stage: Stage) -> None:
    told = stage.refusal("log", "add", "--at", at, *AT_THE_GATE, code=14)
    assert said in told["message"]
    assert told["hint"]


def test_a_refused_moment_leaves_the_vault_as_it_was(stage: Stage) -> None:
    stage.log_scan()
    before = tallied(stage)
    stage.refusal("log", "add", "--at", "2026-02-30 10:00", *AT_THE_GATE, code=14)
    stage.refusal("log", "edit", "E1", "--at", "2026-11-24 10:00", code=14)
    assert tallied(stage) == before


def test_full_width_digits_are_digits(stage: Stage) -> None:
    added = stage.data("log", "add", "--at", "２０２６-１１-２０ １８:０５", *AT_THE_GATE)
    assert added["local"] == "2026-11-20 18:05"
    assert added["at"] == "2026-11-20T10:05:00Z"


@pytest.mark.parametrize("day", ["2026-02-30", "1025-11-20", "2026-11-24", "9999-12-31", "今天"])
def test_a_day_that_cannot_be_is_refused_wherever_one_is_taken(
    day: str, case: tuple[Stage, str]
) -> None:
    stage, ref = case
    stage.refusal("request", "new", "--handler", "H1", "--right", "access", "--date", day, code=14)
    stage.refusal("sent", ref, "--channel", "ems", "--at", day, code=14)
    stage.refusal("case", "close", ref, "--at", day, code=14)
    stage.refusal("reply", "add", ref, stage.file("a.txt", b"x"), "--at", day, code=14)
    stage.refusal("handler", "add", "--name", "x", "--verified", day, code=14)
    assert stage.data("case", "show", ref)["stage"] == "draft"


def test_an_unknown_handler_is_named(stage: Stage) -> None:
    told = stage.refusal(
        *("log", "add", "--at", "2026-11-20 18:05", *AT_THE_GATE, "--handler", "H7"), code=12
    )
    assert "H7" in told["message"]
    assert tallied(stage)[0] == 0


def test_an_unknown_handler_is_told_with_a_hint(stage: Stage) -> None:
    where = ("--at", "2026-11-20 18:05", *AT_THE_GATE)
    assert stage.refusal("log", "add", *where, "--handler", "H7", code=12)["hint"]


def strange_files(home: Path) -> Iterator[tuple[str, str]]:
    """A name and what must be said of it."""
    (home / "empty.jpg").touch()
    yield "empty.jpg", "empty"
    with (home / "huge.mp4").open("wb") as huge:
        huge.truncate(FIVE_GB)
    yield "huge.mp4", "1 GiB"
    (home / "folder.jpg").mkdir()
    yield "folder.jpg", "folder"
    os.mkfifo(home / "pipe.jpg")
    yield "pipe.jpg", "pipe"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(home / "socket.jpg"))
    yield "socket.jpg", "socket"
    (home / "loop.jpg").symlink_to("loop.jpg")
    yield "loop.jpg", "loop.jpg"
    yield "missing.jpg", "no file"
    yield "/dev/zero", "device"
    yield "n" * 300 + ".jpg", "nnn"


def test_a_strange_file_is_refused_by_its_own_name_and_the_entry_with_it(stage: Stage) -> None:
    good = stage.file("good.png")
    where = ("--at", "2026-11-20 18:05", *AT_THE_GATE)
    for name, said in strange_files(stage.home):
        told = stage.refusal("log", "add", *where, "--attach", good, "--attach", name, code=14)
        assert said in told["message"], name
        assert name.rpartition("/")[2] in told["message"]
        assert told["hint"], name
    assert tallied(stage)[0] == 0
    assert stage.data("vault", "status")["bytes"] < 2**20


@pytest.mark.parametrize("name", ["empty.jpg", "huge.mp4", "folder.jpg", "pipe.jpg", "missing.jpg"])
def test_no_command_that_takes_a_file_takes_or_waits_for_a_strange_one(
    name: str, case: tuple[Stage, str]
) -> None:
    stage, ref = case
    list(strange_files(stage.home))
    before = tallied(stage)
    stage.refusal("log", "attach", "E1", name, code=14)
    stage.refusal("sent", ref, "--channel", "ems", "--proof", name, code=14)
    stage.refusal("reply", "add", ref, name, code=14)
    stage.refusal("log", "import", name, code=14)
    assert tallied(stage) == before
    assert stage.data("case", "show", ref)["stage"] == "draft"


@pytest.mark.parametrize("name", ["pipe.jpg", "folder.jpg", "huge.mp4"])
def test_a_photo_is_asked_for_its_time_only_if_it_is_a_file(name: str, stage: Stage) -> None:
    """Without `--at` the photo is read for a suggestion before anything else."""
    list(strange_files(stage.home))
    told = stage.run("log", "add", *AT_THE_GATE, "--attach", name, "--json", code=None)
    assert told.code in {2, 14}
    assert told.out == ""


def test_a_picture_that_is_torn_is_kept_and_shown_as_such(case: tuple[Stage, str]) -> None:
    stage, ref = case
    for name, content in {
        "torn.png": PICTURE[:40],
        "lie.jpg": b"%PDF-1.7 no more",
        "lie.heic": b"\0\0\0\x18ftypheic" + b"\xff" * 50,
    }.items():
        stage.data("log", "attach", "E1", stage.file(name, content))
    stage.run("bundle", "build", ref, "--out", str(stage.home / "bundle"))
    assert stage.data("bundle", "verify", str(stage.home / "bundle"))["verdict"] == "valid"


@program("setpriv")
def test_a_file_one_may_not_read_is_refused(stage: Stage) -> None:
    """Root may read everything, unless it gives up that right."""
    secret = Path(stage.file("secret.jpg"))
    secret.chmod(0)
    rights = "-dac_override,-dac_read_search"
    plain = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"]
    words = ("log", "add", "--at", "2026-11-20 18:05", *AT_THE_GATE, "--attach", str(secret))
    ended = subprocess.run(
        [*(plain if os.getuid() == 0 else []), sys.executable, "-m", "pirights", *words],
        env=surroundings(
            stage.home,
            PIRIGHTS_VAULT=str(stage.vault),
            PIRIGHTS_PASSPHRASE_FILE=stage.file("passphrase", PASSPHRASE.encode()),
            SOURCE_DATE_EPOCH=NOW,
        ),
        capture_output=True,
        check=False,
        cwd=stage.home,
    )
    assert (ended.returncode, ended.stdout) == (14, b""), ended.stderr.decode()
    assert b"secret.jpg cannot be read" in ended.stderr
    assert tallied(stage)[0] == 0


def test_a_full_disk_while_a_file_is_taken_in(made: Stage, small_disk: Path) -> None:
    stage = replace(stages.copy(made, small_disk), home=small_disk.parent)
    stage.log_scan()
    big = stage.file("big.mp4", os.urandom(2_000_000))
    told = stage.refusal("log", "attach", "E1", big, code=14)
    assert "room" in told["message"]
    assert told["hint"]
    assert tallied(stage)[0] == 1


def test_a_full_disk_while_a_sheet_is_taken_in(made: Stage, small_disk: Path) -> None:
    stage = replace(stages.copy(made, small_disk), home=small_disk.parent)
    stage.log_scan()
    before = tallied(stage)
    rows = "".join(f"2026-11-20 18:05,门{number},shop,{'事' * 300}\n" for number in range(8000))
    sheet = stage.file("many.csv", ("at,place,venue,note\n" + rows).encode())
    told = stage.refusal("log", "import", sheet, code=14)
    assert "disk is full" in told["message"]
    assert told["hint"]
    assert tallied(stage) == before
    stage.log_scan(place="there is room for one more")


def test_a_full_disk_under_a_new_vault_leaves_nothing(small_disk: Path) -> None:
    home = small_disk.parent
    (small_disk / "filler").write_bytes(b"x" * (3 * 2**20 - 8 * 4096))
    stage = Stage(home=home, vault=small_disk / "vault")
    stage.refusal("init", "--name", "王小明", "--no-keyring", code=14)
    assert not any((small_disk / "vault").glob("*"))
    (small_disk / "filler").unlink()
    stage.data("init", "--name", "王小明", "--no-keyring")


def test_a_full_disk_under_papers_leaves_no_half_one(
    case: tuple[Stage, str], small_disk: Path
) -> None:
    stage, ref = case
    (small_disk / "filler").write_bytes(b"x" * (3 * 2**20 - 6 * 4096))
    for out, command in {
        "letter.pdf": ("request", "render", ref),
        "bundle": ("bundle", "build", ref),
        "bundle.zip": ("bundle", "build", ref),
    }.items():
        told = stage.refusal(*command, "--out", str(small_disk / out), code=14)
        assert told["hint"]
        assert [path.name for path in small_disk.iterdir()] == ["filler"], out


@pytest.mark.parametrize(
    "arguments",
    [
        ("due", "--within", "99999999999"),
        ("due", "--within", "3000000"),
        ("log", "list", "--limit", "99999999999999999999"),
        ("case", "list", "--limit", "9223372036854775808"),
        ("log", "search", "东", "--limit", "-1"),
        ("log", "list", "--passphrase-fd", "99999999999999"),
        ("log", "list", "--passphrase-fd", "-1"),
        ("log", "show", "E99999999999999999999"),
        ("handler", "add", "--name", "x", "--policy-days", "99999"),
        ("handler", "add", "--name", "x", "--policy-days", "0wd"),
        ("handler", "add", "--name", "x", "--policy-days", "365wd"),
        ("handler", "add", "--name", "x", "--uscc", "91330100MA27000000"),
        ("handler", "add", "--name", ""),
        ("handler", "add", "--name", "长" * 501),
        ("person", "edit", "P1", "--name", ""),
        ("log", "search", ""),
        ("log", "search", "%_*\"'() AND NOT OR NEAR"),
        ("case", "note", "PR-2026-7K3M9QX-C", "x"),
        ("bundle", "verify", "."),
        ("bundle", "verify", "/dev/null"),
        ("bundle", "verify", "/proc/self/mem"),
        ("log", "list", "--vault", "/dev/null"),
        ("log", "list", "--vault", "/proc/self/mem"),
        ("log", "list", "--vault", "x" * 5000),
        ("log", "export", "--out", "/"),
        ("log", "export", "--out", ""),
        ("request", "render", "PR", "--out", ""),
        ("demo", "--out", "/proc/nothing"),
        ("demo", "--out", "/dev/null"),
    ],
)
def test_no_odd_value_is_a_bug(arguments: tuple[str, ...], stage: Stage) -> None:
    ended = stage.run(*arguments, "--json", code=None)
    assert ended.code != 1, ended.err


def test_an_odd_promise_can_still_be_reckoned_with(stage: Stage) -> None:
    """The working days of years without an official notice are not known."""
    ref = stage.opened_case()
    stage.run("handler", "edit", "H1", "--policy-days", "300wd")
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-23")
    stage.run("received", ref, "--at", "2026-11-23")
    [item] = [one for one in stage.data("due")["items"] if one["what"] == "answer"]
    assert item["provisional"] is True


def test_a_passphrase_that_is_too_short_or_empty_makes_no_vault(tmp_path: Path) -> None:
    for chosen in ("", "short"):
        stage = Stage(home=tmp_path, vault=tmp_path / "vault", passphrase=chosen)
        stage.refusal("init", "--name", "王小明", "--no-keyring", code=14)
        assert not any(stage.vault.glob("*"))


def test_the_sheet_for_signing_replaces_no_file_of_the_users(case: tuple[Stage, str]) -> None:
    stage, ref = case
    mine = Path(stage.file("bundle-root.pdf", b"my signed sheet"))
    stage.run("bundle", "build", ref, "--out", str(stage.home / "bundle"), code=None)
    assert mine.read_bytes() == b"my signed sheet"
