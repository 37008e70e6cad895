"""A mail as Outlook saves it (.msg, MS-OXMSG): read in a process of its own, told as any mail.

Where the headers of the mail were kept, they are read as those of any other; a mail that never
left Outlook has none, and then its properties speak. A text that stands only as RTF is not read.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pirights.domain.text import visible
from pirights.errors import BadInput, message
from pirights.mail import outlook_child as room
from pirights.mail.charset import decoded
from pirights.mail.parse import SIZE_LIMIT, TEXT_LIMIT, Mail, MailFile, parse
from pirights.mail.plain_text import words_of

_CHILD: Final = Path(__file__).with_name("outlook_child.py")
_MEMORY: Final = 512 << 20
_CPU_SECONDS: Final = 10
_WALL_SECONDS: Final = 20
_ANSWER_LIMIT: Final = 32 << 20
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_YEARS: Final = range(1990, 2100)
_NAME_LIMIT: Final = 255
_ADDRESS_LIMIT: Final = 254
_REPORT: Final = "report."
_FAILED: Final = ".ndr"
_CODEPAGES: Final = {65001: "utf-8", 936: "gb18030", 54936: "gb18030", 950: "big5", 20127: "ascii"}


def parse_outlook(data: bytes) -> Mail:
    """Read a mail of Outlook.

    Raises:
        BadInput: It is too large, no such file, or broken in a way that it cannot be read.
    """
    if len(data) > SIZE_LIMIT:
        raise BadInput(
            message("The mail is larger than {limit} MiB.", limit=SIZE_LIMIT // 2**20),
        )
    found = _asked(data)
    if found is None:
        raise BadInput(
            message("It is not a mail as Outlook saves it, or it is broken."),
            hint=message("Save it in Outlook once more, as a mail or as text."),
        )
    return _mail(_Fields(found))


@dataclass(frozen=True, slots=True)
class _Fields:
    """What the room told; not believed more than the file itself."""

    found: Mapping[str, Any]

    def text(self, number: int) -> str:
        """A text in its encoding."""
        return self.read(self.found["texts"].get(str(number)))

    def read(self, told: Any) -> str:  # noqa: ANN401
        """Decode what was told of a text."""
        if told is None:
            return ""
        form, digits = told
        octets = bytes.fromhex(digits)
        if form == "utf-16-le":
            return octets.decode("utf-16-le", "replace").rstrip("\0")
        page = self.number(room.HTML_CODEPAGE if form == "html" else room.TEXT_CODEPAGE)
        return decoded(octets, _CODEPAGES.get(page, f"cp{page}" if page else "")).rstrip("\0")

    def number(self, number: int) -> int:
        """A number, or 0."""
        return int(self.found["numbers"].get(str(number), 0))

    def line(self, number: int, limit: int = 8_192) -> str:
        """A text of one line, harmless to show."""
        return visible(" ".join(self.text(number).split()))[:limit]


def _mail(told: _Fields) -> Mail:
    headers = told.text(room.HEADERS).strip()
    if headers and not headers.endswith("\n"):
        headers += "\n"
    mail = parse(_only_head(headers).encode("utf-8", "surrogateescape"))
    named = {
        "Message-ID": room.MESSAGE_ID,
        "In-Reply-To": room.IN_REPLY_TO,
        "References": room.REFERENCES,
    }
    lines = "".join(f"{name}: {told.line(number)}\n" for name, number in named.items())
    ids = parse(f"{lines}\n".encode("utf-8", "replace"))
    name, address = told.line(room.SENDER_NAME), _address(told)
    text = told.text(room.BODY) or words_of(told.text(room.HTML))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return replace(
        mail,
        sender=mail.sender or (f"{name} <{address}>" if name and address else name or address),
        sender_address=mail.sender_address or address,
        subject=mail.subject or told.line(room.SUBJECT),
        date=mail.date or _moment(told),
        message_id=mail.message_id or ids.message_id,
        in_reply_to=mail.in_reply_to or ids.in_reply_to,
        references=mail.references or ids.references,
        text=visible(text[:TEXT_LIMIT], keep="\n\t").strip("\n"),
        cut=len(text) > TEXT_LIMIT,
        attachments=tuple(_file(told, one) for one in told.found["attachments"]),
        signals=(*mail.signals, *_report(told)),
    )


def _only_head(headers: str) -> str:
    """Leave out the lines that tell of parts: there are none behind these headers."""
    lines = []
    skipping = False
    for line in headers.replace("\r\n", "\n").split("\n"):
        if not line[:1].isspace():
            skipping = line.casefold().startswith(("content-", "mime-version"))
        if line and not skipping:
            lines.append(line)
    return "\n".join(lines) + "\n\n"


def _address(told: _Fields) -> str:
    for number in (room.SENDER_SMTP, room.SENDER_ADDRESS):
        found = told.line(number, _ADDRESS_LIMIT)
        if "@" in found:  # within a company there are addresses of another kind (/o=…)
            return found.casefold()
    return ""


def _moment(told: _Fields) -> datetime | None:
    for number in (room.DELIVERED, room.SUBMITTED):
        ticks = told.number(number)
        try:
            moment = _EPOCH + timedelta(microseconds=ticks // 10)
        except OverflowError:
            continue
        if ticks and moment.year in _YEARS:
            return moment.replace(microsecond=0)
    return None


def _file(told: _Fields, one: Mapping[str, Any]) -> MailFile:
    name = told.read(one["name"]).replace("\\", "/").rpartition("/")[2]
    return MailFile(
        name=visible(name).strip()[:_NAME_LIMIT],
        media_type=visible(told.read(one["type"]))[:_NAME_LIMIT].casefold(),
        size=int(one["size"]),
    )


def _report(told: _Fields) -> tuple[tuple[str, str], ...]:
    """What Outlook makes of a report: its class says it, and the parts are gone."""
    kind = told.line(room.CLASS, 100).casefold()
    if not kind.startswith(_REPORT):
        return ()
    return (("delivery-action", "failed" if kind.endswith(_FAILED) else "delivered"),) + (
        (("report-type", "delivery-status"),) if kind.endswith(_FAILED) else ()
    )


def _asked(data: bytes) -> Mapping[str, Any] | None:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    words = [sys.executable, "-P", "-s", "-B", "-W", "ignore", str(_CHILD)]
    try:
        ended = subprocess.run(  # noqa: S603 (our own file, our own interpreter, no shell)
            [*words, str(_MEMORY), str(_CPU_SECONDS)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept,
            timeout=_WALL_SECONDS,
            check=False,
        )
        if ended.returncode or len(ended.stdout) > _ANSWER_LIMIT:
            return None
        found = json.loads(ended.stdout)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
