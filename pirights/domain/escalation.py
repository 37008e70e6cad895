"""What may follow a request (后续文书): the letters to the same handler."""

from enum import StrEnum


class FollowUp(StrEnum):
    """A letter that follows a request."""

    REMINDER = "reminder"
    INCOMPLETE = "incomplete"
    REASONS = "reasons"
