"""Unified social credit codes.

The sound ones were made up for the tests: a body of 17 characters and the check character
that GB 32100-2015 gives (weights 3^(i-1) mod 31), worked out here a second time.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain import uscc
from pirights.errors import BadInput

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def sound(body: str) -> str:
    total = sum(ALPHABET.index(character) * pow(3, i, 31) for i, character in enumerate(body))
    return body + ALPHABET[-total % 31]


CODE = sound("91330109MA2TEXT00")


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        f"  {CODE}\n",
        f"{CODE[:4]} {CODE[4:10]} {CODE[10:]}",
        "".join(chr(ord(c) + 0xFEE0) for c in CODE),
        f"\ufeff{CODE[:2]}\u3000{CODE[2:]}",
    ],
)
def test_a_sound_code_is_taken_however_it_is_typed(typed: str) -> None:
    assert uscc.check(typed) == CODE


def test_a_village_collective_may_begin_with_a_letter() -> None:
    code = sound("N2330109MF1234567")
    assert uscc.check(code) == code


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "has 0"),
        (CODE[:-1], "has 17"),
        (CODE + "1", "has 19"),
        (CODE[:9] + "I" + CODE[10:], r"character I \(number 10\)"),
        (CODE[:9] + "\x1b" + CODE[10:], r"number 10"),
        (CODE[:9] + "中" + CODE[10:], r"number 10"),
        (CODE[:9] + "٣" + CODE[10:], r"number 10"),
        (CODE[:3] + "A" + CODE[4:], "3 to 8"),
        (CODE[:-1] + ("0" if CODE[-1] != "0" else "1"), "check character"),
        ("9" * 1_000_000, "has 100"),
    ],
)
def test_a_faulty_code_is_refused_with_its_reason(typed: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem) as caught:
        uscc.check(typed)
    assert caught.value.exit_code == 14


@given(
    st.from_regex(r"[1-9A-HJ-NY][1-9][0-9]{6}[0-9A-HJ-NP-RTUWXY]{9}", fullmatch=True),
    st.integers(8, 16),
    st.sampled_from(ALPHABET),
)
def test_any_single_wrong_character_is_noticed(body: str, place: int, wrong: str) -> None:
    code = sound(body)
    assert uscc.check(code) == code
    if code[place] != wrong:
        with pytest.raises(BadInput, match="check character"):
            uscc.check(code[:place] + wrong + code[place + 1 :])
