"""The number of a resident identity card (GB 11643-1999), told from a slip of the pen.

Six digits of a region, eight of the birthday, three of an order, one check character. Residence
permits of people from Hong Kong, Macao and Taiwan, and permanent ones of foreigners, have the same
form. A passport or a travel permit has another, which is taken as it is.
"""

import re
import unicodedata
from datetime import date
from typing import Final

from pirights.errors import BadInput, Message, message

LENGTH: Final = 18
_LONGEST: Final = 100
"""Characters of a typed field that are looked at."""

_SEPARATORS: Final = re.compile(r"[\s\u200b\ufeff-]+")
_CARD: Final = re.compile(r"\d{17}[\dX]")
_OTHER_PAPER: Final = re.compile(r"[A-Z]{1,3}\d{6,12}|\d{8}")
"""A passport, or a travel permit: letters and digits; that of people from Taiwan, eight digits."""


def check(text: str) -> str:
    """Take a number as typed (blanks, full-width digits, a small x) and give its own form.

    Raises:
        BadInput: It is of no known form, holds no day of birth, or its check character is wrong.
            The message does not repeat it.
    """
    typed = unicodedata.normalize("NFKC", text[:_LONGEST])
    number = _SEPARATORS.sub("", typed).upper()
    if _OTHER_PAPER.fullmatch(number):
        return number
    if len(number) != LENGTH:
        raise _refused(
            message(
                "An identity number has 18 characters; this one has {count}.", count=len(number)
            )
        )
    if not _CARD.fullmatch(number) or not number.isascii():
        raise _refused(message("An identity number has 17 digits, and a digit or X at its end."))
    if birthday(number) is None:
        raise _refused(message("Characters 7 to 14 of the identity number are no day of birth."))
    from stdnum.cn import ric

    if number[-1] != ric.calc_check_digit(number):
        raise _refused(message("The check character of the identity number does not fit."))
    return number


def birthday(number: str) -> date | None:
    """Give the day of birth that a checked number tells; None where it tells none."""
    if len(number) != LENGTH:
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _refused(said: Message) -> BadInput:
    return BadInput(said, hint=message("Copy it from the identity card."))
