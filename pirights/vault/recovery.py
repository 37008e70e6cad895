"""The recovery code: 130 bits to be written on paper, `7K3M9-QX0D4-…-8C`.

Crockford's base 32, 26 characters and a check character (ISO 7064, hybrid system mod 33,32),
which finds every single wrong character and nearly every swap of neighbours.
"""

import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 characters: no I, L, O, U."""

_CHARACTERS: Final = 26
_BITS: Final = 130
_GROUP: Final = 5
_READ_AS: Final = str.maketrans("OIL", "011")


def new() -> bytes:
    """Draw the 130 random bits, as 17 octets."""
    return secrets.randbits(_BITS).to_bytes(_BITS // 8 + 1, "big")


def spell(bits: bytes) -> str:
    """Write the bits as the code in groups of five."""
    from stdnum.iso7064 import mod_37_36

    number = int.from_bytes(bits, "big")
    digits = [ALPHABET[number >> shift & 31] for shift in range(_BITS - 5, -1, -5)]
    code = "".join(digits)
    code += mod_37_36.calc_check_digit(code, ALPHABET)
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read(typed: str) -> bytes | None:
    """Read a code: any case, O for 0, I and L for 1, with or without dashes and spaces.

    Returns:
        The bits, or None if it is no code: a character is wrong, missing or too many.
    """
    from stdnum.iso7064 import mod_37_36

    code = _bare(typed)
    if len(code) != _CHARACTERS + 1 or not set(code) <= set(ALPHABET):
        return None
    if not mod_37_36.is_valid(code, ALPHABET):
        return None
    number = 0
    for character in code[:_CHARACTERS]:
        number = number << 5 | ALPHABET.index(character)
    return number.to_bytes(_BITS // 8 + 1, "big")


def resembles(typed: str) -> bool:
    """Say whether something was probably meant to be a recovery code."""
    code = _bare(typed)
    near = abs(len(code) - _CHARACTERS - 1) <= 2  # noqa: PLR2004 (characters lost or doubled)
    return near and code.isascii() and code.isalnum()


def _bare(typed: str) -> str:
    return "".join(typed.split()).replace("-", "").upper().translate(_READ_AS)
