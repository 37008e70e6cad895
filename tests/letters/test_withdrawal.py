"""The notice of withdrawal: consent ends for the future, and what is evidence is kept."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from pirights import law_data
from pirights.domain.document import Document, Item, Language, Letters
from pirights.domain.encounter import Answer
from pirights.domain.handler import Venue
from pirights.letters import template, vocabulary, withdrawal
from pirights.letters.withdrawal import WithdrawalBrief
from pirights.letters.wordlists import FOREIGN
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters.briefs import HANDLER, PERSON, REF, scan
from tests.letters.test_fill import HOSTILE
from tests.letters.test_followup import first, shape, text
from tests.letters.test_vocabulary import misfits

LAWS: Final = law_data.laws()


def told(letters: Letters = Letters.ZH, **more: object) -> WithdrawalBrief:
    made = WithdrawalBrief(
        label=f"{REF}/3",
        person=PERSON,
        handler=HANDLER,
        first=first(),
        encounters=(
            replace(scan(date(2026, 9, 1)), consent=Answer.YES),
            replace(scan(date(2026, 9, 8), 2), consent=Answer.UNKNOWN, about=True),
        ),
        identify_by=("年卡号 YX-2026-0317",),
        held=True,
        letters=letters,
        on=date(2026, 11, 20),
        by=date(2026, 12, 7),
        zone="Asia/Shanghai",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def paper(letters: Letters = Letters.ZH, **more: object) -> Document:
    return withdrawal.written(told(letters, **more), LAWS)


def bases(made: Document) -> str:
    return "\n".join(block.basis for block in made.blocks if isinstance(block, Item))


@pytest.mark.parametrize("letters", Letters)
def test_the_notice_reads_as_the_golden_one(letters: Letters, golden: Golden) -> None:
    golden(f"letters/withdrawal.{letters}.txt", to_text(paper(letters)))


@pytest.mark.parametrize("letters", Letters)
def test_the_notice_before_any_request_was_sent_reads_as_the_golden_one(
    letters: Letters, golden: Golden
) -> None:
    unsent = replace(first(), dispatch=None, arrived_on=None)
    home = replace(scan(), venue=Venue.RESIDENTIAL, consent=Answer.YES)
    made = paper(letters, first=unsent, held=False, encounters=(home,))
    golden(f"letters/withdrawal-alone.{letters}.txt", to_text(made))


def test_both_languages_have_the_same_blocks() -> None:
    for held in (True, False):
        assert shape(paper(Letters.ZH, held=held)) == shape(paper(Letters.EN, held=held))
    assert paper().title == template.load("withdrawal", Language.ZH).title


@pytest.mark.parametrize("letters", Letters)
def test_it_claims_no_statutory_day_threatens_nobody_and_speaks_no_european_law(
    letters: Letters,
) -> None:
    said = text(paper(letters))
    assert not FOREIGN.search(said)
    assert "不是法定期限" in said or "not a statutory period" in said
    for word in ("曝光", "媒体", "犯罪", "后果", "the press", "crime", "or else"):
        assert word not in said


def test_it_withdraws_for_the_future_and_admits_nothing_of_the_past() -> None:
    said = text(paper())
    law = "《中华人民共和国个人信息保护法》"
    assert (
        f"自本通知书送达贵方之日起撤回全部同意，包括单独同意、书面同意，以及以勾选、点击、录入人脸等方式表示的同意（{law}第十五条第一款）"
        in said
    )
    assert f"撤回不影响撤回前基于本人同意已进行的处理活动的效力（{law}第十五条第二款）" in said
    assert "不表示本人认可此前的同意合法有效" in said
    assert "人脸识别以外的其他合理、便捷的方式" in said
    assert f"{law}第十六条" in bases(paper())


def test_only_where_it_was_given_a_consent_is_told() -> None:
    said = text(paper())
    assert "（1）2026年9月1日10时05分，样例乐园东门3号闸机；本人当时曾表示同意。" in said
    assert "（2）2026年9月8日10时05分前后，样例乐园东门3号闸机。" in said


def test_what_is_evidence_is_kept_and_the_rest_deleted() -> None:
    kept, gone = text(paper(held=True)), text(paper(held=False))
    assert "在本人书面确认可以删除之前，请先完整保存" in kept
    assert "请书面告知删除的范围和日期" not in kept
    assert "请书面告知删除的范围和日期" in gone
    assert "请先完整保存" not in gone
    for said in (kept, gone):
        assert "第四十七条第一款第三项" in said


def test_a_request_that_was_not_sent_is_not_mentioned() -> None:
    unsent = replace(first(), dispatch=None, arrived_on=None)
    for letters in Letters:
        assert f"{REF}/1" in text(paper(letters))
        assert f"{REF}/1" not in text(paper(letters, first=unsent))


@pytest.mark.parametrize(
    ("on", "measures", "regulation"),
    [
        (date(2024, 12, 31), False, False),
        (date(2025, 1, 1), False, True),
        (date(2025, 5, 31), False, True),
        (date(2025, 6, 1), True, True),
    ],
)
def test_only_the_law_of_the_notices_day_is_cited(
    on: date, measures: bool, regulation: bool
) -> None:
    said = text(paper(on=on))
    assert ("《人脸识别技术应用安全管理办法》第十条第一款" in said) is measures
    assert ("《网络数据安全管理条例》第二十三条" in said) is regulation


def test_a_consent_of_old_is_withdrawn_under_present_law() -> None:
    old = replace(scan(date(2019, 10, 17)), consent=Answer.YES)
    said = text(paper(encounters=(old,)))
    assert "2019年10月17日" in said
    assert "第十五条第一款" in said
    assert "网络安全法" not in said


def test_the_rule_on_buildings_is_cited_for_buildings_only() -> None:
    rule = "人脸识别技术处理个人信息相关民事案件适用法律若干问题的规定》第十条"
    assert rule not in bases(paper())
    home = replace(scan(), venue=Venue.RESIDENTIAL, consent=Answer.YES)
    assert rule in bases(paper(encounters=(home,)))


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("letters", Letters)
def test_foreign_text_is_never_markup(hostile: str, letters: Letters) -> None:
    plain = paper(letters)
    made = paper(
        letters,
        identify_by=(hostile,),
        person=replace(PERSON, name=hostile, name_en=""),
        encounters=tuple(replace(one, place=hostile) for one in told().encounters),
    )
    assert [type(block) for block in made.blocks] == [type(block) for block in plain.blocks]
    assert hostile.strip() in text(made)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("full", [True, False])
def test_it_gets_what_is_declared_and_nothing_else(language: Language, full: bool) -> None:
    made = told() if full else told(first=replace(first(), dispatch=None), encounters=())
    source = template.load("withdrawal", language)
    declared = vocabulary.of("withdrawal", language)
    assert declared is not None
    assert misfits(declared, withdrawal.values(made, source, LAWS)) == []
