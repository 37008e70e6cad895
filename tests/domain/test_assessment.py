"""What the facts of a scan may mean in law: each rule, each era, what is asked, what is left out.

What must be cited was taken from the statutes, not from the rules: a rule may cite more.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pirights import assessment_data, law_data, rule_data
from pirights.domain.assessment import Assessment, Assessor, Finding, Following, Step, by_rule
from pirights.domain.encounter import Answer, Circumstance, Encounter, ScanMode
from pirights.domain.facts import NAMES, PERHAPS, UNKNOWN, facts_of
from pirights.domain.handler import Venue
from pirights.domain.law import Rank, State
from pirights.domain.request import Right

RULES: Final = assessment_data.rules()
LAWS: Final = law_data.laws()
USUAL: Final = {venue: profile.public_place for venue, profile in rule_data.venues().items()}
DAY: Final = date(2026, 11, 20)
TODAY: Final = date(2026, 11, 23)
YES, NO = Answer.YES, Answer.NO

CONSENT_RULES: Final = frozenset(
    {
        *("no-consent", "no-separate-consent", "consent-as-condition", "bundled-consent"),
        *("consumer", "minor-under-14"),
    }
)
"""What is about a consent that was, or was not, given to handling: none took place if refused."""


def assessor(today: date = TODAY) -> Assessor:
    return Assessor(
        rules=RULES.rules,
        questions=RULES.questions,
        telling=RULES.telling,
        laws=LAWS,
        usual=USUAL,
        today=today,
    )


SHARED: Final = assessor()


def circumstances(words: str) -> tuple[Circumstance, ...]:
    return tuple(Circumstance(one) for one in words.split())


def scan(day: date = DAY, *, so: str = "", ruled: str = "", **facts: Any) -> Encounter:  # noqa: ANN401 (fields of a record)
    """A scan at noon in China; its circumstances are named in words."""
    at = datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)
    told = {"place": "东门", "venue": Venue.SCENIC_AREA, **facts}
    return Encounter(
        id=1, at=at, circumstances=circumstances(so), ruled_out=circumstances(ruled), **told
    )


def weigh(day: date = DAY, *, today: date = TODAY, **facts: Any) -> Assessment:  # noqa: ANN401 (fields of a record)
    return assessor(today).assess(scan(day, **facts))


def holding(one: Assessment) -> dict[str, Finding]:
    return {each.rule.id: each for each in one.findings if not each.open}


def opened(one: Assessment) -> dict[str, Finding]:
    return {each.rule.id: each for each in one.findings if each.open}


def asked(one: Assessment) -> set[str]:
    """The ids of everything that is asked, within findings and apart."""
    within = {question.id for each in one.findings for question in each.missing}
    return within | {question.id for question in one.questions}


# --- each rule, holding and not holding, under the law of November 2026

Row = tuple[str, dict[str, Any], dict[str, Any], set[str]]

ROWS: Final[list[Row]] = [
    (
        "family-use",
        {"venue": Venue.RESIDENTIAL, "so": "family-use"},
        {"so": "", "ruled": "family-use"},
        {"pipl:72(1)", "civil-code-personality:1032(1)", "public-video-2025:33(1)"},
    ),
    (
        "state-organ",
        {"venue": Venue.POLICE},
        {"venue": Venue.SHOP},
        {"pipl:33", "pipl:34", "pipl:35", "pipl:68(1)"},
    ),
    (
        "public-security-video",
        {"so": "public-security-system"},
        {"so": "", "ruled": "public-security-system"},
        {"public-video-2025:17", "public-video-2025:21"},
    ),
    (
        "private-space",
        {"venue": Venue.GYM, "so": "private-space"},
        {"so": "", "ruled": "private-space"},
        {"public-video-2025:8(1)", "frt-measures-2025:13(2)", "civil-code-personality:1033.4"},
    ),
    (
        "no-sign",
        {"notice": NO},
        {"notice": YES},
        {"pipl:26", "frt-measures-2025:13(1)"},
    ),
    (
        "no-sign-video",
        {"notice": NO, "so": "public-security-system"},
        {"notice": YES},
        {"public-video-2025:13"},
    ),
    (
        "no-notice",
        {"venue": Venue.WORKPLACE, "notice": NO},
        {"notice": YES},
        {"pipl:17(1)", "pipl:30", "frt-measures-2025:5", "spc-frt-2021:2.2", "csl:43(1)"},
    ),
    (
        "beyond-public-security",
        {"purpose": "统计客流"},
        {"separate_consent": YES},
        {"pipl:26", "spc-frt-2021:2.1"},
    ),
    (
        "identification-in-public",
        {"mode": ScanMode.IDENTIFICATION},
        {"public_place": NO},
        {"pipl:26", "pipl:28(2)", "frt-measures-2025:13(1)"},
    ),
    (
        "covert-capture",
        {"mode": ScanMode.COVERT},
        {"mode": ScanMode.VERIFICATION},
        {"pipl:17(1)", "spc-frt-2021:2.2"},
    ),
    (
        "no-consent",
        {"consent": NO},
        {"consent": YES},
        {"pipl:13(1)", "civil-code-personality:1035(1).1"},
    ),
    (
        "no-separate-consent",
        {"consent": YES, "separate_consent": NO},
        {"separate_consent": YES},
        {"pipl:29", "ndsr-2024:22(1).2", "spc-frt-2021:2.3", "frt-measures-2025:6"},
    ),
    (
        "consent-as-condition",
        {"consent": YES, "alternative": NO},
        {"alternative": YES},
        {"pipl:14(1)", "pipl:16", "spc-frt-2021:4.1"},
    ),
    (
        "consent-under-authority",
        {"venue": Venue.SCHOOL, "consent": YES, "alternative": NO},
        {"venue": Venue.MALL},
        {"pipl:14(1)", "spc-frt-2021:4.3"},
    ),
    (
        "bundled-consent",
        {"so": "bundled-consent"},
        {"so": "", "ruled": "bundled-consent"},
        {"pipl:14(1)", "spc-frt-2021:4.2"},
    ),
    (
        "coerced-consent",
        {"so": "coerced-consent"},
        {"so": "", "ruled": "coerced-consent"},
        {"pipl:5", "spc-frt-2021:4.3", "frt-measures-2025:12", "ndsr-2024:22(1).1"},
    ),
    (
        "sole-means",
        {"mode": ScanMode.VERIFICATION, "alternative": NO},
        {"mode": ScanMode.IDENTIFICATION},
        {"pipl:6(1)", "frt-measures-2025:10(1)"},
    ),
    (
        "estate-sole-way",
        {"venue": Venue.RESIDENTIAL, "alternative": NO, "so": "resident"},
        {"so": "", "ruled": "resident"},
        {"spc-frt-2021:10(1)", "frt-measures-2025:10(1)"},
    ),
    (
        "service-refused",
        {"refused": True},
        {"refused": False},
        {"pipl:16"},
    ),
    (
        "consumer",
        {"consent": NO, "so": "customer"},
        {"so": "", "ruled": "customer"},
        {"cpl:29(1)", "cpl:50", "cpl-implementation-2024:23(1)", "cpl-implementation-2024:23(2)"},
    ),
    (
        "standard-terms",
        {"so": "standard-terms"},
        {"so": "", "ruled": "standard-terms"},
        {"civil-code-contract:497", "spc-frt-2021:11"},
    ),
    (
        "standard-terms-consumer",
        {"so": "standard-terms customer"},
        {"so": "standard-terms", "ruled": "customer"},
        {"cpl:26(2)", "cpl:26(3)"},
    ),
    (
        "breach-of-agreement",
        {"so": "against-agreement"},
        {"so": "", "ruled": "against-agreement"},
        {"civil-code-contract:577", "spc-frt-2021:12", "spc-frt-2021:2.4", "pipl:47(1).4"},
    ),
    (
        "agreed-way-changed",
        {"so": "against-agreement", "refused": True},
        {"refused": False},
        {"civil-code-contract:509", "civil-code-contract:577"},
    ),
    (
        "minor-under-14",
        {"minor": True, "so": "under-14", "ruled": "guardian-consent"},
        {"so": "under-14 guardian-consent", "ruled": ""},
        {"pipl:28(1)", "pipl:31(1)", "frt-measures-2025:7", "ndsr-2024:22(1).3"},
    ),
    (
        "minor",
        {"minor": True},
        {"minor": False},
        {
            "minors-online-2023:34(1).1",
            "minors-online-2023:34(1).2",
            "minors-online-2023:34(1).3",
            "spc-frt-2021:3",
        },
    ),
    (
        "employer",
        {"venue": Venue.BANK, "so": "employee"},
        {"so": "", "ruled": "employee"},
        {"pipl:13(1).2", "pipl:28(2)"},
    ),
    (
        "exemption-health",
        {"exemption": "疫情防控", "so": "ground-ended"},
        {"so": "", "ruled": "ground-ended"},
        {"pipl:13(1).4", "pipl:47(1).1", "spc-frt-2021:5.1", "spc-frt-2021:6(3)"},
    ),
    (
        "exemption-named",
        {"exemption": "法律规定"},
        {"exemption": "公共安全"},
        {"pipl:13(1)", "spc-frt-2021:6(2)", "spc-frt-2021:6(3)"},
    ),
    (
        "ground-ended",
        {"so": "ground-ended"},
        {"exemption": "合同约定", "ruled": "ground-ended"},
        {"pipl:19", "pipl:47(1).1"},
    ),
    (
        "exemption-security",
        {"exemption": "公共安全"},
        {"exemption": "合同约定"},
        {"pipl:26", "spc-frt-2021:5.2", "spc-frt-2021:6(3)"},
    ),
    (
        "temperature-screening",
        {"mode": ScanMode.TEMPERATURE},
        {"refused": True},
        {"pipl:6(2)", "pipl:28(2)", "pipl:13(1).4"},
    ),
    (
        "retention",
        {"so": "purpose-ended"},
        {"so": "purpose-ended data-gone"},
        {"pipl:19", "pipl:47(1).1", "pipl:47(1).2", "frt-measures-2025:8"},
    ),
    (
        "shared",
        {"so": "shared"},
        {"so": "", "ruled": "shared"},
        {"pipl:23", "civil-code-personality:1038(1)", "spc-frt-2021:2.6", "csl:44(1)"},
    ),
    (
        "off-device",
        {"so": "off-device"},
        {"so": "", "ruled": "off-device"},
        {"frt-measures-2025:8"},
    ),
    (
        "filing",
        {"so": "many-faces"},
        {"so": "", "ruled": "many-faces"},
        {"frt-measures-2025:15"},
    ),
    (
        "leak",
        {"so": "leak"},
        {"so": "", "ruled": "leak"},
        {"pipl:57(1)", "civil-code-personality:1038(2)", "spc-frt-2021:2.5", "csl:44(2)"},
    ),
]


def test_the_table_has_every_rule_once() -> None:
    assert sorted(row[0] for row in ROWS) == sorted(rule.id for rule in RULES.rules)


@pytest.mark.parametrize(("rule", "facts", "_", "cited"), ROWS, ids=[row[0] for row in ROWS])
def test_a_rule_holds_for_its_facts_and_cites_what_carries_it(
    rule: str, facts: dict[str, Any], _: object, cited: set[str]
) -> None:
    found = holding(weigh(**facts))
    assert rule in found
    assert set(found[rule].provisions) >= cited
    assert found[rule].present == ()


@pytest.mark.parametrize(("rule", "facts", "change", "_"), ROWS, ids=[row[0] for row in ROWS])
def test_a_rule_neither_holds_nor_is_open_once_a_fact_speaks_against_it(
    rule: str, facts: dict[str, Any], change: dict[str, Any], _: object
) -> None:
    found = weigh(**{**facts, **change})
    assert rule not in {each.rule.id for each in found.findings}


def test_a_face_shown_with_consent_notice_and_a_choice_suggests_nothing() -> None:
    found = weigh(
        mode=ScanMode.VERIFICATION,
        notice=YES,
        consent=YES,
        separate_consent=YES,
        alternative=YES,
        purpose="维护公共安全",
    )
    assert found.findings == ()
    assert found.steps == ()


def test_a_visitor_of_an_estate_rests_on_the_measures_and_not_on_article_ten_of_the_court() -> None:
    found = holding(
        weigh(
            venue=Venue.RESIDENTIAL,
            mode=ScanMode.VERIFICATION,
            alternative=NO,
            ruled="resident",
        )
    )
    cited = {key for each in found.values() for key in each.provisions}
    assert "frt-measures-2025:10(1)" in cited
    assert not {key for key in cited if key.startswith("spc-frt-2021:10")}


def test_picking_faces_out_of_a_crowd_is_no_sole_means_of_verification() -> None:
    found = weigh(mode=ScanMode.IDENTIFICATION, alternative=NO)
    assert "sole-means" not in {each.rule.id for each in found.findings}


@pytest.mark.parametrize("venue", [Venue.SHOP, Venue.RESIDENTIAL, Venue.HOTEL, Venue.BANK])
def test_thirty_days_of_video_are_not_cited_where_article_seven_names_no_such_place(
    venue: Venue,
) -> None:
    found = holding(weigh(venue=venue, so="public-security-system"))["public-security-video"]
    assert "public-video-2025:17" not in found.provisions
    assert "public-video-2025:21" in found.provisions


def test_what_a_household_films_for_itself_is_outside_the_law_on_personal_information() -> None:
    found = weigh(
        venue=Venue.RESIDENTIAL,
        notice=NO,
        consent=NO,
        alternative=NO,
        so="family-use resident shared leak purpose-ended",
    )
    (only,) = found.findings
    assert only.rule.id == "family-use"
    assert {key for key in only.provisions if key.startswith("pipl:")} == {"pipl:72(1)"}
    assert [step.document for step in found.steps] == [Following.TALK]


def test_the_measures_stand_after_what_ranks_higher() -> None:
    for rule in RULES.rules:
        ranks = [LAWS.instrument(key).rank is Rank.DEPARTMENT_RULE for key in rule.cites]
        assert ranks == sorted(ranks), rule.id


# --- eras

SINCE: Final = (
    # each instrument that a full set of facts may rest on, and its first day
    (date(2014, 3, 15), "cpl"),
    (date(2017, 6, 1), "csl-2016"),
    (date(2021, 1, 1), "civil-code-personality"),
    (date(2021, 1, 1), "civil-code-contract"),
    (date(2021, 1, 1), "civil-code-general"),
    (date(2021, 8, 1), "spc-frt-2021"),
    (date(2021, 11, 1), "pipl"),
    (date(2024, 1, 1), "minors-online-2023"),
    (date(2024, 7, 1), "cpl-implementation-2024"),
    (date(2025, 1, 1), "ndsr-2024"),
    (date(2025, 4, 1), "public-video-2025"),
    (date(2025, 6, 1), "frt-measures-2025"),
    (date(2026, 1, 1), "csl"),
)
BORDERS: Final = tuple(
    dict.fromkeys(day + timedelta(days=days) for day, _ in SINCE for days in (-1, 0))
)
EVERYTHING: Final = " ".join(
    one.value
    for one in Circumstance
    if one not in {Circumstance.FAMILY_USE, Circumstance.GUARDIAN_CONSENT, Circumstance.DATA_GONE}
)


@pytest.mark.parametrize("day", [date(2019, 7, 1), *BORDERS], ids=str)
def test_the_same_facts_rest_on_what_was_in_force_that_day(day: date) -> None:
    instruments = {name for since, name in SINCE if since <= day}
    if "csl" in instruments:
        instruments.remove("csl-2016")
    found = weigh(
        day,
        mode=ScanMode.VERIFICATION,
        notice=NO,
        consent=NO,
        alternative=NO,
        minor=True,
        purpose="会员营销",
        exemption="公共安全",
        so=EVERYTHING,
        ruled="guardian-consent",
    )
    cited = {key for each in found.findings for key in each.provisions}
    assert {key.partition(":")[0] for key in cited} == instruments
    assert all(LAWS.state(key, day) is State.IN_FORCE for key in cited)


GATE: Final[dict[str, Any]] = {
    "mode": ScanMode.VERIFICATION,
    "notice": NO,
    "consent": NO,
    "alternative": NO,
    "purpose": "维护公共安全",
}
"""A park's gate without sign, consent or choice."""

CODE: Final = "civil-code-personality:1035(1)"
PROOF: Final = "spc-frt-2021:6(2) spc-frt-2021:6(3)"
"""The burden of proof lies on the handler."""


@pytest.mark.parametrize(
    ("day", "cited"),
    [
        (  # the Cybersecurity Law alone, under its numbers of then
            date(2019, 7, 1),
            {"no-notice": "csl-2016:41(1)", "no-consent": "csl-2016:41(1)"},
        ),
        (
            date(2021, 7, 31),
            {
                "no-notice": f"{CODE}.2 {CODE}.3 csl-2016:41(1)",
                "no-consent": f"{CODE}.1 csl-2016:41(1)",
                "sole-means": CODE,
            },
        ),
        (
            date(2021, 8, 1),
            {
                "no-notice": f"{CODE}.2 {CODE}.3 csl-2016:41(1) spc-frt-2021:2.2",
                "no-consent": f"{CODE}.1 csl-2016:41(1) {PROOF}",
                "no-separate-consent": "spc-frt-2021:2.3",
                "sole-means": CODE,
            },
        ),
        (
            date(2021, 11, 1),
            {
                "no-sign": "pipl:26",
                "no-notice": f"pipl:17(1) pipl:30 {CODE}.2 {CODE}.3 csl-2016:41(1) "
                "spc-frt-2021:2.2",
                "no-consent": f"pipl:13(1) {CODE}.1 csl-2016:41(1) {PROOF}",
                "no-separate-consent": "pipl:29 spc-frt-2021:2.3",
                "sole-means": f"pipl:6(1) pipl:28(2) {CODE}",
            },
        ),
        (
            date(2025, 5, 31),
            {
                "no-sign": "pipl:26",
                "no-notice": f"pipl:17(1) pipl:30 {CODE}.2 {CODE}.3 csl-2016:41(1) "
                "spc-frt-2021:2.2",
                "no-consent": f"pipl:13(1) {CODE}.1 csl-2016:41(1) {PROOF}",
                "no-separate-consent": "pipl:29 ndsr-2024:22(1).2 spc-frt-2021:2.3",
                "sole-means": f"pipl:6(1) pipl:28(2) {CODE}",
            },
        ),
        (
            date(2026, 1, 1),
            {
                "no-sign": "pipl:26 frt-measures-2025:13(1)",
                "no-notice": f"pipl:17(1) pipl:30 {CODE}.2 {CODE}.3 csl:43(1) spc-frt-2021:2.2 "
                "frt-measures-2025:5",
                "no-consent": f"pipl:13(1) {CODE}.1 csl:43(1) {PROOF}",
                "no-separate-consent": "pipl:29 ndsr-2024:22(1).2 spc-frt-2021:2.3 "
                "frt-measures-2025:6",
                "sole-means": f"pipl:6(1) pipl:28(2) {CODE} frt-measures-2025:10(1)",
            },
        ),
    ],
    ids=str,
)
def test_the_gate_of_a_park_through_the_years(day: date, cited: dict[str, str]) -> None:
    found = holding(weigh(day, **GATE))
    assert {rule: set(one.provisions) for rule, one in found.items()} == {
        rule: set(keys.split()) for rule, keys in cited.items()
    }


@pytest.mark.parametrize(
    ("day", "rule", "facts"),
    [
        (date(2021, 10, 31), "no-sign", {"notice": NO}),
        (date(2021, 7, 31), "no-separate-consent", {"separate_consent": NO}),
        (date(2021, 7, 31), "service-refused", {"refused": True}),
        (date(2021, 7, 31), "consent-as-condition", {"consent": YES, "alternative": NO}),
        (date(2021, 7, 31), "exemption-security", {"exemption": "公共安全"}),
        (date(2021, 10, 31), "employer", {"venue": Venue.WORKPLACE, "so": "employee"}),
        (date(2025, 3, 31), "public-security-video", {"so": "public-security-system"}),
        (date(2025, 3, 31), "no-sign-video", {"notice": NO, "so": "public-security-system"}),
        (date(2020, 12, 31), "family-use", {"venue": Venue.OTHER, "so": "family-use"}),
        (date(2020, 12, 31), "breach-of-agreement", {"so": "against-agreement"}),
        (date(2025, 5, 31), "off-device", {"so": "off-device data-gone"}),
        (date(2025, 5, 31), "filing", {"so": "many-faces data-gone"}),
    ],
)
def test_a_rule_that_no_law_carried_that_day_is_not_shown(
    day: date, rule: str, facts: dict[str, Any]
) -> None:
    before = weigh(day, **facts)
    assert rule not in {each.rule.id for each in before.findings}
    assert rule in holding(weigh(DAY, **facts))


def test_what_no_law_carried_leads_to_no_step() -> None:
    assert weigh(date(2020, 12, 31), so="leak against-agreement").steps != ()
    assert weigh(date(2020, 12, 31), so="against-agreement").steps == ()


def test_of_what_is_gone_neither_copy_nor_deletion_is_suggested() -> None:
    facts: dict[str, Any] = {"notice": NO, "consent": NO}

    def rights(day: date, **more: Any) -> set[Right]:  # noqa: ANN401 (fields of a record)
        return {one for step in weigh(day, **facts, **more).steps for one in step.rights}

    assert rights(date(2020, 3, 1), so="data-gone") == set()
    assert rights(DAY, so="data-gone") == {Right.KNOW, Right.EXPLAIN}
    for day in (date(2020, 3, 1), DAY):
        assert {Right.COPY, Right.DELETE} < rights(day)


def test_what_is_still_stored_is_under_what_came_later_and_kept_apart() -> None:
    found = holding(weigh(date(2020, 3, 1), so="purpose-ended"))["retention"]
    assert found.provisions == ()
    assert set(found.present) >= {"pipl:19", "pipl:47(1).1", "pipl:47(1).2"}
    assert "frt-measures-2025:8" in found.present
    then = holding(weigh(date(2022, 3, 1), so="purpose-ended"))["retention"]
    assert set(then.provisions) >= {"pipl:19", "pipl:47(1).1"}
    assert then.present == ("frt-measures-2025:8",)


def test_the_law_of_today_is_that_of_the_day_of_asking() -> None:
    scanned = date(2022, 3, 1)
    before = weigh(scanned, today=date(2025, 5, 31), so="many-faces")
    assert "filing" not in {each.rule.id for each in before.findings}
    after = holding(weigh(scanned, today=date(2025, 6, 1), so="many-faces"))["filing"]
    assert (after.provisions, after.present) == ((), ("frt-measures-2025:15",))


@pytest.mark.parametrize("rule", ["no-sign", "no-notice", "no-consent", "sole-means"])
def test_a_gate_that_was_without_sign_or_consent_is_not_judged_by_later_law(rule: str) -> None:
    for day in (date(2021, 11, 1), date(2025, 5, 31)):
        assert holding(weigh(day, **GATE))[rule].present == ()


def test_the_day_is_that_of_the_clock_where_it_happened() -> None:
    at = datetime(2021, 10, 31, 16, 30, tzinfo=UTC)  # half past midnight of 1 November in China
    one = Encounter(id=1, at=at, place="东门", venue=Venue.SHOP, notice=NO)
    assert "no-sign" in holding(SHARED.assess(one))
    london = Encounter(id=1, at=at, place="东门", venue=Venue.SHOP, notice=NO, zone="Europe/London")
    assert "no-sign" not in holding(SHARED.assess(london))


# --- what is not known

Open = tuple[str, dict[str, Any], str, dict[str, Any], dict[str, Any]]

OPEN: Final[list[Open]] = [
    # rule, facts, what is asked, the answer that makes it hold, the answer that ends it
    ("no-sign", {"notice": NO, "venue": Venue.OTHER}, "public",
     {"public_place": YES}, {"public_place": NO}),
    ("no-sign", {}, "notice", {"notice": NO}, {"notice": YES}),
    ("no-notice", {}, "notice", {"notice": NO}, {"notice": YES}),
    ("no-consent", {}, "consent", {"consent": NO}, {"consent": YES}),
    ("no-separate-consent", {"consent": YES}, "separate_consent",
     {"separate_consent": NO}, {"separate_consent": YES}),
    ("beyond-public-security", {}, "use", {"purpose": "统计客流"}, {"purpose": "公共安全"}),
    ("sole-means", {"mode": ScanMode.VERIFICATION}, "alternative",
     {"alternative": NO}, {"alternative": YES}),
    ("sole-means", {"alternative": NO}, "mode",
     {"mode": ScanMode.VERIFICATION}, {"mode": ScanMode.ENROLMENT}),
    ("estate-sole-way", {"venue": Venue.RESIDENTIAL, "alternative": NO}, "resident",
     {"so": "resident"}, {"ruled": "resident"}),
    ("employer", {"venue": Venue.WORKPLACE}, "employee",
     {"so": "employee"}, {"ruled": "employee"}),
    ("exemption-health", {"exemption": "疫情"}, "ground-ended",
     {"so": "ground-ended"}, {"ruled": "ground-ended"}),
    ("minor-under-14", {"minor": True, "ruled": "guardian-consent"}, "under-14",
     {"so": "under-14"}, {"ruled": "under-14 guardian-consent"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "facts", "question", "so", "against"), OPEN)
def test_what_is_not_known_opens_a_finding_and_the_answer_closes_it(
    rule: str, facts: dict[str, Any], question: str, so: dict[str, Any], against: dict[str, Any]
) -> None:
    one = opened(weigh(**facts))[rule]
    (wanted,) = [each for each in one.missing if each.id == question]
    assert wanted.option.startswith("--")
    assert wanted.words.zh.endswith(("？", "。"))
    assert one.provisions or one.present
    yes, no = weigh(**{**facts, **so}), weigh(**{**facts, **against})
    assert rule in holding(yes)
    assert rule not in {each.rule.id for each in no.findings}
    for answered in (yes, no):
        assert question not in asked(answered)


def test_what_is_open_leads_to_no_step() -> None:
    found = weigh()
    assert opened(found)
    assert not holding(found)
    assert found.steps == ()


def test_whether_a_guardian_consented_is_open_while_nobody_has_said() -> None:
    """Nothing suggests that consent is lacking where it is merely not known."""
    found = weigh(minor=True, so="under-14")
    assert "minor-under-14" in opened(found)


ASIDE: Final = [
    # what is only asked, among the further questions, where one fact alone is missing
    ("customer", {"venue": Venue.SHOP, "consent": NO}),
    ("shared", {}),
    ("off-device", {}),
    ("many-faces", {}),
    ("purpose-ended", {}),
    ("standard-terms", {}),
    ("against-agreement", {}),
    ("bundled-consent", {}),
    ("coerced-consent", {}),
    ("family-use", {"venue": Venue.RESIDENTIAL}),
    ("private-space", {"venue": Venue.HOTEL}),
]


@pytest.mark.parametrize(("question", "facts"), ASIDE, ids=[one for one, _ in ASIDE])
def test_a_circumstance_is_asked_for_until_it_is_said_or_ruled_out(
    question: str, facts: dict[str, Any]
) -> None:
    found = weigh(**facts)
    (one,) = [each for each in found.questions if each.id == question]
    assert one.option == f"--circumstance {question}[=no]"
    assert question not in asked(weigh(ruled=question, **facts))


@pytest.mark.parametrize(
    ("question", "venue"),
    [
        ("family-use", Venue.MALL),
        ("private-space", Venue.APP),
        ("customer", Venue.WORKPLACE),
        ("customer", Venue.POLICE),
    ],
)
def test_a_question_that_makes_no_sense_at_a_place_is_not_asked(
    question: str, venue: Venue
) -> None:
    assert question not in asked(weigh(venue=venue, consent=NO))


def test_where_two_facts_are_missing_an_aside_is_not_asked() -> None:
    assert "customer" not in asked(weigh(venue=Venue.SHOP))
    assert "customer" in asked(weigh(venue=Venue.SHOP, consent=NO))


def test_everything_ruled_out_leaves_no_question_about_circumstances() -> None:
    ruled = " ".join(Circumstance)
    names = {one.value for one in Circumstance}
    for venue in Venue:
        assert not asked(weigh(venue=venue, ruled=ruled)) & names, venue


@pytest.mark.parametrize("place", ["女更衣室", "卫生间门外走廊", "fitting room 3"])
@pytest.mark.parametrize("venue", [Venue.BANK, Venue.GYM])
def test_words_of_a_place_raise_the_question_and_settle_nothing(place: str, venue: Venue) -> None:
    found = weigh(place=place, venue=venue)
    (one,) = [each for each in found.findings if each.rule.id == "private-space"]
    assert one.open
    assert "private-space" in {question.id for question in one.missing}
    assert Following.POLICE not in {step.document for step in found.steps}
    assert "private-space" in holding(weigh(place=place, venue=venue, so="private-space"))
    known = weigh(place=place, venue=venue, ruled="private-space")
    assert "private-space" not in {each.rule.id for each in known.findings}


@pytest.mark.parametrize(
    ("note", "rule"),
    [
        ("物业称录像上传云端保存。", "off-device"),
        ("我已经退卡。", "retention"),
        ("店员说数据与合作方共享。", "shared"),
        ("经理称底库超过十万人。", "filing"),
        ("刷脸之后常接到骚扰电话。", "leak"),
        ("同意书写明不可撤销。", "standard-terms"),
        ("保安强制要求刷脸。", "coerced-consent"),
        ("The guard said it is uploaded at once.", "off-device"),
    ],
)
def test_words_of_the_note_open_the_rule_they_may_be_about(note: str, rule: str) -> None:
    found = weigh(note=note)
    assert [each.open for each in found.findings if each.rule.id == rule] == [True]
    assert rule not in {each.rule.id for each in weigh(note="没有别的。").findings}


def test_a_household_may_not_film_a_private_space_either() -> None:
    found = holding(weigh(venue=Venue.RESIDENTIAL, so="family-use private-space"))
    assert set(found) == {"family-use", "private-space"}


@pytest.mark.parametrize("venue", [Venue.POLICE, Venue.GOVERNMENT])
def test_against_a_state_organ_goes_no_letter_made_for_companies(venue: Venue) -> None:
    found = weigh(venue=venue, mode=ScanMode.COVERT, notice=NO, so="leak purpose-ended")
    assert {"state-organ", "no-notice", "retention", "leak"} <= set(holding(found))
    documents = {step.document for step in found.steps}
    assert Following.STATE_ORGAN in documents
    assert documents.isdisjoint({Following.REQUEST, Following.CONSUMER, Following.COURT})


# --- properties

NOT_KNOWN: Final = frozenset({UNKNOWN, PERHAPS})

TEXTS: Final = st.sampled_from(
    ["", "公共安全", "疫情防控", "统计客流", "会员", "身份核验", "合同必需", "更衣室", "security"]
)


@st.composite
def scans(draw: st.DrawFn) -> Encounter:
    answers = draw(
        st.dictionaries(st.sampled_from(Circumstance), st.booleans(), max_size=len(Circumstance))
    )
    day = draw(st.dates(date(2013, 1, 1), TODAY) | st.sampled_from(BORDERS))
    answer = st.sampled_from(Answer)
    return scan(
        day,
        so=" ".join(one for one in Circumstance if answers.get(one) is True),
        ruled=" ".join(one for one in Circumstance if answers.get(one) is False),
        place=draw(TEXTS) or "东门",
        venue=draw(st.sampled_from(Venue)),
        mode=draw(st.sampled_from(ScanMode)),
        notice=draw(answer),
        consent=draw(answer),
        separate_consent=draw(answer),
        alternative=draw(answer),
        public_place=draw(answer),
        refused=draw(st.booleans()),
        minor=draw(st.booleans()),
        purpose=draw(TEXTS),
        exemption=draw(TEXTS),
    )


@settings(max_examples=400, deadline=None)
@given(scans())
def test_every_finding_cites_and_only_what_was_in_force(one: Encounter) -> None:
    for found in SHARED.assess(one).findings:
        assert found.provisions or found.present
        cited = (*found.provisions, *found.present)
        assert len(set(cited)) == len(cited)
        for key in found.provisions:
            assert LAWS.state(key, one.day) is State.IN_FORCE, key
        for key in cited:
            assert LAWS.fits(key, venues=frozenset({one.venue}), minor=one.minor), key


@settings(max_examples=400, deadline=None)
@given(scans())
def test_later_law_is_named_only_for_what_may_be_stored_and_is_in_force_now(
    one: Encounter,
) -> None:
    for found in SHARED.assess(one).findings:
        if found.present:
            assert found.rule.stored
            assert Circumstance.DATA_GONE not in one.circumstances
        for key in found.present:
            assert LAWS.state(key, one.day) is State.NOT_YET, key
            assert LAWS.state(key, TODAY) is State.IN_FORCE, key


@settings(max_examples=300, deadline=None)
@given(scans())
def test_what_remembers_says_the_same_as_what_begins_anew(one: Encounter) -> None:
    assert SHARED.assess(one) == assessor().assess(one)


@settings(max_examples=300, deadline=None)
@given(scans())
def test_state_organs_and_households_get_only_the_rules_meant_for_them(one: Encounter) -> None:
    rules = [found.rule for found in SHARED.assess(one).findings]
    if one.venue in {Venue.POLICE, Venue.GOVERNMENT}:
        assert all(rule.state_organs for rule in rules)
        assert {"no-consent", "no-separate-consent", "consumer"}.isdisjoint(r.id for r in rules)
    if Circumstance.FAMILY_USE in one.circumstances:
        assert {rule.id for rule in rules} <= {"family-use", "private-space"}


@settings(max_examples=300, deadline=None)
@given(scans())
def test_findings_that_hold_come_first_each_group_in_the_order_of_the_rules(
    one: Encounter,
) -> None:
    found = SHARED.assess(one).findings
    order = [rule.id for rule in RULES.rules]
    keys = [(each.open, order.index(each.rule.id)) for each in found]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@settings(max_examples=300, deadline=None)
@given(scans())
def test_an_open_finding_says_what_is_missing_and_a_question_is_asked_once(
    one: Encounter,
) -> None:
    weighed = SHARED.assess(one)
    facts = facts_of(one, USUAL, RULES.telling)
    for found in weighed.findings:
        unknown = [name for name, _ in found.rule.when if facts.get(name, UNKNOWN) in NOT_KNOWN]
        if found.open:
            assert {question.id for question in found.missing} >= set(unknown)
            assert unknown
    aside = [question.id for question in weighed.questions]
    within = {question.id for found in weighed.findings for question in found.missing}
    assert len(set(aside)) == len(aside)
    assert within.isdisjoint(aside)
    assert all(facts.get(name, UNKNOWN) in NOT_KNOWN for name in aside)


@settings(max_examples=300, deadline=None)
@given(scans())
def test_what_was_written_down_is_not_asked_again(one: Encounter) -> None:
    said = {each.value for each in (*one.circumstances, *one.ruled_out)}
    facts = facts_of(one, USUAL, RULES.telling)
    recorded = NAMES - {circumstance.value for circumstance in Circumstance}
    said |= {name for name in recorded if facts[name] not in NOT_KNOWN}
    assert not asked(SHARED.assess(one)) & said


@settings(max_examples=300, deadline=None)
@given(scans())
def test_where_the_scan_was_refused_no_rule_about_consent_is_shown(one: Encounter) -> None:
    if one.refused:
        shown = {found.rule.id for found in SHARED.assess(one).findings}
        assert not shown & CONSENT_RULES


@settings(max_examples=200, deadline=None)
@given(scans())
def test_the_steps_are_one_request_with_each_right_once_and_then_the_rest(one: Encounter) -> None:
    weighed = SHARED.assess(one)
    steps = weighed.steps
    requests = [step for step in steps if step.document is Following.REQUEST]
    assert requests == list(steps[: len(requests)])
    assert len(requests) <= 1
    assert len(set(steps)) == len(steps)
    asked_for = {
        right
        for found in weighed.findings
        if not found.open
        for step in found.rule.next
        for right in step.rights
    }
    if Right.DELETE in asked_for:
        asked_for.add(Right.COPY)  # what is gone can no longer be proved
    if not one.may_be_stored:
        held = {Right.ACCESS, Right.COPY, Right.TRANSFER, Right.CORRECT, Right.DELETE}
        asked_for -= held  # nothing is left to show or to delete
        if one.day < date(2021, 11, 1):
            asked_for = set()  # the law of requests came later
    if one.venue in {Venue.POLICE, Venue.GOVERNMENT}:
        asked_for = set()  # another way is gone, and no letter made for companies
    assert {right for step in requests for right in step.rights} == asked_for


# --- steps and counts


@settings(max_examples=200, deadline=None)
@given(scans())
def test_nothing_is_to_be_deleted_without_asking_for_a_copy_as_well(one: Encounter) -> None:
    """To ask for deletion first destroys the evidence: copy, then delete (two steps)."""
    rights = {right for step in SHARED.assess(one).steps for right in step.rights}
    assert Right.DELETE not in rights or Right.COPY in rights


def test_the_rights_of_all_findings_go_into_one_request_and_copies_come_before_deletion() -> None:
    found = weigh(**GATE, so="purpose-ended shared off-device")
    assert found.steps == (
        Step(
            document=Following.REQUEST,
            rights=(
                Right.KNOW,
                Right.COPY,
                Right.DELETE,
                Right.EXPLAIN,
                Right.REFUSE,
                Right.ALTERNATIVE,
            ),
        ),
        Step(document=Following.PRESERVE),
    )


def test_rules_are_counted_by_how_often_they_hold() -> None:
    weighed = [
        weigh(notice=NO, venue=Venue.WORKPLACE),  # no-notice
        weigh(notice=NO, consent=NO),  # no-sign, no-notice, no-consent, no-separate-consent
        weigh(so="leak"),  # leak; the rest is open and not counted
    ]
    assert [(rule.id, count) for rule, count in by_rule(weighed)] == [
        ("no-notice", 2),
        ("leak", 1),
        ("no-consent", 1),
        ("no-separate-consent", 1),
        ("no-sign", 1),
    ]
    assert list(by_rule([])) == []


# --- the sentences

ACCUSING: Final = (
    *(
        "违法",
        "犯罪",
        "罪",
        "侵犯",
        "侵害",
        "侵权",
        "你方",
        "你公司",
        "必须赔偿",
        "必须立即",
        "无耻",
    ),
    *(
        "恶意",
        "欺骗",
        "偷拍",
        "窃取",
        "非法收集",
        "曝光",
        "严惩",
        "后果自负",
        "法律责任",
        "肯定",
        "显然",
    ),
)
ACCUSING_EN: Final = re.compile(
    r"\b(illegal\w*|violat\w*|guilty|crime|criminal\w*|infring\w*|steal\w*|stole\w*|theft|cheat\w*"
    r"|offen[cs]e|liar|must pay|shameful|clearly|obviously|punish\w*|penalt\w*|expose\w*)\b",
    re.IGNORECASE,
)
FOREIGN: Final = re.compile(
    r"data controller|controller|data subject|\bDPO\b|legitimate interest|\bGDPR\b|one month",
    re.IGNORECASE,
)


@pytest.mark.parametrize("rule", RULES.rules, ids=[rule.id for rule in RULES.rules])
def test_no_sentence_of_a_rule_accuses(rule: Any) -> None:  # noqa: ANN401 (a rule)
    for words in (rule.says, rule.counter):
        assert not [bad for bad in ACCUSING if bad in words.zh], words.zh
        assert not ACCUSING_EN.search(words.en), words.en
        assert not FOREIGN.search(words.en), words.en
        assert not re.search(r"30日|15日|15个工作日|20日", words.zh), words.zh
        assert words.zh.endswith("。")
        assert words.en.endswith(".")
    assert rule.source


@pytest.mark.parametrize("question", RULES.questions.values(), ids=list(RULES.questions))
def test_no_question_accuses(question: Any) -> None:  # noqa: ANN401 (a question)
    assert not [bad for bad in ACCUSING if bad in question.words.zh]
    assert not ACCUSING_EN.search(question.words.en)
    assert not FOREIGN.search(question.words.en)
    assert "？" in question.words.zh
    assert "?" in question.words.en


@pytest.mark.parametrize("rule", RULES.rules, ids=[rule.id for rule in RULES.rules])
def test_the_other_sides_argument_stands_beside_every_rule(rule: Any) -> None:  # noqa: ANN401 (a rule)
    assert rule.counter.zh != rule.says.zh
    assert rule.cites
    assert all(key in LAWS.provisions for key in rule.cites)
    assert set(rule.also) <= set(RULES.questions)


def test_a_question_about_a_recorded_fact_names_the_option_that_records_it() -> None:
    for question in RULES.questions.values():
        assert bool(question.option) == (question.id in NAMES), question.id
