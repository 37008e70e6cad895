"""When something is due, and on whose word: a law, a promise, a standard, or our suggestion.

The Personal Information Protection Law sets no number of days for answering a request (45 and
46 say 及时, promptly), so no day given here is statutory unless a rule with its article says so.
The order is: what the handler promised in this case; else its own published promise; else the
rule of its sector; else the 30 days that GB/T 35273-2020, a recommended standard, gives; and
before the clock can run, what we suggest doing. Every date carries its reasoning, step by step.
"""

from dataclasses import dataclass
from datetime import date

from pirights.domain.adjustment import Adjustment, Told
from pirights.domain.handler import Period, Venue
from pirights.domain.period import Force
from pirights.domain.request import Right
from pirights.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which something should have happened.

    Attributes:
        id: What it is, for programs: `send`, `arrival`, `answer`, `asked-back`, `reply-asked`,
            `paused`, `authority`, `limitation`.
        what: The same for people.
        on: The last day, inclusive; of a pause, the day on which it began.
        basis: The rule's id.
        start: The day of the event that set the clock going; itself not counted.
        steps: The reasoning, in order.
        provisional: It rests on a year whose holidays are not yet announced.
        guessed_year: A year without notice in which working days were counted, or None.
        was: A provisional day that was shown before the notice came, where it differs.
        period: Of an answer: what was counted; None where somebody named the day.
        letter: The number of the letter that it hangs on; 0 where it hangs on the whole case.
    """

    id: str
    what: Message
    on: date
    force: Force
    basis: str
    start: date
    steps: tuple[Message, ...]
    provisional: bool = False
    guessed_year: int | None = None
    was: date | None = None
    period: Period | None = None
    letter: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What the deadlines of one letter hang on.

    Attributes:
        letter_on: The day printed on the letter.
        sent_on: The day it left, if it did.
        ticket: The number that a form or an app gave it; empty if none.
        label: The letter's name within its case, /2, where it has to be told from others.
        came_back: It came back undelivered, or was given up on the way.
        arrived_on: The day it reached the handler, once that is proved.
        proof: What is said of how its arrival is proved.
        policy: The time for an answer that the handler's own published rules give.
        venues: The kinds of place of the encounters.
        rights: What the letter asks.
        answered: An answer came that ends the waiting (not a mere acknowledgement).
        asked_back_on: The day the handler asked for something, if that is the last word.
        identity_asked_on: The day the handler asked for proof of identity, if that is not settled.
        identity_settled_on: The day that was settled, if it was asked.
        identity_offered_on: The day on which an answer to that demand arrived; not settled by it.
        adjustments: What changed the clock of the case.
        told: The last provisional day that was shown for this letter.
        asked_by: The day, inclusive, that a letter after the request names; None for a request.
    """

    letter_on: date
    sent_on: date | None
    arrived_on: date | None
    policy: Period | None
    answered: bool
    ticket: str = ""
    label: str = ""
    came_back: bool = False
    asked_back_on: date | None = None
    identity_asked_on: date | None = None
    identity_settled_on: date | None = None
    identity_offered_on: date | None = None
    proof: tuple[Message, ...] = ()
    venues: frozenset[Venue] = frozenset()
    rights: frozenset[Right] = frozenset()
    adjustments: tuple[Adjustment, ...] = ()
    told: Told | None = None
    asked_by: date | None = None
