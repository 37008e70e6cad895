"""The checkpoints in a bundle: every row shown is in their tree, the tree only grew, and when."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from pirights.domain import checkpoint, merkle
from pirights.domain.checkpoint import Checkpoint
from pirights.errors import message
from pirights.evidence import custody_proofs, names, readers, sums, timestamp_token
from pirights.evidence.custody_proofs import FINAL, Proofs
from pirights.evidence.findings import Covered, Notebook

FOLDER: Final = f"data/{custody_proofs.FOLDER}"
PROOFS: Final = f"{FOLDER}/proofs.json"

_LARGEST: Final = 64 * 1024 * 1024
"""Octets of proofs that are still read: some fifty thousand rows."""


def check(
    reader: readers.Reader,
    leaves: Mapping[int, bytes],
    notes: Notebook,
    roots: Sequence[bytes] = (),
    *,
    proved: bool = False,
) -> tuple[Covered, ...]:
    """Check the proofs of the rows shown, and the time stamps of the checkpoints.

    Args:
        reader: The bag.
        leaves: What the tree holds of each row shown, by the row's number, which counts from 1.
        notes: Where faults are noted.
        roots: Root certificates that the user trusts.
        proved: One of them vouches for a time stamp of the whole bag, and so of its checkpoints.

    Returns:
        For each checkpoint with a time stamp of it, in order of size, what it covers.
    """
    proofs = _proofs(reader, notes)
    if proofs is None:
        return ()
    sizes = {growth.file: growth.size for growth in proofs.growths} | {FINAL: proofs.size}
    _check_files(reader, sizes, notes)
    found = {file: _checkpoint(reader, file, size, notes) for file, size in sizes.items()}
    final = found[FINAL]
    if final is None:
        return ()
    _check_rows(leaves, proofs, final, notes)
    _check_growth(found, proofs, final, notes)
    judged = {
        file: (one[0], timestamp_token.judge(token, digests(one[1]), roots))
        for file, one in found.items()
        if one is not None and (token := _token(reader, file, notes)) is not None
    }
    # One vouched for is enough: without the others the bag would say the same.
    proved = proved or any(stamp.status == "valid" for _, stamp in judged.values())
    covered = (
        _covered(file, tree, stamp, leaves, notes, proved=proved)
        for file, (tree, stamp) in judged.items()
    )
    return tuple(filter(None, covered))


def _proofs(reader: readers.Reader, notes: Notebook) -> Proofs | None:
    data = readers.read_noted(reader, PROOFS, notes, limit=_LARGEST)
    if data is None:
        return None
    try:
        return custody_proofs.read(data)
    except ValueError:
        notes.fault(PROOFS, message("It is not written as pirights writes it: it was changed."))
        return None


def _check_files(reader: readers.Reader, sizes: Mapping[str, int], notes: Notebook) -> None:
    known = {f"{FOLDER}/{name}" for name in ("journal.jsonl", "proofs.json", *sizes)}
    known |= {f"{FOLDER}/{name}.tsr" for name in sizes}
    for name in reader.sizes:
        if name.startswith(f"{FOLDER}/") and name not in known:
            notes.fault(name, message("The proofs do not speak of it."))
    for name in sizes.keys() - {FINAL}:
        for file in (f"{FOLDER}/{name}", f"{FOLDER}/{name}.tsr"):
            if file not in reader.sizes:
                notes.fault(file, message("It is missing, and the proofs speak of it."))
    if list(sizes.values()) != sorted(set(sizes.values())):
        notes.fault(PROOFS, message("Its checkpoints are not in the order in which they grew."))


def _checkpoint(
    reader: readers.Reader, file: str, size: int, notes: Notebook
) -> tuple[Checkpoint, bytes] | None:
    name = f"{FOLDER}/{file}"
    text = readers.read_noted(reader, name, notes, limit=checkpoint.LARGEST)
    if text is None:
        return None
    try:
        read = checkpoint.parse(text)
    except ValueError:
        notes.fault(name, message("It is not written as pirights writes it: it was changed."))
        return None
    if read.size != size:
        notes.fault(name, message("It is of another tree than the proofs."))
        return None
    return read, text


def _check_rows(
    leaves: Mapping[int, bytes],
    proofs: Proofs,
    final: tuple[Checkpoint, bytes],
    notes: Notebook,
) -> None:
    if [row.index + 1 for row in proofs.rows] != list(leaves):
        notes.fault(PROOFS, message("It does not prove the very rows that are shown."))
        return
    tree, _ = final
    for row in proofs.rows:
        leaf = leaves[row.index + 1]
        if not merkle.is_included(leaf, row.path, index=row.index, size=tree.size, root=tree.root):
            notes.fault(
                PROOFS,
                message(
                    "Row {row} of the journal is not in the tree of {file}: the proof is of "
                    "another tree, or the row was changed.",
                    row=row.index + 1,
                    file=FINAL,
                ),
            )
            return


def _check_growth(
    found: Mapping[str, tuple[Checkpoint, bytes] | None],
    proofs: Proofs,
    final: tuple[Checkpoint, bytes],
    notes: Notebook,
) -> None:
    tree, _ = final
    for growth in proofs.growths:
        before = found[growth.file]
        if before is not None and not merkle.is_consistent(
            growth.path,
            first=before[0].size,
            first_root=before[0].root,
            second=tree.size,
            second_root=tree.root,
        ):
            notes.fault(
                f"{FOLDER}/{growth.file}",
                message(
                    "The tree of {file} did not grow out of this one: the journal was rewritten, "
                    "or this is a checkpoint of another journal.",
                    file=FINAL,
                ),
            )


def _token(reader: readers.Reader, file: str, notes: Notebook) -> bytes | None:
    return readers.read_noted(reader, f"{FOLDER}/{file}.tsr", notes, limit=names.LARGEST_LATER)


def _covered(  # noqa: PLR0913 (each is needed once)
    file: str,
    tree: Checkpoint,
    judged: timestamp_token.Judged,
    leaves: Mapping[int, bytes],
    notes: Notebook,
    *,
    proved: bool,
) -> Covered | None:
    """Say what a checkpoint covers; an authority that nothing here vouches for covers nothing.

    Unless one that is vouched for stands beside it: then it is kept, and proves nothing.
    """
    name = f"{FOLDER}/{file}.tsr"
    refused = judged.status == "wrong" or (judged.status == "unknown" and not proved)
    if refused or judged.time is None:
        notes.fault(
            name,
            message("No time stamp of {file}: {reason}.", file=file, reason=judged.reason),
        )
        return None
    if judged.status == "unknown":
        notes.warning(name, timestamp_token.not_vouched(judged))
    elif judged.status == "unverified":
        notes.warning(
            name, message("The time stamp is kept, not verified: {reason}.", reason=judged.reason)
        )
    doubtful = tree.is_younger_than(judged.time)
    if doubtful:
        notes.warning(
            name,
            message(
                "The time stamp of {file} names a time hours before {file} says that it was made: "
                "one of the two clocks was wrong, so it is not counted.",
                file=file,
            ),
        )
    return Covered(
        file=f"{FOLDER}/{file}",
        rows=tuple(row for row in leaves if row <= tree.size),
        time=judged.time,
        signer=judged.signer,
        proved=judged.status == "valid" and not doubtful,
    )


def digests(text: bytes) -> dict[str, str]:
    """The sums of a checkpoint that a time stamp may be of, in hex."""
    sm3 = sums.new("sm3")
    sm3.update(text)
    return {"sha256": hashlib.sha256(text).hexdigest(), "sm3": sm3.hexdigest()}
