"""Erasing records for good: rows, files, words to search, and what the journal said of them.

The journal keeps its rows, with number, time, kind, subject and digest, so the chain and every
checkpoint hold; only the payloads go. One more row says which records are gone, and that is what
`vault check` goes by. What SQLite leaves of deleted rows between its pages is swept out afterwards,
by writing the whole file anew; a vault whose sweep was cut short is swept when it is next opened.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pirights import canonical_json
from pirights.domain.attachment import Attachment
from pirights.domain.batch_row import BatchRow
from pirights.domain.encounter import Encounter
from pirights.errors import BadInput, message
from pirights.vault.database import PAGE, Connection
from pirights.vault.shelves import SHELVES, Record, Shelf

ERASED: Final = "person.erased"
"""The kind of the row that says which records are gone."""

_UNSWEPT: Final = "unswept"
"""The mark in `about` of a vault whose file still has to be written anew."""

_ROOM: Final = 3
"""How often the file lies on the disk while it is written anew: as it is, aside, and in the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What is to go.

    Attributes:
        person: The label of the one it is about: subject of the row that tells of it.
        records: Every record, files among them.
        labels: What the journal calls them, and what else of its rows is about them alone.
        words: What names the person: a note on no record in particular that holds one loses its
            payload.
        because: Why, as it is kept; empty where no reason was given.
    """

    person: str
    records: Sequence[Record]
    labels: frozenset[str]
    words: tuple[str, ...]
    because: str


def refuse_without_room(folder: Path, connection: Connection) -> None:
    """Refuse where the file cannot be written anew.

    Raises:
        BadInput: The disk is too full.
    """
    pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
    needed = (_ROOM - 1) * pages * PAGE
    if shutil.disk_usage(folder).free < needed:
        raise BadInput(
            message(
                "There is not room on the vault's disk: {needed} octets are needed to write the "
                "vault's file anew.",
                needed=needed,
            ),
            hint=message("Make room on the disk and do it again; the vault is as it was before."),
        )


def erase(connection: Connection, erasure: Erasure) -> dict[str, Any]:
    """Take the records out, within the transaction that is open.

    Returns:
        What the row that tells of it says: names of records and runs of rows, no data; of rows of
        a sheet a digest, so that a run that goes on does not make them anew.
    """
    gone: dict[str, list[int]] = {}
    for shelf in reversed(list(SHELVES.values())):
        for record in erasure.records:
            if type(record) is shelf.of:
                _delete(connection, shelf, record.id)
                gone.setdefault(shelf.noun, []).append(record.id)
    if "encounter" in gone:  # else the words would stay in the index until it merges by itself
        connection.execute("INSERT INTO encounter_pairs (encounter_pairs) VALUES ('optimize')")
    names = {f"{noun}/{number}" for noun, numbers in gone.items() for number in numbers}
    rows = list(_rows(connection, erasure, names))
    connection.executemany(
        "UPDATE journal SET payload = NULL WHERE seq = ?", [(row,) for row in rows]
    )
    connection.execute("INSERT OR REPLACE INTO about (name, value) VALUES (?, '1')", (_UNSWEPT,))
    marks = [row_mark(one.run, one.key) for one in erasure.records if isinstance(one, BatchRow)]
    return {
        "because": erasure.because,
        **({"sheet_rows": sorted(marks)} if marks else {}),
        "records": {noun: sorted(numbers) for noun, numbers in gone.items()},
        "rows": _runs(rows),
    }


def _delete(connection: Connection, shelf: Shelf[Any], number: int) -> None:
    if shelf.of is Attachment:
        connection.execute("DELETE FROM chunk WHERE attachment = ?", (number,))
    elif shelf.of is Encounter:
        connection.execute("DELETE FROM presence WHERE encounter = ?", (number,))
        connection.execute("DELETE FROM encounter_pairs WHERE rowid = ?", (number,))
    connection.execute(f"DELETE FROM {shelf.table} WHERE id = ?", (number,))  # noqa: S608 (a name from the shelf)


def _rows(connection: Connection, erasure: Erasure, names: set[str]) -> Iterator[int]:
    """The rows that are about the records, and the notes that name the person."""
    found = connection.execute(
        "SELECT seq, subject, record, CASE WHEN record = '' AND subject = '' THEN payload END"
        " FROM journal WHERE kind IS NOT ? AND payload NOTNULL ORDER BY seq",
        (ERASED,),
    )
    for seq, subject, record, note in found:
        about = record in names or subject in erasure.labels
        if about or (note and any(word in note for word in erasure.words)):
            yield seq


def _runs(rows: Sequence[int]) -> list[list[int]]:
    """Write numbers that follow each other as the first and the last of each run."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return runs


def row_mark(run: str, key: str) -> str:
    """Give what stands for a row of a sheet once it is erased: SHA-256 of run and key, hex."""
    return sha256(canonical_json.canonical({"run": run, "key": key})).hexdigest()


def marks(connection: Connection) -> Iterator[tuple[str, str]]:
    """Give the marks of the sheets' rows that were erased, each with the time, UTC."""
    found = connection.execute("SELECT payload, at FROM journal WHERE kind = ?", (ERASED,))
    for payload, at in found:
        said = _said(payload).get("sheet_rows")
        if isinstance(said, Sequence) and not isinstance(said, str):
            yield from ((mark, at) for mark in said if isinstance(mark, str))


def told(payload: str | None) -> Iterator[str]:
    """Name the records that a row of the journal says are gone, such as `encounter/1`."""
    records = _said(payload).get("records")
    if isinstance(records, Mapping):
        for noun, numbers in records.items():
            yield from (f"{noun}/{number}" for number in numbers)


def _said(payload: str | None) -> Mapping[str, Any]:
    try:
        said = canonical_json.parse(payload or "{}")
    except ValueError:  # the payload was altered, which is told elsewhere
        return {}
    return said if isinstance(said, Mapping) else {}


def is_unswept(connection: Connection) -> bool:
    """Say whether something was erased and the file not yet written anew."""
    found = connection.execute("SELECT 1 FROM about WHERE name = ?", (_UNSWEPT,)).fetchone()
    return found is not None


def sweep(connection: Connection, folder: Path) -> None:
    """Write the file anew, so that nothing of what was deleted is left between its pages.

    The copy that lies aside meanwhile is in the vault's own folder, has no name, and is encrypted
    with the vault's key. While another program reads, the old pages stay, and so does the mark.
    """
    place = str(folder).replace("'", "''")
    connection.execute(f"PRAGMA temp_store_directory = '{place}'").fetchall()
    connection.execute("PRAGMA temp_store = FILE").fetchall()
    try:
        connection.execute("VACUUM")
    finally:
        connection.execute("PRAGMA temp_store = MEMORY").fetchall()
        connection.execute("PRAGMA temp_store_directory = ''").fetchall()
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if not busy:  # else the old pages still lie in the file, and the next opening tries again
        connection.execute("DELETE FROM about WHERE name = ?", (_UNSWEPT,))
