"""The facts of a scan: what was written down, what a place usually is, what words tell."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights import assessment_data, rule_data
from pirights.domain.encounter import Answer, Circumstance, Encounter, ScanMode
from pirights.domain.facts import NAMES, NO, PERHAPS, UNKNOWN, YES, Facts, Telling, facts_of
from pirights.domain.handler import Venue

TELLING = assessment_data.rules().telling
USUAL = {venue: profile.public_place for venue, profile in rule_data.venues().items()}


def known(**facts: Any) -> Facts:  # noqa: ANN401 (fields of a record)
    told = {"place": "东门", "venue": Venue.SHOP, **facts}
    at = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
    return facts_of(Encounter(id=1, at=at, **told), USUAL, TELLING)


def test_nothing_said_is_not_known_and_no_circumstance_is_made_up() -> None:
    facts = known(venue=Venue.OTHER)
    for name in ("mode", "notice", "consent", "separate_consent", "alternative", "public", "use"):
        assert facts[name] == UNKNOWN, name
    assert (facts["refused"], facts["minor"], facts["exemption"]) == (NO, NO, "none")
    assert not {one.value for one in Circumstance} & set(facts)


# --- words


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [
        ("", UNKNOWN),
        ("维护公共安全", "security"),
        ("小区治安", "security"),
        ("public security", "security"),
        ("Public Safety", "security"),
        ("统计客流", "beyond"),
        ("会员识别", "beyond"),
        ("上下班打卡", "beyond"),
        ("刷脸支付", "beyond"),
        ("Customer analytics", "beyond"),
        ("time and ATTENDANCE", "beyond"),
        ("身份核验", PERHAPS),
        ("账户安全", PERHAPS),
        ("site safety", PERHAPS),
        ("年卡用户入园身份核验", PERHAPS),
        ("to check your ticket", PERHAPS),
    ],
)
def test_a_purpose_is_told_by_its_words_in_chinese_and_english(purpose: str, kind: str) -> None:
    assert known(purpose=purpose)["use"] == kind


@pytest.mark.parametrize(
    "purpose", ["公共安全和会员营销", "public security and marketing", "安防、考勤"]
)
def test_a_purpose_beside_security_goes_beyond_it(purpose: str) -> None:
    assert known(purpose=purpose)["use"] == "beyond"


@pytest.mark.parametrize("purpose", ["", "维护公共安全", "身份核验"])
def test_what_is_known_to_be_used_otherwise_goes_beyond_whatever_was_named(purpose: str) -> None:
    facts = known(purpose=purpose, circumstances=(Circumstance.OTHER_USE,))
    assert facts["use"] == "beyond"


@pytest.mark.parametrize("purpose", ["", "维护公共安全", "身份核验"])
def test_other_use_ruled_out_leaves_public_security_alone(purpose: str) -> None:
    assert known(purpose=purpose, ruled_out=(Circumstance.OTHER_USE,))["use"] == "security"


@pytest.mark.parametrize(
    ("ground", "kind"),
    [
        ("", "none"),
        ("疫情防控", "health"),
        ("突发公共卫生事件", "health"),
        ("Epidemic control", "health"),
        ("COVID-19", "health"),
        ("维护公共安全所必需", "security"),
        ("反恐要求", "security"),
        ("public safety", "security"),
        ("依规章制度实施人力资源管理", "employment"),
        ("staff management", "employment"),
        ("履行合同所必需", "contract"),
        ("performance of a contract", "contract"),
        ("领导要求", "other"),
        ("because we say so", "other"),
    ],
)
def test_a_ground_for_no_consent_is_told_by_its_words(ground: str, kind: str) -> None:
    assert known(exemption=ground)["exemption"] == kind


@pytest.mark.parametrize(
    "place",
    [
        "三楼更衣室",
        "卫生间门外走廊",
        "女卫生间",
        "商场公共厕所内",
        "1203客房",
        "餐厅包间",
        "试衣间",
        "哺乳室",
        "公共浴室",
        "Changing Room 2",
        "fitting room",
        "Guest Room 1203",
    ],
)
def test_words_of_the_place_only_raise_the_question_of_a_private_space(place: str) -> None:
    assert known(place=place)["private-space"] == PERHAPS


@pytest.mark.parametrize("place", ["东门3号闸机", "一楼大堂", "main entrance", "收银台"])
def test_another_place_says_nothing_about_private_spaces(place: str) -> None:
    assert "private-space" not in known(place=place)


def test_what_the_person_says_of_a_private_space_goes_before_the_words() -> None:
    ruled_out = (Circumstance.PRIVATE_SPACE,)
    assert known(place="更衣室门外走廊", ruled_out=ruled_out)["private-space"] == NO
    told = (Circumstance.PRIVATE_SPACE,)
    assert known(place="一楼", circumstances=told)["private-space"] == YES


def test_without_words_to_tell_by_nothing_is_told_by_them() -> None:
    at = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
    one = Encounter(id=1, at=at, place="更衣室", venue=Venue.GYM, purpose="会员", exemption="疫情")
    facts = facts_of(one, {}, Telling())
    assert (facts["use"], facts["exemption"], facts["public"]) == (PERHAPS, "other", UNKNOWN)
    assert "private-space" not in facts


# --- what follows from other facts


def test_who_did_not_consent_did_not_consent_separately() -> None:
    assert known(consent=Answer.NO)["separate_consent"] == NO
    assert known(consent=Answer.YES)["separate_consent"] == UNKNOWN
    assert known(consent=Answer.UNKNOWN)["separate_consent"] == UNKNOWN


def test_what_was_said_of_separate_consent_stands() -> None:
    said = known(consent=Answer.NO, separate_consent=Answer.YES)
    assert said["separate_consent"] == YES


USUALLY_PUBLIC = {
    Venue.SCENIC_AREA,
    Venue.SHOP,
    Venue.MALL,
    Venue.HOTEL,
    Venue.GYM,
    Venue.HOSPITAL,
    Venue.PHARMACY,
    Venue.TRANSPORT,
    Venue.TELECOM,
    Venue.BANK,
    Venue.SALES_OFFICE,
}
NEVER_BY_ITSELF = {Venue.WORKPLACE, Venue.APP}


@pytest.mark.parametrize("venue", Venue)
def test_a_kind_of_place_is_public_as_it_usually_is(venue: Venue) -> None:
    expected = YES if venue in USUALLY_PUBLIC else NO if venue in NEVER_BY_ITSELF else UNKNOWN
    assert known(venue=venue)["public"] == expected


@pytest.mark.parametrize("venue", [Venue.MALL, Venue.WORKPLACE, Venue.RESIDENTIAL])
@pytest.mark.parametrize("said", [Answer.YES, Answer.NO])
def test_what_the_person_says_of_a_place_goes_before_what_is_usual(
    venue: Venue, said: Answer
) -> None:
    assert known(venue=venue, public_place=said)["public"] == said.value


@pytest.mark.parametrize("venue", Venue)
def test_only_the_police_and_government_offices_are_state_organs(venue: Venue) -> None:
    organ = venue in {Venue.POLICE, Venue.GOVERNMENT}
    assert known(venue=venue)["state-organ"] == (YES if organ else NO)


@pytest.mark.parametrize("one", Circumstance)
def test_each_circumstance_is_so_or_not_so_or_not_known(one: Circumstance) -> None:
    assert known(circumstances=(one,))[one.value] == YES
    assert known(ruled_out=(one,))[one.value] == NO
    assert one.value not in known()


@given(
    st.sampled_from(Venue),
    st.sampled_from(ScanMode),
    st.sets(st.sampled_from(Circumstance)),
    st.text(max_size=20),
    st.text(max_size=20),
)
def test_every_fact_has_a_name_that_a_rule_may_use(
    venue: Venue, mode: ScanMode, so: set[Circumstance], purpose: str, ground: str
) -> None:
    facts = known(
        venue=venue, mode=mode, circumstances=tuple(so), purpose=purpose, exemption=ground
    )
    assert set(facts) <= NAMES
    assert set(facts) >= NAMES - {one.value for one in Circumstance}
