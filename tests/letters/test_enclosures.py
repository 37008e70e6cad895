"""The papers beside a letter: what each says in every capacity, and that nothing can bend them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from pirights.domain.document import Document, Fields, Item, Language, Letters, Signature, Table
from pirights.domain.escalation import FollowUp
from pirights.domain.law import State
from pirights.domain.request import AskedItem, Right
from pirights.letters import beside, deletion_checklist, ems, poa, receipt, template, vocabulary
from pirights.letters.beside import PaperBrief
from pirights.letters.ems import PostingBrief
from pirights.letters.poa import PowerBrief
from pirights.letters.receipt import ReceiptBrief
from pirights.letters.wordlists import FOREIGN
from pirights.render import pdf
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters import papers
from tests.letters.briefs import HANDLER, PERSON, REF, strings
from tests.letters.papers import CAPACITIES, LAWS, MADE, SELF
from tests.letters.test_fill import HOSTILE
from tests.letters.test_followup import shape
from tests.letters.test_vocabulary import misfits

ONE: Final = (Letters.ZH, Letters.EN)
TRICKS: Final = (*HOSTILE, '<font color="[[[…]]]">', "{{ 7*7 }}", "&amp;", "שלום", "a | b")


def text(paper: Document) -> str:
    return "\n".join(strings(paper))


def values(brief: PaperBrief, language: Language) -> tuple[str, Mapping[str, object]]:
    """The kind of a brief's template, and what it gets."""
    match brief:
        case PowerBrief():
            return "poa", poa.values(brief, template.load("poa", language), LAWS)
        case PostingBrief():
            return "ems", ems.values(brief, template.load("ems", language), LAWS)
        case ReceiptBrief():
            return "receipt", receipt.values(brief, template.load("receipt", language), LAWS)
        case _:
            kind = "deletion-checklist"
            return kind, deletion_checklist.values(brief, template.load(kind, language), LAWS)


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("letters", Letters)
def test_the_paper_reads_as_the_golden_one(name: str, letters: Letters, golden: Golden) -> None:
    golden(f"letters/papers/{name}.{letters}.txt", to_text(MADE[name](SELF, letters)))


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("capacity", CAPACITIES[1:])
@pytest.mark.parametrize("letters", ONE)
def test_the_paper_of_another_capacity_reads_as_the_golden_one(
    name: str, capacity: str, letters: Letters, golden: Golden
) -> None:
    made = MADE[name](capacity, letters)
    golden(f"letters/papers/{name}-{capacity}.{letters}.txt", to_text(made))


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("capacity", CAPACITIES)
def test_both_languages_have_the_same_blocks(name: str, capacity: str) -> None:
    zh, en = (MADE[name](capacity, one) for one in ONE)
    assert shape(zh) == shape(en)
    assert MADE[name](capacity, Letters.BOTH).blocks


@pytest.mark.parametrize("capacity", CAPACITIES)
@pytest.mark.parametrize("language", Language)
def test_each_template_gets_what_is_declared_and_nothing_else(
    capacity: str, language: Language
) -> None:
    briefs: tuple[PaperBrief, ...] = (
        papers.power(capacity),
        papers.power(capacity, court=True, powers=("代为和解",)),
        papers.posting(capacity),
        papers.deleting(capacity),
        papers.receiving(capacity),
        papers.receiving(capacity, pages=None),
    )
    for brief in briefs:
        kind, given = values(brief, language)
        declared = vocabulary.of(kind, language)
        assert declared is not None
        assert misfits(declared, given) == []


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("capacity", CAPACITIES)
@pytest.mark.parametrize("letters", ONE)
def test_no_foreign_word_and_no_whole_number_of_a_card_stands_in_a_paper(
    name: str, capacity: str, letters: Letters
) -> None:
    said = text(MADE[name](capacity, letters))
    assert not FOREIGN.search(said)
    assert papers.AGENT.id_number not in said


@pytest.mark.parametrize("letters", ONE)
def test_a_power_states_agent_matter_scope_and_term_and_is_signed_by_both(letters: Letters) -> None:
    made = poa.written(papers.power(SELF, letters), LAWS)
    said = text(made)
    for part in (
        "3****************X",
        f"{REF}/1",
        "2027",
        "165" if letters is Letters.EN else "五",
    ):
        assert part in said
    name = "周样例" if letters is Letters.ZH else "Zhou Yangli"
    [box] = [block for block in made.blocks if isinstance(block, Fields)]
    assert name in [value for _, value in box.rows]
    [signing] = [block for block in made.blocks if isinstance(block, Signature)]
    assert sum("____" in line for line in signing.lines) >= 2
    assert any(name in line for line in signing.lines)


@pytest.mark.parametrize("court", [True, False])
def test_without_a_special_power_nothing_is_waived_settled_withdrawn_or_deleted(
    court: bool,
) -> None:
    said = text(poa.written(papers.power(court=court), LAWS))
    assert "委托人没有作出特别授权。受托人无权代为" in said
    limits = said[said.index("受托人无权代为") :]
    for word in ("放弃权利", "和解", "撤回同意", "确认删除", "采集新的人脸信息", "转委托"):
        assert word in limits
    given = text(poa.written(papers.power(court=court, powers=("代为和解",)), LAWS))
    assert "（1）代为和解" in given
    assert "委托人没有作出特别授权" not in given
    assert given.index("（1）代为和解") < given.index("除以上特别授权外，受托人无权代为")


def test_copies_of_a_face_go_to_the_principal_unless_another_way_is_ticked() -> None:
    with_copies = poa.written(papers.power(), LAWS)
    without = poa.written(papers.power(copies=False), LAWS)
    assert "未勾选的由委托人本人领取：□ 由委托人本人领取" in text(with_copies)
    assert "复制件含有" not in text(without)
    numbers = [
        [b.number for b in one.blocks if isinstance(b, Item)] for one in (with_copies, without)
    ]
    assert numbers == [[1, 2, 3, 4, 5], [1, 2, 3, 4]]


def test_a_power_for_the_court_names_who_may_act_there_and_cites_what_was_read() -> None:
    said = text(poa.written(papers.power(court=True), LAWS))
    assert "第六十一条第一款" in said
    assert "第六十一条第二款" in said
    assert "第六十二条" not in said
    for word in ("律师", "近亲属", "推荐的公民", "一般授权", "提起反诉或者上诉"):
        assert word in said
    assert "第六十一条" not in text(poa.written(papers.power(), LAWS))


def test_a_guardian_signs_for_the_ward_and_a_relative_in_their_own_right() -> None:
    ward = poa.written(papers.power("guardian-minor"), LAWS)
    assert ("委托人", "林小满") in ward.blocks[1].rows  # type: ignore[union-attr]  # the box
    assert any(line.startswith("法定代理人签名") for line in strings(ward))
    heir = poa.written(papers.power("relative"), LAWS)
    assert ("委托人", "林知远") in heir.blocks[1].rows  # type: ignore[union-attr]  # the box
    assert "委托人系逝者林建国的近亲属" in text(heir)
    assert "就逝者林建国的个人信息" in text(heir)


def test_a_client_is_the_principal_and_who_acts_the_agent() -> None:
    made = poa.written(papers.power("agent"), LAWS)
    assert [row for row in made.blocks[1].rows if row[0] in {"委托人", "受托人"}] == [  # type: ignore[union-attr]  # the box
        ("委托人", "陈样例"),
        ("受托人", "林知远"),
    ]


def with_rights(*rights: Right) -> PostingBrief:
    asked = tuple(
        AskedItem(number=number, id=right.value, right=right, zh="甲", en="a", cites=())
        for number, right in enumerate(rights, 1)
    )
    return papers.posting(letter=replace(papers.letter(), items=asked))


@pytest.mark.parametrize(
    ("rights", "said"),
    [
        ((Right.ACCESS,), "林知远关于查阅人脸信息的请求书"),
        (
            (Right.DELETE, Right.COPY, Right.ACCESS, Right.COPY),
            "林知远关于查阅、复制、删除人脸信息的请求书",
        ),
        (
            (Right.ACCESS, Right.KNOW, Right.WITHDRAW),
            "林知远关于查阅人脸信息以及告知处理情况、撤回同意的请求书",
        ),
        (
            (Right.REFUSE, Right.ALTERNATIVE),
            "林知远关于人脸信息事项（限制或者拒绝处理、提供非人脸识别的方式）的请求书",
        ),
        (
            tuple(Right),
            "林知远关于查阅、复制、转移、更正、删除人脸信息等的请求书",
        ),
    ],
)
def test_the_waybill_names_the_document_by_who_asks_and_what(
    rights: tuple[Right, ...], said: str
) -> None:
    assert ems.contents(with_rights(*rights)) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("阿" * 39, f"{'阿' * 39}关于查阅、复制、转移人脸信息等的请求书"),
        ("阿" * 99, f"{'阿' * 99}关于查阅人脸信息等的请求书"),
    ],
)
def test_what_is_too_long_for_the_waybill_names_the_first_rights_and_never_half_a_word(
    name: str, said: str
) -> None:
    one = with_rights(*Right)
    assert ems.contents(replace(one, person=replace(one.person, name=name))) == said


def test_rights_that_do_nothing_to_the_information_are_shortened_too() -> None:
    one = with_rights(Right.KNOW, Right.WITHDRAW, Right.EXPLAIN, Right.REFUSE, Right.AUTOMATED)
    said = ems.contents(replace(one, person=replace(one.person, name="阿" * 20)))
    assert len(said) <= ems.LINE
    assert "等）的请求书" in said
    assert "（告知处理情况、撤回同意" in said


def test_for_a_deceased_the_waybill_names_the_relative_and_the_deceased() -> None:
    assert ems.contents(papers.posting("relative")).startswith("林知远关于查阅、复制")
    assert "逝者林建国的人脸信息" in ems.contents(papers.posting("relative"))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (FollowUp.REMINDER, "林知远关于人脸信息的催告函"),
        (FollowUp.IDENTITY, "林知远关于身份核验方式的回复"),
        (FollowUp.WITHDRAWAL, "林知远关于人脸信息的撤回同意通知书"),
        (FollowUp.BREACH, "林知远的个人信息泄露情况询问函"),
    ],
)
def test_a_letter_after_the_first_is_named_by_its_title(kind: FollowUp, said: str) -> None:
    for letters in Letters:
        title = template.load(kind.value, letters.languages[0]).title
        one = papers.letter()
        other = replace(
            one,
            kind=kind.value,
            letters=letters,
            items=(),
            document=replace(one.document, title=title, letters=letters),
        )
        assert ems.contents(papers.posting(letter=other)) == said


def test_a_paper_for_an_authority_is_posted_to_its_office_not_to_the_handler() -> None:
    one = papers.letter()
    other = replace(
        one,
        kind=FollowUp.POLICE.value,
        handler_name="杭州市公安局西湖区分局",
        document=replace(one.document, title="情况反映"),
    )
    brief = papers.posting(letter=other)
    made = text(ems.written(brief, LAWS))
    assert ems.contents(brief) == "林知远关于杭州样例野趣乐园有限公司的情况反映"
    assert "杭州市公安局西湖区分局" in made
    assert "法务部" not in made
    assert HANDLER.address not in made
    assert beside.receiver(brief, Language.EN) == "杭州市公安局西湖区分局"


def test_blanks_stand_where_an_address_or_a_telephone_number_is_not_known() -> None:
    bare = replace(HANDLER, address="", phone="")
    made = ems.written(papers.posting(handler=bare), LAWS)
    box = [block for block in made.blocks if isinstance(block, Fields)][-1]
    rows = dict(box.rows)
    assert set(rows["收件地址"]) == set(rows["收件电话"]) == {"_"}
    assert rows["收件单位"] == HANDLER.name


def test_the_advice_on_the_sheet_is_marked_as_practice() -> None:
    assert "所列做法是实务经验，不是法律的要求" in text(ems.written(papers.posting(), LAWS))
    assert "no requirement of law" in text(ems.written(papers.posting(letters=Letters.EN), LAWS))


@pytest.mark.parametrize("letters", ONE)
def test_the_checklist_has_a_row_for_each_place_and_a_column_for_what_stays(
    letters: Letters,
) -> None:
    made = deletion_checklist.written(papers.deleting(letters=letters), LAWS)
    [table] = [block for block in made.blocks if isinstance(block, Table)]
    assert len(table.rows) == 8
    assert {len(row) for row in table.rows} == {len(table.head)} == {6}
    assert [row[0][:2] for row in table.rows] == [f"{number}." for number in range(1, 9)]
    assert all(row[1:5] == ("", "", "", "") for row in table.rows)
    assert all(row[5].count("□") == 3 for row in table.rows)
    for key in ("pipl:47(1)", "pipl:47(2)"):
        assert LAWS.state(key, date(2026, 11, 23)) is State.IN_FORCE


def test_in_two_steps_the_checklist_waits_for_the_confirmation() -> None:
    two = text(deletion_checklist.written(papers.deleting(), LAWS))
    one = text(deletion_checklist.written(papers.deleting(two_step=False), LAWS))
    assert "在此之前，请勿删除" in two
    assert "请勿删除" not in one


def test_the_box_for_a_stamp_confirms_receipt_only_and_stands_last_once() -> None:
    brief = papers.receiving()
    made = receipt.stamped(brief, LAWS)
    assert made.blocks[:-1] == brief.letter.document.blocks
    assert "仅表示收到上述文书，不表示同意其内容" in text(papers.box(brief))
    again = replace(brief, letter=replace(brief.letter, document=made))
    assert receipt.stamped(again, LAWS) == made


def test_the_box_counts_enclosures_where_they_are_known() -> None:
    assert "共4页；无附件" in text(papers.box(papers.receiving()))
    assert "附件2件" in text(papers.box(papers.receiving("relative")))
    one = papers.letter()
    court = replace(one, kind=FollowUp.POLICE.value)
    assert "附件____件" in text(papers.box(papers.receiving(letter=court, pages=None)))
    assert "共____页" in text(papers.box(papers.receiving(letter=court, pages=None)))


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("letters", Letters)
def test_a_value_stays_what_it_is_in_every_paper(trick: str, letters: Letters) -> None:
    person = replace(PERSON, name=trick, name_en=trick, phone=trick, address=trick)
    handler = replace(HANDLER, name=trick, name_en=trick, address=trick, phone=trick)
    agent = replace(papers.AGENT, name=trick, name_en=trick, phone=trick)
    made = (
        poa.written(
            papers.power(
                letters=letters, person=person, handler=handler, agent=agent, powers=(trick,)
            ),
            LAWS,
        ),
        ems.written(papers.posting(letters=letters, person=person, handler=handler), LAWS),
        deletion_checklist.written(
            papers.deleting(letters=letters, person=person, handler=handler), LAWS
        ),
    )
    for paper, name in zip(made, ("poa", "ems", "deletion-checklist"), strict=True):
        plain = MADE[name](SELF, letters)
        assert len(paper.blocks) - len(plain.blocks) in (
            {2, 4} if name == "poa" and letters is Letters.BOTH else {0, 2}
        )
        assert trick in "\n".join(strings(paper))


def test_long_names_and_addresses_stay_inside_the_page() -> None:
    name, address = "长" * 59 + "司", "号" * 300
    handler = replace(HANDLER, name=name, name_en="L" * 60, address=address)
    person = replace(PERSON, name="名" * 60, address=address)
    agent = replace(papers.AGENT, name="人" * 60)
    for letters in Letters:
        for paper in (
            poa.written(
                papers.power(letters=letters, person=person, handler=handler, agent=agent), LAWS
            ),
            ems.written(papers.posting(letters=letters, person=person, handler=handler), LAWS),
            deletion_checklist.written(
                papers.deleting(letters=letters, person=person, handler=handler), LAWS
            ),
        ):
            assert pdf.to_bytes(paper) == pdf.to_bytes(paper)
            assert 1 <= pdf.pages(paper) <= 4
