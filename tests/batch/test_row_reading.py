"""What the cells of a row say, and which faults they have."""

from pathlib import Path
from typing import Any

import pytest

from pirights.batch import checking
from pirights.batch.client_row import ClientRow
from pirights.domain.dispatch import Channel
from pirights.domain.document import Letters
from pirights.domain.encounter import Answer, Circumstance, ScanMode
from pirights.domain.handler import Venue
from pirights.domain.person import Capacity, Ward
from pirights.domain.request import Right
from tests.batch import rows

CHILD = "110105201501011239"
"""Somebody born on 1 January 2015: eleven years old in November 2026."""


def read(folder: Path, **cells: Any) -> ClientRow:  # noqa: ANN401 (what a cell holds)
    path = rows.text_sheet(folder, rows.row(**cells))
    checked = rows.check(path)
    assert checked.faults == (), rows.problems(checked)
    (found,) = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    return found


def test_a_full_row_becomes_values(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        person_name_en="Wang Xiaoming",
        person_phone="139 0000 0137",
        person_email="wang@mail.example",
        person_id_number=rows.ID_NUMBER,
        person_address="杭州市西湖区样例路1号",
        capacity="代理人",
        handler_name_en="Sample Park Co., Ltd.",
        handler_uscc=rows.USCC,
        handler_address="杭州市西湖区样例路9号",
        handler_email="dpo@park.example",
        encounter_at="2026-11-21 09:30；2026-11-20 18:05;2026-11-20 18:05",
        mode="核验",
        notice="有",
        consent="否",
        separate_consent="no",
        alternative="？",
        purpose="入园",
        rights="删除、复制，access",
        letters="zh;en",
        identify_by="年卡号 1234; 订单号 99",
        channel="特快专递",
        note="第一行\n第二行",
    )
    person, handler, (first, second) = found.person, found.handler, found.encounters
    assert (found.row, found.key, found.note) == (2, "A1", "第一行\n第二行")
    assert (person.id, person.name, person.phone) == (0, "王小明", "13900000137")
    assert (person.capacity, person.representative) == (Capacity.AGENT, 0)
    assert (person.id_number, person.address) == (rows.ID_NUMBER, "杭州市西湖区样例路1号")
    assert (handler.id, handler.uscc, handler.venue) == (0, rows.USCC, Venue.SCENIC_AREA)
    assert (handler.name_en, handler.email) == ("Sample Park Co., Ltd.", "dpo@park.example")
    assert [f"{one.local:%d %H:%M}" for one in (first, second)] == ["20 18:05", "21 09:30"]
    assert (first.mode, first.notice, first.consent) == (
        *(ScanMode.VERIFICATION, Answer.YES, Answer.NO),
    )
    assert (first.separate_consent, first.alternative) == (Answer.NO, Answer.UNKNOWN)
    assert (first.purpose, first.handlers, first.minor) == ("入园", (), False)
    assert found.rights == (Right.DELETE, Right.COPY, Right.ACCESS)
    assert found.letters is Letters.BOTH
    assert found.identify_by == ("年卡号 1234", "订单号 99")
    assert found.channel is Channel.EMS


def test_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, capacity="", letters=" ", channel="", mode="", notice="")
    assert (found.person.capacity, found.letters, found.channel) == (
        *(Capacity.SELF, Letters.ZH, None),
    )
    assert found.encounters[0].mode is ScanMode.UNKNOWN


@pytest.mark.parametrize(
    ("cell", "letters"),
    [
        ("zh", Letters.ZH),
        ("EN", Letters.EN),
        ("zh-en", Letters.BOTH),
        ("zh;en", Letters.BOTH),
        ("en；zh", Letters.BOTH),
        ("中文", Letters.ZH),
        ("中文、英文", Letters.BOTH),
        ("双语", Letters.BOTH),
    ],
)
def test_the_languages_of_a_letter_are_read(tmp_path: Path, cell: str, letters: Letters) -> None:
    assert read(tmp_path, letters=cell).letters is letters


@pytest.mark.parametrize(
    ("column", "typed", "said"),
    [
        ("person_phone", "139-0000 0137", "13900000137"),
        ("person_phone", "+86 139 0000 0137", "+86 139 0000 0137"),
        ("person_phone", "0571-87654321 转 8", "0571-87654321 转 8"),
        ("person_phone", "'13900000137", "13900000137"),
        ("person_phone", "13900000137.0", "13900000137"),
        ("person_id_number", "-", ""),
        ("person_id_number", "'11010519491231002x", rows.ID_NUMBER),
        ("person_id_number", "E 1234 5678", "E12345678"),
        ("person_email", "ｗａｎｇ＠mail.example", "wang@mail.example"),
    ],
)
def test_numbers_are_given_one_form(tmp_path: Path, column: str, typed: str, said: str) -> None:
    person = read(tmp_path, **{column: typed}).person
    assert getattr(person, column.removeprefix("person_")) == said


@pytest.mark.parametrize("end", ["\n", "\r\n", "\t", " \n\n  "])
def test_a_line_that_was_broken_within_its_cell_is_one_line(tmp_path: Path, end: str) -> None:
    found = read(
        tmp_path,
        person_address=f"杭州市西湖区样例路1号{end}3幢501室{end}",
        handler_name=f"杭州样例野趣{end}乐园有限公司",
        identify_by=f"年卡号{end}1234",
        note=f"一{end}二",
    )
    assert found.person.address == "杭州市西湖区样例路1号 3幢501室"
    assert found.handler.name == rows.GOOD["handler_name"]
    assert found.identify_by == ("年卡号 1234",)
    assert found.note == f"一{end}二".replace("\r\n", "\n")


def test_a_line_that_a_program_of_windows_broke_within_its_cell_is_one_line(tmp_path: Path) -> None:
    path = rows.workbook_sheet(tmp_path, rows.row(place="东门_x000D_\n3号闸机"))
    checked = rows.check(path)
    (found,) = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    assert found.encounters[0].place == "东门 3号闸机"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("person_name", "王小明\n李小红"),
        ("person_name_en", "Wang Xiaoming\nLi Xiaohong"),
        ("person_phone", "88888888\n99999999"),
        ("person_email", "a@mail.example\nb@mail.example"),
        ("person_id_number", "E1234\n5678"),
    ],
)
def test_two_lines_about_who_the_client_is_are_never_made_one(
    tmp_path: Path, column: str, cell: str
) -> None:
    checked = rows.check(rows.text_sheet(tmp_path, rows.row() | {column: cell}))
    assert rows.faults(checked) == [(2, column)]
    assert "Several lines" in rows.problems(checked)


@pytest.mark.parametrize("column", ["key", "person_phone", "person_id_number", "handler_uscc"])
def test_a_number_that_was_rounded_and_saved_as_text_is_named(tmp_path: Path, column: str) -> None:
    checked = rows.check(rows.text_sheet(tmp_path, rows.row() | {column: "1.10105E+17"}))
    assert rows.faults(checked) == [(2, column)]
    assert "without its last digits" in rows.problems(checked)


@pytest.mark.parametrize("column", list(rows.HEADINGS))
def test_a_required_cell_that_is_empty_is_named(tmp_path: Path, column: str) -> None:
    checked = rows.check(rows.text_sheet(tmp_path, rows.row("A1", note="x") | {column: " "}))
    assert rows.faults(checked) == [(2, column)]
    assert "must not be empty" in rows.problems(checked)


def test_every_fault_of_a_row_is_named_in_the_order_of_the_columns(tmp_path: Path) -> None:
    wrong = {
        "key": "k" * 81,
        "person_name": "=1",
        "person_id_number": "1",
        "capacity": "cook",
        "handler_uscc": "1",
        "encounter_at": "soon",
        "place": "",
        "venue": "moon",
        "mode": "?!",
        "notice": "perhaps",
        "rights": "money",
        "letters": "fr",
        "channel": "bee",
    }
    checked = rows.check(rows.text_sheet(tmp_path, {**rows.GOOD, **wrong}))
    assert rows.faults(checked) == [(2, column) for column in wrong]
    assert (checked.rows, set(checked.faulty)) == (1, {2})


def test_what_a_card_tells_of_an_age_is_a_fact_of_the_scan(tmp_path: Path) -> None:
    child = read(tmp_path, person_id_number=CHILD, capacity="监护人")
    assert (child.person.ward, child.encounters[0].minor) == (Ward.MINOR, True)
    assert child.encounters[0].circumstances == (Circumstance.UNDER_14,)
    grown = read(tmp_path, person_id_number=rows.ID_NUMBER, capacity="监护人")
    assert (grown.person.ward, grown.encounters[0].minor) == (Ward.ADULT, False)
    untold = read(tmp_path, capacity="监护人")
    assert (untold.person.ward, untold.encounters[0].minor) == (Ward.MINOR, True)
    assert untold.encounters[0].circumstances == ()


def test_a_birthday_is_counted_to_the_day(tmp_path: Path) -> None:
    young = "110105201211211232"
    on_the_eve = read(tmp_path, person_id_number=young, encounter_at="2026-11-20 18:05")
    on_the_day = read(tmp_path, person_id_number=young, encounter_at="2026-11-21 18:05")
    assert on_the_eve.encounters[0].circumstances == (Circumstance.UNDER_14,)
    assert on_the_day.encounters[0].circumstances == ()
    assert on_the_day.encounters[0].minor


def test_the_digest_is_of_what_is_said_and_not_of_how(tmp_path: Path) -> None:
    plain = read(tmp_path).digest
    other = read(
        tmp_path,
        venue="scenic-area",
        rights="access；copy",
        encounter_at="2026年11月20日18时05分",
        person_name=" 王 小明",
        note="",
    ).digest
    assert plain == other
    assert len(plain) == 64
    changed = {"place": "西门", "rights": "复制;查阅", "letters": "en"}
    digests = {read(tmp_path, **{name: cell}).digest for name, cell in changed.items()}
    assert len(digests | {plain}) == 4


def test_note_and_channel_have_a_digest_of_their_own(tmp_path: Path) -> None:
    found = [read(tmp_path), read(tmp_path, note="x"), read(tmp_path, channel="微信")]
    assert len({one.digest for one in found}) == 1
    assert len({one.aside for one in found}) == 3
