"""Who vouches for a time stamp: its signature and its authority's chain, judged by pyHanko.

Judged at the time that the token names, against roots that the user chose and nothing else: no
root of the operating system, none from inside a bundle, no network. Whether the authority's
certificate had been revoked is therefore not asked.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pirights.errors import BadInput, Message, message

LARGEST_ROOT: Final = 1024 * 1024
"""Octets of a file of root certificates."""

_PURPOSE: Final = ["time_stamping"]
"""The one extended key usage that an authority's certificate has (RFC 3161 section 2.3)."""

_NAMES_CERTIFICATE: Final = {"signing_certificate", "signing_certificate_v2"}
"""ESSCertID and ESSCertIDv2 (RFC 5816)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What keeps a time stamp from being believed.

    Attributes:
        meaning: What it is.
        sound: Nothing is wrong with the time stamp itself: its authority is another one than those
            whose roots were given, so that another root may vouch for it.
    """

    meaning: Message
    sound: bool = False


def roots(data: bytes, name: str = "") -> list[bytes]:
    """Take the root certificates of a file of that name, PEM or DER, as DER.

    Raises:
        BadInput: It holds none.
    """
    from asn1crypto import pem, x509

    found: list[bytes] = []
    try:
        if len(data) <= LARGEST_ROOT:
            blocks = (
                [der for kind, _, der in pem.unarmor(data, multiple=True) if kind == "CERTIFICATE"]
                if pem.detect(data)
                else [data]
            )
            for der in blocks:
                _ = x509.Certificate.load(der, strict=True).native  # a broken one is refused here
                found.append(der)
    except Exception as wrong:  # the parser raises whatever its own code meets
        raise _no_root(name) from wrong
    if not found:
        raise _no_root(name)
    return found


def flaw(signed: Any, imprint: bytes, time: datetime, trusted: Sequence[bytes]) -> Flaw | None:  # noqa: ANN401 (asn1crypto has no types)
    """Say what is wrong with a token's signature or its authority; None where nothing is.

    Args:
        signed: The CMS SignedData.
        imprint: The sum in it, which the caller has compared.
        time: What the token says; the moment at which certificates are judged.
        trusted: Root certificates, PEM or DER; without any, only the signature itself is looked at.
    """
    from asn1crypto import x509
    from pyhanko.sign.ades.report import AdESIndeterminate
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko.sign.validation.status import TimestampSignatureStatus
    from pyhanko_certvalidator import ValidationContext

    try:
        with _Quiet():
            context = ValidationContext(
                trust_roots=[x509.Certificate.load(der) for one in trusted for der in roots(one)],
                moment=time,
                allow_fetching=False,
                revocation_mode="soft-fail",
            )
            told = asyncio.run(validate_tst_signed_data(signed, context, lambda _: imprint))
            status = TimestampSignatureStatus(**told)
            sound, known = status.valid and status.intact, status.trusted
            problem = _unbound(signed) or _unfit(status.signing_cert)
            # No chain at all, unlike one to a given root that is broken or was out of its time.
            stranger = status.trust_problem_indic is AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
            in_time = _in_time(status.signing_cert, time)
    except Exception:  # noqa: BLE001 (the libraries raise whatever their own code meets)
        return Flaw(meaning=message("its signature makes no sense"))
    if not sound:
        return Flaw(meaning=message("its signature is not that of its authority"))
    if problem is not None:
        return Flaw(meaning=problem)
    if trusted and not known:
        return Flaw(
            meaning=message(
                "none of the given root certificates vouches for its authority at the time it names"
            ),
            sound=stranger and in_time,
        )
    return None


def _in_time(certificate: Any, time: datetime) -> bool:  # noqa: ANN401 (asn1crypto has no types)
    """See that the authority's certificate was valid at the time; both ends are inclusive."""
    return bool(certificate.not_valid_before <= time <= certificate.not_valid_after)


def _unbound(signed: Any) -> Message | None:  # noqa: ANN401 (asn1crypto has no types)
    """See that the signature names its certificate (2.4.2); pyHanko compares it where it does."""
    (signer,) = signed["signer_infos"]
    if {attribute["type"].native for attribute in signer["signed_attrs"]} & _NAMES_CERTIFICATE:
        return None
    return message("its signature does not say whose it is")


def _unfit(certificate: Any) -> Message | None:  # noqa: ANN401 (asn1crypto has no types)
    """See that a certificate is for time stamps and nothing else, critically so (2.3)."""
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].native == "extended_key_usage":
            if extension["critical"].native and extension["extn_value"].parsed.native == _PURPOSE:
                return None
            break
    return message("its authority's certificate is not one for time stamps")


def _no_root(name: str) -> BadInput:
    return BadInput(
        message("{file} holds no root certificate.", file=name),
        hint=message("Give a certificate as a PEM file, from the authority's own site."),
    )


class _Quiet:
    """Keeps the libraries from writing to stderr what is told as a finding."""

    _names = ("pyhanko", "pyhanko_certvalidator")

    def __enter__(self) -> None:
        self._levels = [logging.getLogger(name).level for name in self._names]
        for name in self._names:
            logging.getLogger(name).setLevel(logging.CRITICAL)

    def __exit__(self, *_: object) -> None:
        for name, level in zip(self._names, self._levels, strict=True):
            logging.getLogger(name).setLevel(level)
