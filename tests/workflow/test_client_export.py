"""A vault of one client alone: everything of theirs, as it was, and no octet of anybody else."""

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pirights import plain
from pirights.domain import merkle
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.case import Case
from pirights.domain.checkpoint import parse
from pirights.domain.document import Form
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.domain.reply import Reply
from pirights.errors import BadInput, NotFound, NotNextStep, VaultDamaged
from pirights.evidence import custody_proofs
from pirights.vault.journal import JournalRow
from pirights.vault.shelves import SHELVES, Record
from pirights.workflow import (
    bundles,
    cases,
    client_export,
    exhibits,
    put_right,
    put_right_replies,
    rendering,
    vault_care,
)
from pirights.workflow.client_export import Exported
from pirights.workflow.desk import Desk
from pirights.workflow.put_right_replies import Right
from tests.vault import pages
from tests.workflow import clinic, office
from tests.workflow.clinic import ONLY_SECOND, Clinic, inbox
from tests.workflow.office import said

NEW = "a passphrase of its own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A clinic's vault, and the vaults of its two clients made from it."""

    desk: Desk
    clinic: Clinic
    first: Desk
    second: Desk
    exported: Exported


def export(desk: Desk, number: int, out: Path) -> Exported:
    planned = client_export.plan(desk, number, out)
    return client_export.export(desk, planned, out, passphrase=NEW)


def opened(folder: Path) -> Desk:
    return vault_care.desk(folder, given=lambda: NEW, prompt=lambda: None, now=office.NOW)


@pytest.fixture(scope="module")
def made(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    place = tmp_path_factory.mktemp("clinic")
    desk = office.opened(Path(shutil.copytree(furnished, place / "vault")))
    with desk.vault:
        people = clinic.furnish(desk, place)
        exported = export(desk, 2, place / "first")
        export(desk, 3, place / "second")
        first, second = opened(place / "first"), opened(place / "second")
        with first.vault, second.vault:
            yield Made(desk=desk, clinic=people, first=first, second=second, exported=exported)


def test_the_new_vault_is_clean_and_so_is_the_old_one(made: Made) -> None:
    for desk in (made.desk, made.first, made.second):
        assert vault_care.check(desk) == []
    assert made.first.vault.id not in {made.desk.vault.id, made.second.vault.id}


def test_every_record_of_the_client_is_there_under_its_own_number(made: Made) -> None:
    ref = made.clinic.second.ref
    assert made.second.vault.get(Person, 3) == made.desk.vault.get(Person, 3)
    assert made.second.vault.find_all(Case) == made.desk.vault.find_all(Case, ref=ref)
    for cls, shelf in SHELVES.items():
        if "ref" in shelf.columns:
            there: list[Record] = made.second.vault.find_all(cls)
            assert there == made.desk.vault.find_all(cls, ref=ref), cls
            assert there or shelf.noun == "adjustment", cls
    assert made.second.vault.get(Encounter, 3) == made.desk.vault.get(Encounter, 3)
    assert [one.name for one in made.second.vault.find_all(Handler)] == [
        ONLY_SECOND,
        clinic.SHARED,
    ]


def test_the_files_are_there_to_the_octet(made: Made) -> None:
    came = [one for one in made.second.vault.attachments() if one.purpose != "former-log"]
    assert len(came) == 5
    for file in came:
        assert file == made.desk.vault.get(Attachment, file.id)
        assert b"".join(made.second.vault.chunks(file)) == b"".join(made.desk.vault.chunks(file))
    assert {one.owner for one in came} >= {"P3", "E3", f"{made.clinic.second.ref}/1"}


def test_no_octet_of_anybody_else_is_in_the_new_vault(made: Made) -> None:
    data = pages.plain(made.second.vault)
    for word in made.clinic.second.words:
        assert word.encode() in data, "the pages can be read at all"
    for other in (made.clinic.owner, made.clinic.first):
        assert [word for word in other.words if word.encode() in data] == []
    old = {row.seq: row for row in made.desk.vault.journal_rows()}
    logged = {row.seq for row in former(made.second, made.clinic.second.ref)}
    for seq, row in old.items():
        assert row.salt.encode() not in data, "the former log lies packed"
        assert (seq in logged) or row.digest.encode() not in data
    assert made.desk.vault.get(Person, 2).id_number.encode() not in data


def test_who_acts_for_the_client_goes_along_without_the_card_number(made: Made) -> None:
    owner = made.desk.vault.get(Person, 1)
    assert made.first.vault.get(Person, 1).name == owner.name
    assert made.first.vault.get(Person, 1).id_number == ""
    with pytest.raises(NotFound):
        made.second.vault.get(Person, 1)
    data = pages.plain(made.first.vault)
    assert [word for word in made.clinic.second.words if word.encode() in data] == []
    ours = {made.clinic.owner.ref, "壹壹壹", owner.id_number}
    assert [word for word in ours if word.encode() in data] == []
    planned = client_export.plan(made.desk, 2, Path("elsewhere"))
    assert "P1 acts for the person" in said(planned.notices)


def test_the_new_log_begins_with_where_it_was_taken_from(made: Made) -> None:
    rows = list(made.first.vault.journal_rows())
    assert [row.kind for row in rows][:2] == ["vault.created", "vault.taken-from"]
    told = json.loads(rows[1].payload or "")
    assert told["vault"] == made.desk.vault.id
    assert (told["size"], told["root"]) == (
        made.exported.checkpoint.size,
        made.exported.checkpoint.root.hex(),
    )
    noted = [row for row in made.desk.vault.journal_rows() if row.kind == "vault.exported"]
    assert [row.subject for row in noted] == ["P2", "P3"]
    assert json.loads(noted[0].payload or "")["vault"] == made.first.vault.id


def former(desk: Desk, ref: str) -> list[JournalRow]:
    """The rows of a case in the log of its former vault, and proofs that they were in it."""
    (file,) = [one for one in desk.vault.attachments(ref) if one.purpose is Purpose.FORMER_LOG]
    with zipfile.ZipFile(io.BytesIO(b"".join(desk.vault.chunks(file)))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    rows = [
        plain.from_plain(JournalRow, json.loads(line))
        for line in held["custody/journal.jsonl"].splitlines()
    ]
    checkpoint = parse(held["custody/checkpoint.txt"])
    proofs = custody_proofs.read(held["custody/proofs.json"])
    for row, proof in zip(rows, proofs.rows, strict=True):
        assert merkle.is_included(
            row.leaf(),
            proof.path,
            index=proof.index,
            size=checkpoint.size,
            root=checkpoint.root,
        )
    return rows


def test_when_it_was_first_written_down_is_kept_with_proofs(made: Made) -> None:
    ref = made.clinic.second.ref
    rows = former(made.second, ref)
    old = {row.seq: row for row in made.desk.vault.journal_rows()}
    assert {row.kind for row in rows} >= {"encounter.added", "letter.sent", "reply.added"}
    ours = {row.seq for row in exhibits.custody(made.desk, cases.show(made.desk, ref))}
    assert {row.seq for row in rows} == ours
    for row in rows:
        assert row.leaf() == old[row.seq].leaf()
    words = "".join(row.payload or "" for row in rows)
    assert "叁叁叁" in words
    for other in (made.clinic.owner, made.clinic.first):
        assert not any(word in words for word in other.words)


def test_a_bundle_of_the_new_vault_is_valid_and_holds_the_former_log(
    made: Made, tmp_path: Path
) -> None:
    ref = made.clinic.second.ref
    shutil.copytree(made.second.vault.folder, tmp_path / "copy")
    copy = opened(tmp_path / "copy")
    with copy.vault:
        built = bundles.build(copy, ref, out=tmp_path / "bundle")
    verdict = bundles.check(tmp_path / "bundle", strict=True)
    assert (verdict.findings, verdict.verdict) == ((), "valid")
    (log,) = [one for one in built.exhibits if one.original_name.startswith("log-of-vault-")]
    packed = (tmp_path / "bundle" / "data" / log.path).read_bytes()
    assert zipfile.ZipFile(io.BytesIO(packed)).testzip() is None


def test_the_letters_of_the_new_vault_are_the_same_paper(made: Made) -> None:
    ref = made.clinic.first.ref
    one = made.desk.letter(ref)[1]
    two = made.first.letter(ref)[1]
    assert rendering.paper(one.document, Form.PDF) == rendering.paper(two.document, Form.PDF)
    there, here = cases.show(made.first, ref), cases.show(made.desk, ref)
    assert there.standing.letters == here.standing.letters
    assert (there.standing.deadlines, there.next) == (here.standing.deadlines, here.next)
    assert there.attachments == here.attachments


def test_a_second_export_from_the_new_vault_keeps_both_logs(made: Made, tmp_path: Path) -> None:
    again = export(made.second, 3, tmp_path / "again")
    desk = opened(again.folder)
    with desk.vault:
        assert vault_care.check(desk) == []
        names = [one.name for one in desk.vault.attachments(made.clinic.second.ref)]
        assert names == [f"log-of-vault-{one.vault.id[:8]}.zip" for one in (made.desk, made.second)]


def test_a_message_moved_from_another_client_does_not_tell_from_where(
    desk: Desk, tmp_path: Path
) -> None:
    people = clinic.furnish(desk, tmp_path)
    office.answer(desk, people.first.ref, tmp_path, "误放的来函正文", "误放.txt")
    label = desk.vault.find_all(Reply)[0].label
    act = put_right_replies.correct(
        desk, label, Right(to=people.second.ref), because="那是龚甲一的事"
    )
    put_right.done(desk, act)
    export(desk, 3, tmp_path / "out")
    other = opened(tmp_path / "out")
    with other.vault:
        assert vault_care.check(other) == []
        moved = other.vault.find_all(Reply)[0]
        assert (moved.text, moved.amendments[0].because) == ("误放的来函正文", "")
        data = pages.plain(other.vault)
        assert [word for word in people.first.words if word.encode() in data] == []
        assert "龚甲一".encode() not in data


def test_what_seems_to_name_somebody_else_and_what_is_nobodys_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    people = clinic.furnish(desk, tmp_path)
    cases.note(desk, people.second.ref, f"与龚甲一同住，见{people.first.ref}")
    office.scan(desk, place="别处")
    inbox(desk, tmp_path, "不知是谁的来函")
    told = said(client_export.plan(desk, 3, tmp_path / "out").notices)
    assert "hand the new vault on" in told
    assert people.second.ref in told
    assert people.first.ref not in told
    assert "Scans that are in no case stay here: 1" in told
    assert "Messages in the inbox, which are in no case, stay here: 1" in told


def test_a_scan_of_two_people_goes_along_and_is_told(desk: Desk, tmp_path: Path) -> None:
    people = clinic.furnish(desk, tmp_path)
    ref = office.case(desk, handler=1, person=3, encounters=(1,)).case.ref
    assert ref != people.second.ref
    planned = client_export.plan(desk, 3, tmp_path / "out")
    assert planned.client.shared == {1}
    assert "E1" in said(planned.notices)


@pytest.mark.parametrize("passphrase", ["", "short"])
def test_a_weak_passphrase_leaves_nothing_behind(
    desk: Desk, tmp_path: Path, passphrase: str
) -> None:
    clinic.furnish(desk, tmp_path)
    out = tmp_path / "out"
    planned = client_export.plan(desk, 3, out)
    with pytest.raises(BadInput):
        client_export.export(desk, planned, out, passphrase=passphrase)
    assert not out.exists()
    assert "vault.exported" not in office.kinds(desk)


def test_a_damaged_file_makes_no_vault(desk: Desk, tmp_path: Path) -> None:
    clinic.furnish(desk, tmp_path)
    desk.vault._connection.execute(
        "UPDATE chunk SET bytes = zeroblob(length(bytes)) WHERE attachment IN"
        " (SELECT id FROM attachment WHERE owner = 'P3')"
    )
    with pytest.raises(VaultDamaged):
        export(desk, 3, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_where_something_lies_already_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    clinic.furnish(desk, tmp_path)
    with pytest.raises(NotFound):
        client_export.plan(desk, 9, tmp_path / "out")
    with pytest.raises(NotNextStep):
        client_export.plan(desk, 3, desk.vault.folder)
    with pytest.raises(BadInput, match="not empty"):
        client_export.plan(desk, 3, tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="cannot be written"):
        export(desk, 3, tmp_path / "file" / "below")
    with pytest.raises(BadInput, match="not a folder"):
        client_export.plan(desk, 3, tmp_path / "file")
    (tmp_path / "empty").mkdir()
    assert export(desk, 3, tmp_path / "empty").folder.is_dir()
