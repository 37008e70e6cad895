"""The folder of a run as a place for letters: its owner's alone, and nothing in it leads elsewhere.

Somebody else may have been able to write into it: what stands where a run would write must be what
a run makes there, and a link is never followed.
"""

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pirights.errors import BadInput, Message, message

_CLIENT: Final = re.compile(r"P[1-9][0-9]{0,17}")
_OTHERS: Final = 0o077
_PAPERS: Final = ("run.json", "index.csv", "index.xlsx", "labels.xlsx", "labels.pdf", "print.pdf")


@contextlib.contextmanager
def private() -> Iterator[None]:
    """Let every file and folder that this process makes meanwhile be for its owner alone."""
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def seen_by_others(out: Path) -> Message | None:
    """Say that others can look into a folder that was there before."""
    try:
        mode = out.stat().st_mode
    except OSError:
        return None
    if os.name == "nt" or not stat.S_ISDIR(mode) or not mode & _OTHERS:
        return None
    return message(
        "Others on this machine can look into {folder}; the letters in it are for you alone. To "
        "close it: `chmod 700 {folder}`.",
        folder=out,
    )


def refuse_traps(out: Path) -> None:
    """Refuse a folder in which something leads elsewhere or is no file, before anything is made.

    Raises:
        BadInput: The folder of a client is a link or no folder, or a paper of the run is a link,
            a folder, a pipe or a device.
        OSError: It cannot be looked at.
    """
    for name in sorted(one.name for one in out.iterdir()):
        if _CLIENT.fullmatch(name):
            refuse_link(out / name)
        elif name in _PAPERS and not stat.S_ISREG((out / name).lstat().st_mode):
            raise BadInput(
                message("{file} is not an ordinary file and is never replaced.", file=out / name),
                hint=message("Remove it, or name another folder with --out."),
            )


def refuse_link(folder: Path) -> None:
    """Refuse to write into the folder of a client that is none.

    Raises:
        BadInput: It is a link, or something else than a folder.
        OSError: It cannot be looked at.
    """
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise BadInput(
                message(
                    "{folder} is a link or no folder; nothing is written there.", folder=folder
                ),
                hint=message("Remove it, or name another folder with --out."),
            )


def refuse_unknown(out: Path) -> None:
    """Refuse to go on with a run of which the vault knows nothing and that has made letters.

    Raises:
        BadInput: There are files in the folder of a client.
    """
    with contextlib.suppress(OSError):
        for folder in client_folders(out):
            if any(not one.name.endswith(".part") for one in folder.iterdir()):
                raise BadInput(
                    message(
                        "{folder} holds letters of a run of which the vault knows nothing.",
                        folder=out,
                    ),
                    hint=message(
                        "Open the vault that made them with --vault, or name another folder with "
                        "--out."
                    ),
                )


def client_folders(out: Path) -> Iterator[Path]:
    """Give the folders of clients; links are none."""
    for one in out.iterdir():
        if _CLIENT.fullmatch(one.name) and stat.S_ISDIR(one.lstat().st_mode):
            yield one
