"""One change of the vault: everything in it is kept, with its journal rows, or nothing is."""

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from pirights import canonical_json, plain
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.errors import NotFound, message
from pirights.vault import attachments, erasing, search
from pirights.vault.database import Connection
from pirights.vault.folder import disk_full
from pirights.vault.journal import Pen
from pirights.vault.shelves import SHELVES, Record, Shelf, shelf_of

T = TypeVar("T", bound=Record)

ADDED: Final = "added"


class Change:
    """What can be done within one transaction. `Vault.change` makes it and ends it."""

    def __init__(  # noqa: PLR0913 (each is needed once)
        self,
        connection: Connection,
        folder: Path,
        *,
        vault: str,
        zone: str,
        now: datetime,
        draw: Callable[[int], bytes],
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._now = now.astimezone(UTC)
        self._pen = Pen(connection, vault=vault, zone=zone, now=now, draw=draw)
        self._handlers: dict[int, Handler] = {}
        self._numbers: dict[str, int] = {}

    def add(self, record: T) -> T:
        """Add a record, which gets the next number of its kind, journalled as `<noun>.added`.

        Raises:
            NotFound: It names a handler that is not in the vault.
        """
        if record.id != 0:
            raise ValueError("only a record without a number can be added")
        shelf = shelf_of(type(record))
        return self._insert(shelf, self._numbered(shelf, record))

    def replace(self, record: T, *, kind: str) -> T:
        """Put a record in the place of the one with its number, journalled as `kind`.

        Raises:
            NotFound: There is none with its number, or it names an unknown handler.
        """
        self._refuse_after_rollback()
        shelf = shelf_of(type(record))
        before = find(self._connection, shelf, record.id)
        data = plain.to_plain(record)
        text = canonical_json.canonical(data).decode()
        self._connection.execute(shelf.update, (*shelf.keys(data), text, record.id))
        self._follow(record, before)
        subject = shelf.subject(record)
        self._pen.write(kind, subject, text, record=f"{shelf.noun}/{record.id}")
        return record

    def attach(self, path: Path, *, owner: str, purpose: Purpose) -> Attachment:
        """Take a file in, byte for byte, for the record with the label `owner`.

        Raises:
            BadInput: It is missing, empty, unreadable, no regular file or larger than 1 GiB,
                or the disk has no room for it. The rest of the change stands.
        """
        return self._attach(
            lambda number: attachments.take(
                self._connection, path, attachment=number, folder=self._folder
            ),
            owner=owner,
            purpose=purpose,
        )

    def attach_octets(self, name: str, data: bytes, *, owner: str, purpose: Purpose) -> Attachment:
        """Take in what is no file yet: a mail that was sent or fetched.

        Raises:
            BadInput: It is empty, or the disk has no room for it. The rest of the change stands.
        """
        return self._attach(
            lambda number: attachments.take_octets(
                self._connection, name, data, attachment=number, folder=self._folder
            ),
            owner=owner,
            purpose=purpose,
        )

    def _attach(
        self, take: Callable[[int], attachments.Taken], *, owner: str, purpose: Purpose
    ) -> Attachment:
        self._refuse_after_rollback()
        shelf = shelf_of(Attachment)
        number = self._next(shelf)
        with self._part():
            taken = take(number)
            record = Attachment(
                id=number,
                owner=owner,
                purpose=purpose,
                name=taken.name,
                size=taken.size,
                sha256=taken.sha256,
                media_type=taken.media_type,
                imported_at=self._now,
            )
            return self._insert(shelf, record)

    def take_over(self, record: T) -> T:
        """Take in a record of another vault, with the number that it has there.

        Records of one class come in the order of their numbers.

        Raises:
            NotFound: It names a handler that is not in this vault.
        """
        return self._insert(shelf_of(type(record)), record)

    def take_over_file(self, file: Attachment, chunks: Iterator[bytes]) -> Attachment:
        """Take in a file of another vault, with its number and its octets as they come."""
        self._refuse_after_rollback()
        attachments.put(self._connection, file.id, chunks)
        return self._insert(shelf_of(Attachment), file)

    def erase(self, erasure: erasing.Erasure) -> int:
        """Take records out for good, and say in the journal which; see `vault.erasing`.

        Returns:
            How many rows of the journal lost their payload.
        """
        self._refuse_after_rollback()
        told = erasing.erase(self._connection, erasure)
        self.note(erasing.ERASED, erasure.person, told)
        return sum(last - first + 1 for first, last in told["rows"])

    def note(self, kind: str, subject: str, payload: Mapping[str, Any]) -> None:
        """Write a journal row that changes no record."""
        self._refuse_after_rollback()
        self._pen.write(kind, subject, canonical_json.canonical(dict(payload)).decode())

    def _insert(self, shelf: Shelf[T], record: T) -> T:
        self._refuse_after_rollback()
        data = plain.to_plain(record)
        text = canonical_json.canonical(data).decode()
        self._connection.execute(shelf.insert, (record.id, *shelf.keys(data), text))
        self._numbers[shelf.noun] = record.id
        self._follow(record, None)
        self._pen.write(
            f"{shelf.noun}.{ADDED}", shelf.subject(record), text, record=f"{shelf.noun}/{record.id}"
        )
        return record

    def _numbered(self, shelf: Shelf[T], record: T) -> T:
        return cast("T", dataclasses.replace(cast("Any", record), id=self._next(shelf)))

    def _next(self, shelf: Shelf[Any]) -> int:
        """The next number of a shelf: never one that was given before, even if it is free."""
        if shelf.noun not in self._numbers:
            row = self._connection.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = ?", (shelf.noun,)
            ).fetchone()
            self._numbers[shelf.noun] = row[0] if row else 0
        return self._numbers[shelf.noun] + 1

    def _follow(self, record: Record, before: Record | None) -> None:
        """Bring along what is derived from a record: presence and the words to search."""
        if isinstance(record, Encounter):
            self._place(record, is_new=before is None)
        elif isinstance(record, Handler):
            self._handlers[record.id] = record
            if isinstance(before, Handler) and _names(before) != _names(record):
                self._reindex(record)

    def _place(self, encounter: Encounter, *, is_new: bool) -> None:
        present = [self._handler(actor.handler) for actor in encounter.handlers]
        if not is_new:
            self._connection.execute("DELETE FROM presence WHERE encounter = ?", (encounter.id,))
        for handler in {handler.id for handler in present}:
            self._connection.execute(
                "INSERT INTO presence (handler, encounter) VALUES (?, ?)", (handler, encounter.id)
            )
        search.index(self._connection, encounter, present)

    def _reindex(self, handler: Handler) -> None:
        shelf = SHELVES[Encounter]
        rows = self._connection.execute(
            f"SELECT record FROM encounter WHERE {shelf.condition('handler')}",  # noqa: S608 (a constant)
            (handler.id,),
        ).fetchall()
        for (text,) in rows:
            encounter = shelf.read(text)
            present = [self._handler(actor.handler) for actor in encounter.handlers]
            search.index(self._connection, encounter, present)

    def _handler(self, number: int) -> Handler:
        if number not in self._handlers:
            self._handlers[number] = find(self._connection, shelf_of(Handler), number)
        return self._handlers[number]

    def _refuse_after_rollback(self) -> None:
        """A full disk makes SQLite give up the whole transaction by itself."""
        if not self._connection.in_transaction:
            raise disk_full(self._folder)

    @contextlib.contextmanager
    def _part(self) -> Iterator[None]:
        """Undo what is inside, and only that, if it fails."""
        self._connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO part")
                self._connection.execute("RELEASE part")
            raise
        self._connection.execute("RELEASE part")


def find(connection: Connection, shelf: Shelf[T], number: int) -> T:
    """Take a record from its shelf.

    Raises:
        NotFound: There is none with this number.
    """
    row = connection.execute(
        f"SELECT record FROM {shelf.table} WHERE id = ?",  # noqa: S608 (a name from the shelf)
        (number,),
    ).fetchone()
    if row is None:
        raise NotFound(
            message("There is no {label} in the vault.", label=shelf.name.format(id=number)),
            hint=message("See what there is with the list command, such as `pirights log list`."),
        )
    return shelf.read(row[0])


def _names(handler: Handler) -> tuple[str, str]:
    return handler.name, handler.name_en
