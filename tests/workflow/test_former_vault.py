"""Checkpoints of the vault from which a client's own was taken, held against the new one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pirights.domain.checkpoint import Checkpoint
from pirights.workflow import checkpoints, client_export, former_vault, vault_care
from pirights.workflow.desk import Desk
from tests.workflow import office
from tests.workflow.office import said


@pytest.fixture
def taken(desk: Desk, tmp_path: Path) -> tuple[Desk, Checkpoint]:
    """A vault of P1 alone, and the checkpoint of the old vault at that moment."""
    office.begun(desk)
    planned = client_export.plan(desk, 1, tmp_path / "theirs")
    done = client_export.export(desk, planned, tmp_path / "theirs", passphrase=office.PASSPHRASE)
    return office.opened(done.folder), done.checkpoint


def held(folder: Path, made: Checkpoint) -> Path:
    path = folder / "checkpoint.txt"
    path.write_bytes(made.text())
    return path


def test_the_new_vault_knows_where_it_came_from(desk: Desk, taken: tuple[Desk, Checkpoint]) -> None:
    new, made = taken
    former = former_vault.of(new)
    assert former is not None
    assert (former.id, former.size, former.root) == (desk.vault.id, made.size, made.root)
    assert former_vault.of(desk) is None


def test_a_checkpoint_of_the_old_vault_is_told_as_such(
    desk: Desk, taken: tuple[Desk, Checkpoint], tmp_path: Path
) -> None:
    new, made = taken
    path = held(tmp_path, made)
    assert vault_care.check(new, [path]) == []
    assert f"is of vault {desk.vault.id[:8]}, from which this one was taken" in said(
        vault_care.of_former(new, [path])
    )
    assert vault_care.of_former(desk, [path]) == []


def test_of_an_older_one_it_is_told_that_only_the_old_vault_knows(
    taken: tuple[Desk, Checkpoint], tmp_path: Path
) -> None:
    new, made = taken
    older = replace(made, size=made.size - 1, root=bytes(32))
    path = held(tmp_path, older)
    assert vault_care.check(new, [path]) == []
    assert "that vault alone can tell" in said(vault_care.of_former(new, [path]))


@pytest.mark.parametrize("change", ["root", "longer", "later"])
def test_what_does_not_fit_is_still_found(
    taken: tuple[Desk, Checkpoint], tmp_path: Path, change: str
) -> None:
    new, made = taken
    wrong = {
        "root": replace(made, root=bytes(32)),
        "longer": replace(made, size=made.size + 100),
        "later": replace(
            made, size=made.size + 100, claimed_at=made.claimed_at + timedelta(days=1)
        ),
    }[change]
    path = held(tmp_path, wrong)
    assert vault_care.of_former(new, [path]) == []
    told = said(vault_care.check(new, [path]))
    assert "is not of this vault's journal" in told
    assert "put back to an older copy" in told


def test_a_checkpoint_of_the_new_vault_itself_is_compared_as_ever(
    taken: tuple[Desk, Checkpoint], tmp_path: Path
) -> None:
    new, _ = taken
    own = replace(
        checkpoints.of_now(new), claimed_at=new.now.replace(microsecond=0) + timedelta(hours=1)
    )
    path = held(tmp_path, own)
    assert vault_care.check(new, [path]) == []
    assert vault_care.of_former(new, [path]) == []
    path = held(tmp_path, replace(own, root=bytes(32)))
    assert "is not of this vault's journal" in said(vault_care.check(new, [path]))
