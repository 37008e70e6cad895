import stat
import tempfile
from pathlib import Path

import pytest

from pirights.errors import BadInput, NotNextStep, VaultDamaged
from pirights.vault import folder as on_disk
from tests.vault import sample


def test_the_folder_and_its_files_are_their_owners_alone(folder: Path) -> None:
    folder.chmod(0o755)
    on_disk.make(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with sample.opened(folder) as vault, vault.change(now=sample.NOW) as change:
        change.add(sample.encounter())
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == dict.fromkeys(("vault.db", "vault.db-shm", "vault.db-wal", "vault.json"), 0o600)


def test_a_second_run_is_refused_as_long_as_the_first_lasts(folder: Path) -> None:
    with sample.opened(folder) as first, sample.opened(folder) as second:
        with first.one_run():
            with pytest.raises(NotNextStep, match="at work in the vault"), second.one_run():
                pass
            second.rewrap("another passphrase for it", now=sample.NOW)
        with second.one_run():
            assert second.check() == []
    assert stat.S_IMODE((folder / "vault.lock").stat().st_mode) == 0o600


def test_a_link_in_the_place_of_the_lock_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "vault.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadInput, match=r"vault\.lock cannot be written"), on_disk.one_run(folder):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "v").write_text("x")
    with pytest.raises(BadInput, match="cannot be made"):
        on_disk.make(tmp_path / "v")


def test_the_systems_temp_folder_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o1777)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(BadInput, match="shared"):
        on_disk.make(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "vault.json"
    path.write_bytes(b"old")
    sibling = on_disk.prepare(path, b"new")
    assert path.read_bytes() == b"old"
    assert stat.S_IMODE(sibling.stat().st_mode) == 0o600
    on_disk.put(sibling, path)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_leftovers_are_swept_and_nothing_else(tmp_path: Path) -> None:
    kept = {"vault.json", "vault.db", "notes.new"}
    half = {"vault.json.unfinished", "vault.db.unfinished", "vault.db.unfinished-wal"}
    for name in kept | half | {"vault.json.0a1b2c3d.new"}:
        (tmp_path / name).write_text("x")
    on_disk.sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_a_small_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"12345")
    assert on_disk.read(path, limit=5) == b"12345"
    with pytest.raises(VaultDamaged):
        on_disk.read(path, limit=4)
