"""A time stamp signed with SM2, as Chinese authorities make them; `openssl ts` cannot."""

import subprocess
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from asn1crypto import algos, cms, core, tsp, x509

from pirights.evidence import sums

_SM3 = "1.2.156.10197.1.401"
_SM2_WITH_SM3 = "1.2.156.10197.1.501"
_CONFIG = """\
[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = SM2 Test TSA
[extensions]
extendedKeyUsage = critical, timeStamping
"""


def token(
    folder: Path, stamped: bytes, *, algorithm: str = "sm3", nonce: int | None = None
) -> bytes:
    """Make a whole answer over some bytes, signed with a new SM2 key by the real openssl."""
    certificate = _certificate(folder)
    info = tsp.TSTInfo(
        {
            "version": 1,
            "policy": "1.2.3.4.1",
            "message_imprint": {
                "hash_algorithm": {"algorithm": _SM3 if algorithm == "sm3" else "sha256"},
                "hashed_message": bytes.fromhex(_sum(algorithm, stamped)),
            },
            "serial_number": 1,
            "gen_time": datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
            **({} if nonce is None else {"nonce": nonce}),
        }
    ).dump()
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["tst_info"]},
            {"type": "message_digest", "values": [bytes.fromhex(_sum("sm3", info))]},
            {
                "type": "signing_certificate_v2",
                "values": [{"certs": [{"cert_hash": sha256(certificate.dump()).digest()}]}],
            },
        ]
    )
    signer = {
        "version": "v1",
        "sid": {
            "issuer_and_serial_number": {
                "issuer": certificate.issuer,
                "serial_number": certificate.serial_number,
            }
        },
        "digest_algorithm": {"algorithm": _SM3},
        "signed_attrs": attributes,
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": _SM2_WITH_SM3}),
        "signature": _signature(folder, attributes.dump()),
    }
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [{"algorithm": _SM3}],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(info),
            },
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    wrapped = cms.ContentInfo({"content_type": "signed_data", "content": signed})
    answer = tsp.TimeStampResp({"status": {"status": 0}, "time_stamp_token": wrapped})
    return bytes(answer.dump())


def _certificate(folder: Path) -> x509.Certificate:
    (folder / "sm2.cnf").write_text(_CONFIG)
    _openssl(folder, "ecparam", "-name", "SM2", "-genkey", "-noout", "-out", "sm2.key")
    told = ["-key", "sm2.key", "-config", "sm2.cnf", "-days", "30", "-outform", "DER"]
    _openssl(folder, "req", "-x509", "-new", "-sm3", *told, "-out", "sm2.der")
    return x509.Certificate.load((folder / "sm2.der").read_bytes())


def _signature(folder: Path, signed: bytes) -> bytes:
    (folder / "signed").write_bytes(signed)
    told = ["-sigopt", "distid:1234567812345678", "-out", "signature", "signed"]
    _openssl(folder, "dgst", "-sm3", "-sign", "sm2.key", *told)
    return (folder / "signature").read_bytes()


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def _sum(algorithm: str, data: bytes) -> str:
    making = sums.new(algorithm)
    making.update(data)
    return making.hexdigest()
