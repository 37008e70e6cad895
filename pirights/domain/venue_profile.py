"""What is usual at a kind of place: who acts there, what to ask for, who supervises."""

from dataclasses import dataclass
from datetime import date

from pirights.domain.encounter import Answer, Role
from pirights.domain.handler import Venue
from pirights.domain.law import Confidence
from pirights.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TypicalActor:
    """Someone who usually has a part there."""

    role: Role
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueProfile:
    """One kind of place.

    Attributes:
        actors: Who usually decides comes first.
        kinds: Kinds of information to ask for.
        identifiers: By what a person can be found there without a face.
        public_place: What it usually is; what the user says of a place goes before it.
        video_rule: The provision on cameras that names this kind of place or takes in the rest.
        thirty_days: Its public security video must be kept for 30 days at least
            (public-video-2025 17 with 7(2)).
        supervisors: Ids of authorities, the most fitting first.
        route: Kinds of documents in the order in which they usually come.
        counter: What its handlers usually bring up.
        basis: Provisions that the profile rests on.
    """

    venue: Venue
    actors: tuple[TypicalActor, ...]
    kinds: tuple[Words, ...]
    identifiers: tuple[Words, ...]
    public_place: Answer
    video_rule: str
    thirty_days: bool
    supervisors: tuple[str, ...]
    route: tuple[str, ...]
    counter: Words
    source: str
    checked: date
    confidence: Confidence
    note: Words | None = None
    basis: tuple[str, ...] = ()
