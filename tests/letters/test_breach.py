"""The enquiry about a leak: rights and courtesies apart, equal in both languages."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from pirights import law_data
from pirights.domain.document import Document, Item, Language, Letters
from pirights.domain.encounter import Circumstance
from pirights.letters import breach, template, vocabulary
from pirights.letters.breach import BreachBrief
from pirights.letters.wordlists import FOREIGN
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters.briefs import HANDLER, PERSON, REF, scan, strings
from tests.letters.test_fill import HOSTILE
from tests.letters.test_preserve import request
from tests.letters.test_vocabulary import misfits

LAWS: Final = law_data.laws()
SIGNS: Final = (
    "2026年11月23日起，本人多次接到推销电话，对方能说出本人在样例乐园办理年卡的日期。",
    "11月24日收到短信，内容含本人姓名和年卡号后四位。",
)


def told(letters: Letters = Letters.ZH, **more: object) -> BreachBrief:
    made = BreachBrief(
        label=f"{REF}/2",
        person=PERSON,
        handler=HANDLER,
        first=request(),
        encounters=(scan(), replace(scan(number=2), refused=True, about=True)),
        signs=SIGNS,
        letters=letters,
        on=date(2026, 11, 25),
        by=date(2026, 12, 10),
        zone="Asia/Shanghai",
        identify_by=("年卡号 YX-2026-0317",),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def text(one: BreachBrief) -> str:
    return "\n".join(strings(breach.written(one, LAWS)))


def items(paper: Document) -> list[Item]:
    return [block for block in paper.blocks if isinstance(block, Item)]


@pytest.mark.parametrize("letters", Letters)
def test_the_letter_reads_as_the_golden_one(letters: Letters, golden: Golden) -> None:
    paper = breach.written(told(letters), LAWS)
    golden(f"letters/breach.{letters}.txt", to_text(paper))


@pytest.mark.parametrize("letters", Letters)
def test_it_claims_no_statutory_day_accuses_nobody_and_does_not_threaten(letters: Letters) -> None:
    said = text(told(letters))
    assert not FOREIGN.search(said)
    assert "不是法定期限" in said or "not a statutory period" in said
    assert "本人尚不能确定" in said or "I cannot yet tell" in said
    for word in ("否则", "后果自负", "曝光", "犯罪", "press", "crime", "or else"):
        assert word not in said


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("full", [True, False])
def test_the_template_gets_what_is_declared_and_nothing_else(
    language: Language, full: bool
) -> None:
    one = told() if full else told(encounters=(), first=request(sent=False), identify_by=())
    declared = vocabulary.of("breach", language)
    assert declared is not None
    source = template.load("breach", language)
    assert misfits(declared, breach.values(one, source, LAWS)) == []


def test_what_a_notice_must_contain_is_asked_with_its_article() -> None:
    asked = items(breach.written(told(), LAWS))[:6]
    name = "《中华人民共和国个人信息保护法》"
    assert [one.basis.removeprefix(f"依据：{name}") for one in asked] == [
        "第五十七条第一款；《中华人民共和国民法典》第一千零三十八条第二款",
        "第五十七条第一款第一项",
        "第五十七条第一款第一项",
        "第五十七条第一款第二项",
        "第五十七条第一款第三项",
        "第五十一条、第五十七条第一款",
    ]
    for number, word in enumerate(("种类", "原因", "补救措施", "联系方式", "安全措施"), start=1):
        assert word in asked[number].text


def test_time_addressees_and_record_are_courtesies_without_an_article() -> None:
    asked = items(breach.written(told(), LAWS))
    assert [one.number for one in asked] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    for one, word in zip(
        asked[6:], ("发生的时间", "通知或者报告", "核查的结果", "事件记录"), strict=True
    ):
        assert word in one.text
        assert one.basis == ""
    said = text(told())
    assert said.index("本人不作为法定权利主张") < said.index(asked[6].text)
    assert "不在上述通知应当包括的内容之列" in said


def test_that_notice_can_be_excused_is_said() -> None:
    assert "可以不通知个人" in text(told())
    assert "第五十七条第二款" in text(told())


@pytest.mark.parametrize(("on", "cited"), [(date(2024, 12, 31), False), (date(2025, 1, 1), True)])
def test_the_regulations_on_network_data_are_cited_from_their_day(on: date, cited: bool) -> None:
    said = text(told(on=on, encounters=(scan(date(2024, 5, 1)),)))
    assert ("网络数据安全管理条例" in said) is cited


def test_a_scan_before_the_law_or_gone_does_not_end_the_present_duty_to_tell() -> None:
    old = replace(scan(date(2019, 10, 17)), circumstances=(Circumstance.DATA_GONE,))
    asked = items(breach.written(told(encounters=(old,)), LAWS))
    assert len(asked) == 10
    assert "第五十七条" in asked[0].basis


def test_a_request_that_never_left_is_not_spoken_of() -> None:
    assert "原请求书编号" not in text(told(first=request(sent=False)))
    assert f"编号为 {REF}/1" in text(told())


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_is_never_markup(hostile: str) -> None:
    made = told(
        signs=(hostile, SIGNS[1]),
        encounters=(replace(scan(), place=hostile), scan(number=2)),
        identify_by=(hostile,),
        person=replace(PERSON, name=hostile),
        handler=replace(HANDLER, name=hostile, address=hostile),
    )
    paper = breach.written(made, LAWS)
    assert [type(block) for block in paper.blocks] == [
        type(block) for block in breach.written(told(), LAWS).blocks
    ]
    assert "\n".join(strings(paper)).count(hostile.strip()) >= 4
