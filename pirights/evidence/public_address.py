"""Which addresses lie on the public Internet: a page must not lead us into somebody's own network.

Judged by the address itself, never by its name, and by what is wrapped in it: an IPv4 address
inside an IPv6 one (RFC 4291 2.5.5.2, RFC 6052, RFC 8215, RFC 3056, RFC 4380) leads where the
inner address leads, or through a translator of the local network. Those are refused as a kind.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

_WRAPPING: Final = tuple(
    IPv6Network(one)
    for one in (
        "::/96",  # IPv4-compatible, RFC 4291 2.5.5.1, and :: and ::1
        "::ffff:0:0/96",  # IPv4-mapped, RFC 4291 2.5.5.2
        "64:ff9b::/96",  # NAT64, RFC 6052
        "64:ff9b:1::/48",  # NAT64 of a local network, RFC 8215
        "2001::/32",  # Teredo, RFC 4380
        "2002::/16",  # 6to4, RFC 3056
        "fec0::/10",  # site-local, RFC 3879
    )
)


def is_public(address: str) -> bool:
    """Say whether an address, without a zone, is a single host of the public Internet."""
    try:
        found = ip_address(address)
    except ValueError:  # a zone (fe80::1%eth0), or no address at all
        return False
    return _global(found) and not found.is_multicast and not found.is_reserved


def _global(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv6Address) and any(found in one for one in _WRAPPING):
        return False
    return found.is_global
