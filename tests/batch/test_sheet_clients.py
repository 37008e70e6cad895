"""In whose right letters for a client are written, whichever row or record tells it."""

from pathlib import Path
from typing import Any

import pytest

from pirights.batch import checking
from pirights.batch.client_row import ClientRow
from pirights.domain.case import Case
from pirights.domain.person import Capacity, Person, Ward
from pirights.workflow import directory
from pirights.workflow.desk import Desk
from tests.batch import clinic, rows
from tests.batch.clinic import client
from tests.workflow import office

PHONE = {"person_phone": "13900000001"}
CHILD = "330106201811270014"
"""Seven on 26 November 2026, eight on the day after."""

OF_EIGHT = "330106201811260019"
ADULT = "330106196502030013"


def checked(
    folder: Path, *lines: dict[str, Any], desk: Desk | None = None
) -> tuple[checking.Checked, list[ClientRow]]:
    path = rows.text_sheet(folder, *lines)
    found = rows.check(path, desk)
    good = checking.good_rows(rows.opened(path), found, now=rows.NOW, zone=rows.ZONE)
    return found, list(good)


def known(desk: Desk, **facts: Any) -> Person:  # noqa: ANN401 (fields of a record)
    return directory.add_person(desk, Person(id=0, name="王小明", phone="139 0000 0001", **facts))


@pytest.mark.parametrize(("has", "told"), [("guardian", "self"), ("", "agent")])
def test_a_row_does_not_say_otherwise_than_the_vault(
    desk: Desk, tmp_path: Path, has: str, told: str
) -> None:
    known(desk, capacity=Capacity(has or "self"))
    found, _ = checked(tmp_path, rows.row(**PHONE, capacity=told), desk=desk)
    assert rows.faults(found) == [(2, "capacity")]
    assert f"`pirights person edit P2 --capacity {told}`" in rows.problems(found)
    directory.edit_person(desk, 2, {"capacity": Capacity(told)})
    found, (row,) = checked(tmp_path, rows.row(**PHONE, capacity=told), desk=desk)
    assert (found.faults, row.person.capacity) == ((), Capacity(told))


def test_rows_of_one_client_say_the_same(tmp_path: Path) -> None:
    found, _ = checked(
        tmp_path,
        rows.row("A1", **PHONE),
        rows.row("A2", **PHONE, capacity="本人", rights="解释说明"),
        rows.row("A3", **PHONE, capacity="监护人", rights="更正"),
        rows.row("A4", **PHONE, capacity="近亲属", rights="删除;复制"),
        rows.row("A5", person_phone="13900000002", capacity="监护人"),
    )
    assert rows.faults(found) == [(4, "capacity"), (5, "capacity")]
    assert "Row 2 has 本人 (self) for the same client" in rows.problems(found)


def test_an_empty_cell_takes_what_an_earlier_row_has(tmp_path: Path) -> None:
    _, (first, second) = checked(
        tmp_path,
        rows.row("A1", **PHONE, capacity="监护人", person_id_number=ADULT),
        rows.row("A2", **PHONE, rights="更正"),
    )
    for row in (first, second):
        assert (row.person.capacity, row.person.ward) == (Capacity.GUARDIAN, Ward.ADULT)
        assert not row.encounters[0].minor


def test_an_empty_cell_takes_what_the_vault_has(desk: Desk, tmp_path: Path) -> None:
    known(desk, capacity=Capacity.GUARDIAN, ward=Ward.ADULT)
    found, (row,) = checked(tmp_path, rows.row(**PHONE), desk=desk)
    assert (row.person.capacity, row.person.ward) == (Capacity.GUARDIAN, Ward.ADULT)
    assert not row.encounters[0].minor
    assert not found.notices


def test_a_run_never_changes_a_known_clients_capacity(desk: Desk, tmp_path: Path) -> None:
    lines = [
        client(1, capacity="agent"),
        client(2, capacity="self", person_name="样例居民1", person_phone="13900000001"),
    ]
    ran = clinic.run(desk, clinic.sheet(tmp_path / "s.csv", lines), tmp_path / "out")
    assert (ran.made, ran.failed) == (1, 1)
    lines = [client(3, person_name="样例居民1", person_phone="13900000001")]
    clinic.run(desk, clinic.sheet(tmp_path / "t.csv", lines), tmp_path / "more")
    assert desk.vault.count(Case) == 2
    assert desk.vault.get(Person, 2).capacity is Capacity.AGENT
    (letter,) = (tmp_path / "more").glob("P2/*-1.txt")
    assert office.OWNER.name in letter.read_text(encoding="utf-8")


@pytest.mark.parametrize("capacity", ["代理人", "监护人", "近亲属"])
def test_nobody_acts_for_the_owner(desk: Desk, tmp_path: Path, capacity: str) -> None:
    owner = {"person_name": office.OWNER.name, "person_phone": "139-0000-0137"}
    found, _ = checked(tmp_path, rows.row(**owner, capacity=capacity), desk=desk)
    assert rows.faults(found) == [(2, "capacity")]
    assert "the owner of the vault" in rows.problems(found)
    assert checked(tmp_path, rows.row(**owner, capacity="self"), desk=desk)[0].faults == ()


def test_a_child_under_eight_asks_nothing_alone(tmp_path: Path) -> None:
    found, _ = checked(
        tmp_path,
        rows.row("A1", person_id_number=CHILD),
        rows.row("A2", person_name="李一", person_id_number=CHILD[:-4] + "0030", capacity="self"),
        rows.row("A3", person_name="李二", person_id_number=OF_EIGHT),
        rows.row(
            "A4", person_name="李三", person_id_number=CHILD[:-4] + "0057", capacity="guardian"
        ),
        rows.row("A5", person_name="李四", person_id_number=ADULT),
    )
    assert rows.faults(found) == [(2, "capacity"), (3, "capacity")]
    assert "监护人 (guardian)" in rows.problems(found)


def test_a_child_of_the_vault_is_judged_by_the_number_there(desk: Desk, tmp_path: Path) -> None:
    known(desk, id_number=CHILD)
    found, _ = checked(tmp_path, rows.row(**PHONE), desk=desk)
    assert rows.faults(found) == [(2, "capacity")]
    assert "`pirights person edit P2 --capacity guardian`" in rows.problems(found)
