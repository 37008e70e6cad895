"""What the headers of a mail say was checked of its sender. Nothing is checked here.

A mail system writes its headers above those that are there already; whoever had the mail before
may have written any that stand below (RFC 8601, 1.6 and 7.1). So the topmost of a kind is read
first, and the others are only counted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pirights.domain.text import visible

_VALUE_LIMIT: Final = 600
"""Characters of a verdict that are shown; the headers themselves stand on the page whole."""

_NAME_LIMIT: Final = 100
_SIGNATURES: Final = 5
"""Signatures whose names are shown."""

_READ: Final = 8_192
"""Characters of one header that are looked at."""

_COMMENT: Final = re.compile(r"\([^()]*\)")
_INSTANCE: Final = re.compile(r"\s*i\s*=\s*(\d{1,2})\s*;")
"""Which of several seals an ARC header belongs to (RFC 8617, 4.2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a header says that a mail system found.

    Attributes:
        system: How that system calls itself (authserv-id); empty if it does not, or where the
            kind of header has no place for it.
        says: The rest of the header, on one line, cut at a limit, without a closing quotation mark
            so that it can stand in quotation marks and never leave them.
    """

    system: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """What is recorded in a mail's headers, topmost first.

    Attributes:
        results: The topmost Authentication-Results (RFC 8601).
        spf: The topmost Received-SPF (RFC 7208, 9.1).
        arc: The topmost ARC-Authentication-Results (RFC 8617), and its instance.
        below: How many more of each of these stand below, in this order.
        signatures: How many DKIM-Signature headers there are (RFC 6376).
        domains: For which domains the first of them claim to sign.
    """

    results: Verdict | None
    spf: Verdict | None
    arc: Verdict | None
    below: tuple[int, int, int]
    signatures: int
    domains: tuple[str, ...]


def recorded(head: str) -> Authentication:
    """Read what the headers of a mail record.

    Args:
        head: The headers as they came in, decoded; foreign text of any length.
    """
    found = _fields(head)
    results = found["authentication-results"]
    spf = found["received-spf"]
    arc = found["arc-authentication-results"]
    signatures = found["dkim-signature"]
    return Authentication(
        results=_named(results[0]) if results else None,
        spf=Verdict(system="", says=_line(spf[0], _VALUE_LIMIT)) if spf else None,
        arc=_named(_INSTANCE.sub("", arc[0], count=1)) if arc else None,
        below=(_further(results), _further(spf), _further(arc)),
        signatures=len(signatures),
        domains=tuple(dict.fromkeys(_domain(one) for one in signatures[:_SIGNATURES])),
    )


def _fields(head: str) -> Mapping[str, Sequence[str]]:
    """The headers that are asked for, unfolded (RFC 5322, 2.2.3), in the order of the mail."""
    found: dict[str, list[str]] = {
        name: []
        for name in (
            *("authentication-results", "received-spf"),
            *("arc-authentication-results", "dkim-signature"),
        )
    }
    current: list[str] | None = None
    for line in head.replace("\r\n", "\n").split("\n"):
        if line[:1] in {" ", "\t"}:
            if current and len(current[-1]) < _READ:
                current[-1] += line[:_READ]
            continue
        name, _, value = line[:_READ].partition(":")
        current = found.get(name.strip().casefold())
        if current is not None:
            current.append(value)
    return found


def _named(value: str) -> Verdict:
    """Take the name of the system off the front of its results (RFC 8601, 2.2)."""
    name, _, says = value.partition(";")
    words = _COMMENT.sub(" ", name).split()
    system = words[0].encode("ascii", "backslashreplace").decode() if words else ""
    return Verdict(system=_line(system, _NAME_LIMIT), says=_line(says, _VALUE_LIMIT))


def _domain(value: str) -> str:
    """The `d=` of a signature (RFC 6376, 3.5), or nothing."""
    for part in value.split(";"):
        name, _, domain = part.partition("=")
        if name.strip() == "d":
            plain = "".join(domain.split()).encode("ascii", "backslashreplace").decode()
            return _line(plain, _NAME_LIMIT)
    return ""


def _further(values: Sequence[str]) -> int:
    return max(0, len(values) - 1)


def _line(value: str, limit: int) -> str:
    shown = visible(" ".join(value.split())).replace("”", "\\u201d")
    return shown if len(shown) <= limit else f"{shown[:limit]}…"
