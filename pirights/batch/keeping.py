"""What a run keeps: a few dozen rows in one change of the vault, and after it their files.

The vault comes first. Killed between the two, the next run finds the row made and its files
missing, and makes them again from what the vault holds.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, TypedDict

from pirights.batch import closed_folder, room, run_folder
from pirights.batch.job import Done, Rendered
from pirights.batch.step import Kept, Maker, Step
from pirights.domain.batch_row import BatchRow, MadeFile
from pirights.workflow.desk import Desk
from pirights.workflow.papers import write_whole

TOGETHER: Final = 50
"""Rows in one change of the vault."""


class Measures(TypedDict):
    """What is measured of a file."""

    sha256: str
    size: int
    pages: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A row whose letter is written and waits to be kept."""

    step: Step
    done: Done


@dataclass(frozen=True, slots=True)
class InVault:
    """A row that is kept."""

    row: BatchRow
    kept: Kept


def keep(  # noqa: PLR0913 (each is needed once)
    desk: Desk,
    out: Path,
    run: str,
    maker: Maker,
    finished: Sequence[Finished],
    *,
    moment: Callable[[], datetime],
) -> list[InVault]:
    """Keep rows in the vault, all of them or none, and write their files.

    Raises:
        BadInput: The disk is full, under the vault or under the folder; what the vault holds by
            then, the next run brings into the folder.
    """
    if not finished:
        return []
    told: list[InVault] = []
    with room.kept(out), desk.vault.change(now=moment()) as change:
        for one in finished:
            kept = maker.keep(change, one.step, one.done)
            row = BatchRow(
                id=0,
                run=run,
                key=one.step.key,
                digest=one.step.digest,
                aside=one.step.aside,
                enclosed=one.done.enclosed,
                ref=kept.letter.ref,
                number=kept.letter.number,
                row=one.step.row,
                files=tuple(_made(kept, one.done.files)),
                channel=one.step.channel,
            )
            told.append(InVault(change.add(row), kept))
    for one, each in zip(finished, told, strict=True):
        for file, rendered in zip(each.row.files, one.done.files, strict=True):
            write(out / file.path, rendered.data)
    return told


def write(path: Path, data: bytes) -> None:
    """Write a file of a run, in the folder of its client.

    Raises:
        BadInput: It cannot be written.
    """
    try:
        closed_folder.refuse_link(path.parent)
        path.parent.mkdir(exist_ok=True)
    except OSError as wrong:
        raise run_folder.unwritable(path, wrong) from wrong
    write_whole(path, data)


def _made(kept: Kept, files: Sequence[Rendered]) -> Iterator[MadeFile]:
    stem = f"{kept.person.label}/{kept.letter.ref}-{kept.letter.number}"
    for one in files:
        yield MadeFile(
            path=f"{stem}{'-poa' if one.enclosure else ''}.{one.form.value}",
            enclosure=one.enclosure,
            **measured(one),
        )


def measured(file: Rendered) -> Measures:
    """Measure a file: its sum, its octets, its pages."""
    return {
        "sha256": sha256(file.data).hexdigest(),
        "size": len(file.data),
        "pages": file.pages,
    }
