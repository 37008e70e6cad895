"""Handing a mail to the server of the user's own account (RFC 5321, RFC 6409).

Certificates are checked, the password is shown only to a server that proved who it is, every
answer is waited for with an end, and everything said is written down but the password and the
mail itself. Whatever happens is told as a fate, not as an error: the one thing that must be known
afterwards is whether the mail may be under way.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from pirights.domain.mail_account import MailAccount, Security, Server
from pirights.domain.text import visible
from pirights.errors import Message, message

_OURSELVES: Final = "[127.0.0.1]"
"""How we greet: the name of this computer is nobody's business (RFC 5321, 4.1.4)."""

_END_FACTOR: Final = 5
"""The answer to the end of the mail may take longer: ten minutes, says RFC 5321, 4.5.3.2.6."""

_WHOLE: Final = "C: (the mail, and its end)"
"""In the talk, just before the end of the mail goes out."""

_ANSWER_LINES: Final = 500
_LINE_OCTETS: Final = 4_096
_SAID: Final = 300
"""Characters of an answer that are shown."""

_ACCEPTED: Final = 250
_FORWARDED: Final = 251
_GO_AHEAD: Final = 354


class Fate(StrEnum):
    """What became of a mail that was to be handed over."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    NOT_SENT = "not-sent"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How it went.

    Attributes:
        reason: Why it was not accepted; None if it was.
        talk: All that was said, line by line.
        watched: The server was asked to report on the delivery (RFC 3461).
        interrupted: The user pressed Ctrl-C.
    """

    fate: Fate
    reason: Message | None
    talk: str
    watched: bool = False
    interrupted: bool = False


def send(
    account: MailAccount, password: str, *, sender: str, recipient: str, data: bytes
) -> Outcome:
    """Hand a mail over, and say what became of it."""
    talk: list[str] = []
    try:
        with _connected(account, talk) as client:
            return _handed_over(client, account, password, sender, recipient, data)
    except smtplib.SMTPResponseException as refused:
        return _refused(refused, talk)
    except KeyboardInterrupt:
        whole = _WHOLE in talk
        return Outcome(
            fate=Fate.UNCERTAIN if whole else Fate.NOT_SENT,
            reason=message("you stopped it while the server was taking the mail")
            if whole
            else message("you stopped it before the mail was handed over"),
            talk=_written(talk),
            interrupted=True,
        )
    except (smtplib.SMTPException, OSError, ValueError) as wrong:
        # From the end of the mail on, silence no longer means that it was not taken.
        fate = Fate.UNCERTAIN if _WHOLE in talk else Fate.NOT_SENT
        return Outcome(fate=fate, reason=_reason(wrong), talk=_written(talk))


def _refused(refused: smtplib.SMTPResponseException, talk: list[str]) -> Outcome:
    """Tell a no for now (4xx) from a no for good."""
    said = refused.smtp_error
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    for_now = 400 <= refused.smtp_code < 500  # noqa: PLR2004 (RFC 5321, 4.2.1)
    return Outcome(
        fate=Fate.DEFERRED if for_now else Fate.REFUSED,
        reason=message("it answered {answer}", answer=_shown(f"{refused.smtp_code} {words}")),
        talk=_written(talk),
    )


class _Talk:
    """What both kinds of client add: the talk is written down, and every answer has an end."""

    talk: list[str]
    secret: bool = False

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Say something to the server."""
        said = cmd.split(" ", 1)[0] if self.secret else f"{cmd} {args}".strip()
        self.talk.append(f"C: {'AUTH …' if self.secret else said}")
        super().putcmd(cmd, args)  # type: ignore[misc]

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer of the server.

        Raises:
            SMTPServerDisconnected: It ended the talk, or talks without end or sense.
        """
        client: Any = self
        if client.file is None:
            client.file = client.sock.makefile("rb")
        lines: list[bytes] = []
        for _ in range(_ANSWER_LINES):
            try:
                line = client.file.readline(_LINE_OCTETS + 1)
            except OSError as wrong:
                client.close()
                raise smtplib.SMTPServerDisconnected(str(wrong)) from wrong
            if not line:
                client.close()
                raise smtplib.SMTPServerDisconnected("closed")
            self.talk.append(f"S: {_shown(line)}")
            code = line[:3]
            if len(line) > _LINE_OCTETS or not code.isdigit():
                break
            lines.append(line[4:].strip(b" \t\r\n"))
            if line[3:4] != b"-":
                return int(code), b"\n".join(lines)
        client.close()
        raise smtplib.SMTPServerDisconnected("no answer of SMTP")


class _Plain(_Talk, smtplib.SMTP):
    """Without TLS, or before it begins."""

    def __init__(self, talk: list[str], server: Server, timeout: int) -> None:
        self.talk = talk
        super().__init__(server.host, server.port, local_hostname=_OURSELVES, timeout=timeout)


class _Secure(_Talk, smtplib.SMTP_SSL):
    """TLS from the first octet on."""

    def __init__(
        self, talk: list[str], server: Server, timeout: int, context: ssl.SSLContext
    ) -> None:
        self.talk = talk
        super().__init__(
            server.host,
            server.port,
            local_hostname=_OURSELVES,
            timeout=timeout,
            context=context,
        )


_Client: TypeAlias = _Plain | _Secure


@contextmanager
def _connected(account: MailAccount, talk: list[str]) -> Iterator[_Client]:
    server, context = account.smtp, ssl.create_default_context()
    client: _Client
    if server.security is Security.TLS:
        client = _Secure(talk, server, account.timeout, context)
    else:
        client = _Plain(talk, server, account.timeout)
    try:
        _greet(client)
        if server.security is Security.STARTTLS:
            client.starttls(context=context)
            _greet(client)
        yield client
    finally:
        client.close()


def _greet(client: _Client) -> None:
    code, said = client.ehlo()
    if code != _ACCEPTED:
        code, said = client.helo()
    if code != _ACCEPTED:
        raise smtplib.SMTPResponseException(code, said)


def _handed_over(  # noqa: PLR0913, PLR0917 (a talk from its beginning to its end)
    client: _Client,
    account: MailAccount,
    password: str,
    sender: str,
    recipient: str,
    data: bytes,
) -> Outcome:
    if account.user:
        _log_in(client, account.user, password)
    watched = client.has_extn("dsn")
    size = [f"size={len(data)}"] if client.has_extn("size") else []
    _agreed(client.mail(sender, [*size, *(["RET=HDRS"] if watched else [])]))
    notify = ["NOTIFY=SUCCESS,FAILURE,DELAY"] if watched else []
    _agreed(client.rcpt(recipient, notify))
    code, said = client.docmd("DATA")
    if code != _GO_AHEAD:
        raise smtplib.SMTPResponseException(code, said)
    client.send(_dotted(data))
    if client.sock is not None:
        client.sock.settimeout(account.timeout * _END_FACTOR)
    client.talk.append(_WHOLE)
    client.send(b".\r\n")
    _agreed(client.getreply())
    with suppress(smtplib.SMTPException, OSError, KeyboardInterrupt):  # it has the mail already
        if client.sock is not None:
            client.sock.settimeout(min(account.timeout, 5))
        client.docmd("QUIT")
    return Outcome(fate=Fate.ACCEPTED, reason=None, talk=_written(client.talk), watched=watched)


def _log_in(client: _Client, user: str, password: str) -> None:
    client.secret = True
    try:
        client.login(user, password)
    finally:
        client.secret = False


def _agreed(answer: tuple[int, bytes]) -> None:
    code, said = answer
    if code not in {_ACCEPTED, _FORWARDED}:
        raise smtplib.SMTPResponseException(code, said)


def _dotted(data: bytes) -> bytes:
    """Double the dots that begin a line (RFC 5321, 4.5.2); all lines end in CRLF already."""
    body = b"\r\n".join(b"." + line if line[:1] == b"." else line for line in data.split(b"\r\n"))
    return body if body.endswith(b"\r\n") else body + b"\r\n"


def _reason(wrong: Exception) -> Message:
    if isinstance(wrong, ssl.SSLCertVerificationError):
        return message(
            "its certificate is not to be trusted: {problem}", problem=wrong.verify_message
        )
    if isinstance(wrong, TimeoutError) or "timed out" in str(wrong):
        return message("it does not answer")
    if isinstance(wrong, smtplib.SMTPServerDisconnected):
        return message("it ended the talk")
    if isinstance(wrong, smtplib.SMTPNotSupportedError):
        return message("it does not offer what is asked for: {problem}", problem=_shown(str(wrong)))
    if isinstance(wrong, OSError) and wrong.strerror:
        return message("it failed: {problem}", problem=_shown(wrong.strerror))
    return message("it failed: {problem}", problem=_shown(str(wrong)) or type(wrong).__name__)


def _shown(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(visible(text.replace("\r", " ").replace("\n", " ")).split())[:_SAID]


def _written(talk: list[str]) -> str:
    return "\n".join(talk) + "\n" if talk else ""
