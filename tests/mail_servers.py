"""Mail servers on this computer: one that behaves, and one that does not."""

import datetime as dt
import socket
import socketserver
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER = "wang@mail.example"
PASSWORD = "app-password-16x"  # noqa: S105 (of a server that lives for one test)


@dataclass(frozen=True)
class Certificate:
    """A certificate for a host, signed by itself: its own authority."""

    certificate: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def certify(folder: Path, host: str = "localhost") -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=900))
        .not_valid_after(now + dt.timedelta(days=9000))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = Certificate(certificate=folder / f"{host}.pem", key=folder / f"{host}.key")
    files.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


@dataclass
class Post:
    """What a server took: the envelope and the octets of each mail, and what it was asked for."""

    mails: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    on_data: Callable[[], None] | None = None
    refuse_recipient: str = ""
    port: int = 0

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's name)
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        del server, envelope
        session.host_name = hostname
        self.hosts.append(hostname)
        return [*responses[:-1], "250-DSN", responses[-1]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session
        envelope.mail_from = address
        self.options += options
        return "250 2.1.0 Sender OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        self.options += options
        return "250 2.1.5 Recipient OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        del server, session
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        self.senders.append(envelope.mail_from or "")
        self.recipients += envelope.rcpt_tos
        if self.on_data:
            self.on_data()
        return "250 2.0.0 queued as 4711"


class _WithReports(SMTP):
    """aiosmtpd refuses the options of RFC 3461 before a handler sees them."""

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        plain, options = _split(arg, ("RET=", "ENVID="))
        self.event_handler.options += options
        await super().smtp_MAIL(plain)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        plain, options = _split(arg, ("NOTIFY=", "ORCPT="))
        self.event_handler.options += options
        await super().smtp_RCPT(plain)


def _split(arg: str | None, names: tuple[str, ...]) -> tuple[str, list[str]]:
    words = (arg or "").split(" ")
    options = [word for word in words if word.startswith(names)]
    return " ".join(word for word in words if word not in options), options


@contextmanager
def post_office(
    context: ssl.SSLContext, *, starttls: bool = False, post: Post | None = None
) -> Iterator[Post]:
    """A server that wants TLS and a password."""
    taken = post or Post()

    def known(*words: object) -> AuthResult:
        given = words[-1]
        assert isinstance(given, LoginPassword)
        right = (given.login.decode(), given.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=right, handled=False)

    class Office(Controller):
        def factory(self) -> SMTP:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that TLS is there, aiosmtpd does not know
                return _WithReports(self.handler, **self.SMTP_kwargs)

    words: dict[str, Any] = {"authenticator": known, "auth_required": True, "hostname": "127.0.0.1"}
    if starttls:
        words |= {"tls_context": context, "require_starttls": True}
    else:
        words |= {"ssl_context": context, "auth_require_tls": False}
    office = Office(taken, port=0, **words)
    office.port = free_port()
    taken.port = office.port
    office.start()
    try:
        yield taken
    finally:
        office.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cutting(to: int, *, after: int) -> Iterator[int]:
    """A line to another server that breaks after so many octets of that server's, each time.

    Yields:
        Its port.
    """

    class Line(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection(("127.0.0.1", to)) as server:
                threading.Thread(target=self._forth, args=(server,), daemon=True).start()
                left = after
                while left > 0 and (piece := server.recv(min(left, 4096))):
                    self.request.sendall(piece)
                    left -= len(piece)
                self.request.shutdown(socket.SHUT_RDWR)

        def _forth(self, server: socket.socket) -> None:
            try:
                while piece := self.request.recv(4096):
                    server.sendall(piece)
            except OSError:
                pass

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Line) as line:
        threading.Thread(target=line.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield int(line.server_address[1])
        finally:
            line.shutdown()


@contextmanager
def misbehaving(
    play: Callable[[Any, Callable[[], bytes]], object], context: ssl.SSLContext | None = None
) -> Iterator[int]:
    """A server that plays a talk of the test's own: `play(socket, next_line)`.

    Yields:
        Its port.
    """
    failed: list[BaseException] = []

    class Talk(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            line = self.request
            if context is not None:
                try:
                    line = context.wrap_socket(line, server_side=True)
                except (ssl.SSLError, OSError):
                    return
            file = line.makefile("rb")
            try:
                play(line, file.readline)
            except OSError:
                pass
            except BaseException as wrong:
                failed.append(wrong)
                raise
            finally:
                line.close()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Talk) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
    assert not failed
