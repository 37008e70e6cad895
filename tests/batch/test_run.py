"""A sheet made into cases: what is in the vault and in the folder, also after a second call."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pirights.batch import executors
from pirights.batch.executors import Workers
from pirights.batch.outcome import Progress
from pirights.domain.batch_row import BatchRow
from pirights.domain.case import Case, CaseNote
from pirights.domain.dispatch import Channel, Letter
from pirights.domain.document import Form
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Capacity, Person
from pirights.domain.request import Right
from pirights.errors import BadInput, Cancelled, NotNextStep
from pirights.vault.change import Change
from pirights.workflow import cases, directory
from pirights.workflow.desk import Desk
from tests.batch import clinic
from tests.batch.clinic import client, clients, contents, counts, index, run, sheet
from tests.workflow import office


def test_a_row_becomes_person_handler_encounter_case_letter_and_file(
    desk: Desk, tmp_path: Path
) -> None:
    row = client(1, note="亲自来所", channel="ems")
    done = run(desk, sheet(tmp_path / "s.csv", [row]), tmp_path / "out", forms=(Form.PDF,))
    assert (done.rows, done.made, done.failed, done.skipped) == (1, 1, 0, 0)
    person, handler = desk.vault.get(Person, 2), desk.vault.get(Handler, 1)
    assert (person.name, handler.name) == (row["person_name"], row["handler_name"])
    scan = desk.vault.get(Encounter, 1)
    assert scan.handlers[0].handler == handler.id
    case = desk.vault.get(Case, 1)
    assert (case.person, case.handler, case.encounters) == (2, 1, (1,))
    assert case.rights == (Right.ACCESS, Right.COPY)
    assert desk.vault.get(CaseNote, 1).text == "亲自来所"
    kept = desk.vault.get(BatchRow, 1)
    assert (kept.key, kept.ref, kept.row, kept.channel) == ("K1", case.ref, 2, Channel.EMS)
    (file,) = kept.files
    assert file.path == f"P2/{case.ref}-1.pdf"
    data = (tmp_path / "out" / file.path).read_bytes()
    assert (len(data), sha256(data).hexdigest()) == (file.size, file.sha256)
    assert file.pages >= 1
    assert desk.vault.check() == []


def test_a_letter_of_a_run_is_the_letter_that_request_new_writes(
    desk: Desk, tmp_path: Path
) -> None:
    run(desk, sheet(tmp_path / "s.csv", [client(2)]), tmp_path / "out")
    by_hand = office.case(desk, Right.ACCESS, person=2, encounters=(1,), on=office.TODAY)
    of_run = desk.vault.get(Letter, 1)
    assert clinic.masked(repr(of_run.document)) == clinic.masked(repr(by_hand.letter.document))
    assert of_run.items == by_hand.letter.items


def test_the_index_has_a_line_for_each_row_in_the_order_of_the_sheet(
    desk: Desk, tmp_path: Path
) -> None:
    file = sheet(tmp_path / "s.csv", [client(n) for n in (9, 3, 5, 1)])
    run(desk, file, tmp_path / "out")
    lines = index(tmp_path / "out")
    assert [line["key"] for line in lines] == ["K9", "K3", "K5", "K1"]
    for line in lines:
        data = (tmp_path / "out" / line["file"]).read_bytes()
        assert sha256(data).hexdigest() == line["sha256"]
    shown = {item.ref: item.deadline for item in reversed(cases.due(desk))}
    assert [line["due"] for line in lines] == [shown[line["ref"]].on.isoformat() for line in lines]
    assert {one.id for one in shown.values()} == {"send"}


def test_an_agent_gets_a_power_of_attorney_beside_the_letter(desk: Desk, tmp_path: Path) -> None:
    run(desk, sheet(tmp_path / "s.csv", [client(1, capacity="agent")]), tmp_path / "out")
    letter, power = desk.vault.get(BatchRow, 1).files
    assert (letter.enclosure, power.enclosure) == (False, True)
    assert power.path == letter.path.replace("-1.txt", "-1-poa.txt")
    words = (tmp_path / "out" / power.path).read_text(encoding="utf-8")
    assert "授权委托书" in words
    assert office.OWNER.name in words
    assert desk.vault.get(Person, 2).capacity is Capacity.AGENT


def test_faulty_rows_are_written_back_and_the_others_are_made(desk: Desk, tmp_path: Path) -> None:
    rows = [client(1), client(2, venue="月球"), client(3)]
    done = run(desk, sheet(tmp_path / "s.csv", rows), tmp_path / "out")
    assert (done.rows, done.made, done.failed, done.skipped) == (3, 2, 1, 0)
    assert [(fault.row, fault.column) for fault in done.errors] == [(3, "venue")]
    assert done.error_sheet == tmp_path / "out" / "errors.xlsx"
    assert done.error_sheet.is_file()


def test_a_second_call_without_resume_is_refused_and_changes_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    file = clients(tmp_path / "s.csv", 3)
    run(desk, file, tmp_path / "out")
    before, there = counts(desk), contents(tmp_path / "out")
    with pytest.raises(NotNextStep, match="holds a run already"):
        run(desk, file, tmp_path / "out")
    assert (counts(desk), contents(tmp_path / "out")) == (before, there)


def test_with_resume_what_was_made_is_skipped_and_the_put_right_row_is_made(
    desk: Desk, tmp_path: Path
) -> None:
    file = sheet(tmp_path / "s.csv", [client(1), client(2, venue="月球"), client(3)])
    run(desk, file, tmp_path / "out")
    sheet(file, [client(n) for n in (1, 2, 3)])
    done = run(desk, file, tmp_path / "out", resume=True)
    assert (done.rows, done.made, done.failed, done.skipped) == (3, 1, 0, 2)
    assert [line["key"] for line in index(tmp_path / "out")] == ["K1", "K2", "K3"]
    assert not (tmp_path / "out" / "errors.xlsx").exists()
    assert desk.vault.count(Case) == 3
    assert desk.vault.check() == []


def test_a_changed_row_is_told_and_its_letter_not_touched(desk: Desk, tmp_path: Path) -> None:
    file = clients(tmp_path / "s.csv", 2)
    run(desk, file, tmp_path / "out")
    before, there = counts(desk), contents(tmp_path / "out")
    sheet(file, [client(1, place="西门"), client(2)])
    done = run(desk, file, tmp_path / "out", resume=True)
    assert (done.made, done.failed, done.skipped) == (0, 1, 1)
    (fault,) = done.errors
    assert (fault.row, fault.column) == (2, "key")
    assert "changed since it was made" in str(fault.problem)
    assert counts(desk) == before
    after = contents(tmp_path / "out")
    assert after.pop("errors.xlsx") == ""
    assert after == there


def test_a_row_of_which_only_the_note_or_the_channel_changed_is_passed_over_and_told(
    desk: Desk, tmp_path: Path
) -> None:
    file = clients(tmp_path / "s.csv", 3)
    run(desk, file, tmp_path / "out")
    before, there = counts(desk), contents(tmp_path / "out")
    sheet(file, [client(1, note="已致电"), client(2, channel="hand"), client(3)])
    done = run(desk, file, tmp_path / "out", resume=True)
    assert (done.made, done.failed, done.skipped) == (0, 0, 3)
    assert "only the note or the channel was changed since they were made: 2." in office.said(
        done.notices
    )
    assert (counts(desk), contents(tmp_path / "out")) == (before, there)


def test_a_power_of_attorney_comes_back_as_it_was_though_the_agent_has_moved(
    desk: Desk, tmp_path: Path
) -> None:
    file, out = sheet(tmp_path / "s.csv", [client(1, capacity="agent")]), tmp_path / "out"
    run(desk, file, out, forms=(Form.PDF,))
    (power,) = out.glob("P2/*-poa.pdf")
    octets = power.read_bytes()
    directory.edit_person(desk, 1, {"phone": "13700000000", "address": "南京市某路1号"})
    power.unlink()
    done = run(desk, file, out, resume=True, forms=(Form.PDF,))
    assert (done.skipped, power.read_bytes()) == (1, octets)


def test_a_missing_file_is_made_again_and_a_changed_one_left_alone(
    desk: Desk, tmp_path: Path
) -> None:
    file, out = clients(tmp_path / "s.csv", 7), tmp_path / "out"
    run(desk, file, out)
    rows = desk.vault.find_all(BatchRow, newest_first=False)
    data = {one.path: (out / one.path).read_bytes() for row in rows for one in row.files}
    gone = [one.path for row in (rows[0], rows[6]) for one in row.files]
    assert len(gone) == 3  # the seventh client is represented
    for name in gone:
        (out / name).unlink()
    changed = rows[2].files[0].path
    (out / changed).write_text("改过", encoding="utf-8")
    before = counts(desk)
    done = run(desk, file, out, resume=True)
    assert (done.made, done.skipped) == (0, 7)
    assert {name: (out / name).read_bytes() for name in gone} == {name: data[name] for name in gone}
    assert (out / changed).read_text(encoding="utf-8") == "改过"
    said = office.said(done.notices)
    assert "Files that were missing and are back: 3." in said
    assert f"{changed} was changed since it was made; it is left alone. To have it as" in said
    (out / changed).unlink()
    again = office.said(run(desk, file, out, resume=True).notices)
    assert (out / changed).read_bytes() == data[changed]
    assert "are back: 1." in again
    assert "no good row" not in again
    assert counts(desk) == before


def test_letters_of_rows_that_left_the_sheet_stay_in_the_index_behind_the_others(
    desk: Desk, tmp_path: Path
) -> None:
    file = clients(tmp_path / "s.csv", 3)
    run(desk, file, tmp_path / "out")
    sheet(file, [client(4), client(2)])
    done = run(desk, file, tmp_path / "out", resume=True)
    assert "for which the sheet has no good row any more: 2. They" in office.said(done.notices)
    assert [line["key"] for line in index(tmp_path / "out")] == ["K4", "K2", "K1", "K3"]


def test_another_sheet_is_refused_in_the_folder_of_a_run(desk: Desk, tmp_path: Path) -> None:
    run(desk, clients(tmp_path / "s.csv", 2), tmp_path / "out")
    other = sheet(tmp_path / "t.csv", [client(50), client(51)])
    with pytest.raises(BadInput, match="another sheet"):
        run(desk, other, tmp_path / "out", resume=True)
    assert desk.vault.count(Case) == 2


def test_rows_that_another_run_made_are_told_and_not_refused(desk: Desk, tmp_path: Path) -> None:
    file = clients(tmp_path / "s.csv", 2)
    run(desk, file, tmp_path / "out")
    done = run(desk, file, tmp_path / "again")
    assert done.made == 2
    assert "Rows of this sheet that another run made already: 2." in office.said(done.notices)
    assert [desk.vault.count(kind) for kind in (Person, Case)] == [3, 4]


def test_a_fault_while_rows_are_kept_keeps_none_of_them(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, add = counts(desk), Change.add

    def failing(change: Change, record: object) -> object:
        if isinstance(record, BatchRow) and record.key == "K3":
            raise OSError(28, "No space left on device")
        return add(change, record)  # type: ignore[type-var]

    monkeypatch.setattr(Change, "add", failing)
    file = clients(tmp_path / "s.csv", 4)
    with pytest.raises(BadInput, match="No space left") as told:
        run(desk, file, tmp_path / "out")
    assert "the same command with --resume" in str(told.value.hint)
    assert counts(desk) == before
    assert contents(tmp_path / "out") == {}
    monkeypatch.undo()
    assert run(desk, file, tmp_path / "out", resume=True).made == 4


def test_progress_is_told_for_every_row(desk: Desk, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    rows = [client(1), client(2, venue="月球"), client(3)]
    run(
        desk,
        sheet(tmp_path / "s.csv", rows),
        tmp_path / "out",
        progress=lambda now: seen.append((now.over, now.total)),
    )
    assert seen == [(2, 3), (3, 3)]


def test_a_sheet_of_faulty_rows_alone_makes_nothing(desk: Desk, tmp_path: Path) -> None:
    file = sheet(tmp_path / "s.csv", [client(1, venue="月球")])
    done = run(desk, file, tmp_path / "out")
    assert (done.made, done.failed) == (0, 1)
    assert sorted(contents(tmp_path / "out")) == ["errors.xlsx"]
    assert desk.vault.count(Case) == 0


def test_remarks_on_letters_are_told_once_with_real_numbers(desk: Desk, tmp_path: Path) -> None:
    rows = [client(n, venue="government") for n in (1, 2, 3)]
    done = run(desk, sheet(tmp_path / "s.csv", rows), tmp_path / "out")
    (remark,) = [one for one in done.remarks if "state organ" in str(one.said)]
    assert remark.count == 3
    assert str(remark.said).startswith("E1 happened")
    assert remark.ref == desk.vault.get(Case, 1).ref


def test_ctrl_c_keeps_what_is_written_and_resume_makes_the_rest(desk: Desk, tmp_path: Path) -> None:
    def press(now: object) -> None:
        if not pressed:
            pressed.append(now)
            os.kill(os.getpid(), signal.SIGINT)

    pressed: list[object] = []
    file = clients(tmp_path / "s.csv", 6)
    with pytest.raises(Cancelled, match="rows left"):
        run(desk, file, tmp_path / "out", progress=press)
    made = desk.vault.count(Case)
    assert 1 <= made <= 3
    assert len([name for name in contents(tmp_path / "out") if name.endswith("-1.txt")]) == made
    done = run(desk, file, tmp_path / "out", resume=True)
    assert (done.made, done.skipped) == (6 - made, made)


def test_a_worker_that_is_killed_halfway_costs_nothing(desk: Desk, tmp_path: Path) -> None:
    pools: list[Any] = []

    @contextmanager
    def hire() -> Iterator[Workers]:
        with executors.local(2) as workers:
            pools.append(workers)
            yield workers

    def kill(now: Progress) -> None:
        if now.made == 20 and len(pools) == 1:
            os.kill(next(iter(pools[0]._pool._processes)), signal.SIGKILL)

    calm = run(desk, clients(tmp_path / "s.csv", 80), tmp_path / "calm")
    done = run(desk, tmp_path / "s.csv", tmp_path / "out", hire=hire, progress=kill)
    assert (calm.made, done.made, done.failed) == (80, 80, 0)
    assert len(pools) == 2
    assert contents(tmp_path / "out") == contents(tmp_path / "calm")
    assert desk.vault.count(Case) == 160
