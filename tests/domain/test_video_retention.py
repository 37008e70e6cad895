"""Until when video must be kept: only where a rule is known to say so."""

from dataclasses import replace
from datetime import date

import pytest

from pirights import law_data, rule_data
from pirights.domain.encounter import Answer, Circumstance
from pirights.domain.handler import Venue
from pirights.domain.video_retention import is_outside, kept_until
from tests.letters.briefs import scan

LAWS = law_data.laws()
SEVEN = {Venue.SCENIC_AREA, Venue.MALL, Venue.SCHOOL, Venue.HOSPITAL, Venue.TRANSPORT}


@pytest.mark.parametrize("venue", Venue)
def test_only_the_places_that_article_seven_names_have_the_thirty_days(venue: Venue) -> None:
    until = kept_until(replace(scan(), venue=venue), rule_data.venues()[venue], LAWS)
    assert until == (date(2026, 12, 20) if venue in SEVEN else None)


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2025, 3, 31), None),
        (date(2025, 4, 1), date(2025, 5, 1)),
        (date(2026, 1, 31), date(2026, 3, 2)),
    ],
)
def test_they_begin_with_the_regulations_and_do_not_count_the_day_itself(
    day: date, until: date | None
) -> None:
    assert kept_until(scan(day), rule_data.venues()[Venue.SCENIC_AREA], LAWS) == until


def test_what_the_user_says_of_the_place_or_the_device_goes_first() -> None:
    profile = rule_data.venues()[Venue.MALL]
    inside = replace(scan(), venue=Venue.MALL, public_place=Answer.NO)
    ruled_out = replace(scan(), venue=Venue.MALL, ruled_out=(Circumstance.PUBLIC_SECURITY_SYSTEM,))
    assert kept_until(inside, profile, LAWS) is None
    assert kept_until(ruled_out, profile, LAWS) is None


@pytest.mark.parametrize(
    ("venue", "outside"),
    [
        (Venue.SHOP, True),
        (Venue.HOTEL, True),
        (Venue.GYM, False),  # may be a place of culture, sports or amusement
        (Venue.MALL, False),
        (Venue.RESIDENTIAL, False),  # may be no public place at all
        (Venue.WORKPLACE, False),
        (Venue.APP, False),
        (Venue.OTHER, False),
    ],
)
def test_a_place_is_called_outside_only_where_that_is_plain(venue: Venue, outside: bool) -> None:
    one = replace(scan(), venue=venue)
    assert is_outside(one, rule_data.venues()[venue], LAWS) is outside
    before = replace(scan(date(2025, 3, 31)), venue=venue)
    assert not is_outside(before, rule_data.venues()[venue], LAWS)


def test_a_shop_that_is_no_public_place_is_not_called_outside() -> None:
    one = replace(scan(), venue=Venue.SHOP, public_place=Answer.NO)
    assert not is_outside(one, rule_data.venues()[Venue.SHOP], LAWS)
