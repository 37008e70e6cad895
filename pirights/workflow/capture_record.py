"""The record that lies beside a captured page: for programs, and for an expert's questions.

It holds nothing that names this computer or its user. The name servers that were used are not
named either: they would tell in whose network it was done.
"""

import hashlib
import json
import platform
import ssl
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

from pirights import __version__
from pirights.errors import Message
from pirights.evidence.certificates import described
from pirights.evidence.exchange import Exchange, Lost, Page, Tls
from pirights.plain import moment

_CLOCK = "this computer's clock, a claim of its user"
_RESOLVER = "getaddrinfo of the operating system"


def written(  # noqa: PLR0913 (what a record says, named one by one)
    page: Page,
    *,
    asked: str,
    began: datetime,
    ended: datetime,
    files: Mapping[str, bytes],
    browser: str,
    private: bool,
    note: str,
) -> bytes:
    """Write the record, one field on a line, in UTF-8.

    Args:
        page: What was captured.
        asked: The address as it was given.
        began: Aware.
        ended: Aware.
        files: Those that lie beside it, by name.
        browser: The name and version of what made PDF and picture; empty for none.
        private: Whether addresses outside the public Internet were allowed.
        note: The user's own words.
    """
    whole = {
        "kind": "capture record",
        "asked": asked,
        "reached": page.page.url,
        "began": moment(began),
        "ended": moment(ended),
        "clock": _CLOCK,
        "resolver": _RESOLVER,
        "private_addresses_allowed": private,
        "redirects": [_exchange(one) for one in page.hops[:-1]],
        "page": _exchange(page.page),
        "parts": [_exchange(one) for one in page.parts],
        "lost": [_lost(one) for one in page.lost],
        "scripts": "not run",
        "note": note,
        "files": [
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        ],
        "tools": {
            "pirights": __version__,
            "httpx": version("httpx"),
            "httpcore": version("httpcore"),
            "warcio": version("warcio"),
            "python": platform.python_version(),
            "tls": ssl.OPENSSL_VERSION,
            "browser": browser or None,
        },
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _exchange(one: Exchange) -> dict[str, Any]:
    return {
        "url": one.url,
        "at": moment(one.at),
        "status": one.status,
        "reason": one.reason,
        "resolved": list(one.resolution.addresses),
        "address": one.address,
        "port": one.port,
        "tls": one.tls and _tls(one.tls),
        "headers": [list(pair) for pair in one.headers],
        "received": len(one.received),
        "size": len(one.body),
        "sha256": hashlib.sha256(one.body).hexdigest(),
    }


def _tls(tls: Tls) -> dict[str, Any]:
    return {
        "version": tls.version,
        "cipher": tls.cipher,
        "certificates": [
            {
                "subject": one.subject,
                "issuer": one.issuer,
                "names": list(one.names),
                "valid_from": one.valid_from and moment(one.valid_from),
                "valid_until": one.valid_until and moment(one.valid_until),
                "sha256": one.sha256,
            }
            for one in map(described, tls.chain)
        ],
    }


def _lost(one: Lost) -> dict[str, str]:
    reason: Message = one.reason
    return {"url": one.url, "reason": str(reason)}
