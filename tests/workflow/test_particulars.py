"""What the user tells for the items of a right is taken only where it can be printed."""

import pytest

from pirights.domain.request import Correction, Particulars, Right
from pirights.errors import BadInput, MissingGlyph
from pirights.workflow.desk import Desk
from tests.workflow.office import case, park, scan

NAME = Correction(wrong="姓名：王小民", right="王小明")


def told(*corrections: Correction, receiver: str = "") -> Particulars:
    return Particulars(corrections=corrections, receiver=receiver)


def test_it_is_trimmed_and_printed(desk: Desk) -> None:
    scan(desk, park(desk))
    opened = case(
        desk,
        Right.CORRECT,
        Right.TRANSFER,
        particulars=told(Correction(wrong="  卡别 ", right=" 单人 "), receiver=" 样例公园 "),
    )
    assert "“卡别”" in opened.letter.items[1].zh
    assert "转移至样例公园的途径" in opened.letter.items[0].zh


@pytest.mark.parametrize(
    ("particulars", "rights", "said"),
    [
        (told(NAME), (Right.COPY,), "--right correct"),
        (told(receiver="样例公园"), (Right.COPY,), "--right transfer"),
        (told(Correction(wrong="卡别", right="  ")), (Right.CORRECT,), "--right delete"),
        (told(*[NAME] * 201), (Right.CORRECT,), "second letter"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_way_out(
    desk: Desk, particulars: Particulars, rights: tuple[Right, ...], said: str
) -> None:
    scan(desk, park(desk))
    with pytest.raises(BadInput) as caught:
        case(desk, *rights, particulars=particulars)
    assert said in str(caught.value.hint)


@pytest.mark.parametrize("bad", ["一\n二", "\x1b[31m", "\u202e倒", "长" * 501])
def test_each_text_is_one_bounded_line(desk: Desk, bad: str) -> None:
    scan(desk, park(desk))
    for one in (told(Correction(wrong=bad, right="x")), told(Correction(wrong="", right=bad))):
        with pytest.raises(BadInput, match="correction"):
            case(desk, Right.CORRECT, particulars=one)
    with pytest.raises(BadInput, match="receiver"):
        case(desk, Right.TRANSFER, particulars=told(receiver=bad))


def test_a_character_without_a_glyph_is_named_with_its_option(desk: Desk) -> None:
    scan(desk, park(desk))
    with pytest.raises(MissingGlyph, match="correction"):
        case(desk, Right.CORRECT, particulars=told(Correction(wrong="", right="🦄")))
    with pytest.raises(MissingGlyph, match="receiver"):
        case(desk, Right.TRANSFER, particulars=told(receiver="🦄"))
