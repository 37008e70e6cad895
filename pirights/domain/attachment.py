"""A file kept byte for byte in the vault."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Purpose(StrEnum):
    """Why a file was taken in."""

    ENCOUNTER = "encounter"
    SENT_PROOF = "sent-proof"
    ARRIVAL_PROOF = "arrival-proof"
    REPLY = "reply"
    IDENTITY = "identity"
    COST_PROOF = "cost-proof"
    CAPTURE = "capture"
    CHECKPOINT = "checkpoint"
    FORMER_LOG = "former-log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file kept byte for byte.

    Attributes:
        id: The row's own number in the vault.
        owner: The label of what it belongs to: `E1`, `PR-…/1` (a letter), `I3` (a reply by row id),
            `P1` (an identity document), `C3` (a cost); of a captured page `H1` (a handler), `E1`,
            or a case's reference, as of a case's rows in the log of the vault that it came from;
            `checkpoint` of a checkpoint of the journal.
        name: The file's own name when it was taken in, without its folder.
        size: Octets.
        sha256: 64 lower-case hex digits of the bytes.
        media_type: As its first bytes say, else as its name says.
        imported_at: Aware, UTC.
        voided_on: The day it was taken back; None while it counts. Of captured pages only.
        voided_because: Why.
    """

    id: int
    owner: str
    purpose: Purpose
    name: str
    size: int
    sha256: str
    media_type: str
    imported_at: datetime
    voided_on: date | None = None
    voided_because: str = ""
