"""Whom the rows of a sheet mean: the people and companies of the vault, and of each other."""

from pathlib import Path

from pirights.domain.case import Case
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.workflow import directory
from pirights.workflow.desk import Desk
from tests.batch.clinic import client, run, sheet
from tests.workflow import office


def test_the_same_person_and_the_same_handler_are_kept_once(desk: Desk, tmp_path: Path) -> None:
    first = client(3)
    again = {**first, "key": "K4", "encounter_at": "2026-11-02 09:00", "handler_address": ""}
    other = {**client(6), "handler_name": "杭州样例物业服务第0有限责任公司", "handler_address": ""}
    run(desk, sheet(tmp_path / "s.csv", [first, again, other]), tmp_path / "out")
    assert [desk.vault.count(kind) for kind in (Person, Handler, Case)] == [3, 1, 3]


def test_what_the_vault_knows_of_a_handler_stays_and_its_blanks_are_filled(
    desk: Desk, tmp_path: Path
) -> None:
    office.park(desk, "杭州样例物业服务第1有限公司", phone="057100000001")
    run(desk, sheet(tmp_path / "s.csv", [client(1)]), tmp_path / "out")
    known = desk.vault.get(Handler, 1)
    assert (known.phone, known.address) == ("057100000001", "杭州市样例区1号")
    assert desk.vault.count(Handler) == 1


def test_a_client_who_moved_has_the_new_address(desk: Desk, tmp_path: Path) -> None:
    row = client(1)
    directory.add_person(
        desk, Person(id=0, name=row["person_name"], phone=row["person_phone"], address="旧址1号")
    )
    run(desk, sheet(tmp_path / "s.csv", [row]), tmp_path / "out")
    assert desk.vault.count(Person) == 2
    assert desk.vault.get(Person, 2).address == row["person_address"]
    assert "person.edited" in office.kinds(desk)


def test_who_is_the_same_person(desk: Desk, tmp_path: Path) -> None:
    phone, one, two = "13900000001", "110105199003070017", "330106198507120025"
    name = {"person_name": "样例居民", "person_phone": phone}
    rows = [
        client(1, **name, person_id_number=one),
        client(2, **name),  # without a number, the same name and telephone
        client(3, **name, person_id_number=two),
        client(4, person_name="样例居民", person_phone="", person_id_number=one),
        client(5, person_name="样例居民", person_phone=""),  # a mere name names nobody
        client(6, person_name="样例居民", person_phone=""),
    ]
    run(desk, sheet(tmp_path / "s.csv", rows), tmp_path / "out")
    cases = desk.vault.find_all(Case, newest_first=False)
    assert [case.person for case in cases] == [2, 2, 3, 2, 4, 5]
    assert desk.vault.get(Person, 2).id_number == one
