"""Making a vault, opening it, and looking after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_bytes

from pirights import settings
from pirights.domain.case import Case
from pirights.domain.encounter import Encounter
from pirights.domain.person import Person
from pirights.errors import Message, NotNextStep, VaultDamaged, message
from pirights.vault import store
from pirights.vault.keys import Secrets
from pirights.workflow import checkpoint_comparing
from pirights.workflow.desk import Desk
from pirights.workflow.directory import checked_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new vault. The recovery code is shown once and kept nowhere."""

    folder: Path
    recovery_code: str
    person: Person
    slots: tuple[str, ...]
    syncing_service: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a vault holds. `bytes` counts the octets of its files on the disk."""

    folder: Path
    format: int
    zone: str
    encounters: int
    cases: int
    bytes: int
    slots: tuple[str, ...]
    syncing_service: str | None


def is_there(folder: Path) -> bool:
    """Say whether there is a vault in a folder, whatever its state."""
    return (folder / "vault.json").exists()


def refuse_existing(folder: Path) -> None:
    """Say so before anything is asked, where there is a vault already.

    Raises:
        NotNextStep: There is.
    """
    if is_there(folder):
        raise NotNextStep(
            message("There is a vault in {folder} already.", folder=folder),
            hint=message("Use it, or name another folder with --vault."),
        )


def make(  # noqa: PLR0913 (each is needed once)
    folder: Path,
    *,
    passphrase: str | None,
    use_keyring: bool,
    owner: Person,
    now: datetime,
    draw: Callable[[int], bytes] = token_bytes,
) -> Made:
    """Make a vault with its owner's profile, P1. `draw` is the demo's alone to give.

    Raises:
        BadInput: The passphrase is too short, or a field cannot be taken.
        NotNextStep: There is a vault already.
    """
    checked = checked_person(owner)
    kept: list[Person] = []
    vault, code = store.create(
        folder,
        passphrase=passphrase,
        use_keyring=use_keyring,
        zone=settings.DEFAULT_ZONE,
        now=now,
        furnish=lambda change: kept.append(change.add(checked)),
        draw=draw,
    )
    with vault:
        return Made(
            folder=folder,
            recovery_code=code,
            person=kept[0],
            slots=vault.slots,
            syncing_service=settings.syncing_service(folder),
        )


def desk(
    folder: Path,
    *,
    given: Callable[[], str | None],
    prompt: Callable[[], str | None],
    now: datetime,
    draw: Callable[[int], bytes] = token_bytes,
) -> Desk:
    """Open a vault. The desk's vault is to be closed after use.

    Args:
        folder: The vault's folder.
        given: Reads the passphrase from file or descriptor; None if there is none.
        prompt: Asks a person for it; None if nobody is there.
        now: The moment of the act.
        draw: As in `make`.

    Raises:
        NotFound: There is no vault.
        VaultDamaged: Its files are broken or were altered.
        VaultLocked: The key was not to be had.
        VaultTooNew: A later pirights wrote it.
    """
    secrets = Secrets(passphrase=given, prompt=prompt)
    return Desk(vault=store.open_(folder, secrets, now=now, draw=draw), now=now)


def status(desk: Desk) -> Status:
    """Say what the vault holds."""
    vault = desk.vault
    return Status(
        folder=vault.folder,
        format=vault.format,
        zone=vault.zone,
        encounters=vault.count(Encounter),
        cases=vault.count(Case),
        bytes=vault.bytes_on_disk(),
        slots=vault.slots,
        syncing_service=settings.syncing_service(vault.folder),
    )


def check(desk: Desk, checkpoints: Sequence[Path] = ()) -> list[Message]:
    """Check files, digests, chain, state and checkpoints; an empty list means clean.

    Args:
        desk: The vault.
        checkpoints: Of its journal, kept elsewhere: only they can show that the whole vault was
            put back to an older copy.

    Raises:
        BadInput: A file is no checkpoint.
    """
    found = desk.vault.check()
    try:
        return found + checkpoint_comparing.findings(desk, checkpoints)
    except VaultDamaged as damage:
        return found or [damage.message]


def of_former(desk: Desk, checkpoints: Sequence[Path]) -> list[Message]:
    """Name the checkpoints that are of the vault from which this one was taken.

    Raises:
        BadInput: A file is no checkpoint.
    """
    return checkpoint_comparing.remarks(desk, checkpoints)


def new_passphrase(desk: Desk, passphrase: str) -> None:
    """Change the passphrase; the old one opens nothing from now on.

    Raises:
        BadInput: It is too short.
    """
    desk.vault.rewrap(passphrase, now=desk.now)
