"""A time-stamp authority of our own on loopback: `openssl ts -reply` behind a small HTTP handler.

Keys are made anew for each run. What the path says is how the authority behaves: `/` is a good one,
the other paths are one fault each.
"""

import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CONFIG = """\
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256, sm3
signer_digest = sha256
ess_cert_id_alg = sha256
certs = {folder}/middle.pem
clock_precision_digits = 3
"""

KIND = "application/timestamp-reply"
HUGE = 100 * 2**20
_serial = threading.Lock()
"""`openssl ts` reads, counts up and writes the file of serial numbers."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A running authority.

    Attributes:
        url: Of the good behaviour; ends in a slash.
        root: Its root certificate, PEM.
        folder: Its keys, certificates and serial numbers.
        sent: Octets of bodies that were sent, by path.
    """

    url: str
    root: Path
    folder: Path
    sent: dict[str, int]


def keys(
    folder: Path,
    *,
    name: str = "Test TSA",
    since: datetime | None = None,
    days: int = 30,
    **leaf: bool,
) -> None:
    """Make a root, an authority in the middle and the certificate that stamps.

    Args:
        folder: Where `root.pem`, `middle.pem`, `tsa.pem` and `tsa.key` go.
        name: What the last says of itself.
        since: From when the last is valid; an hour ago by default.
        days: How long.
        leaf: `critical=False` or `purpose=False` for a certificate that is not fit for stamps.
    """
    folder.mkdir(exist_ok=True)
    begin = since or datetime.now(UTC) - timedelta(hours=1)  # noqa: TID251
    root, middle, last = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    issued = {
        "root": _certificate("Test Root", root, "Test Root", root, begin, 3650),
        "middle": _certificate("Test Middle", middle, "Test Root", root, begin, 3650),
        "tsa": _certificate(name, last, "Test Middle", middle, begin, days, leaf=leaf),
    }
    for stem, certificate in issued.items():
        path = folder / f"{stem}.pem"
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "tsa.key").write_bytes(
        last.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))


def reply(folder: Path, query: bytes, *, under: Sequence[str] = ()) -> bytes:
    """Answer a query as the authority whose keys lie in the folder.

    Args:
        folder: Of the keys.
        query: As it came.
        under: A program, with its options, under which openssl runs.
    """
    with _serial, tempfile.NamedTemporaryFile(dir=folder) as asked:
        asked.write(query)
        asked.flush()
        command = [*under, "openssl", "ts", "-reply", "-config", f"{folder}/tsa.cnf"]
        command += ["-queryfile", asked.name, "-signer", f"{folder}/tsa.pem"]
        command += ["-inkey", f"{folder}/tsa.key"]
        return subprocess.run(command, check=True, capture_output=True).stdout


@contextmanager
def running(folder: Path) -> Iterator[Authority]:
    """Run an authority whose keys lie in the folder; they are made where there are none."""
    if not (folder / "tsa.pem").exists():
        keys(folder)
    sent: dict[str, int] = {}

    class Handler(_Handler):
        where = folder
        counted = sent

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        yield Authority(url=url, root=folder / "root.pem", folder=folder, sent=sent)
    finally:
        server.shutdown()
        server.server_close()


def other_question(query: bytes, **changes: object) -> bytes:
    """Change a query, as an authority that answers another one would."""
    asked = tsp.TimeStampReq.load(query)
    for name, value in changes.items():
        if name == "imprint":
            asked["message_imprint"]["hashed_message"] = value
        else:
            asked[name] = value
    return bytes(asked.dump(force=True))


class _Handler(BaseHTTPRequestHandler):
    where = Path()
    counted: Mapping[str, int]

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["content-length"]))
        with suppress(ConnectionError):
            _BEHAVIOUR[self.path](self, query)

    def log_message(self, *_: object) -> None:
        """Be quiet."""

    def good(self, query: bytes) -> None:
        self.answer(reply(self.where, query))

    def error(self, _: bytes) -> None:
        self.answer(b"out of order", code=500)

    def page(self, _: bytes) -> None:
        self.answer(b"<html>Please log in</html>", kind="text/html; charset=utf-8")

    def page_in_disguise(self, _: bytes) -> None:
        self.answer(b"<html>Please log in</html>")

    def slow(self, query: bytes) -> None:
        body = reply(self.where, query)
        self.head(len(body))
        for octet in body:
            self.wfile.write(bytes([octet]))
            time.sleep(0.1)

    def slow_head(self, _: bytes) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(1000):
            self.wfile.write(b"X-Header-%d: 1\r\n" % number)
            time.sleep(0.1)

    def same_host(self, _: bytes) -> None:
        self.redirect("/")

    def elsewhere(self, _: bytes) -> None:
        self.redirect(f"http://localhost:{self.connection.getsockname()[1]}/")

    def around(self, _: bytes) -> None:
        self.redirect("/around")

    def to_http(self, _: bytes) -> None:
        self.redirect("http://localhost:1/")

    def huge(self, _: bytes) -> None:
        self.head(HUGE)
        for _turn in range(HUGE // 2**16):
            self.wfile.write(bytes(2**16))
            self.count(2**16)

    def wrong_nonce(self, query: bytes) -> None:
        self.answer(reply(self.where, other_question(query, nonce=7)))

    def no_nonce(self, query: bytes) -> None:
        self.answer(reply(self.where, other_question(query, nonce=None)))

    def wrong_imprint(self, query: bytes) -> None:
        self.answer(reply(self.where, other_question(query, imprint=bytes(32))))

    def early(self, query: bytes) -> None:
        self.answer(reply(self.where, query, under=("faketime", "-f", "-2h")))

    def rejection(self, query: bytes) -> None:
        self.answer(reply(self.where, other_question(query, req_policy="1.2.3.4.999")))

    def added_octets(self, query: bytes) -> None:
        self.answer(reply(self.where, query) + b"\0")

    def count(self, octets: int) -> None:
        counted = self.counted
        assert isinstance(counted, dict)
        counted[self.path] = counted.get(self.path, 0) + octets

    def answer(self, body: bytes, *, code: int = 200, kind: str = KIND) -> None:
        self.head(len(body), code=code, kind=kind)
        self.wfile.write(body)

    def head(self, size: int, *, code: int = 200, kind: str = KIND) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        self.end_headers()

    def redirect(self, to: str) -> None:
        self.send_response(307)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()


_BEHAVIOUR: Mapping[str, Callable[[_Handler, bytes], None]] = {
    "/": _Handler.good,
    "/500": _Handler.error,
    "/page": _Handler.page,
    "/page-in-disguise": _Handler.page_in_disguise,
    "/slow": _Handler.slow,
    "/slow-head": _Handler.slow_head,
    "/same-host": _Handler.same_host,
    "/elsewhere": _Handler.elsewhere,
    "/around": _Handler.around,
    "/to-http": _Handler.to_http,
    "/huge": _Handler.huge,
    "/early": _Handler.early,
    "/wrong-nonce": _Handler.wrong_nonce,
    "/no-nonce": _Handler.no_nonce,
    "/wrong-imprint": _Handler.wrong_imprint,
    "/rejection": _Handler.rejection,
    "/added-octets": _Handler.added_octets,
}


def _certificate(  # noqa: PLR0913, PLR0917 (each is another)
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    begin: datetime,
    days: int,
    *,
    leaf: Mapping[str, bool] | None = None,
) -> x509.Certificate:
    def subject(common: str) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
                x509.NameAttribute(NameOID.COMMON_NAME, common),
            ]
        )

    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    is_ca = leaf is None
    building = (
        x509.CertificateBuilder()
        .subject_name(subject(name))
        .issuer_name(subject(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(own, critical=False)
        .add_extension(above, critical=False)
    )
    usage = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    building = building.add_extension(
        x509.KeyUsage(**usage, digital_signature=not is_ca, key_cert_sign=is_ca, crl_sign=is_ca),
        critical=True,
    )
    if leaf is not None:
        purposes = [ExtendedKeyUsageOID.TIME_STAMPING]
        if not leaf.get("only", True):
            purposes.append(ExtendedKeyUsageOID.CODE_SIGNING)
        building = building.add_extension(
            x509.ExtendedKeyUsage(purposes), critical=leaf.get("critical", True)
        )
    return building.sign(issuer_key, hashes.SHA256())


def for_localhost() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Make a certificate for TLS on localhost, its own root."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begin = datetime.now(UTC) - timedelta(hours=1)  # noqa: TID251
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return certificate, key
