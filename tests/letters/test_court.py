"""The civil complaint: every claim with its article and exhibits, equal in both languages."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

import pytest

from pirights import law_data
from pirights.domain.bundle import Exhibit, Group, Source, arranged, paged
from pirights.domain.cost import Cost, CostClass, CostKind
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Item, Language, Letters, Table
from pirights.domain.encounter import Circumstance, Encounter
from pirights.domain.person import Kinship, Person
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.request import Right, Score
from pirights.domain.words import Words
from pirights.letters import compose, court, court_claims, template, vocabulary
from pirights.letters.court_brief import CourtBrief
from pirights.letters.wordlists import FOREIGN
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters import capacities, test_followup
from tests.letters.briefs import HANDLER, PERSON, REF, brief, scan, strings
from tests.letters.test_fill import HOSTILE
from tests.letters.test_vocabulary import misfits

LAWS: Final = law_data.laws()
PARTICULARS: Final = "男，汉族，1990年3月5日出生，职员"
COURT: Final = "杭州市余杭区人民法院"


def cost(number: int, kind: CostKind, amount: str, note: str = "", on: int = 21) -> Cost:
    return Cost(
        id=number,
        ref=REF,
        kind=kind,
        amount=Decimal(amount),
        on=date(2026, 11, on),
        note=note,
    )


COSTS: Final = (
    cost(1, CostKind.TRAVEL, "12.50", "往返乐园"),
    cost(2, CostKind.POSTAGE, "22.30"),
    cost(3, CostKind.LAWYER, "3000.00"),
    cost(4, CostKind.REFUND, "1360.00", "年卡"),
)


def exhibit(group: Group, title: str, english: str) -> Exhibit:
    return Exhibit(
        number=0,
        group=group,
        title=Words(zh=title, en=english),
        source=Source.APPLICANT.words,
        purpose=group.purpose,
        original_name=title,
        path=title,
        media_type="text/plain",
        size=1,
        sha256="0" * 64,
        imported_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


OWNED: Final = (
    ("E1", Group.RELATIONSHIP, "年卡发票", "Invoice for the annual card"),
    ("E1", Group.SCANS, "人脸识别经过记录", "Record of the scan"),
    (f"{REF}/1", Group.REQUEST, "个人信息权益行使请求书", "The request"),
    (f"{REF}/1", Group.REQUEST, "送达凭证", "Proof of arrival"),
    ("I1", Group.REPLY, "2026-12-01答复", "Reply of 2026-12-01"),
    ("C1", Group.LOSS, "交通费凭证", "Proof of travel"),
    ("C3", Group.LOSS, "律师费发票", "Lawyer's invoice"),
)
EXHIBITS: Final = paged(
    arranged([exhibit(group, zh, en) for _, group, zh, en in OWNED]), [1, 1, 4, 1, 2, 1, 1]
)
REPLY: Final = Reply(
    id=1, ref=REF, number=2, on=date(2026, 12, 1), kind=ReplyKind.PARTIAL, text="部分提供"
)


def request(*facts: date, rights: tuple[Right, ...] = ()) -> Letter:
    told = brief(*facts)
    told = replace(told, rights=rights or told.rights, two_step=True)
    items, document = compose.request(told, LAWS)
    scores = test_followup.SCORES
    marked = tuple(replace(one, score=scores[at % len(scores)]) for at, one in enumerate(items))
    return replace(test_followup.first(), items=marked, document=document)


def unmet(letter: Letter) -> tuple[object, ...]:
    wanted = {Score.REFUSED, Score.PARTIAL, Score.SILENT}
    return tuple(one for one in letter.items if one.right and one.score in wanted)


def told(letters: Letters = Letters.ZH, **more: object) -> CourtBrief:
    first = more.pop("first", None) or request()
    assert isinstance(first, Letter)
    made = CourtBrief(
        label=f"{REF}/5",
        person=PERSON,
        handler=HANDLER,
        first=first,
        sent=(first,),
        replies=(REPLY,),
        answered=True,
        encounters=(scan(),),
        claimed=unmet(first),  # type: ignore[arg-type]  # asked items, as the letter has them
        costs=COSTS,
        exhibits=EXHIBITS,
        owners={number: (owner,) for number, (owner, *_) in enumerate(OWNED, start=1)},
        letters=letters,
        on=date(2027, 1, 4),
        by=date(2027, 1, 19),
        zone="Asia/Shanghai",
        particulars=PARTICULARS,
        office=COURT,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def paper(one: CourtBrief) -> Document:
    return court.written(one, LAWS)


def text(one: CourtBrief) -> str:
    return "\n".join(strings(paper(one)))


def items(document: Document) -> list[Item]:
    return [block for block in document.blocks if isinstance(block, Item)]


def claims(one: CourtBrief) -> tuple[court_claims.Claim, ...]:
    return court_claims.claims(one, template.load("court", Language.ZH), LAWS)


def in_capacity(capacity: str, letters: Letters = Letters.ZH) -> CourtBrief:
    """A complaint in another capacity than self: what the request in it asked."""
    first = capacities.first(capacity)
    return told(
        letters,
        first=first,
        person=capacities.PEOPLE[capacity],
        actor=capacities.ACTOR,
        encounters=capacities.SCANS[capacity],
        claimed=unmet(first),
    )


def written_in(capacity: str, letters: Letters) -> Document:
    """The same on paper, in a language."""
    return paper(in_capacity(capacity, letters))


@pytest.mark.parametrize("letters", Letters)
def test_the_complaint_reads_as_the_golden_one(letters: Letters, golden: Golden) -> None:
    golden(f"letters/court.{letters}.txt", to_text(paper(told(letters))))


@pytest.mark.parametrize("letters", [Letters.ZH, Letters.EN])
@pytest.mark.parametrize("capacity", sorted(capacities.PEOPLE))
def test_in_every_capacity_it_reads_as_the_golden_one(
    capacity: str, letters: Letters, golden: Golden
) -> None:
    golden(f"letters/court-{capacity}.{letters}.txt", to_text(written_in(capacity, letters)))


@pytest.mark.parametrize("letters", Letters)
def test_a_case_of_2019_reads_as_the_golden_one(letters: Letters, golden: Golden) -> None:
    golden(f"letters/court-2019.{letters}.txt", to_text(paper(old(letters))))


def old(letters: Letters = Letters.ZH, **more: object) -> CourtBrief:
    """Annual card and face gate of 2019; the request came in 2026."""
    fact = date(2019, 10, 17)
    seen = replace(scan(fact), refused=True)
    return told(letters, first=request(fact), encounters=(seen,), **more)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("full", [True, False])
def test_the_template_gets_what_is_declared_and_nothing_else(
    language: Language, full: bool
) -> None:
    one = told()
    if not full:
        first = replace(request(), dispatch=None, arrived_on=None)
        one = in_capacity("relative")
        one = replace(one, first=first, sent=(), replies=(), costs=(), exhibits=(), claimed=())
    declared = vocabulary.of("court", language)
    assert declared is not None
    assert misfits(declared, court.values(one, template.load("court", language), LAWS)) == []


def test_its_parts_stand_in_the_usual_order() -> None:
    said = text(told())
    order = (
        *("一、当事人", "原告", "被告", "二、诉讼请求", "三、约定管辖和诉前保全情况"),
        *("四、事实与理由", "五、证据和证据来源", "此致", COURT, "具状人"),
    )
    places = [said.index(part) for part in order]
    assert places == sorted(places)


def test_each_right_asked_in_vain_is_one_claim_and_what_was_given_is_none() -> None:
    one = told()
    given = {item.right for item in one.first.items if item.right} - {
        item.right for item in one.claimed
    }
    kinds = [claim.kind for claim in claims(one)]
    assert not {right.value for right in given if right} & set(kinds)
    asked = [item.number for claim in claims(one) for item in claim.items]
    assert sorted(asked) == sorted(item.number for item in one.claimed)
    assert kinds[-1] == court_claims.FEE


def test_every_item_that_a_request_may_ask_has_words_of_its_own() -> None:
    for language in Language:
        asked = [one for one in template.load("request", language).items if one.right]
        own = {one.id for one in template.load("court", language).items}
        assert {one.id for one in asked if not one.each} <= own
        assert {one.right.value for one in asked if one.right} <= own


def test_what_was_told_for_an_item_is_quoted_from_the_request() -> None:
    first = request()
    odd = replace(first.items[0], id="correct.entry", right=Right.CORRECT, zh="更正为“林知远”。")
    said = text(told(first=replace(first, items=(odd,)), claimed=(odd,)))
    assert f"请求书第{odd.number}项所请求的事项（“更正为“林知远””）" in said


def test_deletion_comes_after_the_claims_for_access_and_copy() -> None:
    found = {claim.kind: claim for claim in claims(told())}
    after = {found[name].number for name in ("access", "copy") if name in found}
    assert set(found["delete"].after) == after != set()
    only = tuple(item for item in told().claimed if item.right is Right.DELETE)
    (delete, *_) = claims(told(claimed=only))
    assert delete.after == ()


def test_each_claim_names_its_article_and_exhibits_that_exist() -> None:
    one = told()
    numbers = {each.number for each in one.exhibits}
    for claim in claims(one):
        assert set(claim.exhibits) <= numbers
        assert all(key in LAWS.provisions for key in claim.cites)
        assert claim.cites, claim.kind
    named = re.findall(r"证据(\d+)（第([\d-]+)页）", text(one))
    pages = {str(each.number): each.pages for each in one.exhibits}
    assert len(named) > 10
    assert all(pages[number] == page for number, page in named)


def test_an_exhibit_of_a_letter_that_never_left_supports_no_claim() -> None:
    one = replace(told(), sent=())
    for claim in claims(one):
        assert not {3, 4} & set(claim.exhibits)


def test_sums_are_exact_and_the_three_footings_stay_apart() -> None:
    said = text(told())
    assert "合理开支人民币34.80元：交通费12.50元（2026年11月21日，往返乐园）；邮寄费22.30元" in said
    assert "合理的律师费用人民币3000.00元，由法院酌情认定" in said
    assert "退还或者赔偿人民币1360.00元" in said
    found = {claim.kind: claim for claim in claims(told())}
    assert found["expense"].exhibits == (6,)
    assert found["lawyer"].exhibits == (7,)
    assert found["contract"].exhibits == (1,)
    assert found["expense"].cites == (
        *("pipl:69(2)", "spc-frt-2021:8(1)", "spc-frt-2021:8(2)", "civil-code-tort:1182"),
    )
    assert found["lawyer"].cites == ("spc-frt-2021:8(2)",)
    assert found["contract"].cites == ("civil-code-contract:577", "civil-code-contract:582")


def test_no_money_is_claimed_that_the_case_does_not_hold() -> None:
    said = text(told(costs=()))
    assert "人民币" not in said
    assert "RMB" not in text(told(Letters.EN, costs=()))


@pytest.mark.parametrize(
    ("fact", "law"),
    [
        (date(2020, 12, 31), ()),
        (date(2021, 1, 1), ("civil-code-tort:1182",)),
        (date(2021, 7, 31), ("civil-code-tort:1182",)),
        (
            date(2021, 8, 1),
            ("spc-frt-2021:8(1)", "spc-frt-2021:8(2)", "civil-code-tort:1182"),
        ),
        (
            date(2021, 11, 1),
            (
                *("pipl:69(2)", "spc-frt-2021:8(1)", "spc-frt-2021:8(2)"),
                "civil-code-tort:1182",
            ),
        ),
    ],
)
def test_the_law_of_expenses_is_that_of_the_day_of_the_fact(
    fact: date, law: tuple[str, ...]
) -> None:
    gone = replace(scan(fact), circumstances=(Circumstance.DATA_GONE,))
    first = replace(request(fact), dispatch=None)
    one = told(first=first, encounters=(gone,))
    assert court_claims.money_law(one, LAWS, CostClass.EXPENSE) == law


def test_older_facts_are_judged_by_the_older_law_and_the_storage_by_the_present_one() -> None:
    said = text(old())
    assert "《中华人民共和国网络安全法》（2025年修正前）第四十一条第一款" in said
    assert "被告至今仍存储相关信息的，就其目前的存储，适用现行法律" in said
    grounds = said[said.index("四、事实与理由") : said.index("五、证据")]
    assert "未提供人脸识别以外的验证方式（《中华人民共和国网络安全法》（2025年修正前）" in grounds
    assert "第十条第一款" not in grounds
    assert court_claims.money_law(old(), LAWS, CostClass.CONTRACT) == ()


def test_procedure_is_that_of_the_complaints_day() -> None:
    assert "第一百二十三条第一款" in text(told())
    guardian = text(in_capacity("guardian-minor"))
    assert "《中华人民共和国民事诉讼法》第六十条" in guardian


def test_what_is_not_known_of_the_plaintiff_is_a_blank_and_nothing_is_invented() -> None:
    bare = told(particulars="", person=Person(id=1, name="林知远"), office="")
    said = text(bare)
    assert "性别____" in said
    assert "住所\n____" in said
    assert "联系方式\n____" in said
    assert "\n____________人民法院\n" in said
    assert "法定代表人或者主要负责人（选填）\n____" in said
    assert PARTICULARS in text(told())
    assert "法定代表人或者主要负责人\n张样例" in text(told(legal_representative="张样例"))


def test_a_minor_sues_through_the_guardian_and_a_relative_in_their_own_name() -> None:
    minor = text(in_capacity("guardian-minor"))
    assert "原告\n林小满\n" in minor
    assert "法定代理人\n林知远（原告的监护人，父亲）" in minor
    assert minor.rstrip().splitlines()[-4:-2] == ["具状人：林小满", "法定代理人：林知远"]
    relative = text(in_capacity("relative"))
    assert "原告\n林知远\n" in relative
    assert "逝者\n林建国（涉案个人信息所属的自然人，原告系其儿子）" in relative
    assert "第九百九十四条" in relative
    assert "逝者没有配偶、子女且父母已经死亡的情况" not in relative
    assert "所涉利益为：查明逝者生前" in relative
    assert "第四十九条；《中华人民共和国民法典》第一千零四十五条第二款" in relative
    agent = text(in_capacity("agent"))
    assert "原告\n陈样例\n" in agent
    assert "委托诉讼代理人\n林知远" in agent


@pytest.mark.parametrize("kinship", [Kinship.BROTHER, Kinship.GRANDMOTHER, None])
def test_another_relative_has_to_fill_in_that_nobody_is_before_them(
    kinship: Kinship | None,
) -> None:
    one = in_capacity("relative")
    said = text(replace(one, person=replace(one.person, kinship=kinship)))
    assert "逝者没有配偶、子女且父母已经死亡的情况：____" in said


def test_silence_is_told_as_silence_and_an_answer_item_by_item() -> None:
    first = request()
    items = tuple(replace(one, score=Score.OPEN) for one in first.items)
    asked = tuple(one for one in items if one.right)
    silent = text(
        told(first=replace(first, items=items), claimed=asked, answered=False, replies=())
    )
    assert "截至本诉状之日，被告对请求书第1、2、" in silent
    assert "被告予以拒绝" not in silent
    said = text(told())
    assert "截至本诉状之日" not in said
    assert "被告予以拒绝" in said
    assert "被告仅作部分答复" in said
    assert "被告未作答复" in said
    assert "原告不再主张" in said


def test_a_further_claim_stands_before_the_costs_in_the_users_words() -> None:
    extra = "判令被告就其行为向原告书面赔礼道歉。"
    found = items(paper(told(extra=(extra,))))
    assert found[-2].text == extra
    assert found[-2].basis == ""
    assert items(paper(told(extra=(extra.rstrip("。"),))))[-2].text == extra
    assert found[-1].text == "判令本案诉讼费用由被告负担。"


@pytest.mark.parametrize("letters", [Letters.ZH, Letters.EN])
def test_both_languages_have_the_same_claims_and_exhibits(letters: Letters) -> None:
    both, alone = paper(told(Letters.BOTH)), paper(told(letters))
    assert [one.number for one in items(alone)] == [one.number for one in items(both)][::2]
    (table,) = (block for block in alone.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [str(each.number) for each in EXHIBITS]
    assert [row[-1] for row in table.rows] == [each.pages for each in EXHIBITS]


def test_the_courts_name_stands_once_and_at_the_margin() -> None:
    for letters in Letters:
        named = [
            block for block in paper(told(letters)).blocks if getattr(block, "text", "") == COURT
        ]
        assert [getattr(block, "indent", None) for block in named] == [False]


@pytest.mark.parametrize("letters", Letters)
def test_it_threatens_nobody_and_borrows_no_foreign_law(letters: Letters) -> None:
    said = text(told(letters))
    assert not FOREIGN.search(said)
    for word in ("犯罪", "曝光", "否则", "crime", "or else", "贵方应"):
        assert word not in said


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_is_never_markup(hostile: str) -> None:
    odd = tuple(
        replace(each, title=Words.same(hostile)) if each.number == 2 else each for each in EXHIBITS
    )
    made = told(
        person=replace(PERSON, name=hostile, address=hostile),
        handler=replace(HANDLER, name=hostile, address=hostile),
        encounters=(replace(scan(), place=hostile),),
        exhibits=odd,
        particulars=hostile,
        legal_representative=hostile,
        extra=(hostile,),
        costs=(replace(COSTS[0], note=hostile),),
    )
    usual = told(legal_representative="某", extra=("某",), costs=COSTS[:1])
    document = paper(made)
    assert [type(block) for block in document.blocks] == [
        type(block) for block in paper(usual).blocks
    ]
    assert "\n".join(strings(document)).count(hostile.strip()) >= 8


LATER: Final = frozenset({"pipl:69(2)", "spc-frt-2021:8(1)", "spc-frt-2021:8(2)"})
"""What no cost of a wrong that ended before it may rest on."""


@pytest.mark.parametrize("kind", [CostClass.EXPENSE, CostClass.LAWYER])
@pytest.mark.parametrize(
    "seen",
    [
        replace(scan(date(2020, 5, 1)), refused=True),
        replace(scan(date(2020, 5, 1)), circumstances=(Circumstance.DATA_GONE,)),
    ],
    ids=["refused", "gone"],
)
def test_a_request_of_today_brings_no_later_law_to_a_wrong_that_left_nothing_stored(
    seen: Encounter, kind: CostClass
) -> None:
    one = told(first=request(seen.day), encounters=(seen,))
    assert one.first.dispatch is not None
    assert court_claims.money_law(one, LAWS, kind) == ()
    stored = replace(one, encounters=(seen, scan(date(2020, 5, 1), 2)))
    found = set(court_claims.money_law(stored, LAWS, kind))
    assert found & LATER == (LATER if kind is CostClass.EXPENSE else {"spc-frt-2021:8(2)"})


def test_a_sum_without_a_known_article_has_a_blank_to_fill_in() -> None:
    said = text(old())
    assert said.count("依据：________________（当时有效的法律，由原告填写）。证据：") == 3
    assert "由原告填写" not in text(told())
    bare = text(old(exhibits=(), owners={}))
    assert "依据：________________（当时有效的法律，由原告填写）\n" in bare
    assert text(old(Letters.EN)).count("Basis: ________________ (the law then in force") == 3


def test_what_the_plaintiff_keeps_is_said_to_be_the_plaintiffs() -> None:
    sources = {row[3] for row in _exhibit_rows(paper(told()))}
    assert sources == {"原告制作或者保存"}
    post = replace(EXHIBITS[0], source=Source.CARRIER.words)
    (row,) = _exhibit_rows(paper(told(exhibits=(post,))))
    assert row[3].endswith("由原告留存")
    theirs = replace(EXHIBITS[0], source=Source.HANDLER.words)
    (row,) = _exhibit_rows(paper(told(exhibits=(theirs,))))
    assert row[3] == Source.HANDLER.words.zh


def _exhibit_rows(document: Document) -> tuple[tuple[str, ...], ...]:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return table.rows


def test_the_way_that_affects_least_is_named_only_with_its_article() -> None:
    assert "应当限于必要，并采取对个人权益影响最小的方式，而被告未提供" in text(told())
    assert "应当限于必要，而被告未提供" in text(old())
    for words in ("影响最小", "第六条第一款"):
        assert words not in text(old())


@pytest.mark.parametrize(
    ("capacity", "enclosed"),
    [
        ("guardian-minor", "证据目录和证据材料；监护关系证明。"),
        ("guardian-adult", "证据目录和证据材料；监护关系证明。"),
        ("relative", "证据目录和证据材料；死亡证明、近亲属关系证明。"),
        ("agent", "证据目录和证据材料；授权委托书。"),
    ],
)
def test_what_proves_the_standing_is_among_the_enclosures(capacity: str, enclosed: str) -> None:
    assert enclosed in text(in_capacity(capacity))
    assert "证据目录和证据材料。" in text(told())


def test_silence_is_a_refusal_in_the_plaintiffs_view_and_only_where_there_is_any() -> None:
    view = "合理时间经过之后被告仍不答复的，原告认为即为拒绝。"
    assert view in text(told())
    first = request()
    answered = tuple(
        replace(one, score=Score.REFUSED if one.score is Score.SILENT else one.score)
        for one in first.items
    )
    refused = replace(first, items=answered)
    assert view not in text(told(first=refused, claimed=unmet(refused)))
    never = replace(first, dispatch=None, arrived_on=None)
    assert view not in text(told(first=never, sent=(), replies=(), answered=False))


def test_a_guardians_consent_is_asked_for_only_where_the_log_says_under_fourteen() -> None:
    ground = "被识别的人当时不满十四周岁，被告基于同意处理"
    child = replace(scan(), minor=True, circumstances=(Circumstance.UNDER_14,))
    one = replace(in_capacity("guardian-minor"), encounters=(child,))
    said = text(one)
    assert ground in said
    assert "《中华人民共和国个人信息保护法》第三十一条第一款" in said
    assert "事前未征得原告或者监护人的同意" in said
    assert ground not in text(in_capacity("guardian-minor"))
    agreed = (*child.circumstances, Circumstance.GUARDIAN_CONSENT)
    assert ground not in text(replace(one, encounters=(replace(child, circumstances=agreed),)))
