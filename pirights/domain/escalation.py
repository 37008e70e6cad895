"""What may follow a request (后续文书): the letters to the same handler."""

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


BESIDE: Final = frozenset({FollowUp.WITHDRAWAL, FollowUp.PRESERVE, FollowUp.BREACH})
"""Letters that go beside a request: its clock and its stage are not theirs to turn."""

UNTIMED: Final = frozenset({FollowUp.PRESERVE, FollowUp.BREACH})
"""Those among them that exercise no right: no period for an answer ever runs from them."""
