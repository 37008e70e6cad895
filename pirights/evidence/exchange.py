"""What was said on the wire: one request, its answer, and with whom it was exchanged."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pirights.errors import Message

_INTERIM: Final = re.compile(rb"HTTP/1\.[01] 1\d\d[^\n]*\n(?:[^\r\n]+\r?\n)*\r?\n")
"""A response before the response, such as 103 (RFC 9110 15.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What the operating system's resolver answered.

    Attributes:
        host: The name asked, in its ASCII form.
        addresses: All that it answered, in its order.
    """

    host: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """The protection of a connection.

    Attributes:
        version: Such as `TLSv1.3`.
        cipher: The name of the cipher suite.
        chain: The certificates as the server sent them, DER, its own first.
    """

    version: str
    cipher: str
    chain: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer.

    Attributes:
        url: What was asked, without its fragment.
        at: When, by this computer's clock; aware, UTC.
        address: Whom we were connected to; one of `resolution.addresses`.
        sent: Every octet written, before TLS.
        received: Every octet of the answer, after TLS, nothing unpacked.
        headers: Of the answer, in the server's spelling and order.
        body: The content, with transfer and content codings undone.
    """

    url: str
    at: datetime
    resolution: Resolution
    address: str
    port: int
    tls: Tls | None
    sent: bytes
    received: bytes
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return next((text for key, text in self.headers if key.casefold() == name), "")

    @property
    def media_type(self) -> str:
        """The media type that the server names, without parameters; lower case."""
        return self.header("content-type").partition(";")[0].strip().casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A part of a page that was not kept, and why."""

    url: str
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page with its parts.

    Attributes:
        hops: From the address asked, through every redirect, to the page; never empty.
        parts: Pictures, style sheets, frames and scripts, with the redirects that led to them.
        lost: The parts that were not kept.
    """

    hops: tuple[Exchange, ...]
    parts: tuple[Exchange, ...]
    lost: tuple[Lost, ...]

    @property
    def page(self) -> Exchange:
        """The page itself."""
        return self.hops[-1]

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Everything that was said, in order."""
        return self.hops + self.parts


def final(received: bytes) -> bytes:
    """Leave out the interim responses before the answer itself."""
    while interim := _INTERIM.match(received):
        received = received[interim.end() :]
    return received
