"""The vault: made once, opened with a secret, changed only together with its journal."""

import contextlib
import errno
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pirights.domain.attachment import Attachment
from pirights.domain.encounter import Encounter
from pirights.errors import BadInput, Message, NotNextStep, VaultDamaged, message
from pirights.vault import attachments, checking, database, journal, keys, search
from pirights.vault import folder as on_disk
from pirights.vault.change import Change, find
from pirights.vault.shelves import Record, key, shelf_of

T = TypeVar("T", bound=Record)


class Vault:
    """An open vault. Use it in a `with` statement, or close it.

    Attributes:
        folder: Where it lies.
        id: Its own, 32 hex digits.
        format: The number of the last step of its schema.
        zone: The IANA zone of its owner's days.
        slots: The kinds of secrets that open it.
    """

    def __init__(
        self,
        folder: Path,
        key_file: keys.KeyFile,
        master_key: bytes,
        connection: database.Connection,
    ) -> None:
        self.folder = folder
        self.id = key_file.id
        self.slots = key_file.kinds()
        self._master_key = master_key
        self._connection = connection
        about = dict(connection.execute("SELECT name, value FROM about"))
        if about.get("vault") != self.id or "zone" not in about:
            raise database.damaged(folder)
        self.zone: str = about["zone"]
        self.format = database.applied_migrations(connection)

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file. Closing twice does no harm."""
        self._connection.close()

    @contextlib.contextmanager
    def change(self, *, now: datetime) -> Iterator[Change]:
        """Change the vault: all of it, durably, or nothing. Other writers wait meanwhile."""
        if self._connection.in_transaction:
            raise RuntimeError("a change within a change")
        with database.telling(self.folder), database.transaction(self._connection):
            yield Change(self._connection, self.folder, vault=self.id, zone=self.zone, now=now)

    def get(self, cls: type[T], number: int, /) -> T:
        """Take one record by its number.

        Raises:
            NotFound: There is none.
        """
        with self._reading():
            return find(self._connection, shelf_of(cls), number)

    def find_all(
        self,
        cls: type[T],
        *,
        newest_first: bool = True,
        limit: int | None = None,
        **equals: object,
    ) -> list[T]:
        """Take the records that are equal in the columns named."""
        shelf = shelf_of(cls)
        where, values = self._where(cls, equals)
        way = "DESC" if newest_first else "ASC"
        sql = f"SELECT record FROM {shelf.table} {where} ORDER BY {shelf.order} {way}, id {way} LIMIT ?"  # noqa: S608, E501 (names from the shelf)
        with self._reading():
            rows = self._connection.execute(sql, (*values, -1 if limit is None else limit))
            return [shelf.read(text) for (text,) in rows]

    def count(self, cls: type[T], **equals: object) -> int:
        """Count the records that are equal in the columns named."""
        where, values = self._where(cls, equals)
        sql = f"SELECT count(*) FROM {shelf_of(cls).table} {where}"  # noqa: S608 (names from the shelf)
        with self._reading():
            return int(self._connection.execute(sql, values).fetchone()[0])

    def search_encounters(self, words: str, *, limit: int | None = None) -> list[Encounter]:
        """Find the encounters in whose texts or handlers' names every word stands."""
        with self._reading():
            return search.find(self._connection, words, limit=limit)

    def attachments(self, owner: str | None = None) -> list[Attachment]:
        """The files of one owner, or all, in the order of import."""
        if owner is None:
            return self.find_all(Attachment, newest_first=False)
        return self.find_all(Attachment, newest_first=False, owner=owner)

    def chunks(self, attachment: Attachment) -> Iterator[bytes]:
        """The bytes of a file, 1 MiB at a time.

        Raises:
            VaultDamaged: At the end, if they were not what was taken in.
        """
        with self._reading():
            yield from attachments.give(self._connection, attachment)

    def journal_rows(self) -> Iterator[journal.JournalRow]:
        """The whole journal, oldest first."""
        with self._reading():
            yield from journal.rows(self._connection)

    def check(self) -> list[Message]:
        """Say everything that is wrong with the vault; nothing if it is whole."""
        with self._reading():
            return list(checking.findings(self._connection, vault=self.id))

    def bytes_on_disk(self) -> int:
        """How much the vault's files take, in octets."""
        return sum(path.stat().st_size for path in self.folder.glob("vault.*"))

    def rewrap(self, new_passphrase: str, *, now: datetime) -> None:
        """Change the passphrase. The recovery code and the keyring open the vault as before.

        Raises:
            BadInput: The passphrase is empty, too short or too long; or the disk is full.
        """
        with on_disk.alone(self.folder), _telling_disk(self.folder):
            slot = keys.passphrase_slot(self._master_key, vault=self.id, passphrase=new_passphrase)
            key_file = keys.read(self.folder).with_slot(slot)
            path = self.folder / on_disk.KEY_FILE
            sibling = on_disk.prepare(path, key_file.to_bytes())
            try:
                with self.change(now=now) as change:
                    change.note("vault.passphrase", "", {})
                on_disk.put(sibling, path)
            finally:
                sibling.unlink(missing_ok=True)
            self.slots = key_file.kinds()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        with database.telling(self.folder):
            try:
                yield
            except ValueError as unreadable:
                raise database.damaged(self.folder) from unreadable

    @staticmethod
    def _where(cls: type[T], equals: dict[str, object]) -> tuple[str, list[object]]:
        shelf = shelf_of(cls)
        conditions = " AND ".join(shelf.condition(column) for column in equals)
        return f"WHERE {conditions}" if equals else "", [key(value) for value in equals.values()]


def create(  # noqa: PLR0913 (each is needed once)
    folder: Path,
    *,
    passphrase: str | None,
    use_keyring: bool,
    zone: str,
    now: datetime,
    furnish: Callable[[Change], None] | None = None,
) -> tuple[Vault, str]:
    """Make a vault: complete when its `vault.json` appears, and nothing before.

    Args:
        folder: Made if it is not there.
        passphrase: None only where a keyring is to keep the key.
        use_keyring: Keep a key in the system's keyring too, where there is one.
        zone: IANA zone of the owner's days.
        now: Aware.
        furnish: What to put in at once, such as the owner's profile.

    Returns:
        The open vault and its recovery code, which is kept nowhere.

    Raises:
        NotNextStep: There is a vault already.
        BadInput: The passphrase or the folder cannot be taken, or the disk is full.
        VaultDamaged: There is a `vault.db` that lost its `vault.json`.
    """
    on_disk.make(folder)
    with on_disk.alone(folder), _telling_disk(folder):
        _refuse_existing(folder)
        on_disk.sweep(folder)
        key_file, master_key, code = keys.new(passphrase=passphrase, use_keyring=use_keyring)
        database_made = folder / f"{on_disk.DATABASE}{on_disk.UNFINISHED}"
        keys_made = folder / f"{on_disk.KEY_FILE}{on_disk.UNFINISHED}"
        try:
            on_disk.write(keys_made, key_file.to_bytes())
            on_disk.write(database_made, b"")
            connection = database.connect(database_made, master_key)
            with contextlib.closing(connection), database.telling(folder):
                _furnish(connection, folder, key_file.id, zone, now, furnish)
            on_disk.put(database_made, folder / on_disk.DATABASE)
            on_disk.put(keys_made, folder / on_disk.KEY_FILE)
        except BaseException:
            on_disk.sweep(folder)
            raise
    return _opened(folder, key_file, master_key, now=now), code


def open_(folder: Path, secrets: keys.Secrets, *, now: datetime) -> Vault:
    """Open a vault.

    Raises:
        NotFound: There is none.
        VaultLocked: A secret is wrong, or there is none.
        VaultDamaged: Its files are broken, were altered or do not belong together.
        VaultTooNew: A later pirights wrote it.
    """
    key_file = keys.read(folder)
    _refuse_without_database(folder)
    return _opened(folder, key_file, keys.unlock(key_file, secrets), now=now)


def _opened(folder: Path, key_file: keys.KeyFile, master_key: bytes, *, now: datetime) -> Vault:
    path = folder / on_disk.DATABASE
    connection = database.connect(path, master_key)
    try:
        with database.telling(folder):
            _refuse_truncated(folder, connection)
            database.migrate(connection, now=now)
            return Vault(folder, key_file, master_key, connection)
    except BaseException:
        connection.close()
        raise


def _furnish(  # noqa: PLR0913, PLR0917 (each is needed once)
    connection: database.Connection,
    folder: Path,
    vault: str,
    zone: str,
    now: datetime,
    furnish: Callable[[Change], None] | None,
) -> None:
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    database.migrate(connection, now=now)
    with database.transaction(connection):
        connection.executemany(
            "INSERT INTO about (name, value) VALUES (?, ?)", [("vault", vault), ("zone", zone)]
        )
        change = Change(connection, folder, vault=vault, zone=zone, now=now)
        change.note("vault.created", "", {"vault": vault, "format": keys.FORMAT})
        if furnish is not None:
            furnish(change)


def _refuse_existing(folder: Path) -> None:
    if (folder / on_disk.KEY_FILE).exists():
        raise NotNextStep(
            message("There is a vault in {folder} already.", folder=str(folder)),
            hint=message("Use it, or name another folder with --vault."),
        )
    if (folder / on_disk.DATABASE).exists():
        if not (folder / f"{on_disk.KEY_FILE}{on_disk.UNFINISHED}").exists():
            raise VaultDamaged(
                message("The vault in {folder} has lost its vault.json.", folder=str(folder)),
                hint=message("Bring back vault.json from a backup, or name another folder."),
            )
        (folder / on_disk.DATABASE).unlink()  # an `init` was killed at its last step


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


@contextlib.contextmanager
def _telling_disk(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise database.disk_full(folder) from fault
        raise BadInput(
            message(
                "The vault's folder {folder} cannot be written: {reason}.",
                folder=str(folder),
                reason=fault.strerror or str(fault),
            ),
            hint=message("Check who owns the folder and whether its disk is read-only."),
        ) from fault
