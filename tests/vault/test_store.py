import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pirights.domain.person import Person
from pirights.errors import BadInput, NotFound, NotNextStep, VaultDamaged, VaultTooNew
from pirights.vault import store
from pirights.vault.change import Change
from tests.vault import sample
from tests.vault.killing import ROOT


def test_a_new_vault_is_whole_and_furnished(tmp_path: Path) -> None:
    def furnish(change: Change) -> None:
        change.add(Person(id=0, name="郭样例"))

    vault, code = store.create(
        tmp_path / "deep" / "v",
        passphrase=sample.PASSPHRASE,
        use_keyring=False,
        zone="Asia/Shanghai",
        now=sample.NOW,
        furnish=furnish,
    )
    with vault:
        assert vault.get(Person, 1).name == "郭样例"
        assert [row.kind for row in vault.journal_rows()] == ["vault.created", "person.added"]
        assert vault.check() == []
        assert (vault.zone, vault.format) == ("Asia/Shanghai", 4)
    sample.opened(tmp_path / "deep" / "v", code).close()


def test_a_vault_is_never_made_over_another(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(NotNextStep) as refused:
        sample.create(folder)
    assert refused.value.exit_code == 11
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_vault_that_lost_its_keys_is_not_overwritten(folder: Path) -> None:
    (folder / "vault.json").unlink()
    with pytest.raises(VaultDamaged, match=r"lost its vault\.json"):
        sample.create(folder)
    assert (folder / "vault.db").exists()
    with pytest.raises(VaultDamaged, match=r"lost its vault\.json"):
        sample.opened(folder)


def test_a_vault_that_lost_its_database_is_damaged(folder: Path) -> None:
    (folder / "vault.db").unlink()
    with pytest.raises(VaultDamaged, match=r"lost its vault\.db"):
        sample.opened(folder)
    assert not (folder / "vault.db").exists()


def test_what_a_killed_init_left_is_in_nobodys_way(folder: Path) -> None:
    (folder / "vault.json").rename(folder / "vault.json.unfinished")
    with pytest.raises(NotFound):
        sample.opened(folder)
    sample.create(folder)
    sample.opened(folder).close()
    assert {path.name for path in folder.iterdir()} == {"vault.db", "vault.json"}


def test_failing_to_furnish_leaves_nothing(tmp_path: Path) -> None:
    def furnish(_: Change) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.create(
            tmp_path / "v",
            passphrase=sample.PASSPHRASE,
            use_keyring=False,
            zone="UTC",
            now=sample.NOW,
            furnish=furnish,
        )
    assert list((tmp_path / "v").iterdir()) == []


def test_of_two_that_make_a_vault_at_once_one_is_told(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom tests.vault import sample\n"
        "from pirights.errors import NotNextStep\n"
        "try: print(sample.create(Path(sys.argv[1])))\n"
        "except NotNextStep: print('too late')\n"
    )
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "v")],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = [racer.communicate(timeout=60)[0].strip() for racer in racers]
    assert sorted(said)[1:].count("too late") == 2
    with sample.opened(tmp_path / "v", min(said)) as vault:
        assert vault.check() == []


def test_the_files_of_two_vaults_do_not_mix(folder: Path, tmp_path: Path) -> None:
    sample.create(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "vault.json", folder)
    with pytest.raises(VaultDamaged):
        sample.opened(folder)


def test_a_database_from_the_future_is_refused(folder: Path) -> None:
    with sample.opened(folder) as vault:
        vault._connection.execute("INSERT INTO migration VALUES (99, '0099_x', 'then')")
    with pytest.raises(VaultTooNew, match="format 99") as refused:
        sample.opened(folder)
    assert refused.value.exit_code == 22


def test_a_database_that_is_a_pipe_or_a_folder_is_refused_at_once(folder: Path) -> None:
    path = folder / "vault.db"
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(VaultDamaged):
        sample.opened(folder)
    path.unlink()
    path.mkdir()
    with pytest.raises(VaultDamaged):
        sample.opened(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    for place in (tmp_path, *tmp_path.parents[:3]):
        place.chmod(0o755)
    os.seteuid(65534)
    try:
        with pytest.raises(BadInput, match="cannot be made or written"):
            sample.create(tmp_path / "v")
    finally:
        os.seteuid(0)


def test_closing_twice_does_no_harm(folder: Path) -> None:
    vault = sample.opened(folder)
    vault.close()
    vault.close()
