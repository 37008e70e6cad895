"""Ask a time-stamp authority for a time (RFC 3161 over HTTP): the request, and the one door out.

Only a sum goes out, never a file. The authority is foreign: its answer is bounded in octets and in
total time, it may not send us to another host nor from https to http, and nothing it says is
believed here: what comes back are bytes, for `timestamp_token` to judge.
"""

import asyncio
import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urljoin, urlsplit

from pirights.domain.text import visible
from pirights.errors import BadInput, Message, NetworkRefused, message

if TYPE_CHECKING:
    import httpx

ALGORITHMS: Final = {"sha256": "2.16.840.1.101.3.4.2.1", "sm3": "1.2.156.10197.1.401"}
"""What a request may be made of, with the object identifiers of NIST and GM/T 0006."""

LARGEST: Final = 1024 * 1024
"""Octets of an answer that are read; real ones have a few thousand."""

SECONDS: Final = 30.0
"""Seconds for the whole talk: finding the host, asking, waiting, reading to the end."""

_HOPS: Final = 3
"""Redirects that are followed."""

_SAME_QUESTION: Final = frozenset({301, 302, 307, 308})
"""Statuses of a redirect after which the same question is put again."""

_OK: Final = 200
_SAID: Final = 200
"""Characters of a problem that are shown."""


def nonce() -> int:
    """Draw the number that ties an answer to its question: 64 bits, above zero."""
    return secrets.randbits(63) + 2**63


def request(digest: bytes, *, number: int, algorithm: str = "sha256") -> bytes:
    """Write a TimeStampReq (RFC 3161 section 2.4.1) that asks for the certificate too.

    Args:
        digest: The sum of what is to be stamped.
        number: The nonce.
        algorithm: What the sum was made with: `sha256` or `sm3`.
    """
    from asn1crypto import core, tsp

    imprint = {
        "hash_algorithm": {"algorithm": ALGORITHMS[algorithm], "parameters": core.Null()},
        "hashed_message": digest,
    }
    asked = tsp.TimeStampReq(
        {"version": 1, "message_imprint": imprint, "nonce": number, "cert_req": True}
    )
    return bytes(asked.dump())


def checked_url(url: str) -> str:
    """Take an authority's address: http or https, a host, no password.

    Raises:
        BadInput: It is another kind of address.
    """
    parts = _split(url)
    if parts is None or parts.username is not None or parts.password is not None:
        raise BadInput(
            message("{url} is not the address of a time-stamp authority.", url=url),
            hint=message(
                "Give an address that begins with https:// or http://, without a password."
            ),
        )
    return url.strip()


def ask(url: str, body: bytes, *, seconds: float) -> bytes:
    """Put a request to an authority and return its answer, unread.

    Args:
        url: As `checked_url` returned it.
        body: The request.
        seconds: For the whole talk.

    Raises:
        NetworkRefused: It cannot be reached, refuses, redirects elsewhere, or sends too much.
    """
    import httpx

    try:
        return asyncio.run(_asked(url, body, seconds))
    except (TimeoutError, httpx.TimeoutException) as late:
        raise refused(
            url, message("it did not answer within {seconds} seconds", seconds=round(seconds))
        ) from late
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as wrong:
        said = visible(str(wrong))[:_SAID] or type(wrong).__name__
        raise refused(url, message("it cannot be reached ({problem})", problem=said)) from wrong


def refused(url: str, reason: Message) -> NetworkRefused:
    """Make the error that says why an authority gave no time stamp worth keeping."""
    return NetworkRefused(
        message("{url} gave no time stamp: {reason}.", url=url, reason=reason),
        hint=message("Try again later, or name another authority with --tsa."),
    )


async def _asked(url: str, body: bytes, seconds: float) -> bytes:
    import httpx

    async with (
        asyncio.timeout(seconds),
        httpx.AsyncClient(timeout=seconds, follow_redirects=False) as client,
    ):
        at = url
        for _ in range(_HOPS + 1):
            async with client.stream(
                "POST",
                at,
                content=body,
                headers={
                    "Content-Type": "application/timestamp-query",
                    "Accept": "application/timestamp-reply",
                    "Accept-Encoding": "identity",
                },
            ) as answer:
                if answer.has_redirect_location and answer.status_code in _SAME_QUESTION:
                    at = _followed(url, at, answer.headers["location"])
                    continue
                if answer.status_code != _OK:
                    raise refused(
                        url, message("it answers with HTTP status {code}", code=answer.status_code)
                    )
                return await _read(url, answer)
    raise refused(url, message("it redirects without end"))


async def _read(url: str, answer: "httpx.Response") -> bytes:
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise refused(url, message("its answer is packed, which was not asked for"))
    if answer.headers.get("content-type", "").strip().lower().startswith("text/html"):
        raise refused(url, message("it answers with a web page"))
    collected = bytearray()
    async for piece in answer.aiter_raw():
        collected += piece
        if len(collected) > LARGEST:
            raise refused(url, message("its answer is too large for a time stamp"))
    return bytes(collected)


def _followed(asked: str, at: str, location: str) -> str:
    """Give the address to ask again: the same host, and never out of https."""
    target = urljoin(at, location)
    here, there = urlsplit(at), _split(target)
    if there is None or there.hostname != here.hostname or there.username is not None:
        raise refused(asked, message("it redirects to another host"))
    if here.scheme == "https" and there.scheme != "https":
        raise refused(asked, message("it redirects from https to http"))
    return target


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # also said of a port that is no number
        return None
    return parts if sound and url.strip().isprintable() and " " not in url.strip() else None
