"""The checkpoints of the journal that were stamped: kept in the vault, text and time stamp."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pirights import canonical_json
from pirights.domain import checkpoint
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.checkpoint import Checkpoint
from pirights.domain.merkle import Span, Tree
from pirights.errors import VaultDamaged, message
from pirights.evidence import timestamp_token
from pirights.vault.change import Change
from pirights.workflow.desk import Desk

OWNER: Final = "checkpoint"
"""What their files belong to: the vault itself, and no case."""

SUFFIX: Final = ".tsr"
"""What a time stamp's file is called beyond the name of what it is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A checkpoint with its time stamp, as they lie in the vault.

    Attributes:
        name: The text's file, such as `checkpoint-57.txt`.
        text: What the time stamp is over.
        token: The authority's whole answer.
    """

    name: str
    text: bytes
    token: bytes

    @property
    def early(self) -> bool:
        """Say whether the time stamp's time lies hours before the text was made.

        Raises:
            VaultDamaged: The text is not that of a checkpoint.
        """
        try:
            time = timestamp_token.read(self.token).time
        except timestamp_token.NoToken:
            return False
        return self.checkpoint.is_younger_than(time)

    @property
    def checkpoint(self) -> Checkpoint:
        """What the text says.

        Raises:
            VaultDamaged: It is not the text of a checkpoint.
        """
        try:
            return checkpoint.parse(self.text)
        except ValueError as wrong:
            raise VaultDamaged(
                message("{name} in the vault is not a checkpoint of the journal.", name=self.name),
                hint=message("Run `pirights vault check` to see what is wrong."),
            ) from wrong


def of_now(desk: Desk) -> Checkpoint:
    """Make the checkpoint of the whole journal, read once from end to end."""
    tree = grown(desk)
    return Checkpoint(size=tree.size, root=tree.root(), claimed_at=desk.now.replace(microsecond=0))


def grown(desk: Desk, *, keeping: Sequence[Span] = (), until: int | None = None) -> Tree:
    """Grow the tree of the journal's rows: all, or the first `until`."""
    tree = Tree(keeping=keeping)
    for row in desk.vault.journal_rows():
        if tree.size == until:
            break
        tree.append(row.leaf())
    return tree


def keep(change: Change, made: Checkpoint, token: bytes) -> None:
    """Put a checkpoint and its time stamp into the vault."""
    name = f"checkpoint-{made.size}.txt"
    for file, data in ((name, made.text()), (f"{name}{SUFFIX}", token)):
        change.attach_octets(file, data, owner=OWNER, purpose=Purpose.CHECKPOINT)


def kept(desk: Desk) -> list[Kept]:
    """Give the checkpoints with a time stamp, oldest first.

    Raises:
        VaultDamaged: A file is no longer what was taken in.
    """
    return list(_pairs(desk, desk.vault.attachments(OWNER)))


def checked_when_stamped(desk: Desk) -> dict[str, datetime]:
    """Say which time stamps a root of the user's vouched for when they were made, and when.

    Returns:
        The moment by this computer's clock, aware, by the checkpoint's root in hex.
    """
    return {
        told["root"]: datetime.fromisoformat(row.at)
        for row in desk.vault.journal_rows()
        if row.kind == "checkpoint.stamped"
        and row.payload is not None
        and (told := canonical_json.parse(row.payload)).get("trusted") is True
    }


def _pairs(desk: Desk, files: Sequence[Attachment]) -> Iterator[Kept]:
    tokens = {file.name: file for file in files}
    for file in files:
        token = tokens.get(f"{file.name}{SUFFIX}")
        if token is not None:
            yield Kept(name=file.name, text=_whole(desk, file), token=_whole(desk, token))


def _whole(desk: Desk, file: Attachment) -> bytes:
    return b"".join(desk.vault.chunks(file))
