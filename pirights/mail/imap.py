"""Looking into the user's own mailbox (RFC 3501), and never changing it.

Folders are opened with EXAMINE and mails read with BODY.PEEK, so that nothing is marked as read.
Headers come first, in portions; a whole mail is asked for one by one, and never more octets of it
than are taken.
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from pirights import __version__
from pirights.domain.mail_account import MailAccount, Security
from pirights.domain.text import visible
from pirights.errors import NetworkRefused, message
from pirights.mail.parse import SIZE_LIMIT, Mail, parse

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_T = TypeVar("_T")
_PORTION: Final = 200
"""Mails whose headers are asked for at once."""

_HEADER_OCTETS: Final = 32_768
"""Of one mail's headers; more would be no headers."""

_WORDS_AT_ONCE: Final = 20
"""Words of one search: a server's command line has an end."""

_SEARCH_FACTOR: Final = 5
"""A search in texts may take so many times longer than another answer: many servers read them."""

_FIELDS: Final = "FROM SUBJECT DATE MESSAGE-ID IN-REPLY-TO REFERENCES"
_HEAD: Final = f"(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({_FIELDS})]<0.{_HEADER_OCTETS}>)"
_WHOLE: Final = f"(UID BODY.PEEK[]<0.{SIZE_LIMIT + 1}>)"
_UID: Final = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d{1,15})\b")
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_SENT: Final = frozenset(
    {
        *("sent", "sent items", "sent messages", "sent mail", "inbox.sent", "inbox/sent"),
        *("已发送", "已发送邮件", "发件箱", "[gmail]/sent mail", "[gmail]/已发邮件"),
    }
)
"""Names of folders of sent mails, where the server does not mark them (RFC 6154)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A mail in the mailbox: what its headers say, without its text. `size`: octets."""

    uid: str
    size: int
    mail: Mail


class Box:
    """A mailbox that was logged in to."""

    def __init__(self, client: "BaseMailBox", account: MailAccount) -> None:
        self._client = client
        self._label = account.imap.label
        self._timeout = account.timeout

    def examine(self, folder: str) -> None:
        """Open a folder for reading only.

        Raises:
            NetworkRefused: There is none of this name, or the server ends the talk.
        """
        self._asked(lambda: self._client.folder.set(folder, readonly=True))

    def since(self, day: date, words: Sequence[str] = ()) -> list[str]:
        """Number the mails of the open folder from a day on, oldest first.

        Args:
            day: The first day; one more is looked at, for servers in other zones.
            words: Only mails in whose text one of these stands; all if there are none.

        Raises:
            NetworkRefused: The server ends the talk or does not understand.
        """
        first = day - timedelta(days=1)
        wanted = f"SINCE {first.day:02d}-{_MONTHS[first.month - 1]}-{first.year:04d}"
        if not words:
            return self._asked(lambda: self._client.uids(wanted, charset=None))
        found: set[str] = set()
        self._client.client.socket().settimeout(self._timeout * _SEARCH_FACTOR)
        for start in range(0, len(words), _WORDS_AT_ONCE):
            one_of = _either([f'TEXT "{word}"' for word in words[start : start + _WORDS_AT_ONCE]])
            found |= set(self._asked(lambda: self._client.uids(f"{wanted} {one_of}", charset=None)))  # noqa: B023 (called at once)
        self._client.client.socket().settimeout(self._timeout)
        return sorted(found, key=int)

    def heads(self, uids: Sequence[str]) -> Iterator[Head]:
        """Read the headers of mails, portion by portion; what is gone meanwhile is left out.

        Raises:
            NetworkRefused: The server ends the talk.
        """
        for start in range(0, len(uids), _PORTION):
            for about, octets in self._fetched(",".join(uids[start : start + _PORTION]), _HEAD):
                uid, size = _UID.search(about), _SIZE.search(about)
                if uid is not None:
                    yield Head(
                        uid=uid[1].decode(),
                        size=int(size[1]) if size else 0,
                        mail=parse(octets),
                    )

    def octets(self, uid: str) -> bytes:
        """Read a whole mail, up to one octet more than is ever taken; nothing if it is gone.

        Raises:
            NetworkRefused: The server ends the talk.
        """
        return next((octets for _, octets in self._fetched(uid, _WHOLE)), b"")

    def sent_holds(self, message_id: str) -> bool:
        """Look for a mail in the folders of sent mails.

        Raises:
            NetworkRefused: The server ends the talk.
        """
        for folder in self._asked(lambda: list(self._client.folder.list())):
            marked = any(flag.casefold() == "\\sent" for flag in folder.flags)
            if not marked and folder.name.casefold() not in _SENT:
                continue
            self.examine(folder.name)
            wanted = f'HEADER Message-ID "{message_id}"'
            if self._asked(lambda: self._client.uids(wanted, charset=None)):  # noqa: B023 (called at once)
                return True
        return False

    def _fetched(self, uids: str, what: str) -> Iterator[tuple[bytes, bytes]]:
        _, answer = self._asked(lambda: self._client.client.uid("FETCH", uids, what))
        pending: tuple[bytes, bytes] | None = None
        for piece in answer:
            if isinstance(piece, tuple):
                if pending is not None:
                    yield pending
                pending = (piece[0], piece[1])
            elif isinstance(piece, bytes) and pending is not None:
                yield (pending[0] + b" " + piece, pending[1])
                pending = None
        if pending is not None:
            yield pending

    def _asked(self, question: Callable[[], _T]) -> _T:
        try:
            return question()
        except _wrongs() as wrong:
            raise refusal(self._label, wrong) from wrong


@contextmanager
def opened(account: MailAccount, password: str) -> Iterator[Box]:
    """Log in to the mailbox; certificates are checked before the password is shown.

    Raises:
        NetworkRefused: The server cannot be reached, or refuses.
    """
    label = account.imap.label
    try:
        client = _client(account)
    except _wrongs() as wrong:
        raise refusal(label, wrong) from wrong
    try:
        try:
            client.login(account.user, password, initial_folder=None)
            if "ID" in client.client.capabilities:
                # RFC 2971; the large providers in China let nobody in who does not say it.
                client.client.xatom("ID", f'("name" "pirights" "version" "{__version__}")')
        except _wrongs() as wrong:
            raise refusal(label, wrong) from wrong
        yield Box(client, account)
    finally:
        with suppress(*_wrongs(), KeyboardInterrupt):
            client.client.shutdown()


def refusal(label: str, wrong: Exception) -> NetworkRefused:
    """Say what a server did."""
    if isinstance(wrong, ssl.SSLCertVerificationError):
        said = message(
            "{server} cannot be trusted: its certificate is refused ({problem}).",
            server=label,
            problem=wrong.verify_message,
        )
    elif isinstance(wrong, TimeoutError) or "timed out" in str(wrong):
        said = message("{server} does not answer.", server=label)
    else:
        said = message(
            "{server} refuses or ended the talk: {problem}", server=label, problem=_problem(wrong)
        )
    return NetworkRefused(
        said, hint=message("Check `pirights mail show` and the password, then run it again.")
    )


def _problem(wrong: Exception) -> str:
    answer = getattr(wrong, "command_result", None)
    if answer:  # what imap-tools makes of a NO: the command's status and the server's words
        words = b" ".join(one for one in answer[1] if isinstance(one, bytes))
        problem = words.decode("utf-8", "replace")
    else:
        problem = getattr(wrong, "strerror", None) or str(wrong)
    return visible(" ".join(problem.split()))[:300] or type(wrong).__name__


def _client(account: MailAccount) -> "BaseMailBox":
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    server, context = account.imap, ssl.create_default_context()
    match server.security:
        case Security.TLS:
            return MailBox(server.host, server.port, timeout=account.timeout, ssl_context=context)
        case Security.STARTTLS:
            return MailBoxStartTls(
                server.host, server.port, timeout=account.timeout, ssl_context=context
            )
        case Security.NONE:
            return MailBoxUnencrypted(server.host, server.port, timeout=account.timeout)


def _wrongs() -> tuple[type[Exception], ...]:
    from imap_tools.errors import ImapToolsError

    return (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError)


def _either(conditions: Sequence[str]) -> str:
    """Join conditions: OR takes two (RFC 3501, 6.4.4)."""
    joined = conditions[-1]
    for one in reversed(conditions[:-1]):
        joined = f"OR {one} {joined}"
    return joined
