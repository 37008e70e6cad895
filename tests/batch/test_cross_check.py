"""Rows against each other and against the vault."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pirights.batch import checking
from pirights.domain.case import Case
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.workflow import directory
from pirights.workflow.desk import Desk
from tests.batch import rows
from tests.workflow import office


def told(
    folder: Path,
    *lines: dict[str, Any],
    desk: Desk | None = None,
    **more: Any,  # noqa: ANN401 (options)
) -> list[tuple[int, str]]:
    return rows.faults(rows.check(rows.text_sheet(folder, *lines), desk, **more))


def handlers(folder: Path, *lines: dict[str, Any], desk: Desk | None = None) -> list[Handler]:
    path = rows.text_sheet(folder, *lines)
    checked = rows.check(path, desk)
    good = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    return [one.handler for one in good]


def test_a_key_that_stands_twice_is_named_in_the_later_row(tmp_path: Path) -> None:
    lines = [
        rows.row("A1"),
        rows.row("B", person_name="李一"),
        rows.row("Ａ1 ", person_name="李二"),
    ]
    checked = rows.check(rows.text_sheet(tmp_path, *lines))
    assert rows.faults(checked) == [(4, "key")]
    assert "Row 2" in rows.problems(checked)


def test_the_same_request_twice_is_named_in_the_later_row(tmp_path: Path) -> None:
    again = rows.row(
        "A2",
        person_name="王 小明",
        handler_name="杭州样例野趣乐园有限责任公司",
        encounter_at="2026年11月20日18:05",
        rights="复制;查阅",
        place="西门",
    )
    assert told(tmp_path, rows.row(), again) == [(3, "person_name")]


@pytest.mark.parametrize(
    "other",
    [
        {"rights": "查阅"},
        {"encounter_at": "2026-11-20 18:06"},
        {"handler_name": "杭州样例商场有限公司"},
        {"person_name": "王小红"},
        {"person_phone": "13900000001"},
        {"person_id_number": rows.ID_NUMBER},
        {"person_address": "别处1号"},
    ],
)
def test_another_request_is_no_duplicate(tmp_path: Path, other: dict[str, str]) -> None:
    assert told(tmp_path, rows.row(), rows.row("A2", **other)) == []


def test_two_clients_with_one_id_number_are_both_named(tmp_path: Path) -> None:
    lines = [
        rows.row("A1", person_id_number=rows.ID_NUMBER),
        rows.row("A2", person_id_number=rows.OTHER_ID_NUMBER, person_name="李一"),
        rows.row("A3", person_id_number=rows.ID_NUMBER, person_name="李二"),
        rows.row("A4", person_id_number=rows.ID_NUMBER, person_name="李三"),
        rows.row("A5", person_id_number=rows.ID_NUMBER, rights="删除;复制"),
    ]
    checked = rows.check(rows.text_sheet(tmp_path, *lines))
    assert rows.faults(checked) == [(row, "person_id_number") for row in (2, 4, 5)]
    assert "Row 4" in str(checked.faults[0].problem)
    assert "Row 2" in str(checked.faults[1].problem)
    assert rows.ID_NUMBER not in rows.problems(checked)


def test_what_one_row_tells_of_a_company_holds_for_the_others(tmp_path: Path) -> None:
    address = {"handler_address": "杭州市西湖区样例路9号", "handler_uscc": rows.USCC}
    first, second, other = handlers(
        tmp_path,
        rows.row("A1"),
        rows.row("A2", person_name="李一", **address),
        rows.row("A3", handler_name="杭州样例商场有限公司"),
    )
    assert first == second
    assert (first.address, first.uscc) == (address["handler_address"], rows.USCC)
    assert other.address == ""


def test_two_rows_that_tell_different_things_of_a_company_are_named(tmp_path: Path) -> None:
    lines = [
        rows.row("A1", handler_address="西湖区1号", handler_email="a@b.example"),
        rows.row(
            "A2", person_name="李一", handler_address="西湖区2号", handler_email="a@b.example"
        ),
        rows.row("A3", person_name="李二", handler_name="杭州样例野趣乐园有限责任公司"),
    ]
    checked = rows.check(rows.text_sheet(tmp_path, *lines))
    assert rows.faults(checked) == [(3, "handler_address")]
    assert "Row 2 has “西湖区1号” for the same company." in rows.problems(checked)


def test_one_code_with_two_names_is_named(tmp_path: Path) -> None:
    lines = [
        rows.row("A1", handler_uscc=rows.USCC),
        rows.row("A2", handler_uscc=rows.USCC, handler_name="厦门样例有限公司"),
    ]
    assert told(tmp_path, *lines) == [(3, "handler_uscc")]


def test_a_client_who_is_the_other_side_is_named_unless_that_is_accepted(tmp_path: Path) -> None:
    lines = [rows.row("A1", person_name="张三商行"), rows.row("A2", handler_name="张三 商行")]
    assert told(tmp_path, *lines) == [(2, "person_name")]
    assert told(tmp_path, *lines, accept_conflicts=True) == []


def test_a_client_who_is_a_company_of_the_vault_is_named(desk: Desk, tmp_path: Path) -> None:
    office.park(desk, "张三商行")
    lines = [rows.row("A1", person_name="张三商行")]
    assert told(tmp_path, *lines, desk=desk) == [(2, "person_name")]
    assert told(tmp_path, *lines, desk=desk, accept_conflicts=True) == []


def test_a_company_that_is_a_client_of_the_vault_is_named(desk: Desk, tmp_path: Path) -> None:
    lines = [rows.row("A1", handler_name=office.OWNER.name)]
    assert told(tmp_path, *lines, desk=desk) == [(2, "handler_name")]


def test_an_id_number_that_the_vault_gives_to_another_is_named(desk: Desk, tmp_path: Path) -> None:
    directory.add_person(desk, Person(id=0, name="李一", id_number=rows.ID_NUMBER))
    lines = [
        rows.row("A1", person_id_number=rows.ID_NUMBER),
        rows.row("A2", person_id_number=rows.OTHER_ID_NUMBER, person_name="李一"),
    ]
    checked = rows.check(rows.text_sheet(tmp_path, *lines), desk)
    assert rows.faults(checked) == [(2, "person_id_number")]
    assert "P2 of the vault" in rows.problems(checked)


def test_what_the_vault_knows_of_a_company_fills_what_the_sheet_leaves_out(
    desk: Desk, tmp_path: Path
) -> None:
    known = office.park(desk, rows.GOOD["handler_name"], address="样例路9号", uscc=rows.USCC)
    (found,) = handlers(tmp_path, rows.row("A1", handler_email="a@b.example"), desk=desk)
    assert (found.address, found.uscc, found.email) == (known.address, rows.USCC, "a@b.example")


def test_what_the_vault_knows_otherwise_of_a_company_is_named(desk: Desk, tmp_path: Path) -> None:
    office.park(desk, rows.GOOD["handler_name"], address="样例路9号", uscc=rows.USCC)
    lines = [
        rows.row("A1", handler_address="样例路8号"),
        rows.row("A2", handler_name="厦门样例有限公司", handler_uscc=rows.USCC),
    ]
    checked = rows.check(rows.text_sheet(tmp_path, *lines), desk)
    assert rows.faults(checked) == [(2, "handler_address"), (3, "handler_name")]
    assert "The vault has “样例路9号” for H1." in rows.problems(checked)
    assert "`pirights handler edit H1 --address …`" in rows.problems(checked)


def test_a_code_under_a_wrong_name_spoils_no_row_that_the_vault_agrees_with(
    desk: Desk, tmp_path: Path
) -> None:
    office.park(desk, rows.GOOD["handler_name"], uscc=rows.USCC)
    lines = [
        rows.row("A1", handler_uscc=rows.USCC, handler_name="厦门样例有限公司"),
        rows.row("A2", handler_uscc=rows.USCC),
    ]
    assert told(tmp_path, *lines, desk=desk) == [(2, "handler_name")]


def test_deletion_where_an_earlier_row_asks_for_a_copy_is_named(tmp_path: Path) -> None:
    phone = {"person_phone": "13900000001"}
    copy, delete = rows.row("A1", **phone), rows.row("A2", rights="删除", **phone)
    assert told(tmp_path, copy, delete) == [(3, "rights")]
    assert told(tmp_path, delete, copy) == []
    assert told(tmp_path, copy, rows.row("A2", rights="删除")) == []
    other = {"person_phone": "+86 139 0000 0001", "person_email": "a@b.example"}
    assert told(tmp_path, copy, rows.row("A2", rights="删除", **other)) == [(3, "rights")]


def test_deletion_while_the_vault_waits_for_a_copy_is_named(desk: Desk, tmp_path: Path) -> None:
    client = Person(id=0, name="王小明", phone="13900000001")
    person = directory.add_person(desk, client)
    handler = office.park(desk, rows.GOOD["handler_name"])
    office.scan(desk, handler)
    opened = office.case(desk, Right.COPY, person=person.id)
    lines = [rows.row("A1", rights="删除", person_phone="13900000001")]
    checked = rows.check(rows.text_sheet(tmp_path, *lines), desk)
    assert rows.faults(checked) == [(2, "rights")]
    assert opened.case.ref in rows.problems(checked)
    (case,) = desk.vault.find_all(Case)
    with desk.vault.change(now=desk.now) as change:
        change.replace(replace(case, closed_on=office.TODAY), kind="case.closed")
    assert told(tmp_path, *lines, desk=desk) == []
