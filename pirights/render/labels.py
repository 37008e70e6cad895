"""Address labels on A4 sheets: 24 of 70 × 37 mm, three side by side, eight rows.

A label says where a letter goes and which one it is. What the letter is about is nobody's business
on its way.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import BinaryIO, Final, TypeAlias

from pirights.domain.document import Language, Letters
from pirights.render import fonts
from pirights.render.archival import one_line
from pirights.render.ink import Pen
from pirights.render.paper import A4
from pirights.render.streaming import StreamedPaper
from pirights.render.typeset import SetLine, Type, Typesetter

ACROSS: Final = 3
DOWN: Final = 8

_MM: Final = 72 / 25.4
_WIDE: Final = 70 * _MM
_HIGH: Final = 37 * _MM
_TOP: Final = (A4[1] - DOWN * _HIGH) / 2
"""Above the first row, half a millimetre: 296 of the 297 are labels."""

_SIDE: Final = 5.5 * _MM
_ABOVE: Final = 4.5 * _MM
_BELOW: Final = 4.5 * _MM
"""Blank inside a label, in points; printers leave the outermost four millimetres of a sheet."""

_MEASURE: Final = _WIDE - 2 * _SIDE
_FOOT: Final = 7.0
"""Size of the reference at the foot, in points."""

_ROOM: Final = _HIGH - _ABOVE - _BELOW - 1.3 * _FOOT
_SIZES: Final = tuple(size / 2 for size in range(21, 8, -1))
"""Tried in turn, from 10.5 down to 4.5 points."""

_LEADING: Final = 1.3
_APART: Final = 0.3
"""Blank between what is said, in em."""

_ASCENT: Final = 0.88
_CHOICE: Final = 3
"""Sizes among which one is chosen in which no line says 收 alone."""

_TO_FILL_IN: Final = "\n"
"""Two empty lines, for an address that is written by hand."""

_WORDS: Final = {Language.ZH: ("（收）", "电话："), Language.EN: ("", "Tel. ")}

_Placed: TypeAlias = list[tuple[SetLine, float]]
"""Lines, and how far below the upper blank their baselines are, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands on an envelope; all but the recipient and the reference may be empty."""

    recipient: str
    address: str
    phone: str
    reference: str
    language: Language


def write(  # noqa: PLR0913  what a file says of itself, named one by one
    sink: BinaryIO,
    labels: Iterable[Label],
    *,
    title: str,
    letters: Letters,
    on: date,
    zone: str,
) -> tuple[str, ...]:
    """Write labels sheet by sheet; return the references of those that have to be done by hand.

    Those hold more than fits, or a character that no font has; their labels show the reference
    alone. The arguments are those of `StreamedPaper`.
    """
    paper = StreamedPaper(sink, title=title, letters=letters, on=on, zone=zone)
    pen, setter = Pen(paper), Typesetter()
    by_hand: list[str] = []
    waiting = iter(labels)
    while sheet := list(islice(waiting, ACROSS * DOWN)):
        operators: list[str] = []
        for place, label in enumerate(sheet):
            row, column = divmod(place, ACROSS)
            left, top = column * _WIDE + _SIDE, A4[1] - _TOP - row * _HIGH
            body = _set(label, setter)
            if body is None:
                by_hand.append(label.reference)
            operators += [
                pen.text(line, left + line.indent, top - _ABOVE - down) for line, down in body or ()
            ]
            foot = setter.lines(
                label.reference, Type(fonts.SERIF, _FOOT, _FOOT, Language.EN), _MEASURE
            )[0]
            operators.append(pen.text(foot, left, top - _HIGH + _BELOW))
        paper.page(operators, {})
    paper.close()
    return tuple(by_hand)


def _set(label: Label, setter: Typesetter) -> _Placed | None:
    """Set a label as large as it fits, or a little smaller where that looks better; None: not."""
    parts = list(_parts(label))
    if any(fonts.missing_glyphs(text) for text, _ in parts):
        return None
    ways = list(islice(_fitting(parts, label.language, setter), _CHOICE))
    lonely = _WORDS[label.language][0]
    good = (way for way in ways if all(line.sorts != lonely for line, _ in way))
    return next(chain(good, ways), None)


def _fitting(
    parts: Sequence[tuple[str, str]], language: Language, setter: Typesetter
) -> Iterator[_Placed]:
    """Set what a label says in each size in which it fits, the largest first."""
    for size in _SIZES:
        placed: _Placed = []
        down = 0.0
        for text, face in parts:
            for line in setter.lines(text, Type(face, size, size, language), _MEASURE):
                placed.append((line, down + size * _ASCENT))
                down += size * _LEADING
            down += size * _APART
        if down - size * _APART <= _ROOM:
            yield placed


def _parts(label: Label) -> Iterator[tuple[str, str]]:
    """Give what a label says with the face of each: in China the address comes first."""
    to, by_phone = _WORDS[label.language]
    recipient = (f"{one_line(label.recipient)}{to}", fonts.SANS)
    address = (one_line(label.address) or _TO_FILL_IN, fonts.SERIF)
    yield from ((address, recipient) if label.language is Language.ZH else (recipient, address))
    if phone := one_line(label.phone):
        yield f"{by_phone}{phone}", fonts.SERIF
