"""Where one can turn to: which routes are open on a day, and what is said of each."""

from datetime import date

import pytest

from pirights import law_data, rule_data
from pirights.domain.authority import Authority, AuthorityRole, Level, open_on
from pirights.domain.handler import Venue
from pirights.domain.law import Confidence
from pirights.domain.words import Words

WORDS = Words(zh="某机关", en="a body")
BODIES = rule_data.authorities()
LAWS = law_data.laws()


def body(name: str, since: date | None = None) -> Authority:
    return Authority(
        id=name,
        name=WORDS,
        takes=WORDS,
        channel=WORDS,
        role=AuthorityRole.REGULATOR,
        level=Level.LOCAL,
        basis=(),
        document="regulator",
        source="a test",
        checked=date(2026, 11, 23),
        confidence=Confidence.UNVERIFIED,
        since=since,
    )


TWO = {"old": body("old"), "new": body("new", date(2025, 11, 1))}


def test_a_route_is_open_from_its_first_day_and_the_order_is_kept() -> None:
    before, first = date(2025, 10, 31), date(2025, 11, 1)
    assert [one.id for one in open_on(TWO, ["new", "old"], before)] == ["old"]
    assert [one.id for one in open_on(TWO, ["new", "old"], first)] == ["new", "old"]
    assert [one.id for one in open_on(TWO, ["old", "new"], first)] == ["old", "new"]


def test_a_body_that_is_not_in_the_directory_is_passed_over() -> None:
    assert open_on(TWO, ["moon", "old"], date(2026, 1, 1)) == (TWO["old"],)
    assert open_on(TWO, [], date(2026, 1, 1)) == ()


def test_the_internet_courts_take_such_disputes_since_november_2025() -> None:
    ids = ["basic-court", "internet-courts"]
    assert [one.id for one in open_on(BODIES, ids, date(2025, 10, 31))] == ["basic-court"]
    assert [one.id for one in open_on(BODIES, ids, date(2025, 11, 1))] == ids


@pytest.mark.parametrize("venue", Venue)
def test_every_kind_of_place_has_somewhere_to_turn_to(venue: Venue) -> None:
    supervisors = rule_data.venues()[venue].supervisors
    assert supervisors
    assert set(supervisors) <= set(BODIES)
    assert "local-cac" in supervisors  # PIPL 60, 61: it takes complaints about every handler


@pytest.mark.parametrize("venue", [Venue.POLICE, Venue.GOVERNMENT])
def test_above_a_state_organ_stands_its_superior_first(venue: Venue) -> None:
    assert rule_data.venues()[venue].supervisors[0] == "superior-organ"


@pytest.mark.parametrize("name", sorted(BODIES))
def test_every_body_says_on_what_it_rests_and_what_it_does_not_do(name: str) -> None:
    one = BODIES[name]
    assert all(key in LAWS.provisions for key in one.basis)
    assert one.source
    assert one.takes.zh
    assert one.channel.zh
    assert one.limits is not None
    if one.confidence is Confidence.READ:
        assert one.basis
