"""The reference number of a case: `PR-2026-7K3M9QX-C`.

A year, seven characters of Crockford's base 32 drawn at random by the caller, and one check
character (ISO 7064 MOD 33,32 over year and draw). It holds nothing personal, and it survives
being read out over a telephone: lower case, I or L for 1, O for 0, full-width characters, any
dash, and spaces are all taken.
"""

import re
from collections.abc import Callable
from typing import Final

from pirights.errors import BadInput, message

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""

DRAWN: Final = 7
"""Characters drawn at random: 35 bits."""

_EXAMPLE: Final = "PR-2026-7K3M9QX-C"
_LONGEST: Final = 60
"""Characters beyond which a typed word is no reference, however it is spaced."""

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc"), "-")
_SPACES: Final = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000"), " ")
_UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), "")
_PLAIN: Final[dict[int, int | str]] = {**_FULL_WIDTH, **_DASHES, **_SPACES, **_UNSEEN}
_MISREAD: Final = str.maketrans("ILO", "110")

_BODY: Final = r"([0-9OIL]{4})[\s-]{0,4}([0-9A-TV-Z]{7})[\s-]{0,4}([0-9A-TV-Z])"
_NUMBER: Final = r"(?:\s{0,2}/\s{0,2}(\d{1,6}))?"
_TYPED: Final = re.compile(rf"(?:PR[\s-]{{0,4}})?{_BODY}{_NUMBER}")
_FORM: Final = re.compile(rf"PR[\s-]{{0,4}}{_BODY}{_NUMBER}")
_QUOTE_MARKS: Final = re.compile(r"(?m)^[ \t]*(?:>[ \t]*)+")
_TORN: Final = _BODY.replace("([0-9A-TV-Z]{7})", r"((?:[0-9A-TV-Z]\s{0,2}){6}[0-9A-TV-Z])")
"""The body as it stands in a running text: blanks and the end of a line may fall anywhere."""

_INSIDE: Final = re.compile(rf"(?<![0-9A-Z])PR[\s-]{{0,4}}{_TORN}(?![0-9A-Z])")

_INSIDE_LABEL: Final = re.compile(
    rf"(?<![0-9A-Z])PR[\s-]{{0,4}}{_TORN}\s{{0,2}}/\s{{0,2}}(\d{{1,6}})(?!\d)"
)


def make(year: int, draw: str | Callable[[str], str]) -> str:
    """Make a reference.

    Args:
        year: The year of the letter, 1000 to 9999.
        draw: Seven characters of `ALPHABET`, or a chooser of one character from it, such as
            `secrets.choice`.
    """
    drawn = draw if isinstance(draw, str) else "".join(draw(ALPHABET) for _ in range(DRAWN))
    if len(drawn) != DRAWN or not set(drawn) <= set(ALPHABET):
        raise ValueError(drawn)
    return f"PR-{year:04d}-{drawn}-{_check_character(f'{year:04d}', drawn)}"


def parse(text: str) -> str:
    """Read a reference as a person types it, with or without `PR`, and give it its own form.

    Raises:
        BadInput: It has not the form of a reference, or its check character does not fit.
    """
    return split(text)[0]


def split(text: str) -> tuple[str, int | None]:
    """Read `PR-2026-7K3M9QX-C/1`, the label of a message; the number is None without a `/`.

    Raises:
        BadInput: As `parse`.
    """
    found = _TYPED.fullmatch(_plain(text)) if len(text) <= _LONGEST else None
    if found is None:
        raise BadInput(
            message("{text} is not a reference number.", text=text[:_LONGEST]),
            hint=message("A reference looks like {example}.", example=_EXAMPLE),
        )
    ref = _composed(found)
    if not _is_sound(ref):
        raise BadInput(
            message("The check character of {ref} does not fit: a character is wrong.", ref=ref),
            hint=message("Compare it with the letter; `pirights case list` shows all cases."),
        )
    return ref, int(found[4]) if found[4] else None


def looks_like(text: str) -> bool:
    """Say whether a word was meant as a reference, even with a wrong character in it."""
    return len(text) <= _LONGEST and _FORM.fullmatch(_plain(text)) is not None


def find_in(text: str) -> list[str]:
    """Find the references in a running text, retyped ones too, each once, in order.

    Only those whose check character fits count. Marks of quoting, blanks and line breaks inside
    a reference are no hindrance.
    """
    plain = _QUOTE_MARKS.sub("", text.translate(_PLAIN)).upper()
    found = (_composed(match) for match in _INSIDE.finditer(plain))
    return list(dict.fromkeys(ref for ref in found if _is_sound(ref)))


def mistyped_in(text: str) -> list[str]:
    """Find what has the form of a reference, `PR` and all, and a check character that is wrong."""
    plain = _QUOTE_MARKS.sub("", text.translate(_PLAIN)).upper()
    found = (_composed(match) for match in _INSIDE.finditer(plain))
    return list(dict.fromkeys(ref for ref in found if not _is_sound(ref)))


def is_nearly(mistyped: str, ref: str) -> bool:
    """Whether one character was mistyped, or two that stand side by side were exchanged."""
    pairs = [pair for pair in zip(mistyped, ref, strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 or (len(pairs) == 2 and pairs[0] == pairs[1][::-1])  # noqa: PLR2004 (two)


def labels_in(text: str) -> list[tuple[str, int]]:
    """Find the labels of messages (`PR-2026-7K3M9QX-C/4`) in a running text, as `find_in` does."""
    plain = _QUOTE_MARKS.sub("", text.translate(_PLAIN)).upper()
    found = ((_composed(match), match[4]) for match in _INSIDE_LABEL.finditer(plain))
    return list(dict.fromkeys((ref, int(number)) for ref, number in found if _is_sound(ref)))


def _plain(text: str) -> str:
    return text.translate(_PLAIN).strip().upper()


def _composed(found: re.Match[str]) -> str:
    parts = ("".join(part.split()) for part in found.group(1, 2, 3))
    year, drawn, check = (part.translate(_MISREAD) for part in parts)
    return f"PR-{year}-{drawn}-{check}"


def _is_sound(ref: str) -> bool:
    _, year, drawn, check = ref.split("-")
    return _check_character(year, drawn) == check


def _check_character(year: str, drawn: str) -> str:
    from stdnum.iso7064 import mod_37_36

    return str(mod_37_36.calc_check_digit(year + drawn, alphabet=ALPHABET))
