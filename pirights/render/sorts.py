"""Sorts: the pieces of type a text is set with, where they differ from its characters.

Chinese and Latin typography share characters but not shapes: a Chinese “ fills a square, an
English one does not; a Chinese dash —— is one unbroken stroke. Before a text is measured, such
characters are exchanged for private-use ones, each of which stands for one glyph and remembers
which characters it must yield when the text is copied.
"""

import re
from types import MappingProxyType
from typing import Final

from pirights.domain.document import Language

TWO_EM_DASH: Final = "\ue000"
EM_DASH: Final = "\ue001"
LEFT_SINGLE: Final = "\ue002"
RIGHT_SINGLE: Final = "\ue003"
LEFT_DOUBLE: Final = "\ue004"
RIGHT_DOUBLE: Final = "\ue005"
ELLIPSIS: Final = "\ue006"

NAMES: Final = MappingProxyType(
    {
        TWO_EM_DASH: "two-em-dash",
        EM_DASH: "em-dash",
        LEFT_SINGLE: "left-single-quote",
        RIGHT_SINGLE: "right-single-quote",
        LEFT_DOUBLE: "left-double-quote",
        RIGHT_DOUBLE: "right-double-quote",
        ELLIPSIS: "low-ellipsis",
    }
)
"""Each sort's name in `templates/fonts/fonts.toml`."""

CHARACTERS: Final = MappingProxyType(
    {
        TWO_EM_DASH: "——",
        EM_DASH: "—",
        LEFT_SINGLE: "‘",
        RIGHT_SINGLE: "’",
        LEFT_DOUBLE: "“",
        RIGHT_DOUBLE: "”",
        ELLIPSIS: "…",
    }
)
"""What each sort reads as."""

_LATIN: Final = str.maketrans(
    {"‘": LEFT_SINGLE, "’": RIGHT_SINGLE, "“": LEFT_DOUBLE, "”": RIGHT_DOUBLE, "…": ELLIPSIS}
)
_APOSTROPHE: Final = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
"""Soft hyphen, zero-width marks, and the selectors that ask for a text or emoji shape."""


def without_invisible(text: str) -> str:
    """Drop the marks that leave no ink and no blank."""
    return _INVISIBLE.sub("", text) if not text.isascii() else text


def cast(text: str, language: Language) -> str:
    """Exchange characters for the sorts of a language; tabs become spaces."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    if text.isascii():
        return text
    text = without_invisible(text)
    if language is Language.EN:
        return text.translate(_LATIN)
    text = text.replace("——", TWO_EM_DASH).replace("—", EM_DASH)
    return _APOSTROPHE.sub(RIGHT_SINGLE, text)


def read(text: str) -> str:
    """Give back the characters that a set text reads as."""
    return "".join(CHARACTERS.get(sort, sort) for sort in text)
