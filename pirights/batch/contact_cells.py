"""Names, e-mail addresses and telephone numbers of a clinic's sheet: whether they can be such.

A letter asks for its answer at these. Nothing is asked of the net, and no form is required that a
true one may lack.
"""

import re
from typing import Final

from pirights.batch import cells
from pirights.errors import BadInput, message

_EMAIL: Final = re.compile(
    r"[^\s@<>()\[\]:;,\\\"]{1,64}@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_](?:[\w-]*[^\W_])?"
)
"""A mailbox at a domain with a dot; letters of every script may stand in both (RFC 6531)."""

_EMAIL_LIMIT: Final = 254
"""Characters (RFC 5321, 4.5.3.1.3, less the brackets)."""

_PHONE: Final = re.compile(
    r"(?:[\d+\-\u2010-\u2015\u2212 ().]|转接?|分机号?|内线|ext(?:ension)?|x|#|:)+", re.IGNORECASE
)
_DIGITS: Final = range(5, 21)
"""How many a telephone number has, those of an extension counted."""

_WORKED_OUT: Final = re.compile(r"(?<=\d{7})\.0\Z", re.ASCII)
"""Put behind a number by programs that take it for a sum."""

_SEPARATORS: Final = re.compile(r"[\s-]+")
_MOBILE: Final = re.compile(r"1[3-9]\d{9}", re.ASCII)


def name(cell: str, column: str) -> str:
    """Read the name of a person or a company: it has a letter, of whatever script.

    Raises:
        BadInput: As `cells.name`, or digits and signs alone.
    """
    found = cells.name(cell, column)
    if found and not any(map(str.isalpha, found)):
        raise BadInput(message("“{value}” is no name: it has no letter.", value=found))
    return found


def email(cell: str, column: str) -> str:
    """Read one e-mail address; dashes and other signs alone are none.

    Raises:
        BadInput: As `cells.code`, or it can be no address, or there are several.
    """
    found = cells.code(cell, column)
    if not any(map(str.isalnum, found)):
        return ""
    if found.count("@") > 1:
        raise BadInput(
            message("“{value}” is more than one e-mail address; give one alone.", value=found)
        )
    if len(found) > _EMAIL_LIMIT or not _EMAIL.fullmatch(found):
        raise BadInput(
            message(
                "“{value}” is no e-mail address, as in name@example.com; leave the cell empty if "
                "there is none.",
                value=found,
            )
        )
    return found


def phone(cell: str, column: str) -> str:
    """Read a telephone number; a mobile one is given without blanks and hyphens.

    Dashes and other signs alone are none.

    Raises:
        BadInput: As `cells.code`, or it can be no number.
    """
    found = _WORKED_OUT.sub("", cells.code(cell, column))
    if not any(map(str.isalnum, found)):
        return ""
    digits = sum(map(str.isdecimal, found))
    if digits not in _DIGITS or not _PHONE.fullmatch(found):
        raise BadInput(
            message(
                "“{value}” is no single telephone number, as in 0571-88888888 转 801; leave the "
                "cell empty if there is none.",
                value=found,
            )
        )
    plain = _SEPARATORS.sub("", found)
    return plain if _MOBILE.fullmatch(plain) else found
