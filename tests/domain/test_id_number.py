"""Numbers of identity cards: taken as typed, or refused without being repeated."""

from datetime import date

import pytest

from pirights.domain import id_number
from pirights.errors import BadInput


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("11010519491231002X", "11010519491231002X"),
        (" 110105 19491231 002x ", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        ("110105-19491231-002X", "11010519491231002X"),
        ("E12345678", "E12345678"),
        ("h0123456789", "H0123456789"),
        ("01234567", "01234567"),
    ],
)
def test_a_number_is_given_its_own_form(typed: str, number: str) -> None:
    assert id_number.check(typed) == number


@pytest.mark.parametrize("place", range(18))
def test_any_digit_that_is_changed_is_noticed(place: int) -> None:
    number = "11010519491231002X"
    other = "0" if number[place] != "0" else "1"
    wrong = number[:place] + other + number[place + 1 :]
    with pytest.raises(BadInput) as caught:
        id_number.check(wrong)
    assert wrong not in str(caught.value)


@pytest.mark.parametrize(
    "typed", ["1", "110105491231002", "x" * 18, "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "1" * 5000, "王小明"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        id_number.check(typed)


def test_a_card_tells_the_birthday_and_another_paper_does_not() -> None:
    assert id_number.birthday("11010519491231002X") == date(1949, 12, 31)
    assert id_number.birthday("E12345678") is None
