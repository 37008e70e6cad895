"""What the writer of a mail says himself, apart from the letter that he quotes below it.

Our own letter, quoted in the answer, speaks of deleting and refusing on every line; it must not
be taken for the handler's words.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final
from unicodedata import east_asian_width

_RULE: Final = re.compile(
    r"^\s*[-_=—*\s]{2,}\s*(?:原始邮件|原邮件|邮件原文|回复的原邮件|Original\s+Message|Original\s+E-?mail)",
    re.IGNORECASE,
)
_WROTE: Final = re.compile(
    r"^\s*(?:On\b.{4,200}\bwrote\s*:|(?:在|于)?\s*\d{4}\s*[年/-].{4,200}(?:写道|寫道|编写)\s*[:：])\s*$",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"^\s*[*_]*(?:From|发件人|寄件者)[*_]*\s*[:：]", re.IGNORECASE)
_HEADING: Final = re.compile(
    r"^\s*[*_]*(?:Sent|Date|To|Subject|发送时间|发送日期|日期|时间|收件人|主题)[*_]*\s*[:：]",
    re.IGNORECASE,
)
_FORWARDED: Final = re.compile(r"forwarded\s+message|转发(?:的)?邮件|轉寄", re.IGNORECASE)
_HEADING_SPAN: Final = 5
"""Lines after `From:` in which its companions stand."""

_JOINED: Final = 500
"""Characters after which lines without an end mark are no one sentence any more."""

_LONG_LINE: Final = 200
_ITEM: Final = re.compile(r"^\s*(?:[-*•·]|[(（]?[\d一二三四五六七八九十]{1,3}[)）.、])")
_ENDS: Final = re.compile(
    r"(?<=[。！？；!?;])|(?<=[a-z)\]\d]{2}\.)\s|(?:[,，]\s?|\s)(?=但|然而|不过|but\b|however\b)",
    re.IGNORECASE,
)
"""A turn (但, but) ends a sentence too: what follows it is another matter."""


def own_words(text: str) -> str:
    """Cut away what is quoted: lines that begin with `>`, and all after a mail's heading."""
    kept: list[str] = []
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if _begins_quote(lines, place):
            break
        if not line.lstrip().startswith((">", "＞")):
            kept.append(line)
    return "\n".join(kept).strip()


def sentences(text: str, *, apart: Callable[[str, str], bool] | None = None) -> Iterator[str]:
    """Split a text into its sentences; a line without an end mark goes on in the next one.

    Lines are joined with a space, but for Chinese: there a line may end within a word.

    Args:
        text: Its lines.
        apart: Says whether two lines are sentences of their own, though no mark parts them.
    """
    joined = last = ""
    for line in text.split("\n"):
        stripped = line.strip()
        if joined and (
            not stripped
            or len(joined) > _JOINED
            or _ITEM.match(stripped)
            or (apart is not None and apart(last, stripped))
        ):
            yield from _split(joined)
            joined = ""
        joined = f"{joined}{_gap(joined, stripped)}{stripped}"
        last = stripped
    yield from _split(joined)


def _gap(before: str, after: str) -> str:
    """What stands between two joined lines."""
    chinese = any(east_asian_width(edge) in "WF" for edge in (*before[-1:], *after[:1]))
    return "" if chinese or not before else " "


def _split(text: str) -> Iterator[str]:
    yield from (part.strip() for part in _ENDS.split(text) if part and part.strip())


def _begins_quote(lines: list[str], place: int) -> bool:
    line = lines[place]
    if _FORWARDED.search(line):
        return False
    if _RULE.match(line) or _WROTE.match(line):
        return True
    if (
        place + 1 < len(lines)
        and len(line) < _LONG_LINE
        and _WROTE.match(f"{line} {lines[place + 1]}")
    ):
        return True
    if not _FROM.match(line):
        return False
    if place and any(_FORWARDED.search(before) for before in lines[max(0, place - 2) : place]):
        return False
    companions = sum(
        bool(_HEADING.match(near)) for near in lines[place + 1 : place + _HEADING_SPAN]
    )
    return companions >= 2  # noqa: PLR2004 (one may be a sentence of the letter)
