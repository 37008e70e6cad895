"""A time stamp is judged by its bytes, its signature and the roots that the user chose."""

import hashlib
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import tsp

from pirights.evidence import timestamp, timestamp_token, timestamp_trust
from pirights.evidence.timestamp_token import Judged
from tests import sm2, tsa
from tests.needs import program

pytestmark = program("openssl")

DATA = b"what is stamped"
DIGESTS = {"sha256": hashlib.sha256(DATA).hexdigest(), "sm3": hashlib.new("sm3", DATA).hexdigest()}
ROOT = Path(__file__).parents[2]


def query(algorithm: str = "sha256", data: bytes = DATA) -> bytes:
    digest = hashlib.new(algorithm, data).digest()
    return timestamp.request(digest, number=timestamp.nonce(), algorithm=algorithm)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("authority")
    tsa.keys(place / "ours")
    tsa.keys(place / "rogue")
    return place


@pytest.fixture(scope="module")
def good(folder: Path) -> bytes:
    return tsa.reply(folder / "ours", query())


def root(folder: Path, whose: str = "ours") -> list[bytes]:
    return [(folder / whose / "root.pem").read_bytes()]


def judged(data: bytes, roots: list[bytes]) -> Judged:
    return timestamp_token.judge(data, DIGESTS, roots)


def test_the_request_is_what_openssl_reads(tmp_path: Path) -> None:
    (tmp_path / "query").write_bytes(timestamp.request(bytes(range(32)), number=2**63 + 5))
    told = subprocess.run(
        ["openssl", "ts", "-query", "-in", tmp_path / "query", "-text"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "Hash Algorithm: sha256" in told
    assert "Nonce: 0x8000000000000005" in told
    assert "Certificate required: yes" in told
    assert "00 01 02 03 04 05 06 07" in told


def test_a_whole_answer_and_a_bare_token_are_judged_alike(folder: Path, good: bytes) -> None:
    bare = tsp.TimeStampResp.load(good)["time_stamp_token"].dump()
    one, two = judged(good, root(folder)), judged(bare, root(folder))
    assert (one.status, one.signer) == ("valid", "Test TSA")
    assert one == two


def test_without_roots_nothing_is_valid(good: bytes) -> None:
    assert judged(good, []).status == "unverified"


def test_the_roots_of_the_system_are_not_asked(folder: Path, good: bytes) -> None:
    rogue = root(folder, "rogue")
    found = judged(good, rogue)
    assert found.status == "unknown"
    assert "none of the given root certificates" in str(found.reason)


def test_a_time_stamp_of_something_else_is_wrong(folder: Path) -> None:
    other = tsa.reply(folder / "ours", query(data=b"another"))
    found = judged(other, root(folder))
    assert (found.status, str(found.reason)) == ("wrong", "it is a time stamp of something else")


def test_sm3_sums_are_judged_like_others(folder: Path) -> None:
    assert judged(tsa.reply(folder / "ours", query("sm3")), root(folder)).status == "valid"


@pytest.mark.parametrize("algorithm", ["sm3", "sha256"])
def test_an_sm2_signature_is_bound_by_its_sum_and_never_valid(
    tmp_path: Path, folder: Path, algorithm: str
) -> None:
    for roots in ([], root(folder)):
        found = judged(sm2.token(tmp_path, DATA, algorithm=algorithm), roots)
        assert found.status == "unverified"
        assert "SM2" in str(found.reason)
        assert judged(sm2.token(tmp_path, b"x", algorithm=algorithm), roots).status == "wrong"


@pytest.mark.parametrize("fault", ["critical", "only"])
def test_a_certificate_that_is_not_only_for_time_stamps_is_wrong(
    tmp_path: Path, fault: str
) -> None:
    tsa.keys(tmp_path / "keys", critical=fault != "critical", only=fault != "only")
    (tmp_path / "keys/query").write_bytes(query())
    found = judged(_signed_as_data(tmp_path / "keys"), [])
    assert (found.status, str(found.reason)) == (
        "wrong",
        "its authority's certificate is not one for time stamps",
    )


def _signed_as_data(folder: Path) -> bytes:
    """Sign a TSTInfo with a certificate with which `openssl ts` would refuse to sign."""
    fit = folder / "fit"
    tsa.keys(fit)
    info = tsp.TimeStampResp.load(tsa.reply(fit, query()))["time_stamp_token"]["content"]
    (folder / "info").write_bytes(bytes(info["encap_content_info"]["content"]))
    command = ["openssl", "cms", "-sign", "-in", "info", "-binary", "-nodetach", "-outform", "DER"]
    command += ["-signer", "tsa.pem", "-inkey", "tsa.key", "-cades", "-md", "sha256"]
    command += ["-econtent_type", "1.2.840.113549.1.9.16.1.4"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout


def test_a_signature_that_does_not_name_its_certificate_is_wrong(tmp_path: Path) -> None:
    tsa.keys(tmp_path)
    tokens = {}
    info = tsp.TimeStampResp.load(tsa.reply(tmp_path, query()))["time_stamp_token"]["content"]
    (tmp_path / "info").write_bytes(bytes(info["encap_content_info"]["content"]))
    command = ["openssl", "cms", "-sign", "-in", "info", "-binary", "-nodetach", "-outform", "DER"]
    command += ["-signer", "tsa.pem", "-inkey", "tsa.key", "-md", "sha256"]
    command += ["-econtent_type", "1.2.840.113549.1.9.16.1.4"]
    for more in ("-cades", "-binary"):
        done = subprocess.run([*command, more], cwd=tmp_path, check=True, capture_output=True)
        tokens[more] = judged(done.stdout, [])
    assert tokens["-cades"].status == "unverified"
    assert (tokens["-binary"].status, str(tokens["-binary"].reason)) == (
        "wrong",
        "its signature does not say whose it is",
    )


def test_the_certificates_are_judged_at_the_time_of_the_stamp(tmp_path: Path) -> None:
    tsa.keys(tmp_path, since=datetime(2020, 1, 1, tzinfo=UTC), days=300)
    found = judged(tsa.reply(tmp_path, query()), root(tmp_path.parent, tmp_path.name))
    assert found.status == "wrong"
    assert found.expires == datetime(2020, 10, 27, tzinfo=UTC)


def test_a_stranger_out_of_its_own_time_is_refused_like_a_forger(
    folder: Path, tmp_path: Path
) -> None:
    tsa.keys(tmp_path, since=datetime(2020, 1, 1, tzinfo=UTC), days=300)
    assert judged(tsa.reply(tmp_path, query()), root(folder)).status == "wrong"
    assert judged(tsa.reply(folder / "rogue", query()), root(folder)).status == "unknown"


def _attacks(good: bytes) -> Iterator[bytes]:
    chosen = random.Random(3161)  # noqa: S311 (the same attacks each time)
    for _ in range(150):
        bit = chosen.randrange(len(good) * 8)
        yield good[: bit // 8] + bytes([good[bit // 8] ^ 1 << bit % 8]) + good[bit // 8 + 1 :]
    for _ in range(50):
        yield good[: chosen.randrange(len(good))]
    yield good + b"\0"
    yield good + good
    yield b"\0" + good
    yield b""
    yield b"0" * 100_000
    yield b"\x30\x80" * 50_000
    yield b"\x30\x84\xff\xff\xff\xff" + good
    yield b"<html></html>"


def test_no_change_of_any_bit_gives_another_time_or_raises(folder: Path, good: bytes) -> None:
    genuine = judged(good, root(folder))
    statuses = []
    for attack in _attacks(good):
        found = judged(attack, root(folder))
        statuses.append(found.status)
        if found.status == "valid":  # a bit outside of what is signed, such as in the status text
            assert (found.time, found.signer) == (genuine.time, genuine.signer)
    assert statuses.count("valid") < 10
    assert statuses.count("wrong") > 180


def test_nothing_is_said_on_stderr_and_no_network_is_used(folder: Path, good: bytes) -> None:
    (folder / "good.tsr").write_bytes(good)
    script = f"""
import socket
def no(*_, **__): raise AssertionError("network")
socket.socket.connect = socket.getaddrinfo = no
from pathlib import Path
from pirights.evidence import timestamp_token
data = Path({str(folder / "good.tsr")!r}).read_bytes()
roots = [Path({str(folder / "rogue/root.pem")!r}).read_bytes()]
print(timestamp_token.judge(data, {DIGESTS!r}, roots).status)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("unknown\n", "")


def test_a_root_file_may_hold_several_certificates(folder: Path, good: bytes) -> None:
    both = (folder / "rogue/root.pem").read_bytes() + (folder / "ours/root.pem").read_bytes()
    assert len(timestamp_trust.roots(both, "both.pem")) == 2
    assert judged(good, [both]).status == "valid"


def test_the_certificates_beside_it_are_without_the_root(folder: Path, good: bytes) -> None:
    assert timestamp_token.chain_pem(good) == (folder / "ours/middle.pem").read_bytes()
    assert timestamp_token.chain_pem(b"x") == b""
