"""A client's data are erased for good; everybody else's, and the log's proofs, stay."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from pirights.domain.case import Case, Outcome
from pirights.domain.dispatch import Letter
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.errors import BadInput, NotFound, NotNextStep
from pirights.vault.journal import JournalRow
from pirights.workflow import (
    bundles,
    cases,
    checkpoints,
    client_erasure,
    client_export,
    directory,
    vault_care,
)
from pirights.workflow.client_erasure import Erased
from pirights.workflow.desk import Desk
from tests.vault import pages
from tests.workflow import clinic, office
from tests.workflow.clinic import ONLY_SECOND, SHARED, Clinic


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A clinic's vault from which the second client was erased, and what it was before."""

    desk: Desk
    clinic: Clinic
    before: list[JournalRow]
    data_before: bytes
    owner_before: cases.Shown
    checkpoint: str
    done: Erased


@pytest.fixture(scope="module")
def made(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    place = tmp_path_factory.mktemp("clinic")
    desk = office.opened(Path(shutil.copytree(furnished, place / "vault")))
    with desk.vault:
        people = clinic.furnish(desk, place)
        bundles.build(desk, people.second.ref, out=place / "given-out")
        with desk.vault.change(now=desk.now) as change:
            change.note("id-copy.made", "", {"text": "仅供彭乙二办理"})
        stamped = checkpoints.of_now(desk)
        (place / "checkpoint.txt").write_bytes(stamped.text())
        yield Made(
            desk=desk,
            clinic=people,
            before=list(desk.vault.journal_rows()),
            data_before=pages.plain(desk.vault),
            owner_before=cases.show(desk, people.owner.ref),
            checkpoint=str(place / "checkpoint.txt"),
            done=client_erasure.erase(desk, 3, because="应其本人请求"),
        )


def test_no_octet_of_the_client_is_left_but_the_labels_of_rows(made: Made) -> None:
    for word in (*made.clinic.second.words, ONLY_SECOND):
        assert word.encode() in made.data_before, "the pages can be read at all"
    data = pages.plain(made.desk.vault)
    left = [word for word in (*made.clinic.second.words, ONLY_SECOND) if word.encode() in data]
    assert left == [made.clinic.second.ref]
    labels = [row.subject for row in made.before if made.clinic.second.ref in row.subject]
    assert data.count(made.clinic.second.ref.encode()) == len(labels)
    assert made.done.swept


def test_everybody_elses_is_as_it_was(made: Made) -> None:
    assert cases.show(made.desk, made.clinic.owner.ref) == made.owner_before
    assert [one.name for one in made.desk.vault.find_all(Handler)] == [SHARED]
    assert [one.id for one in made.desk.vault.find_all(Person)] == [2, 1]
    for client in (made.clinic.owner, made.clinic.first):
        data = pages.plain(made.desk.vault)
        assert [word for word in client.words if word.encode() not in data] == []


def test_the_vault_is_clean_and_its_checkpoints_hold(made: Made) -> None:
    assert vault_care.check(made.desk, [Path(made.checkpoint)]) == []
    after = list(made.desk.vault.journal_rows())
    assert [row.hash for row in after[:-1]] == [row.hash for row in made.before]


def test_the_log_tells_that_when_and_why_and_not_what(made: Made) -> None:
    *rows, told = made.desk.vault.journal_rows()
    assert (told.kind, told.subject) == ("person.erased", "P3")
    payload = json.loads(told.payload or "")
    assert payload["because"] == "应其本人请求"
    assert payload["records"]["person"] == [3]
    silent = [row for row in rows if row.payload is None]
    assert len(silent) == made.done.payloads
    assert {row.kind for row in silent} >= {"person.added", "bundle.built", "id-copy.made"}
    assert "bundle.built" in {row.kind for row in silent}
    others = {made.clinic.first.ref, made.clinic.owner.ref, "P1", "P2", "E1", "E2", "H1"}
    assert not [row for row in silent if row.subject in others]


def test_what_is_gone_is_not_found_and_the_rest_goes_on(made: Made) -> None:
    for act in (
        lambda: cases.show(made.desk, made.clinic.second.ref),
        lambda: client_erasure.plan(made.desk, 3),
        lambda: directory.person(made.desk, 3),
    ):
        with pytest.raises(NotFound):
            act()
    assert made.desk.vault.search_encounters("叁叁叁") == []
    assert len(made.desk.vault.search_encounters("贰贰贰")) == 1
    assert directory.add_person(made.desk, Person(id=0, name="后来者")).id == 4


def test_the_preview_counts_everything_and_says_what_stays(desk: Desk, tmp_path: Path) -> None:
    people = clinic.furnish(desk, tmp_path)
    planned = client_erasure.plan(desk, 3)
    assert dict(planned.counts) == {
        **dict.fromkeys(("person", "handler", "encounter", "case", "letter", "reply"), 1),
        **dict.fromkeys(("note", "told", "cost", "batch_row"), 1),
        "attachment": 5,
    }
    assert planned.octets == sum(one.size for one in planned.client.files)
    assert planned.open == (people.second.ref,)
    assert [one.on for one in planned.running] == sorted(one.on for one in planned.running)
    assert planned.running
    assert planned.staying == ("H1",)
    assert not planned.exported
    client_export.export(
        desk,
        client_export.plan(desk, 3, tmp_path / "out"),
        tmp_path / "out",
        passphrase="a passphrase of its own",  # noqa: S106 (of a test)
    )
    assert client_erasure.plan(desk, 3).exported


def test_what_others_need_stays(desk: Desk, tmp_path: Path) -> None:
    clinic.furnish(desk, tmp_path)
    office.case(desk, handler=1, person=1, encounters=(3,))
    branch = office.park(desk, "宁波镜湖商贸有限公司一分店", branch_of=2)
    planned = client_erasure.plan(desk, 3)
    assert planned.staying == ("E3", "H1", "H2")
    client_erasure.erase(desk, 3)
    assert vault_care.check(desk) == []
    assert desk.vault.get(Handler, branch.id).branch_of == 2
    assert desk.vault.get(Handler, 2).name == ONLY_SECOND


def test_what_stays_and_names_the_client_is_told(desk: Desk, tmp_path: Path) -> None:
    people = clinic.furnish(desk, tmp_path)
    cases.note(desk, people.first.ref, "与彭乙二同住")
    office.scan(desk, place="别处", note="彭乙二也在")
    planned = client_erasure.plan(desk, 3)
    assert set(planned.named) == {people.first.ref, "E4"}
    assert planned.loose == 1


def test_the_owner_and_who_acts_for_others_are_not_erased(desk: Desk, tmp_path: Path) -> None:
    clinic.furnish(desk, tmp_path)
    with pytest.raises(NotNextStep, match="owner"):
        client_erasure.erase(desk, 1)
    directory.edit_person(desk, 2, {"representative": 3})
    with pytest.raises(NotNextStep, match=r"P3 acts for others: \['P2'\]"):
        client_erasure.erase(desk, 3)
    directory.edit_person(desk, 2, {"representative": 1})
    client_erasure.erase(desk, 3)
    assert vault_care.check(desk) == []


def test_while_a_case_is_before_a_court_nothing_is_erased(desk: Desk, tmp_path: Path) -> None:
    people = clinic.furnish(desk, tmp_path)
    first = desk.letter(people.second.ref)[1]
    suit = replace(first, id=0, number=5, kind=FollowUp.COURT.value, on=date(2026, 11, 23))
    with desk.vault.change(now=desk.now) as change:
        change.add(suit)
    with pytest.raises(NotNextStep, match="before a court"):
        client_erasure.plan(desk, 3)
    cases.close(desk, people.second.ref, outcome=Outcome.FULL)
    client_erasure.erase(desk, 3)
    assert desk.vault.find_all(Letter, ref=people.second.ref) == []


def test_a_reason_that_names_the_client_is_refused(desk: Desk, tmp_path: Path) -> None:
    people = clinic.furnish(desk, tmp_path)
    for because in ("彭乙二要求的", f"{people.second.ref} 已了结"):
        with pytest.raises(BadInput, match="names the person"):
            client_erasure.erase(desk, 3, because=because)
    assert desk.vault.count(Case) == 3


def test_a_client_without_a_case_is_erased_too(desk: Desk) -> None:
    directory.add_person(desk, Person(id=0, name="未立案者"))
    done = client_erasure.erase(desk, 2)
    assert dict(done.planned.counts) == {"person": 1}
    assert vault_care.check(desk) == []
    assert "未立案者".encode() not in pages.plain(desk.vault)
