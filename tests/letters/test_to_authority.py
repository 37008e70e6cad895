"""Papers for authorities: facts as the log has them, articles of their day, nobody accused."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Final
from zipfile import ZipFile

import pytest

from pirights import rule_data
from pirights.domain.document import (
    Document,
    Fields,
    Heading,
    Item,
    Language,
    Letters,
    Signature,
    Title,
)
from pirights.domain.encounter import Answer, Circumstance, ScanMode
from pirights.domain.escalation import FollowUp
from pirights.domain.reply import ReplyKind
from pirights.domain.request import Right, Score
from pirights.letters import template, vocabulary
from pirights.letters.wordlists import FOREIGN, statutory_days
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters.authority_briefs import (
    PAPERS,
    acted_for,
    paper,
    reply,
    request,
    text,
    told,
    values,
)
from tests.letters.briefs import HANDLER, PERSON, REF, scan
from tests.letters.capacities import ACTOR, PEOPLE
from tests.letters.test_fill import HOSTILE
from tests.letters.test_vocabulary import misfits

KINDS: Final = tuple(PAPERS)
OTHERS: Final = [
    (kind, capacity)
    for kind in KINDS
    for capacity in PEOPLE
    if (kind, capacity) != (FollowUp.CONSUMER, "relative")
]
"""A relative of a deceased consumer brings no consumer's complaint."""


def items(made: Document) -> list[Item]:
    return [block for block in made.blocks if isinstance(block, Item)]


@pytest.mark.parametrize("letters", Letters)
@pytest.mark.parametrize("kind", KINDS)
def test_the_paper_reads_as_the_golden_one(
    kind: FollowUp, letters: Letters, golden: Golden
) -> None:
    golden(f"letters/{kind}.{letters}.txt", to_text(paper(told(kind, letters))))


@pytest.mark.parametrize("letters", Letters)
def test_after_silence_the_complaint_reads_as_the_golden_one(
    letters: Letters, golden: Golden
) -> None:
    one = told(FollowUp.REGULATOR, letters, silent=True, demands=())
    golden(f"letters/regulator-silence.{letters}.txt", to_text(paper(one)))


@pytest.mark.parametrize("letters", Letters)
def test_to_the_organ_above_a_state_organ_it_reads_as_the_golden_one(
    letters: Letters, golden: Golden
) -> None:
    one = told(FollowUp.REGULATOR, letters, body=rule_data.authorities()["superior-organ"])
    golden(f"letters/regulator-superior.{letters}.txt", to_text(paper(one)))
    assert "第六十八条第一款" in text(one) or letters is Letters.EN
    assert "第六十五条" not in text(one)


@pytest.mark.parametrize("letters", [Letters.ZH, Letters.EN])
@pytest.mark.parametrize(("kind", "capacity"), OTHERS)
def test_in_every_capacity_the_paper_reads_as_the_golden_one(
    kind: FollowUp, capacity: str, letters: Letters, golden: Golden
) -> None:
    one = acted_for(told(kind, letters), PEOPLE[capacity], ACTOR)
    said = to_text(paper(one))
    golden(f"letters/capacities/{kind}.{capacity}.{letters}.txt", said)
    named = ACTOR if capacity == "relative" else PEOPLE[capacity]
    signed = [block for block in paper(one).blocks if isinstance(block, Signature)]
    name = named.name if letters is Letters.ZH else named.name_en
    assert all(name in block.lines[0] for block in signed)


@pytest.mark.parametrize("silent", [True, False])
@pytest.mark.parametrize("letters", Letters)
@pytest.mark.parametrize("kind", KINDS)
def test_it_accuses_nobody_threatens_nobody_and_claims_no_statutory_day(
    kind: FollowUp, letters: Letters, silent: bool
) -> None:
    said = text(told(kind, letters, silent=silent))
    assert not FOREIGN.search(said)
    assert list(statutory_days(said)) == []
    for word in (
        "犯罪",
        "违法行为",
        "曝光",
        "否则",
        "严惩",
        "crime",
        "guilty",
        "or else",
        "expose",
    ):
        assert word not in said
    assert (
        "依法认定" in said
        or "for you to find" in said
        or "organ to find" in said
        or (kind is FollowUp.CONSUMER)
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("full", [True, False])
def test_the_template_gets_what_is_declared_and_nothing_else(
    kind: FollowUp, language: Language, full: bool
) -> None:
    one = (
        told(kind) if full else told(kind, first=None, sent=(), replies=(), holding=(set(), set()))
    )
    declared = vocabulary.of(kind.value, language)
    assert declared is not None
    assert misfits(declared, values(one, language)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_ask_and_cite_the_same(kind: FollowUp) -> None:
    zh, en = (
        [(item.id, item.right, item.cites) for item in template.load(kind.value, one).items]
        for one in Language
    )
    assert zh == en
    chinese, english = (items(paper(told(kind, one))) for one in (Letters.ZH, Letters.EN))
    assert [one.number for one in chinese] == [one.number for one in english]
    assert [bool(one.basis) for one in chinese] == [bool(one.basis) for one in english]


def parts(one: Document) -> list[list[object]]:
    """The blocks of each part, which begins with a title that no title stands before."""
    found: list[list[object]] = []
    before: object = None
    for block in one.blocks:
        if isinstance(block, Title) and not isinstance(before, Title):
            found.append([])
        found[-1].append(block)
        before = block
    return found


@pytest.mark.parametrize("letters", Letters)
def test_complaint_and_report_are_two_parts_each_with_its_parties_and_its_signature(
    letters: Letters,
) -> None:
    made = parts(paper(told(FollowUp.REGULATOR, letters)))
    assert len(made) == 2
    for part in made:
        assert sum(isinstance(block, Fields) for block in part) == 1
        assert sum(isinstance(block, Signature) for block in part) == 1
        assert isinstance(part[-1], Signature)
        rows = [row for block in part if isinstance(block, Fields) for row in block.rows]
        assert any(HANDLER.name in value for _, value in rows)
    report = "\n".join(str(block) for block in made[1])
    assert "请督促" not in report
    assert "Please have the respondent" not in report
    assert "闸机提示标识作出说明" not in report, "a demand of one's own is no part of the report"


def test_the_two_parts_start_on_pages_of_their_own() -> None:
    from pirights.render import pdf

    for letters in Letters:
        made = paper(told(FollowUp.REGULATOR, letters, exhibits=(), demands=()))
        pages = pdf._lay_out(made)
        starts = [
            page[0].strip.landmark for page in pages if isinstance(page[0].strip.landmark, Title)
        ]
        assert len(starts) == 2, letters


@pytest.mark.parametrize("letters", Letters)
def test_in_word_and_on_the_web_the_report_starts_on_a_page_of_its_own(letters: Letters) -> None:
    from pirights.render import docx, html

    made = paper(told(FollowUp.REGULATOR, letters))
    with ZipFile(BytesIO(docx.to_bytes(made))) as word:
        xml = word.read("word/document.xml").decode()
    broken = [part.partition("</w:p>")[0] for part in xml.split("<w:pageBreakBefore/>")[1:]]
    assert len(broken) == 1
    assert "第二部分" in broken[0] or "Part Two" in broken[0]
    assert ":not(h1) + h1 { break-before: page; }" in html.to_html(made)


def test_a_point_cites_the_law_of_the_day_of_the_fact_the_measures_last() -> None:
    days = (date(2019, 10, 17), date(2022, 5, 1), date(2026, 9, 20))
    one = told(
        FollowUp.REGULATOR,
        encounters=tuple(scan(day, number) for number, day in enumerate(days, start=1)),
        holding=(frozenset({"sole-means"}),) * 3,
        first=None,
    )
    point = next(item for item in items(paper(one)) if "唯一验证方式" in item.text)
    assert "第2、3项事实" in point.text, "in 2019 none of these applied"
    second, third = point.basis.removeprefix("涉及：").split("；第3项事实：")
    assert "人脸识别技术应用安全管理办法" not in second
    assert third.endswith("《人脸识别技术应用安全管理办法》第十条第一款")
    assert third.startswith("《中华人民共和国个人信息保护法》")


def test_only_what_holds_by_the_log_is_put_as_a_point() -> None:
    one = told(FollowUp.REGULATOR, holding=(frozenset({"no-sign"}), frozenset()), first=None)
    said = text(one)
    assert "未见显著的提示标识" in said
    for other in ("唯一验证方式", "处理前未征得同意", "私密空间", "十四周岁"):
        assert other not in said
    nothing = text(replace(one, holding=(frozenset(), frozenset())))
    assert "上列事实尚不足以指明具体情形" in nothing


def test_a_fact_that_is_not_known_is_not_told() -> None:
    bare = replace(
        scan(),
        notice=Answer.UNKNOWN,
        consent=Answer.UNKNOWN,
        separate_consent=Answer.UNKNOWN,
        alternative=Answer.UNKNOWN,
    )
    one = told(FollowUp.REGULATOR, encounters=(bare,), holding=(frozenset(),), first=None)
    fact = next(block for block in paper(one).blocks if "人脸验证" in getattr(block, "text", ""))
    assert getattr(fact, "text", "").endswith("对本人进行了人脸验证。")


def test_the_course_of_the_case_is_told_in_order_with_its_proof() -> None:
    said = text(told(FollowUp.REGULATOR))
    order = (
        "2026年9月24日，本人以邮政特快专递（EMS）（单号EA123456789CN）",
        f"2026年9月26日，该文书（编号{REF}/1）到达该处理者，留有送达凭证。",
        "2026年11月1日，本人以电子邮件向该处理者发出《催告函》",
        "2026年11月10日，收到该处理者的部分答复。",
    )
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    assert "未收到该处理者就请求事项的答复" not in said


def test_what_was_refused_is_told_with_its_article_and_what_was_given_is_not_asked() -> None:
    one = told(FollowUp.REGULATOR)
    assert one.first is not None
    said = text(one)
    assert "项：拒绝，所称依据为“个人信息保护法第十八条”。" in said
    assert "项：拒绝，未说明所依据的规定。" in said
    assert "项：仅答复了一部分。" in said
    assert "项：未作答复。" in said
    given = {item.number for item in one.first.items if item.score is Score.GIVEN}
    assert given.isdisjoint({item.number for item in one.unmet})
    assert "说明理由" in said


def test_after_silence_every_item_is_asked_and_the_day_that_passed_is_named_as_what_it_is() -> None:
    one = told(FollowUp.REGULATOR, silent=True)
    said = text(one)
    assert one.first is not None
    assert len(one.unmet) == len([item for item in one.first.items if item.right])
    assert "2026年10月26日，现已届满；该日期不是法定期限" in said
    assert "第五十条第一款" in said
    waiting = text(replace(one, due_on=None, due_force=None))
    assert "现已届满" not in waiting
    assert "答复日期已过" not in waiting


def test_deletion_that_waits_for_the_copy_is_asked_with_that_condition() -> None:
    asked = items(paper(told(FollowUp.REGULATOR, silent=True)))
    deletion = next(item for item in asked if "删除" in item.text)
    assert "收到复制件并经本人确认之后办理" in deletion.text


def test_every_right_of_a_request_has_its_demand() -> None:
    for kind in (FollowUp.REGULATOR, FollowUp.CONSUMER):
        named = {
            item.right
            for item in template.load(kind.value, Language.ZH).items
            if item.id.startswith("demand.")
        }
        assert named == set(Right)


def test_the_consumer_complaint_names_its_law_and_the_days_that_bind_a_department_only() -> None:
    said = text(told(FollowUp.CONSUMER))
    for article in ("第二十九条第一款", "第五十条", "第四十六条", "第二十三条第一款"):
        assert article in said
    assert "七个工作日内告知本人" in said
    association = rule_data.authorities()["consumer-association"]
    other = text(told(FollowUp.CONSUMER, body=association))
    assert "七个工作日" not in other
    assert "第三十七条第一款第五项" in other
    assert "本人在下列第1项事实发生时" in said
    assert "投诉举报处理" not in said, "neither Order 20 nor Order 121"


def test_consumer_law_that_came_later_is_not_cited_for_an_earlier_visit() -> None:
    early = replace(scan(date(2024, 6, 30)), circumstances=(Circumstance.CUSTOMER,))
    one = told(FollowUp.CONSUMER, encounters=(early,), holding=(frozenset(),))
    point = items(paper(one))[-2]
    assert "消费者权益保护法实施条例" not in point.basis
    assert "第二十九条第一款" in point.basis


def test_without_a_note_of_custom_the_consumer_relationship_is_not_asserted() -> None:
    one = told(FollowUp.CONSUMER, encounters=(scan(),), holding=(frozenset(),))
    said = text(one)
    assert "系为购买商品或者接受服务而到场" not in said
    assert "可供核对消费关系的线索：年卡号 YX-2026-0317。" in said


def test_the_report_to_the_police_names_the_articles_and_only_those_that_fit() -> None:
    said = text(told(FollowUp.POLICE))
    for article in ("第八条第一款", "第二十七条第一款", "第七条第三款", "第十三条"):
        assert article in said
    assert "第二十四条第二款" in said
    signless = told(FollowUp.POLICE, holding=(frozenset(), frozenset({"no-sign-video"})))
    assert "第二十四条第二款" not in text(signless), (
        "a missing sign is not among what may be reported"
    )
    assert "第九条第一款" in text(
        told(FollowUp.POLICE, holding=(frozenset({"installer-other"}), frozenset()))
    )


def test_a_lead_says_how_it_is_known_that_many_are_affected_and_demands_no_suit() -> None:
    general = text(told(FollowUp.PROCURATORATE))
    assert "上列第1、2项事实发生于公共场所" in general
    assert "不要求提起诉讼" in general
    own = text(told(FollowUp.PROCURATORATE, affected="业主群中三十余户反映相同情况。", public=()))
    assert "据线索提供人所知：业主群中三十余户反映相同情况。" in own
    assert "发生于公共场所" not in own
    assert "第七十条" in own
    assert "第十四条" in own


def test_a_lead_without_a_request_says_that_none_was_made() -> None:
    said = text(told(FollowUp.PROCURATORATE, first=None, sent=(), replies=()))
    assert "尚未就上列事实向该处理者提出书面请求" in said


@pytest.mark.parametrize("capacity", [None, "relative"])
@pytest.mark.parametrize("letters", [Letters.ZH, Letters.EN])
@pytest.mark.parametrize("mode", list(ScanMode))
def test_every_mode_and_mark_of_a_scan_is_told_without_a_gap(
    mode: ScanMode, letters: Letters, capacity: str | None
) -> None:
    marked = replace(
        scan(),
        mode=mode,
        minor=True,
        purpose="会员服务",
        notice=Answer.YES,
        consent=Answer.YES,
        separate_consent=Answer.NO,
        alternative=Answer.YES,
        circumstances=tuple(Circumstance),
    )
    one = told(
        FollowUp.REGULATOR,
        letters,
        encounters=(marked, replace(marked, refused=True)),
        sent=(replace(request(scored=True), dispatch=None), request(scored=True)),
    )
    if capacity:
        one = acted_for(one, PEOPLE[capacity], ACTOR)
    said = text(one)
    assert "{" not in said
    assert "}" not in said
    assert ("未满十八周岁" in said) or ("under eighteen" in said)
    assert ("单独同意" in said) or ("eparate consent" in said)
    sent = "本人以邮政特快专递" if letters is Letters.ZH else "by EMS of China Post"
    assert said.count(sent) == 1, "a letter that never left is not told of"


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_of_the_identity_card_never_stands_in_it(kind: FollowUp) -> None:
    person = replace(PERSON, id_number="330106199001011234")
    assert "330106199001011234" not in text(told(kind, Letters.BOTH, person=person))


@pytest.mark.parametrize("kind", list(ReplyKind))
def test_every_kind_of_reply_can_be_told(kind: ReplyKind) -> None:
    for letters in (Letters.ZH, Letters.EN):
        said = text(told(FollowUp.REGULATOR, letters, replies=(reply(kind),)))
        assert ("2026年11月10日，收到" in said) or ("On 10 November 2026 there came" in said)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_foreign_text_is_never_markup(kind: FollowUp, hostile: str) -> None:
    first = request(scored=True)
    refused = tuple(replace(item, refused_under="x") for item in first.items)
    usual = told(kind, affected="x", first=replace(first, items=refused))
    made = replace(
        usual,
        encounters=tuple(
            replace(one, place=hostile, purpose=hostile, exemption=hostile)
            for one in usual.encounters
        ),
        first=replace(
            first, items=tuple(replace(item, refused_under=hostile) for item in first.items)
        ),
        demands=(hostile,),
        office=hostile,
        affected=hostile,
        identify_by=(hostile,),
        person=replace(PERSON, name=hostile),
        handler=replace(usual.handler, name=hostile, address=hostile, phone=hostile),
    )
    kinds = [type(block) for block in paper(made).blocks]
    assert kinds == [type(block) for block in paper(usual).blocks]
    assert text(made).count(hostile.strip().rstrip("。.；;")) >= 6


def test_two_hundred_items_fifty_scans_and_long_names_are_laid_out() -> None:
    from pirights.render import pdf

    first = request(scored=False)
    many = tuple(
        replace(first.items[at % len(first.items)], number=at + 1, score=Score.SILENT)
        for at in range(200)
    )
    one = told(
        FollowUp.REGULATOR,
        Letters.BOTH,
        first=replace(first, items=many),
        encounters=tuple(scan(date(2026, 9, 1), number) for number in range(1, 51)),
        holding=(frozenset({"sole-means", "no-sign"}),) * 50,
        handler=replace(HANDLER, name="长" * 60, address="路" * 300, name_en="X" * 60),
        office="局" * 120,
    )
    assert "第1至50项事实" in text(one)
    assert pdf.to_bytes(paper(one)).startswith(b"%PDF")


def test_headings_are_numbered_in_order() -> None:
    for kind in KINDS:
        for part in parts(paper(told(kind))):
            heads = [
                block.text for block in part if isinstance(block, Heading) and block.level == 1
            ]
            numerals = [head.partition("、")[0] for head in heads]
            assert numerals == list("一二三四五六七八")[: len(numerals)], kind
