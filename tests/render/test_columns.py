"""Columns are as wide as their words need, and leave the rest to what stands beside them."""

from pirights.domain.document import Language
from pirights.render import fonts
from pirights.render.columns import edges, label_edge
from pirights.render.typeset import Type, Typesetter, natural_width

LABEL = Type(fonts.SANS, 9.5, 13.3, Language.ZH)
SHORT = "通信地址 / Postal address"
LONG = "答复用电子邮箱 / E-mail for the reply"


def _edge(*names: str) -> float:
    return label_edge(names, LABEL, 4.0, 440.0)


def test_the_longest_label_decides() -> None:
    assert _edge("致", SHORT) == natural_width(SHORT, LABEL) + 9


def test_a_label_that_wraps_in_any_case_takes_nothing_from_the_values() -> None:
    assert natural_width(LONG, LABEL) + 9 > 440 * 0.34
    assert _edge(SHORT, LONG) == _edge(SHORT)
    assert len(Typesetter().lines(LONG, LABEL, _edge(SHORT, LONG) - 8)) == 2


def test_a_label_gets_the_room_that_saves_it_a_line() -> None:
    assert _edge("致", LONG) == 440 * 0.34


def test_labels_that_all_wrap_have_the_most_there_is() -> None:
    assert _edge(LONG) == 440 * 0.34
    assert _edge() == 440 * 0.34


def test_no_column_is_narrower_than_its_head_and_all_fill_the_measure() -> None:
    assert edges((1, 1), (10, 10), 100) == (0, 50, 100)
    assert edges((1, 9), (20, 10), 100) == (0, 20, 100)
