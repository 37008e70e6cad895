"""Check sums by the names BagIt gives them (RFC 8493 section 2.4: `sha256`, `md5`)."""

import hashlib
from collections.abc import Callable
from typing import Final, Protocol


class Sum(Protocol):
    """A check sum being made over a stream of octets."""

    def update(self, data: bytes | memoryview, /) -> None:
        """Take the next octets."""

    def hexdigest(self) -> str:
        """Give the sum of all octets so far, lower-case hex."""


class Sm3:
    """SM3 (GB/T 32905-2016) where the Python's own OpenSSL was built without it."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives import hashes

        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: bytes | memoryview, /) -> None:
        """Take the next octets."""
        self._hash.update(data)

    def hexdigest(self) -> str:
        """Give the sum of all octets so far, lower-case hex."""
        return self._hash.copy().finalize().hex()


def _sm3() -> Sum:
    try:
        return hashlib.new("sm3")
    except ValueError:
        return Sm3()


_MAKERS: Final[dict[str, Callable[[], Sum]]] = {
    "md5": lambda: hashlib.md5(usedforsecurity=False),
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha224": hashlib.sha224,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
    "sha3256": hashlib.sha3_256,
    "sha3512": hashlib.sha3_512,
    "blake2b512": hashlib.blake2b,
    "sm3": _sm3,
}

STRONG: Final = frozenset(_MAKERS) - {"md5", "sha1"}
"""Sums for which nobody has shown two files with the same one; MD5 and SHA-1 fell to collisions."""


def known(algorithm: str) -> bool:
    """Say whether this program can compute the sum."""
    return algorithm in _MAKERS


def new(algorithm: str) -> Sum:
    """Begin a sum.

    Raises:
        KeyError: Not a `known` algorithm.
    """
    return _MAKERS[algorithm]()


def digits(algorithm: str) -> int:
    """Give the length of the sum in hex digits."""
    return len(new(algorithm).hexdigest())
