"""What a report tells: counts and lists of bounded length, of all cases or of one client's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from pirights.domain.case import Outcome, Stage
from pirights.domain.handler import Venue
from pirights.domain.period import Force
from pirights.domain.person import Person
from pirights.domain.request import Right, Score
from pirights.errors import Message

Marks = Mapping[Score, int]
"""How many items have each mark; marks that none has may be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One client's row of the matrix.

    Attributes:
        number: After the P.
        marks: Of the items of all their requests, by the right they rest on.
    """

    number: int
    name: str
    cases: int
    marks: Mapping[Right, Marks]

    @property
    def unmet(self) -> int:
        """How many items are not given, those without a mark among them."""
        return sum(
            count
            for marks in self.marks.values()
            for score, count in marks.items()
            if score is not Score.GIVEN
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day that runs in a case.

    Attributes:
        client: The number after the P.
        passed: The day is today or lies before it.
    """

    on: date
    ref: str
    client: int
    client_name: str
    handler: str
    what: Message
    force: Force
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """How long one handler took from the day on which a request left to its first answer.

    Attributes:
        number: After the H.
        sent: Requests that left.
        days: Of those that were answered, shortest first; 0 for the same day.
        read: How many of the answers a person confirmed as such; the others seem to be answers.
        waiting: Days since each request left that has no answer, longest first; of open cases.
    """

    number: int
    name: str
    sent: int
    days: tuple[int, ...]
    read: int
    waiting: tuple[int, ...]

    @property
    def middle(self) -> float | None:
        """The median of the days; None where nothing was answered."""
        return median(self.days) if self.days else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A case in one line.

    Attributes:
        client: The number after the P.
        last: The day of its last message, out or in; None where it has none that counts.
        due: The next day that runs, if one does.
    """

    ref: str
    client: int
    client_name: str
    handler: str
    stage: Stage
    outcome: Outcome
    opened_on: date
    last: date | None
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that a report tells. Each list is bounded, and its `…_count` says how long it would be.

    Attributes:
        at: The moment for which it holds, on the clock of `zone`.
        zone: IANA name; days are counted in it.
        only: The client whom it is limited to; None for all.
        rights: Those that were asked for, in their own order.
        total: The marks of all clients' items together.
        clients: In the order of their numbers; where not all are here, those with most unmet.
        due: Earliest first.
        answering: Those with most requests first.
        scans: By kind of place and month (its first day).
        cases: Newest first.
    """

    at: datetime
    zone: str
    only: Person | None
    stages: Mapping[Stage, int]
    outcomes: Mapping[Outcome, int]
    rights: Sequence[Right]
    total: Mapping[Right, Marks]
    clients: Sequence[Client]
    client_count: int
    due: Sequence[Due]
    due_count: int
    passed_count: int
    answering: Sequence[Answering]
    answering_count: int
    scans: Mapping[Venue, Mapping[date, int]]
    cases: Sequence[Listed]
    case_count: int
