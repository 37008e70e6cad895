"""A run taken up again after the vault has gone on: what was made has no fault."""

from pathlib import Path

from pirights.domain.case import Case
from pirights.domain.person import Person
from pirights.workflow import directory
from pirights.workflow.desk import Desk
from tests.batch.clinic import client, run, sheet


def test_a_handler_that_was_corrected_since_makes_no_fault_of_a_made_row(
    desk: Desk, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "s.csv", [client(1), client(2, venue="moon")])
    assert run(desk, path, tmp_path / "out").failed == 1
    directory.edit_handler(desk, 1, {"address": "杭州市新址8号"})
    done = run(desk, path, tmp_path / "out", resume=True)
    assert (done.rows, done.made, done.skipped, done.failed) == (2, 0, 1, 1)


def test_a_deletion_made_before_a_copy_was_asked_for_stays_made(desk: Desk, tmp_path: Path) -> None:
    delete, copy = client(1, rights="delete"), client(1, key="K9", rights="copy")
    path = sheet(tmp_path / "s.csv", [delete, copy])
    assert run(desk, path, tmp_path / "out").made == 2
    done = run(desk, path, tmp_path / "out", resume=True)
    assert (done.rows, done.made, done.skipped, done.failed) == (2, 0, 2, 0)


def test_deletion_after_a_copy_is_refused_by_the_check_and_never_made(
    desk: Desk, tmp_path: Path
) -> None:
    copy, delete = client(1, rights="copy"), client(1, key="K9", rights="delete")
    path = sheet(tmp_path / "s.csv", [copy, delete])
    done = run(desk, path, tmp_path / "out")
    assert (done.made, done.failed) == (1, 1)
    assert [(one.row, one.column) for one in done.errors] == [(3, "rights")]
    assert (desk.vault.count(Case), desk.vault.count(Person)) == (1, 2)


def test_what_the_check_lets_pass_the_run_makes(desk: Desk, tmp_path: Path) -> None:
    """Every right, place and capacity of a sheet: no row passes the check and fails in the run."""
    rights = ("know", "access", "copy", "transfer", "correct", "delete", "withdraw", "explain")
    venues = ("residential", "police", "app", "government", "bank", "other")
    capacities = ("self", "guardian", "relative", "agent")
    rows = [
        client(number, rights=right, venue=venues[number % 6], capacity=capacities[number % 4])
        for number, right in enumerate(rights * 3, start=1)
    ]
    done = run(desk, sheet(tmp_path / "s.csv", rows), tmp_path / "out")
    assert done.made == len(rows) - done.failed
    assert done.failed == len({one.row for one in done.errors})
    assert {one.column for one in done.errors} <= {"rights"}
