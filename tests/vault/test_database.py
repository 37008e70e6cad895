import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3

from pirights.errors import BadInput, VaultDamaged, VaultLocked
from pirights.vault import database
from pirights.vault.store import Vault
from tests.vault import sample
from tests.vault.killing import ROOT

KEY = bytes(32)


def test_the_steps_are_numbered_without_a_gap() -> None:
    numbers = [number for number, _ in database.known_migrations()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_empty_database_is_brought_up_to_date_once(tmp_path: Path) -> None:
    connection = database.connect(tmp_path / "x.db", KEY)
    assert database.applied_migrations(connection) == 0
    for _ in range(2):
        database.migrate(connection, now=sample.NOW)
        assert connection.execute("SELECT number, name, at FROM migration").fetchall() == [
            (1, "0001_first", "2026-11-23T08:00:00Z"),
            (2, "0002_clock", "2026-11-23T08:00:00Z"),
            (3, "0003_costs", "2026-11-23T08:00:00Z"),
            (4, "0004_batch", "2026-11-23T08:00:00Z"),
        ]
    connection.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = tmp_path / "schema"
    steps.mkdir()
    (steps / "0001_good.sql").write_text("CREATE TABLE one (a) STRICT;".replace("a", "a TEXT"))
    (steps / "0002_bad.sql").write_text("CREATE TABLE two (a TEXT);\nCREATE TABLE one (a TEXT);\n")
    monkeypatch.setattr(database, "_SCHEMA", steps)
    connection = database.connect(tmp_path / "x.db", KEY)
    with pytest.raises(sqlcipher3.OperationalError, match="already exists"):
        database.migrate(connection, now=sample.NOW)
    assert database.applied_migrations(connection) == 1
    tables = connection.execute("SELECT name FROM sqlite_schema ORDER BY name").fetchall()
    assert [name for (name,) in tables] == ["migration", "one"]
    (steps / "0002_bad.sql").write_text("CREATE TABLE two (a TEXT);\n")
    database.migrate(connection, now=sample.NOW)
    assert database.applied_migrations(connection) == 2
    connection.close()


def test_several_processes_bring_one_database_up_to_date(tmp_path: Path) -> None:
    database.connect(tmp_path / "x.db", KEY).close()
    script = (
        "import sys\nfrom pathlib import Path\nfrom pirights.vault import database\n"
        "from tests.vault import sample\n"
        "connection = database.connect(Path(sys.argv[1]), bytes(32))\n"
        "database.migrate(connection, now=sample.NOW)\n"
    )
    racers = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "x.db")], cwd=ROOT)
        for _ in range(3)
    ]
    assert [racer.wait(timeout=60) for racer in racers] == [0, 0, 0]


def test_the_vault_is_kept_as_the_design_says(vault: Vault) -> None:
    def pragma(name: str) -> object:
        return vault._connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("secure_delete") == 1
    assert pragma("temp_store") == 2
    assert pragma("foreign_keys") == 1
    assert str(pragma("cipher_version")).startswith("4.")
    assert pragma("cipher_page_size") == str(database.PAGE)


def test_the_wrong_key_is_damage(tmp_path: Path) -> None:
    connection = database.connect(tmp_path / "x.db", KEY)
    database.migrate(connection, now=sample.NOW)
    connection.close()
    with pytest.raises(VaultDamaged):
        database.connect(tmp_path / "x.db", bytes(31) + b"1")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (sqlcipher3.SQLITE_BUSY, VaultLocked),
        (sqlcipher3.SQLITE_FULL, BadInput),
        (sqlcipher3.SQLITE_READONLY, BadInput),
        (sqlcipher3.SQLITE_CANTOPEN, BadInput),
        (sqlcipher3.SQLITE_CORRUPT, VaultDamaged),
        (sqlcipher3.SQLITE_IOERR | 3 << 8, VaultDamaged),
    ],
)
def test_faults_of_the_database_are_told(tmp_path: Path, code: int, error: type) -> None:
    fault = sqlcipher3.OperationalError("as SQLite says it")
    fault.sqlite_errorcode = code
    with pytest.raises(error), database.telling(tmp_path):
        raise fault


def test_a_fault_of_our_own_is_not_hidden(vault: Vault) -> None:
    with (
        pytest.raises(sqlcipher3.OperationalError, match="no such table"),
        vault.change(now=sample.NOW),
    ):
        vault._connection.execute("SELECT * FROM nowhere")
