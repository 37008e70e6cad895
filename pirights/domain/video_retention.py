"""How long the video of a place must be kept at least, where a rule says so."""

from datetime import date, timedelta
from typing import Final

from pirights.domain.encounter import Answer, Circumstance, Encounter
from pirights.domain.law import Laws, State
from pirights.domain.venue_profile import VenueProfile

KEPT: Final = "public-video-2025:17"
"""The provision on how long public security video is kept."""

OUTSIDE: Final = "public-video-2025:9(1)"
"""The provision on cameras in public places outside article 7, which 9(2) frees from 17."""

_MAYBE_WITHIN: Final = "public-video-2025:16(2)"
"""Binds the places of article 7 only; its venues are those that may be among them."""

_DAYS: Final = 30
"""Days that public security video of the places in article 7 is kept at least (article 17)."""


def kept_until(encounter: Encounter, profile: VenueProfile, laws: Laws) -> date | None:
    """The last day on which public security video of a scan must still be kept, past or not.

    The day of the scan is not counted. None where no such minimum is known: the place is not named
    in article 7 or is no public one, the device is no such system, or the scan came before the
    regulations.
    """
    if (
        not profile.thirty_days  # other public places are exempt (9(2))
        or encounter.public_place is Answer.NO
        or Circumstance.PUBLIC_SECURITY_SYSTEM in encounter.ruled_out
        or laws.state(KEPT, encounter.day) is not State.IN_FORCE
    ):
        return None
    return encounter.day + timedelta(days=_DAYS)


def is_outside(encounter: Encounter, profile: VenueProfile, laws: Laws) -> bool:
    """Say whether a scan happened at a public place that article 9(2) usually frees from it."""
    return (
        profile.video_rule == OUTSIDE
        and Answer.YES in {encounter.public_place, profile.public_place}
        and encounter.public_place is not Answer.NO
        and not laws.fits(_MAYBE_WITHIN, venues=frozenset({encounter.venue}), minor=False)
        and laws.state(OUTSIDE, encounter.day) is State.IN_FORCE
    )
