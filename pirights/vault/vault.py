"""An open vault: read at leisure, changed only together with its journal."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pirights.domain.attachment import Attachment
from pirights.domain.encounter import Encounter
from pirights.errors import BadInput, Message, VaultLocked
from pirights.vault import attachments, checking, database, erasing, journal, keys, search
from pirights.vault import folder as on_disk
from pirights.vault.change import Change, find
from pirights.vault.shelves import SHELVES, Record, Shelf, key, shelf_of

T = TypeVar("T", bound=Record)


class Vault:
    """An open vault. Use it in a `with` statement, or close it.

    Attributes:
        folder: Where it lies.
        id: Its own, 32 hex digits.
        format: The number of the last step of its schema.
        zone: The IANA zone of its owner's days.
        slots: The kinds of secrets that open it.
        draw: Gives so many random octets, for what its records and its journal draw.
    """

    def __init__(
        self,
        folder: Path,
        key_file: keys.KeyFile,
        master_key: bytes,
        connection: database.Connection,
        *,
        draw: Callable[[int], bytes],
    ) -> None:
        self.folder = folder
        self.draw = draw
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

    def one_run(self) -> contextlib.AbstractContextManager[None]:
        """Refuse a second batch run meanwhile: each plans by what is in the vault.

        Raises:
            BadInput: The lock's file cannot be made or opened.
            NotNextStep: A run is at work.
        """
        return on_disk.one_run(self.folder)

    @contextlib.contextmanager
    def change(self, *, now: datetime) -> Iterator[Change]:
        """Change the vault: all of it, durably, or nothing. Other writers wait meanwhile."""
        if self._connection.in_transaction:
            raise RuntimeError("a change within a change")
        with database.telling(self.folder), database.transaction(self._connection):
            yield Change(
                self._connection,
                self.folder,
                vault=self.id,
                zone=self.zone,
                now=now,
                draw=self.draw,
            )

    def get(self, cls: type[T], number: int, /) -> T:
        """Take one record by its number.

        Raises:
            NotFound: There is none.
        """
        with database.telling(self.folder):
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
        where, values = _where(shelf, equals)
        way = "DESC" if newest_first else "ASC"
        sql = f"SELECT record FROM {shelf.table} {where} ORDER BY {shelf.order} {way}, id {way} LIMIT ?"  # noqa: S608, E501 (names from the shelf)
        with database.telling(self.folder):
            rows = self._connection.execute(sql, (*values, -1 if limit is None else limit))
            return [shelf.read(text) for (text,) in rows]

    def each(self, cls: type[T]) -> Iterator[T]:
        """Yield every record of a class, oldest number first, without holding them all."""
        shelf = shelf_of(cls)
        with database.telling(self.folder):
            for (text,) in self._connection.execute(
                f"SELECT record FROM {shelf.table} ORDER BY id"  # noqa: S608 (a name from the shelf)
            ):
                yield shelf.read(text)

    def count(self, cls: type[T], **equals: object) -> int:
        """Count the records that are equal in the columns named."""
        shelf = shelf_of(cls)
        where, values = _where(shelf, equals)
        sql = f"SELECT count(*) FROM {shelf.table} {where}"  # noqa: S608 (names from the shelf)
        with database.telling(self.folder):
            return int(self._connection.execute(sql, values).fetchone()[0])

    def count_voided(self, cls: type[T]) -> int:
        """Count the records of a class that were voided."""
        shelf = shelf_of(cls)
        where = "WHERE json_extract(record, '$.voided_on') NOTNULL"
        sql = f"SELECT count(*) FROM {shelf.table} {where}"  # noqa: S608 (names from the shelf)
        with database.telling(self.folder):
            return int(self._connection.execute(sql).fetchone()[0])

    def search_encounters(self, words: str, *, limit: int | None = None) -> list[Encounter]:
        """Find the encounters in whose texts or handlers' names every word stands."""
        with database.telling(self.folder):
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
        with database.telling(self.folder):
            yield from attachments.give(self._connection, attachment)

    def journal_rows(self) -> Iterator[journal.JournalRow]:
        """The whole journal, oldest first."""
        with database.telling(self.folder):
            yield from journal.rows(self._connection)

    def journal_length(self) -> int:
        """The number of the journal's last row; it only grows."""
        with database.telling(self.folder):
            sql = "SELECT coalesce(max(seq), 0) FROM journal"
            return int(self._connection.execute(sql).fetchone()[0])

    def check(self) -> list[Message]:
        """Say everything that is wrong with the vault; nothing if it is whole."""
        with database.telling(self.folder):
            return list(checking.findings(self._connection, vault=self.id))

    def bytes_on_disk(self) -> int:
        """How much the vault's files take, in octets."""
        return sum(path.stat().st_size for path in self.folder.glob("vault.*"))

    def erase(self, erasure: erasing.Erasure, *, now: datetime) -> int:
        """Erase records for good: at once or not at all, and no octet of them stays in the file.

        Returns:
            How many rows of the journal lost their payload.

        Raises:
            BadInput: The disk has not the room.
        """
        with database.telling(self.folder):
            erasing.refuse_without_room(self.folder, self._connection)
        with self.change(now=now) as change:
            rows = change.erase(erasure)
        with contextlib.suppress(BadInput, VaultLocked), database.telling(self.folder):
            erasing.sweep(self._connection, self.folder)
        return rows

    @property
    def is_unswept(self) -> bool:
        """Whether remains of what was erased may lie in the file until it is opened anew."""
        return erasing.is_unswept(self._connection)

    def erased_marks(self) -> Iterator[tuple[str, str]]:
        """Yield the marks of the sheets' rows that were erased, each with the time, UTC."""
        with database.telling(self.folder):
            yield from erasing.marks(self._connection)

    def naming(self, words: Sequence[str]) -> Iterator[Record]:
        """Yield every record that holds one of these words."""
        for shelf in SHELVES.values():
            where = " OR ".join("instr(record, ?)" for _ in words) or "0"
            with database.telling(self.folder):
                for (text,) in self._connection.execute(
                    f"SELECT record FROM {shelf.table} WHERE {where} ORDER BY id",  # noqa: S608 (a name from the shelf)
                    list(words),
                ):
                    yield shelf.read(text)

    def naming_rows(self, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield record and subject of the journal's rows whose payload holds one of these words."""
        where = " OR ".join("instr(payload, ?)" for _ in words) or "0"
        with database.telling(self.folder):
            yield from self._connection.execute(
                f"SELECT record, subject FROM journal WHERE {where} ORDER BY seq",  # noqa: S608 (constants)
                list(words),
            )

    def count_rows(self, *, kind: str, subject: str) -> int:
        """Count the journal's rows of a kind and a subject."""
        sql = "SELECT count(*) FROM journal WHERE kind = ? AND subject = ?"
        with database.telling(self.folder):
            return int(self._connection.execute(sql, (kind, subject)).fetchone()[0])

    def rewrap(self, new_passphrase: str, *, now: datetime) -> None:
        """Change the passphrase. The recovery code and the keyring open the vault as before.

        Raises:
            BadInput: The passphrase is empty, too short or too long; or the disk is full.
        """
        with on_disk.alone(self.folder), on_disk.telling(self.folder):
            slot = keys.passphrase_slot(self._master_key, vault=self.id, passphrase=new_passphrase)
            key_file = keys.read(self.folder).with_slot(slot)
            if key_file.id != self.id:
                raise database.damaged(self.folder)
            on_disk.sweep(self.folder)
            path = self.folder / on_disk.KEY_FILE
            sibling = on_disk.prepare(path, key_file.to_bytes())
            try:
                with self.change(now=now) as change:
                    change.note("vault.passphrase", "", {})
                on_disk.put(sibling, path)
            finally:
                sibling.unlink(missing_ok=True)
            self.slots = key_file.kinds()


def _where(shelf: Shelf[T], equals: Mapping[str, object]) -> tuple[str, list[object]]:
    conditions = " AND ".join(shelf.condition(column) for column in equals)
    return f"WHERE {conditions}" if equals else "", [key(value) for value in equals.values()]
