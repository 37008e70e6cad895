"""A period (期限): how long, from which event, and on whose word."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pirights.domain.handler import Period, Venue
from pirights.domain.law import Confidence
from pirights.domain.request import Right
from pirights.domain.words import Words


class Force(StrEnum):
    """What stands behind a period."""

    STATUTORY = "statutory"
    PROMISE = "promise"
    STANDARD = "standard"
    SUGGESTION = "suggestion"


class Start(StrEnum):
    """The event that sets a clock going."""

    WRITTEN = "written"
    SENT = "sent"
    ARRIVED = "arrived"
    ASKED_BACK = "asked-back"
    KNOWN = "known"
    SCAN = "scan"
    ACCEPTED = "accepted"
    REACHED = "reached"
    FILED = "filed"
    DOCKETED = "docketed"
    SERVED = "served"
    PERFORMANCE_DUE = "performance-due"


class Matter(StrEnum):
    """What a period is about."""

    REQUEST = "request"
    SECTOR = "sector"
    OWN_STEP = "own-step"
    LIMITATION = "limitation"
    EVIDENCE = "evidence"
    AUTHORITY = "authority"
    FILING = "filing"
    COURT = "court"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRule:
    """One period with its source.

    Attributes:
        basis: The provision that prints it, or empty.
        period: None where the text has a word (及时) and no number.
        word: That word.
        shifts: Ends on the next working day where its last day is a rest day (CC 203(1)).
        venues: Where it applies; empty means everywhere.
        rights: To which rights; empty means all.
        limits: What must be said beside it.
    """

    id: str
    what: Words
    matter: Matter
    basis: str
    force: Force
    start: Start
    source: str
    checked: date
    confidence: Confidence
    period: Period | None = None
    word: Words | None = None
    shifts: bool = False
    venues: tuple[Venue, ...] = ()
    rights: tuple[Right, ...] = ()
    limits: Words | None = None
