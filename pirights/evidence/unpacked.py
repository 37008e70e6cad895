"""Undoing a content coding (RFC 9110 8.4) within bounds: a small answer can hold a huge one."""

import zlib
from typing import Final

from pirights.errors import NetworkRefused, message

_WINDOWS: Final = {
    "gzip": (zlib.MAX_WBITS | 16,),
    "x-gzip": (zlib.MAX_WBITS | 16,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),  # some servers leave out zlib's own frame
}


def unpacked(data: bytes, coding: str, *, limit: int) -> bytes:
    """Return the content.

    Args:
        data: As it was transferred.
        coding: The header Content-Encoding; empty or `identity` for none.
        limit: Octets of the content at most.

    Raises:
        NetworkRefused: Another coding, broken data, or more than `limit`.
    """
    name = coding.strip().casefold()
    if name in {"", "identity"} or not data:
        return data
    for window in _WINDOWS.get(name, ()):
        packer = zlib.decompressobj(window)
        try:
            found = packer.decompress(data, limit + 1)
        except zlib.error:
            continue
        if len(found) > limit:
            raise NetworkRefused(message("It is too large when it is unpacked."))
        return found
    raise NetworkRefused(message("It is packed as {coding}, or broken.", coding=coding[:40]))
