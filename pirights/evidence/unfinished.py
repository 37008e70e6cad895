"""A bag while it is being written: a file or folder of its own name, locked as long as we live.

What killed runs left is told from what living ones write by the lock, and is cleared away.
"""

import errno
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_LEFTOVER: Final = re.compile(r"\.pirights-[0-9a-f]{16}(-[0-9a-f]{16})?\.part")
"""What a bag is called while it is being written, and by nobody else; longer in version 0.6."""

_TRIES: Final = 20
"""Names tried until one is ours: another run may take what is not yet locked for a leftover."""


def begun(folder: Path, *, is_zip: bool) -> tuple[Path, int | None]:
    """Make the empty file or folder that is going to be the bag, and lock it while we live.

    Returns:
        It, and what it is opened as; None for a folder on a system that cannot open one.

    Raises:
        OSError: It cannot be made.
    """
    for _ in range(_TRIES):
        growing = folder / f".pirights-{secrets.token_hex(8)}.part"
        if not is_zip:
            growing.mkdir(mode=0o755)
            if os.name != "posix":
                return growing, None
        how = os.O_RDWR | os.O_CREAT | os.O_EXCL if is_zip else os.O_RDONLY
        try:
            mark = os.open(growing, how | getattr(os, "O_BINARY", 0), 0o666)
        except FileNotFoundError:
            continue
        if _is_ours(growing, mark):
            return growing, mark
        os.close(mark)
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def _is_ours(growing: Path, mark: int) -> bool:
    """Lock it; say whether no other run was faster, which clears leftovers here."""
    try:
        _lock(mark)
    except BlockingIOError:
        return False
    except OSError:  # a disk without locks: nobody clears anything there
        return True
    try:
        return os.path.samestat(growing.stat(), os.fstat(mark))
    except FileNotFoundError:
        return False


@contextmanager
def held(mark: int | None) -> Iterator[None]:
    """Keep the lock until the block ends, though what was opened is closed within it."""
    if mark is None or sys.platform == "win32":  # which gives no new name to what is open
        yield
        return
    own = os.dup(mark)
    try:
        yield
    finally:
        os.close(own)


def clear_leftovers(folder: Path) -> None:
    """Remove what killed runs left, of whatever bag; a run that still lives holds a lock."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        for left in folder.glob(".pirights-*.part"):
            if not _LEFTOVER.fullmatch(left.name):
                continue
            with suppress(OSError):
                descriptor = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
                try:
                    _lock(descriptor)
                    remove(left)
                finally:
                    os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a bag, or what there is of one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _lock(descriptor: int) -> None:
    """Mark a file or folder as being written by a living process.

    Raises:
        OSError: Another process holds the mark, or the disk knows none.
    """
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
