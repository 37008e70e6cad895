"""Where a line of Chinese, English or both may end.

The rules are those of CLREQ (W3C, Requirements for Chinese Text Layout, 3.1.3 and 3.2.2) and
GB/T 15834-2011 (5.1.11 and following): no line begins with a closing mark or ends with an
opening one, dashes and ellipses stay whole, and words, numbers and their units are not torn.

One compiled expression cuts a text into atoms: pieces that hold together, each with the blanks
that follow it. A line is a greedy run of atoms.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import Final

OPENING: Final = "（《「『【〔〖〈“‘［｛＂￥＄№\ue002\ue004"
"""Never last on a line. The private-use ones are sorts of `fonts`: narrow ‘ and “."""

CLOSING: Final = "，。、；：？！）》」』】〕〗〉”’…—％‰％℃°·・～％－／］｝．々〻ー‐–\ue000\ue001\ue003\ue005\ue006"  # noqa: E501
"""Never first on a line. The private-use ones are sorts of `fonts`: dashes, narrow ’ and ”, …"""

_BLANK: Final = " \u3000\t"
_SPACES: Final = r"\n\v\f\r\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u205f"
"""Blanks of other kinds; the no-break spaces are letters here."""

_TICK: Final = "□"
"""A box to tick: it holds on to the choice that follows it."""

_ASCII_OPENING: Final = r"(\[{<$#@&"
_ASCII_CLOSING: Final = r")\]}>,.:;!?%/\-_~"
_QUOTE: Final = "\"'"

_IDEOGRAPHIC: Final = (
    r"\u2190-\u2bff\u2e80-\u3400\u3400-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffef\U0001f000-\U0003ffff"
)
"""Characters that stand alone: each may end a line. Full-width digits and letters do not."""

_WORD: Final = rf"[^{_BLANK}{_SPACES}!-/:-@\[-`{{-~{OPENING}{CLOSING}{_IDEOGRAPHIC}]"
_JOINT: Final = r"[!-/:-@\[-`{-~’·–‐\ue003]"
"""Inside a word, an address or a number: user@example.com, 45(1), don't, 2026-11-20."""

_UNITS: Final = (
    "年月日号天周时点分秒岁个人次项条款章节页份张件台部层楼室栋幢单户元角倍米厘毫克斤吨路弄级期"
)
_LATIN_UNITS: Final = (
    "(?:(?:working|calendar|business)[ ])?(?:days?|weeks?|months?|years?|hours?|minutes?|seconds?)"
    "|yuan|RMB|CNY|[KMGT]i?B|[kcm]?m|k?g|%|a\\.m\\.|p\\.m\\."
)
_RUN: Final = rf"{_WORD}+(?:{_JOINT}{{1,16}}{_WORD}+)*[+*=^|~_#&@$`]*"
"""Joints in a row are bounded, here and below, so that no text takes more than linear time."""

_LEAD: Final = (
    r"(?:(?:[A-Z][A-Z/]{1,7}|Art\.|Arts\.|[Aa]rticles?|[Pp]aragraphs?|[Ii]tems?|No\.|Nos\.|Page|§)"
    r"[ \xa0](?=\d))"
)

_ATOM: Final = re.compile(
    rf"""
    [{_BLANK}]*                                                  # before the first word only
    (?:[{OPENING}{_TICK}{_ASCII_OPENING}{_QUOTE}][{_BLANK}]*(?=[^{_BLANK}]))*  # holds what it opens
    (?:
        第?{_LEAD}?[!-/:-@\[-`{{-~]{{0,16}}{_RUN}                  # a word, a number, an address
        (?:(?<=[\d０-９])[万亿千百]?[{_UNITS}]                     # 30日, 3万元
          |(?<=\d)[ \xa0](?:{_LATIN_UNITS})\b)?                  # 30 days
      | 第[零一二三四五六七八九十百千]{{1,9}}[编章节条款项组]       # 第一千零三十七条
      | [^{_BLANK}]                                              # one character
    )
    (?:[{_BLANK}]*[{CLOSING}]                                    # closed by what follows it
      | (?:[{_BLANK}]+(?=[)\]}},:;!?/%]))?[{_ASCII_CLOSING}]+(?:{_RUN})?
      | [{_QUOTE}]+(?:{_RUN}|[{_IDEOGRAPHIC}])?                  # "…": which side is unknown
      | [\u0300-\u036f\u20d0-\u20ff]
    )*
    [{_BLANK}]*
  | [{_BLANK}]+
    """,
    re.VERBOSE,
)

_SEAMS: Final = (
    re.compile(r"(?<=[/?&= ])(?=[^/?&= ])"),
    re.compile(r"(?<=[.\-_@:,;+~%#])(?=[^/?&= .\-_@:,;+~%#])"),
)
"""Where a word longer than a line is torn: first where no reader takes the mark for a hyphen."""

_TORN: Final = re.compile("://|[0-9A-Za-z]{32}")
"""In what is torn rather than leave a hole: an address, at a seam, and a checksum, anywhere."""

_LONG_WORD: Final = re.compile("[!-~]{24}")
"""An address, a number or a name before which other programs leave a hole, or stretch a line over
one."""

_TOLERANCE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a set text.

    Attributes:
        text: What is seen, without the blanks at its end.
        start: Index of its first character in the whole text.
        end: Index after its last, blanks and newline included.
        width: In the unit of the given widths; a hanging closing mark counts by its ink.
        final: It ends its paragraph, and is not stretched.
    """

    text: str
    start: int
    end: int
    width: float
    final: bool


def opportunities(text: str) -> list[int]:
    """Return the indexes after which a line of this one-paragraph text may end."""
    return [found.end() for found in _ATOM.finditer(text)]


def holds_long_word(text: str) -> bool:
    """Tell whether other programs had better not justify a text."""
    return _LONG_WORD.search(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What there is to fill, in the unit of the widths.

    Attributes:
        first: Room on the very first line, which may be set in.
        rest: Room on all others.
        least: A last line narrower than this gets one atom more, where there is one to give.
        hanging: How much blank a closing mark has on its right; it may stick out by that.
        flush: How much blank an opening mark has on its left; where it begins a line other than
            the first, it sticks out by that.
        gives: Matches each character after which the line may be drawn together.
        give: By so much, at each.
        hole: What a line may lack, before it is drawn together to take one atom more.
    """

    first: float
    rest: float
    least: float = 0.0
    hanging: Mapping[str, float] = field(default_factory=dict)
    flush: Mapping[str, float] = field(default_factory=dict)
    gives: re.Pattern[str] | None = None
    give: float = 0.0
    hole: float = 0.0


def break_lines(text: str, widths: Sequence[float], room: Room) -> list[Line]:
    """Fill lines greedily; a newline in the text ends a paragraph.

    Args:
        text: One or more paragraphs.
        widths: The advance of each character, after kerning.
        room: Into which it goes.
    """
    if "\n" not in text:
        return _fill(text, widths, room)
    lines: list[Line] = []
    start = 0
    for paragraph in text.split("\n"):
        inside = widths[start : start + len(paragraph)]
        lines += [
            replace(line, start=line.start + start, end=line.end + start)
            for line in _fill(paragraph, inside, room)
        ]
        start += len(paragraph) + 1
        if start <= len(text):
            lines[-1] = replace(lines[-1], end=start)
        room = replace(room, first=room.rest)
    return lines


def _fill(text: str, widths: Sequence[float], room: Room) -> list[Line]:
    """Break one paragraph."""
    if not text:
        return [Line("", 0, 0, 0.0, True)]
    ends = opportunities(text)
    reached = [0.0, *accumulate(widths)]
    inks = [_ink(text, end, widths, reached, room.hanging) for end in ends]
    cuts: list[int] = []
    start = at = 0
    width = room.first
    while start < len(text):
        limit = reached[start] + width + _TOLERANCE
        at = bisect_right(inks, limit, lo=at)
        end = ends[at - 1] if at else 0
        if at < len(ends):
            begin = max(start, end)
            hole = room.gives and begin > start and limit - inks[at - 1] > room.hole
            torn = _TORN.search(text, begin, ends[at]) if hole else None
            own = width if begin == start else room.rest
            if hole and inks[at] <= limit + _given(text, start, ends[at], room):
                end = ends[at]
                at += 1
            elif torn or inks[at] - reached[begin] > own + _TOLERANCE:
                fits = bisect_right(reached, limit) - 1
                force = torn[0] != "://" if torn else begin == start
                end = _tear(text, begin, ends[at], fits, force=force) or end
        cuts.append(end)
        start = end
        width = room.rest + room.flush.get(text[start : start + 1], 0.0)
    if len(cuts) > 1 and inks[-1] - reached[cuts[-2]] < room.least:
        earlier = _earlier(ends, cuts)
        if inks[-1] - reached[earlier] <= room.rest + _TOLERANCE:
            cuts[-2] = earlier
    return [
        Line(
            text=text[begin : max(begin, _seen_end(text, end))],
            start=begin,
            end=end,
            width=_ink(text, end, widths, reached, room.hanging) - reached[begin],
            final=end == len(text),
        )
        for begin, end in pairwise((0, *cuts))
    ]


def _given(text: str, start: int, end: int, room: Room) -> float:
    """Measure by how much a line can be drawn together, its last sort apart."""
    seen = _seen_end(text, end)
    return room.give * len(room.gives.findall(text, start, seen - 1)) if room.gives else 0.0


def _earlier(ends: Sequence[int], cuts: Sequence[int]) -> int:
    """Move one atom more to a last line that would hold a single character."""
    begin = (0, *cuts)[-3]
    before = bisect_left(ends, cuts[-2]) - 1
    return ends[before] if before >= 0 and ends[before] > begin else cuts[-2]


def _ink(
    text: str,
    end: int,
    widths: Sequence[float],
    reached: Sequence[float],
    hanging: Mapping[str, float],
) -> float:
    """Measure up to the last ink before `end`: without blanks, and without what may stick out."""
    seen = _seen_end(text, end)
    if not seen:
        return 0.0
    if blank := hanging.get(text[seen - 1], 0.0):
        # Kerning may have taken the blank already.
        return reached[seen] - min(blank, max(0.0, widths[seen - 1] - blank))
    return reached[seen]


def _seen_end(text: str, end: int) -> int:
    while end and text[end - 1] in _BLANK:
        end -= 1
    return end


def _tear(text: str, begin: int, end: int, fits: int, *, force: bool) -> int:
    """Find where to tear an atom that is longer than any line; 0: leave it to the next line.

    Best at a seam (after / . - and the like); else, where the line has nothing else (`force`),
    before any character that may begin one. `fits`: where the line is full; nothing behind it is
    looked at, or an atom of many lines would be read as often as it is torn.
    """
    for seam in _SEAMS:
        seams = [found.start() for found in seam.finditer(text, begin, min(end, fits + 1))]
        if fitting := [at for at in seams if begin < at <= fits]:
            return fitting[-1]
    if not force:
        return 0
    for at in range(min(fits, end - 1), begin, -1):
        if text[at] not in CLOSING and text[at - 1] not in OPENING and not _combines(text[at]):
            return at
    return max(begin + 1, min(fits, end))


def _combines(character: str) -> bool:
    return "\u0300" <= character <= "\u036f" or "\u20d0" <= character <= "\u20ff"
