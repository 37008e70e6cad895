"""The letter for a word processor: read back by two other programs, and nothing of it lost."""

import os
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx as reader
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Item,
    Language,
    Letters,
    Paragraph,
    ReceiptBox,
    Signature,
)
from pirights.render import docx, word_widths
from pirights.render.contents import strings
from tests.needs import program
from tests.render import hostile_letter
from tests.render.hostile_letter import hostile
from tests.render.sample_letter import ASKED, BASIS, BASIS_EN, EN, ZH, catalogue, letter

FONTS = Path(__file__).parents[2] / "templates" / "fonts"


def opened(document: Document) -> WordDocument:
    return reader.Document(BytesIO(docx.to_bytes(document)))


def parts(document: Document) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(docx.to_bytes(document))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def styled(word: WordDocument) -> list[tuple[str, str]]:
    return [(str(one.style.name), one.text) for one in word.paragraphs if one.style and one.text]


def all_words(word: WordDocument) -> str:
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


def bare(text: str) -> str:
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def one_item(number: int, language: Language = ZH, basis: str = "") -> Item:
    return Item(number=number, text=f"事项{number}。", language=language, basis=basis)


# --- styles


def test_blocks_become_words_own_styles() -> None:
    assert [style for style, _ in styled(opened(letter(Letters.ZH, items=1)))] == [
        "Title",
        "Normal",
        "Heading 1",
        "List Number",
        "List Continue",
        "Signature",
        "Signature",
    ]


def test_headings_go_three_deep_and_small_print_has_a_style() -> None:
    blocks: tuple[Block, ...] = (
        *(Heading(text=str(level), language=ZH, level=level) for level in (1, 2, 3, 4)),
        Paragraph(text="说明", language=ZH, indent=False),
        Paragraph(text="附注", language=ZH, small=True),
    )
    found = styled(opened(replace(letter(Letters.ZH), blocks=blocks)))
    assert [style for style, _ in found] == [
        *("Heading 1", "Heading 2", "Heading 3", "Heading 3"),
        *("Body Text", "Small Print"),
    ]


def test_the_second_language_has_styles_based_on_the_first_ones() -> None:
    word = opened(letter(Letters.BOTH, items=1))
    found = styled(word)
    assert ("Heading 1", "一、请求事项") in found
    assert ("heading 1 (English)", "1. What I ask for") in found
    english = word.styles["heading 1 (English)"]
    assert english.base_style.name == "Heading 1"
    assert {style for style, _ in styled(opened(letter(Letters.EN, items=1)))} == {
        *("Title", "Heading 1", "List Number", "List Continue", "Signature"),
    }


def test_every_style_names_a_chinese_font_and_both_languages() -> None:
    word = opened(letter(Letters.BOTH))
    for style in word.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            shape = style.element.rPr
            assert shape.rFonts.get(qn("w:eastAsia")) in {"宋体", "黑体"}, style.name
            tag = shape.find(qn("w:lang"))
            assert (tag.get(qn("w:val")), tag.get(qn("w:eastAsia"))) == ("en-US", "zh-CN")


def test_only_chinese_text_takes_its_quotation_marks_from_the_chinese_font() -> None:
    word = opened(letter(Letters.BOTH, items=1))
    hints = {}
    for one in word.paragraphs:
        for run in one.runs:
            faces = run._r.rPr.rFonts if run._r.rPr is not None else None
            hints[run.text] = faces.get(qn("w:hint")) if faces is not None else None
    assert hints[ASKED] == "eastAsia"
    assert hints["1. What I ask for"] is None


def test_chinese_running_text_is_set_in_by_two_characters() -> None:
    normal = opened(letter(Letters.ZH)).styles["Normal"].element
    assert normal.pPr.ind.get(qn("w:firstLineChars")) == "200"
    english = opened(letter(Letters.EN)).styles["Normal"].element
    assert english.pPr.ind.get(qn("w:firstLineChars")) is None


# --- page, footer, properties


def test_the_page_is_a4_with_the_measure_of_the_pdf() -> None:
    section = opened(letter()).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.left_margin is not None
    assert section.right_margin is not None
    assert abs(section.page_width - Mm(210)) < Pt(0.1)
    assert abs(section.page_height - Mm(297)) < Pt(0.1)
    assert section.page_width - section.left_margin - section.right_margin == Pt(440)


@pytest.mark.parametrize(
    ("letters", "says"),
    [
        (Letters.ZH, "第 1 页 共 1 页"),
        (Letters.EN, "Page 1 of 1"),
        (Letters.BOTH, "第 1 页 共 1 页 / Page 1 of 1"),
    ],
)
def test_the_footer_counts_pages_in_the_letters_languages(letters: Letters, says: str) -> None:
    footer = opened(letter(letters)).sections[0].footer.paragraphs[0]._p
    texts = [node.text for node in footer.iter(qn("w:t"))]
    assert "".join(texts) == f"PR-2026-7K3M9QX-C{says}"
    fields = [field.get(qn("w:instr")).strip() for field in footer.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"] * len(letters.languages)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles", "Pacific/Auckland"])
def test_the_properties_give_title_and_the_letters_own_day_and_nobodys_name(zone: str) -> None:
    core = opened(replace(letter(), zone=zone)).core_properties
    assert core.title == "个人信息权益行使请求书"
    assert core.language == "zh-CN"
    assert core.created == core.modified
    assert core.created is not None
    assert core.created.date() in {date(2026, 11, 29), date(2026, 11, 30)}
    if zone == "Asia/Shanghai":
        assert core.created == datetime(2026, 11, 30, 4, tzinfo=UTC)
    assert (core.author, core.last_modified_by, core.comments, core.keywords) == ("", "", "", "")


def test_no_program_is_named_and_no_part_is_left_over_from_a_template() -> None:
    found = parts(letter())
    assert sorted(found) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]
    whole = b"".join(found.values()).lower()
    for word in (b"python", b"pirights", b"microsoft office", b"application>", b"rsid", b"macro"):
        assert word not in whole, word


def test_the_same_letter_is_the_same_octets_and_the_zip_tells_no_time() -> None:
    first = docx.to_bytes(letter(items=3))
    assert docx.to_bytes(letter(items=3)) == first
    with zipfile.ZipFile(BytesIO(first)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.namelist()[0] == "[Content_Types].xml"
        assert packed.testzip() is None


# --- lists


def numbers(document: Document) -> list[int]:
    """Count as a word processor does, from the lists alone."""
    word = opened(document)
    lists: Any = word.part.numbering_part.element
    starts, kinds = {}, {}
    for num in lists.iter(qn("w:num")):
        kinds[num.numId] = num.abstractNumId.val
        override = num.find(".//" + qn("w:startOverride"))
        starts[num.numId] = int(override.get(qn("w:val"))) if override is not None else 1
    seen: dict[int, int] = {}
    found = []
    for one in word.paragraphs:
        properties: Any = one._p.pPr
        if properties is not None and properties.numPr is not None:
            which = properties.numPr.numId.val
            seen[which] = seen.get(which, starts[which] - 1) + 1
            found.append(seen[which])
            assert which in kinds
    return found


@pytest.mark.parametrize(
    "wanted", [[1, 2, 3], [1, 2, 3, 7, 8, 3], [4, 5], [1, 1, 1], list(range(1, 201))]
)
def test_items_are_counted_by_lists_and_have_the_letters_numbers(wanted: list[int]) -> None:
    blocks = tuple(one_item(number) for number in wanted)
    assert numbers(replace(letter(Letters.ZH), blocks=blocks)) == wanted


def test_each_language_counts_for_itself() -> None:
    pairs = [one_item(number, language) for number in (1, 2, 5) for language in (ZH, EN)]
    assert numbers(replace(letter(), blocks=tuple(pairs))) == [1, 1, 2, 2, 5, 5]


def test_an_item_stays_with_its_citation() -> None:
    blocks = (one_item(1, basis=BASIS), one_item(2))
    first, basis, second = opened(replace(letter(Letters.ZH), blocks=blocks)).paragraphs
    assert first.paragraph_format.keep_with_next
    assert basis.text == BASIS
    assert not second.paragraph_format.keep_with_next


# --- boxes and signature


def test_a_box_of_fields_and_a_ruled_table_are_tables_as_wide_as_the_text() -> None:
    word = opened(letter(Letters.ZH, extra=(catalogue(3),)))
    fields, table, receipt = word.tables
    assert [[cell.text for cell in row.cells] for row in fields.rows][1] == ["请求人", "张㛃䶮"]
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "证据名称", "证明目的", "页码"]
    assert len(table.rows) == 4
    assert table.rows[0]._tr.trPr is not None
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for row in receipt.rows for cell in row.cells] == [
        "签收栏\n收件单位（盖章）："
    ]
    for one in word.tables:
        assert one.style is not None
        assert one.style.name == "Table Grid"
        assert sum(column.width or 0 for column in one.columns) == Pt(440)


def test_no_column_is_narrower_than_its_head() -> None:
    narrow = catalogue(1)
    widths = word_widths.columns(narrow)
    assert sum(widths) == 8800
    assert widths[0] >= 2 * 10 * 20
    assert word_widths.columns(replace(narrow, head=("很长的表头" * 30,) * 4)) == [2200] * 4


def test_a_box_without_rows_is_left_out() -> None:
    assert opened(replace(letter(), blocks=(Fields(rows=(), language=ZH),))).tables == []


def test_the_signature_stays_together_with_what_it_signs_and_with_the_box_for_the_stamp() -> None:
    word = opened(letter(Letters.BOTH, items=1))
    signing = [one for one in word.paragraphs if one.style and "ignature" in str(one.style.name)]
    assert len(signing) == 4
    assert all(one.paragraph_format.keep_with_next for one in signing)
    texts = [one.text for one in word.paragraphs]
    last = word.paragraphs[texts.index(signing[0].text) - 1]
    assert last.text == BASIS_EN
    assert last.paragraph_format.keep_with_next
    alone = opened(letter(Letters.EN, items=1)).paragraphs[-1]
    assert not alone.paragraph_format.keep_with_next


def test_no_two_tables_touch_and_the_file_does_not_end_with_one() -> None:
    fields = Fields(rows=(("甲", "乙"),), language=ZH)
    box = ReceiptBox(lines=("签收栏",), language=ZH)
    word = opened(replace(letter(), blocks=(fields, fields, box)))
    tags = [child.tag for child in word.element.body]
    assert tags[-1] == qn("w:sectPr")
    assert tags[-2] == qn("w:p")
    assert (qn("w:tbl"), qn("w:tbl")) not in set(pairwise(tags))


def test_a_block_in_a_language_that_the_letter_has_not_is_styled_all_the_same() -> None:
    blocks = (catalogue(1), one_item(1), Signature(lines=("甲",), language=ZH))
    word = opened(replace(letter(Letters.EN), blocks=blocks))
    assert {style for style, _ in styled(word)} == {"List Number", "Signature"}
    cells: list[Any] = [cell.paragraphs[0] for cell in word.tables[0].rows[1].cells]
    assert {cell.style.name for cell in cells} == {"Table Text"}


# --- hostile text


@pytest.mark.parametrize("letters", list(Letters))
def test_hostile_words_are_words(letters: Letters) -> None:
    document = hostile(letters)
    word = opened(document)
    told = bare(all_words(word))
    for block in document.blocks:
        for text in strings(block):
            shown = text.replace(hostile_letter.STEERING, hostile_letter.SHOWN)
            assert bare(shown) in told
    for text in hostile_letter.RARE:
        assert text in told
    assert hostile_letter.MARKUP in str(word.core_properties.title)
    tags = {node.tag for node in word.element.iter() if isinstance(node.tag, str)}
    assert not {tag for tag in tags if "script" in tag.lower() or "img" in tag.lower()}


def test_a_line_break_in_a_text_is_a_line_break() -> None:
    blocks = (Paragraph(text="一\n二\r\n三\t四", language=ZH),)
    (made,) = opened(replace(letter(Letters.ZH), blocks=blocks)).paragraphs
    assert made.text == "一\n二\n三 四"
    assert len(list(made._p.iter(qn("w:br")))) == 2


def test_a_title_longer_than_a_property_may_be_is_cut_there_only() -> None:
    long = "长" * 400
    word = opened(letter(Letters.ZH, title=long))
    assert word.core_properties.title == "长" * 255
    assert word.paragraphs[0].text == long


# --- the other program


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What LibreOffice makes of the letters, as text in reading order."""
    folder = tmp_path_factory.mktemp("word")
    for letters in Letters:
        many = letter(letters, items=30, extra=(catalogue(3),))
        (folder / f"plain-{letters}.docx").write_bytes(docx.to_bytes(many))
        (folder / f"hostile-{letters}.docx").write_bytes(docx.to_bytes(hostile(letters)))
    conf = folder / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{FONTS}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir>"
        "</fontconfig>",
        encoding="utf-8",
    )
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "--outdir", folder),
            *sorted(folder.glob("*.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=300,
        cwd=folder,
        env={**os.environ, "FONTCONFIG_FILE": str(conf), "HOME": str(folder)},
    )
    return {path.stem: printed(path) for path in folder.glob("*.pdf")}


def printed(path: Path) -> str:
    """The words on paper without the footers, which stand last on their pages."""
    raw = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    pages = raw.stdout.decode().split("\f")
    return "\n".join(
        re.sub(r"\n[^\n]*(?:第 \d+ 页|Page \d+ of)[^\n]*\s*\Z", "\n", one) for one in pages
    )


@program("soffice", "pdftotext")
@pytest.mark.parametrize("letters", list(Letters))
def test_another_word_processor_prints_every_item_with_number_and_citation(
    letters: Letters, converted: dict[str, str]
) -> None:
    text = converted[f"plain-{letters}"]
    told = bare(text)
    if Language.ZH in letters.languages:
        assert told.count("请提供贵公司于") == 30
        assert told.count(bare(BASIS)) == 30
        for number in range(1, 31):
            assert bare(f"{number}.{ASKED}{BASIS}") in told
    if Language.EN in letters.languages:
        assert told.count("Pleasegivemeacopy") == 30
        assert told.count(bare(BASIS_EN)) == 30
        for number in range(1, 31):
            assert f"{number}.Pleasegiveme" in told
    for row in range(1, 4):
        assert f"IMG_20261120_{row:06}.jpg" in told


@program("soffice", "pdftotext")
@pytest.mark.parametrize("letters", list(Letters))
def test_another_word_processor_prints_hostile_words_as_words(
    letters: Letters, converted: dict[str, str]
) -> None:
    told = bare(converted[f"hostile-{letters}"])
    count = len(letters.languages)
    places = sum(
        text.count(hostile_letter.MARKUP)
        for block in hostile(letters).blocks
        for text in strings(block)
    )
    assert told.count(bare(hostile_letter.MARKUP)) == places
    for text in (hostile_letter.LONG_NAME, hostile_letter.ADDRESS, hostile_letter.RARE):
        assert told.count(bare(text)) >= count, text
    assert bare(hostile_letter.SHOWN) in told
    assert f"7.{hostile_letter.RARE}" in told


def test_only_a_text_with_a_long_word_is_not_stretched_over_the_hole_before_it() -> None:
    blocks = (
        Paragraph(text="年卡号" + "1234567890" * 3, language=ZH),
        Paragraph(text="年卡号 1234567890", language=ZH),
    )
    long, short = opened(replace(letter(Letters.ZH), blocks=blocks)).paragraphs[:2]
    assert (long.alignment, short.alignment) == (WD_ALIGN_PARAGRAPH.LEFT, None)
