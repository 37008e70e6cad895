"""A server for one browser that gives out a captured page, and nothing else.

The browser is told to send everything through it, as through a proxy: what was captured comes
back under its own address, whatever else is asked for is answered with nothing at all (204, so
that a page that wants to lead elsewhere stays). Nothing reaches the network. HTTPS is ended here
with a certificate made for the occasion. Scripts are forbidden to every page.
"""

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote_to_bytes, urlsplit

from pirights.evidence.exchange import Exchange, Page

_LOOPBACK: Final = "127.0.0.1"
_PORTS: Final = {"http": 80, "https": 443}
_POLICY: Final = "sandbox allow-same-origin; script-src 'none'; object-src 'none'"
"""No script, form, plug-in or popup (Content Security Policy Level 3). Switching scripts off in
the browser as a whole would stop its own printing, which is done by one."""
_PASSED: Final = ("content-type", "location", "access-control-allow-origin")
_WAIT: Final = 30
"""Seconds until a silent browser is hung up on."""

_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
_FOR: Final = timedelta(days=36500)


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes two addresses the same to a browser; the query's spelling aside."""

    scheme: str
    host: str
    port: int
    path: bytes


@contextmanager
def serving(page: Page, folder: Path) -> Iterator[int]:
    """Serve a page on a port of this computer only, and give its number.

    Args:
        page: What is given out.
        folder: Where the certificate lies meanwhile.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder / "replay.pem"))
    kept = {_key(one.url): one for one in page.exchanges}

    class Handler(_Handler):
        answers = kept
        protection = context

    with ThreadingHTTPServer((_LOOPBACK, 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers a browser that takes us for its proxy."""

    answers: Mapping[_Key, Exchange]
    protection: ssl.SSLContext
    protocol_version = "HTTP/1.1"
    timeout = _WAIT
    origin = ""

    def do_CONNECT(self) -> None:
        """Pretend to be whom the browser wants to speak with."""
        self.origin = f"https://{self.path}"
        self.send_response(200)
        self.end_headers()
        try:
            self.connection = self.protection.wrap_socket(self.connection, server_side=True)
        except OSError:
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb", self.rbufsize)
        self.wfile = self.connection.makefile("wb", 0)
        self.close_connection = False

    def do_GET(self) -> None:
        """Give out what was captured."""
        one = self._captured()
        if one is None:
            self.send_response(204)
            self.end_headers()
            return
        self.send_response(one.status)
        for name in _PASSED:
            if one.header(name):
                self.send_header(name, one.header(name))
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("Content-Length", str(len(one.body)))
        self.end_headers()
        self.wfile.write(one.body)

    def do_POST(self) -> None:
        """Take nothing."""
        self.send_error(405)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def _captured(self) -> Exchange | None:
        asked = _key(self.origin + self.path)
        plain = _Key("http", asked.host, 80 if asked.port == _PORTS["https"] else asked.port,
                     asked.path)  # fmt: skip
        return self.answers.get(asked) or self.answers.get(plain)


def _key(url: str) -> _Key:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return _Key("", "", 0, b"")
    target = f"{parts.path or '/'}?{parts.query}"
    return _Key(parts.scheme, (parts.hostname or "").casefold(), port, unquote_to_bytes(target))


def _certificate(path: Path) -> Path:
    """Make a key and a certificate that nobody needs to believe, and put them into a file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key: Any = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "replay.invalid")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_FROM + _FOR)
        .sign(key, hashes.SHA256())
    )
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
