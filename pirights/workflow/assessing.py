"""What the log's facts may mean in law, whom to ask, and where to turn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pirights import assessment_data, rule_data
from pirights.domain import authority, video_retention
from pirights.domain.addressee import Addressee, addressees
from pirights.domain.assessment import Assessment, Assessor
from pirights.domain.authority import Authority, AuthorityRole
from pirights.domain.encounter import Circumstance, Encounter
from pirights.domain.handler import Handler
from pirights.domain.venue_profile import VenueProfile
from pirights.workflow import encounter_list
from pirights.workflow.desk import Desk

_FOR_HOUSEHOLDS = frozenset({AuthorityRole.POLICE, AuthorityRole.COURT})
"""Bodies that a neighbour's own device may concern; those of personal information do not."""


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
    encounter = encounter_list.standing(desk, number)
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
    found, total = encounter_list.newest(desk, limit=limit)
    return [weigh.assess(one) for one in found], total


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
    """Name the parties with the law of that day and of today, and whom to turn to."""
    venues = frozenset({encounter.venue})
    for one in addressees(encounter, handlers, profile):
        then = desk.laws.applying(one.cites, on=encounter.day, venues=venues)
        now = desk.laws.applying(one.cites, on=desk.today, venues=venues)
        held = encounter.may_be_stored
        own = one.handler.venue if one.handler and one.handler.venue else encounter.venue
        supervisors = rule_data.venues()[own].supervisors
        bodies = authority.open_on(rule_data.authorities(), supervisors, desk.today)
        yield replace(
            one,
            cites=then,
            present=tuple(key for key in now if held and key not in then),
            bodies=tuple(body.id for body in bodies),
        )


def _video_until(desk: Desk, encounter: Encounter, profile: VenueProfile) -> date | None:
    last = video_retention.kept_until(encounter, profile, desk.laws)
    return last if last is not None and last >= desk.today else None
