"""Before a run: the sheet is read and checked, the folder looked at, and nothing written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pirights.batch import (
    checking,
    closed_folder,
    erased_rows,
    follow_up,
    room,
    run_folder,
    sheet,
)
from pirights.batch.checking import Checked
from pirights.batch.client_steps import ClientSteps
from pirights.batch.follow_up_steps import FollowUpSteps
from pirights.batch.headings import Kind
from pirights.batch.marks import mark
from pirights.batch.run_folder import RunFolder
from pirights.batch.sheet import Sheet
from pirights.batch.step import Maker, Row
from pirights.domain.batch_row import BatchRow
from pirights.domain.document import Form
from pirights.errors import BadInput, Message, PirightsError, message
from pirights.workflow.desk import Desk
from pirights.workflow.sheet_faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A run that can begin.

    Attributes:
        forms: Of the letters; empty for those of the run that goes on.
        made: How many rows of the sheet this run made before.
        elsewhere: How many rows of the sheet another run made already, just as they are.
        source: The file of the sheet.
        tight: That the folder may have too little room; None where it has enough.
    """

    desk: Desk
    sheet: Sheet
    checked: Checked
    maker: Maker
    out: Path
    resume: bool
    forms: tuple[Form, ...]
    made: int
    elsewhere: int
    source: Path
    tight: Message | None = None

    @property
    def key(self) -> str:
        """The column that stands for a whole row."""
        return "key" if self.sheet.kind is Kind.CLIENTS else "reference"

    def fault_of(self, row: Row, wrong: PirightsError) -> Fault:
        """Tell of a row why no letter can be written."""
        if self.sheet.kind is Kind.CLIENTS:
            return Fault(row=row.row, line=row.row, column=self.key, problem=wrong.message)
        return Fault(row=row.row, line=row.row, column="kind", problem=follow_up.problem_of(wrong))

    @property
    def to_make(self) -> int:
        """How many letters will be made at most."""
        return max(0, self.checked.rows - len(self.checked.faulty) - self.made)

    @property
    def notices(self) -> tuple[Message, ...]:
        """What the user should know before anything is made."""
        twice = message(
            "Rows of this sheet that another run made already: {count}. This run makes them a "
            "second time; to go on with that run instead, name its folder with --out and add "
            "--resume.",
            count=self.elsewhere,
        )
        return (
            *self.sheet.notices,
            *self.checked.notices,
            *((twice,) if self.elsewhere else ()),
            *((self.tight,) if self.tight else ()),
            *((seen,) if (seen := closed_folder.seen_by_others(self.out)) else ()),
        )


def prepare(  # noqa: PLR0913 (what a run can be told)
    desk: Desk,
    file: Path,
    out: Path,
    *,
    resume: bool = False,
    forms: tuple[Form, ...] = (),
    accept_conflicts: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Prepared:
    """Read and check a sheet, and look at the folder of its run.

    Args:
        desk: Vault and moment.
        file: The sheet: of clients, or of letters that follow.
        out: The folder; it may be missing.
        resume: Go on with the run that is in the folder.
        forms: What each letter is rendered as; empty for PDF, or for what the run began with.
        accept_conflicts: Let a client also stand on the other side.
        progress: Hears the number of rows that were checked.

    Raises:
        BadInput: The sheet cannot be read, the folder holds something else than its run, or has
            plainly too little room.
        NotNextStep: The folder holds a run that is not to go on, or another vault's.
    """
    folder = run_folder.found(out, vault=desk.vault.id, resume=resume)
    if folder is not None and _is_unknown(desk, folder):
        closed_folder.refuse_unknown(out)
    read = sheet.opened(file)
    chosen = folder.forms if folder else forms or (Form.PDF,)
    if read.kind is Kind.FOLLOW_UP:
        checked = follow_up.check(desk, read, progress=progress, by_rules=False)
        maker: Maker = FollowUpSteps(desk, partial(follow_up.good_rows, read, checked), chosen)
    else:
        checked = checking.check(
            desk,
            read,
            now=desk.now,
            zone=desk.zone,
            progress=progress,
            accept_conflicts=accept_conflicts,
            is_made=_made_here(desk, folder),
        )
        good = partial(checking.good_rows, read, checked, now=desk.now, zone=desk.zone)
        maker = ClientSteps(desk, good, chosen)
    made, elsewhere = _made_before(desk, maker, folder, out)
    prepared = Prepared(
        desk=desk,
        sheet=read,
        checked=checked,
        maker=maker,
        out=out,
        resume=resume,
        forms=forms if folder else chosen,
        made=made,
        elsewhere=elsewhere if read.kind is Kind.CLIENTS else 0,  # reminders recur by right
        source=file,
    )
    tight = room.looked_at(out, letters=prepared.to_make, forms=chosen, resume=folder is not None)
    return replace(prepared, tight=tight)


def _is_unknown(desk: Desk, folder: RunFolder) -> bool:
    """Say whether the vault has no row of a run, and none was erased with its client."""
    return not any(row.run == folder.run for row in desk.vault.each(BatchRow)) and not (
        erased_rows.of(desk)
    )


def _made_here(desk: Desk, folder: RunFolder | None) -> Callable[[str, str], bool]:
    """Know the rows that this run made, by key and digest: they have no fault any more."""
    made = {
        mark(one.key, one.digest)
        for one in (desk.vault.each(BatchRow) if folder is not None else ())
        if folder is not None and one.run == folder.run
    }
    return lambda key, digest: mark(key, digest) in made


def _made_before(desk: Desk, maker: Maker, folder: RunFolder | None, out: Path) -> tuple[int, int]:
    """Count the rows that this run made, and the sheet's rows that another one did.

    Raises:
        BadInput: The run in the folder is one of another sheet.
    """
    here: set[str] = set()
    others: set[int] = set()
    for one in desk.vault.each(BatchRow):
        if folder is not None and one.run == folder.run:
            here.add(one.key)
        else:
            others.add(mark(one.key, one.digest))
    if not here and not others:
        return 0, 0
    rows, shared, elsewhere = 0, 0, 0
    for row in maker.rows():
        rows += 1
        if row.key in here:
            shared += 1
        elif mark(row.key, row.digest) in others:
            elsewhere += 1
    if here and rows and not shared:
        raise BadInput(
            message("{folder} holds the run of another sheet: no key is the same.", folder=out),
            hint=message("Name the sheet of that run, or a new folder with --out."),
        )
    return shared, elsewhere
