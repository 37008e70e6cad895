"""The time for an answer that a reply names: a day or a number of days. Proposed, never obeyed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pirights.domain.handler import Period, TimeUnit
from pirights.domain.quoting import own_words, sentences

_TEXT_LIMIT: Final = 20_000
"""Characters of a reply that are looked through."""

_SENTENCE_LIMIT: Final = 1_000
_LONGEST: Final = 366
"""Days beyond which a number is no time for an answer."""

_TURN_OF_YEAR: Final = timedelta(days=180)
"""A day without its year that lies further back than this is one of the next year."""

_WEEK: Final = 7

_ABOUT: Final = re.compile(
    r"答复|回复|函复|回函|反馈|告知|办结|处理完|延长|延期|延至|顺延|推迟|延后|预计|"
    r"\b(?:repl(?:y|ied)|respon[ds]\w*|answer\w*|extend\w*|extension|delay\w*|postpone\w*|longer|"
    r"(?:more|additional|extra|further|another)\b.{0,30}\b(?:time|days|weeks)|get back)",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"保存期|存储期|保管期|保留期|留存|如您|若您|如果您|"
    r"\b(?:retention|retain\w*|kept|stored|if you|should you)\b",
    re.IGNORECASE,
)
"""Words of another time: how long things are kept, or what the person is to do."""

_CHINESE_DAY: Final = re.compile(
    r"(?:(\d{4})\s?年\s?)?(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]", re.IGNORECASE
)
_PLAIN_DAY: Final = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH: Final = rf"({_MONTHS})(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?"
_DAY_MONTH: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(\d{{4}}))?", re.IGNORECASE
)
_MONTH_DAY: Final = re.compile(
    rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(\d{{4}}))?", re.IGNORECASE
)
_DIGITS: Final = "一二三四五六七八九"
_CHINESE_PERIOD: Final = re.compile(
    r"(?<![月年第\d一二三四五六七八九十])(\d{1,3}|[一二两三四五六七八九十]{1,3})\s?个?\s?"
    r"(工作日|自然日|日|天|周|星期)"
)
_TO_TEN: Final = "one|two|three|four|five|six|seven|eight|nine|ten"
_NUMBERS: Final[Mapping[str, int]] = {
    **{word: number for number, word in enumerate(_TO_TEN.split("|"), 1)},
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "sixty": 60,
}
_LATIN_PERIOD: Final = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?:(?:more|further|additional|extra)\s+)?"
    r"(?:(working|business|calendar)\s+)?(day|week)s?\b",
    re.IGNORECASE,
)
_DIGITS_PLAIN: Final[dict[int, int | str]] = {
    **{code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)},
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTime:
    """A time for an answer, as a reply seems to name it: one of the two.

    Attributes:
        until: The last day, inclusive.
        period: How long, from the day of the reply.
    """

    until: date | None = None
    period: Period | None = None

    @property
    def typed(self) -> str:
        """As `case extend` and `case promise` take it: 15wd, or --until 2026-12-31."""
        if self.period is None:
            return f"--until {self.until}"
        return f"{self.period.amount}{'wd' if self.period.unit is TimeUnit.WORKING_DAY else ''}"


def told_time(text: str, on: date) -> ToldTime | None:
    """Find the time by which the writer of a reply says that the answer will come.

    The latest day after the reply's own goes before a number of days; what is quoted, and times
    of other things, do not count.

    Args:
        text: The reply's words.
        on: The day it came in.
    """
    words = own_words(text[:_TEXT_LIMIT].translate(_DIGITS_PLAIN))
    told = [
        sentence[:_SENTENCE_LIMIT]
        for sentence in sentences(words)
        if _ABOUT.search(sentence[:_SENTENCE_LIMIT])
        and not _ASIDE.search(sentence[:_SENTENCE_LIMIT])
    ]
    days = [day for sentence in told for day in _days(sentence, on) if day > on]
    near = [day for day in days if (day - on).days <= _LONGEST]
    if near:
        return ToldTime(until=max(near))
    periods = [period for sentence in told for period in _periods(sentence)]
    return ToldTime(period=periods[-1]) if periods else None


def _days(sentence: str, on: date) -> Iterator[date]:
    found = [(one[1], int(one[2]), int(one[3])) for one in _CHINESE_DAY.finditer(sentence)]
    found += [(one[1], int(one[2]), int(one[3])) for one in _PLAIN_DAY.finditer(sentence)]
    found += [(one[3], _month(one[2]), int(one[1])) for one in _DAY_MONTH.finditer(sentence)]
    found += [(one[3], _month(one[1]), int(one[2])) for one in _MONTH_DAY.finditer(sentence)]
    for year, month, number in found:
        try:
            day = date(int(year or on.year), month, number)
            if not year and on - day > _TURN_OF_YEAR:
                day = date(on.year + 1, month, number)
        except ValueError:
            continue
        yield day


def _month(name: str) -> int:
    return _MONTHS.split("|").index(name.casefold()) + 1


def _periods(sentence: str) -> Iterator[Period]:
    for number, unit in _CHINESE_PERIOD.findall(sentence):
        yield from _period(_number(number), working=unit == "工作日", weeks=unit in {"周", "星期"})
    for number, sort, unit in _LATIN_PERIOD.findall(sentence):
        amount = int(number) if number.isdecimal() else _NUMBERS[number.casefold()]
        working = sort.casefold() in {"working", "business"}
        yield from _period(amount, working=working, weeks=unit.casefold() == "week")


def _period(amount: int, *, working: bool, weeks: bool) -> Iterator[Period]:
    days = amount * _WEEK if weeks else amount
    if 0 < days <= _LONGEST:
        yield Period(amount=days, unit=TimeUnit.WORKING_DAY if working else TimeUnit.DAY)


def _number(text: str) -> int:
    """Read 15, 十五, 二十, 三十五, 两; 0 for what is none of that."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _digit(text)
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0)


def _digit(text: str) -> int:
    return 2 if text == "两" else _DIGITS.find(text) + 1 if len(text) == 1 else 0
