"""`batch run` as a clinic sees it: killed, stopped, two at once, and on disks that take nothing."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.batch.clinic import client, clients, contents, sheet
from tests.scenarios.stage import Stage, copy
from tests.vault.killing import moments

ROWS = int(os.environ.get("PIRIGHTS_KILL_ROWS", "60"))
KILLS = int(os.environ.get("PIRIGHTS_KILLS", "10"))
FORMS = ("--format", "txt")


def kept(stage: Stage) -> tuple[int, int, int]:
    """How many persons, cases and encounters the vault holds."""
    return (
        len(stage.data("person", "list")["persons"]),
        len(stage.data("case", "list")["cases"]),
        int(stage.data("vault", "status")["encounters"]),
    )


def test_a_sheet_is_made_and_the_result_says_what_to_do_next(stage: Stage) -> None:
    file = clients(stage.home / "s.csv", 3)
    ended = stage.run("--lang", "en", "batch", "run", str(file), "--out", "out")
    assert "Rows: 3. Made: 3. Failed: 0. Made before: 0." in ended.out
    assert "pirights sent REF" in ended.out
    assert ended.err == ""
    assert (stage.home / "out" / "print.pdf").is_file()
    assert kept(stage) == (4, 3, 3)


def test_a_faulty_row_ends_with_40_and_the_error_sheet_is_fed_back(stage: Stage) -> None:
    file = sheet(stage.home / "s.csv", [client(1), client(2, venue="月球"), client(3)])
    run = ("batch", "run", str(file), "--out", "out", *FORMS)
    data = stage.data(*run, code=40)
    assert {key: data[key] for key in ("rows", "made", "failed", "skipped", "out")} == {
        "rows": 3,
        "made": 2,
        "failed": 1,
        "skipped": 0,
        "out": "out",
    }
    assert [(one["row"], one["column"]) for one in data["errors"]] == [(3, "venue")]
    again = stage.data("batch", "run", data["error_sheet"], "--out", "out", "--resume", code=40)
    assert (again["made"], again["failed"], again["skipped"]) == (0, 1, 2)
    sheet(file, [client(n) for n in (1, 2, 3)])
    last = stage.data(*run[:5], "--resume")
    assert (last["made"], last["failed"], last["skipped"]) == (1, 0, 2)
    assert last["error_sheet"] is None
    assert kept(stage) == (4, 3, 3)


def test_erasing_a_client_names_the_files_of_runs_and_the_run_does_not_make_them_anew(
    stage: Stage,
) -> None:
    file = clients(stage.home / "s.csv", 2)
    run = ("batch", "run", str(file), "--out", "out")
    stage.data(*run, *FORMS)
    letter = next(stage.home.glob("out/P2/*.txt"))
    said = stage.run("--lang", "en", "vault", "erase", "--person", "P2", "--dry-run").out
    assert "Files of runs stay where they were written: 1 in P2/" in " ".join(said.split())
    done = stage.data("vault", "erase", "--person", "P2", "--yes")
    assert done["run_files"] == [f"P2/{letter.name}"]
    assert letter.is_file()
    again = stage.data(*run, "--resume", code=40)
    assert (again["made"], again["failed"], again["skipped"]) == (0, 1, 1)
    assert "erased" in again["errors"][0]["problem"] or "删除" in again["errors"][0]["problem"]
    assert kept(stage) == (2, 1, 1)
    assert stage.data("vault", "check")["clean"]


def test_what_was_shown_before_a_run_is_not_shown_again_after_it(stage: Stage) -> None:
    file = clients(stage.home / "s.csv", 2)
    stage.data("batch", "run", str(file), "--out", "out", *FORMS)
    ended = stage.run("--lang", "en", "batch", "run", str(file), "--out", "again", *FORMS)
    assert "a second time" in ended.err
    assert "a second time" not in ended.out


def test_the_folder_of_something_else_is_refused_and_not_touched(stage: Stage) -> None:
    file = clients(stage.home / "s.csv", 2)
    place = stage.home / "photos"
    place.mkdir()
    (place / "cat.jpg").write_bytes(b"cat")
    for more in ((), ("--resume",)):
        told = stage.refusal("batch", "run", str(file), "--out", "photos", *more, code=14)
        assert "cat.jpg" in told["message"]
    assert [path.name for path in place.iterdir()] == ["cat.jpg"]
    assert kept(stage) == (1, 0, 0)


def test_the_run_of_another_vault_is_refused(stage: Stage, made: Stage, tmp_path: Path) -> None:
    file = clients(stage.home / "s.csv", 2)
    stage.data("batch", "run", str(file), "--out", "out", *FORMS)
    other = copy(made, tmp_path / "other")
    # A copy has the same id: a vault of its own is another one.
    (other.vault / "vault.json").unlink()
    (other.vault / "vault.db").unlink()
    other.data("init", "--name", "另一人", "--no-keyring")
    out = str(stage.home / "out")
    told = other.refusal("batch", "run", str(file), "--out", out, "--resume", code=11)
    assert "--vault" in told["hint"]


def test_a_folder_that_holds_the_run_asks_for_resume(stage: Stage) -> None:
    file = clients(stage.home / "s.csv", 2)
    stage.data("batch", "run", str(file), "--out", "out", *FORMS)
    told = stage.refusal("batch", "run", str(file), "--out", "out", code=11)
    assert "--resume" in told["hint"]


def test_a_read_only_folder_is_refused_before_anything_is_made(
    stage: Stage, small_disk: Path
) -> None:
    file = clients(stage.home / "s.csv", 2)
    run = ("batch", "run", str(file), "--out", str(small_disk / "out"), *FORMS)
    frozen, thawed = (["mount", "-o", f"remount,{way}", str(small_disk)] for way in ("ro", "rw"))
    subprocess.run(frozen, check=True)
    stage.refusal(*run, code=14)
    assert kept(stage) == (1, 0, 0)
    subprocess.run(thawed, check=True)
    stage.data(*run)
    subprocess.run(frozen, check=True)
    sheet(file, [client(number) for number in (1, 2, 3)])
    stage.refusal(*run, "--resume", code=14)
    assert kept(stage) == (3, 2, 2)


def test_a_file_in_the_place_of_the_folder_is_refused(stage: Stage) -> None:
    file = clients(stage.home / "s.csv", 2)
    stage.refusal("batch", "run", str(file), "--out", stage.file("out"), code=14)
    assert kept(stage) == (1, 0, 0)


@pytest.mark.slow
def test_a_full_disk_loses_nothing_and_resume_brings_the_rest(
    stage: Stage, small_disk: Path
) -> None:
    file = clients(stage.home / "s.csv", 60)
    run = ("batch", "run", str(file), "--out", str(small_disk / "out"))
    told = stage.refusal(*run, code=14)
    assert "3.1 MB" in told["message"]
    assert kept(stage) == (1, 0, 0)
    subprocess.run(["mount", "-o", "remount,size=7m", small_disk], check=True)
    told = stage.refusal(*run, code=14)
    assert "--resume" in told["hint"]
    assert kept(stage)[1] > 0
    assert not list(small_disk.rglob("*.part"))
    assert stage.data("vault", "check")["clean"]
    subprocess.run(["mount", "-o", "remount,size=60m", small_disk], check=True)
    done = stage.data(*run, "--resume")
    assert done["made"] + done["skipped"] == 60
    assert kept(stage) == (61, 60, 60)
    letters = [path for path in small_disk.rglob("*-1.pdf") if path.parent.name != "out"]
    assert len(letters) == 60


def test_ctrl_c_ends_with_3_and_says_how_to_go_on(stage: Stage) -> None:
    file = clients(stage.home / "s.csv", 150)
    words = ("--lang", "en", "batch", "run", str(file), "--out", "out", "--workers", "2")
    child = stage.outside.start(*words, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    wait_for_letters(stage.home / "out")
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 3, err
    assert out == b""
    assert b"--resume" in err
    assert b"Traceback" not in err
    there = kept(stage)
    assert 0 < there[1] < 150
    letters = {name for name in contents(stage.home / "out") if name.endswith("-1.pdf")}
    assert len(letters) == there[1]
    done = stage.data("batch", "run", str(file), "--out", "out", "--resume", "--workers", "2")
    assert (done["made"], done["skipped"]) == (150 - there[1], there[1])
    assert kept(stage) == (151, 150, 150)


def wait_for_letters(out: Path) -> None:
    """Wait until the first letters lie in the folder."""
    until = time.monotonic() + 60
    while not list(out.glob("P*/*.pdf")):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_two_runs_at_once_are_not_at_work_in_one_vault(stage: Stage) -> None:
    file = clients(stage.home / "s.csv", 150)
    words = ("batch", "run", str(file), "--workers", "1", "--out")
    first = stage.outside.start(*words, "out", stdout=subprocess.DEVNULL)
    try:
        wait_for_letters(stage.home / "out")
        (stage.home / "link").symlink_to(stage.vault)
        through_a_link = ("other", "--vault", str(stage.home / "link"))
        for more in (("out", "--resume"), ("other",), through_a_link):
            told = stage.refusal("--lang", "en", *words, *more, code=11)
            assert "Another batch run is at work in the vault" in told["message"]
            assert "Wait" in told["hint"]
        assert stage.data("batch", "check", str(file))["faulty"] == 0
        assert first.poll() is None
    finally:
        assert first.wait(timeout=120) == 0
    assert not (stage.home / "other").exists()
    assert kept(stage) == (151, 150, 150)
    assert len(stage.data("handler", "list")["handlers"]) == 3
    assert stage.data("vault", "check")["clean"]


def test_a_killed_run_keeps_nobody_out(stage: Stage) -> None:
    file = clients(stage.home / "s.csv", 150)
    words = ("batch", "run", str(file), "--workers", "2", "--out")
    first = stage.outside.start(*words, "out", stdout=subprocess.DEVNULL)
    wait_for_letters(stage.home / "out")
    first.kill()
    first.wait(timeout=60)
    sheet(file, [client(number) for number in (1, 2)])
    assert stage.data("batch", "run", str(file), "--out", "other", *FORMS)["made"] == 2


@pytest.mark.parametrize(
    ("place", "within"),
    [("out/inner", "out"), ("vault/letters/", "vault"), ("link/new", "out")],
)
def test_a_run_does_not_begin_within_another_run_or_a_vault(
    stage: Stage, place: str, within: str
) -> None:
    file = clients(stage.home / "s.csv", 2)
    stage.data("batch", "run", str(file), "--out", "out", *FORMS)
    (stage.home / "link").symlink_to(stage.home / "out" / "P2")
    held = sorted(stage.home.rglob("*"))
    told = stage.refusal("batch", "run", str(file), "--out", place, code=14)
    assert str(stage.home / within) in told["message"]
    assert "--out" in told["hint"]
    assert [path for path in sorted(stage.home.rglob("*")) if path not in held] == []


@pytest.mark.slow
def test_killed_at_any_moment_and_resumed_nothing_is_missing_or_made_twice(
    stage: Stage, made: Stage, tmp_path: Path
) -> None:
    # The full size: PIRIGHTS_KILL_ROWS=5000 PIRIGHTS_KILLS=10
    file = clients(stage.home / "s.csv", ROWS)
    words = ("batch", "run", str(file), "--out", "out", "--workers", "2", *FORMS, "--format", "pdf")
    calm = copy(made, tmp_path / "calm").outside
    begun = time.monotonic()
    assert calm.data(*words)["made"] == ROWS
    whole = time.monotonic() - begun
    killed_while = set[str]()
    for after in moments(KILLS, whole):
        child = stage.outside.start(*words, "--resume", stdout=subprocess.PIPE)
        time.sleep(after)
        child.kill()
        child.communicate(timeout=60)
        killed_while.add("at work" if child.returncode == -signal.SIGKILL else "done")
    done = stage.data(*words, "--resume")
    assert (done["rows"], done["failed"]) == (ROWS, 0)
    assert done["made"] + done["skipped"] == ROWS
    assert "at work" in killed_while
    assert contents(stage.home / "out") == contents(calm.home / "out")
    assert kept(stage) == kept(calm)
    assert stage.data("vault", "check")["clean"]
