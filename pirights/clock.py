"""The only room that reads the clock. Everyone else is handed the moment."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from pirights.errors import BadInput, message

_VARIABLE: Final = "SOURCE_DATE_EPOCH"
_DIGITS: Final = 10
"""So many digits of seconds reach into the year 2286; more are milliseconds by mistake."""


def fixed() -> int | None:
    """Return `SOURCE_DATE_EPOCH`, seconds since 1970 in UTC, as reproducible builds set it.

    Raises:
        BadInput: It is set, and no such number.
    """
    text = os.environ.get(_VARIABLE, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise BadInput(
            message(
                "{variable} is {text}, which is no number of seconds since 1970.",
                variable=_VARIABLE,
                text=text[:60],
            ),
            hint=message("Unset it, unless everything is to play at a fixed moment."),
        )
    return int(text)


def now() -> datetime:
    """Return the present moment, aware, in UTC, to the second.

    Raises:
        BadInput: What is `fixed` stands in for the clock, and is none.
    """
    moment = fixed()
    if moment is not None:
        return datetime.fromtimestamp(moment, UTC)
    return machine()


def machine() -> datetime:
    """Return what the machine's own clock shows, aware, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def for_a_third_partys_time() -> Callable[[], datetime] | None:
    """Give the clock that another's time is compared with; None for the moment of the act.

    Where something stands in for the clock, a time from outside can only be near the machine's own.

    Raises:
        BadInput: As `fixed`.
    """
    return None if fixed() is None else machine
