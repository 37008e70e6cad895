"""What a field may hold."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.text import (
    LINE_LIMIT,
    NOTE_LIMIT,
    is_unsafe,
    one_line,
    several_lines,
    visible,
)
from pirights.errors import BadInput

UNSAFE = [
    "\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066",
    "\u2069", "\ud800", "\r",
]  # fmt: skip


@pytest.mark.parametrize("character", UNSAFE)
def test_a_character_that_could_steer_is_refused_and_named(character: str) -> None:
    assert is_unsafe(character)
    for take in (one_line, several_lines):
        with pytest.raises(BadInput) as caught:
            take(f"a{character}b", field="place")
        assert f"U+{ord(character):04X}" in str(caught.value)
        assert "place" in str(caught.value)
        str(caught.value).encode("utf-8")


@pytest.mark.parametrize(
    ("character", "called"),
    [
        ("\n", "a line break"),
        ("\u2028", "a line break"),
        ("\t", "a tab"),
        ("\u202e", "an invisible mark that turns the direction of writing"),
        ("\x07", "an invisible control character"),
        ("\ud800", "an invisible control character"),
    ],
)
def test_what_is_refused_is_called_by_a_name_that_people_know(character: str, called: str) -> None:
    with pytest.raises(BadInput, match=rf"The field place holds {called} \(U\+"):
        one_line(f"a{character}b", field="place")


def test_what_is_unsafe_is_what_unicode_calls_so() -> None:
    directions = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        control = unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        assert is_unsafe(character) is (control or character in directions), hex(number)


@pytest.mark.parametrize("value", ["<b>", "{{x}}", "&amp;", "张㛃䶮", "😀", "\ue000", "a\u200db"])
def test_any_letters_and_any_markup_are_taken_as_they_are(value: str) -> None:
    assert one_line(value, field="place") == several_lines(value, field="note") == value


def test_newlines_and_tabs_belong_only_in_several_lines() -> None:
    for character in "\n\t":
        assert several_lines(f"a{character}b", field="note") == f"a{character}b"
        with pytest.raises(BadInput):
            one_line(f"a{character}b", field="place")
    assert several_lines("a\r\nb", field="note") == "a\nb"


def test_blanks_at_the_ends_go_and_inside_stay() -> None:
    assert one_line(" \u3000\t东门  3号\u3000\n", field="place") == "东门  3号"


def test_composed_and_decomposed_letters_become_the_same() -> None:
    assert one_line("Cafe\u0301", field="place") == "Caf\u00e9"


@pytest.mark.parametrize(("take", "limit"), [(one_line, LINE_LIMIT), (several_lines, NOTE_LIMIT)])
def test_the_limit_itself_is_taken_and_one_more_is_not(take: type, limit: int) -> None:
    assert len(take("字" * limit, field="x")) == limit
    with pytest.raises(BadInput, match=f"longer than {limit} characters"):
        take("字" * (limit + 1), field="x")


@given(st.text())
def test_what_is_shown_never_steers_and_safe_text_is_shown_as_it_is(value: str) -> None:
    shown = visible(value)
    assert not any(map(is_unsafe, shown))
    if not any(map(is_unsafe, value)):
        assert shown == value


def test_unsafe_characters_are_shown_as_what_they_are() -> None:
    assert visible("a\x1b\u202e\nb") == r"a\x1b\u202e\x0ab"
    assert visible("a\nb\t", keep="\n") == "a\nb\\x09"


@given(st.text(max_size=LINE_LIMIT))
def test_taking_a_field_twice_changes_nothing(value: str) -> None:
    try:
        once = one_line(value, field="x")
    except BadInput:
        return
    assert one_line(once, field="x") == once
    assert unicodedata.is_normalized("NFC", once)
