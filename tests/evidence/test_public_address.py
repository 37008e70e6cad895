"""Which addresses may be connected to."""

import pytest

from pirights.evidence.public_address import is_public

PRIVATE = (
    *("127.0.0.1", "127.255.0.9", "10.0.0.8", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "0.0.0.1", "100.64.0.1", "192.0.2.7", "198.18.0.5", "203.0.113.9"),
    *("224.0.0.251", "239.1.1.1", "240.0.0.1", "255.255.255.255", ".".join("0000")),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1"),
    *("2001:db8::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8"),
    *("64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001::1"),
    *("", "example.com", "127.1", "0x7f000001", "2130706433", "1.1.1.1 "),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_no_single_host_of_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2606:4700::1111", "2400:3200::1"])
def test_hosts_of_the_public_internet_are_let_through(address: str) -> None:
    assert is_public(address)
