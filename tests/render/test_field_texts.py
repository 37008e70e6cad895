"""Texts for the fields of web forms: whole sentences, whole numbers, counted as code points."""

import re
from datetime import date

import pytest

from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Item,
    Language,
    Letters,
    Paragraph,
    Signature,
    Title,
)
from pirights.render.field_texts import as_text, field_texts, shortened

ZH, EN = Language.ZH, Language.EN
SENTENCE = "2026年9月20日18时05分，在东门3号闸机，设备进行了人脸验证（现场未见告知。）。"


def paper(*blocks: Block, letters: Letters = Letters.ZH) -> Document:
    return Document(
        title="投诉", letters=letters, reference="R", on=date(2026, 11, 23), blocks=blocks
    )


def test_rows_and_sections_become_fields_by_their_parts() -> None:
    found = field_texts(
        paper(
            Title(text="投诉举报材料", language=ZH),
            Title(text="第一部分 投诉", language=ZH),
            Fields(rows=(("致", "某某办公室"), ("被投诉人", "甲公司")), language=ZH),
            Heading(text="一、事实", language=ZH),
            Paragraph(text="（1）甲。", language=ZH),
            Paragraph(text="（2）乙。", language=ZH),
            Signature(lines=("签名：____",), language=ZH),
            Title(text="第二部分 举报", language=ZH),
            Heading(text="十一、请核查的事项", language=ZH),
            Item(number=1, text="请核查。", basis="涉及：某法第一条", language=ZH),
        )
    )
    assert [(one.part, one.name, one.text) for one in found] == [
        ("第一部分 投诉", "致", "某某办公室"),
        ("第一部分 投诉", "被投诉人", "甲公司"),
        ("第一部分 投诉", "事实", "（1）甲。\n（2）乙。"),
        ("第二部分 举报", "请核查的事项", "1. 请核查。（涉及：某法第一条）"),
    ]
    assert [one.characters for one in found] == [5, 3, 11, 17]


def test_of_two_languages_the_chinese_is_taken_and_doubtful_cells_stay_whole() -> None:
    found = field_texts(
        paper(
            Title(text="投诉", language=ZH),
            Title(text="Complaint", language=EN),
            Fields(
                rows=(
                    ("投诉人 / Complainant", "林知远 / Lin Zhiyuan"),
                    ("地址 / Address", "1号楼 / 2号楼"),
                    ("电话 / Phone", "139"),
                ),
                language=ZH,
            ),
            Heading(text="一、事实", language=ZH),
            Heading(text="1. Facts", language=EN),
            Paragraph(text="甲。", language=ZH),
            Paragraph(text="A.", language=EN),
            letters=Letters.BOTH,
        )
    )
    assert [(one.name, one.text) for one in found] == [
        ("投诉人", "林知远"),
        ("地址", "1号楼 / 2号楼"),
        ("电话", "139"),
        ("事实", "甲。"),
    ]


def test_what_a_paper_says_of_its_two_languages_is_not_pasted() -> None:
    said = "本材料以中文、英文书写，内容相同；两种文本不一致的，以中文文本为准。"
    blocks: tuple[Block, ...] = (
        Title(text="投诉", language=ZH),
        Heading(text="五、说明", language=ZH),
        Paragraph(text="请予核查。", language=ZH),
        Paragraph(text=said, language=ZH),
    )
    (one,) = field_texts(paper(*blocks, letters=Letters.BOTH))
    assert one.text == "请予核查。"
    (one,) = field_texts(paper(*blocks))
    assert said in one.text


@pytest.mark.parametrize("count", [1, 9, 12, 13, 14, 25, 26, 60, 400])
def test_a_long_section_has_versions_that_end_with_a_sentence_and_fit(count: int) -> None:
    text = "".join(f"第{number}句。{SENTENCE}" for number in range(1, count + 1))
    found = field_texts(
        paper(Heading(text="一、事实", language=ZH), Paragraph(text=text, language=ZH))
    )
    assert found[0].text == text
    assert found[0].characters == len(text)
    limits = [one.limit for one in found[1:]]
    assert limits == [limit for limit in (1000, 500) if len(text) > limit]
    for one in found[1:]:
        assert one.characters == len(one.text) <= one.limit
        kept = one.text.removesuffix("（其余见所附材料。）")
        assert kept != one.text
        assert text.startswith(kept)
        assert re.search(r"(?:句。|告知。）。)$", kept), kept[-10:]
        assert one.limit - one.characters < len(SENTENCE) + 12, "as much as fits"


def test_a_sentence_that_does_not_fit_is_not_torn() -> None:
    assert shortened("长" * 600 + "。", 500, ZH) == ""
    found = field_texts(
        paper(Heading(text="一、事实", language=ZH), Paragraph(text="长" * 600 + "。", language=ZH))
    )
    assert [one.limit for one in found] == [0]


@pytest.mark.parametrize(
    "word", ["Co., Ltd. has", "No. 12 and", "3.14 metres", "e.g. this", "at 10.30 on"]
)
def test_an_english_abbreviation_or_number_ends_no_sentence(word: str) -> None:
    text = "It began. " + f"Sample {word} more words. " * 1 + "x" * 500
    kept = shortened(text, 120, EN).removesuffix(" (The rest is in the attached paper.)")
    assert kept.endswith("more words.") or kept == "It began."


def test_characters_outside_the_first_plane_count_one() -> None:
    found = field_texts(paper(Fields(rows=(("姓名", "𠮷野"),), language=ZH)))
    assert found[0].characters == 2


def test_control_characters_do_not_reach_the_file() -> None:
    found = field_texts(paper(Fields(rows=(("姓名", "a\x1b[31mb\u202ec"),), language=ZH)))
    assert "\x1b" not in found[0].text
    assert "\u202e" not in found[0].text


def test_the_file_names_each_part_once_and_each_number() -> None:
    texts = field_texts(
        paper(
            Title(text="投诉举报材料", language=ZH),
            Title(text="第一部分 投诉", language=ZH),
            Fields(rows=(("致", "甲"), ("名", "乙丙")), language=ZH),
        )
    )
    said = as_text(texts, "头", "（{number}字）")
    assert said == "头\n\n===== 第一部分 投诉 =====\n\n【致】（1字）\n甲\n\n【名】（2字）\n乙丙\n"
