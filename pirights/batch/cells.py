"""One cell of a clinic's sheet: cleaned of what keyboards and spreadsheets leave, and read."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from pirights.batch.words import chinese
from pirights.domain.document import Letters
from pirights.domain.text import LINE_LIMIT, one_line
from pirights.errors import BadInput, Message, message
from pirights.workflow import encounter_cells

KEY_LIMIT: Final = 80
"""Characters of a row's key."""

SEVERAL_LIMIT: Final = 50
"""Things in one cell."""

_Word = TypeVar("_Word", bound=StrEnum)

_SEMICOLON: Final = re.compile(r"[;；]")
_BETWEEN_MOMENTS: Final = re.compile(r"[;；、]")
_SPAN: Final = re.compile(r"\d:\d{2} ?[-~] ?\d{1,2}:\d{2}", re.ASCII)
"""Of a meeting; the end could be read as how far a clock is behind."""

_BETWEEN_WORDS: Final = re.compile(r"[;；,，、\n]")
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]"
)
"""Left behind where text was copied from a web page, or put there to make two names of one."""

_HYPHEN: Final = re.compile("[\u2010-\u2015\u2212]")
_BREAK: Final = re.compile(r" *[\t\n\r][ \t\n\r]*")
"""Typed with Alt+Enter, so that a long text is seen whole in its cell."""

_BLANKS: Final = re.compile(r"[\s\u3000\u200b\ufeff]+")
_HAN: Final = "\u3400-\u9fff\U00020000-\U0003ffff"
_BETWEEN_HAN: Final = re.compile(rf"(?<=[{_HAN}])[ \t\u00a0\u3000\u200b\ufeff]+(?=[{_HAN}])")
_ROUNDED: Final = re.compile(r"\d(?:\.\d+)?E\+\d{1,3}", re.ASCII | re.IGNORECASE)
"""How a spreadsheet shows a number that is too long for it, and then saves it as text."""

_SERIAL: Final = re.compile(r"[2-7]\d{4}(?:\.(\d{1,15}))?", re.ASCII)
"""A day as a spreadsheet counts it, 20000 to 79999: of the years 1954 to 2119."""

_ERROR: Final = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|N/A|SPILL!|CALC!|FIELD!)")
_TRUTH: Final = frozenset({"TRUE", "FALSE"})
"""What a spreadsheet saves as text where it found an error, and where it keeps yes or no."""

_DAY_0: Final = datetime(1899, 12, 30)  # noqa: DTZ001 (the reading of a clock)
_DAYS_TO_1904: Final = 1462


def not_meant(cell: str, *, may_be_truth: bool = False) -> Message | None:
    """Say that a spreadsheet wrote a cell, and nobody: a formula, an error, TRUE or FALSE.

    Args:
        cell: What stands there.
        may_be_truth: The column asks for yes or no.
    """
    typed = cell.strip().upper()
    if typed[:1] in {"=", "＝"}:
        return message("The cell holds a formula; write what it gives.")
    if _ERROR.fullmatch(typed):
        return message("The cell holds an error: {value}.", value=typed)
    if typed in _TRUTH and not may_be_truth:
        return message("The cell holds {value}, and no text; write what is meant.", value=typed)
    return None


def line(cell: str, column: str, *, limit: int = LINE_LIMIT) -> str:
    """Read a text; where its line was broken, and for a tab, there is one blank.

    Raises:
        BadInput: Too long, or a control character in it.
    """
    return one_line(_BREAK.sub(" ", cell), field=column, limit=limit)


def name(cell: str, column: str) -> str:
    """Read a name: blanks within a Chinese one are there to align it, others count once.

    Dashes, dots and what else has no letter or digit in it are no name: as if nothing stood there.

    Raises:
        BadInput: As `line`.
    """
    found = _BETWEEN_HAN.sub("", line(_INVISIBLE.sub("", cell), column))
    if not any(map(str.isalnum, found)):
        return ""
    return re.sub(r"[ \u00a0\u3000]+", " ", found)


def code(cell: str, column: str, *, limit: int = LINE_LIMIT) -> str:
    """Read what is no prose: full-width characters are slips of the input method.

    Raises:
        BadInput: As `name`, or a spreadsheet has rounded the number.
    """
    typed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", cell))
    found = line(typed, column, limit=limit)
    found = found.removeprefix("'").strip()  # typed so that a spreadsheet keeps all digits
    if _ROUNDED.fullmatch(found):
        raise BadInput(
            message(
                "The spreadsheet kept this number without its last digits; make the column text, "
                "and type it again."
            )
        )
    return found


def key(cell: str, column: str) -> str:
    """Read the key of a row. Raises as `name`."""
    return code(cell, column, limit=KEY_LIMIT)


def texts(cell: str, column: str) -> tuple[str, ...]:
    """Read several texts, each once.

    Raises:
        BadInput: As `name`, or too many.
    """
    return _few([line(part, column) for part in _SEMICOLON.split(cell)], column)


def words(cell: str, known: Mapping[str, _Word], column: str) -> tuple[_Word, ...]:
    """Read several words out of a few, each once.

    Raises:
        BadInput: Another word.
    """
    parts = [_BLANKS.sub("", part) for part in _BETWEEN_WORDS.split(_INVISIBLE.sub("", cell))]
    return _few([word(part, known, column) for part in parts if part], column)


def word(cell: str, known: Mapping[str, _Word], column: str) -> _Word:
    """Read one word out of a few. Raises as `words`."""
    found = known.get(unicodedata.normalize("NFKC", _INVISIBLE.sub("", cell)).strip().casefold())
    if found is None:
        allowed = (f"{zh} ({value.value})" for value, zh in chinese(known).items())
        raise BadInput(
            message(
                "{value} is not a word for {column}; these are: {allowed}.",
                value=cell.strip()[:LINE_LIMIT],
                column=column,
                allowed=tuple(allowed),
            )
        )
    return found


def letters(cell: str, known: Mapping[str, Letters], column: str) -> Letters:
    """Read the languages of a letter: `zh`, `en`, `zh-en`, `zh;en`. Raises as `words`."""
    found = words(cell, known, column)
    return Letters.BOTH if len(found) > 1 else (*found, Letters.ZH)[0]


def moments(
    cell: str, zone: ZoneInfo, now: datetime, *, counts_from_1904: bool = False
) -> tuple[datetime, ...]:
    """Read days with their times, oldest first, each once; a spreadsheet's bare numbers too.

    Raises:
        BadInput: One that is none, has no time of day, is before 1990 or yet to come; or too many.
    """
    typed = _HYPHEN.sub("-", unicodedata.normalize("NFKC", _INVISIBLE.sub("", cell)))
    parts = [part.strip() for part in _BETWEEN_MOMENTS.split(typed)]
    if span := next(filter(_SPAN.search, parts), ""):
        raise BadInput(
            message(
                "{value} seems to name a beginning and an end; write the beginning alone, as in "
                "2026-11-20 18:05.",
                value=span[:LINE_LIMIT],
            )
        )
    found = [
        encounter_cells.moment(_of_serial(_BLANKS.sub(" ", part), counts_from_1904), zone, now)
        for part in parts
        if part
    ]
    return tuple(sorted(_few(found, "encounter_at")))


_Thing = TypeVar("_Thing")


def _few(found: list[_Thing], column: str) -> tuple[_Thing, ...]:
    once = tuple(one for one in dict.fromkeys(found) if one != "")
    if len(once) > SEVERAL_LIMIT:
        raise BadInput(
            message(
                "More than {limit} things in the cell of {column}.",
                limit=SEVERAL_LIMIT,
                column=column,
            )
        )
    return once


def _of_serial(part: str, counts_from_1904: bool) -> str:
    """Write a bare number as the day and time that a spreadsheet means by it."""
    found = _SERIAL.fullmatch(part)
    if found is None:
        return part
    days = float(part) + (_DAYS_TO_1904 if counts_from_1904 else 0)
    clock = _DAY_0 + timedelta(seconds=round(days * 86_400))
    return f"{clock:%Y-%m-%d %H:%M}" if found[1] else f"{clock:%Y-%m-%d}"
