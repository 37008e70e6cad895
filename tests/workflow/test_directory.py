"""People and handlers: what is checked, kept and remarked."""

from datetime import date
from typing import Any

import pytest

from pirights.domain.handler import Handler, Period, TimeUnit, Venue
from pirights.domain.person import Person
from pirights.errors import BadInput, NotFound
from pirights.workflow import directory
from pirights.workflow.desk import Desk
from tests.workflow.office import OWNER, TODAY, kinds, park, said

CODE = "91350211M000100Y46"
"""A code whose check character fits (GB 32100-2015 gives it as its example)."""


def test_the_owner_is_the_first_person(desk: Desk) -> None:
    owner = directory.person(desk, 1)
    assert (owner.label, owner.name, owner.name_en) == ("P1", OWNER.name, OWNER.name_en)
    assert directory.persons(desk) == ([owner], 1)


def test_a_handler_is_kept_with_all_its_fields(desk: Desk) -> None:
    told = Handler(
        id=0,
        name=" 杭州样例野趣乐园有限公司 ",
        name_en="Park",
        uscc=f" {CODE.lower()} ",
        address="杭州市",
        email="a@b.example",
        phone="0571-1",
        web="https://park.example",
        policy_url="https://park.example/privacy",
        policy_days=Period(amount=15, unit=TimeUnit.WORKING_DAY),
        venue=Venue.SCENIC_AREA,
        source="网站",
        verified=TODAY,
    )
    kept = directory.add_handler(desk, told).handler
    assert kept == directory.handler(desk, 1)
    assert (kept.label, kept.name, kept.uscc) == ("H1", "杭州样例野趣乐园有限公司", CODE)
    assert (kept.policy_days, kept.verified, kept.venue) == (
        told.policy_days,
        TODAY,
        Venue.SCENIC_AREA,
    )


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"name": "  "}, "name is empty"),
        ({"name": "x" * 501}, "name is longer"),
        ({"uscc": "91350211M000100Y43"}, "check character"),
        ({"uscc": "1"}, "18"),
        ({"address": "a\x1b"}, "address"),
        ({"source": "a\nb"}, "source"),
        ({"policy_days": Period(amount=0)}, "period of 0 days"),
        ({"policy_days": Period(amount=3651)}, "period of 3651 days"),
        ({"verified": date(2026, 11, 24)}, "in the future"),
    ],
)
def test_a_handler_that_cannot_be_so_is_refused(
    desk: Desk, facts: dict[str, Any], problem: str
) -> None:
    with pytest.raises(BadInput, match=problem):
        directory.add_handler(desk, Handler(**{"id": 0, "name": "某公司", **facts}))
    park(desk)
    with pytest.raises(BadInput, match=problem):
        directory.edit_handler(desk, 1, facts)
    assert desk.vault.count(Handler) == 1


def test_the_same_name_or_code_is_remarked_and_kept(desk: Desk) -> None:
    park(desk, "甲公司", uscc=CODE)
    named = directory.add_handler(desk, Handler(id=0, name="甲公司"))
    assert said(named.notices) == "H1 has the same code or name: 甲公司."
    coded = directory.add_handler(desk, Handler(id=0, name="乙公司", uscc=CODE))
    assert said(coded.notices) == "H1 has the same code or name: 甲公司."
    other = directory.add_handler(desk, Handler(id=0, name="丙公司"))
    assert other.notices == ()


def test_correcting_a_handler_is_journalled_once_and_only_if_something_changed(
    desk: Desk,
) -> None:
    park(desk)
    before = kinds(desk)
    directory.edit_handler(desk, 1, {"venue": Venue.SCENIC_AREA})
    assert kinds(desk) == before
    after = directory.edit_handler(desk, 1, {"email": "new@park.example"}).handler
    assert directory.handler(desk, 1) == after
    assert kinds(desk) == [*before, "handler.edited"]


def test_handlers_are_listed_newest_first_with_their_number(desk: Desk) -> None:
    for name in ("甲", "乙", "丙"):
        park(desk, name)
    found, count = directory.handlers(desk, limit=2)
    assert ([one.name for one in found], count) == (["丙", "乙"], 3)


def test_persons_are_added_corrected_and_journalled(desk: Desk) -> None:
    added = directory.add_person(desk, Person(id=0, name=" 王样例 "))
    assert (added.label, added.name) == ("P2", "王样例")
    edited = directory.edit_person(desk, 2, {"phone": "13900000000"})
    assert directory.person(desk, 2) == edited
    directory.edit_person(desk, 2, {"phone": "13900000000"})
    assert kinds(desk)[-2:] == ["person.added", "person.edited"]


@pytest.mark.parametrize(
    ("facts", "problem"), [({"name": " "}, "name is empty"), ({"name": "a\x07"}, "name")]
)
def test_a_person_that_cannot_be_so_is_refused(
    desk: Desk, facts: dict[str, Any], problem: str
) -> None:
    with pytest.raises(BadInput, match=problem):
        directory.add_person(desk, Person(id=0, **facts))
    assert desk.vault.count(Person) == 1


def test_unknown_people_and_handlers_are_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no H9"):
        directory.handler(desk, 9)
    with pytest.raises(NotFound, match="no P9"):
        directory.edit_person(desk, 9, {"name": "x"})
    with pytest.raises(NotFound, match="no H9"):
        directory.edit_handler(desk, 9, {"name": "x"})
