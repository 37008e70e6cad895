"""The vault's folder on the disk: whole files or none, for its owner's eyes only."""

import contextlib
import errno
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pirights.errors import BadInput, NotNextStep, VaultDamaged, message

KEY_FILE: Final = "vault.json"
DATABASE: Final = "vault.db"
UNFINISHED: Final = ".unfinished"
"""How the name of a file ends while a new vault is being made."""

_RUN_LOCK: Final = "vault.lock"
"""An empty file that stays; only whether it is locked means something."""

_OWNER_ONLY: Final = 0o600
_TEMPORARY: Final = ".new"
_BINARY: Final[int] = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def make(folder: Path) -> None:
    """Make the vault's folder, mode 0700, with its parents.

    Raises:
        BadInput: It cannot be made, or something else has that name.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.samefile(tempfile.gettempdir()):
            raise BadInput(
                message("{folder} is shared by all programs of the computer.", folder=str(folder)),
                hint=message("Name another folder with --vault."),
            )
        folder.chmod(0o700)
    except OSError as refused:
        raise BadInput(
            message(
                "The folder {folder} cannot be made or written: {reason}.",
                folder=str(folder),
                reason=refused.strerror or str(refused),
            ),
            hint=message("Name another folder with --vault."),
        ) from refused


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from making a vault here, or changing its keys, meanwhile.

    The lock is the system's: it goes with the process, however that ends. Where the system
    or the file system has none, there is none.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


@contextlib.contextmanager
def one_run(folder: Path) -> Iterator[None]:
    """Refuse a second batch run in the vault meanwhile; whatever else is done goes on.

    The lock is as that of `alone`, and not the same: keys may be changed during a run.

    Raises:
        BadInput: The lock's file cannot be made or opened.
        NotNextStep: A run is at work.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    how = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        place = os.open(lock := folder / _RUN_LOCK, how, _OWNER_ONLY)
    except OSError as wrong:
        raise BadInput(
            message("{file} cannot be written: {problem}.", file=str(lock), problem=wrong.strerror),
            hint=message("Check who owns the folder and whether its disk is read-only."),
        ) from wrong
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as wrong:
            raise NotNextStep(
                message("Another batch run is at work in the vault {folder}.", folder=str(folder)),
                hint=message("Wait until it has finished, then do it again."),
            ) from wrong
        except OSError:
            pass
        yield
    finally:
        os.close(place)


@contextlib.contextmanager
def telling(folder: Path) -> Iterator[None]:
    """Turn the faults of the disk inside into errors that say what happened to the vault."""
    try:
        yield
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise disk_full(folder) from fault
        raise BadInput(
            message(
                "The vault's folder {folder} cannot be written: {reason}.",
                folder=str(folder),
                reason=fault.strerror or str(fault),
            ),
            hint=message("Check who owns the folder and whether its disk is read-only."),
        ) from fault


def disk_full(folder: Path) -> BadInput:
    """The disk under the vault has no room; nothing was written."""
    return BadInput(
        message("The disk is full: nothing was written to {folder}.", folder=str(folder)),
        hint=message("Make room on the disk and do it again; the vault is as it was before."),
    )


def sync(folder: Path) -> None:
    """Make names durable that were given or taken in a folder."""
    if sys.platform == "win32":
        return
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def write(path: Path, data: bytes) -> None:
    """Write a new file, mode 0600, down to the disk."""
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _OWNER_ONLY)
    with os.fdopen(made, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def prepare(path: Path, data: bytes) -> Path:
    """Write what shall stand in a file's place into a sibling, and return the sibling."""
    sibling = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_TEMPORARY}")
    try:
        write(sibling, data)
    except OSError:
        sibling.unlink(missing_ok=True)
        raise
    return sibling


def put(sibling: Path, path: Path) -> None:
    """Put a finished file in its place, at once and durably."""
    sibling.replace(path)
    sync(path.parent)


def lost_its_keys(folder: Path) -> bool:
    """Is there a database without keys, and not merely what a killed `init` left?"""
    unfinished = (folder / f"{KEY_FILE}{UNFINISHED}").exists()
    return (folder / DATABASE).exists() and not (folder / KEY_FILE).exists() and not unfinished


def sweep(folder: Path) -> None:
    """Remove what a killed `init` or change of keys left. Call it `alone`."""
    for left in folder.glob(f"{KEY_FILE}.*{_TEMPORARY}"):
        left.unlink(missing_ok=True)
    for left in folder.glob(f"*{UNFINISHED}*"):
        left.unlink(missing_ok=True)


def read(path: Path, *, limit: int) -> bytes:
    """Read a small regular file, never waiting for one that is not.

    Raises:
        FileNotFoundError: There is none.
        VaultDamaged: Larger than `limit` octets, not a regular file, or unreadable.
    """
    try:
        opened = os.open(path, os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(opened, "rb") as file:
            if stat.S_ISREG(os.fstat(opened).st_mode):
                data = file.read(limit + 1)
                if len(data) <= limit:
                    return data
    except FileNotFoundError:
        raise
    except OSError as refused:
        raise VaultDamaged(
            message(
                "{file} cannot be read: {reason}.",
                file=str(path),
                reason=refused.strerror or str(refused),
            )
        ) from refused
    raise VaultDamaged(
        message("{file} is not a file of at most {limit} octets.", file=str(path), limit=limit)
    )
