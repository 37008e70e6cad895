"""Putting a finished paper on the disk: whole, or not at all."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pirights.errors import BadInput, message


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file by way of a temporary sibling, flushed to the disk and then renamed.

    Args:
        path: Where it goes.
        data: All of it.
        private: For its owner alone; else as the system gives new files.

    Raises:
        BadInput: As `growing`.
    """
    with growing(path, private=private) as file:
        file.write(data)


@contextlib.contextmanager
def growing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Open a temporary sibling to write to; it takes the file's place when all went well.

    Raises:
        BadInput: The folder does not exist, is read-only or full, or something stands there that
            is no ordinary file: a folder, a device, a pipe, or a link to one.
    """
    if not path.name:
        raise BadInput(
            message("{file} is not a file.", file=path),
            hint=message("Choose a folder that exists and has room, with --out."),
        )
    with contextlib.suppress(OSError):  # what cannot be looked at, cannot be written either
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput(
                message("{file} is not an ordinary file and is never replaced.", file=path),
                hint=message("Name a new file, with --out."),
            )
    sibling = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with open(sibling, "xb", opener=_for_the_owner if private else None) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        sibling.replace(path)
    except OSError as wrong:
        raise BadInput(
            message("{file} cannot be written: {problem}.", file=path, problem=wrong.strerror),
            hint=message("Choose a folder that exists and has room, with --out."),
        ) from wrong
    finally:
        with contextlib.suppress(OSError):
            sibling.unlink()


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
