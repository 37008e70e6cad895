"""The two faces a letter is set in, and which characters they have.

Serif carries the text, Sans the titles and labels. Where the wanted face lacks a character, the
other one gives its glyph; where both lack it, there is no letter (exit 50), never an empty box.
"""

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from pirights.errors import MissingGlyph, message
from pirights.render.sorts import NAMES, without_invisible
from pirights.resources import folder

if TYPE_CHECKING:
    from pirights.render.embedding import SubsetFont

SERIF: Final = "pirights-serif"
"""Name under which reportlab knows the text face."""

SANS: Final = "pirights-sans"
"""Name under which reportlab knows the face of titles and labels."""


class Advances(dict[str, float]):
    """How far each character moves the pen, in em; filled as characters are asked for.

    Attributes:
        foreign: Those among them that the other face has to give.
    """

    def __init__(self, face: "SubsetFont", other: "SubsetFont") -> None:
        super().__init__()
        self._face = face
        self._other = other
        self.foreign: set[str] = set()

    def __missing__(self, character: str) -> float:
        """Look an advance up once."""
        face = self._face
        if not face.has(character) and self._other.has(character):
            self.foreign.add(character)
            face = self._other
        advance = self[character] = face.advance(character) / 1000
        return advance


@cache
def register() -> Mapping[str, "SubsetFont"]:
    """Load both faces and make them known to reportlab, once a process (about 0.1 s)."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics

    from pirights.render.embedding import SubsetFont

    rl_config.useA85 = 0  # ASCII armour would add a quarter to every stream
    place = folder("templates") / "fonts"
    listed = {
        entry["face"]: entry for entry in tomllib.loads((place / "fonts.toml").read_text())["font"]
    }
    faces: dict[str, SubsetFont] = {}
    for name, face in ((SERIF, "serif"), (SANS, "sans")):
        entry = listed[face]
        sorts = {sort: entry["sorts"][label] for sort, label in NAMES.items()}
        faces[name] = SubsetFont(name, place / entry["file"], sorts)
        pdfmetrics.registerFont(faces[name])
    return faces


@cache
def advances(name: str) -> Advances:
    """Return the advances of a face, with those of the other face for what it lacks."""
    faces = register()
    return Advances(faces[name], faces[SANS if name == SERIF else SERIF])


def missing_glyphs(text: str) -> str:
    """Return the characters of a text that neither face can show, each once, in order.

    Zero-width marks and the text and emoji selectors (U+FE00 to U+FE0F) need no glyph. The
    selectors of ideographic variants (U+E0100 and on) do: the form they ask for is not there.
    """
    return "".join(
        character
        for character in dict.fromkeys(without_invisible(text))
        if not _is_printable(character)
    )


@cache
def _is_printable(character: str) -> bool:
    if unicodedata.category(character) in {"Co", "Cc", "Cs"}:
        return character in "\n\r\t"
    return any(face.has(character) for face in register().values())


def check(fields: Mapping[str, str]) -> None:
    """Make sure that every character of every field can be printed.

    Args:
        fields: The text of each field under the name the user knows it by.

    Raises:
        MissingGlyph: Names the first character, its code and the field.
    """
    for field, text in fields.items():
        if missing := missing_glyphs(text):
            raise MissingGlyph(
                message(
                    "The fonts have no glyph for {character} ({code}) in {field}.",
                    character=missing[0],
                    code=f"U+{ord(missing[0]):04X}",
                    field=field,
                ),
                hint=message(
                    "Write it with another character, or describe it, as the identity card's"
                    " own note does."
                ),
            )
