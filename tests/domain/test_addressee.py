"""Who is asked: who decides is addressed, who acts on instruction is only asked for whom."""

from datetime import UTC, date, datetime

import pytest

from pirights import law_data, rule_data
from pirights.domain.addressee import Addressee, addressees
from pirights.domain.encounter import Actor, Encounter, Role
from pirights.domain.handler import Handler, Venue
from pirights.domain.law import State
from pirights.domain.words import Words

PROFILES = rule_data.venues()
LAWS = law_data.laws()
HANDLERS = {
    number: Handler(id=number, name=f"示例{number}公司", venue=Venue.MALL) for number in range(1, 6)
}


def asked(
    *roles: Role, venue: Venue = Venue.MALL, day: date = date(2026, 11, 20)
) -> tuple[Addressee, ...]:
    """Who is asked of H1, H2, … with these roles."""
    one = Encounter(
        id=1,
        at=datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC),
        place="东门",
        venue=venue,
        handlers=tuple(Actor(handler=n, role=role) for n, role in enumerate(roles, start=1)),
    )
    return addressees(one, HANDLERS, PROFILES[venue])


def test_a_single_operator_is_addressed_as_the_one_that_decides() -> None:
    (only,) = asked(Role.OPERATOR)
    assert only.handler == HANDLERS[1]
    assert only.address
    assert only.cites == ("pipl:73.1",)
    assert "address the request to it" in str(only.ask).casefold()


def test_a_single_property_manager_is_addressed_and_asked_for_whom_it_acts() -> None:
    (only,) = asked(Role.PROPERTY_MANAGER, venue=Venue.RESIDENTIAL)
    assert only.address
    assert "pipl:73.1" in only.cites
    assert any(key.startswith("spc-frt-2021:10") for key in only.cites)
    assert "for whom it acts" in str(only.ask)


def test_of_operator_manager_and_vendor_the_two_that_decide_are_addressed_in_their_order() -> None:
    found = asked(Role.OPERATOR, Role.PROPERTY_MANAGER, Role.VENDOR)
    assert [one.handler for one in found] == [HANDLERS[1], HANDLERS[2], HANDLERS[3]]
    assert [one.address for one in found] == [True, True, False]
    for one in found[:2]:
        assert "pipl:20(1)" in one.cites  # joint handlers: any of them
        assert "who else decides" in str(one.ask)
    vendor = found[2]
    assert {"pipl:21(2)", "pipl:59", "pipl:73.1"} <= set(vendor.cites)
    assert "training" in str(vendor.ask)


def test_one_that_decides_beside_a_vendor_decides_alone() -> None:
    operator, vendor = asked(Role.OPERATOR, Role.VENDOR)
    assert operator.address
    assert "pipl:20(1)" not in operator.cites
    assert not vendor.address


def test_an_entrusted_party_is_asked_only_for_whom_it_acts_and_what_it_holds() -> None:
    _, entrusted = asked(Role.OPERATOR, Role.ENTRUSTED)
    assert not entrusted.address
    assert set(entrusted.cites) == {"pipl:21(2)", "pipl:59"}
    assert "for whom it acts and what it holds" in str(entrusted.ask)


@pytest.mark.parametrize("role", [Role.VENDOR, Role.ENTRUSTED])
def test_where_only_a_helper_is_known_the_usual_one_is_to_be_found(role: Role) -> None:
    helper, usual = asked(role)
    assert (helper.handler, helper.address) == (HANDLERS[1], False)
    assert (usual.handler, usual.address) == (None, True)
    assert usual.role is Role.OPERATOR
    assert "pirights handler add" in str(usual.ask)


@pytest.mark.parametrize("venue", Venue)
def test_where_nobody_is_named_the_usual_one_of_the_place_is(venue: Venue) -> None:
    (only,) = asked(venue=venue)
    decides = [
        one for one in PROFILES[venue].actors if one.role in {Role.OPERATOR, Role.PROPERTY_MANAGER}
    ]
    assert (only.handler, only.address, only.role) == (None, True, decides[0].role)
    assert decides[0].name.en in str(only.ask)


@pytest.mark.parametrize(
    ("venue", "role", "zh"),
    [
        (Venue.RESIDENTIAL, Role.PROPERTY_MANAGER, "物业服务企业"),
        (Venue.WORKPLACE, Role.OPERATOR, "用人单位"),
        (Venue.POLICE, Role.OPERATOR, "公安机关"),
    ],
)
def test_who_usually_decides_differs_by_place(venue: Venue, role: Role, zh: str) -> None:
    (only,) = asked(venue=venue)
    assert only.role is role
    name = only.ask.values["name"]
    assert isinstance(name, Words)
    assert name.zh == zh


def test_a_handler_that_is_gone_from_the_directory_keeps_its_place() -> None:
    at = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
    one = Encounter(id=1, at=at, place="东门", venue=Venue.MALL, handlers=(Actor(handler=99),))
    (only,) = addressees(one, HANDLERS, PROFILES[Venue.MALL])
    assert (only.handler, only.address) == (None, True)


@pytest.mark.parametrize("venue", Venue)
def test_what_the_advice_rests_on_is_in_the_law_data_and_in_force(venue: Venue) -> None:
    today = date(2026, 11, 23)
    for roles in ([*Role], [Role.PROPERTY_MANAGER], [Role.VENDOR], []):
        for one in asked(*roles, venue=venue):
            assert one.cites
            assert all(LAWS.state(key, today) is State.IN_FORCE for key in one.cites)
