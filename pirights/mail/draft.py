"""A letter as a mail that is not sent yet: a mail program opens it for its user to send.

Built from the older half of the standard library's mail package, whose folding of headers is the
same in every version of it: the same letter gives the same octets.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.charset import BASE64, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from hashlib import sha256
from io import BytesIO
from typing import Final

from pirights.domain.text import one_line
from pirights.errors import BadInput, message

_DOMAIN: Final = "pirights.invalid"
"""Behind the @ of every id: a name that can never be anybody's (RFC 2606)."""

_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
"""An address of RFC 5321 without quotes and comments."""

_ADDRESS_LIMIT: Final = 254
_ID: Final = re.compile(r"<[A-Za-z0-9.-]{1,200}@[A-Za-z0-9.-]{1,200}>")
_NO_NAME: Final = re.compile(r'[/\\:*?"<>|\s]+')
"""What no file name has on one system or another."""

_NAME_LIMIT: Final = 60
"""Characters of a file's name before its ending: some four hundred octets in a header."""

_UTF_8: Final = Charset("utf-8")
_UTF_8.header_encoding = BASE64


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Someone to write to or from; nobody, where there is no address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a mail says.

    Attributes:
        title: The subject, and the name of the paper that hangs on it.
        reference: Stands in brackets at the end of the subject.
        on: Aware; the moment that `Date` gives.
        message_id: With its angle brackets, as are all ids here.
        earlier: The ids of the case's earlier mails, oldest first.
        text: The letter in plain words.
        paper: The letter as a PDF.
        unsent: Marked as one that a mail program opens for its user to send.
    """

    sender: Party
    to: Party
    title: str
    reference: str
    on: datetime
    message_id: str
    earlier: Sequence[str] = ()
    text: str
    paper: bytes
    unsent: bool = True


def new_id(label: str, drawn: str) -> str:
    """Make the id of a mail, in which the reference of its case can be found again.

    Args:
        label: Of the letter: PR-2026-7K3M9QX-C/1.
        drawn: Letters and digits drawn at random by the caller.
    """
    return f"<{label.replace('/', '.')}.{drawn}@{_DOMAIN}>"


def subject_of(title: str, reference: str) -> str:
    """Put the reference in brackets behind the title."""
    return f"{title} [{reference}]" if reference else title


def to_bytes(draft: Draft) -> bytes:
    """Write the mail, with lines that end as RFC 5322 wants them.

    Raises:
        BadInput: A field of the header holds a line break or another control character, or an
            address is none.
    """
    title = one_line(draft.title, field="subject")
    reference = one_line(draft.reference, field="reference")
    mail = MIMEMultipart("mixed", boundary=_boundary(draft))
    if draft.unsent:
        mail["X-Unsent"] = "1"
    for name, field, party in (("From", "from", draft.sender), ("To", "to", draft.to)):
        if party.address:
            _put(mail, _party(name, field, party), name)
    _put(mail, _subject(subject_of(title, reference)), "Subject")
    mail["Date"] = format_datetime(draft.on)
    for name, value in _ids(draft):
        mail[name] = value
    mail.attach(MIMEText(draft.text.replace("\n", "\r\n"), "plain", "utf-8"))
    paper = MIMEApplication(draft.paper, "pdf")
    paper.add_header(
        "Content-Disposition", "attachment", filename=("utf-8", "", _file_name(title, reference))
    )
    mail.attach(paper)
    stream = BytesIO()
    BytesGenerator(stream, policy=compat32.clone(linesep="\r\n")).flatten(mail)
    return stream.getvalue()


def _put(mail: MIMEMultipart, value: Header, name: str) -> None:
    mail[name] = value  # type: ignore[assignment]  # a header that folds itself is taken too


def _subject(text: str) -> Header:
    plain = text.isascii() and "=?" not in text
    return Header(text, "us-ascii" if plain else _UTF_8, header_name="Subject")


def _party(header: str, field: str, party: Party) -> Header:
    address = one_line(party.address, field=field)
    if len(address) > _ADDRESS_LIMIT or not _ADDRESS.fullmatch(address):
        raise BadInput(
            message("{field}: {address} is not one e-mail address.", field=field, address=address),
            hint=message(
                "Correct it with --email of `pirights handler edit` or `pirights person edit`."
            ),
        )
    name = one_line(party.name, field=field)
    written = Header(header_name=header)
    if name:
        written.append(name, _UTF_8)
    written.append(f"<{address}>", "us-ascii")
    return written


def _ids(draft: Draft) -> Iterator[tuple[str, str]]:
    """Name the mail, and those it follows: by these a mail program puts them together."""
    for one in (draft.message_id, *draft.earlier):
        if not _ID.fullmatch(one):
            raise BadInput(message("{id} is not the id of a mail.", id=one))
    yield "Message-ID", draft.message_id
    if draft.earlier:
        yield "In-Reply-To", draft.earlier[-1]
        yield "References", "\r\n ".join(draft.earlier)


def _boundary(draft: Draft) -> str:
    """Make the line between the parts; base 64, as both are written, has no underscore."""
    return f"=_{sha256(draft.message_id.encode(errors='replace')).hexdigest()[:32]}"


def _file_name(title: str, reference: str) -> str:
    name = _NO_NAME.sub(" ", title).strip(" .")[:_NAME_LIMIT].rstrip()
    return f"{name} {reference}".strip() + ".pdf"
