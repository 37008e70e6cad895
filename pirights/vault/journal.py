"""The journal: an append-only chain of everything done, one row for each change.

A row's hash covers its other columns and, through a salted digest, its payload; so a payload
can be erased later while the chain still proves that nothing else was touched. The first row
hangs on the vault's own id. A clock that goes backwards is written down and never hidden.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from pirights import canonical_json, plain
from pirights.vault.database import Connection

CLOCK_BACKWARDS: Final = "clock.backwards"
"""The kind of the row that says: from here on, times are earlier than before."""

_SALT_SIZE: Final = 16
"""Octets."""

_COVERED: Final = (
    "seq", "at", "zone", "kind", "subject", "record", "salt", "digest", "previous",
)  # fmt: skip
_COLUMNS: Final = (*_COVERED, "payload", "hash")
_SELECT: Final = f"SELECT {', '.join(_COLUMNS)} FROM journal ORDER BY seq"  # noqa: S608 (constants)
_GAPS: Final = ", ".join("?" * len(_COLUMNS))
_INSERT: Final = f"INSERT INTO journal ({', '.join(_COLUMNS)}) VALUES ({_GAPS})"  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRow:
    """One row, as it is kept.

    Attributes:
        seq: Counts from 1 without a gap.
        at: The claim of this computer's clock, UTC.
        zone: The vault's zone, IANA name.
        kind: Such as `encounter.added`.
        subject: Such as `E1`; empty for the vault itself.
        record: Which record the payload is the new state of, such as `encounter/1`, or empty.
        payload: Canonical JSON; None once erased.
        salt: 16 random octets, hex.
        digest: SHA-256 of salt and payload, hex.
        previous: The hash of the row before, hex.
        hash: SHA-256 of `leaf()`, hex.
    """

    seq: int
    at: str
    zone: str
    kind: str
    subject: str
    record: str
    payload: str | None
    salt: str
    digest: str
    previous: str
    hash: str

    def leaf(self) -> bytes:
        """What the hash covers: the row as canonical JSON, without payload and hash."""
        return canonical_json.canonical({name: getattr(self, name) for name in _COVERED})


def genesis(vault: str) -> str:
    """What the first row of a vault's journal hangs on."""
    return sha256(f"pirights journal of vault {vault}".encode()).hexdigest()


def digest_of(salt: str, payload: str) -> str:
    """The salted digest that stands for a payload."""
    return sha256(bytes.fromhex(salt) + payload.encode()).hexdigest()


class Pen:
    """Writes rows within one transaction. `draw`: gives so many random octets, for the salts."""

    def __init__(
        self,
        connection: Connection,
        *,
        vault: str,
        zone: str,
        now: datetime,
        draw: Callable[[int], bytes],
    ) -> None:
        self._connection = connection
        self._draw = draw
        self._zone = zone
        self._at = plain.moment(now)
        last = connection.execute(
            "SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        before: str
        self._seq: int
        self._hash: str
        self._seq, before, self._hash = last or (0, self._at, genesis(vault))
        self._went_back_from = before if is_before(self._at, before) else None

    def write(self, kind: str, subject: str, payload: str, *, record: str = "") -> None:
        """Append a row; first, where the clock went backwards, one that says so."""
        if self._went_back_from is not None:
            before, self._went_back_from = self._went_back_from, None
            said = canonical_json.canonical({"before": before, "now": self._at}).decode()
            self._append(CLOCK_BACKWARDS, "", said, "")
        self._append(kind, subject, payload, record)

    def _append(self, kind: str, subject: str, payload: str, record: str) -> None:
        salt = self._draw(_SALT_SIZE).hex()
        digest = digest_of(salt, payload)
        seq, previous = self._seq + 1, self._hash
        covered = (seq, self._at, self._zone, kind, subject, record, salt, digest, previous)
        leaf = canonical_json.canonical(dict(zip(_COVERED, covered, strict=True)))
        hashed = sha256(leaf).hexdigest()
        self._connection.execute(_INSERT, (*covered, payload, hashed))
        self._seq, self._hash = seq, hashed


def rows(connection: Connection) -> Iterator[JournalRow]:
    """Read the whole journal, in order."""
    for values in connection.execute(_SELECT):
        yield JournalRow(**dict(zip(_COLUMNS, values, strict=True)))


def hash_of(row: JournalRow) -> str:
    """What a row's hash must be."""
    return sha256(row.leaf()).hexdigest()


def is_before(at: str, other: str) -> bool:
    """Compare the times of two rows."""
    return datetime.fromisoformat(at) < datetime.fromisoformat(other)
