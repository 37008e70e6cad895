"""A whole sheet checked: what is counted, what is told, and that a run would agree."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pirights.batch import checking, job
from pirights.batch.columns import COLUMNS
from pirights.domain.person import Person
from pirights.errors import BadInput
from pirights.workflow import directory
from pirights.workflow.desk import Desk
from tests.batch import rows


def lines(count: int) -> list[dict[str, Any]]:
    return [rows.row(f"A{n}", person_phone=f"139{n:08d}") for n in range(count)]


def test_a_good_sheet_has_no_faults_and_its_rows_come_in_their_order(tmp_path: Path) -> None:
    path = rows.text_sheet(tmp_path, *lines(3))
    checked = rows.check(path)
    assert (checked.rows, checked.faults, checked.faulty, checked.notices) == (
        *(3, (), frozenset(), ()),
    )
    found = list(checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE))
    assert [(one.row, one.key) for one in found] == [(2, "A0"), (3, "A1"), (4, "A2")]


def test_faulty_rows_are_left_out_and_the_others_are_not(tmp_path: Path) -> None:
    bad = rows.row("A9", venue="moon", person_phone="13800000001")
    path = rows.text_sheet(tmp_path, *lines(2), bad, rows.row("A8", person_phone="13800000002"))
    checked = rows.check(path)
    assert (checked.rows, set(checked.faulty)) == (4, {4})
    found = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    assert [one.key for one in found] == ["A0", "A1", "A8"]


@pytest.mark.parametrize("key", ["EXAMPLE", "example", "示例", " 示例 "])
def test_an_example_is_passed_over_and_that_is_said(tmp_path: Path, key: str) -> None:
    path = rows.text_sheet(
        tmp_path, rows.row(key, venue="moon"), rows.row(person_phone="13900000001")
    )
    checked = rows.check(path)
    assert (checked.rows, checked.faults) == (1, ())
    (notice,) = checked.notices
    assert "example" in str(notice)
    found = checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE)
    assert [one.key for one in found] == ["A1"]


def test_an_example_alone_is_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="headings and no rows"):
        rows.check(rows.text_sheet(tmp_path, rows.row("EXAMPLE")))


def test_progress_counts_the_rows(tmp_path: Path) -> None:
    seen: list[int] = []
    rows.check(rows.text_sheet(tmp_path, *lines(3)), progress=seen.append)
    assert seen == [1, 2, 3]


@pytest.mark.parametrize(
    "column",
    [
        *("person_name", "person_name_en", "person_email", "person_address"),
        *("handler_name", "handler_name_en", "handler_address", "handler_email"),
        *("place", "purpose", "identify_by"),
    ],
)
def test_a_character_without_a_glyph_is_named_in_its_column(tmp_path: Path, column: str) -> None:
    bad = rows.row("A2", person_phone="13800000001") | {column: "x\U0001f600"}
    if column.endswith("_email"):
        bad[column] += "@mail.example"
    checked = rows.check(rows.text_sheet(tmp_path, rows.row(), bad))
    assert rows.faults(checked) == [(3, column)]
    assert "U+1F600" in rows.problems(checked)


def test_a_character_without_a_glyph_in_what_is_not_printed_is_no_fault(tmp_path: Path) -> None:
    assert rows.check(rows.text_sheet(tmp_path, rows.row(note="\U0001f600"))).faults == ()


def test_what_cannot_be_asked_in_a_capacity_is_named(tmp_path: Path) -> None:
    good = rows.row("A1", capacity="近亲属", rights="查阅;转移")
    bad = rows.row("A2", capacity="近亲属", rights="撤回同意")
    checked = rows.check(rows.text_sheet(tmp_path, good, bad))
    assert rows.faults(checked) == [(3, "rights")]
    assert "asks for something else alone" in rows.problems(checked)


def test_an_owner_without_a_name_cannot_act_for_others(desk: Desk, tmp_path: Path) -> None:
    directory.edit_person(desk, 1, {"name": ""})
    assert desk.vault.get(Person, 1).name == ""
    path = rows.text_sheet(tmp_path, rows.row(capacity="代理人"))
    assert rows.faults(rows.check(path, desk)) == [(2, "capacity")]
    assert rows.check(path).faults == ()


def test_each_pattern_of_a_letter_is_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    written = job.do

    def do(one: job.Job) -> job.Done:
        assert one.forms == ()
        done.append(one.row)
        return written(one)

    monkeypatch.setattr(job, "do", do)
    other = rows.row("B", venue="医院", person_phone="13800000001")
    rows.check(
        rows.text_sheet(tmp_path, *lines(20), other, rows.row("C", person_phone="13800000002"))
    )
    assert done == [2, 22]


def test_patterns_that_are_forgotten_are_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pirights.batch.trial.PATTERNS_LIMIT", 1)
    bad = {"capacity": "近亲属", "rights": "撤回同意"}
    lines = [
        rows.row(f"A{n}", person_phone=f"1380000000{n}", **(bad if n % 2 else {})) for n in range(6)
    ]
    assert rows.faults(rows.check(rows.text_sheet(tmp_path, *lines))) == [
        (row, "rights") for row in (3, 5, 7)
    ]


def test_a_row_that_was_made_has_no_fault_whatever_has_happened_since(
    desk: Desk, tmp_path: Path
) -> None:
    path = rows.text_sheet(tmp_path, *lines(2), rows.row("A0", person_phone="13800000003"))
    fresh = rows.check(path)
    good = checking.good_rows(rows.opened(path), fresh, now=rows.NOW, zone=rows.ZONE)
    made = {(one.key, one.digest) for one in good}
    directory.add_person(desk, Person(id=0, name="杭州样例野趣乐园有限公司"))
    assert rows.faults(rows.check(path, desk)) == [
        *((row, "handler_name") for row in (2, 3)),
        *((4, "key"), (4, "handler_name")),
    ]
    again = rows.check(path, desk, is_made=lambda key, digest: (key, digest) in made)
    assert rows.faults(again) == [(4, "key"), (4, "handler_name")]
    assert again.rows == 3


def test_a_sheet_that_is_broken_everywhere_is_told_in_bounded_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "FAULT_LIMIT", 3)
    bad = [rows.row(f"A{n}", venue="moon", mode="x") for n in range(4)]
    checked = rows.check(rows.text_sheet(tmp_path, *bad))
    assert (len(checked.faults), checked.unlisted) == (3, 5)
    assert checked.faulty == {2, 3, 4, 5}


def test_checking_renders_nothing(tmp_path: Path) -> None:
    path = rows.text_sheet(tmp_path, rows.row(capacity="代理人", letters="zh-en"))
    script = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from pirights.batch import checking, sheet\n"
        "now = datetime(2026, 11, 26, tzinfo=UTC)\n"
        "read = sheet.opened(Path(sys.argv[1]))\n"
        "assert not checking.check(None, read, now=now, zone='Asia/Shanghai').faults\n"
        "assert 'pirights.render.pdf' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)


CELLS = st.dictionaries(
    st.sampled_from([column.name for column in COLUMNS]),
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            ["=1", "'=1", '"', "查阅;删除", "zh;en", "46346.75", "\x00", "agent", "景区"]
        ),
    ),
    max_size=6,
)


@given(st.lists(CELLS, min_size=1, max_size=5))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_the_cells_every_row_is_good_or_has_a_named_fault(
    tmp_path: Path, lines: list[dict[str, str]]
) -> None:
    path = rows.text_sheet(
        tmp_path,
        *({**rows.GOOD, "key": f"K{n}", **one} for n, one in enumerate(lines)),
        encoding="utf-8-sig",
    )
    checked = rows.check(path)
    found = list(checking.good_rows(rows.opened(path), checked, now=rows.NOW, zone=rows.ZONE))
    assert len(found) + len(checked.faulty) == checked.rows
    assert {fault.row for fault in checked.faults} == checked.faulty
    known = {column.name for column in COLUMNS} | {""}
    assert {fault.column for fault in checked.faults} <= known
    again = rows.check(path)
    assert again.faults == checked.faults


@given(st.binary(max_size=300))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_it_is_read_or_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(",".join(rows.HEADINGS).encode() + b"\n" + data)
    try:
        rows.check(path)
    except BadInput as wrong:
        assert wrong.hint is not None  # noqa: PT017 (named, and with a way out)


def test_rows_whose_letters_nobody_can_answer_are_counted(tmp_path: Path) -> None:
    path = rows.text_sheet(
        tmp_path,
        *lines(2),
        rows.row("B1", person_name="李一"),
        rows.row("B2", person_name="李二", person_phone="-"),
        rows.row("B3", person_name="李三", person_address="杭州市西湖区1号"),
        rows.row("B4", person_name="李四", capacity="agent"),
        rows.row("B5", person_name="李五", person_phone="abc"),
    )
    (notice,) = rows.check(path).notices
    assert "address of the client: 2." in str(notice)


def test_english_letters_without_an_english_name_are_counted(tmp_path: Path) -> None:
    path = rows.text_sheet(
        tmp_path,
        *(
            one | {"letters": letters}
            for one, letters in zip(lines(3), ("zh", "en", "zh;en"), strict=True)
        ),
        rows.row("B", person_phone="13900000001", letters="en", person_name_en="Wang Xiaoming"),
    )
    (notice,) = rows.check(path).notices
    assert "English name of the client: 2." in str(notice)


def test_wards_who_are_taken_for_minors_are_told_by_a_row(tmp_path: Path) -> None:
    adult = {"person_id_number": "330106196502030013", "capacity": "guardian"}
    path = rows.text_sheet(
        tmp_path,
        *lines(2),
        rows.row("B1", person_name="李一", **adult),
        rows.row("B2", person_name="李二", capacity="guardian"),
        rows.row("B3", person_name="李三", capacity="guardian", person_id_number="E12345678"),
        rows.row(
            "B4", person_name="李四", capacity="guardian", person_id_number="33010619650203001"
        ),
        rows.row("B5", person_name="李五", capacity="relative"),
    )
    told = [str(one) for one in rows.check(path).notices]
    (notice,) = [one for one in told if "taken for a minor" in one]
    assert "client's age: 2, such as row 5." in notice
