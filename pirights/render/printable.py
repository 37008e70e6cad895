"""Foreign words made fit for paper: nothing acts, and every character is seen or named."""

from dataclasses import replace
from typing import Final

from pirights.domain.bundle import Exhibit
from pirights.domain.text import visible
from pirights.domain.words import Words
from pirights.render import fonts
from pirights.render.sorts import without_invisible

_NOT_XML: Final = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}
"""Of what is no control character, the two that no XML may hold (XML 1.0, 2.2)."""


def readable(text: str) -> str:
    """Make foreign text safe for a program that brings its own fonts; line breaks stay."""
    plain = without_invisible(text).replace("\r\n", "\n").replace("\t", " ")
    return visible(plain, keep="\n").translate(_NOT_XML)


def showable(text: str, *, keep: str = "") -> str:
    """Make foreign text safe to print: nothing acts, and what has no glyph shows its number."""
    safe = visible(text, keep=keep)
    missing = fonts.missing_glyphs(safe)
    return safe.translate({ord(character): f"[U+{ord(character):04X}]" for character in missing})


def printable(exhibit: Exhibit) -> Exhibit:
    """Make an exhibit's words safe to print, the same for the catalogue on paper and as data."""
    return replace(
        exhibit,
        title=_shown(exhibit.title),
        source=_shown(exhibit.source),
        purpose=_shown(exhibit.purpose),
        held=_shown(exhibit.held),
        original_name=showable(exhibit.original_name),
        further=tuple(map(printable, exhibit.further)),
    )


def _shown(words: Words) -> Words:
    return Words(zh=showable(words.zh), en=showable(words.en))
