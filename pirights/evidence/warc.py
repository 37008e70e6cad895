"""A captured page as a WARC file (ISO 28500:2017, version 1.1): warcio's door.

Not packed, so that a text viewer opens it too. What was read from the server stands in it octet
for octet; warcio's own parsing of a response is passed by, for it would write the headers anew.
The same exchanges give the same bytes: a record's number is computed from what it holds.
"""

import base64
import hashlib
import io
import json
import ssl
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from pirights import __version__
from pirights.evidence.exchange import Exchange, Page, Tls

_VERSION: Final = "WARC/1.1"
_NUMBERS: Final = uuid.UUID("7b0c6f0e-7b35-5b7c-9a52-6f1d4f3d2c11")
"""The space of our records' numbers (RFC 9562, version 5)."""

_REQUEST: Final = "application/http; msgtype=request"
_RESPONSE: Final = "application/http; msgtype=response"
_HTTP: Final = frozenset({_REQUEST, _RESPONSE})
_JSON: Final = "application/json"
_BLANK_LINE: Final = (b"\r\n\r\n", b"\n\n")


def written(page: Page, *, now: datetime) -> bytes:
    """Write all exchanges of a page.

    Args:
        page: The page.
        now: When it was captured, by this computer's clock; aware.
    """
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False, warc_version=_VERSION)
    records = _Records(writer)
    records.add("warcinfo", "application/warc-fields", _about(), at=now)
    for names in dict.fromkeys(one.resolution for one in page.exchanges):
        if names.addresses == (names.host,):
            continue  # an address, not a name: nobody was asked
        records.add(
            "resource",
            "text/dns",
            "".join(f"{names.host}. {each}\r\n" for each in names.addresses).encode(),
            at=next(one.at for one in page.exchanges if one.resolution == names),
            **{"WARC-Target-URI": f"dns:{names.host}"},
        )
    chains: dict[tuple[bytes, ...], str] = {}
    for one in page.exchanges:
        response = _exchange(records, one)
        if one.tls is not None and one.tls.chain not in chains:
            chains[one.tls.chain] = records.add(
                "metadata",
                "application/pem-certificate-chain",
                pem(one.tls),
                at=one.at,
                **{"WARC-Target-URI": one.url, "WARC-Refers-To": response},
            )
        records.add(
            "metadata",
            _JSON,
            _connection(one, chains),
            at=one.at,
            **{"WARC-Target-URI": one.url, "WARC-Refers-To": response},
        )
    records.add(
        "metadata",
        _JSON,
        _json({"redirects": [one.url for one in page.hops]}),
        at=now,
        **{"WARC-Target-URI": page.page.url},
    )
    return file.getvalue()


def pem(tls: Tls) -> bytes:
    """Write the certificates as the server sent them, its own first."""
    return "".join(ssl.DER_cert_to_PEM_cert(one) for one in tls.chain).encode("ascii")


class _Records:
    """The file being written."""

    def __init__(self, writer: Any) -> None:  # noqa: ANN401 (warcio has no types)
        self._writer = writer
        self._count = 0

    def add(self, kind: str, content_type: str, block: bytes, *, at: datetime, **more: str) -> str:
        """Write one record and return its number."""
        from warcio.recordloader import ArcWarcRecord
        from warcio.statusandheaders import StatusAndHeaders

        self._count += 1
        name = f"{self._count} {kind} {hashlib.sha256(block).hexdigest()} {sorted(more.items())}"
        number = f"<urn:uuid:{uuid.uuid5(_NUMBERS, name)}>"
        headers = [
            ("WARC-Type", kind),
            ("WARC-Record-ID", number),
            ("WARC-Date", f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"),
            *more.items(),
            ("WARC-Block-Digest", _digest(block)),
            # warcio adds one of its own, in SHA-1, to a record that has none
            ("WARC-Payload-Digest", _digest(_payload(block) if content_type in _HTTP else block)),
        ]
        record = ArcWarcRecord(
            "warc",
            kind,
            StatusAndHeaders("", headers, protocol=_VERSION),
            io.BytesIO(block),
            None,
            content_type,
            len(block),
        )
        self._writer.write_record(record)
        return number


def _exchange(records: _Records, one: Exchange) -> str:
    about = {"WARC-Target-URI": one.url, "WARC-IP-Address": one.address}
    request = records.add("request", _REQUEST, one.sent, at=one.at, **about)
    return records.add(
        "response",
        _RESPONSE,
        one.received,
        at=one.at,
        **about,
        **{"WARC-Concurrent-To": request},
    )


def _connection(one: Exchange, chains: Mapping[tuple[bytes, ...], str]) -> bytes:
    return _json(
        {
            "address": one.address,
            "port": one.port,
            "resolver": list(one.resolution.addresses),
            "tls": one.tls
            and {
                "version": one.tls.version,
                "cipher": one.tls.cipher,
                "certificates": chains[one.tls.chain],
                "sha256": [hashlib.sha256(each).hexdigest() for each in one.tls.chain],
            },
        }
    )


def _about() -> bytes:
    return (
        f"software: pirights {__version__}\r\n"
        "format: WARC File Format 1.1\r\n"
        "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/"
        "warc-1.1/\r\n"
    ).encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _digest(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")


def _payload(block: bytes) -> bytes:
    ends = [(block.find(mark), len(mark)) for mark in _BLANK_LINE]
    at, length = min(((at, length) for at, length in ends if at >= 0), default=(len(block), 0))
    return block[at + length :]
