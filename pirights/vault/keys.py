"""`vault.json`: which secrets open the vault, and how it is opened with them."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pirights import canonical_json, plain
from pirights.errors import (
    BadInput,
    Message,
    NotFound,
    VaultDamaged,
    VaultLocked,
    VaultTooNew,
    message,
)
from pirights.vault import folder as on_disk
from pirights.vault import keyring_slot, recovery
from pirights.vault.slots import MASTER_KEY_SIZE, Slot, SlotKind, seal, secret_of, unseal

FORMAT: Final = 1
"""The version of `vault.json` that this program writes."""

SHORTEST_PASSPHRASE: Final = 8
"""Characters."""

_LONGEST_PASSPHRASE: Final = 1024
_ID_SIZE: Final = 16
"""Octets."""

_FILE_LIMIT: Final = 64 * 1024


def _nobody() -> str | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Where the secret that opens a vault may come from, in the order of asking.

    Attributes:
        passphrase: What was given beforehand (a file, a descriptor), read only when needed;
            None if nothing was given. A recovery code does as well as a passphrase.
        use_keyring: May the system's keyring be asked, next?
        prompt: Asks the person, last; None if nobody is there.
    """

    passphrase: Callable[[], str | None] = _nobody
    use_keyring: bool = True
    prompt: Callable[[], str | None] = _nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What `vault.json` says. `id`: the vault's own, 32 hex digits."""

    format: int
    id: str
    slots: tuple[Slot, ...]

    def kinds(self) -> tuple[str, ...]:
        """The kinds of slots there are, in order."""
        return tuple(slot.kind.value for slot in self.slots)

    def with_slot(self, slot: Slot) -> "KeyFile":
        """Put a slot in the place of the one of its kind."""
        others = tuple(old for old in self.slots if old.kind is not slot.kind)
        return replace(self, slots=(slot, *others))

    def to_bytes(self) -> bytes:
        """Write it as JSON."""
        return canonical_json.canonical(plain.to_plain(self)) + b"\n"


def new(
    *, passphrase: str | None, use_keyring: bool, draw: Callable[[int], bytes]
) -> tuple[KeyFile, bytes, str]:
    """Draw a new vault's identity, with `draw`, and its keys, with the system's source alone.

    Returns:
        The key file, the master key and the recovery code.

    Raises:
        BadInput: No passphrase and no keyring, or a passphrase that cannot be taken.
    """
    master_key, vault = secrets.token_bytes(MASTER_KEY_SIZE), draw(_ID_SIZE).hex()
    bits = recovery.new()
    slots: list[Slot] = []
    if passphrase is not None:
        slots.append(passphrase_slot(master_key, vault=vault, passphrase=passphrase))
    slots.append(seal(master_key, vault=vault, kind=SlotKind.RECOVERY, secret=bits))
    if use_keyring:
        wrapping = secrets.token_bytes(MASTER_KEY_SIZE)
        if keyring_slot.keep(vault, wrapping):
            slots.append(seal(master_key, vault=vault, kind=SlotKind.KEYRING, secret=wrapping))
    if passphrase is None and slots[-1].kind is not SlotKind.KEYRING:
        raise BadInput(
            message("A new vault needs a passphrase: there is no keyring to keep its key."),
            hint=message("Give it with PIRIGHTS_PASSPHRASE_FILE or --passphrase-fd."),
        )
    return KeyFile(format=FORMAT, id=vault, slots=tuple(slots)), master_key, recovery.spell(bits)


def passphrase_slot(master_key: bytes, *, vault: str, passphrase: str) -> Slot:
    """Seal the master key under a new passphrase.

    Raises:
        BadInput: It is empty, too short or too long.
    """
    if not passphrase.strip():
        raise BadInput(message("The passphrase is empty."), hint=_better_passphrase())
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput(
            message(
                "The passphrase is shorter than {shortest} characters.",
                shortest=SHORTEST_PASSPHRASE,
            ),
            hint=_better_passphrase(),
        )
    if len(passphrase) > _LONGEST_PASSPHRASE:
        raise BadInput(
            message(
                "The passphrase is longer than {longest} characters.", longest=_LONGEST_PASSPHRASE
            ),
            hint=_better_passphrase(),
        )
    secret = secret_of(passphrase)
    return seal(master_key, vault=vault, kind=SlotKind.PASSPHRASE, secret=secret)


def _better_passphrase() -> Message:
    return message("Four or five words picked at random make a good one.")


def read(folder: Path) -> KeyFile:
    """Read and judge a vault's `vault.json`.

    Raises:
        NotFound: There is no vault.
        VaultDamaged: The file is not what pirights writes, or asks too much.
        VaultTooNew: A later pirights wrote it.
    """
    path = folder / on_disk.KEY_FILE
    try:
        data = on_disk.read(path, limit=_FILE_LIMIT)
    except FileNotFoundError as missing:
        if on_disk.lost_its_keys(folder):
            raise lost_keys(folder) from missing
        raise NotFound(
            message("There is no vault in {folder}.", folder=str(folder)),
            hint=message("Make one with: pirights init"),
        ) from missing
    try:
        written = canonical_json.parse(data)
        version = written.get("format") if isinstance(written, dict) else None
        if type(version) is int and version > FORMAT:
            raise VaultTooNew(
                message(
                    "The vault has format {found}; this pirights knows formats up to {known}.",
                    found=version,
                    known=FORMAT,
                ),
                hint=message("Install a newer pirights."),
            )
        found = plain.from_plain(KeyFile, written)
    except ValueError as wrong:
        raise _not_a_key_file(path) from wrong
    if found.format != FORMAT or not found.slots or len(set(found.kinds())) < len(found.slots):
        raise _not_a_key_file(path)
    if not all(slot.is_sound for slot in found.slots):
        raise VaultDamaged(
            message("A key slot in {file} is malformed or asks for absurd work.", file=str(path)),
            hint=_bring_back(),
        )
    return found


def lost_keys(folder: Path) -> VaultDamaged:
    """There is a database, and nothing that opens it."""
    return VaultDamaged(
        message("The vault in {folder} has lost its vault.json.", folder=str(folder)),
        hint=message("Bring back vault.json from a backup, or name another folder."),
    )


def _not_a_key_file(path: Path) -> VaultDamaged:
    return VaultDamaged(
        message("{file} is not a key file of pirights.", file=str(path)), hint=_bring_back()
    )


def _bring_back() -> Message:
    return message("Bring back vault.json from a backup.")


def unlock(key_file: KeyFile, given: Secrets) -> bytes:
    """Get the master key: from what was given, else the keyring, else the person.

    Raises:
        VaultLocked: A secret is wrong, or there is none.
    """
    typed = given.passphrase()
    if typed is None and given.use_keyring:
        for key in _from_keyring(key_file):
            return key
    if typed is None:
        typed = given.prompt()
    if typed is None:
        raise VaultLocked(
            message("The vault is locked and no passphrase was given."),
            hint=message(
                "Give it with PIRIGHTS_PASSPHRASE_FILE or --passphrase-fd, or use a terminal."
            ),
        )
    for kind, secret in _readings(typed):
        for slot in key_file.slots:
            if slot.kind is kind:
                opened = unseal(slot, vault=key_file.id, secret=secret)
                if opened is not None:
                    return opened
    if recovery.resembles(typed) and recovery.read(typed) is None:
        raise VaultLocked(
            message("The recovery code has a typing mistake."),
            hint=message("Compare it with your paper, character by character."),
        )
    raise VaultLocked(
        message("The passphrase or recovery code does not open this vault."),
        hint=message("Type it again; a recovery code opens the vault as well."),
    )


def _from_keyring(key_file: KeyFile) -> Iterator[bytes]:
    for slot in key_file.slots:
        if slot.kind is SlotKind.KEYRING:
            for secret in keyring_slot.fetch(key_file.id):
                key = unseal(slot, vault=key_file.id, secret=secret)
                if key is not None:
                    yield key


def _readings(typed: str) -> Iterator[tuple[SlotKind, bytes]]:
    """What a typed secret may be: first the recovery code, which is cheap to try."""
    bits = recovery.read(typed)
    if bits is not None:
        yield SlotKind.RECOVERY, bits
    yield SlotKind.PASSPHRASE, secret_of(typed)
