"""What the certificates say that a server sent (RFC 5280)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One certificate.

    Attributes:
        subject: Whom it is for, as RFC 4514 writes names.
        issuer: Who issued it, the same way.
        names: The host names it is for.
        valid_from: First moment of its validity, inclusive; aware, UTC.
        valid_until: Last moment of it, inclusive.
        sha256: Of its DER octets, 64 hex digits.
    """

    subject: str
    issuer: str
    names: tuple[str, ...]
    valid_from: datetime | None
    valid_until: datetime | None
    sha256: str


def described(der: bytes) -> Certificate:
    """Read a certificate; what cannot be read stays empty, for the sum says which it was."""
    from cryptography import x509

    digest = hashlib.sha256(der).hexdigest()
    try:
        read = x509.load_der_x509_certificate(der)
        try:
            found = read.extensions.get_extension_for_class(x509.SubjectAlternativeName)
            names = tuple(found.value.get_values_for_type(x509.DNSName))
        except x509.ExtensionNotFound:
            names = ()
        return Certificate(
            subject=read.subject.rfc4514_string(),
            issuer=read.issuer.rfc4514_string(),
            names=names,
            valid_from=read.not_valid_before_utc,
            valid_until=read.not_valid_after_utc,
            sha256=digest,
        )
    except ValueError:
        return Certificate(
            subject="", issuer="", names=(), valid_from=None, valid_until=None, sha256=digest
        )
