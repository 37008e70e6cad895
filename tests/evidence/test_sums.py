"""Check sums against published values."""

import pytest

from pirights.evidence import sums

ABC = {
    "md5": "900150983cd24fb0d6963f7d28e17f72",  # RFC 1321, A.5
    "sha1": "a9993e364706816aba3e25717850c26c9cd0d89d",  # FIPS 180-2, A.1
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",  # FIPS 180-2, B.1
    "sm3": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",  # GB/T 32905, A.1
}


@pytest.mark.parametrize("algorithm", sorted(ABC))
def test_published_values(algorithm: str) -> None:
    made = sums.new(algorithm)
    made.update(b"a")
    made.update(memoryview(b"bc"))
    assert made.hexdigest() == ABC[algorithm]
    assert sums.digits(algorithm) == len(ABC[algorithm])


def test_sm3_without_the_pythons_own() -> None:
    made = sums.Sm3()
    made.update(b"abc")
    assert made.hexdigest() == made.hexdigest() == ABC["sm3"]


def test_an_unknown_kind_is_known_to_be_unknown() -> None:
    assert not sums.known("crc99")
    assert sums.known("sha512")
