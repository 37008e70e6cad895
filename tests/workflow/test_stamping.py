"""`pirights stamp` with a real authority on loopback: what is kept and said, what a fault does."""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pirights import clock, settings
from pirights.domain import checkpoint
from pirights.domain.merkle import Tree
from pirights.errors import BadInput, NetworkRefused, NotFound
from pirights.evidence import timestamp_token
from pirights.workflow import cases, checkpoints, exhibits, stamping, time_stamping
from pirights.workflow.desk import Desk
from tests import needs, tsa
from tests.workflow import office
from tests.workflow.office import said

pytestmark = needs.program("openssl")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tsa.Authority]:
    with tsa.running(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """At the real moment: the authority's clock is the real one."""
    return replace(desk, now=clock.now())


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "time_stamps", settings.TimeStamps)


def test_a_checkpoint_is_of_the_whole_journal_and_is_kept_with_its_time_stamp(
    desk: Desk, authority: tsa.Authority
) -> None:
    ref = office.begun(desk)
    rows = list(desk.vault.journal_rows())
    done = stamping.stamp(desk, ref, url=authority.url, roots=[authority.root])
    tree = Tree()
    for row in rows:
        tree.append(row.leaf())
    assert (done.checkpoint.size, done.checkpoint.root) == (len(rows), tree.root())
    assert done.checkpoint.claimed_at == desk.now
    assert (done.trusted, done.signer) == (True, "Test TSA")
    custody = exhibits.custody(desk, cases.show(desk, ref))
    assert done.rows == tuple(row.seq for row in custody)
    assert done.rows
    (kept,) = checkpoints.kept(desk)
    assert checkpoint.parse(kept.text) == kept.checkpoint == done.checkpoint
    row = list(desk.vault.journal_rows())[-1]
    assert (row.kind, row.subject) == ("checkpoint.stamped", "")
    told = json.loads(row.payload or "")
    assert (told["size"], told["root"]) == (len(rows), tree.root().hex())
    assert datetime.fromisoformat(told["time"]) == done.time
    assert desk.vault.check() == []


def test_the_text_that_is_stamped_names_neither_vault_nor_person_nor_case(
    desk: Desk, authority: tsa.Authority
) -> None:
    ref = office.begun(desk)
    stamping.stamp(desk, ref, url=authority.url)
    (kept,) = checkpoints.kept(desk)
    for word in (desk.vault.id, ref, "林知远", "Shanghai"):
        assert word not in kept.text.decode()


def test_without_a_root_the_time_stamp_is_kept_and_not_called_proved(
    desk: Desk, authority: tsa.Authority
) -> None:
    done = stamping.stamp(desk, url=authority.url)
    assert not done.trusted
    assert "no root certificate was given" in said(done.warnings)
    assert len(checkpoints.kept(desk)) == 1


def test_a_clock_some_minutes_off_is_told_and_both_times_are_kept(
    desk: Desk, authority: tsa.Authority
) -> None:
    late = replace(desk, now=desk.now + timedelta(minutes=50))
    done = stamping.stamp(late, url=authority.url, roots=[authority.root])
    assert "not near this computer's" in said(done.warnings)
    assert done.checkpoint.claimed_at - done.time > timedelta(minutes=49)
    assert len(checkpoints.kept(desk)) == 1


@pytest.mark.parametrize(("hours", "out"), [(-2, None), (2, None), (2, "copy.txt")])
def test_a_time_two_hours_off_is_not_taken_and_its_answer_lies_in_a_file(
    desk: Desk, authority: tsa.Authority, tmp_path: Path, hours: int, out: str | None
) -> None:
    off = replace(desk, now=desk.now + timedelta(hours=hours))
    copy = Path(out) if out else None
    size = desk.vault.journal_length()
    with contextlib.chdir(tmp_path), pytest.raises(NetworkRefused) as wrong:
        stamping.stamp(off, url=authority.url, roots=[authority.root], out=copy)
    assert checkpoints.kept(desk) == []
    (answer,) = tmp_path.glob("*.tsr")
    token = timestamp_token.read(answer.read_bytes())
    stem = "copy" if out else f"checkpoint-{size}"
    assert answer.name == f"{stem}-not-taken-{token.time:%Y%m%dT%H%M%SZ}.tsr"
    text = answer.with_suffix(".txt").read_bytes()
    assert checkpoint.parse(text).claimed_at == off.now
    assert token.imprint == hashlib.sha256(text).digest()
    for moment in (token.time, off.now):
        assert time_stamping.told(moment) in str(wrong.value)
    assert wrong.value.details["stamped"] is False
    assert wrong.value.details["not_taken"] == str(answer)
    row = list(desk.vault.journal_rows())[-1]
    told = json.loads(row.payload or "")
    assert (row.kind, told["kept"]) == ("checkpoint.refused", answer.name)
    assert datetime.fromisoformat(told["own_time"]) == off.now
    assert datetime.fromisoformat(told["time"]) == token.time
    assert not (tmp_path / "copy.txt").exists()


def test_with_nobody_named_no_time_exists_and_the_journal_is_as_before(desk: Desk) -> None:
    before = office.kinds(desk)
    with pytest.raises(NetworkRefused, match="No third party confirms a time"):
        stamping.stamp(desk)
    assert office.kinds(desk) == before


@pytest.mark.parametrize(
    "fault", ["500", "page", "elsewhere", "to-http", "wrong-nonce", "wrong-imprint", "rejection"]
)
def test_an_authority_that_fails_leaves_a_row_in_the_journal_and_no_checkpoint(
    desk: Desk, authority: tsa.Authority, fault: str
) -> None:
    rows = desk.vault.journal_length()
    with pytest.raises(NetworkRefused, match=f"up to row {rows}: "):
        stamping.stamp(desk, url=authority.url + fault, roots=[authority.root])
    assert checkpoints.kept(desk) == []
    assert office.kinds(desk)[rows:] == ["checkpoint.refused"]


def test_a_root_that_does_not_vouch_for_the_authority_keeps_nothing(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    tsa.keys(tmp_path / "rogue")
    with pytest.raises(NetworkRefused, match="root certificates"):
        stamping.stamp(desk, url=authority.url, roots=[tmp_path / "rogue" / "root.pem"])
    assert checkpoints.kept(desk) == []


def test_a_copy_is_written_beside_the_vault_and_never_over_anything(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    out = tmp_path / "copy.txt"
    done = stamping.stamp(desk, url=authority.url, out=out)
    (kept,) = checkpoints.kept(desk)
    assert done.files == (out, tmp_path / "copy.txt.tsr")
    assert [path.read_bytes() for path in done.files] == [kept.text, kept.token]
    out.unlink()
    rows = desk.vault.journal_length()
    with pytest.raises(BadInput, match="exists already"):
        stamping.stamp(desk, url=authority.url, out=out)
    with pytest.raises(BadInput, match="no folder"):
        stamping.stamp(desk, url=authority.url, out=tmp_path / "none" / "copy.txt")
    with pytest.raises(NotFound):
        stamping.stamp(desk, "PR-2026-7K3M9QX-C", url=authority.url)
    assert desk.vault.journal_length() == rows
