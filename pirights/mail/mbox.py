"""Mails out of an mbox file (RFC 4155), one by one, whatever state its `From ` lines are in.

Programs do not agree on these lines: some leave `From ` at the beginning of a line of text as it
stands, some write lines of another form between the mails. A line counts as one only if a header
follows it, and if it has a date or an empty line before it. The octets of a mail are given as they
stand in the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from pirights.mail.parse import SIZE_LIMIT

_PIECE: Final = 65_536
"""Octets that are read at once of a line without end."""

_DATED: Final = re.compile(rb"^From .{0,400}\b\d{1,2}:\d{2}(?::\d{2})?\b.{0,60}\b(?:19|20)\d{2}\b")
_HEADER: Final = re.compile(rb"^[A-Za-z][A-Za-z0-9-]{0,70}:(?:[ \t]|\r?$)", re.MULTILINE)
_USUAL: Final = re.compile(
    rb"^(?:From|To|Cc|Date|Subject|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|"
    rb"Reply-To|Sender|Status|DKIM-Signature|Authentication-Results|Content-Type|"
    rb"X-[A-Za-z0-9-]{1,60}):",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One mail of the file.

    Attributes:
        number: Its place, from 1 on.
        octets: As they stand in the file; of a mail over the limit, its beginning.
        is_cut: It is over the limit.
    """

    number: int
    octets: bytes
    is_cut: bool


def looks_like_mbox(first: bytes) -> bool:
    """Say whether a file begins as an mbox does."""
    line, _, rest = first.partition(b"\n")
    return line.startswith(b"From ") and bool(_HEADER.match(rest) or _DATED.match(line))


def holds_mail(first: bytes) -> bool:
    """Say whether a mail begins where a file begins, be it with a `From ` line or without one."""
    return looks_like_mbox(first) or bool(_USUAL.match(first))


def mails(file: BinaryIO) -> Iterator[Piece]:
    """Yield the mails of a file; no more of it than one mail is ever in memory."""
    number, gathered, size = 0, bytearray(), 0
    waiting = b""  # a line that may stand between two mails, until the next one tells
    blank = starts = True
    while True:
        line = file.readline(_PIECE)
        if waiting:
            if _separates(waiting, line, after_blank=blank):
                if size:
                    number += 1
                    yield _piece(number, gathered, size)
                gathered, size = bytearray(), 0
            else:
                size += _gather(gathered, waiting)
            waiting, blank = b"", False
        if not line:
            break
        if starts and line.startswith(b"From ") and line.endswith(b"\n"):
            waiting = line
            continue
        size += _gather(gathered, line)
        if starts:
            blank = line in {b"\n", b"\r\n"}
        starts = line.endswith(b"\n")
    if size:
        yield _piece(number + 1, gathered, size)


def _separates(line: bytes, following: bytes, *, after_blank: bool) -> bool:
    if not _HEADER.match(following) and not following.startswith(b">From "):
        return False
    return bool(_DATED.match(line)) or (after_blank and bool(_USUAL.match(following)))


def _gather(gathered: bytearray, line: bytes) -> int:
    room = SIZE_LIMIT - len(gathered)
    if room > 0:
        gathered += line[:room]
    return len(line)


def _piece(number: int, gathered: bytearray, size: int) -> Piece:
    octets = bytes(gathered)
    for blank in (b"\r\n\r\n", b"\n\n"):  # the empty line that stands before the next mail
        if octets.endswith(blank):
            octets = octets[: -len(blank) // 2]
            break
    return Piece(number=number, octets=octets, is_cut=size > SIZE_LIMIT)
