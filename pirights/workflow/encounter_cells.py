"""One cell of an encounter sheet: what may stand in it, and how it is written back.

Foreign text is data. A cell that a spreadsheet would take for a formula is written with an
apostrophe before it, and exactly that one is taken away again.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from pirights.domain.encounter import Answer, Role, ScanMode
from pirights.domain.handler import Venue
from pirights.domain.text import LINE_LIMIT, NOTE_LIMIT, one_line, several_lines
from pirights.errors import BadInput, Message, message

EARLIEST_YEAR: Final = 1990
"""A face scan before it is a slip of the pen."""

_Word = TypeVar("_Word", bound=StrEnum)

ANSWERS: Final[Mapping[str, Answer]] = {
    "": Answer.UNKNOWN,
    **{answer.value: answer for answer in Answer},
    **dict.fromkeys(("y", "true", "是", "有"), Answer.YES),
    **dict.fromkeys(("n", "false", "否", "无", "没有"), Answer.NO),
    **dict.fromkeys(("?", "？", "不详", "未知", "不知道", "不清楚"), Answer.UNKNOWN),
}

MODES: Final[Mapping[str, ScanMode]] = {
    "": ScanMode.UNKNOWN,
    **{mode.value: mode for mode in ScanMode},
    **dict.fromkeys(("核验", "验证", "身份验证"), ScanMode.VERIFICATION),
    **dict.fromkeys(("辨识", "识别", "身份识别"), ScanMode.IDENTIFICATION),
    **dict.fromkeys(("录入", "注册", "采集录入"), ScanMode.ENROLMENT),
    "enrollment": ScanMode.ENROLMENT,
    "测温": ScanMode.TEMPERATURE,
    **dict.fromkeys(("暗中采集", "隐蔽采集", "无感采集"), ScanMode.COVERT),
    **dict.fromkeys(("?", "？", "不详", "未知", "不清楚"), ScanMode.UNKNOWN),
}

VENUES: Final[Mapping[str, Venue]] = {
    **{venue.value: venue for venue in Venue},
    **dict.fromkeys(("小区", "住宅小区", "住宅"), Venue.RESIDENTIAL),
    **dict.fromkeys(("景区", "公园"), Venue.SCENIC_AREA),
    **dict.fromkeys(("学校", "校园"), Venue.SCHOOL),
    **dict.fromkeys(("工作单位", "单位", "公司"), Venue.WORKPLACE),
    **dict.fromkeys(("商店", "店铺", "超市"), Venue.SHOP),
    **dict.fromkeys(("商场", "购物中心"), Venue.MALL),
    **dict.fromkeys(("酒店", "宾馆", "旅馆"), Venue.HOTEL),
    "健身房": Venue.GYM,
    "医院": Venue.HOSPITAL,
    "药店": Venue.PHARMACY,
    **dict.fromkeys(("交通", "车站", "机场", "地铁"), Venue.TRANSPORT),
    **dict.fromkeys(("电信", "通信营业厅"), Venue.TELECOM),
    "银行": Venue.BANK,
    **dict.fromkeys(("政府", "政府机关", "政务"), Venue.GOVERNMENT),
    **dict.fromkeys(("公安", "公安机关"), Venue.POLICE),
    **dict.fromkeys(("应用", "应用程序", "小程序"), Venue.APP),
    "售楼处": Venue.SALES_OFFICE,
    "其他": Venue.OTHER,
}

ROLES: Final[Mapping[str, Role]] = {
    **{role.value: role for role in Role},
    **dict.fromkeys(("运营者", "经营者"), Role.OPERATOR),
    **dict.fromkeys(("物业", "物业服务企业"), Role.PROPERTY_MANAGER),
    **dict.fromkeys(("供应商", "设备商", "技术提供方"), Role.VENDOR),
    **dict.fromkeys(("受托人", "受托方"), Role.ENTRUSTED),
}

_AT: Final = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
    r"[ T]{0,3}(\d{1,2})(?::(\d{1,2})(?::\d{1,2}(?:\.\d{1,9})?)?|[时点](?:(\d{1,2})分?)?)"
    r"(?: ?(Z|[+-]\d{2}:?\d{2}))?",
    re.ASCII,
)
_DAY_ONLY: Final = re.compile(r"\d{4}(?:([-/.])\d{1,2}\1\d{1,2}|年\d{1,2}月\d{1,2}日)", re.ASCII)
_LOOSE: Final = str.maketrans("０１２３４５６７８９：／－　", "0123456789:/- ")

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_LABEL: Final = re.compile(r"[Hh]([1-9][0-9]{0,8})")
_PIECE: Final = re.compile(r"\\(.)|([;；])|([:：])|([^\\;；:：]+)|(\\)", re.DOTALL)
_TO_ESCAPE: Final = re.compile(r"[\\;；:：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerMention:
    """A handler as a sheet names it.

    Attributes:
        number: The number after the H, or None where a name is given.
        name: The name, or empty where a label is given.
    """

    number: int | None = None
    name: str = ""
    role: Role = Role.OPERATOR


def guarded(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Take away the apostrophe of `guarded`, and no other."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


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
    zone = _zone(cell)
    if zone is None:
        raise BadInput(
            message("There is no time zone {zone}.", zone=cell[:LINE_LIMIT]),
            hint=message("Write it as in Asia/Shanghai."),
        )
    return zone


def moment(cell: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Read a date with its time of day; seconds are dropped.

    An offset may follow (`+08:00`), as the export writes for an hour that the clock shows twice.

    Raises:
        BadInput: Another form, no such day or hour, before 1990, or yet to come.
    """
    found = _AT.fullmatch(cell) or _AT.fullmatch(cell.translate(_LOOSE).strip())
    if found is None:
        raise _no_moment(cell)
    year, _, month, day, month_zh, day_zh, hour, minute, minute_zh, offset = found.groups()
    shown = cell.strip()
    try:
        clock = datetime(  # noqa: DTZ001 (the reading of a clock; its zone comes next)
            int(year),
            int(month or month_zh),
            int(day or day_zh),
            int(hour),
            int(minute or minute_zh or 0),
        )
    except ValueError:
        raise BadInput(message("There is no such date or time: {value}.", value=shown)) from None
    if clock.year < EARLIEST_YEAR:
        raise BadInput(
            message("{value} lies before {year}.", value=shown, year=EARLIEST_YEAR),
            hint=message("Check the year."),
        )
    at = _on_the_line(clock, offset, zone)
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


def clock_of(at: datetime, zone: ZoneInfo) -> str:
    """Write a moment as the clock of its zone showed it."""
    local = at.astimezone(zone)
    shown = f"{local.year:04d}-{local:%m-%d %H:%M}"
    if local.replace(fold=0).astimezone(UTC) == at:
        return shown
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{shown}{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def mentions(cell: str) -> tuple[HandlerMention, ...]:
    r"""Read the handlers: `H1`, or a name, each with an optional `:role`, `;` between them.

    A backslash makes the next character an ordinary one, as in `甲\;乙`.

    Raises:
        BadInput: A role that does not exist, or a name too long.
    """
    if not cell:
        return ()
    found: list[HandlerMention] = []
    part: list[str] = []
    colon: int | None = None
    literal = False
    for piece in _PIECE.finditer(cell):
        escaped, semicolon, role_mark, plain, stray = piece.groups()
        if semicolon:
            found += _mention(part, colon, literal=literal)
            part, colon, literal = [], None, False
            continue
        literal = literal or (escaped is not None and not "".join(part).strip())
        if role_mark:
            colon = len(part)
        part.append(escaped or role_mark or plain or stray)
    found += _mention(part, colon, literal=literal)
    return tuple(found)


def written(handlers: Iterable[tuple[int, Role]], names: Mapping[int, str]) -> str:
    """Write handlers so that `mentions` reads them back: by name where one is known.

    A name that two of them bear is no name; the label stands for it.
    """
    known = list(names.values())
    parts = []
    for number, role in handlers:
        name = names.get(number, "")
        shown = f"H{number}"
        if name and known.count(name) == 1:
            shown = _TO_ESCAPE.sub(r"\\\g<0>", name)
            shown = f"\\{shown}" if _LABEL.fullmatch(name) else shown
        parts.append(shown if role is Role.OPERATOR else f"{shown}:{role.value}")
    return ";".join(parts)


def _mention(part: list[str], colon: int | None, *, literal: bool) -> list[HandlerMention]:
    whole = "".join(part).strip(" \t\n\r\u3000")
    if not whole:
        return []
    role = Role.OPERATOR
    if colon is not None:
        before, after = "".join(part[:colon]).strip(" \t\u3000"), "".join(part[colon + 1 :]).strip()
        known = ROLES.get(after.casefold())
        if known is not None:
            whole, role = before, known
        elif _LABEL.fullmatch(before):
            raise BadInput(
                message(
                    "{value} is not a role; these are: {allowed}.",
                    value=after[:LINE_LIMIT],
                    allowed=", ".join(Role),
                ),
            )
    label = None if literal else _LABEL.fullmatch(whole)
    if label:
        return [HandlerMention(number=int(label[1]), role=role)]
    return [HandlerMention(name=line(whole, "handler"), role=role)]


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
    digits = offset.replace(":", "")
    minutes = 0 if offset == "Z" else int(digits[1:3]) * 60 + int(digits[3:5])
    if minutes >= 24 * 60:
        return None
    ahead = timedelta(minutes=-minutes if offset[0] == "-" else minutes)
    return clock.replace(tzinfo=timezone(ahead)).astimezone(UTC)


def _no_moment(cell: str) -> BadInput:
    if not cell.strip():
        return BadInput(message("The time is missing."))
    said: Message = message("{value} is not a date with a time.", value=cell[:LINE_LIMIT])
    if _DAY_ONLY.fullmatch(cell.translate(_LOOSE).strip()):
        said = message("{value} lacks the time of day.", value=cell.strip())
    return BadInput(
        said,
        hint=message("Write it as in 2026-11-20 18:05; `yes` under `about` marks it approximate."),
    )
