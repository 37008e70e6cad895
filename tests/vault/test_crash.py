import contextlib
import os
from pathlib import Path

from pirights.domain.encounter import Encounter
from pirights.errors import NotFound, VaultLocked
from pirights.vault import store
from tests.vault import sample
from tests.vault.killing import moments, run_and_kill

_LOGGING = """
import sys
from pathlib import Path
from pirights.domain.attachment import Purpose
from tests.vault import sample
with sample.opened(Path(sys.argv[1])) as vault:
    print("open", flush=True)
    for number in range(100_000):
        with vault.change(now=sample.later(number)) as change:
            scan = change.add(sample.encounter(f"scan {number}"))
            file = change.attach(Path(sys.argv[2]), owner=scan.label, purpose=Purpose.ENCOUNTER)
        print(scan.id, file.id, flush=True)
"""


def test_killed_while_logging_nothing_acknowledged_is_lost(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(os.urandom(300_000))
    kept = 0
    for after in moments(10, 0.6):
        said = run_and_kill(_LOGGING, str(folder), str(file), after=after, line=1)[1:]
        with sample.opened(folder) as vault:
            assert vault.check() == []
            ids = {found.id for found in vault.find_all(Encounter)}
            files = {found.id: found for found in vault.attachments()}
            for line in said:
                scan, number = map(int, line.split())
                assert scan in ids
                assert files[number].owner == f"E{scan}"
                assert b"".join(vault.chunks(files[number])) == file.read_bytes()
            assert len(ids) == len(files)
            assert kept + len(said) <= len(ids) <= kept + len(said) + 1
            kept = len(ids)
    assert kept > 10


_MAKING = """
import sys
from pathlib import Path
from tests.vault import sample
print("ready", flush=True)
print(sample.create(Path(sys.argv[1])), flush=True)
"""


def test_killed_while_being_made_a_vault_is_whole_or_not_there(tmp_path: Path) -> None:
    folder, states = tmp_path / "v", set[str]()
    for after in moments(20, 0.5):
        said = run_and_kill(_MAKING, str(folder), after=after, line=1)[1:]
        if (folder / "vault.json").exists():
            with sample.opened(folder) as vault:
                assert vault.check() == []
            for code in said:
                sample.opened(folder, code).close()
            states.add("whole")
            for path in folder.iterdir():
                path.unlink()
        else:
            assert said == []
            with contextlib.suppress(NotFound):
                sample.opened(folder)
            states.add("none")
    assert states == {"whole", "none"}
    sample.create(folder)
    assert {path.name for path in folder.iterdir()} == {"vault.db", "vault.json"}


_CHANGING = """
import itertools, sys
from pathlib import Path
from tests.vault import sample
with sample.opened(Path(sys.argv[1]), sys.argv[2]) as vault:
    print("open", flush=True)
    for number in itertools.count():
        passphrase = f"good passphrase {number % 2}"
        vault.rewrap(passphrase, now=sample.later(number))
        print(passphrase, flush=True)
"""


def test_killed_while_the_passphrase_changes_the_old_or_the_new_opens(
    folder: Path, code: str
) -> None:
    either = ["good passphrase 0", "good passphrase 1"]
    before = sample.PASSPHRASE
    for after in moments(8, 1.5):
        said = run_and_kill(_CHANGING, str(folder), before, after=after, line=1)[1:]
        last = said[-1] if said else before
        possible = [last, either[1] if last == either[0] else either[0]]
        before = next(passphrase for passphrase in possible if _opens(folder, passphrase))
        sample.opened(folder, code).close()
        with sample.opened(folder, before) as vault:
            assert vault.check() == []
    with sample.opened(folder, before) as vault:
        vault.rewrap("the last passphrase", now=sample.later(10**6))
    assert {path.name for path in folder.iterdir()} == {"vault.db", "vault.json"}


def _opens(folder: Path, passphrase: str) -> bool:
    try:
        sample.opened(folder, passphrase).close()
    except VaultLocked:
        return False
    return True


_FILLING = """
import sys
from pathlib import Path
from tests.vault import sample
with sample.opened(Path(sys.argv[1])) as vault:
    print("open", flush=True)
    with vault.change(now=sample.NOW) as change:
        for number in range(4000):
            change.add(sample.encounter(f"row {number}"))
    print("done", flush=True)
"""


def test_killed_within_an_import_all_of_it_is_there_or_none(folder: Path) -> None:
    kept = 0
    for after in moments(6, 1.2):
        said = run_and_kill(_FILLING, str(folder), after=after, line=1)[1:]
        with sample.opened(folder) as vault:
            count = vault.count(Encounter)
            assert vault.check() == []
        assert count in {kept, kept + 4000}
        assert not said or count == kept + 4000
        kept = count


def test_a_copy_taken_while_the_vault_is_open_is_whole(folder: Path, tmp_path: Path) -> None:
    """As after a power cut: the log is there, and nobody closed anything."""
    copy = tmp_path / "copy"
    copy.mkdir()
    with sample.opened(folder) as vault:
        with vault.change(now=sample.NOW) as change:
            change.add(sample.encounter())
        for name in ("vault.json", "vault.db", "vault.db-wal"):
            (copy / name).write_bytes((folder / name).read_bytes())
    with store.open_(copy, sample.secrets(), now=sample.NOW) as again:
        assert again.count(Encounter) == 1
        assert again.check() == []
