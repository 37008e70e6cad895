"""One cell of an encounter sheet: what may stand in it, and how it is written back."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from pirights.domain.encounter import Answer
from pirights.domain.text import LINE_LIMIT, NOTE_LIMIT, one_line, several_lines
from pirights.errors import BadInput, Message, message
from pirights.workflow.encounter_words import ANSWERS

EARLIEST_YEAR: Final = 1990
"""A face scan before it is a slip of the pen."""

_Word = TypeVar("_Word", bound=StrEnum)

_LONGEST_ZONE: Final = 64
"""Characters; the longest name of the IANA data has 32."""

_AT: Final = re.compile(
    r"(?P<year>\d{4})(?:([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"
    r"|年(?P<month_zh>\d{1,2})月(?P<day_zh>\d{1,2})日)"
    r"(?: ?[(（]?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])[)）]?)?"
    r"[ T]{0,3}(?:(?P<half>上午|下午|凌晨|早上|中午|晚上|[AP]M) ?)?"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{1,2})(?::\d{1,2}(?:\.\d{1,9})?)?"
    r"|[时点](?:(?P<minute_zh>\d{1,2})分?|(?P<quarter>整|一刻|半|三刻))?)"
    r"(?: ?(?P<after>[AP]\.?M\.?))?"
    r"(?: ?(?P<offset>Z|UTC|GMT|(?:(?:UTC|GMT) ?[+-]|\+)\d{1,2}(?::?\d{2})?|-\d{2}:?\d{2}))?",
    re.ASCII | re.IGNORECASE,
)
_AHEAD: Final = re.compile(r"[A-Z ]*([+-])(\d{1,2}):?(\d{2})?", re.ASCII | re.IGNORECASE)
_QUARTERS: Final = ("整", "一刻", "半", "三刻")
_WEEKDAYS: Final = "一二三四五六日"
_HALF: Final = 12


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the day.

    Attributes:
        hours: Of a clock that goes to 24: they are meant as they stand.
        clock: Of a clock that goes to 12.
        is_late: These lie after noon.
    """

    hours: range
    clock: range
    is_late: bool


_BEFORE_NOON: Final = _Part(range(12), range(12, 13), is_late=False)
_AFTER_NOON: Final = _Part(range(12, 24), range(1, 12), is_late=True)
_PARTS: Final[Mapping[str, _Part]] = {
    **dict.fromkeys(("上午", "凌晨", "早上", "AM"), _BEFORE_NOON),
    **dict.fromkeys(("下午", "PM"), _AFTER_NOON),
    "中午": _Part(range(11, 15), range(1, 3), is_late=True),
    "晚上": _Part(range(17, 24), range(5, 12), is_late=True),
}
"""As the systems of computers write them (上午 12:05 is five past midnight), and as people do.
Twelve in the evening may be meant of either day, and is refused."""

_DAY_ONLY: Final = re.compile(r"\d{4}(?:([-/.])\d{1,2}\1\d{1,2}|年\d{1,2}月\d{1,2}日)", re.ASCII)
_DAY_OR_MONTH: Final = re.compile(
    r"(?:0?[1-9]|1[0-2])([-/.])(?:0?[1-9]|1[0-2])\1\d{4}(?:\D.*)?", re.ASCII | re.DOTALL
)
_LOOSE: Final = str.maketrans("０１２３４５６７８９：／－　", "0123456789:/- ")


def line(cell: str, column: str) -> str:
    """Read a cell of one line.

    Raises:
        BadInput: Too long, or a control character in it.
    """
    return cell if _is_plain(cell, LINE_LIMIT) else one_line(cell, field=column)


def lines(cell: str, column: str) -> str:
    """Read a cell of several lines.

    Raises:
        BadInput: As `line`.
    """
    return cell if _is_plain(cell, NOTE_LIMIT) else several_lines(cell, field=column)


def word(cell: str, known: Mapping[str, _Word], column: str) -> _Word:
    """Read a cell that holds one of a few words, in English or Chinese.

    Raises:
        BadInput: Another word.
    """
    found = known.get(cell) or known.get(cell.strip().casefold())
    if found is None:
        allowed = ", ".join(dict.fromkeys(value.value for value in known.values()))
        raise BadInput(
            message(
                "{value} is not a word for {column}; these are: {allowed}.",
                value=cell[:LINE_LIMIT],
                column=column,
                allowed=allowed,
            ),
        )
    return found


def flag(cell: str, column: str) -> bool:
    """Read a cell of yes or no; an empty one is no.

    Raises:
        BadInput: Neither.
    """
    answer = word(cell, ANSWERS, column) if cell else Answer.NO
    if answer is Answer.UNKNOWN:
        raise BadInput(message("The column {column} takes only yes or no.", column=column))
    return answer is Answer.YES


def zone_of(cell: str) -> ZoneInfo:
    """Read the name of a time zone.

    Raises:
        BadInput: No such zone.
    """
    zone = _zone(cell) if len(cell) <= _LONGEST_ZONE else None
    if zone is None:
        raise BadInput(
            message("There is no time zone {zone}.", zone=cell[:LINE_LIMIT]),
            hint=message("Write it as in Asia/Shanghai."),
        )
    return zone


def moment(cell: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Read a date with its time of day; seconds are dropped.

    An offset may follow (`+08:00`, `UTC+8`), as the export writes for an hour that the clock shows
    twice. The half of the day may be named (下午6:05, 6:05 PM), and the day of the week.

    Raises:
        BadInput: Another form, no such day or hour, another day of the week, before 1990, or yet to
            come.
    """
    found = _AT.fullmatch(cell) or _AT.fullmatch(cell.translate(_LOOSE).strip())
    if found is None:
        raise _no_moment(cell)
    shown = cell.strip()
    minute = found["minute"] or found["minute_zh"] or 0
    if found["quarter"]:
        minute = 15 * _QUARTERS.index(found["quarter"])
    try:
        clock = datetime(  # noqa: DTZ001 (the reading of a clock; its zone comes next)
            int(found["year"]),
            int(found["month"] or found["month_zh"]),
            int(found["day"] or found["day_zh"]),
            _hour(int(found["hour"]), found["half"], found["after"]),
            int(minute),
        )
    except ValueError:
        raise BadInput(message("There is no such date or time: {value}.", value=shown)) from None
    if clock.year < EARLIEST_YEAR:
        raise BadInput(
            message("{value} lies before {year}.", value=shown, year=EARLIEST_YEAR),
            hint=message("Check the year."),
        )
    weekday = (found["weekday"] or "").replace("天", "日")
    if weekday and _WEEKDAYS.index(weekday) != clock.weekday():
        raise BadInput(
            message("{value}: that date is another day of the week.", value=shown),
            hint=message("Check the date."),
        )
    at = _on_the_line(clock, found["offset"], zone)
    if at is None:
        raise BadInput(
            message(
                "The clocks of {zone} never showed {value}: they were put forward.",
                zone=zone.key,
                value=shown,
            ),
        )
    if at > now:
        raise BadInput(message("{value} has not come yet.", value=shown))
    return at


def _hour(hour: int, half: str | None, after: str | None) -> int:
    """Give the hour of a clock that goes to 24.

    Raises:
        ValueError: There is no such hour in that part of the day.
    """
    if half is None and after is None:
        return hour
    if half is not None and after is not None:
        raise ValueError("the half of the day is named twice")
    part = _PARTS[(half or after or "").replace(".", "").upper()]
    if hour in part.hours:
        return hour
    if hour not in part.clock:
        raise ValueError("no such hour")
    return hour % _HALF + (_HALF if part.is_late else 0)


def clock_of(at: datetime, zone: ZoneInfo) -> str:
    """Write a moment as the clock of its zone showed it."""
    local = at.astimezone(zone)
    shown = f"{local.year:04d}-{local:%m-%d %H:%M}"
    if local.replace(fold=0).astimezone(UTC) == at:
        return shown
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{shown}{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _is_plain(cell: str, limit: int) -> bool:
    """Say at C speed what is true of nearly every cell: that nothing in it needs a closer look."""
    return (
        len(cell) <= limit
        and cell.isprintable()
        and cell[:1] not in {" ", "\u3000"}
        and cell[-1:] not in {" ", "\u3000"}
        and unicodedata.is_normalized("NFC", cell)
    )


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _on_the_line(clock: datetime, offset: str | None, zone: ZoneInfo) -> datetime | None:
    """Place the reading of a clock on the time line; None where no clock showed it."""
    if offset is None:
        at = clock.replace(tzinfo=zone).astimezone(UTC)
        return at if at.astimezone(zone).replace(tzinfo=None) == clock else None
    found = _AHEAD.fullmatch(offset)  # None for Z, UTC and GMT
    minutes = int(found[2]) * 60 + int(found[3] or 0) if found else 0
    if minutes >= 24 * 60:
        return None
    ahead = timedelta(minutes=-minutes if found and found[1] == "-" else minutes)
    return clock.replace(tzinfo=timezone(ahead)).astimezone(UTC)


def _no_moment(cell: str) -> BadInput:
    shown, plain = cell.strip(), cell.translate(_LOOSE).strip()
    said: Message = message(
        "{value} is not a date with a time, as in 2026-11-20 18:05.", value=cell[:LINE_LIMIT]
    )
    if _DAY_ONLY.fullmatch(plain):
        said = message(
            "{value} lacks the time of day; write it as in 2026-11-20 18:05.", value=shown
        )
        try:
            date(*map(int, re.findall(r"\d+", plain)))
        except ValueError:
            said = message("There is no such date or time: {value}.", value=shown)
    if _DAY_OR_MONTH.fullmatch(plain):
        said = message(
            "{value} does not say which number is the month and which the day; write the year "
            "first, as in 2026-11-20 18:05.",
            value=shown[:LINE_LIMIT],
        )
    return BadInput(
        said,
        hint=message("Write it as in 2026-11-20 18:05; `yes` under `about` marks it approximate."),
    )
