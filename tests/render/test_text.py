"""The letter as plain text: the same words, in 78 cells."""

import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.document import Fields, Letters
from pirights.render.contents import strings
from pirights.render.text import WIDTH, cells, to_text, wrap
from tests.render.sample_letter import ZH, catalogue, letter


def _bare(text: str) -> str:
    return "".join(text.split())


def test_a_short_letter_reads_like_this() -> None:
    assert to_text(letter(Letters.EN, items=1)) == (
        "               Request to Exercise Personal Information Rights\n"
        "\n"
        "1. What I ask for\n"
        "\n"
        "1.  Please give me a copy of the face image and the feature template that you\n"
        "    collected at the west gate (device HZ-GATE-03) on 20 November 2026; don’t\n"
        "    ask for a new photo, “please”…\n"
        "    Personal Information Protection Law, Article 45(1)\n"
        "\n"
        "                                               Requester (signature): ________\n"
        "                                               30 November 2026\n"
        "\n"
        "PR-2026-7K3M9QX-C\n"
    )


def test_no_line_is_wider_than_the_page_or_ends_with_a_blank() -> None:
    for line in to_text(letter(items=3, extra=(catalogue(9, words=4),))).splitlines():
        assert cells(line) <= WIDTH
        assert line == line.rstrip()


def test_every_word_of_every_block_is_there() -> None:
    document = letter(items=3)
    told = _bare(to_text(document))
    for block in document.blocks:
        for text in strings(block):
            assert _bare(text) in told


def test_a_table_keeps_its_columns_apart() -> None:
    lines = to_text(letter(Letters.ZH, extra=(catalogue(2),))).splitlines()
    head = next(line for line in lines if line.startswith("序号"))
    first = lines[lines.index(head) + 2]
    assert [cells(head[: head.index(word)]) for word in ("证据名称", "证明目的")] == [
        cells(first[: first.index(word)]) for word in ("IMG", "证明现场")
    ]


def test_a_label_too_long_for_its_column_stands_above_its_value() -> None:
    rows = (("答复用电子邮箱或者其他联系方式及说明", "甲"), ("姓名", "乙"))
    document = replace(letter(Letters.ZH), blocks=(Fields(rows=rows, language=ZH),), reference="")
    assert to_text(document) == (
        "答复用电子邮箱或者其他联系方式及说明：\n"
        "                            甲\n"
        "姓名：                      乙\n"
    )


def test_control_characters_are_shown_and_never_sent() -> None:
    assert wrap("甲\x1b[31m乙", 40) == ["甲\\x1b[31m乙"]
    assert wrap("甲\u202e乙", 40) == ["甲\\u202e乙"]


def test_a_chinese_character_takes_two_cells_and_a_combining_mark_none() -> None:
    assert cells("中a。") == 5
    assert cells(unicodedata.normalize("NFD", "é")) == 1


@given(st.text(st.sampled_from("中文，。（）ab 1-\n\t\u0301"), max_size=80), st.integers(2, 30))
def test_wrapping_loses_only_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert _bare("".join(lines)) == _bare(text)
    assert all(cells(line) <= width for line in lines)
