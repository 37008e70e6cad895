"""Fetching pages from real servers, good and bad."""

import gzip
import os
import socket
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pirights.errors import BadInput, NetworkRefused
from pirights.evidence import capture, wire
from pirights.evidence.capture_limits import Limits
from pirights.evidence.exchange import Page
from tests import web_server
from tests.web_server import Says, WebServer, answer, chunked, dripping, serving, to

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def fetch(url: str, *, private: bool = True, **limits: Any) -> Page:  # noqa: ANN401
    return capture.fetch(url, clock=lambda: NOW, private=private, limits=Limits(**limits))


def refusal(url: str, *, private: bool = True, **limits: Any) -> str:  # noqa: ANN401
    with pytest.raises(NetworkRefused) as caught:
        fetch(url, private=private, **limits)
    return str(caught.value)


@contextmanager
def page(says: Says, more: Mapping[str, Says] | None = None) -> Iterator[WebServer]:
    with serving({"/": says, **(more or {})}) as server:
        yield server


def names(answers: Mapping[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let names be answered in turn; return what was looked up."""
    real, looked_up, left = socket.getaddrinfo, [], {k: list(v) for k, v in answers.items()}

    def getaddrinfo(host: str, port: int, *more: Any, **named: Any) -> Any:  # noqa: ANN401
        if host not in left:
            return real(host, port, *more, **named)
        looked_up.append(host)
        address = left[host][0] if len(left[host]) == 1 else left[host].pop(0)
        return real(address, port, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return looked_up


def test_every_hop_and_every_octet_of_each_answer_is_kept_in_order() -> None:
    hop, last = to("/b?q=1#x"), chunked(b"<p>\xe4", b"\xbd\xa0")
    with page(hop, {"/b?q=1": last}) as server:
        found = fetch(server.url("/#top"))
    assert [one.url for one in found.hops] == [server.url("/"), server.url("/b?q=1")]
    assert [one.received for one in found.hops] == [hop, last]
    assert found.page.body == "<p>你".encode()
    assert [one.sent.decode("latin-1") for one in found.hops] == server.asked
    assert found.page.headers[0] == ("content-type", "text/html")
    assert found.page.at == NOW


def test_a_request_tells_nothing_of_who_asks_and_carries_no_cookie() -> None:
    hop = answer(b"", "text/plain", "Location: /b", "Set-Cookie: id=7", status="303 See Other")
    with page(hop, {"/b": answer(b"ok")}) as server:
        fetch(server.url())
    for asked in server.asked:
        head = [line.partition(":")[0] for line in asked.splitlines()[1:] if line]
        assert head == ["Host", *(name for name, _ in capture.HEADERS)]
        assert socket.gethostname() not in asked
        assert "pirights" not in asked.casefold()


def test_the_parts_that_page_style_sheet_and_frame_name_are_found() -> None:
    html = b"""<base href="/in/"><link rel="Shortcut ICON" href=/i.ico><link rel=next href=/no>
    <link rel=stylesheet href="/s.css"><img src="a.png" srcset="b.png 2x, /c.png 3x"><a href=/no>
    <iframe src=/frame></iframe><div style="background:url('/d.png')"><img src="data:image/png,x">
    <style>p{background:url(/e.png)}</style><script src=/j.js>'<img src=/no>'</script><img src=/f>
    <img src="javascript:alert(1)"><img src="/a%20b.png"><img src="/s.css">"""
    css = b'@import "t.css"; p{background:url( "/g.png" )}'
    says: dict[str, Says] = {
        "/s.css": answer(css, "text/css"),
        "/t.css": answer(b"q{src:url(/h.woff)}", "text/css"),
        "/frame": answer(b"<img src=/k.png>"),
        "/f": to("/f2"),
        "/f2": answer(b"x", "image/png"),
    }
    with page(answer(html), says) as server:
        found = fetch(server.url())
    paths = {one.url.removeprefix(server.url("/")) for one in found.parts}
    assert paths == {
        *("i.ico", "s.css", "in/a.png", "in/b.png", "c.png", "frame", "d.png", "e.png", "j.js"),
        *("f", "f2", "a%20b.png", "t.css", "g.png", "h.woff", "k.png"),
    }
    assert len(server.asked) == len(paths) + 1
    assert found.lost == ()


def test_a_part_that_cannot_be_had_is_told_and_the_page_stays() -> None:
    html = b"<img src=http://user:word@127.0.0.1/><img src=http://127.0.0.1:1/x><img src=/loop>"
    with page(answer(html), {"/loop": to("/loop")}) as server:
        found = fetch(server.url(), redirects=3)
    assert [one.url.partition("//")[2] for one in found.lost] == [
        "127.0.0.1:1/x",
        f"127.0.0.1:{server.port}/loop",
    ]
    assert found.parts == ()


def test_more_parts_than_allowed_are_named_and_not_asked_for() -> None:
    html = b"".join(b"<img src=/%d>" % number for number in range(30))
    with page(answer(html)) as server:
        found = fetch(server.url(), parts=10)
    assert (len(found.parts), len(found.lost), len(server.asked)) == (10, 20, 11)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
def test_a_private_address_is_refused_before_anything_is_sent(host: str) -> None:
    with page(answer(b"secret")) as server:
        assert "public Internet" in refusal(server.url(host=host), private=False)
    assert server.asked == []


def test_a_redirect_and_a_part_must_not_lead_into_a_private_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, "is_public", lambda address: address == "127.0.0.1")
    with serving({"/": answer(b"secret")}, host="127.0.0.2") as inside:
        with page(to(inside.url())) as server:
            assert "127.0.0.2" in refusal(server.url(), private=False)
        with page(answer(f"<img src={inside.url()}>".encode())) as server:
            found = fetch(server.url(), private=False)
            assert "127.0.0.2" in str(found.lost[0].reason)
    assert inside.asked == []


def test_a_name_that_is_answered_otherwise_the_second_time_leads_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_up = names({"page.example": ["127.0.0.1", "127.0.0.2"]}, monkeypatch)
    monkeypatch.setattr(wire, "is_public", lambda address: address == "127.0.0.1")
    with page(answer(b"good")) as server:
        with serving({"/": answer(b"secret")}, host="127.0.0.2", port=server.port) as inside:
            found = fetch(server.url(host="page.example"), private=False)
        assert found.page.body == b"good"
    assert looked_up == ["page.example"]
    assert inside.asked == []
    assert f"Host: page.example:{server.port}" in server.asked[0]
    assert found.page.resolution.addresses == ("127.0.0.1",)


@pytest.mark.parametrize(
    "text",
    [
        *("ftp://example.com/", "javascript:alert(1)", "file:///etc/passwd", "https://", ""),
        *(
            "https://user:word@example.com/",
            "http://user@example.com/",
            "https://[::1",
            "http:///x",
        ),
        "https://example.com/" + "x" * 5000,
    ],
)
def test_what_is_no_address_of_a_page_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        capture.address(text)


def test_an_address_without_a_scheme_means_https_and_chinese_names_are_understood() -> None:
    assert capture.address("example.com/a b#c") == "https://example.com/a%20b"
    assert capture.address("http://例子.测试/隐私").startswith("http://xn--fsqu00a.xn--0zwm56d/%E9")


def test_a_redirect_to_another_scheme_or_with_a_user_is_not_followed() -> None:
    for target in ("ftp://127.0.0.1/", "javascript:1", "http://user:word@127.0.0.1/", "file:///x"):
        with page(to(target)) as server:
            assert "no web page" in refusal(server.url())


def test_redirects_without_end_are_given_up() -> None:
    with page(to("/")) as server:
        assert "without end" in refusal(server.url(), redirects=5)
    assert len(server.asked) == 6


def test_a_huge_answer_is_given_up_at_the_limit() -> None:
    told = []

    def flood(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            told.append(connection.send(b"x" * 65536))

    with page(flood) as server:
        assert "too large" in refusal(server.url(), each=300_000)
    assert sum(told) < 20_000_000


def test_many_parts_share_one_limit() -> None:
    html = b"".join(b"<img src=/%d>" % number for number in range(8))
    says = {f"/{number}": answer(b"x" * 50_000, "image/png") for number in range(8)}
    with page(answer(html), says) as server:
        found = fetch(server.url(), total=170_000)
    assert (len(found.parts), len(found.lost)) == (3, 5)


def test_a_slow_answer_is_given_up_when_the_time_is_up() -> None:
    began = time.monotonic()
    with page(dripping(b"HTTP/1.1 200 OK\r\n\r\n", every=0.1)) as server:
        assert "too long" in refusal(server.url(), seconds=1.0)
    with page(dripping(b"", every=100)) as server:
        assert "does not answer" in refusal(server.url(), wait=0.5)
    assert time.monotonic() - began < 8


def test_a_packed_answer_is_kept_packed_and_read_unpacked() -> None:
    for coding, data in (
        ("gzip", gzip.compress(b"<p>words", mtime=0)),
        ("deflate", zlib.compress(b"<p>words")),
        ("deflate", zlib.compress(b"<p>words")[2:-4]),
    ):
        said = answer(data, "text/html", f"Content-Encoding: {coding}")
        with page(said) as server:
            found = fetch(server.url())
        assert found.page.received == said
        assert found.page.body == b"<p>words"


def test_an_answer_that_unpacks_to_too_much_or_to_nothing_is_refused() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    began = time.monotonic()
    with page(answer(bomb, "text/html", "Content-Encoding: gzip")) as server:
        assert "unpacked" in refusal(server.url(), each=1_000_000)
    assert time.monotonic() - began < 5
    for coding in ("br", "gzip"):
        with page(answer(b"?!", "text/html", f"Content-Encoding: {coding}")) as server:
            assert f"packed as {coding}" in refusal(server.url())


def test_an_answer_before_the_answer_is_left_out() -> None:
    said = answer(b"good")
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n"
    with page(hint + said) as server:
        assert fetch(server.url()).page.received == said


@pytest.mark.parametrize(
    "said",
    [
        *(b"", b"220 mail.example ESMTP\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000,
    ],
)
def test_an_answer_that_is_none_is_refused(said: bytes) -> None:
    with page(said) as server:
        assert "127.0.0.1" in refusal(server.url())


def test_the_certificates_and_the_protection_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = web_server.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
    with serving({"/": answer(b"ok")}, protection=authority.protection("localhost")) as server:
        found = fetch(server.url(host="localhost"))
    tls = found.page.tls
    assert tls is not None
    assert tls.version == "TLSv1.3"
    assert len(tls.chain) == 2
    assert found.page.received == answer(b"ok")
    assert found.page.address in {"127.0.0.1", "::1"}


def test_a_certificate_that_does_not_hold_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = web_server.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
    for host, expired, problem in (
        ("other.example", False, "Hostname mismatch"),
        ("localhost", True, "expired"),
    ):
        protection = authority.protection(host, expired=expired)
        with serving({"/": answer(b"ok")}, protection=protection) as server:
            said = refusal(server.url(host="localhost"))
        assert "certificate of localhost" in said
        assert problem in said
        assert server.asked == []
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(web_server.authority(tmp_path / "other").root))
    with serving({"/": answer(b"ok")}, protection=authority.protection("localhost")) as server:
        assert "certificate of localhost" in refusal(server.url(host="localhost"))
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    assert "root certificates" in refusal("https://localhost/")


def test_an_unknown_name_and_a_closed_door_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror

    with page(answer()) as server:
        pass
    assert "cannot be reached" in refusal(server.url())
    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert "no server named nowhere.invalid" in refusal("https://nowhere.invalid/")
