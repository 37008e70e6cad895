"""The error sheet in the folder of a run: written where rows failed, gone where none did.

Somebody may have put rows right in one of an earlier call. Such a sheet is theirs: it is neither
written over nor removed, and the new one gets another name.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pirights.batch import error_sheet
from pirights.batch.sheet import Sheet
from pirights.errors import Message, message
from pirights.workflow.papers import write_whole
from pirights.workflow.sheet_faults import Fault

NAME: Final = "errors.xlsx"
_LIKE: Final = "errors*.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of it.

    Attributes:
        path: The error sheet; None where no row failed.
        notices: That an earlier one is left alone.
    """

    path: Path | None
    notices: tuple[Message, ...] = ()


def write(  # noqa: PLR0913 (each is needed once)
    out: Path,
    sheet: Sheet,
    faults: Sequence[Fault],
    *,
    source: Path,
    faulty: Collection[int],
    say: Callable[[Message], str],
) -> Written:
    """Mark the faults of a run in a copy of its sheet, and remove our own of before.

    Args:
        out: The folder of the run.
        sheet: As it was read.
        faults: What is wrong.
        source: The file of the sheet; it may be an earlier error sheet, and stays.
        faulty: Rows with a fault, those that are not listed too.
        say: For the reasons.

    Raises:
        BadInput: The folder cannot be written to.
    """
    if not faulty:
        _remove_ours(out, source)
        return Written(path=None)
    path = error_sheet.free_place(out / NAME, source=source)
    write_whole(path, error_sheet.octets(sheet, faults, say=say, faulty=faulty))
    _remove_ours(out, source, path)
    if path.name == NAME:
        return Written(path=path)
    left_alone = message(
        "{file} was worked on or is the sheet that was read: it is left alone, and the faults are "
        "marked in {new}.",
        file=NAME,
        new=path.name,
    )
    return Written(path=path, notices=(left_alone,))


def _remove_ours(out: Path, *but: Path) -> None:
    kept = [one.absolute() for one in but]
    with suppress(OSError):
        for found in out.glob(_LIKE):
            if found.absolute() not in kept and error_sheet.is_ours(found):
                found.unlink()
