"""The vault that this one was taken from, as the log tells of it (`vault.taken-from`)."""

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from pirights.domain.checkpoint import Checkpoint
from pirights.workflow.desk import Desk

_FIRST_ROWS: Final = 2
"""A vault's own beginning, then where it was taken from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerVault:
    """What is known of the vault from which this one was exported.

    Attributes:
        id: Of that vault, hex.
        at: When this one was taken from it; aware.
        size: Rows of its journal at that moment.
        root: The hash of their tree, 32 octets.
    """

    id: str
    at: datetime
    size: int
    root: bytes

    def is_before(self, moment: datetime) -> bool:
        """Say whether this vault did not exist yet at a moment (aware)."""
        return moment <= self.at

    def can_have_made(self, checkpoint: Checkpoint) -> bool:
        """Say whether a checkpoint made before that moment can be one of that vault.

        At the same length the trees are compared; of a shorter one nothing more is known here.
        """
        if checkpoint.size == self.size:
            return checkpoint.root == self.root
        return checkpoint.size < self.size


def of(desk: Desk) -> FormerVault | None:
    """Look where the vault came from; None where it was begun empty, or where the row is gone."""
    for row in islice(desk.vault.journal_rows(), _FIRST_ROWS):
        if row.kind == "vault.taken-from" and row.payload is not None:
            told = json.loads(row.payload)
            return FormerVault(
                id=told["vault"],
                at=datetime.fromisoformat(told["at"]),
                size=told["size"],
                root=bytes.fromhex(told["root"]),
            )
    return None
