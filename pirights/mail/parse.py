"""A mail as it came in (RFC 5322): who, when, what it says, what hangs on it.

The other side writes these octets, so nothing in them is trusted: size, nesting, parts and
headers are bounded before the parser sees them, every name is stripped of what could steer a
terminal, and junk gives an empty field, not an error. The caller keeps the octets themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesParser
from email.policy import Compat32
from itertools import count
from typing import Any, Final, cast

from pirights.domain.text import visible
from pirights.errors import BadInput, message
from pirights.mail import headers
from pirights.mail.charset import decoded
from pirights.mail.part import Part
from pirights.mail.plain_text import words_of
from pirights.mail.report import Report, report_of

SIZE_LIMIT: Final = 64 * 2**20
"""Octets of a whole mail."""

DEPTH_LIMIT: Final = 50
"""Parts within parts."""

PART_LIMIT: Final = 1_000
TEXT_LIMIT: Final = 200_000
"""Characters of text that are kept."""

_CONTAINER_LIMIT: Final = 150
"""Parts that hold parts. The parser calls itself for each that lies in another."""

_LINE_LIMIT: Final = 4_000_000
_WORK_LIMIT: Final = 40_000_000
"""Lines times containers: the parser tries every line on the end of each part it stands in."""

_HEADER_COUNT: Final = 20_000

_STRUCTURE_LIMIT: Final = 2_048
"""Characters of one Content-… header; its parameters are read over and over."""


_CONTAINER: Final = re.compile(
    rb"^content-type:(?:[ \t]|\r?\n[ \t])*(?:multipart|message)/",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFile:
    """A file that hangs on a mail; its octets stay in the mail."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail, read.

    Attributes:
        sender: Name and address as they stand in `From`.
        sender_address: The address alone, in lower case, or empty.
        date: What `Date` says, aware; None where it is missing, senseless or without zone.
        message_id: With its angle brackets, as are all ids here.
        references: The ids of `References`, oldest first; for a bounce also those of the mail
            that came back.
        text: The words, HTML turned into text; may hold line breaks and tabs, no other control
            character.
        cut: The text was longer than is kept.
        signals: Headers that tell a machine's mail from a person's, by lower-case name.
        report: What a mail system reports of one of our mails.
    """

    sender: str
    sender_address: str
    to: tuple[str, ...]
    subject: str
    date: datetime | None
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    text: str
    cut: bool
    attachments: tuple[MailFile, ...]
    signals: tuple[tuple[str, str], ...]
    report: Report | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The signals as a mapping, for `domain.reply_reading`."""
        return dict(self.signals)


def parse(data: bytes) -> Mail:
    """Read a mail.

    Raises:
        BadInput: Over a limit of size, nesting or parts. Nothing else stops it.
    """
    root = _parsed(data)
    parts = list(_parts(root))
    texts, pages, files = _sorted_out(parts)
    text = "\n".join(part for part in texts if part.strip()) or "\n".join(map(words_of, pages))
    cleaned = visible(text[:TEXT_LIMIT].replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t")
    references = headers.ids(root.header("references"))
    returned = [headers.returned_id(part) for part, _ in parts if part is not root]
    sender = headers.addresses(root, "from")
    report = report_of(part for part, _ in parts)
    action = (("delivery-action", report.action),) if report else ()
    return Mail(
        sender=sender[0][0] if sender else headers.shown(root.header("from")),
        sender_address=sender[0][1] if sender else "",
        to=tuple(shown for shown, _ in headers.addresses(root, "to")),
        subject=headers.shown(root.header("subject")),
        date=headers.date_of(root.header("date")),
        message_id=next(iter(headers.ids(root.header("message-id"))), ""),
        in_reply_to=next(iter(headers.ids(root.header("in-reply-to"))), ""),
        references=tuple(dict.fromkeys([*references, *headers.ids(" ".join(returned))])),
        text=cleaned.strip("\n"),
        cut=len(text) > TEXT_LIMIT,
        attachments=tuple(files),
        signals=(*headers.signals_of(root), *action),
        report=report,
    )


class _Bounded(Compat32):
    """The parser's rules, with an end to the length and the number of headers."""

    seen: Iterator[int] = count()

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Cut a header as it comes in."""
        if next(self.seen) >= _HEADER_COUNT:
            raise BadInput(
                message("The mail has more than {limit} header lines.", limit=_HEADER_COUNT),
            )
        name, value = super().header_source_parse(sourcelines)
        structural = name.casefold().startswith("content-")
        return name, value[: _STRUCTURE_LIMIT if structural else headers.HEADER_LIMIT]

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Hand out raw octets as they are: which encoding they are in is found out later."""
        del name
        return value


def _parsed(data: bytes) -> Part:
    if len(data) > SIZE_LIMIT:
        raise BadInput(
            message("The mail is larger than {limit} MiB.", limit=SIZE_LIMIT // 2**20),
        )
    containers = sum(1 for _ in _CONTAINER.finditer(data))
    if containers > _CONTAINER_LIMIT:
        raise _nested_too_deep()
    most = min(_LINE_LIMIT, _WORK_LIMIT // (containers + 1))
    if data.count(b"\n") + data.count(b"\r") > 2 * most:
        raise BadInput(message("The mail has more than {limit} lines.", limit=most))
    made = 0

    def new_part(*args: Any, **kwargs: Any) -> Part:  # noqa: ANN401 (the parser's own hook)
        nonlocal made
        made += 1
        if made > PART_LIMIT:
            raise BadInput(
                message("The mail has more than {limit} parts.", limit=PART_LIMIT),
            )
        return Part(*args, **kwargs)

    try:
        policy = _Bounded(seen=count())  # type: ignore[call-arg]  # Policy takes any attribute
        return cast("Part", BytesParser(new_part, policy=policy).parsebytes(data))
    except RecursionError:
        raise _nested_too_deep() from None


def _nested_too_deep() -> BadInput:
    return BadInput(
        message("The mail holds parts within parts, more than {limit} deep.", limit=DEPTH_LIMIT),
    )


def _parts(root: Part) -> Iterator[tuple[Part, bool]]:
    """Yield every part in reading order, and whether it lies inside another mail."""
    waiting: list[tuple[Part, int, bool]] = [(root, 0, False)]
    while waiting:
        part, depth, inner = waiting.pop()
        if depth > DEPTH_LIMIT:
            raise _nested_too_deep()
        yield part, inner
        if part.is_multipart():
            carried = inner or part.get_content_maintype() == "message"
            waiting += [(child, depth + 1, carried) for child in reversed(part.inner())]


def _sorted_out(parts: list[tuple[Part, bool]]) -> tuple[list[str], list[str], list[MailFile]]:
    texts: list[str] = []
    pages: list[str] = []
    files: list[MailFile] = []
    for part, inner in parts:
        kind = part.get_content_type()
        if inner:
            continue
        if kind.startswith("message/"):
            files.append(MailFile(name=headers.file_name(part), media_type=kind, size=_size(part)))
        elif not part.is_multipart():
            octets = part.octets()
            kind = re.sub("^multipart/.*", "text/plain", kind)  # whose parts cannot be told apart
            name = headers.file_name(part)
            attached = part.get_content_disposition() == "attachment" or bool(name)
            if attached or kind not in {"text/plain", "text/html"}:
                files.append(MailFile(name=name, media_type=headers.shown(kind), size=len(octets)))
            else:
                found = decoded(octets, part.parameter("charset"), limit=4 * TEXT_LIMIT)
                (texts if kind == "text/plain" else pages).append(found)
    return texts, pages, files


def _size(part: Part) -> int:
    """Count the octets of a mail inside a mail, as its text parts hold them."""
    within = (inner for inner, _ in _parts(part) if not inner.is_multipart())
    return sum(len(str(inner.get_payload())) for inner in within)
