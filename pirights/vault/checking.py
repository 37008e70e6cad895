"""Is the vault whole? Pages, rows, chain, records and attachments, each named if it is not."""

from collections.abc import Iterator
from typing import Any

import sqlcipher3

from pirights import plain
from pirights.domain.attachment import Attachment
from pirights.errors import Message, VaultDamaged, message
from pirights.vault import attachments, erasing, journal
from pirights.vault.database import Connection
from pirights.vault.shelves import SHELVES, Shelf

_Latest = dict[str, tuple[str, str]]
"""For each journalled record, salt and digest of its latest state."""


def findings(connection: Connection, *, vault: str) -> Iterator[Message]:
    """Say everything that is wrong, at one moment of the vault's life."""
    yield from _pages(connection)
    if erasing.is_unswept(connection):
        yield message(
            "Something was erased, and the file could not be written anew yet: remains of it may "
            "lie between its pages. Make room on the disk and open the vault again."
        )
    connection.execute("BEGIN")
    try:
        yield from _rows(connection)
        latest: _Latest = {}
        yield from _chain(connection, vault, latest)
        for shelf in SHELVES.values():
            yield from _records(connection, shelf, latest)
        for record in latest:
            yield message("{record} is in the journal but no longer in the vault.", record=record)
        yield from _files(connection)
    except sqlcipher3.DatabaseError as fault:
        yield message("The vault cannot be read further: {reason}.", reason=str(fault))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _pages(connection: Connection) -> Iterator[Message]:
    """Each page's authentication code. Twice, lest a page just being written be accused."""
    question = "PRAGMA cipher_integrity_check"
    first = {row[0] for row in connection.execute(question)}
    again = {row[0] for row in connection.execute(question)} if first else set()
    for fault in sorted(first & again):
        yield message("vault.db was altered or is damaged: {fault}.", fault=fault)


def _rows(connection: Connection) -> Iterator[Message]:
    for (fault,) in connection.execute("PRAGMA integrity_check(20)").fetchall():
        if fault != "ok":
            yield message("vault.db was altered or is damaged: {fault}.", fault=fault)
    for table, row, *_ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield message(
            "Row {row} of {table} belongs to a record that is not there.", row=row, table=table
        )


def _chain(connection: Connection, vault: str, latest: _Latest) -> Iterator[Message]:
    previous, before, expected = journal.genesis(vault), "", 1
    for row in journal.rows(connection):
        if row.seq != expected:
            yield message("The journal lacks the rows before {seq}.", seq=row.seq)
        if row.previous != previous or journal.hash_of(row) != row.hash:
            yield message("Row {seq} of the journal breaks the chain.", seq=row.seq)
        if row.payload is not None and not _stands_for(row.salt, row.payload, row.digest):
            yield message("The payload of row {seq} of the journal was altered.", seq=row.seq)
        if before and row.kind != journal.CLOCK_BACKWARDS and not _in_order(before, row.at):
            yield message("Row {seq} of the journal is out of its time.", seq=row.seq)
        previous, before, expected = row.hash, row.at, row.seq + 1
        if row.record:
            latest[row.record] = (row.salt, row.digest)
        elif row.kind == erasing.ERASED:
            for record in erasing.told(row.payload):
                latest.pop(record, None)
    if expected == 1:
        yield message("The journal is empty.")


def _records(connection: Connection, shelf: Shelf[Any], latest: _Latest) -> Iterator[Message]:
    """Every record is what the journal last said of it, and is looked up by what it says."""
    columns = ", ".join(f'"{column}"' for column in ("id", "record", *shelf.columns))
    for number, text, *keys in connection.execute(f"SELECT {columns} FROM {shelf.table}"):  # noqa: S608 (names from the shelf)
        name = f"{shelf.noun}/{number}"
        salt, digest = latest.pop(name, ("", ""))
        if not digest:
            yield message("{record} is in the vault but not in the journal.", record=name)
        elif not _stands_for(salt, text, digest):
            yield message("{record} is not what the journal says of it.", record=name)
        elif not _matches(shelf, number, text, keys):
            yield message("{record} is filed under something else than it says.", record=name)


def _stands_for(salt: str, payload: str, digest: str) -> bool:
    try:
        return journal.digest_of(salt, payload) == digest
    except ValueError:
        return False  # the salt is no hex


def _in_order(before: str, at: str) -> bool:
    try:
        return not journal.is_before(at, before)
    except (ValueError, TypeError):
        return False  # no moment, or one without a zone


def _matches(shelf: Shelf[Any], number: int, text: str, keys: list[object]) -> bool:
    try:
        record = shelf.read(text)
    except VaultDamaged:
        return False
    return record.id == number and shelf.keys(plain.to_plain(record)) == keys


def _files(connection: Connection) -> Iterator[Message]:
    for (text,) in connection.execute("SELECT record FROM attachment ORDER BY id").fetchall():
        try:
            for _ in attachments.give(connection, SHELVES[Attachment].read(text)):
                pass
        except VaultDamaged as wrong:
            yield wrong.message
