"""Text becomes set lines: broken, kerned, and stretched where that leaves no holes."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeAlias

from pirights.domain.document import Language
from pirights.render import fonts
from pirights.render.linebreak import Line, Room, break_lines
from pirights.render.sorts import cast

_RIGHT_BLANK: Final = "，。、；：）》」』】〕〉”’"
_LEFT_BLANK: Final = "（《「『【〔〈“‘"
_PAIR: Final = re.compile(
    f"[{_RIGHT_BLANK}](?=[{_RIGHT_BLANK}{_LEFT_BLANK}])|[{_LEFT_BLANK}](?=[{_LEFT_BLANK}])"
)
"""Two marks in a row, between which a half em of blank is taken out (CLREQ 3.1.6)."""

_GIVES: Final = re.compile(
    f"[{_RIGHT_BLANK}](?![{_RIGHT_BLANK}{_LEFT_BLANK}])"
    f"|[^{_RIGHT_BLANK}{_LEFT_BLANK}](?=[{_LEFT_BLANK}])"
)
"""A sort with the blank of a mark behind it, of which none was taken out yet."""

_GIVE: Final = 0.25
"""Most that is taken out of such a blank, in em, to draw a line together (CLREQ 3.1.6)."""

_HALF: Final = 0.5
_OPENING_BLANKS: Final = frozenset(_LEFT_BLANK)
_LEAST: Final = 1.6
"""Width of a last line, in em, below which it is one character and a mark, and looks lost."""

_HANGING: Final = MappingProxyType(dict.fromkeys(_RIGHT_BLANK, _HALF))
_FLUSH: Final = MappingProxyType(dict.fromkeys(_LEFT_BLANK, _HALF))
_NOTHING: Final = MappingProxyType[str, float]({})

_HOLES: Final = 16
"""A line may lack this part of the measure before it is drawn together; stretching hides less."""

_HAN_STRETCH: Final = 0.085
"""Most that a gap beside a Chinese character grows, in em; above 0.1 em readers of the file take
the gap for a space when text is copied."""

_BLANK_STRETCH: Final = 0.45
"""Most that a space between Latin words grows, in em."""

_FIRST_WIDE: Final = "\u2013"
"""Characters from here on, the private-use sorts of Latin text apart, are Chinese."""


_SHORT: Final = 1000
"""Characters up to which a text is remembered from paper to paper; a thousand such texts, set, take
43 MB at the worst that was measured."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set.

    Attributes:
        face: `fonts.SERIF` or `fonts.SANS`.
        size: In points.
        leading: Distance from line to line, in points.
        language: Whose typography holds.
        justified: Lines are stretched to the measure, where they are nearly full. For Chinese
            only: English without hyphenation would show rivers of white.
    """

    face: str
    size: float
    leading: float
    language: Language
    justified: bool = False


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line, ready to be drawn.

    Attributes:
        sorts: What is drawn, one character a glyph.
        extra: Added after each sort, in em; kerning is below zero.
        width: From the first sort's left to the last ink, in points.
        face: The face wanted; a sort it lacks comes from the other.
        size: In points.
        indent: From the left of the measure, in points; below zero for a mark pulled out.
    """

    sorts: str
    extra: tuple[float, ...]
    width: float
    face: str
    size: float
    indent: float = 0.0


class Typesetter:
    """Sets texts, none of them twice while one paper is laid out again and again.

    Short ones are remembered from paper to paper, too: letters of one kind share most of theirs.
    """

    def __init__(self) -> None:
        self._done: dict[_Wish, tuple[SetLine, ...]] = {}

    def lines(
        self, text: str, type_: Type, measure: float, *, indent: float = 0.0
    ) -> tuple[SetLine, ...]:
        """Set a text in lines of `measure` points, the first one set in by `indent`."""
        wish = (
            text, type_.face, type_.size, type_.language, type_.justified, measure, indent
        )  # fmt: skip
        if len(text) <= _SHORT:
            return _remembered(wish)
        if (done := self._done.get(wish)) is None:
            done = self._done[wish] = _set(wish)
        return done


_Wish: TypeAlias = tuple[str, str, float, Language, bool, float, float]
"""All that decides how lines come out; their distance does not."""


@lru_cache(maxsize=1024)
def _remembered(wish: _Wish) -> tuple[SetLine, ...]:
    return _set(wish)


def _set(wish: _Wish) -> tuple[SetLine, ...]:
    text, face, size, language, justified, measure, indent = wish
    type_ = Type(face, size, size, language, justified)
    sorts = cast(text, type_.language)
    widths = _kerned(sorts, type_)
    measured = measure / type_.size
    chinese = type_.language is Language.ZH
    room = Room(
        first=measured - indent / type_.size,
        rest=measured,
        least=_LEAST,
        hanging=_HANGING,
        flush=_FLUSH if chinese else _NOTHING,
        gives=_GIVES if chinese and type_.justified else None,
        give=_GIVE,
        hole=measured / _HOLES,
    )
    done = []
    for line in break_lines(sorts, widths, room):
        set_in = indent / type_.size if line.start == 0 else _pulled(line, type_)
        done.append(_justified(line, widths, type_, measured, set_in))
    return tuple(done)


def _pulled(line: Line, type_: Type) -> float:
    """Pull an opening mark that begins a line out by its blank, so that its ink stands flush."""
    pulled = type_.language is Language.ZH and line.text[:1] in _OPENING_BLANKS
    return -_HALF if pulled else 0.0


def natural_width(text: str, type_: Type) -> float:
    """Measure a text of one line, in points."""
    return sum(_kerned(cast(text, type_.language), type_)) * type_.size


def _kerned(sorts: str, type_: Type) -> list[float]:
    advance = fonts.advances(type_.face)
    widths = [advance[sort] for sort in sorts]
    if type_.language is Language.ZH:
        for pair in _PAIR.finditer(sorts):
            widths[pair.start()] -= _HALF
    return widths


def _justified(
    line: Line, widths: list[float], type_: Type, measured: float, set_in: float
) -> SetLine:
    """Stretch a line to the measure, or draw it together; `measured` and `set_in` in em."""
    advance = fonts.advances(type_.face)
    text = line.text
    inside = widths[line.start : line.start + len(text)]
    extra = [width - advance[sort] for width, sort in zip(inside, text, strict=True)]
    width = line.width
    slack = measured - set_in - line.width
    if type_.justified and not line.final and slack > 0:
        stretch = _stretch(text)
        if slack <= (capacity := sum(stretch)):
            share = slack / capacity
            extra = [given + share * more for given, more in zip(extra, stretch, strict=True)]
            width = measured - set_in
    elif type_.justified and slack < 0 and (gives := _gives(text)):
        share = min(_GIVE, -slack / len(gives))
        extra = [given - share if at in gives else given for at, given in enumerate(extra)]
        width = line.width - share * len(gives)
    return SetLine(
        text, tuple(extra), width * type_.size, type_.face, type_.size, set_in * type_.size
    )


def _gives(text: str) -> set[int]:
    """Find the sorts after which a line may be drawn together, the last one apart."""
    return {found.start() for found in _GIVES.finditer(text, 0, max(0, len(text) - 1))}


def _stretch(text: str) -> list[float]:
    """Say how much each gap of a line may grow, in em; the one after the last sort not at all."""
    grown = [
        _BLANK_STRETCH
        if sort == " "
        else _HAN_STRETCH
        if (_is_wide(sort) or _is_wide(after)) and sort + after != "……"
        else 0.0
        for sort, after in pairwise(text)
    ]
    return [*grown, 0.0]


def _is_wide(sort: str) -> bool:
    return sort >= _FIRST_WIDE
