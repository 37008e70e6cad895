"""What a person types, read once at the edge: days, moments, zones and labels."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pirights.domain.handler import Period, TimeUnit
from pirights.domain.request import Correction
from pirights.errors import BadInput, Message, message

EARLIEST_YEAR: Final = 1990
"""No face was scanned at a gate before."""

_LONGEST: Final = 60
"""Characters beyond which a typed word is no date and no label."""

_DAY: Final = r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
_DAY_ONLY: Final = re.compile(_DAY)
_MOMENT: Final = re.compile(
    rf"{_DAY}(?:\s+|T)(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?\s*(Z|[+-]\d{{2}}:?\d{{2}})?"
)
_LABEL: Final = re.compile(r"([A-Z])([1-9]\d{0,8})")
_ZONE_NAME: Final = re.compile(r"UTC|[A-Z][A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}")
"""Area and place: what else lies in a zone folder is an alias, or not a zone at all."""

_PERIOD: Final = re.compile(r"(\d{1,5}) ?(wd|个工作日|工作日|d|days?|日|天)?", re.IGNORECASE)
_WORKING: Final = frozenset({"wd", "个工作日", "工作日"})

_TURNS: Final = re.compile(r"=>|⇒|→")
"""Stands between what is wrong and what is right."""

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST_AND_PORT: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+:\d{1,5}(?![^/?#])")


def day(text: str, *, field: str) -> date:
    """Read a day: `2026-11-20`, `2026/11/20`, `2026年11月20日`, full-width digits too.

    Raises:
        BadInput: Not of this form, or no such day, such as 2026-02-30.
    """
    found = _DAY_ONLY.fullmatch(_normal(text))
    if not found:
        raise BadInput(
            message("{field}: {text} is not a date.", field=field, text=text),
            hint=message("Write it as 2026-11-20."),
        )
    return _day(found, text=text, field=field)


def correction(text: str, *, field: str) -> Correction:
    """Read what is wrong and what is right: `王小民 => 王小明`; `=> 王小明` adds what is missing.

    Raises:
        BadInput: No arrow stands between them.
    """
    wrong, *rest = _TURNS.split(text, maxsplit=1)
    if not rest:
        raise BadInput(
            message(
                "{field}: {text} does not say what is wrong and what is right.",
                field=field,
                text=text,
            ),
            hint=message(
                "Write what is wrong => what is right; nothing before => adds what is missing."
            ),
        )
    return Correction(wrong=wrong, right=rest[0])


def moment(text: str, zone: str, *, field: str) -> datetime:
    """Read a local date and time, `2026-11-20 18:05`, and return the instant in UTC.

    An offset may stand behind it, `2026-11-20 18:05+08:00`; it then decides, not the zone.

    Raises:
        BadInput: Not of this form, no such day or time, or a time that the zone's clocks
            skipped or showed twice.
    """
    found = _MOMENT.fullmatch(_normal(text))
    if not found:
        raise BadInput(
            message("{field}: {text} is not a date with a time.", field=field, text=text),
            hint=message("Write it as 2026-11-20 18:05."),
        )
    on = _day(found, text=text, field=field)
    hour, minute, second = int(found[6]), int(found[7]), int(found[8] or 0)
    try:
        local = datetime(on.year, on.month, on.day, hour, minute, second)  # noqa: DTZ001
        if found[9]:
            return local.replace(tzinfo=_offset(found[9])).astimezone(UTC)
        return _in_zone(local, ZoneInfo(zone_name(zone)), text=text, field=field)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            message("{field}: {text} has no such time.", field=field, text=text),
            hint=message("Hours go from 00 to 23, minutes from 00 to 59."),
        ) from error


def zone_name(text: str) -> str:
    """Check the IANA name of a time zone, such as `Asia/Shanghai`.

    Raises:
        BadInput: No zone has this name.
    """
    name = text.strip()
    hint = message("Write an IANA name, such as Asia/Shanghai.")
    if len(name) > _LONGEST or not _ZONE_NAME.fullmatch(name):
        raise BadInput(message("There is no time zone {name}.", name=text), hint=hint)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise BadInput(message("There is no time zone {name}.", name=text), hint=hint) from error
    return name


def period(text: str) -> Period:
    """Read a period: `15`, `15wd`, `15个工作日`.

    Raises:
        BadInput: It is none.
    """
    found = _PERIOD.fullmatch(text.strip())
    if found is None:
        raise BadInput(
            message("{text} is no number of days.", text=text),
            hint=message("Write 15 for days, 15wd for working days."),
        )
    working = (found[2] or "").casefold() in _WORKING
    return Period(amount=int(found[1]), unit=TimeUnit.WORKING_DAY if working else TimeUnit.DAY)


def web_address(text: str, *, field: str) -> str:
    """Check the address of a page: `https://…`, or without a scheme as people write it.

    Raises:
        BadInput: It names a scheme that leads to no page, such as `javascript:`.
    """
    address = text.strip()
    scheme = _SCHEME.match(address)
    if (
        scheme is not None
        and scheme[1].casefold() not in {"http", "https"}
        and not _HOST_AND_PORT.match(address)
    ):
        raise BadInput(
            message("{field}: {text} is not the address of a web page.", field=field, text=text),
            hint=message("It begins with https:// or http://."),
        )
    return address


def plausible_day(on: date, today: date, *, field: str, future: bool = False) -> date:
    """Refuse a day that can only be a typing mistake.

    Args:
        on: The day that was read.
        today: In the vault's zone.
        field: What the day is for, for the message.
        future: May it lie after today?

    Raises:
        BadInput: Before 1990, or after today where that makes no sense.
    """
    if on.year < EARLIEST_YEAR:
        raise BadInput(
            message("{field}: {day} lies before {year}.", field=field, day=on, year=EARLIEST_YEAR),
            hint=message("Check the year."),
        )
    if on > today and not future:
        raise BadInput(
            message("{field}: {day} lies in the future.", field=field, day=on),
            hint=message("Today is {today}.", today=today),
        )
    return on


def plausible_moment(at: datetime, now: datetime, *, field: str) -> datetime:
    """Refuse a moment before 1990 or after now.

    Raises:
        BadInput: It can only be a typing mistake.
    """
    plausible_day(at.date(), now.date(), field=field, future=True)
    if at > now:
        raise BadInput(
            message("{field} lies in the future.", field=field),
            hint=message("Check the day, the time and the zone."),
        )
    return at


def record_number(text: str, letter: Literal["E", "H", "P", "I", "A", "C"]) -> int:
    """Read a label such as `E12`; small letters and full-width ones too.

    Raises:
        BadInput: Not a label of this kind.
    """
    found = _LABEL.fullmatch(_normal(text).upper())
    if found is None or found[1] != letter:
        raise BadInput(
            message("{text} is not {kind}.", text=text, kind=_KINDS[letter]),
            hint=message("It is the letter {letter} and a number: {letter}1.", letter=letter),
        )
    return int(found[2])


_KINDS: Final[dict[str, Message]] = {
    "E": message("the label of an encounter"),
    "H": message("the label of a handler"),
    "P": message("the label of a person"),
    "I": message("the label of a message in the inbox"),
    "A": message("the label of an attachment"),
    "C": message("the label of a cost"),
}


def _normal(text: str) -> str:
    """Full-width characters become plain ones, spaces at the ends go; too long becomes nothing."""
    return unicodedata.normalize("NFKC", text).strip() if len(text) <= _LONGEST else ""


def _day(found: re.Match[str], *, text: str, field: str) -> date:
    year, month, number = int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])
    try:
        return date(year, month, number)
    except ValueError as error:
        raise BadInput(
            message("{field}: there is no day {text}.", field=field, text=text),
            hint=message("Check the month and the day."),
        ) from error


def _offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _in_zone(local: datetime, zone: ZoneInfo, *, text: str, field: str) -> datetime:
    """Take the clock reading in the zone; a skipped or doubled one is not guessed at."""
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise BadInput(
            message(
                "{field}: the clocks of {zone} skipped {text}.",
                field=field,
                zone=zone.key,
                text=text,
            ),
            hint=message("Check the time and the zone."),
        )
    raise BadInput(
        message(
            "{field}: the clocks of {zone} showed {text} twice.",
            field=field,
            zone=zone.key,
            text=text,
        ),
        hint=message(
            "Write the offset behind it: {first} or {second}.",
            first=_written(local, first),
            second=_written(local, second),
        ),
    )


def _written(local: datetime, placed: datetime) -> str:
    return f"{local:%Y-%m-%d %H:%M}{placed:%z}"
