"""A disk that is too small is known before anything is made; one that filled up loses nothing."""

import errno
import shutil
from pathlib import Path

import pytest

from pirights.batch import room, run_folder
from pirights.batch.outcome import Progress
from pirights.domain.batch_row import BatchRow
from pirights.domain.case import Case
from pirights.domain.document import Form
from pirights.errors import BadInput, message
from pirights.workflow import papers
from pirights.workflow.desk import Desk
from tests.batch.clinic import clients, contents, run

NEEDED = 10 * (room.A_ROW[Form.PDF] + 1_000)


def free(monkeypatch: pytest.MonkeyPatch, octets: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(0, 0, octets))


def test_room_that_is_enough_is_not_spoken_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    free(monkeypatch, NEEDED)
    assert room.looked_at(tmp_path, letters=10, forms=(Form.PDF,), resume=False) is None


def test_room_that_may_be_too_little_is_warned_of_with_the_estimate(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    free(monkeypatch, NEEDED - 1)
    said = room.looked_at(tmp_path / "a" / "b", letters=10, forms=(Form.PDF,), resume=False)
    assert str(said).endswith("has 2.0 MB of room; 10 letters take about 2.0 MB (an estimate).")


@pytest.mark.parametrize(
    ("resume", "hint"), [(False, "name a folder on another disk"), (True, "with --resume")]
)
def test_room_that_is_plainly_too_little_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, resume: bool, hint: str
) -> None:
    free(monkeypatch, NEEDED // 2 - 1)
    with pytest.raises(BadInput, match="an estimate") as told:
        room.looked_at(tmp_path, letters=10, forms=(Form.PDF,), resume=resume)
    assert hint in str(told.value.hint)


def test_nothing_is_made_where_there_is_plainly_no_room(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, tmp_path: Path
) -> None:
    free(monkeypatch, 100)
    with pytest.raises(BadInput, match=r"has 0\.0 MB of room"):
        run(desk, clients(tmp_path / "s.csv", 3), tmp_path / "out")
    assert desk.vault.count(Case) == 0
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("wrong", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_takes_nothing_more_asks_for_resume_and_the_moved_folder_goes_on(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, tmp_path: Path, wrong: int
) -> None:
    file, out, moved = clients(tmp_path / "s.csv", 6), tmp_path / "out", tmp_path / "moved"
    written: list[Path] = []

    def full(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) > 2:
            raise run_folder.unwritable(path, fault) from fault
        papers.write_whole(path, data)

    fault = OSError(wrong, "nothing more")
    monkeypatch.setattr("pirights.batch.keeping.write_whole", full)
    with pytest.raises(BadInput, match="nothing more") as told:
        run(desk, file, out)
    assert "then give the same command with --resume" in str(told.value.hint)
    assert "Choose a folder" not in str(told.value.hint)
    monkeypatch.undo()
    out.rename(moved)
    done = run(desk, file, moved, resume=True)
    assert (done.made, done.skipped) == (0, 6)
    assert desk.vault.count(Case) == desk.vault.count(BatchRow) == 6
    assert len([name for name in contents(moved) if name.endswith("-1.txt")]) == 6


def test_a_folder_that_is_moved_during_the_run_is_to_be_named_with_resume(
    desk: Desk, tmp_path: Path
) -> None:
    file, out, moved = clients(tmp_path / "s.csv", 6), tmp_path / "out", tmp_path / "moved"

    def move(now: Progress) -> None:
        if now.made == 3:
            out.rename(moved)

    with pytest.raises(BadInput, match="cannot be written") as told:
        run(desk, file, out, progress=move)
    assert "moved or removed" in str(told.value.hint)
    assert not out.exists()
    done = run(desk, file, moved, resume=True)
    assert (done.made, done.skipped) == (0, 6)
    assert len([name for name in contents(moved) if name.endswith("-1.txt")]) == 6


def test_what_is_no_fault_of_the_disk_keeps_its_own_words(tmp_path: Path) -> None:
    for wrong in (
        BrokenPipeError(errno.EPIPE, "gone"),
        BadInput(message("The sheet is bad.")),
    ):
        with pytest.raises(type(wrong)) as told, room.going_on(tmp_path):
            raise wrong
        assert told.value is wrong
