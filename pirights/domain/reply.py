"""The reply (答复): a message that came in, and what it seems to say."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReplyKind(StrEnum):
    """What a reply seems to be. A suggestion from its words; a human decides."""

    ACKNOWLEDGEMENT = "acknowledgement"
    FORM_REQUIRED = "form-required"
    IDENTITY_REQUIRED = "identity-required"
    MORE_INFORMATION = "more-information"
    EXTENDED = "extended"
    TRANSFERRED = "transferred"
    GIVEN = "given"
    PARTIAL = "partial"
    NO_DATA = "no-data"
    REFUSED = "refused"
    EXEMPT = "exempt"
    BOUNCED = "bounced"
    AUTO_REPLY = "auto-reply"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An incoming message.

    Attributes:
        id: The row's own number in the vault.
        ref: The case it belongs to, or empty while it waits in the inbox.
        number: Its place among the case's messages (`<ref>/2`), 0 in the inbox.
        on: The day it came in, in the vault's zone.
        reasons: Why it was read so and matched so, in words taken from it.
    """

    id: int
    ref: str
    number: int
    on: date
    kind: ReplyKind
    reasons: tuple[str, ...] = ()
    sender: str = ""
    subject: str = ""
    message_id: str = ""
    text: str = ""

    @property
    def label(self) -> str:
        """The name people type: PR-2026-7K3M9QX-C/2, or I3 while in the inbox."""
        return f"{self.ref}/{self.number}" if self.ref else f"I{self.id}"
