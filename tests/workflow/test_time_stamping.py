"""Asking an authority for a time: what is kept, and every answer that is refused."""

import hashlib
import http.server
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives import serialization

from pirights import clock, settings
from pirights.errors import BadInput, NetworkRefused
from pirights.evidence import timestamp, timestamp_token
from pirights.workflow import time_stamping
from pirights.workflow.time_stamping import Authority, Stamp
from tests import sm2, tsa
from tests.needs import program
from tests.workflow.office import said

pytestmark = program("openssl")

DIGEST = hashlib.sha256(b"what is stamped").digest()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tsa.Authority]:
    with tsa.running(tmp_path_factory.mktemp("authority")) as here:
        yield here


def asked(here: tsa.Authority, path: str = "", *roots: Path) -> Authority:
    return time_stamping.authority(here.url + path, roots or (here.root,))


def obtain(authority: Authority, now: datetime | None = None, **other: str) -> Stamp:
    return time_stamping.obtain(DIGEST, authority, now=now or clock.now(), **other)


def refusal(authority: Authority) -> str:
    with pytest.raises(NetworkRefused) as caught:
        obtain(authority)
    assert caught.value.hint is not None
    return str(caught.value)


# --- what is kept


def test_a_good_answer_is_kept_whole_with_its_time_and_its_authority(
    running: tsa.Authority,
) -> None:
    stamp = obtain(asked(running))
    assert stamp.trusted
    assert stamp.warnings == ()
    assert stamp.signer == "Test TSA"
    assert abs(stamp.time - clock.now()) < timedelta(seconds=30)
    assert stamp.time.tzinfo == UTC
    answer = tsp.TimeStampResp.load(stamp.token, strict=True)
    assert answer["status"]["status"].native == "granted"
    assert timestamp_token.read(stamp.token).imprint == DIGEST


def test_sm3_can_be_stamped_too(running: tsa.Authority) -> None:
    stamp = obtain(asked(running), algorithm="sm3")
    token = timestamp_token.read(stamp.token)
    assert (token.algorithm, token.imprint, stamp.trusted) == ("sm3", DIGEST, True)


def test_a_redirect_on_the_same_host_is_followed(running: tsa.Authority) -> None:
    assert obtain(asked(running, "same-host")).trusted


def test_without_a_root_it_is_kept_and_said_to_prove_nothing_yet(running: tsa.Authority) -> None:
    stamp = obtain(Authority(url=running.url, roots=()))
    assert not stamp.trusted
    assert "no root certificate was given" in said(stamp.warnings)


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_time_two_hours_off_comes_with_both_clocks_and_is_far(
    running: tsa.Authority, hours: int
) -> None:
    now = clock.now() + timedelta(hours=hours)
    stamp = obtain(asked(running), now)
    assert stamp.asked_at == now
    assert abs(stamp.time - clock.now()) < timedelta(seconds=30)
    assert "is not near this computer's" in said(stamp.warnings)
    assert stamp.far


def test_where_something_stands_in_for_the_clock_the_machines_own_is_compared(
    running: tsa.Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    stamp = obtain(asked(running))
    assert not stamp.far
    assert stamp.warnings == ()
    assert stamp.asked_at.year > clock.now().year


@pytest.mark.parametrize(("minutes", "far"), [(-61, True), (-58, False), (58, False), (61, True)])
def test_an_hour_is_far(running: tsa.Authority, minutes: int, far: bool) -> None:
    assert obtain(asked(running), clock.now() + timedelta(minutes=minutes)).far == far


def test_a_token_signed_with_sm2_is_kept_and_never_called_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(_: str, body: bytes, *, seconds: float) -> bytes:
        del seconds
        number = tsp.TimeStampReq.load(body)["nonce"].native
        return sm2.token(tmp_path, b"what is stamped", algorithm="sha256", nonce=number)

    monkeypatch.setattr(timestamp, "ask", answer)
    now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    stamp = obtain(Authority(url="http://tsa.example", roots=()), now)
    assert not stamp.trusted
    assert "SM2: kept, not verified by this program" in said(stamp.warnings)


def test_two_questions_never_have_the_same_number() -> None:
    numbers = {timestamp.nonce() for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(2**63 <= number < 2**64 for number in numbers)


# --- what is refused


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("500", "HTTP status 500", id="500"),
        pytest.param("page", "a web page", id="html-with-200"),
        pytest.param("page-in-disguise", "not a time stamp", id="html-that-says-it-is-none"),
        pytest.param("elsewhere", "redirects to another host", id="redirect-elsewhere"),
        pytest.param("around", "redirects without end", id="redirect-around"),
        pytest.param("wrong-nonce", "another question", id="wrong-nonce"),
        pytest.param("no-nonce", "another question", id="no-nonce"),
        pytest.param("wrong-imprint", "something else", id="wrong-imprint"),
        pytest.param("rejection", "refused (Requested policy is not supported", id="rejection"),
        pytest.param("added-octets", "not a time stamp", id="octets-behind-it"),
    ],
)
def test_an_answer_that_is_not_ours_is_refused(
    running: tsa.Authority, path: str, words: str
) -> None:
    assert words in refusal(asked(running, path))


def test_an_authority_that_is_down_is_refused(running: tsa.Authority) -> None:
    authority = Authority(url="http://127.0.0.1:9/", roots=asked(running).roots)
    assert "cannot be reached" in refusal(authority)


@pytest.mark.parametrize("path", ["slow", "slow-head"])
def test_an_authority_that_drips_is_given_up_after_the_time_in_total(
    running: tsa.Authority, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timestamp, "SECONDS", 1.0)
    begun = time.monotonic()
    assert "did not answer within 1 seconds" in refusal(asked(running, path))
    assert time.monotonic() - begun < 3


def test_a_body_of_100_megabytes_is_not_read(running: tsa.Authority) -> None:
    obtain(asked(running))  # what is imported once does not count
    tracemalloc.start()
    assert "too large" in refusal(asked(running, "huge"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 2**20
    assert running.sent["/huge"] < tsa.HUGE / 2


@contextmanager
def _secure(folder: Path, location: str) -> Iterator[str]:
    """A server behind TLS on localhost that redirects everything."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(307)
            self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    certificate, key = tsa.for_localhost()
    (folder / "localhost.pem").write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "localhost.pem")
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"https://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_a_redirect_from_https_to_http_is_refused(
    running: tsa.Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "localhost.pem"))
    plain = running.url.replace("127.0.0.1", "localhost")
    with _secure(tmp_path, plain) as url:
        authority = Authority(url=url, roots=asked(running).roots)
        assert "from https to http" in refusal(authority)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    running: tsa.Authority, tmp_path: Path
) -> None:
    with _secure(tmp_path, running.url) as url:
        authority = Authority(url=url, roots=asked(running).roots)
        assert "CERTIFICATE_VERIFY_FAILED" in refusal(authority)


def test_a_rogue_authority_is_refused_whatever_root_it_brings(
    running: tsa.Authority, tmp_path: Path
) -> None:
    with tsa.running(tmp_path / "rogue") as rogue:
        assert "none of the given root certificates" in refusal(asked(rogue, "", running.root))
        assert obtain(asked(rogue)).trusted


def test_an_authority_whose_certificate_has_expired_is_refused(tmp_path: Path) -> None:
    tsa.keys(tmp_path / "old", since=datetime(2020, 1, 1, tzinfo=UTC), days=365)
    with tsa.running(tmp_path / "old") as old:
        assert "at the time it names" in refusal(asked(old))


# --- what the user says


@pytest.mark.parametrize(
    "url",
    ["ftp://tsa.example/", "file:///etc/passwd", "tsa.example", "https://", "http://a:b@tsa.example",
     "http://tsa.example:x/", "http://tsa.example/\n", "http://tsa .example/", "https://[::1"],
)  # fmt: skip
def test_only_an_address_of_the_web_is_taken(url: str) -> None:
    if url.endswith("\n"):
        assert time_stamping.authority(url, ()).url == url.strip()
        return
    with pytest.raises(BadInput):
        time_stamping.authority(url, ())


@pytest.mark.parametrize("data", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_a_file_that_holds_no_certificate_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "root.pem").write_bytes(data)
    with pytest.raises(BadInput, match=r"root\.pem"):
        time_stamping.trusted([tmp_path / "root.pem"])
    with pytest.raises(BadInput, match="missing"):
        time_stamping.trusted([tmp_path / "missing"])


def test_a_root_may_be_in_pem_or_der(running: tsa.Authority, tmp_path: Path) -> None:
    (der,) = time_stamping.trusted([running.root])
    (tmp_path / "root.der").write_bytes(der)
    assert time_stamping.trusted([tmp_path / "root.der"]) == (der,)


def test_settings_fill_in_what_was_not_said(
    running: tsa.Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "stamp_file", lambda: tmp_path / "stamp.toml")
    with pytest.raises(BadInput, match="No time-stamp authority"):
        time_stamping.authority(None, ())
    (tmp_path / "own.pem").write_bytes(running.root.read_bytes())
    (tmp_path / "stamp.toml").write_text(
        f'tsa = "{running.url}"\ntsa_roots = ["own.pem"]\n', encoding="utf-8"
    )
    assert time_stamping.authority(None, ()) == replace(asked(running), root_files=())
    assert time_stamping.authority("http://other.example/", ()).url == "http://other.example/"


@pytest.mark.parametrize("text", ["tsa = 1", 'tsa_roots = "a"', "tsa_roots = [1]", "x = 1", "="])
def test_settings_that_say_anything_else_are_refused(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "stamp_file", lambda: tmp_path / "stamp.toml")
    (tmp_path / "stamp.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"stamp\.toml"):
        time_stamping.trusted(())
