"""One slot: the master key, sealed under a secret that somebody or something keeps.

ChaCha20-Poly1305 (RFC 8439), bound to the vault, the kind of slot and the parameters of its
key derivation, so that a slot can be neither moved nor weakened.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from pirights import canonical_json, plain

MASTER_KEY_SIZE: Final = 32
"""Octets: SQLCipher's raw key."""

_SALT_SIZE: Final = 16
_NONCE_SIZE: Final = 12
_TAG_SIZE: Final = 16


class SlotKind(StrEnum):
    """Who or what keeps the secret."""

    PASSPHRASE = "passphrase"  # noqa: S105 (a word, no secret)
    RECOVERY = "recovery"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2id:
    """RFC 9106, second recommendation: 64 MiB, three passes, four lanes.

    Attributes:
        memory: KiB.
        salt: Hex.
    """

    salt: str
    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @property
    def is_reasonable(self) -> bool:
        """Neither weak nor so costly that opening a vault becomes an attack.

        At least 19 MiB and two passes, or 46 MiB and one; at most 256 MiB, ten passes and
        sixteen lanes.
        """
        strong = self.memory >= (19 * 1024 if self.passes > 1 else 46 * 1024)
        bounded = self.memory <= 256 * 1024 and 1 <= self.passes <= 10 and 1 <= self.lanes <= 16  # noqa: PLR2004 (the docstring says what they are)
        return strong and bounded and len(self.salt) == 2 * _SALT_SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class Hkdf:
    """HKDF with SHA-256 (RFC 5869), for secrets that are random already. Salt in hex."""

    salt: str


Derivation: TypeAlias = Argon2id | Hkdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A sealed master key, as `vault.json` holds it. Nonce and sealed key in hex."""

    kind: SlotKind
    derivation: Derivation
    nonce: str
    sealed: str

    @property
    def is_sound(self) -> bool:
        """Every part has its length, and the derivation fits the kind and is bounded."""
        try:
            parts = [
                bytes.fromhex(text) for text in (self.derivation.salt, self.nonce, self.sealed)
            ]
        except ValueError:
            return False
        sizes = [_SALT_SIZE, _NONCE_SIZE, MASTER_KEY_SIZE + _TAG_SIZE]
        if [len(part) for part in parts] != sizes:
            return False
        if self.kind is SlotKind.PASSPHRASE:
            return isinstance(self.derivation, Argon2id) and self.derivation.is_reasonable
        return isinstance(self.derivation, Hkdf)


def secret_of(passphrase: str) -> bytes:
    """Turn a typed passphrase into octets, the same on every keyboard and system (NFC)."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")


def seal(master_key: bytes, *, vault: str, kind: SlotKind, secret: bytes) -> Slot:
    """Seal the master key under a secret, with a fresh salt and nonce."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, nonce = secrets.token_hex(_SALT_SIZE), secrets.token_bytes(_NONCE_SIZE)
    derivation = Argon2id(salt=salt) if kind is SlotKind.PASSPHRASE else Hkdf(salt=salt)
    sealed = ChaCha20Poly1305(_derive(derivation, kind, secret)).encrypt(
        nonce, master_key, _bound_to(vault, kind, derivation)
    )
    return Slot(kind=kind, derivation=derivation, nonce=nonce.hex(), sealed=sealed.hex())


def unseal(slot: Slot, *, vault: str, secret: bytes) -> bytes | None:
    """Take the master key out of a sound slot; None if the secret or the slot is wrong."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    key = _derive(slot.derivation, slot.kind, secret)
    bound = _bound_to(vault, slot.kind, slot.derivation)
    try:
        return ChaCha20Poly1305(key).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.sealed), bound
        )
    except InvalidTag:
        return None


def _derive(derivation: Derivation, kind: SlotKind, secret: bytes) -> bytes:
    salt = bytes.fromhex(derivation.salt)
    if isinstance(derivation, Argon2id):
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id as Argon2idFunction

        return Argon2idFunction(
            salt=salt,
            length=32,
            iterations=derivation.passes,
            lanes=derivation.lanes,
            memory_cost=derivation.memory,
        ).derive(secret)
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(
        algorithm=SHA256(), length=32, salt=salt, info=f"pirights slot {kind}".encode()
    ).derive(secret)


def _bound_to(vault: str, kind: SlotKind, derivation: Derivation) -> bytes:
    return canonical_json.canonical(
        {
            "vault": vault,
            "slot": kind.value,
            "function": type(derivation).__name__,
            "derivation": plain.to_plain(derivation),
        }
    )
