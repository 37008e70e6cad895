"""References: made, retyped, found in running text."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain import reference
from pirights.errors import BadInput

DRAWN = st.text(alphabet=reference.ALPHABET, min_size=7, max_size=7)
YEARS = st.integers(min_value=2021, max_value=9999)


def test_the_example_of_the_design_has_the_check_character_c() -> None:
    assert reference.make(2026, "7K3M9QX") == "PR-2026-7K3M9QX-C"


def test_the_draw_may_come_from_a_chooser() -> None:
    assert reference.looks_like(reference.make(2026, secrets.choice))
    assert reference.make(2026, lambda alphabet: alphabet[-1])[:15] == "PR-2026-ZZZZZZZ"


@pytest.mark.parametrize("draw", ["7K3M9Q", "7K3M9QXX", "7K3M9QU", "7k3m9qx"])
def test_a_draw_of_another_form_is_a_mistake_of_the_program(draw: str) -> None:
    with pytest.raises(ValueError, match=draw):
        reference.make(2026, draw)


@pytest.mark.parametrize(
    "typed",
    [
        "PR-2026-7K3M9QX-C",
        "pr-2026-7k3m9qx-c",
        "  PR-2026-7K3M9QX-C\n",
        "PR 2026 7K3M9QX C",
        "PR20267K3M9QXC",
        "pr–2026—7k3m9qx‑c",
        "ＰＲ－２０２６－７Ｋ３Ｍ９ＱＸ－Ｃ",
        "PR-2O26-7K3M9QX-C",
        "2026-7K3M9QX-C",
        "PR-2026-7K3M9QX-\u200bC",
    ],
)
def test_a_reference_is_understood_however_it_is_typed(typed: str) -> None:
    assert reference.parse(typed) == "PR-2026-7K3M9QX-C"


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    ref = reference.make(2026, "1010101")
    assert reference.parse(ref.replace("1010101", "lOIoLoi")) == ref


@pytest.mark.parametrize("typed", ["PR-2026-7K3M9QX-D", "PR-2026-7K3M9XQ-C", "PR-2025-7K3M9QX-C"])
def test_a_wrong_character_is_told_as_such(typed: str) -> None:
    assert reference.looks_like(typed)
    with pytest.raises(BadInput, match=f"check character of {typed}") as caught:
        reference.parse(typed)
    assert caught.value.exit_code == 14


@pytest.mark.parametrize(
    "typed", ["", "PR", "PR-2026-7K3M9QX", "PR-26-7K3M9QX-C", "答复.eml", "x" * 9999]
)
def test_another_word_is_no_reference(typed: str) -> None:
    assert not reference.looks_like(typed)
    with pytest.raises(BadInput, match="is not a reference number") as caught:
        reference.parse(typed)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("name", ["PR-2026-7K3M9QX-C.eml", "./PR-2026-7K3M9QX-C", "2026-7K3M9QX-C"])
def test_a_file_name_is_not_taken_for_a_reference(name: str) -> None:
    assert not reference.looks_like(name)


def test_the_label_of_a_message_is_split() -> None:
    assert reference.split("pr-2026-7k3m9qx-c/12") == ("PR-2026-7K3M9QX-C", 12)
    assert reference.split("PR-2026-7K3M9QX-C") == ("PR-2026-7K3M9QX-C", None)


def test_references_are_found_in_a_running_text() -> None:
    other = reference.make(2027, "0123456")
    text = (
        "Re: 关于您的请求（pr-2026-7k3m9qx-c）的答复 [PR-2026-7K3M9QX-C]\n"
        "april 2026 7K3M9QX-C is none; PR-2026-7K3M9QX-D has a wrong check character\n"
        f"> and {other[:8].lower()}\n>  > {other[8:].lower()}，已收悉"
    )
    assert reference.find_in(text) == ["PR-2026-7K3M9QX-C", other]


def test_a_reference_inside_a_longer_word_is_none() -> None:
    assert reference.find_in("XPR-2026-7K3M9QX-C PR-2026-7K3M9QX-CC") == []


def test_the_search_takes_a_long_hostile_text_in_its_stride() -> None:
    assert reference.find_in("PR-" * 300_000 + "PR" + " -" * 300_000) == []


@given(YEARS, DRAWN)
def test_what_is_made_is_read_and_found_again(year: int, drawn: str) -> None:
    ref = reference.make(year, drawn)
    assert reference.parse(ref.lower()) == ref
    assert reference.find_in(f"您的编号：{ref}，请查收") == [ref]


@given(YEARS, DRAWN, st.integers(3, 16), st.sampled_from(reference.ALPHABET))
def test_any_single_wrong_character_is_noticed(
    year: int,
    drawn: str,
    place: int,
    wrong: str,
) -> None:
    ref = reference.make(year, drawn)
    altered = ref[:place] + wrong + ref[place + 1 :]
    if ref[place] in ("-", wrong) or (place < 7 and not wrong.isdigit()):
        return
    with pytest.raises(BadInput, match="check character"):
        reference.parse(altered)
