"""The WARC file, read back by warcio and by its own checker."""

import io
import json
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from pirights.evidence import capture, warc
from pirights.evidence.certificates import described
from pirights.evidence.exchange import Page
from tests import web_server
from tests.web_server import Says, answer, chunked, serving, to

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
_TELLING = 5
"""Octets from which a name does not turn up by chance in what is packed."""

ODD: dict[str, Says] = {
    "/": to("/page"),
    "/page": chunked(b"<img src=/x.png>", b"<img src=/lf><img src=/dup>"),
    "/x.png": answer(b"\x89PNG\r\n\r\n\x00\xff", "image/png", "X-Odd:no-space", "x-odd:  2"),
    "/lf": b"HTTP/1.0 200 Fine  \nContent-Type:text/plain\nContent-Length:3\n\nabc",
    "/dup": answer(b"", "text/plain", status="204 No Content"),
}


def captured(url: str) -> Page:
    return capture.fetch(url, clock=lambda: NOW, private=True)


def records(data: bytes) -> list[tuple[str, str, bytes, Any]]:
    """Kind, address, octets and headers of each record."""
    return [
        (
            one.rec_type,
            one.rec_headers.get_header("WARC-Target-URI") or "",
            one.raw_stream.read(),
            one.rec_headers,
        )
        for one in ArchiveIterator(io.BytesIO(data), no_record_parse=True)
    ]


def test_every_octet_that_a_server_sent_is_read_back() -> None:
    with serving(ODD) as server:
        data = warc.written(captured(server.url()), now=NOW)
    found = records(data)
    sent = {server.url(path): said for path, said in ODD.items()}
    assert {url: block for kind, url, block, _ in found if kind == "response"} == sent
    requests = [block.decode("latin-1") for kind, _, block, _ in found if kind == "request"]
    assert requests == server.asked


def test_warcio_finds_every_sum_right_and_reads_the_content(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.warc"
    with serving(ODD) as server:
        path.write_bytes(warc.written(captured(server.url()), now=NOW))
    checker = Checker(type("Asked", (), {"inputs": [str(path)], "verbose": True}))
    checker.process_all()
    said = capsys.readouterr().out
    assert checker.exit_value == 0
    assert "failed" not in said
    assert "no digest" not in said
    contents = {
        one.rec_headers.get_header("WARC-Target-URI"): one.content_stream().read()
        for one in ArchiveIterator(io.BytesIO(path.read_bytes()))
        if one.rec_type == "response"
    }
    assert contents[server.url("/page")] == b"<img src=/x.png><img src=/lf><img src=/dup>"


def test_an_octet_that_is_changed_later_is_found(tmp_path: Path) -> None:
    path = tmp_path / "page.warc"
    with serving({"/": answer(b"fifteen working days")}) as server:
        data = warc.written(captured(server.url()), now=NOW)
    path.write_bytes(data.replace(b"fifteen", b"fiftyyy"))
    checker = Checker(type("Asked", (), {"inputs": [str(path)], "verbose": False}))
    checker.process_all()
    assert checker.exit_value == 1


def test_the_same_exchanges_give_the_same_bytes_and_no_number_twice() -> None:
    with serving(ODD) as server:
        page = captured(server.url())
        again = captured(server.url())
    data = warc.written(page, now=NOW)
    assert data == warc.written(again, now=NOW)
    numbers = [headers.get_header("WARC-Record-ID") for *_, headers in records(data)]
    assert len(set(numbers)) == len(numbers)
    assert data.startswith(b"WARC/1.1\r\n")
    assert b"WARC-Date: 2026-11-23T04:00:00Z" in data


def test_names_addresses_redirects_and_certificates_stand_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = web_server.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
    protection = authority.protection("localhost")
    with serving({"/": to("/b"), "/b": answer(b"ok")}, protection=protection) as server:
        page = captured(server.url(host="localhost"))
    data = warc.written(page, now=NOW)
    found = records(data)
    assert ("resource", "dns:localhost") in [(kind, url) for kind, url, *_ in found]
    pems = [block for *_, block, h in found if "pem" in h.get_header("Content-Type")]
    assert len(pems) == 1
    assert pems[0].endswith(authority.root.read_bytes())
    told = [json.loads(block) for *_, block, h in found if "json" in h.get_header("Content-Type")]
    assert told[-1] == {"redirects": [one.url for one in page.hops]}
    assert page.page.tls is not None
    own, root = map(described, page.page.tls.chain)
    assert told[0]["tls"]["sha256"] == [own.sha256, root.sha256]
    assert (own.subject, own.issuer, own.names) == ("CN=localhost", "CN=Test Root", ("localhost",))
    assert own.valid_from == datetime(2020, 1, 1, tzinfo=UTC)
    name = socket.gethostname().encode()
    assert len(name) < _TELLING or name not in data


def test_a_certificate_that_cannot_be_read_keeps_its_sum() -> None:
    found = described(b"no certificate")
    assert (found.subject, found.valid_until, len(found.sha256)) == ("", None, 64)
