"""The encrypted file: opened, brought up to date, and its faults told in plain words."""

import contextlib
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeAlias

import sqlcipher3

from pirights import plain
from pirights.errors import (
    BadInput,
    PirightsError,
    VaultDamaged,
    VaultLocked,
    VaultTooNew,
    message,
)
from pirights.vault.folder import disk_full

Connection: TypeAlias = Any
"""A connection of sqlcipher3, which has no types of its own."""

PAGE: Final = 4096
"""Octets of a page, SQLCipher's default."""

_WAIT: Final = 60_000
"""Milliseconds to wait for another process to finish writing."""

_CACHE: Final = 32 * 1024
"""KiB of pages held in memory before a large transaction spills into the log."""

_SCHEMA: Final = Path(__file__).parent / "schema"


def connect(path: Path, master_key: bytes) -> Connection:
    """Open an encrypted file.

    Raises:
        VaultDamaged: The right key does not decrypt it.
    """
    with telling(path.parent):
        connection = sqlcipher3.connect(str(path), isolation_level=None, timeout=_WAIT / 1000)
        try:
            _prepare(connection, master_key)
        except BaseException:
            connection.close()
            raise
        return connection


def _prepare(connection: Connection, master_key: bytes) -> None:
    for pragma in (
        "cipher_log_level = NONE",
        f"key = \"x'{master_key.hex()}'\"",
        f"busy_timeout = {_WAIT}",
        "synchronous = FULL",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # so that REPLACE cannot pass by the journal's triggers
        f"cache_size = -{_CACHE}",
        "trusted_schema = OFF",
        "cell_size_check = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()


def known_migrations() -> list[tuple[int, Path]]:
    """The numbered steps of the schema, in order, as files `0001_first.sql`."""
    return sorted((int(path.name[:4]), path) for path in _SCHEMA.glob("[0-9]*.sql"))


def applied_migrations(connection: Connection) -> int:
    """The number of the last migration that a database has, 0 for an empty one."""
    has_any = connection.execute(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'"
    ).fetchone()[0]
    if not has_any:
        return 0
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM migration").fetchone()[0])


def migrate(connection: Connection, *, now: datetime) -> None:
    """Apply what is missing of the schema, each step with its record in one transaction.

    Raises:
        VaultTooNew: The database has steps that this program does not know.
    """
    steps = known_migrations()
    found = applied_migrations(connection)
    if found > steps[-1][0]:
        raise VaultTooNew(
            message(
                "The vault has format {found}; this pirights knows formats up to {known}.",
                found=found,
                known=steps[-1][0],
            ),
            hint=message("Install a newer pirights."),
        )
    for number, path in steps:
        if number > found:
            _apply(connection, number, path, now=now)


def _apply(connection: Connection, number: int, path: Path, *, now: datetime) -> None:
    with transaction(connection):
        if applied_migrations(connection) >= number:
            return  # another process was faster
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migration"
            " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL) STRICT"
        )
        for statement in _statements(path.read_text(encoding="utf-8")):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO migration VALUES (?, ?, ?)", (number, path.stem, plain.moment(now))
        )


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements; `executescript` would commit in between."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlcipher3.complete_statement(gathered):
            yield gathered
            gathered = ""


@contextlib.contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Do everything inside or nothing; other writers wait meanwhile. Durable on return."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextlib.contextmanager
def telling(folder: Path) -> Iterator[None]:
    """Turn the faults of SQLite inside into errors that say what happened to the vault."""
    try:
        yield
    except sqlcipher3.Error as fault:
        told = _told(fault, folder)
        if told is None:
            raise
        raise told from fault


def damaged(folder: Path) -> VaultDamaged:
    """The encrypted file cannot be read with the vault's own key."""
    return VaultDamaged(
        message("The vault in {folder} is damaged or was altered.", folder=str(folder)),
        hint=message("Bring it back from a backup; `pirights vault check` says what is damaged."),
    )


def _told(fault: sqlcipher3.Error, folder: Path) -> PirightsError | None:
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlcipher3.SQLITE_CORRUPT, sqlcipher3.SQLITE_NOTADB}:
        return damaged(folder)
    if code == sqlcipher3.SQLITE_FULL:
        return disk_full(folder)
    if code == sqlcipher3.SQLITE_IOERR:
        if shutil.disk_usage(folder).free < 2**20:
            return disk_full(folder)
        return VaultDamaged(
            message("The disk under {folder} answers with errors.", folder=str(folder)),
            hint=message("Copy the folder to another disk, then check it there."),
        )
    if code in {sqlcipher3.SQLITE_BUSY, sqlcipher3.SQLITE_LOCKED}:
        return VaultLocked(
            message("Another program has been writing to the vault for a minute."),
            hint=message("Wait until it has finished, then do it again."),
        )
    if code in {sqlcipher3.SQLITE_READONLY, sqlcipher3.SQLITE_CANTOPEN, sqlcipher3.SQLITE_PERM}:
        return BadInput(
            message("The vault in {folder} cannot be written.", folder=str(folder)),
            hint=message("Check who owns the folder and whether its disk is read-only."),
        )
    return None
