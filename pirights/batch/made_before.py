"""Rows that an earlier call of the run made: their files looked at, and what is missing of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from pirights.batch import keeping
from pirights.batch.job import Done, Job, Written
from pirights.batch.keeping import InVault
from pirights.domain.batch_row import BatchRow, MadeFile
from pirights.domain.document import Form
from pirights.domain.paper import Paper
from pirights.errors import Message, message
from pirights.workflow import enclosures
from pirights.workflow.desk import Desk
from pirights.workflow.enclosure_details import EnclosureDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is found of the files of a row.

    Attributes:
        missing: They are not there.
        changed: They are there, and not as they were made.
    """

    missing: tuple[MadeFile, ...]
    changed: tuple[MadeFile, ...]

    def notices(self) -> Iterator[Message]:
        """Tell which files were changed; they are left alone."""
        for file in self.changed:
            yield message(
                "{file} was changed since it was made; it is left alone. To have it as it was "
                "made, delete it and go on with --resume once more.",
                file=file.path,
            )


def look(out: Path, row: BatchRow) -> Looked:
    """Compare the files of a row with their sums."""
    missing, changed = [], []
    for file in row.files:
        path = out / file.path
        try:
            if path.stat().st_size == file.size:
                with path.open("rb") as data:
                    if file_digest(data, "sha256").hexdigest() == file.sha256:
                        continue
            changed.append(file)
        except FileNotFoundError:
            missing.append(file)
        except OSError:
            changed.append(file)
    return Looked(missing=tuple(missing), changed=tuple(changed))


def job(desk: Desk, there: InVault) -> Job:
    """Say how the files of a row are made again: from what the vault keeps.

    Raises:
        PirightsError: A paper beside the letter can no longer be made.
    """
    letter, files = there.kept.letter, there.row.files
    enclosed = there.row.enclosed
    beside = [Written(document=one, enclosure=True) for one in enclosed]
    papers = [Written(document=letter.document), *beside]
    if not enclosed and any(file.enclosure for file in files):  # an older row
        power = enclosures.made(desk, letter.label, Paper.POA, EnclosureDetails())
        papers.append(Written(document=power.document, enclosure=True))
    forms = tuple(Form(file.path.rpartition(".")[2]) for file in files if not file.enclosure)
    return Job(row=there.row.row, forms=forms, papers=tuple(papers))


def put_back(  # noqa: PLR0913 (each is needed once)
    desk: Desk,
    out: Path,
    row: BatchRow,
    missing: tuple[MadeFile, ...],
    done: Done,
    *,
    moment: Callable[[], datetime],
) -> BatchRow:
    """Write the files that are missing, and return the row as it now stands.

    A newer program may draw a letter otherwise: then the vault learns its new sum first.
    """
    anew = [
        (replace(file, **keeping.measured(rendered)) if file in missing else file, rendered)
        for file, rendered in zip(row.files, done.files, strict=True)
    ]
    after = replace(row, files=tuple(file for file, _ in anew))
    if after != row:
        with desk.vault.change(now=moment()) as change:
            change.replace(after, kind="batch_row.edited")
    gone = {file.path for file in missing}
    for file, rendered in anew:
        if file.path in gone:
            keeping.write(out / file.path, rendered.data)
    return after
