"""What is kept of a text to know it again: eight octets instead of the text."""

import hashlib
import re
import unicodedata
from typing import Final

from pirights.domain.handler_name import normalised

_BETWEEN: Final = "\x1f"
"""No cell holds it: control characters are refused."""

_NOT_DIALLED: Final = re.compile(r"[^+\d]")
_CHINA: Final = re.compile(r"^(?:(?:\+|00)86|86(?=1[3-9]\d{9}$))")
"""The country's number, which is left out at home."""


def mark(*texts: str) -> int:
    """Give a number below 2**64 that only the same texts share, as far as chance allows."""
    octets = _BETWEEN.join(texts).encode()
    return int.from_bytes(hashlib.blake2b(octets, digest_size=8).digest())


def name_mark(name: str) -> int:
    """Give the number that all spellings of a name share."""
    return mark(normalised(name))


def contact_marks(name: str, phone: str, email: str) -> tuple[int, ...]:
    """Give the numbers by which a person without a card is known; none for a mere name."""
    plain = normalised(name)
    told = (("phone", phone_digits(phone)), ("email", email.casefold()))
    return tuple(mark(kind, plain, text) for kind, text in told if plain and text)


def phone_digits(phone: str) -> str:
    """Give the digits that all spellings of a telephone number in mainland China share."""
    typed = _NOT_DIALLED.sub("", unicodedata.normalize("NFKC", phone))
    return _CHINA.sub("", typed).strip("+").removeprefix("0")
