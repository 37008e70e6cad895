"""Asking the law on the real command line: what applied when, what may be cited, and why not."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pirights.domain.handler import Venue
from pirights.domain.request import Right
from tests.scenarios.stage import Stage

ROOT = Path(__file__).parents[2]
DELETE = ("law", "basis", "--right", "delete")
CONTRACT = {"key", "instrument", "article", "summary", "grade"}


@pytest.fixture
def law(tmp_path: Path) -> Stage:
    """A home without a vault, and nobody to ask for a passphrase: the law needs neither."""
    home = tmp_path / "home"
    home.mkdir()
    return Stage(home=home, vault=home / "vault", passphrase=None, inside=True)


def keys(found: dict[str, Any]) -> set[str]:
    return {one["key"] for one in found["provisions"]}


def basis(law: Stage, right: str, on: str, *more: str) -> dict[str, Any]:
    return law.data("law", "basis", "--right", right, "--on", on, *more)


def test_of_a_scan_in_october_2021_only_the_law_of_that_day_is_named(law: Stage) -> None:
    found = basis(law, "delete", "2021-10-15", "--venue", "scenic-area")
    assert (found["right"], found["on"]) == ("delete", "2021-10-15")
    assert keys(found) == {"civil-code-personality:1037(2)", "csl-2016:43", "spc-frt-2021:12"}
    apart = {one["key"]: one["reason"] for one in found["not_applicable"]}
    assert apart == {
        "pipl:47(1)": "Not yet in force on that day: from 2021-11-01.",
        "pipl:47(2)": "Not yet in force on that day: from 2021-11-01.",
        "csl:45": "Not yet in force on that day: from 2026-01-01.",
        "ndsr-2024:24": "Not yet in force on that day: from 2025-01-01.",
        "ndsr-2024:23": "Not yet in force on that day: from 2025-01-01.",
        "public-video-2025:17": "Not yet in force on that day: from 2025-04-01.",
        "minors-online-2023:34(1).2": "Only where the person scanned was under 18.",
    }


def test_where_it_is_still_stored_both_are_named_with_the_reasoning(law: Stage) -> None:
    asked = (*DELETE, "--on", "2021-10-15", "--venue", "scenic-area", "--still-stored")
    found = law.data(*asked)
    then = {"civil-code-personality:1037(2)", "csl-2016:43", "spc-frt-2021:12"}
    now = {
        *("pipl:47(1)", "pipl:47(2)", "csl:45", "ndsr-2024:24", "ndsr-2024:23"),
        "public-video-2025:17",
    }
    assert keys(found) == then | now
    for one in found["provisions"]:
        later = one["key"] in now
        assert one["why"] == ("in-force-now" if later else "in-force-that-day")
        assert ("storing is handling too, and not for the scan itself" in one["reason"]) is later
    said = law.run(*asked, "--lang", "en").out
    assert said.count("it is cited for what is still stored today") == len(now)


def test_people_read_what_may_be_cited_first_and_then_why_the_rest_may_not(law: Stage) -> None:
    asked = (*DELETE, "--on", "2021-10-15", "--venue", "scenic-area")
    said = law.run(*asked, "--lang", "en").out
    may, _, may_not = said.partition("May not be cited, and why:")
    assert "Article 1037(2)" in may
    assert "Cybersecurity Law of the PRC (2016 text), Article 43" in may
    assert "pipl" not in may
    assert re.search(
        r"(?m)^pipl:47\(1\) +Not yet in force on that day: from 2021-11-01\.$", may_not
    )


def test_a_citation_is_printed_in_the_language_of_the_reader(law: Stage) -> None:
    said = law.run(*DELETE, "--on", "2021-10-15", "--lang", "zh").out
    assert "《中华人民共和国网络安全法》（2025年修正前）第四十三条" in said
    assert "《中华人民共和国民法典》第一千零三十七条第二款" in said
    assert "限于网络运营者" in said


@pytest.mark.parametrize(
    ("on", "may", "may_not"),
    [
        ("2021-07-31", "civil-code-personality:1037(2) csl-2016:43", "spc-frt-2021:12 pipl:47(1)"),
        ("2021-08-01", "spc-frt-2021:12 csl-2016:43", "pipl:47(1) csl:45"),
        ("2021-10-31", "spc-frt-2021:12 csl-2016:43", "pipl:47(1) csl:45"),
        ("2021-11-01", "pipl:47(1) pipl:47(2) csl-2016:43", "ndsr-2024:24 csl:45"),
        ("2025-05-31", "pipl:47(1) ndsr-2024:24 csl-2016:43", "csl:45"),
        ("2025-06-01", "pipl:47(1) ndsr-2024:24 csl-2016:43", "csl:45"),
        ("2025-12-31", "pipl:47(1) csl-2016:43", "csl:45"),
        ("2026-01-01", "pipl:47(1) csl:45", "csl-2016:43"),
        ("2026-09-01", "pipl:47(1) csl:45", "csl-2016:43"),
    ],
)
def test_deletion_around_the_days_on_which_the_law_changed(
    on: str, may: str, may_not: str, law: Stage
) -> None:
    found = basis(law, "delete", on, "--venue", "shop")
    apart = {one["key"] for one in found["not_applicable"]}
    assert set(may.split()) <= keys(found)
    assert set(may_not.split()) <= apart
    assert not keys(found) & apart


@pytest.mark.parametrize(
    ("on", "venue", "may", "may_not"),
    [
        ("2021-07-31", "residential", "", "spc-frt-2021:10(1) pipl:16 frt-measures-2025:10(1)"),
        ("2021-08-01", "residential", "spc-frt-2021:10(1) spc-frt-2021:4.1", "pipl:16"),
        ("2021-08-01", "gym", "spc-frt-2021:4.1", "spc-frt-2021:10(1) pipl:16"),
        ("2021-11-01", "gym", "pipl:6(1) pipl:16", "frt-measures-2025:10(1)"),
        ("2025-05-31", "gym", "pipl:6(1) pipl:16", "frt-measures-2025:10(1)"),
        ("2025-06-01", "gym", "pipl:6(1) frt-measures-2025:10(1)", "spc-frt-2021:10(1)"),
        ("2026-09-01", "police", "frt-measures-2025:10(1) pipl:34", "spc-frt-2021:10(1)"),
    ],
)
def test_another_way_in_around_the_days_on_which_the_law_changed(
    on: str, venue: str, may: str, may_not: str, law: Stage
) -> None:
    found = basis(law, "alternative", on, "--venue", venue)
    assert set(may.split()) <= keys(found)
    assert set(may_not.split()) <= {one["key"] for one in found["not_applicable"]}


def test_where_nothing_may_be_cited_it_is_said(law: Stage) -> None:
    asked = ("law", "basis", "--right", "transfer", "--on", "2021-10-31")
    assert law.data(*asked)["provisions"] == []
    assert law.run(*asked, "--lang", "en").out.startswith("Nothing may be cited:")


def test_a_rule_for_minors_is_named_only_with_the_flag(law: Stage) -> None:
    rule = "minors-online-2023:34(1).1"
    assert rule not in keys(basis(law, "access", "2026-09-01"))
    assert rule in keys(basis(law, "access", "2026-09-01", "--minor"))
    assert rule not in keys(basis(law, "access", "2023-12-31", "--minor"))


@pytest.mark.parametrize("venue", Venue)
def test_only_a_state_organ_is_told_its_own_way(venue: Venue, law: Stage) -> None:
    """FACTS section 10, number 6: PIPL 33 to 37, and over the superior organ (68)."""
    asked = ("law", "basis", "--right", "access", "--venue", venue.value)
    said = law.run(*asked, "--lang", "en").out
    organ = venue in {Venue.POLICE, Venue.GOVERNMENT}
    assert ("articles 33 to 37" in said) is organ
    assert ("superior organ or the departments performing PI protection" in said) is organ
    assert ("pipl:35" in keys(law.data(*asked))) is organ


def test_today_is_meant_where_no_day_is_told(law: Stage) -> None:
    found = law.data(*DELETE)
    assert found["on"] == "2026-11-23"
    assert "csl:45" in keys(found)


@pytest.mark.parametrize("right", Right)
def test_the_envelope_has_the_keys_of_the_contract_for_every_right(
    right: Right, law: Stage
) -> None:
    ended = law.run("law", "basis", "--right", right.value, "--on", "2025-12-31", "--json")
    envelope = json.loads(ended.out)
    assert (envelope["pirights"], envelope["kind"]) == (1, "LawBasis")
    data = envelope["data"]
    assert data["right"] == right.value
    assert data["on"] == "2025-12-31"
    assert data["provisions"]
    for one in data["provisions"]:
        assert one.keys() >= CONTRACT
        assert one["key"] == f"{one['instrument']}:{one['article']}"
        assert one["summary"] in {one["summary_zh"], one["summary_en"]}
        assert one["grade"] in {"full", "partial", "unverified"}
    for one in data["not_applicable"]:
        assert one["reason"]
        assert re.fullmatch(r"[a-z0-9-]+:[0-9().]+", one["key"])


@pytest.mark.parametrize(
    ("right", "key", "grade", "shown"),
    [
        ("withdraw", "frt-measures-2025:6", "partial", "only extracts read"),
        ("know", "frt-measures-2025:5", "unverified", "text not seen, to be verified"),
    ],
)
def test_a_text_that_was_not_read_whole_is_graded_for_programs_and_people(
    right: str, key: str, grade: str, shown: str, law: Stage
) -> None:
    asked = ("law", "basis", "--right", right, "--on", "2026-09-01")
    found = {one["key"]: one["grade"] for one in law.data(*asked)["provisions"]}
    assert found.pop(key) == grade
    assert set(found.values()) == {"full"}
    row = next(line for line in law.run(*asked, "--lang", "en").out.splitlines() if key in line)
    assert f"Take care: {shown}." in row
    assert shown in law.run("law", "show", key, "--lang", "en").out


@pytest.mark.parametrize(
    ("right", "key", "chinese"),
    [
        ("withdraw", "frt-measures-2025:6", "只见节录"),
        ("know", "frt-measures-2025:5", "未见条文，待核实"),
    ],
)
def test_in_chinese_the_grade_is_shown_in_chinese(
    right: str, key: str, chinese: str, law: Stage
) -> None:
    asked = ("law", "basis", "--right", right, "--on", "2026-09-01", "--lang", "zh")
    row = next(line for line in law.run(*asked).out.splitlines() if line.startswith(key))
    assert row.endswith(f"请注意：{chinese}。")
    shown = law.run("law", "show", key, "--lang", "zh").out
    assert re.search(rf"(?m)^条文查阅情况 +{chinese}$", shown)


def test_in_chinese_every_reason_is_given_in_chinese(law: Stage) -> None:
    asked = (*DELETE, "--on", "2021-10-15", "--lang", "zh")
    reasons = {
        one["key"]: one["reason"]
        for found in (law.data(*asked), basis(law, "delete", "2026-01-01", "--lang", "zh"))
        for one in found["not_applicable"]
    }
    assert reasons["pipl:47(1)"] == "该日尚未施行：自 2021-11-01 起施行。"
    assert reasons["csl-2016:43"] == "该日已失效：有效至 2025-12-31；此后为 csl:45。"
    assert reasons["minors-online-2023:34(1).2"] == "仅限被刷脸者未满十八周岁的情形。"
    later = next(
        one
        for one in law.data(*asked, "--still-stored")["provisions"]
        if one["key"] == "pipl:47(1)"
    )
    assert later["reason"] == (
        "自 2021-11-01 起施行，晚于该日："
        "因信息目前仍在存储、存储也属于处理而引用，不针对该次刷脸本身。"
    )
    elsewhere = basis(law, "alternative", "2026-01-01", "--venue", "shop", "--lang", "zh")
    assert [one["reason"] for one in elsewhere["not_applicable"]] == ["仅限此类场所：住宅小区。"]


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--right", "delete", "--on", "2017-05-31"), 12, "2017-06-01"),
        (("--right", "delete", "--on", "1990-01-01"), 12, "2017-06-01"),
        (("--right", "delete", "--on", "1989-12-31"), 14, "1990"),
        (("--right", "delete", "--on", "1989-12-31", "--still-stored"), 14, "1990"),
        (("--right", "delete", "--on", "2026-11-24"), 14, "future"),
        (("--right", "delete", "--on", "2026-11-24", "--still-stored"), 14, "future"),
        (("--right", "delete", "--on", "2025-02-29"), 14, "2025-02-29"),
        (("--right", "delete", "--on", "yesterday"), 14, "yesterday"),
        (("--right", "delete", "--on", ""), 14, "date"),
        (("--right", "erase"), 12, "erase"),
        (("--right", ""), 12, "right"),
        (("--right", "delete", "--venue", "moon"), 14, "moon"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_hint(
    more: tuple[str, ...], code: int, said: str, law: Stage
) -> None:
    told = law.refusal("law", "basis", *more, code=code)
    assert said in told["message"]
    assert told["hint"]


def test_an_unknown_right_or_place_is_answered_with_the_known_ones(law: Stage) -> None:
    rights = law.refusal("law", "basis", "--right", "erase", code=12)["hint"]
    assert all(right.value in rights for right in Right)
    places = law.refusal(*DELETE, "--venue", "moon", code=14)["hint"]
    assert all(venue.value in places for venue in Venue)


def test_without_a_right_nothing_is_asked(law: Stage) -> None:
    law.refusal("law", "basis", "--on", "2021-10-15", code=2)


def test_before_the_law_data_present_storage_is_judged_by_present_law(law: Stage) -> None:
    found = basis(law, "delete", "2017-05-31", "--still-stored")
    assert {one["why"] for one in found["provisions"]} == {"in-force-now"}
    assert "csl:45" in keys(found)


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        ("2021-07-31", {"pipl": "not-yet-in-force", "spc-frt-2021": "not-yet-in-force"}),
        ("2021-08-01", {"pipl": "not-yet-in-force", "spc-frt-2021": "in-force"}),
        ("2021-10-31", {"pipl": "not-yet-in-force", "dsl": "in-force"}),
        ("2021-11-01", {"pipl": "in-force", "csl-2016": "in-force"}),
        ("2025-03-31", {"public-video-2025": "not-yet-in-force"}),
        ("2025-04-01", {"public-video-2025": "in-force"}),
        ("2025-05-31", {"frt-measures-2025": "not-yet-in-force", "ndsr-2024": "in-force"}),
        ("2025-06-01", {"frt-measures-2025": "in-force"}),
        ("2025-12-31", {"csl-2016": "in-force", "csl": "not-yet-in-force"}),
        ("2026-01-01", {"csl-2016": "no-longer-in-force", "csl": "in-force"}),
        ("2026-04-14", {"samr-complaints-2022": "in-force"}),
        (
            "2026-04-15",
            {"samr-complaints-2022": "no-longer-in-force", "samr-complaints-2026": "in-force"},
        ),
        ("2026-08-31", {"order25-2026": "not-yet-in-force"}),
        ("2026-09-01", {"order25-2026": "in-force"}),
    ],
)
def test_the_list_of_laws_shows_where_each_stood_on_a_day(
    on: str, standing: dict[str, str], law: Stage
) -> None:
    found = law.data("law", "list", "--on", on)
    assert found["on"] == on
    states = {one["id"]: one["state"] for one in found["instruments"]}
    assert standing.items() <= states.items()


def test_the_list_of_laws_is_in_the_order_of_time_and_as_of_today(law: Stage) -> None:
    found = law.data("law", "list")
    assert found["on"] == "2026-11-23"
    assert found == law.data("law", "list", "laws")
    days = [one["effective"] for one in found["instruments"]]
    assert days == sorted(days)
    assert {one["id"] for one in found["instruments"] if one["state"] != "in-force"} == {
        "csl-2016",
        "samr-complaints-2022",
    }
    for one in found["instruments"]:
        assert one["title_zh"]
        assert one["title_en"]
        assert one["source"]
        assert one["confidence"] in {"V", "S", "U"}


def test_people_see_of_an_ended_law_its_last_day(law: Stage) -> None:
    said = law.run("law", "list", "--lang", "en").out
    row = next(line for line in said.splitlines() if line.startswith("csl-2016 "))
    assert row.split("  ")[-1].strip() == "no longer in force"
    assert "2017-06-01" in row
    assert "2025-12-31" in row


def test_a_day_that_is_none_is_refused_by_the_list_too(law: Stage) -> None:
    for on in ("2025-02-29", "yesterday", ""):
        assert law.refusal("law", "list", "--on", on, code=14)["hint"]


def test_the_list_of_places_names_all_and_binds_few_to_thirty_days(law: Stage) -> None:
    """Public-video 9(2): no estate, shop or restaurant must keep its video for 30 days."""
    found = law.data("law", "list", "venues")["venues"]
    assert {one["id"] for one in found} == {venue.value for venue in Venue}
    bound = {one["id"] for one in found if one["thirty_days"]}
    assert bound >= {"scenic-area", "mall", "school", "hospital", "transport"}
    assert not bound & {"residential", "shop", "pharmacy", "hotel", "workplace", "app", "other"}
    said = law.run("law", "list", "venues", "--lang", "zh").out
    assert "景区" in said
    assert "物业服务企业" in said


def test_the_list_of_authorities_tells_how_each_is_known(law: Stage) -> None:
    found = law.data("law", "list", "authorities")["authorities"]
    by_id = {one["id"]: one for one in found}
    assert by_id["superior-organ"]["basis"]
    assert by_id["local-cac"]["confidence"] == "V"
    assert by_id["market-12315"]["confidence"] == "S"
    assert by_id["hotline-12345"]["confidence"] == "U"
    assert "not verified" in law.run("law", "list", "authorities", "--lang", "en").out


def test_the_list_of_periods_never_calls_a_standard_the_law(law: Stage) -> None:
    """FACTS section 8: the standard's thirty days are recommended, and PIPL sets no number."""
    found = {one["id"]: one for one in law.data("law", "list", "periods")["periods"]}
    assert found["gbt-35273-2020:8.7"]["force"] == "standard"
    assert (found["gbt-35273-2020:8.7"]["amount"], found["gbt-35273-2020:8.7"]["unit"]) == (
        30,
        "day",
    )
    assert (found["promptly"]["force"], found["promptly"]["amount"]) == ("statutory", None)
    assert found["credit-objection"]["amount"] == 20
    assert found["gov-info"]["unit"] == "working-day"
    assert found["limitation"]["basis"]
    said = law.run("law", "list", "periods", "--lang", "en").out
    row = next(line for line in said.splitlines() if line.startswith("gbt-35273-2020:8.7"))
    assert row.endswith("a recommended standard")


def test_an_article_that_is_held_by_its_paragraphs_names_them(law: Stage) -> None:
    told = law.refusal("law", "show", "pipl:45", code=12)
    assert "pipl:45(1), pipl:45(2), pipl:45(3)" in told["hint"]
    parts = law.data("law", "show", "pipl:47(1)")["provisions"]
    assert [one["key"] for one in parts] == [f"pipl:47(1).{number}" for number in range(1, 6)]


def test_what_cannot_be_listed_is_wrong_usage(law: Stage) -> None:
    law.refusal("law", "list", "judges", code=2)


def test_a_law_is_shown_with_its_articles(law: Stage) -> None:
    found = law.data("law", "show", "pipl")
    assert found["id"] == "pipl"
    assert found["title_zh"] == "中华人民共和国个人信息保护法"
    assert found["effective"] == "2021-11-01"
    assert found["state"] == "in-force"
    assert {"pipl:44", "pipl:45(1)", "pipl:47(1)"} <= keys(found)
    assert found["provision_count"] == len(found["provisions"])
    said = law.run("law", "show", "pipl", "--lang", "zh").out
    assert "个人有权查阅、复制其个人信息" in said


def test_a_law_that_ended_names_what_took_its_place(law: Stage) -> None:
    found = law.data("law", "show", "csl-2016")
    assert (found["superseded_by"], found["state"]) == ("csl", "no-longer-in-force")
    assert found["until"] == "2026-01-01"
    said = law.run("law", "show", "csl-2016", "--lang", "en").out
    assert re.search(r"(?m)^Up to +2025-12-31$", said)
    assert re.search(r"(?m)^Superseded by +csl$", said)


@pytest.mark.parametrize("name", ["order25-2026", "audit-2025", "spc-internet-jurisdiction-2025"])
def test_a_law_whose_text_was_not_found_says_that_no_article_may_be_cited(
    name: str, law: Stage
) -> None:
    assert law.data("law", "show", name)["provisions"] == []
    assert "No article of it may be cited" in law.run("law", "show", name, "--lang", "en").out


def test_an_article_is_shown_with_its_limits_and_its_source(law: Stage) -> None:
    found = law.data("law", "show", "pipl:47(1)")
    assert found.keys() >= CONTRACT
    assert found["citation"].endswith("Article 47(1)")
    assert found["limits"]
    assert found["source"]
    said = law.run("law", "show", "pipl:47(1)", "--lang", "zh").out
    assert "《中华人民共和国个人信息保护法》第四十七条第一款" in said


def test_a_renumbered_article_leads_from_before_to_now_and_back(law: Stage) -> None:
    now, before = (law.data("law", "show", key) for key in ("csl:45", "csl-2016:43"))
    assert (now["was"], now["is_now"], now["state"]) == ("csl-2016:43", None, "in-force")
    assert (before["was"], before["is_now"]) == (None, "csl:45")
    assert before["state"] == "no-longer-in-force"
    said = law.run("law", "show", "csl-2016:43", "--lang", "en").out
    assert re.search(r"(?m)^Now +csl:45$", said)
    assert re.search(r"(?m)^Up to +2025-12-31$", said)
    assert re.search(
        r"(?m)^Before +csl-2016:43$", law.run("law", "show", "csl:45", "--lang", "en").out
    )


def test_an_article_that_ended_before_its_law_is_shown_with_its_own_last_day(law: Stage) -> None:
    key = "spc-internet-courts-2018:2"
    assert law.data("law", "show", key)["state"] == "no-longer-in-force"
    said = law.run("law", "show", key, "--lang", "en").out
    assert re.search(r"(?m)^Up to +2025-10-31$", said)


@pytest.mark.parametrize("key", ["csl-2016:43", "spc-internet-courts-2018:2"])
def test_programs_are_told_when_an_ended_article_ended(key: str, law: Stage) -> None:
    ended = {"csl-2016:43": "2026-01-01", "spc-internet-courts-2018:2": "2025-11-01"}
    assert law.data("law", "show", key)["until"] == ended[key]


def test_a_place_an_authority_and_a_period_are_shown(law: Stage) -> None:
    place = law.data("law", "show", "scenic-area")
    assert (place["id"], place["thirty_days"]) == ("scenic-area", True)
    assert "public-video-2025:17" in place["basis"]
    assert law.data("law", "show", "residential")["thirty_days"] is False
    assert "superior-organ" in law.data("law", "show", "police")["supervisors"]
    assert law.data("law", "show", "local-cac")["channel"]
    period = law.data("law", "show", "limitation")
    assert (period["amount"], period["unit"], period["force"]) == (3, "year", "statutory")
    for name, said in {
        "scenic-area": "年卡号",
        "local-cac": "网信",
        "limitation": "诉讼时效",
    }.items():
        assert said in law.run("law", "show", name, "--lang", "zh").out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pipl:471", "pipl:47(1)"),
        ("pipls", "pipl"),
        ("csl-2017", "csl-2016"),
        ("scenic", "scenic-area"),
        ("frt-measures:8", "frt-measures-2025:8"),
        ("limitations", "limitation"),
    ],
)
def test_an_unknown_name_is_answered_with_a_near_one(typed: str, meant: str, law: Stage) -> None:
    told = law.refusal("law", "show", typed, code=12)
    assert typed in told["message"]
    assert meant in told["hint"]


def test_a_name_like_no_other_is_answered_with_where_to_look(law: Stage) -> None:
    assert "law list" in law.refusal("law", "show", "zzzzzz", code=12)["hint"]
    assert law.refusal("law", "show", "x" * 5000, code=12)["hint"]


@pytest.mark.parametrize(("typed", "meant"), [("PIPL", "pipl"), ("Scenic-Area", "scenic-area")])
def test_a_name_in_capitals_is_found_as_a_right_and_a_place_are(
    typed: str, meant: str, law: Stage
) -> None:
    assert law.data(*DELETE[:2], "--right", "DELETE", "--venue", "Shop")["right"] == "delete"
    assert law.data("law", "show", typed)["id"] == meant


def test_the_law_needs_no_vault_and_makes_none(law: Stage) -> None:
    for asked in (
        ("law", "list"),
        ("law", "list", "periods"),
        ("law", "show", "pipl:45(3)"),
        (*DELETE, "--on", "2021-10-15"),
    ):
        assert law.outside.run(*asked, "--json").json()
    assert not law.vault.exists()
    assert [path.name for path in law.home.rglob("*")] == []


@pytest.fixture
def checkout(tmp_path: Path) -> Stage:
    """A whole checkout's program and data, whose law may be spoilt; the fonts are not needed."""
    home = tmp_path / "checkout"
    shutil.copytree(
        ROOT / "pirights", home / "pirights", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "templates", home / "templates", ignore=shutil.ignore_patterns("fonts"))
    shutil.copytree(ROOT / "locales", home / "locales")
    return Stage(home=home, vault=home / "vault", passphrase=None)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("law/pipl.toml", "effective = 2021-11-01", 'effective = "soon"', "effective"),
        ("law/pipl.toml", "effective = 2021-11-01", "effective = ", "line"),
        ("law/csl.toml", 'key = "csl:45"', 'key = "pipl:45"', "key"),
        ("law/ndsr-2024.toml", 'read = "full"', 'read = "whole"', "read"),
        ("rules/rights.toml", 'goes_on = "practice"', 'goes_on = "yes"', "goes_on"),
    ],
)
def test_a_malformed_file_of_the_law_is_named_with_its_line_and_field(
    file: str, old: str, new: str, said: str, checkout: Stage
) -> None:
    assert keys(basis(checkout, "delete", "2026-09-01"))
    path = checkout.home / "templates" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    told = checkout.refusal(*DELETE, code=14)
    assert file.partition("/")[2] in told["message"]
    assert f"line {line}" in told["message"]
    assert said in told["message"]
    assert told["hint"]


def test_without_the_folder_of_the_law_the_installation_is_at_fault(checkout: Stage) -> None:
    shutil.rmtree(checkout.home / "templates")
    assert checkout.refusal(*DELETE, code=13)["hint"]
