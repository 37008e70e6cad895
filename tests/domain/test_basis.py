"""What may be cited for a right on a date: the table of days, and what holds on every day."""

from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights import law_data, rule_data
from pirights.domain.basis import COVERED_FROM, STATE_ORGANS, Basis, GoesOn, Why, basis
from pirights.domain.handler import Venue
from pirights.domain.law import Rank, State
from pirights.domain.request import Right
from pirights.errors import BadInput, NotFound

LAWS = law_data.laws()
RULES = rule_data.rights()
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)

FIRST: Final = {
    "csl-2016": date(2017, 6, 1),
    "gov-info-2019": date(2019, 5, 15),
    "civil-code-personality": date(2021, 1, 1),
    "spc-frt-2021": date(2021, 8, 1),
    "pipl": date(2021, 11, 1),
    "algorithm-2021": date(2022, 3, 1),
    "minors-online-2023": date(2024, 1, 1),
    "cpl-implementation-2024": date(2024, 7, 1),
    "ndsr-2024": date(2025, 1, 1),
    "public-video-2025": date(2025, 4, 1),
    "frt-measures-2025": date(2025, 6, 1),
    "csl": date(2026, 1, 1),
}
"""The first day of every instrument that a right rests on, by FACTS section 1."""

PIPL_OF: Final = {
    Right.KNOW: {"pipl:44", "pipl:7", "pipl:17(1)", "pipl:30", "pipl:23"},
    Right.ACCESS: {"pipl:45(1)", "pipl:45(2)"},
    Right.COPY: {"pipl:45(1)", "pipl:45(2)"},
    Right.TRANSFER: {"pipl:45(3)"},
    Right.CORRECT: {"pipl:46(1)", "pipl:46(2)"},
    Right.DELETE: {"pipl:47(1)", "pipl:47(2)"},
    Right.WITHDRAW: {"pipl:15(1)", "pipl:15(2)", "pipl:16"},
    Right.EXPLAIN: {"pipl:48", "pipl:17(3)", "pipl:30"},
    Right.AUTOMATED: {"pipl:24(3)", "pipl:24(2)", "pipl:24(1)", "pipl:55.2"},
    Right.REFUSE: {"pipl:44", "pipl:13(1)"},
    Right.ALTERNATIVE: {"pipl:6(1)", "pipl:28(2)", "pipl:16"},
}
"""What the Personal Information Protection Law gives for each right, by FACTS section 2."""


def told(right: Right, on: date, **more: Any) -> Basis:  # noqa: ANN401 (options of basis)
    return basis(RULES[right], LAWS, on=on, today=more.pop("today", TODAY), **more)


def cited(right: Right, on: date, **more: Any) -> set[str]:  # noqa: ANN401 (options of basis)
    return {one.provision.key for one in told(right, on, **more).citable}


def left_out(found: Basis) -> dict[str, str]:
    return {one.provision.key: str(one.reason) for one in found.not_applicable}


def everything(on: date, **more: Any) -> set[str]:  # noqa: ANN401 (options of basis)
    """All that any right rests on, on a day."""
    return {f"{right} {key}" for right in Right for key in cited(right, on, **more)}


PIPL: Final = {f"{right} {key}" for right, keys in PIPL_OF.items() for key in keys}
SPC_FRT: Final = {
    "delete spc-frt-2021:12",
    *("alternative spc-frt-2021:4.1", "alternative spc-frt-2021:10(1)"),
}
MEASURES: Final = {
    *("know frt-measures-2025:5", "withdraw frt-measures-2025:6"),
    "alternative frt-measures-2025:10(1)",
}
OLD_CSL: Final = {
    *("know csl-2016:41(1)", "explain csl-2016:41(1)", "refuse csl-2016:41(1)"),
    *("correct csl-2016:43", "delete csl-2016:43"),
}
NEW_CSL: Final = {
    *("know csl:43(1)", "explain csl:43(1)", "refuse csl:43(1)"),
    *("correct csl:45", "delete csl:45"),
}
CIVIL_CODE: Final = {
    *("know civil-code-personality:1035(1)", "refuse civil-code-personality:1035(1)"),
    *("access civil-code-personality:1037(1)", "copy civil-code-personality:1037(1)"),
    *("correct civil-code-personality:1037(1)", "delete civil-code-personality:1037(2)"),
}
CPL_RULES: Final = "automated cpl-implementation-2024:9(2)"
NDSR: Final = {
    *("know ndsr-2024:21(1)", "know ndsr-2024:21(2)", "explain ndsr-2024:21(1)"),
    *("access ndsr-2024:23", "copy ndsr-2024:23", "correct ndsr-2024:23"),
    *("withdraw ndsr-2024:23", "delete ndsr-2024:23", "refuse ndsr-2024:23"),
    *("transfer ndsr-2024:25(1)", "delete ndsr-2024:24"),
}


@pytest.mark.parametrize(
    ("on", "comes", "goes"),
    [
        (date(2021, 1, 1), CIVIL_CODE, set()),
        (date(2021, 8, 1), SPC_FRT, set()),
        (date(2021, 9, 1), set(), set()),
        (date(2021, 11, 1), PIPL, set()),
        (date(2022, 3, 1), set(), set()),
        (date(2024, 1, 1), set(), set()),
        (date(2024, 7, 1), {CPL_RULES}, set()),
        (date(2025, 1, 1), NDSR, set()),
        (date(2025, 4, 1), set(), set()),
        (date(2025, 6, 1), MEASURES, set()),
        (date(2026, 1, 1), NEW_CSL, OLD_CSL),
        (date(2026, 9, 1), set(), set()),
    ],
)
def test_overnight_that_comes_which_comes_into_force_and_nothing_else(
    on: date, comes: set[str], goes: set[str]
) -> None:
    """On an estate, where every rule for a place of business applies.

    Nothing comes with the Data Security Law, the regulations for minors (no one here is one),
    those on public video (an estate is none of their places), those on algorithms (for Apps) and
    Order 25 (its text was not seen).
    """
    before, then = (everything(day, venue=Venue.RESIDENTIAL) for day in (on - DAY, on))
    assert then - before == comes
    assert before - then == goes


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2017, 6, 1), OLD_CSL),
        (date(2020, 12, 31), OLD_CSL),
        (date(2021, 7, 31), OLD_CSL | CIVIL_CODE),
        (date(2021, 8, 1), OLD_CSL | CIVIL_CODE | SPC_FRT),
        (date(2021, 10, 31), OLD_CSL | CIVIL_CODE | SPC_FRT),
        (date(2021, 11, 1), OLD_CSL | CIVIL_CODE | SPC_FRT | PIPL),
        (
            date(2025, 5, 31),
            OLD_CSL | CIVIL_CODE | SPC_FRT | PIPL | {CPL_RULES} | NDSR,
        ),
        (
            date(2025, 12, 31),
            OLD_CSL | CIVIL_CODE | SPC_FRT | PIPL | {CPL_RULES} | NDSR | MEASURES,
        ),
        (
            date(2026, 9, 1),
            NEW_CSL | CIVIL_CODE | SPC_FRT | PIPL | {CPL_RULES} | NDSR | MEASURES,
        ),
    ],
)
def test_on_a_day_all_rights_together_rest_on_this_and_no_more(
    on: date, expected: set[str]
) -> None:
    assert everything(on, venue=Venue.RESIDENTIAL) == expected


def test_of_october_2021_only_the_law_of_that_day_is_named_with_the_reason_for_the_rest() -> None:
    found = told(Right.DELETE, date(2021, 10, 15), venue=Venue.SCENIC_AREA)
    assert {one.provision.key: str(one.reason) for one in found.citable} == {
        "civil-code-personality:1037(2)": "In force on that day, since 2021-01-01.",
        "csl-2016:43": "In force on that day, since 2017-06-01.",
        "spc-frt-2021:12": "In force on that day, since 2021-08-01.",
    }
    assert left_out(found) == {
        "pipl:47(1)": "Not yet in force on that day: from 2021-11-01.",
        "pipl:47(2)": "Not yet in force on that day: from 2021-11-01.",
        "csl:45": "Not yet in force on that day: from 2026-01-01.",
        "ndsr-2024:24": "Not yet in force on that day: from 2025-01-01.",
        "ndsr-2024:23": "Not yet in force on that day: from 2025-01-01.",
        "public-video-2025:17": "Not yet in force on that day: from 2025-04-01.",
        "minors-online-2023:34(1).2": "Only where the person scanned was under 18.",
    }


def test_with_storage_that_goes_on_both_are_named_and_the_reasoning_of_the_later_ones() -> None:
    on = date(2021, 10, 15)
    found = told(Right.DELETE, on, venue=Venue.SCENIC_AREA, still_stored=True)
    why = {one.provision.key: one.why for one in found.citable}
    assert why == {
        "pipl:47(1)": Why.NOW,
        "pipl:47(2)": Why.NOW,
        "public-video-2025:17": Why.NOW,
        "civil-code-personality:1037(2)": Why.THEN,
        "csl:45": Why.NOW,
        "csl-2016:43": Why.THEN,
        "ndsr-2024:24": Why.NOW,
        "ndsr-2024:23": Why.NOW,
        "spc-frt-2021:12": Why.THEN,
    }
    for one in found.citable:
        if one.why is Why.NOW:
            assert "since storing is handling too, and not for the scan itself" in str(one.reason)
            assert str(FIRST[one.provision.instrument]) in str(one.reason)
    assert list(left_out(found)) == ["minors-online-2023:34(1).2"]


@pytest.mark.parametrize("right", Right)
def test_present_law_is_named_for_what_goes_on_and_for_nothing_else(right: Right) -> None:
    """A gate that still scans is a practice; a picture that is kept is stored."""
    practice = right in {Right.AUTOMATED, Right.REFUSE, Right.ALTERNATIVE}
    assert (RULES[right].goes_on is GoesOn.PRACTICE) is practice
    found = told(right, date(2020, 1, 1), venue=Venue.RESIDENTIAL, still_stored=True)
    reasons = [str(one.reason) for one in found.citable if one.why is Why.NOW]
    assert reasons
    for reason in reasons:
        assert ("practice that goes on today" in reason) is practice
        assert ("still stored today" in reason) is not practice
        assert reason.endswith("not for the scan itself.")


def test_an_article_that_ended_is_named_with_its_last_day_and_its_new_number() -> None:
    found = told(Right.DELETE, date(2026, 1, 1), venue=Venue.SHOP, still_stored=True)
    assert left_out(found)["csl-2016:43"] == (
        "No longer in force on that day: up to 2025-12-31; since then it is csl:45."
    )


def test_the_rule_on_recommending_algorithms_is_for_apps_since_march_2022() -> None:
    keys = {"algorithm-2021:17(1)", "algorithm-2021:17(3)"}
    for on, venue, may in (
        (date(2022, 2, 28), Venue.APP, False),
        (date(2022, 3, 1), Venue.APP, True),
        (date(2022, 3, 1), Venue.BANK, False),
    ):
        assert (keys <= set(cited(Right.AUTOMATED, on, venue=venue))) is may


@pytest.mark.parametrize("venue", [None, *Venue])
def test_the_estates_rule_is_for_estates_and_the_record_rule_for_organs(
    venue: Venue | None,
) -> None:
    found = cited(Right.ALTERNATIVE, TODAY, venue=venue)
    assert ("spc-frt-2021:10(1)" in found) == (venue is Venue.RESIDENTIAL)
    organ = venue in {Venue.POLICE, Venue.GOVERNMENT}
    assert ("gov-info-2019:41" in cited(Right.CORRECT, TODAY, venue=venue)) is organ
    for right in (Right.KNOW, Right.ACCESS, Right.COPY, Right.EXPLAIN):
        assert ("pipl:35" in cited(right, TODAY, venue=venue)) is organ
    for right in (Right.REFUSE, Right.ALTERNATIVE):
        assert ("pipl:34" in cited(right, TODAY, venue=venue)) is organ


def test_a_state_organ_is_named_beside_the_others_even_where_it_does_not_apply() -> None:
    found = told(Right.ACCESS, date(2021, 10, 31), venue=Venue.POLICE)
    assert left_out(found)["pipl:35"] == "Not yet in force on that day: from 2021-11-01."


def test_an_estates_rule_elsewhere_is_left_out_with_the_kind_of_place() -> None:
    found = told(Right.ALTERNATIVE, TODAY, venue=Venue.SHOP)
    assert left_out(found)["spc-frt-2021:10(1)"].startswith("Only in a place of this kind:")


@pytest.mark.parametrize(
    ("right", "key"),
    [
        (Right.ACCESS, "minors-online-2023:34(1).1"),
        (Right.COPY, "minors-online-2023:34(1).2"),
        (Right.CORRECT, "minors-online-2023:34(1).2"),
        (Right.DELETE, "minors-online-2023:34(1).2"),
    ],
)
def test_a_minor_has_the_rule_for_minors_since_2024(right: Right, key: str) -> None:
    first = date(2024, 1, 1)
    assert key not in cited(right, first)
    assert key in cited(right, first, minor=True)
    assert key not in cited(right, first - DAY, minor=True)
    assert key in cited(right, first - DAY, minor=True, still_stored=True)


@pytest.mark.parametrize("right", Right)
def test_the_stronger_law_stands_first_and_a_department_rule_never_alone(right: Right) -> None:
    """FACTS section 10, number 25: the law first, the Measures beside it."""
    order = (
        *(Rank.LAW, Rank.ADMINISTRATIVE_REGULATION),
        *(Rank.JUDICIAL_INTERPRETATION, Rank.DEPARTMENT_RULE),
    )
    ranks = [order.index(LAWS.instrument(key).rank) for key in RULES[right].provisions]
    assert ranks == sorted(ranks)
    assert ranks[0] == 0


def test_every_right_has_its_rule_and_every_key_of_it_is_in_the_law() -> None:
    assert set(RULES) == set(Right)
    for right, rule in RULES.items():
        keys = [*rule.provisions, *rule.state_organ]
        assert len(keys) == len(set(keys))
        assert set(keys) <= LAWS.provisions.keys()
        assert {key for key in rule.provisions if key.startswith("pipl:")} == PIPL_OF[right]
        assert not [key for key in keys if key.startswith("csl-2016:")], "present numbers only"


@pytest.mark.parametrize("on", [TODAY + DAY, date(9999, 12, 31)])
@pytest.mark.parametrize("still_stored", [True, False])
def test_the_law_of_tomorrow_is_not_known(on: date, *, still_stored: bool) -> None:
    with pytest.raises(BadInput, match=f"{on} lies in the future") as caught:
        told(Right.DELETE, on, still_stored=still_stored)
    assert str(TODAY) in str(caught.value.hint)


@pytest.mark.parametrize("on", [COVERED_FROM - DAY, date(1990, 1, 1)])
def test_of_the_days_before_the_law_data_only_present_storage_is_judged(on: date) -> None:
    with pytest.raises(NotFound, match="before 2017-06-01 is not held whole") as caught:
        told(Right.DELETE, on)
    assert "--still-stored" in str(caught.value.hint)
    found = told(Right.DELETE, on, still_stored=True)
    assert {one.why for one in found.citable} == {Why.NOW}
    assert left_out(found)["csl-2016:43"] == "Not yet in force on that day: from 2017-06-01."


def test_the_law_data_begin_with_the_first_of_their_laws() -> None:
    assert FIRST["csl-2016"] == COVERED_FROM == min(FIRST.values())


EDGES: Final = sorted(
    {day + shift * DAY for day in FIRST.values() for shift in (-1, 0, 1)} - {COVERED_FROM - DAY}
)
DAYS = st.sampled_from([*EDGES, TODAY]) | st.dates(COVERED_FROM, TODAY)
ASKED = {
    "right": st.sampled_from(Right),
    "on": DAYS,
    "venue": st.none() | st.sampled_from(Venue),
    "minor": st.booleans(),
}


def in_force(key: str, on: date) -> bool:
    """By FACTS, not by the program's data."""
    instrument = key.partition(":")[0]
    ended = instrument == "csl-2016" and on >= date(2026, 1, 1)
    return FIRST[instrument] <= on and not ended


@given(still_stored=st.booleans(), **ASKED)
def test_a_provision_may_be_cited_or_not_and_every_one_is_told(
    right: Right, on: date, venue: Venue | None, *, minor: bool, still_stored: bool
) -> None:
    found = told(right, on, venue=venue, minor=minor, still_stored=still_stored)
    assert (found.right, found.on) == (right, on)
    may, may_not = (
        [one.provision.key for one in half] for half in (found.citable, found.not_applicable)
    )
    rule = RULES[right]
    keys = [*rule.provisions, *(rule.state_organ if venue in STATE_ORGANS else ())]
    line = [key for one in keys for key in LAWS.lineage(one)]
    assert not set(may) & set(may_not)
    assert sorted(may + may_not) == sorted(line)
    for half in (may, may_not):
        assert half == [key for key in line if key in half], "in the order of the rule"
    assert all(str(one.reason) for one in (*found.citable, *found.not_applicable))


@given(still_stored=st.booleans(), **ASKED)
def test_nothing_is_cited_that_was_not_in_force_but_for_present_storage(
    right: Right, on: date, venue: Venue | None, *, minor: bool, still_stored: bool
) -> None:
    found = told(right, on, venue=venue, minor=minor, still_stored=still_stored)
    for one in found.citable:
        key = one.provision.key
        assert one.why is (Why.THEN if in_force(key, on) else Why.NOW)
        assert in_force(key, on) or (still_stored and in_force(key, TODAY))
        assert minor or not one.provision.minors_only
        assert not one.provision.venues or venue in one.provision.venues
    for one in found.not_applicable:
        key = one.provision.key
        if one.why is Why.MINORS_ONLY:
            assert key.startswith("minors-online-2023:")
            assert not minor
        elif one.why is Why.OTHER_PLACE:
            assert venue not in one.provision.venues
        else:
            assert not in_force(key, on)
            assert not (still_stored and in_force(key, TODAY))
            assert one.why is (
                Why.NOT_YET if on < FIRST[one.provision.instrument] else Why.NO_LONGER
            )


@given(**ASKED)
def test_storage_that_goes_on_adds_present_law_and_takes_nothing_away(
    right: Right, on: date, venue: Venue | None, *, minor: bool
) -> None:
    plain, more = (
        told(right, on, venue=venue, minor=minor, still_stored=stored) for stored in (False, True)
    )
    assert [one for one in more.citable if one.why is not Why.NOW] == list(plain.citable)
    assert all(one.why is Why.THEN for one in plain.citable)


@given(still_stored=st.booleans(), **ASKED)
def test_knowing_more_of_a_scan_never_takes_a_provision_away(
    right: Right, on: date, venue: Venue | None, *, minor: bool, still_stored: bool
) -> None:
    """A kind of place and a minor each add rules; none of ours falls away with them."""
    least = cited(right, on, still_stored=still_stored)
    assert least <= cited(right, on, venue=venue, still_stored=still_stored)
    assert least <= cited(right, on, minor=minor, still_stored=still_stored)


@given(right=st.sampled_from(Right), on=DAYS, venue=st.none() | st.sampled_from(Venue))
def test_what_is_cited_for_today_is_the_same_whether_it_is_still_stored_or_not(
    right: Right, on: date, venue: Venue | None
) -> None:
    """On the day itself then is now."""
    found = [
        told(right, on, today=on, venue=venue, still_stored=stored) for stored in (True, False)
    ]
    assert found[0] == found[1]
    assert all(LAWS.state(one.provision.key, on) is State.IN_FORCE for one in found[0].citable)
