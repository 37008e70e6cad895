"""A run taken up again: the days in its index, erased clients, and the error sheet of before."""

import re
from pathlib import Path

from pirights.domain.batch_row import BatchRow
from pirights.domain.case import Outcome
from pirights.domain.dispatch import Channel
from pirights.workflow import cases, client_erasure, dispatching
from pirights.workflow.desk import Desk
from tests.batch.clinic import client, clients, counts, index, run, sheet
from tests.workflow import office


def test_the_index_says_of_each_letter_the_day_that_due_shows_first(
    desk: Desk, tmp_path: Path
) -> None:
    file, out = clients(tmp_path / "s.csv", 4), tmp_path / "out"
    run(desk, file, out)
    refs = [line["ref"] for line in index(out)]
    for ref in refs[1:]:
        dispatching.sent(desk, ref, channel=Channel.EMS, on=office.TODAY)
    dispatching.received(desk, refs[2], on=office.TODAY)
    cases.close(desk, refs[3], outcome=Outcome.WITHDRAWN)
    run(desk, file, out, resume=True)
    shown = {item.ref: item.deadline for item in reversed(cases.due(desk))}
    assert [shown[ref].id for ref in refs[:3]] == ["send", "arrival", "answer"]
    days = [shown[ref].on.isoformat() for ref in refs[:3]]
    assert [line["due"] for line in index(out)] == [*days, ""]


def test_a_row_whose_client_was_erased_is_not_made_anew(desk: Desk, tmp_path: Path) -> None:
    file, out = clients(tmp_path / "s.csv", 3), tmp_path / "out"
    run(desk, file, out)
    gone = desk.vault.find_all(BatchRow, key="K2")[0]
    planned = client_erasure.plan(desk, desk.case(gone.ref).person)
    assert planned.run_files == tuple(one.path for one in gone.files)
    client_erasure.erase(desk, desk.case(gone.ref).person)
    before = counts(desk)
    done = run(desk, file, out, resume=True)
    assert (done.rows, done.made, done.failed, done.skipped) == (3, 0, 1, 2)
    (fault,) = done.errors
    assert (fault.row, fault.column) == (3, "key")
    assert str(fault.problem).startswith(
        f"What was made of this row was erased with its client on {office.TODAY}"
    )
    assert counts(desk) == before
    assert [line["key"] for line in index(out)] == ["K1", "K3"]
    sheet(file, [client(1), client(2, key="K2-again"), client(3)])
    assert run(desk, file, out, resume=True).made == 1
    assert desk.vault.check() == []


def test_what_the_journal_keeps_of_an_erased_row_does_not_say_its_key(
    desk: Desk, tmp_path: Path
) -> None:
    file = sheet(tmp_path / "s.csv", [client(1, key="张三的行")])
    run(desk, file, tmp_path / "out")
    client_erasure.erase(desk, 2)
    ((mark, _),) = desk.vault.erased_marks()
    assert re.fullmatch("[0-9a-f]{64}", mark)
    assert not any("张三" in (row.payload or "") for row in desk.vault.journal_rows())


def test_an_error_sheet_that_somebody_worked_on_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    file, out = sheet(tmp_path / "s.csv", [client(1), client(2, venue="月球")]), tmp_path / "out"
    run(desk, file, out)
    ours = out / "errors.xlsx"
    theirs = ours.read_bytes() + b"saved anew"
    ours.write_bytes(theirs)
    done = run(desk, file, out, resume=True)
    assert done.error_sheet == out / "errors-2.xlsx"
    assert "marked in errors-2.xlsx" in office.said(done.notices)
    again = run(desk, file, out, resume=True)
    assert again.error_sheet == out / "errors-2.xlsx"
    sheet(file, [client(1), client(2)])
    assert run(desk, file, out, resume=True).error_sheet is None
    assert ours.read_bytes() == theirs
    assert not (out / "errors-2.xlsx").exists()


def test_what_is_remarked_twice_of_a_letter_counts_once(desk: Desk, tmp_path: Path) -> None:
    days = [f"2026-11-0{n} 08:05" for n in (1, 2, 3)]
    rows = [client(1, key=f"K{n}", encounter_at=day) for n, day in enumerate(days)]
    done = run(desk, sheet(tmp_path / "s.csv", rows), tmp_path / "out")
    (remark,) = [one for one in done.remarks if "same handler is open" in str(one.said)]
    assert remark.count == 2
