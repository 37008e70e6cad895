"""The directory in and out: the same records again, twins told, faulty rows beside the good."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from openpyxl import Workbook

from pirights import canonical_json
from pirights.domain.handler import Handler, Period, TimeUnit, Venue
from pirights.errors import BadInput
from pirights.workflow import directory, handler_files
from pirights.workflow.desk import Desk
from pirights.workflow.handler_taking import Taken
from tests.workflow.office import TODAY, kinds, park

CODE = "91350211M000100Y46"
FORMS = (".csv", ".xlsx", ".json")


def take(  # noqa: PLR0913 (as many as the command has)
    desk: Desk,
    folder: Path,
    text: str | bytes,
    name: str = "a.csv",
    *,
    update: bool = False,
    dry_run: bool = False,
) -> Taken:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return handler_files.take_in(desk, path, update=update, dry_run=dry_run)


def everyone(desk: Desk) -> list[Handler]:
    return desk.vault.find_all(Handler, newest_first=False)


def faults(done: Taken) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in done.faults]


def furnish(desk: Desk) -> None:
    park(
        desk,
        "样例集团有限公司",
        uscc=CODE,
        name_en='Sample "Group", Ltd.',
        address="杭州市样例路9号，3楼;后门",
        email="a@b.example",
        phone="0571-87654321",
        web="https://a.example/?x=1,2",
        policy_url="https://a.example/p",
        policy_days=Period(amount=15, unit=TimeUnit.WORKING_DAY),
        source="网站",
        verified=date(2026, 11, 1),
        aliases=("甲;乙", "丙\\", "=1+1", "'x", "；"),
    )
    park(desk, '=HYPERLINK("http://x.example")', venue=Venue.APP, policy_days=Period(amount=30))
    park(desk, "样例集团有限公司西湖分公司", branch_of=1, parent=4 - 3, phone="+86 571 87654321")
    park(desk, "'样例乐园", brand_of=3, venue=None, name_en="@x")
    park(desk, "H2", email="-x@b.example")
    directory.edit_handler(desk, 1, {"parent": 5})


@pytest.mark.parametrize("ending", FORMS)
def test_a_directory_comes_out_and_in_the_same(
    desk: Desk, other_desk: Desk, tmp_path: Path, ending: str
) -> None:
    furnish(desk)
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    assert handler_files.put_out(desk, first) == 5
    done = handler_files.take_in(other_desk, first)
    assert (done.added, done.faults, done.twins) == ((1, 2, 3, 4, 5), (), ())
    assert everyone(other_desk) == everyone(desk)
    handler_files.put_out(other_desk, second)
    assert second.read_bytes() == first.read_bytes()
    again = handler_files.take_in(other_desk, first, update=True)
    assert (again.added, again.updated, again.faults) == ((), (), ())
    assert everyone(other_desk) == everyone(desk)


def test_what_the_list_command_prints_can_be_taken_in(
    desk: Desk, other_desk: Desk, tmp_path: Path
) -> None:
    from pirights.cli import views

    furnish(desk)
    listed = {
        "kind": "HandlerList",
        "data": {"handlers": [views.handler(o) for o in everyone(desk)]},
    }
    done = take(other_desk, tmp_path, canonical_json.canonical(listed), "a.json")
    assert done.faults == ()
    assert everyone(other_desk) == everyone(desk)


def test_no_cell_that_goes_out_could_be_a_formula(desk: Desk, tmp_path: Path) -> None:
    furnish(desk)
    handler_files.put_out(desk, tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert "\"'=HYPERLINK(" in text
    assert ",'@x," in text
    assert ",'+86 571" in text
    assert ",'-x@b.example," in text
    assert ",''样例" not in text
    assert "'样例乐园" in text


MIXED = (
    "名称,统一社会信用代码,电话,电子邮箱,承诺期限,场所,核实日期,网址\n"
    "甲公司, ９1350211m000100Y46 ,０５７１－８７６５４３２１,ａ＠b.example,15个工作日,景区,"
    "2026年11月1日,a.example\n"
    "乙公司,91350211M000100Y43,,,,,,\n"
    "\n"
    ",,,,30,,,\n"
    "丙公司,,,,many,nowhere,2026-02-30,javascript:x\n"
    "丁公司,,,,,,2027-01-01,\n"
    "戊公司,,,,0,,,,stray\n"
    "己公司,9.1350211E+17,,,,,,\n"
    "庚公司,,,,,,,\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_good_rows_are_taken_and_each_faulty_cell_is_named(
    desk: Desk, tmp_path: Path, encoding: str
) -> None:
    done = take(desk, tmp_path, MIXED.encode(encoding))
    assert faults(done) == [
        (3, "uscc"),
        (5, "name"),
        (6, "policy_days"),
        (6, "venue"),
        (6, "verified"),
        (6, "web"),
        (7, "verified"),
        (8, ""),
        (9, "uscc"),
    ]
    assert (done.added, done.failed) == ((1, 2), 6)
    one, other = everyone(desk)
    assert (one.uscc, one.phone, one.email) == (CODE, "0571-87654321", "a@b.example")
    assert one.policy_days == Period(amount=15, unit=TimeUnit.WORKING_DAY)
    assert (one.venue, one.verified) == (Venue.SCENIC_AREA, date(2026, 11, 1))
    assert other.name == "庚公司"


def test_a_workbook_is_read_as_a_sheet_and_its_formulas_are_faults(
    desk: Desk, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["名称", "电话", "承诺期限", "核实日期", "信用代码"])
    sheet.append(["甲公司", 5718888, 15, TODAY, CODE])
    sheet.append(['=HYPERLINK("http://x.example","乙")', "", "", "", ""])
    sheet.append(["丙公司", "", "", "", 913502110001000999])
    target = io.BytesIO()
    book.save(target)
    done = take(desk, tmp_path, target.getvalue(), "renamed.csv")
    assert faults(done) == [(3, "name"), (4, "uscc")]
    (one,) = everyone(desk)
    assert (one.phone, one.policy_days, one.verified) == ("5718888", Period(amount=15), TODAY)


def test_twins_are_told_and_not_doubled(desk: Desk, tmp_path: Path) -> None:
    park(desk, "甲有限公司", uscc=CODE, phone="1", venue=None)
    before = kinds(desk)
    done = take(
        desk,
        tmp_path,
        f"name,uscc,phone\n甲（有限责任公司）,,1\n别名公司,{CODE},2\n新公司,,\n新 公司,,3\n",
    )
    assert done.added == (2,)
    assert [(one.row, one.number, one.differs, one.in_file) for one in done.twins] == [
        (2, 1, ("name", "uscc"), False),
        (3, 1, ("name", "phone"), False),
        (5, 2, ("name", "phone"), True),
    ]
    assert done.faults == ()
    assert kinds(desk) == [*before, "handler.added"]


def test_namesakes_with_codes_of_their_own_are_two(desk: Desk, tmp_path: Path) -> None:
    done = take(desk, tmp_path, f"name,uscc\n甲公司,{CODE}\n甲公司,911100001000044477\n")
    if done.faults:
        pytest.fail(str(done.faults))
    assert done.added == (1, 2)


def namesakes(desk: Desk) -> None:
    """A company, its branch of the same name, and branches called alike of two companies."""
    park(desk, "样例有限公司", uscc=CODE)
    park(desk, "样例（有限责任公司）", branch_of=1, phone="1")
    park(desk, "乙公司")
    park(desk, "杭州分公司", branch_of=1)
    park(desk, "杭州分公司", branch_of=3)
    park(desk, "杭州 分公司", branch_of=3, uscc=CODE)
    park(desk, "杭州分公司", branch_of=3)


@pytest.mark.parametrize("ending", FORMS)
def test_handlers_called_alike_come_out_and_in_as_many(
    desk: Desk, other_desk: Desk, tmp_path: Path, ending: str
) -> None:
    namesakes(desk)
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    handler_files.put_out(desk, first)
    done = handler_files.take_in(other_desk, first)
    assert (len(done.added), done.twins, done.faults) == (7, (), ())
    assert everyone(other_desk) == everyone(desk)
    told = "\n".join(str(one) for one in done.remarks)
    assert "样例（有限责任公司） is called as H1, and was taken as another handler" in told
    handler_files.put_out(other_desk, second)
    assert second.read_bytes() == first.read_bytes()
    for update in (False, True):
        again = handler_files.take_in(other_desk, first, update=update)
        assert (again.added, again.updated, again.faults) == ((), (), ())
        assert [one.number for one in again.twins] == ([] if update else [1, 2, 3, 4, 5, 6, 7])
        assert all(one.differs == () for one in again.twins)
    assert everyone(other_desk) == everyone(desk)


def test_an_update_finds_the_right_one_of_several_namesakes(desk: Desk, tmp_path: Path) -> None:
    park(desk, "甲公司", phone="1", address="东路")
    park(desk, "甲公司", phone="2", address="西路")
    text = "id,name,phone,address\nH8,甲公司,3,西路\nH9,甲公司,1,东路\n"
    assert take(desk, tmp_path, text, update=True).updated == (2,)
    assert [one.phone for one in everyone(desk)] == ["1", "3"]


def test_branches_called_alike_are_two_without_labels_too(desk: Desk, tmp_path: Path) -> None:
    text = (
        "name,branch_of\n甲公司,\n乙公司,\n分公司,甲公司\n分公司,乙公司\n分 公司,乙公司\n"
        "甲 公司,甲公司\n"
    )
    done = take(desk, tmp_path, text)
    assert [(one.name, one.branch_of) for one in everyone(desk)] == [
        ("甲公司", None),
        ("乙公司", None),
        ("分公司", 1),
        ("分公司", 2),
        ("甲 公司", 1),
    ]
    (twin,) = done.twins
    assert (twin.row, twin.number) == (6, 4)
    assert str(twin.because) == "the same name but for its spelling, and no other code"
    assert done.faults == ()


@pytest.mark.parametrize("update", [False, True])
def test_a_branch_called_as_its_head_office_is_not_the_head_office(
    desk: Desk, tmp_path: Path, *, update: bool
) -> None:
    park(desk, "甲有限公司")
    done = take(desk, tmp_path, "name,branch_of\n甲有限责任公司,甲有限公司\n", update=update)
    assert (done.added, done.twins, done.faults) == ((2,), (), ())
    assert [one.branch_of for one in everyone(desk)] == [None, 1]
    again = take(desk, tmp_path, "name,branch_of\n甲有限责任公司,甲有限公司\n", update=update)
    assert (again.added, again.updated, again.faults) == ((), (), ())


def test_why_a_row_is_the_same_is_said(desk: Desk, tmp_path: Path) -> None:
    park(desk, "甲公司", uscc=CODE)
    done = take(desk, tmp_path, f"name,uscc\n乙公司,{CODE}\n甲公司,\n甲 公司,\n")
    assert [str(one.because) for one in done.twins] == [
        "the same social credit code",
        "the same name, and no other code",
        "the same name but for its spelling, and no other code",
    ]


def test_an_update_replaces_the_columns_that_the_file_has_and_no_others(
    desk: Desk, tmp_path: Path
) -> None:
    park(desk, "甲公司", phone="1", email="a@b.example", venue=None, source="网站")
    desk_before = everyone(desk)[0]
    text = "name,phone,email\n甲公司,2,\n"
    preview = take(desk, tmp_path, text, update=True, dry_run=True)
    assert (preview.updated, everyone(desk)) == ((1,), [desk_before])
    done = take(desk, tmp_path, text, update=True)
    assert (done.updated, done.twins) == ((1,), ())
    assert everyone(desk) == [replace(desk_before, phone="2", email="")]
    assert kinds(desk)[-1] == "handler.edited"
    again = take(desk, tmp_path, text, update=True)
    assert again.updated == ()


def test_an_update_takes_a_relation_away_and_a_bounce_with_its_address(
    desk: Desk, tmp_path: Path
) -> None:
    park(desk, "甲公司")
    park(desk, "乙公司", branch_of=1, email="a@b.example")
    with desk.vault.change(now=desk.now) as change:
        bounced = replace(directory.handler(desk, 2), email_bounced=TODAY)
        change.replace(bounced, kind="handler.bounced")
    take(desk, tmp_path, "name,branch_of\n乙公司,\n", update=True)
    assert directory.handler(desk, 2).branch_of is None
    assert directory.handler(desk, 2).email_bounced == TODAY
    take(desk, tmp_path, "name,email\n乙公司,c@b.example\n", update=True)
    assert directory.handler(desk, 2).email_bounced is None


def test_an_update_of_one_of_several_namesakes_is_refused(desk: Desk, tmp_path: Path) -> None:
    park(desk, "甲公司")
    park(desk, "甲公司")
    done = take(desk, tmp_path, "name,phone\n甲公司,1\n", update=True)
    assert faults(done) == [(2, "name")]
    assert "H1, H2" in str(done.faults[0].problem)


def test_a_dry_run_says_the_same_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    before = kinds(desk)
    preview = take(desk, tmp_path, MIXED, dry_run=True)
    assert (everyone(desk), kinds(desk)) == ([], before)
    assert take(desk, tmp_path, MIXED) == preview


def test_relations_are_found_by_label_name_and_code_forwards_too(
    desk: Desk, tmp_path: Path
) -> None:
    park(desk, "在先公司")
    done = take(
        desk,
        tmp_path,
        "id,name,uscc,branch_of,parent\n"
        f"H7,甲公司,,H9,在先公司\nH8,乙公司,,{CODE},\nH9,丙公司,{CODE},,H1\nH10,丁公司,,h8,无此公司\n",
    )
    assert done.added == (2, 3, 4, 5)
    found = {one.name: (one.branch_of, one.parent) for one in everyone(desk)}
    assert found["甲公司"] == (4, 1)
    assert found["乙公司"] == (4, None)
    assert found["丙公司"] == (None, None)
    assert found["丁公司"] == (3, None)
    assert faults(done) == [(4, "parent"), (5, "parent")]
    assert done.failed == 0


def test_without_labels_a_label_means_the_vault(desk: Desk, tmp_path: Path) -> None:
    park(desk, "在先公司")
    done = take(desk, tmp_path, "name,branch_of\n甲公司,H1\n乙公司,H9\n丙公司,丙公司\n")
    assert [one.branch_of for one in everyone(desk)] == [None, 1, None, None]
    assert faults(done) == [(3, "branch_of"), (4, "branch_of")]


def test_a_label_that_stands_twice_is_a_fault(desk: Desk, tmp_path: Path) -> None:
    assert faults(take(desk, tmp_path, "id,name\nH1,甲\nH1,乙\nx,丙\n")) == [(3, "id"), (4, "id")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "sheet is empty"),
        ("\n\n", "sheet is empty"),
        ("phone\n1\n", "Required headings are missing: name"),
        ("name,name\na,b\n", "Headings stand twice"),
        ("name,序号\na,b\n", "Unknown headings: 序号"),
        ("[", "no directory of handlers"),
        ('{"kind": "Due", "data": {}}', "no directory of handlers"),
        ('{"a": 1, "a": 2}', "no directory of handlers"),
        ("[" * 100_000, "no directory of handlers"),
        (b"\xff\xfe\x00", "neither UTF-8 nor"),
        ('"name\n', "never closed"),
    ],
)
def test_a_file_that_is_no_directory_is_refused_whole(
    desk: Desk, tmp_path: Path, text: str | bytes, problem: str
) -> None:
    with pytest.raises(BadInput, match=problem):
        take(desk, tmp_path, text)
    assert everyone(desk) == []


def test_json_records_with_faults_are_told_by_field(desk: Desk, tmp_path: Path) -> None:
    text = """[{"name": "甲", "phone": 1}, 5, {"name": "乙", "colour": "red"}, {"phone": "1"},
        {"name": "丙", "policy_days": {"amount": true, "unit": "day"}}, {"name": "=丁"},
        {"name": "戊", "aliases": ["a", 1]}, {"name": "己", "policy_days": "15wd"}]"""
    done = take(desk, tmp_path, text, "a.json")
    assert faults(done) == [
        (1, "phone"),
        (2, ""),
        (3, "colour"),
        (4, "name"),
        (5, "policy_days"),
        (7, "aliases"),
    ]
    assert [one.name for one in everyone(desk)] == ["=丁", "己"]


def test_a_file_with_another_ending_is_not_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="none of the endings"):
        handler_files.put_out(desk, tmp_path / "a.xls")


def test_too_many_rows_are_not_read(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pirights.workflow.handler_sheet.ROW_LIMIT", 2)
    done = take(desk, tmp_path, "name\n甲\n乙\n丙\n")
    assert done.added == (1, 2)
    assert "More than 2 rows" in str(done.faults[0].problem)


@pytest.mark.slow
def test_twenty_thousand_rows_are_taken_in_quickly(desk: Desk, tmp_path: Path) -> None:
    text = "name,phone,address\n" + "".join(
        f"样例{n}有限公司,0571-87654321,杭州市样例路{n}号\n" for n in range(20_000)
    )
    begin = perf_counter()
    assert len(take(desk, tmp_path, text).added) == 20_000
    assert perf_counter() - begin < 30
