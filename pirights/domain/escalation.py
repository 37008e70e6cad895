"""What may follow a request (后续文书): letters to the handler, and papers for an authority."""

from enum import StrEnum
from typing import Final


class FollowUp(StrEnum):
    """A letter that follows a request."""

    REMINDER = "reminder"
    INCOMPLETE = "incomplete"
    REASONS = "reasons"
    IDENTITY = "identity"
    WITHDRAWAL = "withdrawal"
    PRESERVE = "preserve"
    BREACH = "breach"
    REGULATOR = "regulator"
    CONSUMER = "consumer"
    POLICE = "police"
    PROCURATORATE = "procuratorate"
    COURT = "court"


TO_AUTHORITY: Final = frozenset(
    {
        *(FollowUp.REGULATOR, FollowUp.CONSUMER, FollowUp.POLICE),
        *(FollowUp.PROCURATORATE, FollowUp.COURT),
    }
)
"""Those that go to an authority, an association or a court, not to the handler."""

ASKED_AGAIN: Final = frozenset({FollowUp.REMINDER, FollowUp.INCOMPLETE, FollowUp.REASONS})
"""Letters that ask again for what the request asked."""

BESIDE: Final = frozenset({FollowUp.WITHDRAWAL, FollowUp.PRESERVE, FollowUp.BREACH})
"""Letters that go beside a request: its clock and its stage are not theirs to turn."""

UNTIMED: Final = frozenset({FollowUp.PRESERVE, FollowUp.BREACH}) | TO_AUTHORITY
"""Letters from which no period for the handler's answer ever runs."""
