"""The user's own mail account: the two servers and the name to log in with. Never the password."""

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_WAIT: Final = 600
"""Seconds that may be waited for one answer of a server."""

DEFAULT_WAIT: Final = 60


class Security(StrEnum):
    """How the way to a server is kept from others' eyes."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


SMTP_PORTS: Final = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
"""The ports of submission: RFC 8314 3.3, RFC 6409 3.1; without TLS on this computer only."""

IMAP_PORTS: Final = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server of the account; nobody's, where there is no host."""

    host: str = ""
    port: int = 0
    security: Security = Security.TLS

    @property
    def label(self) -> str:
        """As it is shown: smtp.example.com:465."""
        return f"{self.host}:{self.port}" if self.host else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAccount:
    """An account.

    Attributes:
        user: The name to log in with, mostly the address itself; empty for no log-in.
        timeout: Seconds to wait for one answer of a server.
    """

    user: str = ""
    smtp: Server = Server()
    imap: Server = Server()
    timeout: int = DEFAULT_WAIT


def is_loopback(host: str) -> bool:
    """Say whether a host is this computer itself."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
