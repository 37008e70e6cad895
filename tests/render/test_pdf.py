"""The file: the same every time, complete in itself, readable, and silent about its maker."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import product
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from pirights.domain.document import Document, Language, Letters, Paragraph, Title
from pirights.errors import MissingGlyph
from pirights.render import fonts, pdf
from pirights.render.blocks import MEASURE, Composer, Tightness
from pirights.render.paper import A4
from pirights.render.strips import paginate
from pirights.render.typeset import Typesetter
from tests.needs import program
from tests.render.sample_letter import (
    ASKED,
    ASKED_EN,
    BASIS,
    BASIS_EN,
    HANDLER,
    LITERAL,
    ZH,
    catalogue,
    letter,
)

ROOT = Path(__file__).parents[2]
EDGE = (A4[0] - MEASURE) / 2


def _text(data: bytes, tmp_path: Path, *options: str) -> str:
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    told = subprocess.run(
        ["pdftotext", *options, str(path), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    return told.stdout


def _bare(text: str) -> str:
    """Drop what line breaks add: blanks, footers, page breaks."""
    text = re.sub(r"(?m)^PR-2026-7K3M9QX-C\s+.*$|^第 \d.*$|^Page \d.*$", "", text)
    return re.sub(r"\s+", "", text)


def _pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _one_paragraph(text: str, letters: Letters = Letters.ZH) -> Document:
    language = letters.languages[0]
    return Document(
        title="函",
        letters=letters,
        reference="",
        on=date(2026, 11, 30),
        blocks=(Paragraph(text=text, language=language),),
    )


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "America/New_York", "PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "86400"},
        {"TZ": "UTC", "LC_ALL": "C", "HOME": "/nonexistent"},
    ],
)
def test_the_same_letter_is_the_same_bytes_in_any_surroundings(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    program = (
        "import sys; from pirights.render import pdf;"
        "from tests.render.sample_letter import letter;"
        "sys.stdout.buffer.write(pdf.to_bytes(letter()))"
    )
    made = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **surroundings},
        capture_output=True,
        check=True,
    )
    assert made.stdout == pdf.to_bytes(letter())


def test_a_letter_after_other_letters_is_the_same_bytes() -> None:
    first = pdf.to_bytes(letter())
    pdf.to_bytes(letter(Letters.EN, items=9))
    assert pdf.to_bytes(letter()) == first


def test_another_text_has_another_identifier() -> None:
    one, two = (
        pikepdf.open(BytesIO(pdf.to_bytes(_one_paragraph(text)))).trailer.ID[0] for text in "甲乙"
    )
    assert bytes(one) != bytes(two)


def test_the_file_is_dated_and_titled_like_the_letter_and_names_no_maker() -> None:
    data = pdf.to_bytes(letter())
    with pikepdf.open(BytesIO(data)) as file:
        facts = {str(key): str(value) for key, value in file.docinfo.items()}
        assert facts == {
            "/Title": "个人信息权益行使请求书",
            "/CreationDate": "D:20261130000000+08'00'",
            "/ModDate": "D:20261130000000+08'00'",
        }
        assert str(file.Root.Lang) == "zh-CN"
        # PDF/A wants the same facts as XMP too; tests of archival read those.
        assert "/Metadata" in file.Root
    for word in (b"ReportLab", b"reportlab", b"pirights", str(ROOT).encode(), b"templates"):
        assert word not in data


def test_the_date_follows_the_letters_zone() -> None:
    west = replace(letter(), zone="America/St_Johns")
    with pikepdf.open(BytesIO(pdf.to_bytes(west))) as file:
        assert str(file.docinfo.CreationDate) == "D:20261130000000-03'30'"


def test_an_english_letter_is_tagged_english() -> None:
    with pikepdf.open(BytesIO(pdf.to_bytes(letter(Letters.EN)))) as file:
        assert str(file.Root.Lang) == "en"


@program("qpdf")
def test_the_file_has_no_structural_fault(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    assert pdf.write(letter(items=12, extra=(catalogue(30),)), path) > 2
    assert b"No syntax" in subprocess.run(
        ["qpdf", "--check", str(path)], capture_output=True, check=True
    ).stdout  # fmt: skip


@program("pdffonts")
def test_every_font_is_embedded_and_subset_and_none_is_a_base_font(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    pdf.write(letter(), path)
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, text=True)
    named = listed.stdout.splitlines()[2:]
    assert len(named) == 2
    for font in named:
        assert re.match(r"[A-Z]{6}\+Noto(Serif|Sans)SC-", font)
        assert font.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, readable


@program("pdftotext")
@pytest.mark.parametrize("options", [(), ("-layout",), ("-raw",)])
def test_the_text_comes_out_whole_and_in_reading_order(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    told = _bare(_text(pdf.to_bytes(letter(items=1)), tmp_path, *options))
    expected = ["个人信息权益行使请求书", "致（个人信息处理者）", LITERAL, "一、请求事项",
                "1." + ASKED, BASIS, ASKED_EN, BASIS_EN, "请求人（签名）", "签收栏"]  # fmt: skip
    at = [told.find(_bare(text)) for text in expected]
    assert -1 not in at
    assert at == sorted(at)


def test_another_reader_finds_the_same_text() -> None:
    told = _bare("".join(_pages(pdf.to_bytes(letter(items=1)))))
    for text in (LITERAL, "1." + ASKED, BASIS, "张㛃䶮"):
        assert _bare(text) in told


@program("pdftotext")
def test_no_blank_comes_between_chinese_characters_in_the_text(tmp_path: Path) -> None:
    told = _text(pdf.to_bytes(letter(items=3)), tmp_path)
    assert re.findall(r"[\u4e00-\u9fff] [\u4e00-\u9fff]", told.replace("页 共", "")) == []
    assert "于2026年11月20日18时05分在" in told
    assert "——" in told
    assert "……" in told


@program("pdftotext")
def test_markup_in_a_field_is_printed_as_it_was_written(tmp_path: Path) -> None:
    told = _text(pdf.to_bytes(_one_paragraph(LITERAL)), tmp_path)
    assert LITERAL in told


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        (Letters.ZH, "第 1 页 共 1 页"),
        (Letters.EN, "Page 1 of 1"),
        (Letters.BOTH, "第 1 页 共 1 页 / Page 1 of 1"),
    ],
)
def test_the_footer_has_reference_and_page(letters: Letters, said: str) -> None:
    pages = _pages(pdf.to_bytes(letter(letters, items=1)))
    footer = pages[-1].splitlines()
    assert any(line.startswith("PR-2026-7K3M9QX-C") for line in footer)
    assert said in pages[-1]


def test_every_page_is_counted_in_the_footer() -> None:
    pages = _pages(pdf.to_bytes(letter(items=12)))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页 共 {len(pages)} 页 / Page {number} of {len(pages)}" in page


def test_nothing_runs_out_of_the_text_area() -> None:
    unbroken = "杭州野趣" * 60 + "A" * 300
    document = letter(
        items=4,
        title="关于" + "很长的名称" * 12 + "的请求书",
        extra=(catalogue(5, words=9), Paragraph(text=unbroken, language=ZH), catalogue(1)),
    )
    with pypdfium2.PdfDocument(pdf.to_bytes(document)) as file:
        for page in file:
            text = page.get_textpage()
            for at in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(at)
                if not text.get_text_range(at, 1).strip():
                    continue
                assert left > EDGE - 1
                assert right < A4[0] - EDGE + 1
                assert bottom > 30
                assert top < A4[1] - 60


def test_what_leads_to_a_table_stands_on_the_page_where_the_table_begins() -> None:
    lead = Paragraph(text="证据如下表所列。", language=ZH)
    torn = 0
    for count in range(26, 38):
        lines = tuple(Paragraph(text=f"第{number}行。", language=ZH) for number in range(count))
        document = replace(letter(), blocks=(*lines, lead, catalogue(9)))
        pages = _pages(pdf.to_bytes(document))
        head = catalogue(9).head[0]
        [at] = [number for number, page in enumerate(pages) if lead.text in page]
        assert head in pages[at]
        torn += at
    assert 0 < torn < 12  # the table began on the first page, and on the second


def test_a_letter_that_just_misses_one_page_is_drawn_together() -> None:
    saved = []
    for lines in range(30):
        lining = (Paragraph(text="行", language=ZH, indent=False),) * lines
        document = letter(Letters.ZH, items=1, extra=lining)
        strips = Composer(Typesetter(), Tightness()).compose(document.blocks)
        natural = len(paginate(strips, A4[1] - 138))
        made = len(_pages(pdf.to_bytes(document)))
        assert made <= natural
        saved.append(natural - made)
    assert 0 < sum(saved) < 8


def test_a_character_that_only_the_other_face_has_is_printed_in_its_place() -> None:
    data = pdf.to_bytes(letter(Letters.ZH, items=1, title="甲\u9fff乙请求书"))
    assert "甲\u9fff乙请求书" in _pages(data)[0]


def test_reportlabs_own_canvas_can_write_with_the_faces() -> None:
    fonts.register()
    canvas = Canvas(BytesIO(), invariant=1, initialFontName=fonts.SERIF)
    canvas.setFont(fonts.SANS, 12)
    canvas.drawString(72, 700, "证据 E001 (1/3)\\")
    assert "证据 E001 (1/3)\\" in _pages(canvas.getpdfdata())[0]


def test_a_missing_glyph_stops_the_letter_and_tells_where() -> None:
    with pytest.raises(MissingGlyph) as caught:
        pdf.to_bytes(_one_paragraph("请求人：𠮷川"))
    assert "𠮷 (U+20BB7)" in str(caught.value)
    assert "请求人：𠮷川" in str(caught.value)


def test_a_file_that_cannot_be_made_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    pdf.write(letter(), path)
    before = path.read_bytes()
    with pytest.raises(MissingGlyph):
        pdf.write(_one_paragraph("👀"), path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_document_without_blocks_is_an_empty_page() -> None:
    nothing = replace(letter(Letters.ZH), blocks=())
    assert len(_pages(pdf.to_bytes(nothing))) == 1


def test_empty_texts_do_no_harm() -> None:
    blocks = (Title(text="", language=ZH), Paragraph(text="", language=Language.EN))
    assert len(_pages(pdf.to_bytes(replace(letter(), title="", blocks=blocks)))) == 1


def test_the_handlers_long_name_wraps_inside_its_box() -> None:
    page = _pages(pdf.to_bytes(letter(Letters.ZH, items=1)))[0]
    assert _bare(HANDLER) in _bare(page)


def test_no_english_is_kept_with_its_chinese_where_that_costs_a_page() -> None:
    pair = [
        Paragraph(text="中" * 60, language=Language.ZH),
        Paragraph(text="The same in English. " * 9, language=Language.EN),
    ]
    line = Paragraph(text="行", language=Language.ZH, indent=False)
    room = A4[1] - 138
    costly = 0
    for above, below in product(range(30, 45), range(25, 45)):
        blocks = (*[line] * above, *pair, *[line] * below)
        strips = Composer(Typesetter(), Tightness()).compose(blocks)
        held, loose = (len(paginate(strips, room, paired=paired)) for paired in (True, False))
        if held > loose:
            costly += 1
            assert pdf.pages(replace(letter(Letters.BOTH), blocks=blocks)) == loose
    assert costly
