"""What is wrong and what is right, and who receives: told, or in general words."""

from dataclasses import replace

import pytest

from pirights.domain.document import Letters
from pirights.domain.request import TOLD, Correction, Particulars, Right
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters.briefs import brief, strings, written
from tests.letters.test_fill import HOSTILE

RIGHTS = (Right.TRANSFER, Right.CORRECT)
TOLD_ALL = Particulars(
    corrections=(
        Correction(wrong="姓名：王小民", right="王小明"),
        Correction(wrong="", right="退卡日期：2026年9月1日"),
        Correction(wrong="卡别：双人年卡", right="单人年卡"),
    ),
    receiver="杭州样例湖畔公园有限公司",
)


def ids(told: Particulars, *rights: Right) -> list[str]:
    asked, _ = written(replace(brief(rights=rights or RIGHTS), particulars=told))
    return [item.id for item in asked if item.right is not None]


def test_where_nothing_is_told_the_wording_is_general() -> None:
    assert ids(Particulars()) == ["transfer.way", "correct.data"]


def test_each_correction_is_an_item_of_its_own_in_place_of_the_general_one() -> None:
    asked, _ = written(replace(brief(rights=RIGHTS), particulars=TOLD_ALL))
    by_id = [(item.id, item.zh) for item in asked]
    assert [name for name, _ in by_id] == [
        "transfer.receiver",
        *["correct.entry"] * 2,
        "correct.missing",
    ]
    assert "转移至杭州样例湖畔公园有限公司的途径" in by_id[0][1]
    assert "“姓名：王小民”不准确，请予核实，及时更正为“王小明”" in by_id[1][1]
    assert "及时补充“退卡日期：2026年9月1日”" in by_id[3][1]
    assert "“卡别：双人年卡” is inaccurate" in asked[2].en
    assert [item.number for item in asked] == [1, 2, 3, 4]
    assert all("pipl:46(1)" in item.cites for item in asked[1:])
    assert asked[0].cites[0] == "pipl:45(3)"


def test_one_of_the_two_told_leaves_the_other_general() -> None:
    assert ids(replace(TOLD_ALL, corrections=())) == ["transfer.receiver", "correct.data"]
    assert ids(replace(TOLD_ALL, receiver="")) == [
        "transfer.way",
        *["correct.entry"] * 2,
        "correct.missing",
    ]


def test_what_is_told_for_a_right_that_is_not_asked_is_not_printed() -> None:
    assert ids(TOLD_ALL, Right.COPY) == ["copy.image", "copy.template", "copy.logs", "copy.lists"]


@pytest.mark.parametrize("hostile", [*HOSTILE, "{mine}", "{right}", "{wrong}{receiver}", "a | b"])
@pytest.mark.parametrize("letters", list(Letters))
def test_what_is_told_stays_text(hostile: str, letters: Letters) -> None:
    told = Particulars(corrections=(Correction(wrong=hostile, right=hostile),), receiver=hostile)
    _, document = written(replace(brief(rights=RIGHTS, letters=letters), particulars=told))
    for language in letters.languages:
        said = [text for text in strings(document) if hostile in text]
        quoted = f"“{hostile}”"
        assert any(text.count(quoted) == 2 for text in said), language
    assert len(said) == 2 * len(letters.languages)


def test_two_hundred_corrections_are_two_hundred_items() -> None:
    many = tuple(Correction(wrong=f"第{n}项", right=f"正确{n}") for n in range(200))
    found = ids(Particulars(corrections=many), Right.CORRECT)
    assert found == ["correct.entry"] * 200


def test_every_name_that_can_be_told_fills_the_gaps_it_declares() -> None:
    for name, gaps in TOLD.items():
        found = TOLD_ALL.told(name)
        assert found
        assert all(set(one) == gaps for one in found)


@pytest.mark.parametrize("letters", list(Letters))
def test_the_letter_reads_as_the_golden_one(letters: Letters, golden: Golden) -> None:
    told = replace(brief(rights=RIGHTS, letters=letters), particulars=TOLD_ALL)
    golden(f"letters/correct-and-transfer.{letters}.txt", to_text(written(told)[1]))
