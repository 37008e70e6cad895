"""Is the journal still the one that its checkpoints were made of? Part of `vault check`.

The checkpoints in the vault show that no row was altered since. That the whole vault was put back
to an older copy, only a checkpoint from outside can show: the older copy has none that is newer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pirights.domain import checkpoint
from pirights.domain.checkpoint import Checkpoint
from pirights.errors import BadInput, Message, VaultDamaged, message
from pirights.evidence import checkpoint_check, timestamp_token
from pirights.evidence.names import LARGEST_LATER
from pirights.evidence.timestamp_token import Judged
from pirights.workflow import checkpoints, former_vault
from pirights.workflow.checkpoints import SUFFIX, Kept
from pirights.workflow.desk import Desk
from pirights.workflow.former_vault import FormerVault
from pirights.workflow.named_file import octets_of

_SHOWN: Final = 8
"""Hex digits of a vault's id that name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outside:
    """A checkpoint from outside, and its time stamp where one lies beside it."""

    name: str
    checkpoint: Checkpoint
    stamp: Judged | None

    @property
    def made_at(self) -> datetime:
        """When it was made: by its stamp, or else by its maker's clock; aware."""
        if self.stamp is None or self.stamp.time is None:
            return self.checkpoint.claimed_at
        return self.stamp.time


def remarks(desk: Desk, outside: Sequence[Path]) -> list[Message]:
    """Say of which checkpoints the vault that this one was taken from is the maker.

    Args:
        desk: The vault.
        outside: As for `findings`.

    Raises:
        BadInput: One of them is no checkpoint.
    """
    former = former_vault.of(desk)
    if former is None:
        return []
    zone = ZoneInfo(desk.zone)
    return [
        _same(one, former, zone)
        if one.checkpoint.size == former.size
        else message(
            "{name} ({when}) is older than this vault. Its {size} rows can be those of vault "
            "{vault}, from which this one was taken when that had {length} rows; whether they are, "
            "that vault alone can tell.",
            name=one.name,
            when=_when(one, zone),
            size=one.checkpoint.size,
            vault=former.id[:_SHOWN],
            length=former.size,
        )
        for one in map(_read, outside)
        if _is_former(one, former)
    ]


def _same(one: _Outside, former: FormerVault, zone: ZoneInfo) -> Message:
    return message(
        "{name} ({when}) is of vault {vault}, from which this one was taken, and agrees with what "
        "the log says of it: {size} rows.",
        name=one.name,
        when=_when(one, zone),
        vault=former.id[:_SHOWN],
        size=former.size,
    )


def _is_former(one: _Outside, former: FormerVault | None) -> bool:
    return (
        former is not None
        and former.is_before(one.made_at)
        and former.can_have_made(one.checkpoint)
    )


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
    former = former_vault.of(desk)
    own = [one for one in given if not _is_former(one, former)]
    found += _outer(own, roots, tree.size, ZoneInfo(desk.zone), former)
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
    given: Sequence[_Outside],
    roots: dict[int, bytes],
    length: int,
    zone: ZoneInfo,
    former: FormerVault | None,
) -> Iterator[Message]:
    for one in given:
        size = one.checkpoint.size
        if former is not None and roots.get(size) != one.checkpoint.root:
            yield message(
                "{name} ({when}, {size} rows) is not of this vault's journal, which has {length} "
                "rows: the vault was put back to an older copy or its rows were altered, or the "
                "checkpoint is of another vault, such as {vault}, from which this one was taken "
                "when that had {before} rows.",
                name=one.name,
                when=_when(one, zone),
                size=size,
                length=length,
                vault=former.id[:_SHOWN],
                before=former.size,
            )
        elif size > length:
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
