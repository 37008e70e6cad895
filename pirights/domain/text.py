"""What a field may hold: any letters of any script, never a control character."""

import re
import unicodedata
from typing import Final

from pirights.errors import BadInput, Message, message

LINE_LIMIT: Final = 500
"""Characters in a one-line field."""

_LATIN_1: Final = range(0x100)

NOTE_LIMIT: Final = 20_000
"""Characters in a field of several lines."""

_BLANKS: Final = (
    "\t\n\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000\ufeff"
)
"""What is trimmed at both ends: the blanks of Unicode, and the byte order mark."""

_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
"""The categories Cc, Cs, Zl and Zp, and the marks that make text read in another order than it is
stored (UAX #9)."""


def is_unsafe(character: str) -> bool:
    """Say whether a character could steer a terminal, a parser or a reader's eye.

    Control characters (Cc), lone surrogates (Cs), line and paragraph separators and the
    direction overrides of UAX #9 count; newline does too, where only one line is meant.
    """
    return _UNSAFE.match(character) is not None


def one_line(value: str, *, field: str, limit: int = LINE_LIMIT) -> str:
    """Take a one-line field: trimmed, NFC, bounded, free of control characters.

    Raises:
        BadInput: Too long, or a control character in it.
    """
    return _checked(value, field=field, limit=limit, allowed="")


def several_lines(value: str, *, field: str, limit: int = NOTE_LIMIT) -> str:
    """Take a field of several lines: as `one_line`, newlines and tabs allowed.

    Raises:
        BadInput: Too long, or another control character in it.
    """
    return _checked(value.replace("\r\n", "\n"), field=field, limit=limit, allowed="\n\t")


def visible(value: str, *, keep: str = "") -> str:
    r"""Show foreign text without letting it act: unsafe characters become `\x1b`, `\u202e`."""
    return _UNSAFE.sub(lambda found: found[0] if found[0] in keep else _escaped(found[0]), value)


def _escaped(character: str) -> str:
    number = ord(character)
    return f"\\x{number:02x}" if number in _LATIN_1 else f"\\u{number:04x}"


def _checked(value: str, *, field: str, limit: int, allowed: str) -> str:
    trimmed = unicodedata.normalize("NFC", value.strip(_BLANKS))
    if len(trimmed) > limit:
        raise BadInput(
            message(
                "The field {field} is longer than {limit} characters.", field=field, limit=limit
            ),
            hint=message("Say it in fewer words."),
        )
    for character in trimmed:
        if character not in allowed and is_unsafe(character):
            raise BadInput(
                message(
                    "The field {field} holds {what} ({code}).",
                    field=field,
                    what=_called(character),
                    code=f"U+{ord(character):04X}",
                ),
                hint=message("Type the text again without it."),
            )
    return trimmed


def _called(character: str) -> Message:
    """Say in common words what an unsafe character is."""
    if character == "\t":
        return message("a tab")
    if len(f"a{character}b".splitlines()) > 1:
        return message("a line break")
    if unicodedata.category(character) == "Cf":
        return message("an invisible mark that turns the direction of writing")
    return message("an invisible control character")
