import dataclasses
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from pirights.domain.adjustment import Adjustment, Told
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.case import Case, CaseNote
from pirights.domain.cost import Cost
from pirights.domain.dispatch import Letter
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.domain.reply import Reply
from pirights.errors import BadInput, NotFound, VaultDamaged, VaultLocked
from pirights.vault import store
from tests.vault import sample


def test_every_kind_of_record_comes_back(vault: store.Vault, photo: Path) -> None:
    sample.fill(vault, photo)
    assert vault.get(Person, 1).name == "郭样例"
    assert vault.get(Handler, 1).label == "H1"
    assert vault.get(Encounter, 1).handlers[0].handler == 1
    assert vault.find_all(Case, ref=sample.REF)[0].rights == ("know", "delete")
    assert vault.find_all(Letter, ref=sample.REF)[0] == vault.get(Letter, 1)
    assert vault.get(Letter, 1).document.blocks[1] == sample.letter("r", "n").document.blocks[1]
    assert vault.find_all(Reply, ref=sample.REF)[0].text == "我们已删除您的人脸信息。"
    assert vault.find_all(CaseNote, ref=sample.REF)[0].text == "打电话问过"
    assert vault.find_all(Adjustment, ref=sample.REF) == [
        dataclasses.replace(sample.adjustment(), id=1)
    ]
    assert vault.find_all(Told, ref=sample.REF) == [dataclasses.replace(sample.told(), id=1)]
    assert vault.find_all(Cost, ref=sample.REF) == [dataclasses.replace(sample.cost(), id=1)]
    assert vault.find_all(Attachment, owner="E1") == vault.attachments("E1")
    assert vault.check() == []


def test_what_is_kept_survives_closing(folder: Path, photo: Path) -> None:
    with sample.opened(folder) as vault:
        kept = sample.fill(vault, photo)
        rows = list(vault.journal_rows())
    with sample.opened(folder) as vault:
        assert vault.attachments() == [kept]
        assert b"".join(vault.chunks(kept)) == photo.read_bytes()
        assert list(vault.journal_rows()) == rows
        assert vault.zone == "Asia/Shanghai"
        assert vault.format == 4
        assert vault.slots == ("passphrase", "recovery")
        assert vault.check() == []


def test_a_missing_record_is_named_as_people_name_it(vault: store.Vault) -> None:
    for cls, label in ((Encounter, "E7"), (Handler, "H7"), (Person, "P7"), (Reply, "I7")):
        with pytest.raises(NotFound, match=f"no {label} "):
            vault.get(cls, 7)
    with pytest.raises(NotFound, match="no H9 "), vault.change(now=sample.NOW) as change:
        change.add(sample.encounter(handlers=(9,)))
    with pytest.raises(NotFound, match="no H5 "), vault.change(now=sample.NOW) as change:
        change.replace(Handler(id=5, name="x"), kind="handler.edited")


def test_lists_are_newest_first_and_limited(vault: store.Vault) -> None:
    hours = [5, 1, 9, 5]
    with vault.change(now=sample.NOW) as change:
        for hour in hours:
            change.add(sample.encounter(at=sample.NOW + timedelta(hours=hour)))
    assert [found.id for found in vault.find_all(Encounter)] == [3, 4, 1, 2]
    assert [found.id for found in vault.find_all(Encounter, newest_first=False)] == [2, 1, 4, 3]
    assert [found.id for found in vault.find_all(Encounter, limit=2)] == [3, 4]
    assert vault.find_all(Encounter, limit=0) == []
    assert vault.count(Encounter) == 4
    at = sample.NOW + timedelta(hours=5)
    assert vault.count(Encounter, at=at) == len(vault.find_all(Encounter, at=at)) == 2


def test_encounters_are_found_by_their_handlers(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW) as change:
        one, two = change.add(sample.handler("甲")), change.add(sample.handler("乙"))
        change.add(sample.encounter(handlers=(one.id, two.id)))
        scan = change.add(sample.encounter(handlers=(one.id,)))
    assert vault.count(Encounter, handler=one.id) == 2
    assert [found.id for found in vault.find_all(Encounter, handler=two.id)] == [1]
    moved = sample.encounter(handlers=(two.id,))
    with vault.change(now=sample.NOW) as change:
        change.replace(_numbered(moved, scan.id), kind="encounter.edited")
    assert vault.count(Encounter, handler=one.id) == 1
    assert vault.count(Encounter, handler=two.id) == 2
    assert vault.check() == []


def _numbered(encounter: Encounter, number: int) -> Encounter:
    return dataclasses.replace(encounter, id=number)


def test_a_column_that_is_not_there_is_a_programming_error(vault: store.Vault) -> None:
    with pytest.raises(KeyError):
        vault.find_all(Encounter, colour="red")


def test_what_cannot_be_in_the_vault_is_not_found(vault: store.Vault) -> None:
    assert vault.find_all(Case, ref="\udcff") == []
    assert vault.count(Case, ref="a\0b") == 0


def test_an_unreadable_record_is_damage(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW) as change:
        change.add(sample.encounter())
    vault._connection.execute("UPDATE encounter SET record = '{}'")
    with pytest.raises(VaultDamaged, match="unreadable record: encounter"):
        vault.get(Encounter, 1)


def test_a_change_that_fails_leaves_nothing(vault: store.Vault, photo: Path) -> None:
    before = list(vault.journal_rows())

    def fail() -> None:
        with vault.change(now=sample.NOW) as change:
            change.add(sample.encounter())
            change.attach(photo, owner="E1", purpose=Purpose.ENCOUNTER)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert vault.count(Encounter) == 0
    assert vault.attachments() == []
    assert list(vault.journal_rows()) == before
    assert vault.search_encounters("检票") == []
    assert vault.check() == []


def test_a_change_within_a_change_is_a_programming_error(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW), pytest.raises(RuntimeError), vault.change(now=sample.NOW):
        pass


def test_only_a_record_without_a_number_can_be_added(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW) as change, pytest.raises(ValueError, match="number"):
        change.add(Person(id=3))


def test_numbers_are_never_given_twice(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW) as change:
        assert [change.add(sample.encounter()).id for _ in range(3)] == [1, 2, 3]
    vault._connection.execute("DELETE FROM encounter WHERE id = 3")
    with vault.change(now=sample.NOW) as change:
        assert change.add(sample.encounter()).id == 4


def test_every_change_stands_in_the_journal(vault: store.Vault, photo: Path) -> None:
    sample.fill(vault, photo)
    with vault.change(now=sample.later(5)) as change:
        change.replace(Handler(id=1, name="新名"), kind="handler.edited")
        change.note("bundle.built", sample.REF, {"root": "00"})
    rows = list(vault.journal_rows())
    assert [(row.kind, row.subject, row.record) for row in rows] == [
        ("vault.created", "", ""),
        ("person.added", "P1", "person/1"),
        ("handler.added", "H1", "handler/1"),
        ("encounter.added", "E1", "encounter/1"),
        ("case.added", sample.REF, "case/1"),
        ("letter.added", f"{sample.REF}/1", "letter/1"),
        ("reply.added", f"{sample.REF}/2", "reply/1"),
        ("note.added", sample.REF, "note/1"),
        ("adjustment.added", sample.REF, "adjustment/1"),
        ("told.added", sample.REF, "told/1"),
        ("cost.added", "C1", "cost/1"),
        ("batch_row.added", sample.REF, "batch_row/1"),
        ("attachment.added", "E1", "attachment/1"),
        ("handler.edited", "H1", "handler/1"),
        ("bundle.built", sample.REF, ""),
    ]
    assert rows[-1].payload == '{"root":"00"}'
    assert {row.zone for row in rows} == {"Asia/Shanghai"}


def test_a_new_passphrase_takes_the_place_of_the_old(folder: Path, code: str) -> None:
    with sample.opened(folder) as vault:
        vault.rewrap("another good phrase", now=sample.NOW)
        assert vault.slots == ("passphrase", "recovery")
        assert [row.kind for row in vault.journal_rows()][-1] == "vault.passphrase"
        assert vault.check() == []
    with pytest.raises(VaultLocked):
        sample.opened(folder)
    sample.opened(folder, "another good phrase").close()
    sample.opened(folder, code).close()
    assert {path.name for path in folder.iterdir()} == {"vault.db", "vault.json"}


def test_a_bad_new_passphrase_changes_nothing(folder: Path) -> None:
    with sample.opened(folder) as vault:
        with pytest.raises(BadInput):
            vault.rewrap("short", now=sample.NOW)
        assert [row.kind for row in vault.journal_rows()] == ["vault.created"]
    sample.opened(folder).close()


_WRITER = """
import sys
from pathlib import Path
from tests.vault import sample
with sample.opened(Path(sys.argv[1])) as vault:
    for number in range(int(sys.argv[2])):
        with vault.change(now=sample.later(number)) as change:
            print(change.add(sample.encounter(f"{sys.argv[3]} {number}")).id, flush=True)
"""


def test_two_processes_that_write_at_once_lose_nothing(folder: Path) -> None:
    root = Path(__file__).parents[2]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(folder), "40", name],
            cwd=root,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two", "three")
    ]
    said = [writer.communicate(timeout=120)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    with sample.opened(folder) as vault:
        notes = {str(found.id): found.note for found in vault.find_all(Encounter)}
        assert vault.check() == []
    assert len(notes) == 120
    for name, numbers in zip(("one", "two", "three"), said, strict=True):
        assert [notes[number] for number in numbers] == [f"{name} {i}" for i in range(40)]


def test_the_bytes_on_the_disk_are_counted(vault: store.Vault, photo: Path) -> None:
    before = vault.bytes_on_disk()
    sample.fill(vault, photo)
    assert vault.bytes_on_disk() >= before + photo.stat().st_size
