import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.vault import recovery

_BITS = st.integers(0, 2**130 - 1).map(lambda number: number.to_bytes(17, "big"))


@given(_BITS)
def test_a_code_reads_back_as_its_bits(bits: bytes) -> None:
    assert recovery.read(recovery.spell(bits)) == bits


@given(_BITS)
def test_case_dashes_spaces_and_lookalikes_do_not_matter(bits: bytes) -> None:
    code = recovery.spell(bits)
    forgiving = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert recovery.read(f"  {forgiving}\n") == bits
    assert recovery.read(code.replace("-", "").replace("1", "I").replace("0", "O")) == bits


@given(_BITS, st.integers(0, 26), st.sampled_from(recovery.ALPHABET))
def test_one_wrong_character_is_found(bits: bytes, place: int, wrong: str) -> None:
    code = recovery.spell(bits).replace("-", "")
    typed = code[:place] + wrong + code[place + 1 :]
    assert recovery.read(typed) == (bits if typed == code else None)


@given(_BITS, st.integers(0, 26))
def test_a_lost_or_doubled_character_is_found(bits: bytes, place: int) -> None:
    code = recovery.spell(bits).replace("-", "")
    assert recovery.read(code[:place] + code[place + 1 :]) is None
    assert recovery.read(code[:place] + code[place] + code[place:]) is None


def test_a_code_has_five_groups_of_five_and_a_last_of_two() -> None:
    assert [len(group) for group in recovery.spell(recovery.new()).split("-")] == [5] * 5 + [2]


def test_new_codes_differ() -> None:
    assert len({recovery.new() for _ in range(20)}) == 20


@pytest.mark.parametrize("typed", ["", "correct horse battery", "U" * 27, "é" * 27, "0" * 26])
def test_what_is_no_code_is_not_read(typed: str) -> None:
    assert recovery.read(typed) is None
