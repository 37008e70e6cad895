"""A scan weighed with everything in the vault: findings, whom to ask, where to turn, and video."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pirights.domain.encounter import Actor, Answer, Circumstance, Encounter, Role, ScanMode
from pirights.domain.handler import Venue
from pirights.domain.law import State
from pirights.errors import NotFound
from pirights.workflow import assessing, encounters
from pirights.workflow.assessing import Weighed
from pirights.workflow.desk import Desk
from tests.workflow.office import TODAY, days_later, park, scan

C = Circumstance


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


def weighed(desk: Desk, day: date = date(2026, 11, 20), **facts: Any) -> Weighed:  # noqa: ANN401 (fields of a record)
    return assessing.assess(desk, scan(desk, at=noon(day), **facts).id)


def rules(one: Weighed, *, open_: bool = False) -> set[str]:
    return {each.rule.id for each in one.assessment.findings if each.open is open_}


def test_a_scan_is_weighed_with_its_handlers_its_place_and_todays_bodies(desk: Desk) -> None:
    handler = park(desk)
    one = assessing.assess(desk, scan(desk, handler, consent=Answer.NO, alternative=Answer.NO).id)
    assert rules(one) == {
        "no-sign",
        "no-notice",
        "no-consent",
        "no-separate-consent",
        "sole-means",
    }
    assert [each.handler for each in one.addressees] == [handler]
    assert one.profile.venue is Venue.SCENIC_AREA
    assert [each.id for each in one.bodies] == [
        "local-cac",
        "market-12315",
        "consumer-association",
        "public-security",
        "procuratorate",
    ]


def test_the_parties_are_told_apart_by_their_roles(desk: Desk) -> None:
    names = ("某商场", "某物业", "某设备商")
    handlers = [park(desk, name) for name in names]
    roles = (Role.OPERATOR, Role.PROPERTY_MANAGER, Role.VENDOR)
    parts = tuple(Actor(handler=h.id, role=r) for h, r in zip(handlers, roles, strict=True))
    one = scan(desk)
    encounters.edit(desk, one.id, {"handlers": parts})
    found = assessing.assess(desk, one.id).addressees
    assert [(each.handler.name, each.address) for each in found if each.handler] == [
        ("某商场", True),
        ("某物业", True),
        ("某设备商", False),
    ]


def test_without_a_handler_the_usual_one_of_the_place_is_named(desk: Desk) -> None:
    (only,) = weighed(desk, venue=Venue.RESIDENTIAL).addressees
    assert (only.handler, only.role) == (None, Role.PROPERTY_MANAGER)


@pytest.mark.parametrize("number", [1, 99])
def test_an_encounter_that_is_not_there_is_not_found(desk: Desk, number: int) -> None:
    with pytest.raises(NotFound, match=f"E{number}"):
        assessing.assess(desk, number)


def test_what_is_corrected_is_weighed_anew_and_nothing_is_kept(desk: Desk) -> None:
    one = scan(desk, notice=Answer.UNKNOWN)
    rows = len(list(desk.vault.journal_rows()))
    before = assessing.assess(desk, one.id)
    assert "no-notice" in rules(before, open_=True)
    assert len(list(desk.vault.journal_rows())) == rows
    encounters.edit(desk, one.id, {"notice": Answer.YES})
    after = assessing.assess(desk, one.id)
    assert "no-notice" not in rules(after) | rules(after, open_=True)


def test_the_clock_of_the_desk_says_which_law_is_todays(desk: Desk) -> None:
    one = scan(desk, at=noon(date(2022, 3, 1)), notice=Answer.YES, circumstances=(C.MANY_FACES,))
    assert "filing" in rules(assessing.assess(desk, one.id))
    earlier = replace(desk, now=noon(date(2025, 5, 31)))
    assert "filing" not in rules(assessing.assess(earlier, one.id))


def test_under_14_makes_a_minor(desk: Desk) -> None:
    one = scan(desk, circumstances=(C.UNDER_14,), ruled_out=(C.GUARDIAN_CONSENT,))
    assert one.minor
    assert {"minor", "minor-under-14"} <= rules(assessing.assess(desk, one.id))


@pytest.mark.parametrize("venue", Venue)
def test_what_the_advice_rests_on_is_in_force_and_speaks_of_such_a_place(
    desk: Desk, venue: Venue
) -> None:
    parts = tuple(Actor(handler=park(desk, f"某{role}公司").id, role=role) for role in Role)
    for handlers in (parts, parts[1:2], ()):
        one = scan(desk, venue=venue)
        encounters.edit(desk, one.id, {"handlers": handlers})
        for each in assessing.assess(desk, one.id).addressees:
            assert each.cites
            for key in each.cites:
                assert desk.laws.state(key, desk.today) is State.IN_FORCE
                assert desk.laws.fits(key, venues=frozenset({venue}), minor=False), key


def test_a_household_is_no_addressee_of_a_request(desk: Desk) -> None:
    one = weighed(desk, venue=Venue.RESIDENTIAL, circumstances=(C.FAMILY_USE,))
    assert one.addressees == ()
    assert {each.id for each in one.bodies}.isdisjoint({"local-cac", "market-12315"})
    assert "public-security" in {each.id for each in one.bodies}


# --- public security video


@pytest.mark.parametrize(
    "venue", [Venue.SCENIC_AREA, Venue.MALL, Venue.SCHOOL, Venue.HOSPITAL, Venue.TRANSPORT]
)
def test_video_of_the_places_of_article_seven_is_kept_thirty_days(desk: Desk, venue: Venue) -> None:
    assert weighed(desk, venue=venue).video_until == date(2026, 12, 20)


NOT_IN_ARTICLE_SEVEN = [
    venue
    for venue in Venue
    if venue not in {Venue.SCENIC_AREA, Venue.MALL, Venue.SCHOOL, Venue.HOSPITAL, Venue.TRANSPORT}
]


@pytest.mark.parametrize("venue", NOT_IN_ARTICLE_SEVEN)
def test_no_minimum_is_asserted_elsewhere(desk: Desk, venue: Venue) -> None:
    assert weighed(desk, venue=venue).video_until is None


@pytest.mark.parametrize("venue", [Venue.SHOP, Venue.RESIDENTIAL, Venue.HOTEL, Venue.BANK])
def test_a_security_system_outside_article_seven_has_no_minimum(desk: Desk, venue: Venue) -> None:
    """Article 9(2) frees every other public place from article 17."""
    one = weighed(desk, venue=venue, circumstances=(C.PUBLIC_SECURITY_SYSTEM,))
    assert one.video_until is None


def test_a_device_known_to_be_no_security_system_has_no_minimum(desk: Desk) -> None:
    one = weighed(desk, venue=Venue.MALL, ruled_out=(C.PUBLIC_SECURITY_SYSTEM,))
    assert one.video_until is None


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2019, 7, 1), None),
        (date(2025, 3, 31), None),
        (date(2025, 4, 1), date(2025, 5, 1)),
        (date(2026, 1, 31), date(2026, 3, 2)),
    ],
)
def test_the_minimum_begins_with_the_regulations_and_its_first_day_is_not_counted(
    desk: Desk, day: date, until: date | None
) -> None:
    soon = replace(desk, now=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    assert weighed(soon, day, venue=Venue.MALL).video_until == until
    if until is not None:
        last = replace(desk, now=datetime(until.year, until.month, until.day, 12, tzinfo=UTC))
        assert weighed(last, day, venue=Venue.MALL).video_until == until
        past = replace(last, now=last.now + timedelta(days=1))
        assert weighed(past, day, venue=Venue.MALL).video_until is None


# --- all of them


def test_all_scans_are_weighed_newest_first(desk: Desk) -> None:
    days = [date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 10)]
    for day in days:
        scan(desk, at=noon(day))
    found, total = assessing.assess_all(desk)
    assert [one.encounter.day for one in found] == sorted(days, reverse=True)
    assert total == 3


@pytest.mark.parametrize(("limit", "shown"), [(0, 0), (2, 2), (3, 3), (9, 3), (None, 3)])
def test_a_limit_shows_fewer_and_still_counts_all(
    desk: Desk, limit: int | None, shown: int
) -> None:
    for number in range(3):
        scan(desk, at=noon(date(2026, 11, 1)) + timedelta(days=number))
    found, total = assessing.assess_all(desk, limit=limit)
    assert (len(found), total) == (shown, 3)


def test_no_scans_give_no_assessments(desk: Desk) -> None:
    assert assessing.assess_all(desk) == ([], 0)


def test_one_and_all_say_the_same(desk: Desk) -> None:
    for venue in Venue:
        scan(desk, venue=venue, mode=ScanMode.COVERT, consent=Answer.NO)
        scan(desk, venue=venue, at=noon(date(2021, 10, 31)), minor=True, refused=True)
    found, _ = assessing.assess_all(desk)
    assert len(found) == 2 * len(Venue)
    for one in found:
        assert assessing.assess(desk, one.encounter.id).assessment == one


def test_a_day_later_nothing_changes_but_the_clock(desk: Desk) -> None:
    scan(desk)
    assert desk.today == TODAY
    later = days_later(desk, 1)
    assert assessing.assess(later, 1).assessment == assessing.assess(desk, 1).assessment
    assert desk.vault.get(Encounter, 1).circumstances == ()


def test_each_party_is_routed_by_its_own_kind_and_else_by_the_place(desk: Desk) -> None:
    estate = park(desk, venue=Venue.RESIDENTIAL)
    bank = park(desk, "杭州样例银行股份有限公司", venue=Venue.BANK)
    at = (Actor(handler=estate.id, role=Role.PROPERTY_MANAGER), Actor(handler=bank.id))
    made = scan(desk, venue=Venue.RESIDENTIAL)
    encounters.edit(desk, made.id, {"handlers": at})
    by_name = {
        one.handler.id: one.bodies
        for one in assessing.assess(desk, made.id).addressees
        if one.handler is not None
    }
    assert "pboc-branch" in by_name[bank.id]
    assert "pboc-branch" not in by_name[estate.id]
    assert "local-cac" in by_name[estate.id]
