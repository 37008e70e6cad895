"""What the log's facts may mean in law, whom to ask, and where to turn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pirights import assessment_data, rule_data
from pirights.domain import authority
from pirights.domain.addressee import Addressee, addressees
from pirights.domain.assessment import Assessment, Assessor
from pirights.domain.authority import Authority, AuthorityRole
from pirights.domain.encounter import Circumstance, Encounter
from pirights.domain.handler import Handler
from pirights.domain.law import State
from pirights.domain.venue_profile import VenueProfile
from pirights.workflow.desk import Desk

_FOR_HOUSEHOLDS = frozenset({AuthorityRole.POLICE, AuthorityRole.COURT})
"""Bodies that a neighbour's own device may concern; those of personal information do not."""

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
        video_until: The last day on which public security video must still be kept; None where no
            such minimum is known, or where it has passed.
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
    family = Circumstance.FAMILY_USE in encounter.circumstances
    bodies = authority.open_on(rule_data.authorities(), profile.supervisors, desk.today)
    return Weighed(
        assessment=assessor(desk).assess(encounter),
        profile=profile,
        addressees=() if family else tuple(_asked(desk, encounter, handlers, profile)),
        bodies=tuple(one for one in bodies if not family or one.role in _FOR_HOUSEHOLDS),
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


def _asked(
    desk: Desk,
    encounter: Encounter,
    handlers: Mapping[int, Handler],
    profile: VenueProfile,
) -> Iterator[Addressee]:
    """Name the parties with what they may be asked under today's law, and whom to turn to."""
    venues = frozenset({encounter.venue})
    for one in addressees(encounter, handlers, profile):
        cites = desk.laws.applying(one.cites, on=desk.today, venues=venues)
        own = one.handler.venue if one.handler and one.handler.venue else encounter.venue
        supervisors = rule_data.venues()[own].supervisors
        bodies = authority.open_on(rule_data.authorities(), supervisors, desk.today)
        yield replace(one, cites=cites, bodies=tuple(body.id for body in bodies))


def _video_until(desk: Desk, encounter: Encounter, profile: VenueProfile) -> date | None:
    if (
        not profile.thirty_days  # other public places are exempt (9(2))
        or Circumstance.PUBLIC_SECURITY_SYSTEM in encounter.ruled_out
    ):
        return None
    if desk.laws.state(_VIDEO_KEPT, encounter.day) is not State.IN_FORCE:
        return None
    last = encounter.day + timedelta(days=_VIDEO_DAYS)
    return last if last >= desk.today else None
