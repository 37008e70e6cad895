"""Pages end where nothing is torn from what it belongs to."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.document import (
    Block,
    Heading,
    Item,
    Language,
    Letters,
    Paragraph,
    ReceiptBox,
    Signature,
)
from pirights.render.blocks import Composer, Tightness
from pirights.render.sorts import read
from pirights.render.strips import Placed, Strip, paginate
from pirights.render.typeset import Typesetter
from tests.render.sample_letter import ASKED, BASIS, ZH, catalogue, letter

ROOM = 700.0


def _pages(blocks: Sequence[Block], room: float = ROOM) -> list[list[Placed]]:
    return paginate(Composer(Typesetter(), Tightness()).compose(blocks), room)


def _texts(page: Sequence[Placed]) -> list[str]:
    return [
        "".join(read(mark.line.sorts) for mark in placed.strip.marks)
        for placed in page
        if placed.strip.marks
    ]


def _filler(lines: int) -> list[Block]:
    return [Paragraph(text="行", language=ZH, indent=False) for _ in range(lines)]


@given(st.lists(st.tuples(st.integers(5, 60), st.booleans()), max_size=40))
def test_pages_hold_every_strip_once_in_order_and_none_too_many(
    sizes: list[tuple[int, bool]],
) -> None:
    strips = [Strip(float(height), gap=3.0, tied=tied) for height, tied in sizes]
    pages = paginate(strips, 100.0)
    assert [placed.strip for page in pages for placed in page] == strips
    for page in pages:
        if len(page) > 1:
            assert page[-1].top + page[-1].strip.height <= 100.01


@given(st.lists(st.tuples(st.integers(5, 20), st.booleans()), max_size=40))
def test_a_page_ends_below_a_tied_strip_only_if_all_of_it_is_tied(
    sizes: list[tuple[int, bool]],
) -> None:
    strips = [Strip(float(height), tied=tied) for height, tied in sizes]
    for page in paginate(strips, 100.0)[:-1]:
        if page[-1].strip.tied:
            assert all(placed.strip.tied for placed in page)


def test_nothing_at_all_is_one_empty_page() -> None:
    assert paginate([], 100.0) == [[]]


@pytest.mark.parametrize("lines", range(30, 48))
def test_a_signature_is_never_without_two_lines_of_what_it_signs(lines: int) -> None:
    signed = [*_filler(lines), Signature(lines=("签名", "日期"), language=ZH)]
    last = _texts(_pages(signed)[-1])
    assert last[-2:] == ["签名", "日期"]
    assert last[-4:-2] == ["行", "行"]


@pytest.mark.parametrize("lines", range(30, 48))
def test_a_heading_is_never_last_on_a_page(lines: int) -> None:
    blocks = [
        *_filler(lines),
        Heading(text="一、请求事项", language=ZH),
        Heading(text="1. What I ask for", language=Language.EN),
        Item(number=1, text=ASKED, basis=BASIS, language=ZH),
    ]
    for page in _pages(blocks):
        assert _texts(page)[-1] not in {"一、请求事项", "1. What I ask for"}


@pytest.mark.parametrize("letters", Letters)
@pytest.mark.parametrize("lines", range(25, 50))
def test_what_leads_in_to_items_is_on_the_page_of_the_first(letters: Letters, lines: int) -> None:
    said = {Language.ZH: "谨请一并说明。", Language.EN: "Please tell me."}
    blocks = [
        *_filler(lines),
        *(Heading(text="三、其他", language=one) for one in letters.languages),
        *(Paragraph(text=said[one], language=one) for one in letters.languages),
        *(Item(number=1, text=ASKED, basis=BASIS, language=one) for one in letters.languages),
    ]
    pages = _pages(blocks)
    (page,) = [texts for one in pages if said[letters.languages[0]] in (texts := _texts(one))]
    at = page.index(said[letters.languages[-1]])
    assert page[at + 1].startswith("1.")
    assert page.index(said[letters.languages[0]]) == at + 1 - len(letters.languages)


@pytest.mark.parametrize("lines", range(30, 48))
def test_no_page_begins_or_ends_with_one_line_of_a_paragraph(lines: int) -> None:
    long = Paragraph(text="长" * 40 * 5, language=ZH, indent=False)
    pages = _pages([*_filler(lines), long, *_filler(30)])
    counts = [sum(text.startswith("长") for text in _texts(page)) for page in pages]
    assert sum(counts) == 5
    assert 1 not in counts


@pytest.mark.parametrize("lines", range(25, 48))
def test_a_basis_stays_with_its_item(lines: int) -> None:
    blocks = [*_filler(lines), Item(number=1, text=ASKED * 2, basis=BASIS, language=ZH)]
    for page in _pages(blocks):
        if BASIS in (texts := _texts(page)):
            assert texts[texts.index(BASIS) - 1] != "行"
            assert texts.index(BASIS) >= 2


@pytest.mark.parametrize("lines", range(28, 48))
def test_a_receipt_box_stays_whole_and_with_the_lines_before_it(lines: int) -> None:
    box = ReceiptBox(lines=("签收栏", "盖章"), language=ZH)
    pages = _pages([*_filler(lines), box])
    assert _texts(pages[-1])[-4:] == ["行", "行", "签收栏", "盖章"]
    holding = [page for page in pages if any(placed.strip.frame for placed in page)]
    assert len(holding) == 1
    framed = [placed for placed in holding[0] if placed.strip.frame]
    assert framed[-1].top + framed[-1].strip.height - framed[0].top > 109.9


def test_a_table_repeats_its_head_on_every_page() -> None:
    pages = _pages([catalogue(60)])
    assert len(pages) > 1
    assert all(_texts(page)[0].startswith("序号") for page in pages)


def test_a_row_taller_than_a_page_goes_on_over_pages_and_loses_nothing() -> None:
    pages = _pages([catalogue(1, words=200)])
    assert len(pages) > 1
    joined = "".join("".join(_texts(page)) for page in pages)
    assert joined.count("证明现场") > 150
    assert "".join(joined.split("序号证据名称证明目的页码")).count("证") >= 200


def test_a_short_row_is_not_cut() -> None:
    for page in _pages([catalogue(80, words=3)])[:-1]:
        body = [placed.strip for placed in page if placed.strip.row >= 0]
        last = body[-1].row
        assert sum(strip.row == last for strip in body) == 2


def test_no_column_is_narrower_than_its_head() -> None:
    head = _texts(_pages([catalogue(1)])[0])[0]
    assert head == "序号证据名称证明目的页码"


def test_a_whole_letter_of_forty_items_keeps_every_item_in_order() -> None:
    pages = _pages(letter(Letters.BOTH, items=40).blocks)
    numbers = [
        read(placed.strip.marks[0].line.sorts)
        for page in pages
        for placed in page
        if len(placed.strip.marks) == 2 and placed.strip.frame is None
    ]
    assert numbers == [f"{number}." for number in range(1, 41) for _ in range(2)]


@pytest.mark.parametrize("lines", range(25, 50))
def test_what_leads_in_to_a_list_is_on_the_page_of_the_first(lines: int) -> None:
    blocks = [
        *_filler(lines),
        Paragraph(text="时间和地点为：", language=ZH),
        Paragraph(text="（1）某日某时。", language=ZH),
    ]
    pages = [_texts(page) for page in _pages(blocks)]
    assert all(page[-1] != "时间和地点为：" for page in pages)


@pytest.mark.parametrize("lines", range(25, 50))
def test_a_short_paragraph_and_its_english_are_on_one_page(lines: int) -> None:
    blocks = [
        *_filler(lines),
        Paragraph(text="两种文本不一致的，以中文文本为准。", language=ZH),
        Paragraph(text="The Chinese text prevails.", language=Language.EN),
    ]
    pages = [_texts(page) for page in _pages(blocks)]
    assert all(not page[-1].startswith("两种") for page in pages)


@pytest.mark.parametrize("filled", range(20, 50))
def test_neither_the_first_row_of_a_table_nor_the_last_is_alone(filled: int) -> None:
    for page in _pages([*_filler(filled), catalogue(30)]):
        rows = {placed.strip.row for placed in page if placed.strip.frame and placed.strip.row >= 0}
        assert len(rows) != 1
