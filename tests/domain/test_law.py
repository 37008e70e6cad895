"""The law on a date: what was in force, and what a letter may cite for which facts."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights import law_data
from pirights.domain.handler import Venue
from pirights.domain.law import Confidence, Instrument, Rank, State
from pirights.domain.words import Words
from pirights.errors import NotFound

LAWS = law_data.laws()
NOWHERE: frozenset[Venue] = frozenset()
LONG_AGO = date(2019, 7, 1)
ASKED = date(2026, 11, 23)
DAY = timedelta(days=1)


def citable(
    *keys: str,
    facts: Sequence[date],
    asked: date = ASKED,
    venues: frozenset[Venue] = NOWHERE,
    stored: bool = True,
    minor: bool = False,
) -> tuple[str, ...]:
    return LAWS.citable(keys, facts=facts, asked=asked, venues=venues, stored=stored, minor=minor)


@pytest.mark.parametrize("key", ["pipl:9999", "nothing:1", "pipl"])
def test_an_unknown_provision_is_not_found_and_named(key: str) -> None:
    with pytest.raises(NotFound, match=f"no provision {key}"):
        LAWS.provision(key)


def test_an_instrument_applies_from_its_first_day_up_to_but_not_on_its_last() -> None:
    law = Instrument(
        id="x",
        title=Words(zh="某法", en="A Law"),
        issuer=Words(zh="某机关", en="An organ"),
        rank=Rank.LAW,
        effective=date(2020, 3, 1),
        until=date(2020, 3, 3),
        source="made up",
        checked=date(2026, 11, 23),
        confidence=Confidence.UNVERIFIED,
    )
    days = [date(2020, 2, 29), date(2020, 3, 1), date(2020, 3, 2), date(2020, 3, 3)]
    assert [law.in_force(on) for on in days] == [False, True, True, False]
    assert [law.state(on) for on in days] == [
        State.NOT_YET,
        State.IN_FORCE,
        State.IN_FORCE,
        State.NO_LONGER,
    ]


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("csl-2016:43", date(2017, 6, 1)),
        ("civil-code-personality:1037(2)", date(2021, 1, 1)),
        ("spc-frt-2021:12", date(2021, 8, 1)),
        ("pipl:47(1)", date(2021, 11, 1)),
        ("algorithm-2021:17(3)", date(2022, 3, 1)),
        ("minors-online-2023:34(1).2", date(2024, 1, 1)),
        ("ndsr-2024:24", date(2025, 1, 1)),
        ("public-video-2025:17", date(2025, 4, 1)),
        ("frt-measures-2025:8", date(2025, 6, 1)),
        ("csl:45", date(2026, 1, 1)),
    ],
)
def test_a_provision_is_cited_for_a_scan_from_its_first_day_and_no_earlier(
    key: str, first: date
) -> None:
    """The days are those of FACTS sections 1 and 10; nothing is stored any more."""
    everywhere = frozenset(Venue)
    for on, expected in ((first - DAY, False), (first, True)):
        told = citable(key, facts=[on], asked=on, venues=everywhere, stored=False, minor=True)
        assert (key in told) is expected
        assert (LAWS.state(key, on) is State.IN_FORCE) is expected


def test_the_cybersecurity_law_was_renumbered_at_the_turn_of_2026() -> None:
    old, new = LAWS.instruments["csl-2016"], LAWS.instruments["csl"]
    last, first = date(2025, 12, 31), date(2026, 1, 1)
    assert (old.in_force(last), new.in_force(last)) == (True, False)
    assert (old.in_force(first), new.in_force(first)) == (False, True)
    for on, expected in ((last, "csl-2016:43"), (first, "csl:45")):
        assert citable("csl:45", facts=[on], asked=first, stored=False) == (expected,)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("csl:42(1)", "csl-2016:40"),
        ("csl:43(1)", "csl-2016:41(1)"),
        ("csl:43(2)", "csl-2016:41(2)"),
        ("csl:44(1)", "csl-2016:42(1)"),
        ("csl:45", "csl-2016:43"),
        ("csl:46", "csl-2016:44"),
        ("csl:47", "csl-2016:45"),
        ("csl:51(1)", "csl-2016:49(1)"),
    ],
)
def test_a_renumbered_article_is_cited_by_its_number_of_the_day(new: str, old: str) -> None:
    """FACTS section 1: old 40 to 44 are new 42 to 46; old 45 and 49 are new 47 and 51."""
    assert LAWS.lineage(new) == (new, old)
    assert LAWS.lineage(old) == (old,)
    for on, expected in ((date(2025, 12, 31), old), (date(2026, 1, 1), new)):
        assert LAWS.applying([new], on=on, venues=NOWHERE) == (expected,)
    assert LAWS.applying([new], on=date(2017, 5, 31), venues=NOWHERE) == ()


def test_one_article_can_end_before_its_law_does() -> None:
    """The Internet courts' list of cases was overtaken on 2025-11-01; the time stamps stay."""
    last = date(2025, 10, 31)
    overtaken, kept = "spc-internet-courts-2018:2", "spc-internet-courts-2018:11(2)"
    assert LAWS.state(overtaken, last) is State.IN_FORCE
    assert LAWS.state(overtaken, last + DAY) is State.NO_LONGER
    assert LAWS.state(kept, last + DAY) is State.IN_FORCE


@pytest.mark.parametrize(
    ("on", "while_stored", "after"),
    [
        (date(2025, 5, 31), ("frt-measures-2025:8",), ()),
        (date(2025, 6, 1), ("frt-measures-2025:8",), ("frt-measures-2025:8",)),
        (date(2026, 11, 20), ("frt-measures-2025:8",), ("frt-measures-2025:8",)),
    ],
)
def test_the_measures_are_cited_for_an_earlier_scan_only_while_it_is_stored(
    on: date, while_stored: tuple[str, ...], after: tuple[str, ...]
) -> None:
    assert citable("frt-measures-2025:8", facts=[on]) == while_stored
    assert citable("frt-measures-2025:8", facts=[on], stored=False) == after


def test_storing_goes_on_only_up_to_the_day_of_asking() -> None:
    """A letter of May 2025 cites no rule of June, though its template knows it."""
    asked = date(2025, 5, 31)
    assert citable("frt-measures-2025:8", "csl:45", facts=[LONG_AGO], asked=asked) == (
        "csl-2016:43",
    )


def test_one_later_fact_is_enough_for_a_later_rule() -> None:
    facts = [LONG_AGO, date(2026, 1, 1)]
    assert citable("frt-measures-2025:8", facts=facts, stored=False) == ("frt-measures-2025:8",)


def test_facts_on_both_sides_of_a_renumbering_are_cited_by_both_numbers() -> None:
    facts = [date(2025, 12, 31), date(2026, 1, 1)]
    assert citable("csl:45", facts=facts, stored=False) == ("csl:45", "csl-2016:43")


def test_the_law_of_requests_governs_what_is_asked_today_about_older_facts() -> None:
    """FACTS section 10: it is judged by today's PIPL 44 to 50, for what is held today."""
    before, since = date(2021, 10, 31), date(2021, 11, 1)
    assert citable("pipl:45(1)", facts=[LONG_AGO], asked=before) == ()
    assert citable("pipl:45(1)", facts=[LONG_AGO], asked=since) == ("pipl:45(1)",)
    for asked in (before, since):
        assert citable("pipl:45(1)", facts=[LONG_AGO], asked=asked, stored=False) == ()


def test_of_an_older_fact_the_cybersecurity_law_of_then_is_cited_and_while_stored_of_now() -> None:
    keys = ("pipl:45(1)", "csl:45")
    assert citable(*keys, facts=[LONG_AGO], stored=False) == ("csl-2016:43",)
    assert citable(*keys, facts=[LONG_AGO]) == ("pipl:45(1)", "csl:45", "csl-2016:43")


def test_the_estates_rule_is_cited_only_for_an_estate() -> None:
    def told(*venues: Venue) -> tuple[str, ...]:
        return citable("spc-frt-2021:10(1)", facts=[date(2026, 1, 5)], venues=frozenset(venues))

    assert told(Venue.RESIDENTIAL) == ("spc-frt-2021:10(1)",)
    assert told(Venue.SHOP, Venue.RESIDENTIAL) == ("spc-frt-2021:10(1)",)
    assert told(Venue.SHOP) == ()
    assert told() == ()


@pytest.mark.parametrize("venue", Venue)
def test_thirty_days_of_video_bind_only_the_places_that_the_regulations_name(venue: Venue) -> None:
    """Public-video 7 and 9(2), FACTS section 10, number 26: no estate, restaurant or corner shop.

    Government and police stand for the streets of 7(1) and the service halls of 7(2) item 1.
    """
    named = {
        *(Venue.SCENIC_AREA, Venue.SCHOOL, Venue.MALL, Venue.HOSPITAL, Venue.TRANSPORT),
        *(Venue.GOVERNMENT, Venue.POLICE),
    }
    told = citable("public-video-2025:17", facts=[ASKED], venues=frozenset({venue}))
    assert bool(told) == (venue in named)


def test_the_rule_for_minors_is_cited_only_for_a_minor() -> None:
    keys = ("minors-online-2023:34(1).2", "pipl:31(1)", "pipl:44")
    assert citable(*keys, facts=[ASKED]) == ("pipl:44",)
    assert citable(*keys, facts=[ASKED], minor=True) == keys
    assert LAWS.applying(keys, on=ASKED, venues=NOWHERE) == ("pipl:44",)
    assert LAWS.applying(keys, on=ASKED, venues=NOWHERE, minor=True) == keys


def test_citable_keeps_the_order_in_which_it_was_asked() -> None:
    keys = ("pipl:47(2)", "pipl:5", "pipl:44")
    assert citable(*keys, facts=[date(2026, 1, 1)]) == keys


DAYS = st.dates(date(2017, 1, 1), ASKED)


@given(
    facts=st.lists(DAYS, min_size=1, max_size=4),
    asked=DAYS,
    venues=st.frozensets(st.sampled_from(Venue)),
    minor=st.booleans(),
)
def test_storing_adds_present_law_and_takes_none_away(
    facts: list[date], asked: date, venues: frozenset[Venue], *, minor: bool
) -> None:
    every = sorted(LAWS.provisions)
    told = {
        stored: citable(*every, facts=facts, asked=asked, venues=venues, stored=stored, minor=minor)
        for stored in (True, False)
    }
    assert set(told[False]) <= set(told[True])
    for key in set(told[True]) - set(told[False]):
        assert LAWS.state(key, asked) is State.IN_FORCE
        assert not any(LAWS.state(key, on) is State.IN_FORCE for on in facts)
    for key in told[False]:
        days = [asked, *facts] if LAWS.instrument(key).governs_requests else facts
        assert any(LAWS.state(key, on) is State.IN_FORCE for on in days)
        assert LAWS.fits(key, venues=venues, minor=minor)
