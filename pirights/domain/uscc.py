"""The unified social credit code (统一社会信用代码), by which a company is told from its namesakes.

GB 32100-2015: one character for the registering department, one for the kind of body, six
digits of region, nine of organisation code, one check character.
"""

import re
from typing import Final

from pirights.errors import BadInput, Message, message

LENGTH: Final = 18
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100 leaves out I, O, S, V, Z."""

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SEPARATORS: Final = re.compile(r"[\s\u3000\u200b\ufeff-]+")
_REGION: Final = slice(2, 8)
_LONGEST: Final = 100
"""Characters of a typed field that are looked at."""


def check(text: str) -> str:
    """Take a code as typed (spaces, lower case, full-width characters) and give its own form.

    Raises:
        BadInput: Wrong length, a character that the standard does not use, or a check
            character that does not fit.
    """
    code = _SEPARATORS.sub("", text[:_LONGEST].translate(_FULL_WIDTH)).upper()
    if len(code) != LENGTH:
        raise _refused(
            message(
                "A unified social credit code has 18 characters; {code} has {count}.",
                code=code,
                count=len(code),
            ),
        )
    for place, character in enumerate(code, start=1):
        if character not in _ALPHABET:
            raise _refused(
                message(
                    "The character {character} (number {place}) does not occur in a unified "
                    "social credit code.",
                    character=character,
                    place=place,
                ),
            )
    if not code[_REGION].isdigit():
        raise _refused(
            message(
                "Characters 3 to 8 of a unified social credit code are digits; {code} has "
                "{region} there.",
                code=code,
                region=code[_REGION],
            ),
        )
    if code[-1] != _check_character(code):
        raise _refused(
            message(
                "The check character of the unified social credit code {code} does not fit.",
                code=code,
            ),
        )
    return code


def _check_character(code: str) -> str:
    from stdnum.cn import uscc

    return str(uscc.calc_check_digit(code))


def _refused(said: Message) -> BadInput:
    return BadInput(
        said,
        hint=message("Copy it from the business licence or the public company register."),
    )
