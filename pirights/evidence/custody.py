"""The journal in a bundle: rows that fit their sums, are in the tree, and tell of the exhibits."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from pirights import canonical_json
from pirights.errors import message
from pirights.evidence import checkpoint_check, custody_exhibits, readers
from pirights.evidence.findings import Covered, Notebook

JOURNAL: Final = "data/custody/journal.jsonl"

_LARGEST: Final = 64 * 1024 * 1024
"""Octets of a journal that is still read."""

_COVERED: Final = frozenset(
    {"seq", "at", "zone", "kind", "subject", "record", "salt", "digest", "previous"}
)
"""What a row's hash covers: all but the payload, for which the digest stands, and itself."""

_HEX: Final = re.compile(r"(?:[0-9a-f]{2})+")


def check(
    reader: readers.Reader,
    notes: Notebook,
    roots: Sequence[bytes] = (),
    *,
    cases: Sequence[str],
    proved: bool = False,
) -> tuple[Covered, ...]:
    """Check rows, proofs and checkpoints.

    Args:
        reader: The bag.
        notes: Where what is wrong is noted.
        roots: The certificates that the user trusts.
        cases: The references that the bag says it is of.
        proved: One of the roots vouches for a time stamp of the whole bag.

    Returns:
        What each checkpoint with a time stamp covers; nothing where the rows are not sound.
    """
    rows = _rows(reader, notes)
    if not rows:
        return ()
    _check_case(cases, rows, notes)
    custody_exhibits.check(reader, rows, notes)
    leaves = {row["seq"]: _covered(row) for row in rows}
    return checkpoint_check.check(reader, leaves, notes, roots, proved=proved)


def _check_case(cases: Sequence[str], rows: Sequence[Mapping[str, Any]], notes: Notebook) -> None:
    """See that the log has rows of the case that the bag names: every bundle shows its opening."""
    subjects = {row["subject"] for row in rows}
    for case in cases:
        if case not in subjects:
            notes.fault(
                "bag-info.txt",
                message(
                    "External-Identifier names the case {ref}, but the log in the bundle has no "
                    "row of that case.",
                    ref=case,
                ),
            )


def _rows(reader: readers.Reader, notes: Notebook) -> list[dict[str, Any]]:
    """Read every row; the rows of other cases are not there, so the chain has gaps."""
    data = readers.read_noted(reader, JOURNAL, notes, limit=_LARGEST)
    if data is None:
        return []
    rows: list[dict[str, Any]] = []
    before: dict[str, Any] = {}
    for number, line in enumerate(data.splitlines(keepends=True) or [data], start=1):
        row = _row(line)
        if row is None:
            notes.fault(
                JOURNAL,
                message("Its line {number} is not written as pirights writes it.", number=number),
            )
            return []
        if not _fits(row) or not _follows(row, before):
            notes.fault(
                JOURNAL,
                message("Its line {number} does not fit its sums: changed.", number=number),
            )
            return []
        before = row
        rows.append(row)
    return rows


def _row(line: bytes) -> dict[str, Any] | None:
    try:
        row = canonical_json.parse(line.decode())
    except ValueError:
        return None
    if not isinstance(row, dict) or row.keys() != _COVERED | {"payload", "hash"}:
        return None
    numbered = isinstance(row["seq"], int) and not isinstance(row["seq"], bool)
    words = all(isinstance(row[key], str) for key in row.keys() - {"seq", "payload"})
    told = row["payload"] is None or isinstance(row["payload"], str)
    sound = numbered and words and told and _HEX.fullmatch(row["salt"])
    return row if sound and _is_canonical(row, line) else None


def _is_canonical(row: dict[str, Any], line: bytes) -> bool:
    try:
        return canonical_json.canonical(row) + b"\n" == line
    except ValueError:
        return False


def _fits(row: dict[str, Any]) -> bool:
    """Say whether a row has the sums that its other cells make."""
    try:
        covered = _covered(row)
        payload = (row["payload"] or "").encode()
    except ValueError:
        return False
    digest = sha256(bytes.fromhex(row["salt"]) + payload).hexdigest()
    erased = row["payload"] is None
    return sha256(covered).hexdigest() == row["hash"] and (erased or digest == row["digest"])


def _covered(row: dict[str, Any]) -> bytes:
    """The octets that a row's hash is made over, and that the tree has as its leaf.

    Raises:
        ValueError: It has no canonical form.
    """
    return canonical_json.canonical({key: row[key] for key in _COVERED})


def _follows(row: dict[str, Any], before: dict[str, Any]) -> bool:
    """Say whether a row can come after another, and hangs on it where no row lies between."""
    if not before:
        return True
    apart = row["seq"] - before["seq"]
    return bool(apart > 1 or (apart == 1 and row["previous"] == before["hash"]))
