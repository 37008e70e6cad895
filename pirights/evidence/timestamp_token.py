"""A time stamp, read and judged (RFC 3161): what it says, of which bytes, and who vouches for it.

A file holds the authority's whole answer (TimeStampResp), or the bare token. Everything in it is
foreign: it is read strictly, to its last octet, and nothing is raised on what makes no sense. The
signature is judged in `timestamp_trust`, at the time the token names, so that a token outlives the
certificate of its authority.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from pirights.domain.text import visible
from pirights.errors import Message, message

_GRANTED: Final = frozenset({0, 1})
"""PKIStatus of an answer that holds a token: granted, granted with modifications (2.4.2)."""

_SEQUENCE: Final = (0, 16)
"""Class and tag of an ASN.1 SEQUENCE."""

_KNOWN: Final = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    "1.2.156.10197.1.401": "sm3",
}
"""Sums that a token may be of: all without a known collision."""

_CHINESE_ARC: Final = "1.2.156.10197."
"""Object identifiers of the Chinese commercial algorithms (GM/T 0006): SM2, SM3, SM9."""

_LONGEST_NAME: Final = 200


class NoToken(Exception):
    """The bytes are no time stamp, or one that was not granted.

    Attributes:
        meaning: Why.
    """

    def __init__(self, meaning: Message) -> None:
        super().__init__(str(meaning))
        self.meaning = meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a token says.

    Attributes:
        time: genTime, aware, UTC.
        algorithm: What the imprint was made with, by our name; empty for one not known here.
        imprint: The sum of what was stamped.
        nonce: As it was asked with; None where the token has none.
        signer: The subject of the authority's certificate, else the name that the token gives.
        chinese: It is signed with SM2.
        signed: The CMS SignedData, for `timestamp_trust`.
        expires: Until when the authority's certificate is valid; None where the token has none.
    """

    time: datetime
    algorithm: str
    imprint: bytes
    nonce: int | None
    signer: str
    chinese: bool
    signed: Any
    expires: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a time stamp is worth.

    Attributes:
        status: `valid`: a root that was given vouches for it; `unverified`: it may be genuine, but
            nothing here can tell; `unknown`: sound in itself, but of an authority for which none of
            the given roots vouches, so that it is worth something only beside one that is valid;
            `wrong`: it is not a time stamp of these bytes, or forged.
        time: What it says, also where it is not believed; None where it could not be read.
        signer: The authority, by its own name.
        reason: Why it is not valid.
        expires: Until when the authority's certificate is valid.
    """

    status: Literal["valid", "unverified", "unknown", "wrong"]
    time: datetime | None = None
    signer: str = ""
    reason: Message | None = None
    expires: datetime | None = None


def read(data: bytes) -> Token:
    """Read an authority's whole answer, or a bare token, to its last octet.

    Raises:
        NoToken: It is something else, was cut or added to, or the authority said no.
    """
    try:
        return _token(_signed_data(data))
    except NoToken:
        raise
    except Exception as wrong:  # the parser raises whatever its own code meets
        raise NoToken(message("it is not a time stamp")) from wrong


def chain_pem(data: bytes) -> bytes:
    """Write the certificates between root and signer that a time stamp carries, as PEM.

    For older programs, which do not look for them in the time stamp itself. A root is left out: who
    took it from a bundle would believe the bundle. Where nothing lies between, it is the signer's,
    so that there is a file to name; nothing where the time stamp carries no certificate.
    """
    from asn1crypto import pem

    try:
        token = read(data)
        carried = [one.chosen for one in token.signed["certificates"] if one.name == "certificate"]
        signer = _certificate(token.signed, token.signed["signer_infos"][0])
        between = [one for one in carried if one.issuer != one.subject and one is not signer]
        chosen = between or ([signer] if signer is not None else [])
        return b"".join(bytes(pem.armor("CERTIFICATE", one.dump())) for one in chosen)
    except NoToken:
        return b""


def judge(data: bytes, digests: Mapping[str, str], roots: Sequence[bytes]) -> Judged:
    """Judge a time stamp against the bytes it shall be of and the roots that the user trusts.

    Args:
        data: The file.
        digests: Hex sums of the stamped bytes by algorithm; `sha256` at least.
        roots: Root certificates, PEM or DER.
    """
    try:
        token = read(data)
    except NoToken as wrong:
        return Judged(status="wrong", reason=wrong.meaning)
    return judge_token(token, digests, roots)


def judge_token(token: Token, digests: Mapping[str, str], roots: Sequence[bytes]) -> Judged:
    """Judge a token that was read; see `judge`."""
    status: Literal["valid", "unverified", "unknown", "wrong"] = "wrong"
    reason: Message | None
    if token.algorithm not in digests:
        reason = message("it is of a kind of sum that this program does not accept")
    elif token.imprint.hex() != digests[token.algorithm]:
        reason = message("it is a time stamp of something else")
    elif token.chinese:
        status = "unverified"
        reason = message("it is signed with SM2: kept, not verified by this program")
    else:
        from pirights.evidence import timestamp_trust

        flaw = timestamp_trust.flaw(token.signed, token.imprint, token.time, roots)
        if flaw is not None:
            status = "unknown" if flaw.sound else "wrong"
            reason = flaw.meaning
        else:
            status = "valid" if roots else "unverified"
            reason = None if roots else message("no root certificate was given to check it with")
    return Judged(
        status=status, time=token.time, signer=token.signer, reason=reason, expires=token.expires
    )


def not_vouched(judged: Judged) -> Message:
    """Say that a sound time stamp proves nothing here, while others do; its status is `unknown`."""
    return message(
        "Kept, not verified with the root certificates given: a time stamp of {authority}. It "
        "proves nothing here until that authority's root certificate is given too.",
        authority=judged.signer,
    )


def _signed_data(data: bytes) -> Any:  # noqa: ANN401 (asn1crypto has no types)
    """Unwrap the CMS SignedData, refusing any octet that does not belong."""
    from asn1crypto import cms, parser, tsp

    class_, _, tag, _, content, _ = parser.parse(data, strict=True)
    if (class_, tag) != _SEQUENCE:
        raise NoToken(message("it is not a time stamp"))
    *first, end = _first(content)
    if first == [*_SEQUENCE]:
        said = tsp.PKIStatusInfo.load(content[:end], strict=True)
        if int(said["status"]) not in _GRANTED:
            raise NoToken(_rejection(said))
        data = content[end:]
    wrapped = cms.ContentInfo.load(data, strict=True)
    if wrapped["content_type"].native != "signed_data":
        raise NoToken(message("it is not a time stamp"))
    signed = wrapped["content"]
    if signed["encap_content_info"]["content_type"].native != "tst_info":
        raise NoToken(message("it is not a time stamp"))
    return signed


def _first(content: bytes) -> tuple[int, int, int]:
    """Give class and tag of the first value in a content, and where it ends."""
    from asn1crypto import parser

    class_, _, tag, header, value, trailer = parser.parse(content)
    return class_, tag, len(header) + len(value) + len(trailer)


def _rejection(said: Any) -> Message:  # noqa: ANN401 (asn1crypto has no types)
    words = " ".join(said["status_string"].native or ())
    failures = ", ".join(sorted(said["fail_info"].native or ()))
    told = visible(": ".join(filter(None, (words, failures))))[:_LONGEST_NAME]
    if not told:
        return message("the authority refused")
    return message("the authority refused ({words})", words=told)


def _token(signed: Any) -> Token:  # noqa: ANN401 (asn1crypto has no types)
    from asn1crypto import tsp

    info = tsp.TSTInfo.load(bytes(signed["encap_content_info"]["content"]), strict=True)
    imprint = info["message_imprint"]
    _ = info.native  # reads every field, so that what is broken deep inside is seen here
    time = info["gen_time"].native
    if not isinstance(time, datetime) or time.tzinfo is None:
        raise NoToken(message("it is not a time stamp"))
    (signer_info,) = signed["signer_infos"]
    certificate = _certificate(signed, signer_info)
    if certificate is not None:
        name = _name(certificate)
        expires = certificate["tbs_certificate"]["validity"]["not_after"].native
        key = certificate.public_key["algorithm"]
        kinds = [key["algorithm"].dotted]
        if key["algorithm"].native == "ec" and key["parameters"].name == "named":
            kinds.append(key["parameters"].chosen.dotted)
    else:
        told = info["tsa"].native
        name, expires, kinds = ("" if told is None else str(told)), None, []
    kinds += [signer_info[key]["algorithm"].dotted for key in _SIGNED_WITH]
    return Token(
        time=time.astimezone(UTC),
        algorithm=_KNOWN.get(imprint["hash_algorithm"]["algorithm"].dotted, ""),
        imprint=imprint["hashed_message"].native,
        nonce=info["nonce"].native,
        signer=visible(name)[:_LONGEST_NAME],
        chinese=any(kind.startswith(_CHINESE_ARC) for kind in kinds),
        signed=signed,
        expires=expires,
    )


def _name(certificate: Any) -> str:  # noqa: ANN401 (asn1crypto has no types)
    """Name the subject as people do: its own name and that of its organisation."""
    told = certificate.subject.native
    parts = [told.get(key) for key in ("common_name", "organization_name")]
    return ", ".join(part for part in parts if isinstance(part, str)) or (
        certificate.subject.human_friendly
    )


_SIGNED_WITH: Final = ("digest_algorithm", "signature_algorithm")


def _certificate(signed: Any, signer_info: Any) -> Any:  # noqa: ANN401 (asn1crypto has no types)
    """Find the signer's certificate among those in the token; None where it is not there."""
    identifier = signer_info["sid"].chosen
    for choice in signed["certificates"]:
        certificate = choice.chosen
        if choice.name != "certificate":
            continue
        if signer_info["sid"].name == "issuer_and_serial_number":
            same = certificate.issuer == identifier["issuer"]
            if same and certificate.serial_number == identifier["serial_number"].native:
                return certificate
        elif certificate.key_identifier == identifier.native:
            return certificate
    return None
