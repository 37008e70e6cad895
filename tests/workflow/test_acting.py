"""Who acts for a person, what is asked in that capacity, and what fits together."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pirights.cli.language import Language, Voice
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import FollowUp
from pirights.domain.person import Capacity, Kinship, Person, Ward
from pirights.domain.request import Right
from pirights.errors import BadInput, NotFound, NotNextStep
from pirights.workflow import acting, directory, escalating, requests
from pirights.workflow.desk import Desk
from pirights.workflow.request_writing import Opened
from pirights.workflow.wish import Wish
from tests.workflow.office import OWNER, arrived, case, kinds, park, said, scan, sent


def entered(desk: Desk, capacity: Capacity, **facts: Any) -> Person:  # noqa: ANN401 (fields of a record)
    return directory.add_person(desk, Person(id=0, name="陈样例", capacity=capacity, **facts))


def asked(desk: Desk, person: Person, *rights: Right) -> Opened:
    scan(desk, park(desk))
    return case(desk, *rights, person=person.id)


def test_the_owner_acts_unless_another_is_named(desk: Desk) -> None:
    child = entered(desk, Capacity.GUARDIAN)
    other = directory.add_person(desk, Person(id=0, name="林明"))
    mother = entered(desk, Capacity.GUARDIAN, representative=other.id)
    assert acting.actor(desk, child) == directory.person(desk, 1)
    assert acting.actor(desk, mother) == other
    assert acting.actor(desk, other) is None
    assert [acting.number(one) for one in (child, mother, other)] == [1, other.id, 0]


def test_who_is_gone_or_the_person_alone_does_not_act(desk: Desk) -> None:
    assert acting.actor(desk, Person(id=2, capacity=Capacity.AGENT, representative=9)) is None
    assert acting.actor(desk, Person(id=1, capacity=Capacity.AGENT)) is None
    for person in (
        Person(id=2, capacity=Capacity.AGENT, representative=9),
        Person(id=1, capacity=Capacity.AGENT),
    ):
        with pytest.raises(BadInput, match="not known who acts") as caught:
            acting.refuse_unknown(person, acting.actor(desk, person))
        assert "--represented-by" in str(caught.value.hint)


def test_what_a_relative_cannot_ask_is_left_out_and_told(desk: Desk) -> None:
    dead = entered(desk, Capacity.RELATIVE, kinship=Kinship.SON, interest="查明退费")
    written = asked(desk, dead, Right.ACCESS, Right.REFUSE, Right.AUTOMATED)
    assert written.case.rights == (Right.ACCESS,)
    assert {item.right for item in written.letter.items} == {Right.ACCESS, None}
    notes = said(written.notices)
    assert "refuse" in notes
    assert "automated" in notes
    assert "proof of death" in notes
    with pytest.raises(NotNextStep, match="something else alone"):
        case(desk, Right.REFUSE, person=dead.id)


def test_what_rests_on_and_the_like_is_told(desk: Desk) -> None:
    dead = entered(desk, Capacity.RELATIVE)
    told = asked(desk, dead, Right.KNOW, Right.ACCESS).notices
    notes = said(told)
    (alone,) = [one for one in told if "rests on those words alone" in one.text]
    assert "：知情 仅以“等”字为依据" in Voice(Language.ZH).say(alone)
    assert "--interest" in notes
    assert "--kinship" in notes


def test_a_minors_case_without_a_mark_is_told_and_cites_the_articles_all_the_same(
    desk: Desk,
) -> None:
    child = entered(desk, Capacity.GUARDIAN, kinship=Kinship.MOTHER)
    written = asked(desk, child, Right.ACCESS)
    assert "pirights log edit E1 --minor" in said(written.notices)
    assert "A minor of eight or more" in said(written.notices)
    assert "--kinship" not in said(written.notices)
    assert any("minors-online-2023:34(1).1" in item.cites for item in written.letter.items)
    marked = replace(desk.vault.get(Encounter, 1), minor=True)
    with desk.vault.change(now=desk.now) as change:
        change.replace(marked, kind="encounter.edited")
    assert "--minor" not in said(case(desk, person=child.id).notices)


@pytest.mark.parametrize("capacity", [Capacity.AGENT, Capacity.SELF])
def test_nobody_else_is_told_of_minors(desk: Desk, capacity: Capacity) -> None:
    written = asked(desk, entered(desk, capacity), Right.ACCESS)
    assert "minor" not in said(written.notices)
    assert ("--paper poa" in said(written.notices)) == (capacity is Capacity.AGENT)
    assert not any("minors" in key for item in written.letter.items for key in item.cites)


def test_the_mail_comes_from_the_address_that_the_letter_names(desk: Desk) -> None:
    owner = directory.person(desk, 1)
    child = entered(desk, Capacity.GUARDIAN, email="child@mail.example")
    assert acting.writer(desk, child) == owner
    directory.edit_person(desk, 1, {"email": ""})
    assert acting.writer(desk, child) == child
    assert acting.writer(desk, replace(child, email="")).id == 1
    dead = entered(desk, Capacity.RELATIVE, email="dead@mail.example")
    assert acting.writer(desk, dead).id == 1
    assert acting.writer(desk, owner) == owner


def test_a_withdrawal_is_refused_for_a_deceased_and_written_for_a_child(desk: Desk) -> None:
    dead = entered(desk, Capacity.RELATIVE)
    ref = asked(desk, dead, Right.ACCESS).case.ref
    with pytest.raises(NotNextStep, match="Article 15") as caught:
        escalating.preview(desk, ref, FollowUp.WITHDRAWAL)
    assert f"--person {dead.label}" in str(caught.value.hint)
    child = entered(desk, Capacity.GUARDIAN)
    told = escalating.preview(desk, case(desk, person=child.id).case.ref, FollowUp.WITHDRAWAL)
    assert told.letter.kind == "withdrawal"


def test_a_letter_is_not_written_when_nobody_acts_any_more(desk: Desk) -> None:
    ref = asked(desk, entered(desk, Capacity.AGENT), Right.ACCESS).case.ref
    sent(desk, ref)
    arrived(desk, ref)
    directory.edit_person(desk, 1, {"name": ""})
    with pytest.raises(BadInput, match="P1 has no name"):
        escalating.preview(desk, ref, FollowUp.REMINDER)


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"representative": 1}, "--represented-by does not fit"),
        ({"kinship": Kinship.SON}, "--kinship does not fit"),
        ({"ward": Ward.ADULT}, "--ward does not fit"),
        ({"interest": "某利益"}, "--interest does not fit"),
        ({"capacity": Capacity.AGENT, "ward": Ward.ADULT}, "--ward does not fit"),
        ({"capacity": Capacity.GUARDIAN, "interest": "某利益"}, "--interest does not fit"),
        ({"capacity": Capacity.GUARDIAN, "kinship": Kinship.SPOUSE}, "cannot be related so"),
        ({"capacity": Capacity.RELATIVE, "interest": "x" * 501}, "interest is longer"),
        ({"capacity": Capacity.RELATIVE, "interest": "a\nb"}, "interest"),
        ({"capacity": Capacity.RELATIVE, "interest": "查明在贵方办卡的情况"}, "“贵方”"),
        ({"capacity": Capacity.RELATIVE, "interest": "你方所存的照片"}, "“你方”"),
        ({"capacity": Capacity.RELATIVE, "interest": "请你们退费"}, "“你们”"),
        ({"capacity": Capacity.RELATIVE, "interest": "the card at your park"}, "“your”"),
        ({"capacity": Capacity.RELATIVE, "interest": "You hold the card"}, "“You”"),
    ],
)
def test_what_does_not_fit_a_capacity_is_refused(
    desk: Desk, facts: dict[str, Any], problem: str
) -> None:
    before = kinds(desk)
    with pytest.raises(BadInput, match=problem):
        directory.add_person(desk, Person(id=0, **{"name": "陈样例", **facts}))
    person = directory.add_person(desk, Person(id=0, name="陈样例"))
    with pytest.raises(BadInput, match=problem):
        directory.edit_person(desk, person.id, facts)
    assert kinds(desk) == [*before, "person.added"]


@pytest.mark.parametrize(
    "interest", ["查明其young年时在YOUYOU公寓的照片", "退还富贵公司的年卡", "Youth card"]
)
def test_an_interest_that_addresses_nobody_is_taken(desk: Desk, interest: str) -> None:
    assert entered(desk, Capacity.RELATIVE, interest=interest).interest == interest


def test_an_interest_of_before_does_not_stand_in_the_way_of_another_correction(
    desk: Desk,
) -> None:
    person = entered(desk, Capacity.RELATIVE, interest="查明退费")
    with desk.vault.change(now=desk.now) as change:
        change.replace(replace(person, interest="查明在贵方办卡的情况"), kind="person.edited")
    assert directory.edit_person(desk, person.id, {"phone": "1"}).phone == "1"


def test_what_a_new_capacity_has_no_room_for_is_dropped(desk: Desk) -> None:
    person = entered(
        desk, Capacity.RELATIVE, kinship=Kinship.SON, interest="某利益", representative=1
    )
    told = directory.edit_person(desk, person.id, {"capacity": Capacity.AGENT})
    assert (told.interest, told.kinship, told.representative) == ("", Kinship.SON, 1)
    told = directory.edit_person(desk, person.id, {"capacity": Capacity.SELF})
    assert told == Person(id=person.id, name="陈样例")


def test_who_acts_is_another_person_who_acts_alone(desk: Desk) -> None:
    child = entered(desk, Capacity.GUARDIAN)
    with pytest.raises(BadInput, match="P1 acts for P2"):
        directory.edit_person(desk, 1, {"capacity": Capacity.AGENT, "representative": 2})
    with pytest.raises(BadInput, match="Somebody else must act for P2"):
        directory.edit_person(desk, child.id, {"representative": child.id})
    with pytest.raises(BadInput, match="cannot act for others"):
        entered(desk, Capacity.AGENT, representative=child.id)
    with pytest.raises(NotFound, match="no P9"):
        entered(desk, Capacity.AGENT, representative=9)
    assert directory.edit_person(desk, 1, {"phone": "1"}).name == OWNER.name


def test_particulars_are_corrected_although_an_old_entry_does_not_say_who_acts(
    desk: Desk,
) -> None:
    with desk.vault.change(now=desk.now) as change:
        change.replace(
            replace(directory.person(desk, 1), capacity=Capacity.GUARDIAN), kind="person.edited"
        )
    assert directory.edit_person(desk, 1, {"phone": "1"}).phone == "1"
    scan(desk, park(desk))
    with pytest.raises(BadInput, match="not known who acts"):
        requests.preview(desk, Wish(handler=1, rights=(Right.ACCESS,), on=date(2026, 11, 21)))
