"""Which way each row of a sheet goes: to be made, made before and passed over, or neither."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pirights.batch import erased_rows, indexing, made_before
from pirights.batch.headings import Kind
from pirights.batch.job import Job
from pirights.batch.keeping import InVault
from pirights.batch.made_before import Looked
from pirights.batch.preparing import Prepared
from pirights.batch.run_folder import RunFolder
from pirights.batch.step import Row, Step
from pirights.domain.batch_row import BatchRow
from pirights.errors import Message, PirightsError, message
from pirights.workflow.sheet_faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A row on its way.

    Attributes:
        step: What is made of it; None where nothing is.
        there: What was made of it before.
        looked: What is found of the files of that.
        job: What a worker is to do for it.
        fault: Why it is neither made nor passed over.
    """

    row: Row
    step: Step | None = None
    there: InVault | None = None
    looked: Looked | None = None
    job: Job | None = None
    fault: Fault | None = None


class Ways:
    """The good rows of a sheet in their order.

    Attributes:
        seen: The keys of the rows so far, where a run goes on.
        ended: There are no more.
    """

    def __init__(self, prepared: Prepared, folder: RunFolder) -> None:
        """Look at nothing yet."""
        self._prepared: Final = prepared
        self._desk: Final = prepared.desk
        self._folder: Final = folder
        self._erased: Final = {} if folder.is_new else erased_rows.of(prepared.desk)
        self._notices: Final[list[Message]] = []
        self._beside = 0
        self.seen: Final[set[str]] = set()
        self.ended = False

    def rows(self) -> Iterator[Way]:
        """Say of each row which way it goes."""
        for row in self._prepared.maker.rows():
            if not self._folder.is_new:
                self.seen.add(row.key)
            try:
                yield self._way(row)
            except PirightsError as wrong:
                yield Way(row=row, fault=self._prepared.fault_of(row, wrong))
        self.ended = True

    def notices(self) -> Iterator[Message]:
        """Tell what the user should know of the rows that were made before."""
        yield from self._notices
        if self._beside:
            yield message(
                "Rows in which only the note or the channel was changed since they were made: "
                "{count}. Nothing that is kept was changed. A remark on a case: `pirights case "
                "note REF TEXT`.",
                count=self._beside,
            )

    def _way(self, row: Row) -> Way:
        before = None if self._folder.is_new else self._before(row.key)
        if before is None:
            gone_on = self._erased.get(erased_rows.mark(self._folder.run, row.key))
            if gone_on is not None:
                return self._neither(row, self._erased_on(gone_on))
            step = self._prepared.maker.step(row)
            return Way(row=row, step=step, job=step.job)
        there = indexing.from_vault(self._desk, before)
        if there is None:
            gone = message(
                "{ref} was made of this row and is no longer in the vault.", ref=before.ref
            )
            return self._neither(row, gone)
        if before.digest != row.digest:
            changed = message(
                "The row was changed since it was made as {ref}; that letter is not touched. Give "
                "the row a new key to have another made.",
                ref=before.ref,
            )
            return self._neither(row, changed, there)
        self._beside += before.aside not in {"", row.aside}
        looked = made_before.look(self._folder.path, before)
        self._notices.extend(looked.notices())
        return Way(
            row=row,
            there=there,
            looked=looked,
            job=made_before.job(self._desk, there) if looked.missing else None,
        )

    def _erased_on(self, day: date) -> Message:
        if self._prepared.sheet.kind is Kind.FOLLOW_UP:
            return message(
                "What was made of this row was erased with its client on {day}, and so was the "
                "case that its reference names; delete the row.",
                day=day,
            )
        return message(
            "What was made of this row was erased with its client on {day}; it is not made "
            "again. To have it made all the same, give the row a new key.",
            day=day,
        )

    def _neither(self, row: Row, problem: Message, there: InVault | None = None) -> Way:
        return Way(row=row, there=there, fault=fault_in(row.row, self._prepared.key, problem))

    def _before(self, key: str) -> BatchRow | None:
        found = self._desk.vault.find_all(BatchRow, run=self._folder.run, key=key)
        return found[0] if found else None


def fault_in(row: int, column: str, problem: Message) -> Fault:
    """Tell what is wrong in a cell of a row; column may be empty."""
    return Fault(row=row, line=row, column=column, problem=problem)
