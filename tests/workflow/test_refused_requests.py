"""Requests that no law carries, or that another law carries, told before they are written."""

from datetime import UTC, datetime

import pytest

from pirights.domain.case import Case
from pirights.domain.encounter import Circumstance
from pirights.domain.handler import Venue
from pirights.domain.request import Right
from pirights.errors import NotNextStep
from pirights.workflow import encounters
from pirights.workflow.desk import Desk
from tests.workflow.office import case, park, said, scan

BEFORE_PIPL = datetime(2021, 10, 15, 2, 0, tzinfo=UTC)


def test_a_households_own_device_is_not_sent_a_request(desk: Desk) -> None:
    """PIPL 72(1): a natural person's personal or household affairs are outside it."""
    told = scan(
        desk,
        park(desk, venue=Venue.RESIDENTIAL),
        venue=Venue.RESIDENTIAL,
        circumstances=(Circumstance.FAMILY_USE,),
    )
    with pytest.raises(NotNextStep, match=r"E1 .* household.*72\(1\)") as refused:
        case(desk, Right.ACCESS)
    assert "log edit E1 --circumstance family-use=no" in str(refused.value.hint)
    assert desk.vault.count(Case) == 0
    encounters.edit(desk, told.id, {"circumstances": (), "ruled_out": (Circumstance.FAMILY_USE,)})
    assert case(desk, Right.ACCESS).letter.items


@pytest.mark.parametrize("right", [Right.ACCESS, Right.COPY])
def test_what_was_before_the_law_and_is_gone_is_asked_only_as_the_law_of_then_allows(
    desk: Desk, right: Right
) -> None:
    """FACTS section 10.4: today's articles 44 to 50 judge what is held today."""
    scan(desk, park(desk), at=BEFORE_PIPL, circumstances=(Circumstance.DATA_GONE,))
    cites = [key for item in case(desk, right).letter.items for key in item.cites]
    assert cites
    assert not [key for key in cites if key.startswith(("pipl:", "ndsr-", "csl:", "frt-"))]


@pytest.mark.parametrize("right", [Right.KNOW, Right.DELETE, Right.TRANSFER])
def test_where_no_law_of_then_gives_it_and_nothing_is_left_nothing_is_asked(
    desk: Desk, right: Right
) -> None:
    scan(desk, park(desk), at=BEFORE_PIPL, circumstances=(Circumstance.DATA_GONE,))
    with pytest.raises(NotNextStep, match=r"None of the articles .* applies") as refused:
        case(desk, right)
    assert "log edit E1 --circumstance data-gone=no" in str(refused.value.hint)
    assert desk.vault.count(Case) == 0


def test_a_public_security_system_is_said_to_have_rules_of_its_own(desk: Desk) -> None:
    handler = park(desk)
    scan(desk, handler)
    assert "public security video" not in said(case(desk, Right.ACCESS).notices)
    scan(desk, handler, circumstances=(Circumstance.PUBLIC_SECURITY_SYSTEM,))
    notices = said(case(desk, Right.ACCESS).notices)
    assert "E2 names a public security video system" in notices
    assert "article 21" in notices
    assert "viewing only" in notices
    assert "open question" in notices
