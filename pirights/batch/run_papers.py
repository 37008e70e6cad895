"""What a finished run holds beside its letters: an index, labels for the post, all to print."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pirights.batch import index, labels
from pirights.batch.index import IndexRow
from pirights.batch.print_ready import PrintReady
from pirights.errors import Message

NAMES: Final = ("index.csv", "index.xlsx", "labels.xlsx", "labels.pdf", "print.pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPapers:
    """What was written.

    Attributes:
        files: Names inside the folder of the run, among `NAMES`; those of which there is nothing
            to say are not there.
        notices: How large the labels are, what has to be done by hand, and what is not in
            `print.pdf`, since it is missing or was changed.
    """

    files: tuple[str, ...]
    notices: tuple[Message, ...]


def write(
    out: Path, rows: Callable[[], Iterable[IndexRow]], printed: PrintReady, *, on: date, zone: str
) -> RunPapers:
    """Write all papers of a finished run into its folder, over those of an earlier end of it.

    Args:
        out: The folder of the run.
        rows: Gives the rows anew at each call, in the order of the sheet; called several times.
        printed: The print-out, to which all letters were added; it is closed.
        on: The day of the run, for the files' metadata: the same day gives the same octets.
        zone: In which `on` is a day.

    Raises:
        BadInput: The folder cannot be written to.
    """
    index.write(out, rows)
    notices = (*labels.write(out, rows, on=on, zone=zone), *printed.close())
    return RunPapers(files=tuple(name for name in NAMES if (out / name).is_file()), notices=notices)
