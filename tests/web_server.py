"""A real web server that says exactly what a test tells it to say, octet for octet."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

Speaker = Callable[[socket.socket], None]
Says = bytes | Speaker


def answer(
    body: bytes = b"", content_type: str = "text/html", *more: str, status: str = "200 OK"
) -> bytes:
    """Write a whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *more, "", ""]).encode() + body


def chunked(*pieces: bytes, content_type: str = "text/html") -> bytes:
    """Write an answer in pieces (RFC 9112 7.1)."""
    head = f"HTTP/1.1 200 OK\r\ncontent-type:{content_type}\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"".join(b"%x;note=x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return head.encode() + body + b"0\r\n\r\n"


def to(location: str, status: str = "302 Found") -> bytes:
    """Write a redirect."""
    return answer(b"", "text/plain", f"Location: {location}", status=status)


@dataclass
class WebServer:
    """What is said at each path; what was asked is noted."""

    says: Mapping[str, Says]
    host: str = "127.0.0.1"
    port: int = 0
    scheme: str = "http"
    asked: list[str] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "") -> str:
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"


@contextmanager
def serving(
    says: Mapping[str, Says],
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    protection: ssl.SSLContext | None = None,
) -> Iterator[WebServer]:
    """Serve on loopback until the block ends."""
    listener = socket.create_server((host, port), backlog=64)
    server = WebServer(
        says=says,
        host=host,
        port=listener.getsockname()[1],
        scheme="https" if protection else "http",
    )

    def attend(connection: socket.socket) -> None:
        with suppress(OSError):
            connection.settimeout(10)
            if protection is not None:
                connection = protection.wrap_socket(connection, server_side=True)
            with connection:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    piece = connection.recv(4096)
                    if not piece:
                        return
                    asked += piece
                server.asked.append(asked.decode("latin-1"))
                path = asked.split(b" ")[1].decode("latin-1")
                said = server.says.get(path, answer(b"none", status="404 Not Found"))
                if callable(said):
                    said(connection)
                else:
                    connection.sendall(said)

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=attend, args=(connection,), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def dripping(head: bytes, *, every: float) -> Speaker:
    """Say something, then one octet after the other, without end."""

    def speak(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            time.sleep(every)
            connection.sendall(b"x")

    return speak


@dataclass(frozen=True)
class Authority:
    """A certificate authority of a test's own.

    Attributes:
        root: Where its certificate lies, for SSL_CERT_FILE.
    """

    root: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    def protection(self, host: str, *, expired: bool = False) -> ssl.SSLContext:
        """Make what a server for a host shows: its certificate and the root."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(
            _name(host), self.name, key, self.key, host=host, expired=expired, ca=False
        )
        path = self.root.with_name(f"{host}{'-old' if expired else ''}.pem")
        path.write_bytes(_key_pem(key) + _pem(made) + self.root.read_bytes())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def authority(folder: Path) -> Authority:
    """Make an authority whose root lies in a folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Test Root")
    root = folder / "root.pem"
    root.write_bytes(_pem(_certificate(name, name, key, key, host="", expired=False, ca=True)))
    return Authority(root=root, key=key, name=name)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _certificate(  # noqa: PLR0913 (what a certificate says)
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    *,
    host: str,
    expired: bool,
    ca: bool,
) -> x509.Certificate:
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=30 if expired else 36500))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if host:
        builder = builder.add_extension(x509.SubjectAlternativeName([_san(host)]), critical=False)
    return builder.sign(signer, hashes.SHA256())


def _san(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(made: x509.Certificate) -> bytes:
    return made.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
