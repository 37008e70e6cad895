"""What the headers of a mail say (RFC 5322): bounded, decoded, harmless to a terminal."""

import re
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from pirights.domain.text import visible
from pirights.mail.charset import header_text
from pirights.mail.part import Part

HEADER_LIMIT: Final = 8_192
"""Characters of one header, unfolded."""
_NAME_LIMIT: Final = 255
_ADDRESS_LIMIT: Final = 50
_ID_LIMIT: Final = 200
_MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,900}>")
_RETURNED_ID: Final = re.compile(
    r"^message-id:\s{0,4}(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE
)
_SIGNALS: Final = (
    *("auto-submitted", "x-autoreply", "x-autorespond", "x-auto-response-suppress"),
    *("precedence", "return-path", "x-failed-recipients"),
)
_YEARS: Final = range(1990, 2100)


def shown(value: str, limit: int = HEADER_LIMIT) -> str:
    """A header decoded (RFC 2047), bounded, with nothing in it that steers a terminal."""
    return visible(header_text(value)).strip()[:limit]


def returned_id(part: Part) -> str:
    """Find the id of a mail that came back, whole or only its headers (RFC 3462)."""
    if part.get_content_type() != "text/rfc822-headers":
        return part.header("message-id")
    found = _RETURNED_ID.search(str(part.get_payload()))
    return found[1] if found else ""


def addresses(part: Part, name: str) -> list[tuple[str, str]]:
    """Read names and addresses; the address is taken before any word is decoded (RFC 2047)."""
    raw = part.header(name).replace("\r", " ").replace("\n", " ")
    try:
        pairs = getaddresses([raw])[:_ADDRESS_LIMIT]
    except (RecursionError, IndexError, ValueError, TypeError, AttributeError):
        return []  # a comment within a comment within a comment, or other junk
    found = []
    for words, address in pairs:
        plain = visible(address).strip()
        label = shown(words)
        if plain or label:
            both = f"{label} <{plain}>" if label and plain else label or plain
            found.append((both, plain.casefold() if "@" in plain else ""))
    return found


def ids(value: str) -> list[str]:
    """The message ids in a header (RFC 5322 3.6.4), the last ones where there are too many."""
    return _MESSAGE_ID.findall(value)[-_ID_LIMIT:]


def date_of(value: str) -> datetime | None:
    """The moment in a Date header, aware, UTC; None where it is none, or in no year of mails."""
    written = " ".join(value.split())
    try:
        found = parsedate_to_datetime(written)
        if found.tzinfo is None:
            # RFC 5322 3.3: -0000 is UTC of an unknown place; no zone at all is no moment.
            if not re.search(r"[-+]0000\b", written):
                return None
            found = found.replace(tzinfo=UTC)
        moment = found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment.year in _YEARS else None


def file_name(part: Part) -> str:
    """The name of an attached file, without its path; empty if it has none."""
    name = re.split(r"[/\\]", header_text(part.file_name()))[-1]
    return visible(name).strip()[:_NAME_LIMIT]


def signals_of(root: Part) -> tuple[tuple[str, str], ...]:
    """What tells a machine's mail from a person's: header names in lower case, and values."""
    found = {name: shown(root.header(name), 200) for name in _SIGNALS}
    found["from"] = shown(root.header("from"), 500)
    found["content-type"] = root.get_content_type()
    report = root.parameter("report-type")
    if report:
        found["report-type"] = visible(report)[:80].casefold()
    return tuple((name, value) for name, value in found.items() if value)
