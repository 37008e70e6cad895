"""Room for a run: looked at before anything is written, and how to go on when it ran out.

What a run kept before its disk was full is in the vault. Begun anew in another folder all of it
would be made a second time; so whoever meets a full disk is told to go on, never to begin again.
"""

import errno
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pirights.batch import run_folder
from pirights.domain.document import Form
from pirights.errors import BadInput, Message, message

A_ROW: Final = {Form.PDF: 200_000, Form.DOCX: 12_000, Form.TXT: 12_000, Form.HTML: 20_000}
"""Octets that a row takes in each form, measured over a clinic's 100 rows; a PDF is written twice,
the second time to `print.pdf`."""

_BESIDE: Final = 1_000
"""Octets that a row takes in the index and on the labels."""

_PLAINLY: Final = 2
"""Where the estimate is so many times the free room, it cannot be wrong by so much."""

_DISK: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EIO}
)
_MB: Final = 1_000_000


def looked_at(out: Path, *, letters: int, forms: Sequence[Form], resume: bool) -> Message | None:
    """Compare the free room under a folder with what a run will need.

    Args:
        out: The folder; it may be missing.
        letters: How many are to be made.
        forms: Of each letter.
        resume: The folder holds the run already.

    Returns:
        A warning where it may not be enough; None where it is, or where nobody can tell.

    Raises:
        BadInput: It is plainly too little.
    """
    needed = letters * (_BESIDE + sum(A_ROW.get(form, 0) for form in forms))
    there = next((place for place in (out, *out.absolute().parents) if place.exists()), None)
    try:
        free = shutil.disk_usage(there or ".").free
    except OSError:  # writing will say more
        return None
    if not letters or free >= needed:
        return None
    said = message(
        "{folder} has {free} MB of room; {count} letters take about {needed} MB (an estimate).",
        folder=out,
        free=f"{free / _MB:.1f}",
        count=letters,
        needed=f"{needed / _MB:.1f}",
    )
    if free * _PLAINLY >= needed:
        return said
    raise BadInput(
        said,
        hint=_go_on()
        if resume
        else message("Nothing was made. Make room, or name a folder on another disk with --out."),
    )


@contextmanager
def going_on(out: Path) -> Iterator[None]:
    """Where the disk takes nothing more, say how the run in the folder is gone on with.

    Raises:
        BadInput: Instead of an `OSError` of the disk; or as it was, with another hint.
    """
    try:
        yield
    except OSError as wrong:
        if wrong.errno not in {*_DISK, errno.ENOENT}:
            raise
        raise BadInput(run_folder.unwritable(out, wrong).message, hint=_hint(out, wrong)) from wrong
    except BadInput as wrong:
        cause = wrong.__cause__
        if isinstance(cause, FileNotFoundError) and not run_folder.is_run(out):
            raise BadInput(wrong.message, hint=_moved(), details=wrong.details) from cause
        if not (isinstance(cause, OSError) and cause.errno in _DISK and run_folder.is_run(out)):
            raise
        raise BadInput(wrong.message, hint=_go_on(), details=wrong.details) from cause


@contextmanager
def kept(out: Path) -> Iterator[None]:
    """The same for the vault, whose own hint says what is to be done first."""
    try:
        yield
    except BadInput as wrong:
        if isinstance(wrong.__cause__, OSError) or wrong.hint is None or not run_folder.is_run(out):
            raise
        hint = message("{hint} Then give the same command with --resume.", hint=wrong.hint)
        raise BadInput(wrong.message, hint=hint, details=wrong.details) from wrong


def _hint(out: Path, wrong: OSError) -> Message:
    if run_folder.is_run(out):
        return _go_on()
    return _moved() if isinstance(wrong, FileNotFoundError) else run_folder.ANOTHER


def _moved() -> Message:
    return message(
        "The folder was moved or removed while the run was at work. What was made is kept in the "
        "vault. Put the folder back, or name its new place with --out, and add --resume. Begun in "
        "another folder, everything would be made a second time."
    )


def _go_on() -> Message:
    return message(
        "What was made is kept. Make room and see that the folder can be written to, or move it to "
        "another disk and name its new place with --out; then give the same command with --resume. "
        "Begun in another folder, everything would be made a second time."
    )
