"""Dates, times, numbers and clues, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pirights.domain.document import Language
from pirights.domain.person import Person
from pirights.letters import wording
from tests.letters.briefs import PERSON, scan

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("clue", "is_said"),
    [
        ("手机尾号 0137", False),
        ("登记的手机号 13800000137", False),
        ("my phone ends in 0137", False),
        ("房号 0137", True),
        ("手机尾号 01377", True),
        ("手机尾号 9999", True),
    ],
)
def test_the_end_of_the_telephone_number_is_said_once(clue: str, *, is_said: bool) -> None:
    told = wording.clues(PERSON, [scan()], [clue], ZH)
    assert told[0] == clue
    assert ("联系电话尾号0137" in told) is is_said


def test_a_day_is_written_out_in_both_languages() -> None:
    assert wording.day(date(2026, 1, 9), ZH) == "2026年1月9日"
    assert wording.day(date(2026, 1, 9), EN) == "9 January 2026"
    assert wording.day(date(2026, 12, 31), EN) == "31 December 2026"


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ("判令被告公开说明", "判令被告公开说明。", "判令被告公开说明。"),
        ("判令被告公开说明；", "判令被告公开说明。", "判令被告公开说明。"),
        ("判令被告公开说明。", "判令被告公开说明。", "判令被告公开说明。"),
        ("calls that name my card", "calls that name my card。", "calls that name my card."),
        ("Who called?", "Who called?", "Who called?"),
        ("", "", ""),
    ],
)
def test_what_a_person_wrote_ends_as_a_sentence_and_once(words: str, zh: str, en: str) -> None:
    assert (wording.sentence(words, ZH), wording.sentence(words, EN)) == (zh, en)


def test_a_moment_is_told_on_the_clock_of_beijing() -> None:
    late = replace(scan(), at=datetime(2026, 11, 20, 16, 5, tzinfo=UTC))
    assert wording.moment(late, ZH) == "2026年11月21日00时05分"
    assert wording.moment(late, EN) == "00:05 (Beijing time) on 21 November 2026"


def test_a_moment_elsewhere_names_its_zone() -> None:
    urumqi = replace(scan(), at=datetime(2026, 11, 20, 4, 5, tzinfo=UTC), zone="Asia/Urumqi")
    assert wording.moment(urumqi, ZH) == "2026年11月20日10时05分（Asia/Urumqi时区）"
    assert wording.moment(urumqi, EN) == "10:05 (Asia/Urumqi) on 20 November 2026"


@pytest.mark.parametrize(
    ("which", "zh", "en"),
    [([1], "1", "1"), ([1, 3], "1、3", "1 and 3"), ([1, 2, 5], "1、2、5", "1, 2 and 5")],
)
def test_numbers_are_listed(which: list[int], zh: str, en: str) -> None:
    assert (wording.numbers(which, ZH), wording.numbers(which, EN)) == (zh, en)


def test_sections_are_numbered_as_each_language_does() -> None:
    assert wording.section_numeral(11, ZH) == "（十一）"
    assert wording.section_numeral(11, EN) == "3.11 "


def test_the_users_own_clues_come_first_and_only_the_end_of_the_telephone_is_told() -> None:
    assert wording.clues(PERSON, [scan()], ["年卡号 1"], ZH) == (
        "年卡号 1",
        "姓名林知远",
        "联系电话尾号0137",
        "第一部分所列的时间和地点",
    )
    assert wording.clues(PERSON, [scan()], ["card 1"], EN) == (
        "card 1",
        "name: Lin Zhiyuan",
        "telephone ending in 0137",
        "the times and places in part 1",
    )


def test_what_is_not_known_is_no_clue() -> None:
    assert wording.clues(Person(id=1, phone="110"), [], [], ZH) == ()
    assert wording.clues(Person(id=1, name="林知远"), [], [], EN) == ("name: 林知远",)


def test_the_number_of_the_identity_card_is_never_a_clue() -> None:
    person = replace(PERSON, id_number="11010519491231002X")
    for language in Language:
        assert "1949" not in "".join(wording.clues(person, [scan()], [], language))
