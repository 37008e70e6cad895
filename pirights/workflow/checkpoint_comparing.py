"""Is the journal still the one that its checkpoints were made of? Part of `vault check`.

The checkpoints in the vault show that no row was altered since. That the whole vault was put back
to an older copy, only a checkpoint from outside can show: the older copy has none that is newer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from pirights.domain import checkpoint
from pirights.domain.checkpoint import Checkpoint
from pirights.errors import BadInput, Message, VaultDamaged, message
from pirights.evidence import checkpoint_check, timestamp_token
from pirights.evidence.names import LARGEST_LATER
from pirights.evidence.timestamp_token import Judged
from pirights.workflow import checkpoints
from pirights.workflow.checkpoints import SUFFIX, Kept
from pirights.workflow.desk import Desk
from pirights.workflow.named_file import octets_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outside:
    """A checkpoint from outside, and its time stamp where one lies beside it."""

    name: str
    checkpoint: Checkpoint
    stamp: Judged | None


def findings(desk: Desk, outside: Sequence[Path]) -> list[Message]:
    """Say everything in which the journal and its checkpoints disagree.

    Args:
        desk: The vault.
        outside: Checkpoints that were kept elsewhere: copies made by `stamp --out`, or those of a
            bundle.

    Raises:
        BadInput: One of them is no checkpoint.
    """
    given = [_read(path) for path in outside]
    inner: list[tuple[Kept, Checkpoint]] = []
    found: list[Message] = []
    try:
        for one in checkpoints.kept(desk):
            try:
                inner.append((one, one.checkpoint))
            except VaultDamaged as wrong:
                found.append(wrong.message)
    except VaultDamaged:
        pass  # its file is named already by the check of all files
    sizes = {one.size for _, one in inner} | {one.checkpoint.size for one in given}
    if not sizes:
        return found
    tree = checkpoints.grown(desk, keeping=[(0, size) for size in sizes])
    roots = {size: tree.hash_of((0, size)) for size in sizes if size <= tree.size}
    found += _inner(inner, roots)
    found += _outer(given, roots, tree.size, ZoneInfo(desk.zone))
    return found


def _inner(inner: Sequence[tuple[Kept, Checkpoint]], roots: dict[int, bytes]) -> Iterator[Message]:
    for one, made in inner:
        if roots.get(made.size) != made.root:
            yield message(
                "The journal is not what {name} in the vault says of its first {size} rows: the "
                "rows or the checkpoint were altered.",
                name=one.name,
                size=made.size,
            )
        judged = _judged(one.token, one.text)
        if judged.status == "wrong":
            yield message(
                "The time stamp of {name} in the vault is none of it: {reason}.",
                name=one.name,
                reason=judged.reason,
            )


def _outer(
    given: Sequence[_Outside], roots: dict[int, bytes], length: int, zone: ZoneInfo
) -> Iterator[Message]:
    for one in given:
        size = one.checkpoint.size
        if size > length:
            yield message(
                "The vault was put back to an older copy: its journal ends at row {length}, and "
                "{name} ({when}) covers {size} rows.",
                length=length,
                name=one.name,
                when=_when(one, zone),
                size=size,
            )
        elif roots[size] != one.checkpoint.root:
            yield message(
                "The first {size} rows of the journal are not those of {name} ({when}): the vault "
                "was put back to an older copy and used on, its rows were altered, or the "
                "checkpoint is of another vault.",
                size=size,
                name=one.name,
                when=_when(one, zone),
            )


def _when(one: _Outside, zone: ZoneInfo) -> Message:
    """Say when a checkpoint was made, in the vault's zone."""
    if one.stamp is None or one.stamp.time is None:
        claimed = one.checkpoint.claimed_at.astimezone(zone)
        return message("made on {time}, as its maker's clock said", time=claimed)
    return message(
        "stamped on {time} by {signer}",
        time=one.stamp.time.astimezone(zone),
        signer=one.stamp.signer,
    )


def _read(path: Path) -> _Outside:
    text = octets_of(path, limit=checkpoint.LARGEST)
    try:
        made = checkpoint.parse(text)
    except ValueError as wrong:
        raise BadInput(
            message("{file} is not a checkpoint of a journal.", file=path),
            hint=message(
                "Give a file that `pirights stamp --out` wrote, or custody/checkpoint.txt of a "
                "bundle."
            ),
        ) from wrong
    token = path.with_name(f"{path.name}{SUFFIX}")
    stamp = _judged(octets_of(token, limit=LARGEST_LATER), text) if token.exists() else None
    if stamp is not None and stamp.status == "wrong":
        raise BadInput(
            message("{file} is no time stamp of it: {reason}.", file=token, reason=stamp.reason),
            hint=message("Give the checkpoint with the time stamp that was made of it."),
        )
    return _Outside(name=path.name, checkpoint=made, stamp=stamp)


def _judged(token: bytes, text: bytes) -> Judged:
    return timestamp_token.judge(token, checkpoint_check.digests(text), ())
