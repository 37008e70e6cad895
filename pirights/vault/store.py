"""The vault: made once and whole, opened with a secret."""

import contextlib
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from secrets import token_bytes

from pirights.errors import BadInput, NotNextStep, VaultDamaged, VaultLocked, message
from pirights.vault import database, erasing, keys
from pirights.vault import folder as on_disk
from pirights.vault.change import Change
from pirights.vault.vault import Vault

__all__ = ["Change", "Vault", "create", "open_"]


def create(  # noqa: PLR0913 (each is needed once)
    folder: Path,
    *,
    passphrase: str | None,
    use_keyring: bool,
    zone: str,
    now: datetime,
    furnish: Callable[[Change], None] | None = None,
    draw: Callable[[int], bytes] = token_bytes,
) -> tuple[Vault, str]:
    """Make a vault: complete when its `vault.json` appears, and nothing before.

    Args:
        folder: Made if it is not there.
        passphrase: None only where a keyring is to keep the key.
        use_keyring: Keep a key in the system's keyring too, where there is one.
        zone: IANA zone of the owner's days.
        now: Aware.
        furnish: What to put in at once, such as the owner's profile.
        draw: Gives so many random octets, for the vault's id and the salts of its journal. Another
            one than the system's is for vaults of made-up people that are thrown away. Keys and
            slots never come from it.

    Returns:
        The open vault and its recovery code, which is kept nowhere.

    Raises:
        NotNextStep: There is a vault already.
        BadInput: The passphrase or the folder cannot be taken, or the disk is full.
        VaultDamaged: There is a `vault.db` that lost its `vault.json`.
    """
    on_disk.make(folder)
    with on_disk.alone(folder), on_disk.telling(folder):
        _refuse_existing(folder)
        on_disk.sweep(folder)
        key_file, master_key, code = keys.new(
            passphrase=passphrase, use_keyring=use_keyring, draw=draw
        )
        database_made = folder / f"{on_disk.DATABASE}{on_disk.UNFINISHED}"
        keys_made = folder / f"{on_disk.KEY_FILE}{on_disk.UNFINISHED}"
        try:
            on_disk.write(keys_made, key_file.to_bytes())
            on_disk.write(database_made, b"")
            connection = database.connect(database_made, master_key)
            with contextlib.closing(connection), database.telling(folder):
                _furnish(connection, folder, key_file.id, zone, now, furnish, draw)
            on_disk.put(database_made, folder / on_disk.DATABASE)
            on_disk.put(keys_made, folder / on_disk.KEY_FILE)
        except BaseException:
            if not (folder / on_disk.KEY_FILE).exists():
                (folder / on_disk.DATABASE).unlink(missing_ok=True)
            on_disk.sweep(folder)
            raise
    return _opened(folder, key_file, master_key, now=now, draw=draw), code


def open_(
    folder: Path,
    secrets: keys.Secrets,
    *,
    now: datetime,
    draw: Callable[[int], bytes] = token_bytes,
) -> Vault:
    """Open a vault. `draw` is that of `create`.

    Raises:
        NotFound: There is none.
        VaultLocked: A secret is wrong, or there is none.
        VaultDamaged: Its files are broken, were altered or do not belong together.
        VaultTooNew: A later pirights wrote it.
    """
    key_file = keys.read(folder)
    _refuse_without_database(folder)
    return _opened(folder, key_file, keys.unlock(key_file, secrets), now=now, draw=draw)


def _opened(
    folder: Path,
    key_file: keys.KeyFile,
    master_key: bytes,
    *,
    now: datetime,
    draw: Callable[[int], bytes],
) -> Vault:
    path = folder / on_disk.DATABASE
    connection = database.connect(path, master_key)
    try:
        with database.telling(folder):
            _refuse_truncated(folder, connection)
            database.migrate(connection, now=now)
            _sweep(folder, connection)
            return Vault(folder, key_file, master_key, connection, draw=draw)
    except BaseException:
        connection.close()
        raise


def _sweep(folder: Path, connection: database.Connection) -> None:
    """End an erasure that was cut short; a vault that cannot be swept now opens all the same."""
    if erasing.is_unswept(connection):
        with contextlib.suppress(BadInput, VaultLocked), database.telling(folder):
            erasing.sweep(connection, folder)


def _furnish(  # noqa: PLR0913, PLR0917 (each is needed once)
    connection: database.Connection,
    folder: Path,
    vault: str,
    zone: str,
    now: datetime,
    furnish: Callable[[Change], None] | None,
    draw: Callable[[int], bytes],
) -> None:
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    database.migrate(connection, now=now)
    with database.transaction(connection):
        connection.executemany(
            "INSERT INTO about (name, value) VALUES (?, ?)", [("vault", vault), ("zone", zone)]
        )
        change = Change(connection, folder, vault=vault, zone=zone, now=now, draw=draw)
        change.note("vault.created", "", {"vault": vault, "format": keys.FORMAT})
        if furnish is not None:
            furnish(change)


def _refuse_existing(folder: Path) -> None:
    if (folder / on_disk.KEY_FILE).exists():
        raise NotNextStep(
            message("There is a vault in {folder} already.", folder=str(folder)),
            hint=message("Use it, or name another folder with --vault."),
        )
    if on_disk.lost_its_keys(folder):
        raise keys.lost_keys(folder)
    (folder / on_disk.DATABASE).unlink(missing_ok=True)  # an `init` was killed at its last step


def _refuse_without_database(folder: Path) -> None:
    try:
        found = (folder / on_disk.DATABASE).stat()
    except OSError as missing:
        raise VaultDamaged(
            message("The vault in {folder} has lost its vault.db.", folder=str(folder)),
            hint=message("Bring it back from a backup."),
        ) from missing
    if not stat.S_ISREG(found.st_mode) or found.st_size < database.PAGE:
        raise database.damaged(folder)


def _refuse_truncated(folder: Path, connection: database.Connection) -> None:
    """Where nothing waits in the log, the file must be as long as it says itself."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    size = (folder / on_disk.DATABASE).stat().st_size
    log = folder / f"{on_disk.DATABASE}-wal"
    waiting = log.stat().st_size if log.exists() else 0
    if not waiting and size < pages * database.PAGE:
        raise database.damaged(folder)
