"""A file kept byte for byte in the vault."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """Why a file was taken in."""

    ENCOUNTER = "encounter"
    SENT_PROOF = "sent-proof"
    ARRIVAL_PROOF = "arrival-proof"
    REPLY = "reply"
    IDENTITY = "identity"
    COST_PROOF = "cost-proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file kept byte for byte.

    Attributes:
        id: The row's own number in the vault.
        owner: The label of what it belongs to: `E1`, `PR-…/1` (a letter), `I3` (a reply by row id),
            `P1` (an identity document), `C3` (a cost).
        name: The file's own name when it was taken in, without its folder.
        size: Octets.
        sha256: 64 lower-case hex digits of the bytes.
        media_type: As its first bytes say, else as its name says.
        imported_at: Aware, UTC.
    """

    id: int
    owner: str
    purpose: Purpose
    name: str
    size: int
    sha256: str
    media_type: str
    imported_at: datetime
