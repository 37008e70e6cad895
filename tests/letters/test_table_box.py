"""A table in a template: read into a ruled table, looked through by lint, set in two languages."""

from typing import Final

import pytest

from pirights.domain.document import Document, Language, Letters, Table
from pirights.errors import BadInput
from pirights.letters import fill
from pirights.letters.bilingual import interleaved
from pirights.render import docx, html, pdf
from pirights.render.text import to_text
from tests.letters.briefs import brief
from tests.letters.test_fill import HOSTILE
from tests.letters.test_lint import problems, shipped

ZH, EN = Language.ZH, Language.EN
BODY: Final = """```table 2 3 1.5
Thing | Where | When
{% for one in things %}{{ one }} | | {{ when }}
{% endfor %}```
"""
KIND: Final = "deletion-checklist"


def filled(*things: str, when: str = "now", language: Language = EN) -> Table:
    (block,) = fill.blocks(BODY, {"things": things, "when": when}, language)
    assert isinstance(block, Table)
    return block


def test_the_first_line_is_the_head_and_each_other_a_row() -> None:
    assert filled("a", "b") == Table(
        head=("Thing", "Where", "When"),
        rows=(("a", "", "now"), ("b", "", "now")),
        language=EN,
        widths=(2.0, 3.0, 1.5),
    )
    assert filled().rows == ()


@pytest.mark.parametrize("value", [*HOSTILE, "a | b", "```"])
def test_a_value_stays_in_its_cell(value: str) -> None:
    assert filled(value, when=value).rows == ((value, "", value),)


@pytest.mark.parametrize(
    "body",
    [
        "```table 1 1\na | b | c\n```\n",
        "```table 1 1\na | b\nc\n```\n",
        "```table\na | b\n```\n",
        "```table 1 x\na | b\n```\n",
        "```table 1 -1\na | b\n```\n",
        "```table 1 0\na | b\n```\n",
        "```table 1 nan\na | b\n```\n",
        "```table 1 1e300\na | b\n```\n",
        "```table 1 1\n```\n",
    ],
)
def test_a_table_out_of_shape_is_refused(body: str) -> None:
    with pytest.raises(BadInput):
        fill.blocks(body, {}, EN)


def test_two_languages_of_a_table_become_one_with_each_cells_english_below() -> None:
    zh = Table(head=("物", "处"), rows=(("甲", ""), ("3", "乙")), language=ZH, widths=(1.0, 2.0))
    en = Table(
        head=("Thing", "Where"), rows=(("a", ""), ("3", "b")), language=EN, widths=(1.0, 2.0)
    )
    assert interleaved([zh], [en]) == (
        Table(
            head=("物\nThing", "处\nWhere"),
            rows=(("甲\na", ""), ("3", "乙\nb")),
            language=ZH,
            widths=(1.0, 2.0),
        ),
    )
    with pytest.raises(BadInput, match="do not have the same parts"):
        interleaved([zh], [Table(head=en.head, rows=en.rows[:1], language=EN)])


def test_every_form_takes_a_table_with_two_languages_in_its_head() -> None:
    zh = Table(head=("删除对象", "处"), rows=(("甲", "□"),), language=ZH, widths=(1.0, 9.0))
    en = Table(head=("What is deleted", "Where"), rows=(("a", "□"),), language=EN)
    [table] = interleaved([zh], [en])
    paper = Document(title="t", letters=Letters.BOTH, reference="", on=brief().on, blocks=(table,))
    assert pdf.to_bytes(paper).startswith(b"%PDF")
    assert docx.to_bytes(paper).startswith(b"PK")
    assert "删除对象<br>What is deleted" in html.to_html(paper).replace("<br/>", "<br>")
    assert "What is" in to_text(paper)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("6. 备份 | | | | |", "6. 备份 | | | |", "has 5 cells, and 6 columns"),
        ("| 删除时间 | 经办人 |", "| 删除时间 |", "has 5 cells, and 6 columns"),
        ("```table 20 18 11 11 13 28", "```table", "names a share for each column"),
        ("```table 20 18 11 11 13 28", "```table 20 18 11 11 13 x", "names a share"),
        ("```table 20 18 11 11 13 28", "```table 20 18 11 11 13 0", "names a share"),
        ("```table 20 18 11 11 13 28", "```tabel 20 18 11 11 13 28", "There is no box tabel"),
        ("```receipt", "```receipt 2", "There is no box receipt 2"),
    ],
)
def test_a_seeded_defect_in_a_table_is_found_at_its_line(old: str, new: str, problem: str) -> None:
    texts = shipped(KIND)
    assert old in texts[ZH]
    line = texts[ZH][: texts[ZH].index(old)].count("\n") + 1
    changed = {**texts, ZH: texts[ZH].replace(old, new, 1)}
    found = problems(changed, kind=KIND)
    assert any(one[:2] == (ZH, line) and problem in one[2] for one in found), found


def test_a_row_that_is_missing_in_one_language_is_found() -> None:
    texts = shipped(KIND)
    row = next(line for line in texts[EN].split("\n") if line.startswith("6. Backups"))
    found = problems({**texts, EN: texts[EN].replace(row + "\n", "", 1)}, kind=KIND)
    assert any("different parts" in said for _, _, said in found), found
