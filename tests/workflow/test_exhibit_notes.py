"""The owner's words on an exhibit: kept, journalled, in the catalogue, and taken back."""

from pathlib import Path

import pytest

from pirights.domain.bundle import Group
from pirights.domain.catalogue import read_catalogue_json
from pirights.errors import BadInput, NotFound
from pirights.workflow import bundles, exhibit_notes
from pirights.workflow.desk import Desk
from tests.workflow import office
from tests.workflow.office import case, park, scan, sent


@pytest.fixture
def ref(desk: Desk, tmp_path: Path) -> str:
    for name in ("闸机.txt", "年卡.txt"):
        (tmp_path / name).write_text(name)
    scan(desk, park(desk), files=(tmp_path / "闸机.txt", tmp_path / "年卡.txt"))
    return case(desk).case.ref


def test_words_of_ones_own_stand_in_the_catalogue_and_in_the_journal(
    desk: Desk, ref: str, tmp_path: Path
) -> None:
    words = {"purpose": "证明闸机不设其他通道。", "held": "原件由物业保存", "title_en": "The gate"}
    done = exhibit_notes.describe(desk, ref, "E002", words=words)
    assert done.before.original_name == "闸机.txt"
    assert done.after.purpose.zh == done.after.purpose.en == "证明闸机不设其他通道。"
    assert (done.after.title.zh, done.after.title.en) == (done.before.title.zh, "The gate")
    assert office.kinds(desk)[-1] == "case.exhibit"
    built = bundles.build(desk, ref, out=tmp_path / "b")
    assert bundles.check(built.path, strict=True).valid
    rows = read_catalogue_json((built.path / "data/01-catalogue.json").read_bytes())
    assert (rows[1].purpose, rows[1].held) == ("证明闸机不设其他通道。", "原件由物业保存")


def test_another_group_moves_the_exhibit_and_brings_the_purpose_of_that_group(
    desk: Desk, ref: str
) -> None:
    done = exhibit_notes.describe(desk, ref, "闸机.txt", words={}, group=Group.LOSS)
    assert (done.before.number, done.after.number) == (2, 3)
    assert done.after.purpose == Group.LOSS.purpose
    listed = exhibit_notes.listed(desk, ref)
    assert [one.original_name for one in listed.exhibits] == ["年卡.txt", "E1.txt", "闸机.txt"]
    assert listed.own == {3}


def test_words_follow_their_exhibit_when_others_come_before_it(desk: Desk, ref: str) -> None:
    exhibit_notes.describe(desk, ref, "E003", words={"title": "我的记录"})
    exhibit_notes.describe(desk, ref, "闸机.txt", words={}, group=Group.IDENTITY)
    sent(desk, ref)
    exhibit_notes.describe(desk, ref, "law.txt", words={"title": "法律规定"})
    titles = {one.original_name: one.title.zh for one in exhibit_notes.listed(desk, ref).exhibits}
    assert (titles["E1.txt"], titles["law.txt"]) == ("我的记录", "法律规定")


def test_suggested_words_come_back(desk: Desk, ref: str) -> None:
    before = exhibit_notes.listed(desk, ref).exhibits
    exhibit_notes.describe(
        desk, ref, "E002", words={"title": "甲", "purpose": "乙"}, group=Group.LAW
    )
    exhibit_notes.describe(desk, ref, "闸机.txt", words={"title": ""})
    assert "现场材料" in exhibit_notes.listed(desk, ref, "闸机.txt").exhibits[0].title.zh
    done = exhibit_notes.describe(desk, ref, "闸机.txt", words={}, reset=True)
    assert done.after == before[1]
    assert exhibit_notes.listed(desk, ref).exhibits == before
    assert desk.case(ref).exhibit_notes == ()


def test_what_changes_nothing_is_not_written_down(desk: Desk, ref: str) -> None:
    before = office.kinds(desk)
    exhibit_notes.describe(desk, ref, "E002", words={}, reset=True)
    assert office.kinds(desk) == before


def test_what_is_not_there_or_not_clear_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    handler = park(desk)
    for _ in range(2):
        scan(desk, handler, files=(tmp_path / "a.txt",))
    ref = case(desk).case.ref
    with pytest.raises(NotFound, match="E099"):
        exhibit_notes.listed(desk, ref, "E099")
    with pytest.raises(BadInput, match="E001, E002"):
        exhibit_notes.describe(desk, ref, "a.txt", words={"title": "x"})
    with pytest.raises(BadInput):
        exhibit_notes.describe(desk, ref, "E001", words={"title": "x\x1b[2J"})
