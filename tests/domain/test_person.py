"""The person, and what is shown of an identity number."""

import pytest

from pirights.domain.person import Person, masked


def test_a_person_is_called_by_its_label() -> None:
    assert Person(id=7).label == "P7"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("11010519491231002X", "1" + "*" * 16 + "X"),
        ("abc", "a*c"),
        ("ab", "ab"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_an_identity_number_shows_its_ends_only(number: str, shown: str) -> None:
    assert masked(number) == shown
