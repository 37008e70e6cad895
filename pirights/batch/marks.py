"""What is kept of a text to know it again: eight octets instead of the text."""

import hashlib
from typing import Final

from pirights.domain.handler_name import normalised

_BETWEEN: Final = "\x1f"
"""No cell holds it: control characters are refused."""


def mark(*texts: str) -> int:
    """Give a number below 2**64 that only the same texts share, as far as chance allows."""
    octets = _BETWEEN.join(texts).encode()
    return int.from_bytes(hashlib.blake2b(octets, digest_size=8).digest())


def name_mark(name: str) -> int:
    """Give the number that all spellings of a name share."""
    return mark(normalised(name))


def person_marks(*, name: str, id_number: str, phone: str, email: str) -> tuple[int, ...]:
    """Give the numbers by which a person is known again, the surest first; none for a mere name."""
    if id_number:
        return (mark("id", id_number),)
    plain = normalised(name)
    return tuple(
        mark(kind, plain, text)
        for kind, text in (("phone", phone), ("email", email.casefold()))
        if text
    )
