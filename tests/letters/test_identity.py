"""The letter about identity: it offers what they can compare, and never a new face."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from pirights import law_data
from pirights.domain.document import Document, Item, Language, Letters
from pirights.domain.handler import Venue
from pirights.domain.request import Right
from pirights.letters import compose, identity, template, vocabulary
from pirights.letters.identity import IdentityBrief
from pirights.letters.wordlists import FOREIGN
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters.briefs import HANDLER, PERSON, REF, brief, scan
from tests.letters.test_fill import HOSTILE
from tests.letters.test_followup import first, shape, text
from tests.letters.test_vocabulary import misfits

LAWS: Final = law_data.laws()


def told(letters: Letters = Letters.ZH, **more: object) -> IdentityBrief:
    made = IdentityBrief(
        label=f"{REF}/3",
        person=PERSON,
        handler=HANDLER,
        first=first(),
        encounters=(scan(),),
        offers=("年卡号 YX-2026-0317", "会员号 1234"),
        letters=letters,
        asked_on=date(2026, 9, 20),
        form=False,
        on=date(2026, 11, 20),
        by=date(2026, 12, 7),
        zone="Asia/Shanghai",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def paper(letters: Letters = Letters.ZH, **more: object) -> Document:
    return identity.written(told(letters, **more), LAWS)


@pytest.mark.parametrize("letters", Letters)
def test_the_letter_reads_as_the_golden_one(letters: Letters, golden: Golden) -> None:
    golden(f"letters/identity.{letters}.txt", to_text(paper(letters)))


@pytest.mark.parametrize("letters", Letters)
def test_the_letter_about_a_form_reads_as_the_golden_one(letters: Letters, golden: Golden) -> None:
    made = paper(letters, form=True, offers=(), person=replace(PERSON, phone="", email=""))
    golden(f"letters/identity-form.{letters}.txt", to_text(made))


def test_both_languages_have_the_same_blocks() -> None:
    assert shape(paper(Letters.ZH)) == shape(paper(Letters.EN))
    assert paper().title == template.load("identity", Language.ZH).title


@pytest.mark.parametrize("letters", Letters)
def test_it_claims_no_statutory_day_threatens_nobody_and_speaks_no_european_law(
    letters: Letters,
) -> None:
    said = text(paper(letters))
    assert not FOREIGN.search(said)
    assert "不是法定期限" in said or "not a statutory period" in said
    for word in ("曝光", "媒体", "犯罪", "后果", "the press", "crime", "or else"):
        assert word not in said


def test_what_they_hold_is_offered_and_a_new_face_refused() -> None:
    said = text(paper())
    for part in ("年卡号 YX-2026-0317", "会员号 1234", "姓名林知远", "联系电话尾号0137"):
        assert part in said
    assert "本人拒绝为本次核验提供新的人脸照片" in said
    assert "本函不附人脸照片和身份证件复印件" in said
    assert "本人于2026年9月20日收到贵方的回复，贵方要求本人另行证明身份" in said
    assert PERSON.phone[:7] not in said.replace(f"联系电话\n{PERSON.phone}", "")


def test_without_an_offer_the_name_the_places_and_the_ways_of_confirming_remain() -> None:
    said = text(paper(offers=()))
    assert "姓名林知远；联系电话尾号0137；原请求书第一部分所列的时间和地点。" in said
    assert "发送验证码" in said


def test_a_form_of_theirs_is_answered_as_what_it_is() -> None:
    assert "贵方要求本人使用贵方的表单提出请求" in text(paper(form=True))
    assert "required me to make my request on your own form" in text(paper(Letters.EN, form=True))


@pytest.mark.parametrize(
    ("on", "measures", "regulation"),
    [
        (date(2024, 12, 31), False, False),
        (date(2025, 1, 1), False, True),
        (date(2025, 5, 31), False, True),
        (date(2025, 6, 1), True, True),
    ],
)
def test_only_the_law_of_the_letters_day_is_cited(
    on: date, measures: bool, regulation: bool
) -> None:
    said = text(paper(on=on, asked_on=on))
    assert ("《人脸识别技术应用安全管理办法》第十条第一款" in said) is measures
    assert ("《网络数据安全管理条例》第二十三条" in said) is regulation
    assert "《中华人民共和国个人信息保护法》第六条第一款、第二款" in said


def test_the_department_rule_never_stands_alone() -> None:
    for block in paper().blocks:
        if isinstance(block, Item) and "安全管理办法" in block.basis:
            assert block.basis.index("个人信息保护法") < block.basis.index("安全管理办法")


def test_promptness_is_said_of_copies_only_where_they_were_asked() -> None:
    assert "第四十五条第二款" in text(paper())
    asked, document = compose.request(brief(rights=(Right.REFUSE,)), LAWS)
    request = replace(first(), items=asked, document=document)
    assert "第四十五条第二款" not in text(paper(first=request))


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("letters", Letters)
def test_foreign_text_is_never_markup(hostile: str, letters: Letters) -> None:
    plain = paper(letters)
    made = paper(
        letters,
        offers=(hostile, hostile),
        person=replace(PERSON, name=hostile, name_en="", address=hostile),
        handler=replace(HANDLER, name=hostile, name_en=""),
    )
    assert [type(block) for block in made.blocks] == [type(block) for block in plain.blocks]
    assert hostile.strip() in text(made)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("full", [True, False])
def test_it_gets_what_is_declared_and_nothing_else(language: Language, full: bool) -> None:
    request = first() if full else replace(first(), dispatch=None, arrived_on=None)
    made = told(
        first=request,
        form=full,
        offers=("会员号 1234",) if full else (),
        encounters=(replace(scan(), venue=Venue.RESIDENTIAL),),
    )
    source = template.load("identity", language)
    declared = vocabulary.of("identity", language)
    assert declared is not None
    assert misfits(declared, identity.values(made, source, LAWS)) == []
