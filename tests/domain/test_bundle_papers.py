"""Tests of the papers around the exhibits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pirights.domain.bundle import Group, arranged, paged
from pirights.domain.bundle_frame import BundleFacts
from pirights.domain.bundle_papers import (
    Event,
    catalogue,
    cover,
    numeral,
    timeline,
)
from pirights.domain.document import (
    Document,
    Fields,
    Heading,
    Language,
    Letters,
    Paragraph,
    Signature,
    Table,
    Title,
)
from pirights.domain.root_sheet import in_groups, root_sheet
from pirights.domain.words import Words
from tests.domain.test_bundle import EXHIBIT

ROOT = "0123456789abcdef" * 4
FACTS = BundleFacts(
    name="PR-2026-7K3M9QX-C-20261125",
    reference="PR-2026-7K3M9QX-C",
    person="张某某 <b>{{x}}</b>",
    handler=Words(zh="某某野生动物世界有限公司", en="Sample Wildlife Park Co., Ltd."),
    on=date(2026, 11, 25),
    exhibits=3,
    pages=8,
    letters=Letters.BOTH,
)
ENGLISH = replace(FACTS, person_en="Zhang Moumou")
EXHIBITS = paged(
    arranged([replace(EXHIBIT, group=group) for group in (Group.DEMAND, Group.REPLY, Group.REPLY)]),
    [1, 5, 2],
)
EVENTS = [
    Event(
        when="2026-11-20 18:05",
        claimed=Words(zh="被要求刷脸。", en="Asked to scan."),
        exhibits=(1, 2),
    ),
    Event(
        when="2026-11-21",
        claimed=Words(zh="寄出请求书。", en="Sent the request."),
        confirmed=Words(zh="邮政企业收寄。", en="Accepted by the carrier."),
    ),
]
MAKERS: list[Callable[[BundleFacts], Document]] = [
    cover,
    lambda facts: catalogue(facts, EXHIBITS),
    lambda facts: timeline(facts, EVENTS),
    lambda facts: root_sheet(facts, ROOT),
]


def printed(document: Document, language: Language) -> str:
    """Everything a paper says in one language, in order."""
    said: list[str] = []
    for block in document.blocks:
        if block.language is not language:
            continue
        match block:
            case Fields(rows=rows):
                said += [cell for row in rows for cell in row]
            case Table(head=head, rows=rows):
                said += [*head, *(cell for row in rows for cell in row)]
            case Signature(lines=lines):
                said += lines
            case Title(text=text) | Heading(text=text) | Paragraph(text=text):
                said.append(text)
            case _:
                raise AssertionError(block)
    return "\n".join(said)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("letters", list(Letters))
def test_each_paper_is_whole_in_each_language(
    make: Callable[[BundleFacts], Document], letters: Letters
) -> None:
    document = make(replace(FACTS, letters=letters))
    kinds = {
        language: [
            type(block)
            for block in document.blocks
            if block.language is language and not isinstance(block, Signature)
        ]
        for language in Language
    }
    for language in Language:
        assert bool(kinds[language]) == (language in letters.languages)
    if letters is Letters.BOTH:
        assert kinds[Language.ZH] == kinds[Language.EN]
    assert (document.on, document.reference) == (FACTS.on, FACTS.reference)


@pytest.mark.parametrize("make", MAKERS)
def test_what_the_user_wrote_stays_as_it_is(make: Callable[[BundleFacts], Document]) -> None:
    text = printed(make(FACTS), Language.ZH)
    if make is not MAKERS[3]:
        assert "张某某 <b>{{x}}</b>" in text


def test_the_cover_says_what_a_stamp_does_not_prove() -> None:
    assert "不证明其内容属实" in printed(cover(FACTS), Language.ZH)
    assert "not that their content is true" in printed(cover(FACTS), Language.EN)
    assert "共3件，装订本共8页" in printed(cover(FACTS), Language.ZH)


def test_no_paper_inside_the_bundle_prints_a_root_sum() -> None:
    for make in MAKERS[:3]:
        assert ROOT[:8] not in printed(make(FACTS), Language.ZH)


def test_the_catalogue_is_grouped_and_gives_bound_pages() -> None:
    text = printed(catalogue(FACTS, EXHIBITS), Language.ZH)
    assert text.index("第一组　要求人脸识别的情况") < text.index("第二组　答复情况")
    tables = [block for block in catalogue(FACTS, EXHIBITS).blocks if isinstance(block, Table)]
    assert [row[4] for row in tables[0].rows + tables[1].rows] == ["1", "2-6", "7-8"]
    assert tables[0].head == ("序号", "证据名称", "证据来源", "证明目的", "页码", "原件/复印件")
    assert all(len(row) == len(table.head) for table in tables for row in table.rows)


def test_the_timeline_keeps_claims_and_confirmations_apart() -> None:
    table = next(block for block in timeline(FACTS, EVENTS).blocks if isinstance(block, Table))
    assert table.rows == (
        ("2026-11-20 18:05", "被要求刷脸。", "——", "1、2"),
        ("2026-11-21", "寄出请求书。", "邮政企业收寄。", ""),
    )


def test_the_sheet_shows_the_root_in_groups_that_can_be_read_aloud() -> None:
    grouped = in_groups(ROOT)
    assert grouped.split("\n")[0] == "01234567 89abcdef 01234567 89abcdef"
    assert "".join(grouped.split()) == ROOT
    assert grouped in printed(root_sheet(FACTS, ROOT), Language.ZH)


def test_the_sheet_says_whether_a_third_party_confirms_a_time() -> None:
    assert "没有第三方证明的时间" in printed(root_sheet(FACTS, ROOT), Language.ZH)
    told = Words.same("2026-11-25 09:00:01Z, Example TSA")
    stamped = root_sheet(FACTS, ROOT, third_party_time=told)
    assert "没有第三方证明的时间" not in printed(stamped, Language.ZH)
    assert "2026-11-25 09:00:01Z, Example TSA" in printed(stamped, Language.EN)


def test_what_is_signed_has_one_place_to_sign() -> None:
    for make in (MAKERS[1], MAKERS[3]):
        signatures = [block for block in make(FACTS).blocks if isinstance(block, Signature)]
        assert len(signatures) == 1
        assert signatures[0].lines[0].startswith("提交人（签名） / Submitted by：")


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (12, "十二")])
def test_groups_are_counted_in_chinese(number: int, text: str) -> None:
    assert numeral(number) == text


def test_each_half_names_the_person_in_its_own_language_where_the_english_name_is_known() -> None:
    for facts, names in ((FACTS, [FACTS.person] * 2), (ENGLISH, [FACTS.person, "Zhang Moumou"])):
        for paper in (cover(facts), catalogue(facts, EXHIBITS), timeline(facts, EVENTS)):
            heads = [block for block in paper.blocks if isinstance(block, Fields)]
            assert [head.rows[1][1] for head in heads] == names
