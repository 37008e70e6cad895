"""What the log's facts may mean in law, whom to ask, and where to turn."""

from dataclasses import dataclass
from datetime import date, timedelta

from pirights import assessment_data, rule_data
from pirights.domain import authority
from pirights.domain.addressee import Addressee, addressees
from pirights.domain.assessment import Assessment, Assessor
from pirights.domain.authority import Authority
from pirights.domain.encounter import Circumstance, Encounter
from pirights.domain.handler import Handler
from pirights.domain.law import State
from pirights.domain.venue_profile import VenueProfile
from pirights.workflow.desk import Desk

_VIDEO_KEPT = "public-video-2025:17"
_VIDEO_DAYS = 30
"""Days that public security video of the places in article 7 is kept at least (article 17)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One scan, weighed.

    Attributes:
        profile: What is usual at such a place.
        addressees: Whom to address, and what to ask the others.
        bodies: Where one can turn to, the most fitting first.
        video_until: The last day on which public security video must still be kept, or None
            where no such minimum is known.
    """

    assessment: Assessment
    profile: VenueProfile
    addressees: tuple[Addressee, ...]
    bodies: tuple[Authority, ...]
    video_until: date | None


def assess(desk: Desk, number: int) -> Weighed:
    """Weigh one scan.

    Raises:
        NotFound: An unknown encounter.
    """
    encounter = desk.vault.get(Encounter, number)
    profile = rule_data.venues()[encounter.venue]
    handlers = {
        actor.handler: desk.vault.get(Handler, actor.handler) for actor in encounter.handlers
    }
    return Weighed(
        assessment=assessor(desk).assess(encounter),
        profile=profile,
        addressees=addressees(encounter, handlers, profile),
        bodies=authority.open_on(rule_data.authorities(), profile.supervisors, desk.today),
        video_until=_video_until(desk, encounter, profile),
    )


def assess_all(desk: Desk, *, limit: int | None = None) -> tuple[list[Assessment], int]:
    """Weigh every scan, newest first, and say how many there are."""
    weigh = assessor(desk)
    found = desk.vault.find_all(Encounter, limit=limit)
    return [weigh.assess(one) for one in found], desk.vault.count(Encounter)


def assessor(desk: Desk) -> Assessor:
    """Bring the rules and the law together, for today."""
    rules = assessment_data.rules()
    return Assessor(
        rules=rules.rules,
        questions=rules.questions,
        telling=rules.telling,
        laws=desk.laws,
        usual={venue: one.public_place for venue, one in rule_data.venues().items()},
        today=desk.today,
    )


def _video_until(desk: Desk, encounter: Encounter, profile: VenueProfile) -> date | None:
    named = profile.thirty_days or Circumstance.PUBLIC_SECURITY_SYSTEM in encounter.circumstances
    if not named or desk.laws.state(_VIDEO_KEPT, encounter.day) is not State.IN_FORCE:
        return None
    return encounter.day + timedelta(days=_VIDEO_DAYS)
