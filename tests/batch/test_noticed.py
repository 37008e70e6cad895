"""What is told of rows beside their faults."""

from pathlib import Path
from typing import Any

import pytest

from pirights.batch import seen_before
from pirights.domain.person import Capacity, Person
from pirights.domain.request import Right
from pirights.workflow import directory
from pirights.workflow.desk import Desk
from tests.batch import clinic, rows
from tests.workflow import office

NO_CONTACTS = {"phone": "", "email": "", "address": ""}


def told(folder: Path, desk: Desk | None, *lines: dict[str, Any]) -> str:
    return "\n".join(map(str, rows.check(rows.text_sheet(folder, *lines), desk).notices))


def test_a_relatives_letter_is_answered_to_who_acts(desk: Desk, tmp_path: Path) -> None:
    lines = [
        rows.row("A1", person_name="李一", capacity="relative", person_email="a@b.example"),
        rows.row("A2", person_name="李二", capacity="agent", person_email="c@b.example"),
        rows.row("A3", person_name="李三", capacity="guardian", person_id_number=rows.ID_NUMBER),
        rows.row("A4", person_name="李四", person_email="d@b.example"),
    ]
    assert told(tmp_path, desk, *lines) == ""
    directory.edit_person(desk, 1, NO_CONTACTS)
    first, second = told(tmp_path, desk, *lines).splitlines()
    assert "address of the client: 1." in first
    assert "close relatives whose letters name no way to answer: 1, such as row 2." in second


def test_who_acts_may_be_another_than_the_owner(desk: Desk, tmp_path: Path) -> None:
    directory.edit_person(desk, 1, NO_CONTACTS)
    one = directory.add_person(desk, Person(id=0, name="李二", phone="13900000002"))
    phone = "13900000003"
    directory.add_person(
        desk,
        Person(
            id=0,
            name="王小明",
            phone=phone,
            capacity=Capacity.RELATIVE,
            representative=one.id,
        ),
    )
    assert told(tmp_path, desk, rows.row(person_phone=phone)) == ""


def test_what_the_vault_has_of_a_client_is_in_their_letter(desk: Desk, tmp_path: Path) -> None:
    number = {"person_id_number": rows.ID_NUMBER, "letters": "en"}
    assert len(told(tmp_path, desk, rows.row(**number)).splitlines()) == 2
    directory.add_person(
        desk,
        Person(
            id=0,
            name="王小明",
            name_en="Wang Xiaoming",
            address="样例路1号",
            id_number=rows.ID_NUMBER,
        ),
    )
    assert told(tmp_path, desk, rows.row(**number)) == ""


def test_an_english_letter_without_the_english_name_of_who_acts_is_counted(
    desk: Desk, tmp_path: Path
) -> None:
    more = {"person_name_en": "Wang", "person_phone": "13900000001"}
    lines = [
        rows.row("A1", **more, letters="zh;en", capacity="agent"),
        rows.row("A2", **more, capacity="agent", rights="更正"),
        rows.row("A3", person_name_en="Li", person_phone="13900000002", letters="en"),
    ]
    assert told(tmp_path, desk, *lines) == ""
    directory.edit_person(desk, 1, {"name_en": ""})
    assert "English name of who acts: 1." in told(tmp_path, desk, *lines)


def test_another_telephone_mail_or_address_than_the_vaults_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen_before, "_NAMED", 1)
    directory.add_person(
        desk,
        Person(
            id=0,
            name="王小明",
            phone="+86 139 0000 0001",
            email="a@b.example",
            id_number=rows.ID_NUMBER,
        ),
    )
    number = {"person_id_number": rows.ID_NUMBER}
    same = {"person_phone": "13900000001", "person_email": "A@b.example", "person_address": "新址"}
    assert told(tmp_path, desk, rows.row(**number, **same)) == ""
    other = told(
        tmp_path,
        desk,
        rows.row("A1", **number, **{**same, "person_phone": "13900000002"}),
        rows.row("A2", **number, person_email="c@b.example", rights="更正"),
    )
    assert "replaces: 2: 2 (P2: person_phone), …." in other
    assert desk.vault.get(Person, 2).phone == "+86 139 0000 0001"


def test_a_case_about_the_same_moment_is_told_with_its_reference(
    desk: Desk, tmp_path: Path
) -> None:
    handler = office.park(desk, rows.GOOD["handler_name"])
    phone = {"person_phone": "13900000001"}
    person = directory.add_person(desk, Person(id=0, name="王小明", phone="13900000001"))
    office.scan(desk, handler)  # 18:05 in Shanghai
    opened = office.case(desk, Right.ACCESS, person=person.id)
    found = told(
        tmp_path,
        desk,
        rows.row("A1", **phone, encounter_at="2026-11-19 18:05;2026-11-20 18:05", rights="更正"),
        rows.row("A2", **phone, encounter_at="2026-11-20 18:06"),
        rows.row("A3", person_phone="13900000002"),
        rows.row("A4", **phone, handler_name="杭州样例商场有限公司"),
    )
    assert f"about the same time: 1: 2 ({opened.case.ref})." in found


def test_rows_that_this_run_made_are_no_news(desk: Desk, tmp_path: Path) -> None:
    nameless = {"person_phone": "", "person_address": "", "person_name": "同名者"}
    sheet = clinic.sheet(tmp_path / "s.csv", [clinic.client(1), clinic.client(2, **nameless)])
    assert clinic.run(desk, sheet, tmp_path / "out").made == 2
    again = clinic.run(desk, sheet, tmp_path / "out", resume=True)
    assert (
        again.made,
        again.skipped,
        [str(one) for one in again.notices if "Rows" in str(one)],
    ) == (*(0, 2, []),)


def test_a_name_that_stands_twice_with_nothing_to_compare_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    lines = [
        rows.row("A1", person_name="李一", person_phone="13900000001"),
        rows.row("A2", person_name="李一", person_phone="13900000002"),
        rows.row("A3", person_name="李一", person_email="a@b.example"),
        rows.row("A4", person_name="李一", person_email="a@b.example", rights="更正"),
        rows.row("A5", person_name=office.OWNER.name, person_address="样例路9号"),
        rows.row("A6", person_name="李二", person_phone="+86-139 0000 0003"),
        rows.row("A7", person_name="李二", person_phone="13900000003", rights="更正"),
    ]
    assert "one person: 2, such as row 4." in told(tmp_path, desk, *lines)
    assert "one person: 1, such as row 4." in told(tmp_path, None, *lines)
