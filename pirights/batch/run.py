"""A clinic's sheet made into cases and letters: prepared, asked about, and done.

Row by row in the order of the sheet: composed and rendered by workers, kept in the vault some
dozens at a time, then written into the folder. What an earlier call of the same run made is passed
over. So a run that was killed at any point goes on as if it had not been.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from pirights.batch import (
    in_order,
    indexing,
    interrupting,
    keeping,
    made_before,
    room,
    run_errors,
    run_folder,
)
from pirights.batch.indexing import Gathered
from pirights.batch.job import Done, Rendered
from pirights.batch.keeping import TOGETHER, Finished, InVault
from pirights.batch.made_before import Looked
from pirights.batch.outcome import How, Progress, Ran
from pirights.batch.preparing import Prepared
from pirights.batch.print_ready import PrintReady
from pirights.batch.remarks import Remarks
from pirights.batch.run_folder import RunFolder
from pirights.batch.ways import Way, Ways, fault_in
from pirights.domain.batch_row import BatchRow
from pirights.errors import Cancelled, Message, message
from pirights.workflow.desk import Desk
from pirights.workflow.sheet_faults import FAULT_LIMIT, Fault


def run(prepared: Prepared, how: How) -> Ran:
    """Make what was prepared. Where that is nothing, no folder is made.

    Raises:
        BadInput: The folder or the disk under the vault is full or read-only, or the folder is
            none of this run's; what was kept by then is whole, and `--resume` goes on.
        Cancelled: Ctrl-C was pressed; likewise.
        NotNextStep: Another run is at work in the folder.
    """
    desk = prepared.desk
    if not prepared.checked.rows and not prepared.resume:
        return _nothing(prepared)
    with (
        room.going_on(prepared.out),
        run_folder.entered(
            prepared.out,
            vault=desk.vault.id,
            resume=prepared.resume,
            run=desk.vault.draw(8).hex(),
            sheet=prepared.sheet.title,
            forms=prepared.forms,
        ) as folder,
        Gathered(folder.path) as gathered,
        PrintReady(folder.path, on=desk.today, zone=desk.zone) as printed,
    ):
        return _Run(prepared, how, folder, gathered, printed).done()


def _nothing(prepared: Prepared) -> Ran:
    return Ran(
        rows=0,
        made=0,
        failed=0,
        skipped=0,
        out=prepared.out,
        files=(),
        errors=(),
        unlisted=0,
        error_sheet=None,
        notices=(message("No row names a letter: nothing was made."), *prepared.notices),
        remarks=(),
    )


class _Run:
    """A run at work."""

    def __init__(
        self,
        prepared: Prepared,
        how: How,
        folder: RunFolder,
        gathered: Gathered,
        printed: PrintReady,
    ) -> None:
        self._prepared = prepared
        self._desk: Final[Desk] = prepared.desk
        self._how = how
        self._folder = folder
        self._gathered = gathered
        self._printed = printed
        self._ways: Final = Ways(prepared, folder)
        self._made = self._skipped = self._put_back = 0
        self._faults: Final[list[Fault]] = []
        self._failed = len(prepared.checked.faulty)
        self._notices: Final[list[Message]] = []
        self._remarks: Final = Remarks()
        self._waiting: Final[list[Finished]] = []

    def done(self) -> Ran:
        """Make every row, then the papers of the run."""
        with interrupting.deferred() as stop:
            told = in_order.in_order(
                self._ways.rows(), lambda one: one.job, self._how.hire, stop=stop
            )
            for one in told:
                self._take(one.step, one.done)
            self._flush()
        if not self._ways.ended:
            raise Cancelled(
                message(
                    "Stopped. Letters made: {made}; rows left: {left}.",
                    made=self._made,
                    left=self._prepared.checked.rows - self._over().over,
                ),
                hint=message("Go on: give the same command with --resume."),
            )
        self._add_others()
        return self._told(self._papers())

    def _take(self, one: Way, done: Done | None) -> None:
        if done is not None and done.problem is not None:
            one = replace(one, fault=fault_in(one.row.row, done.column, done.problem))
        if one.fault is not None:
            self._failed += 1
            self._faults.append(one.fault)
            if one.there is not None:
                self._list(one.there)
        elif one.step is not None and done is not None:
            self._waiting.append(Finished(one.step, done))
            if len(self._waiting) >= TOGETHER:
                self._flush()
        elif one.there is not None:
            self._skip(one.there, one.looked, done)
        self._how.progress(self._over())

    def _skip(self, there: InVault, looked: Looked | None, done: Done | None) -> None:
        if looked is not None and looked.missing and done is not None:
            row = made_before.put_back(
                self._desk,
                self._folder.path,
                there.row,
                looked.missing,
                done,
                moment=self._how.moment,
            )
            there = InVault(row, there.kept)
            self._put_back += len(looked.missing)
        self._skipped += 1
        self._list(there)

    def _list(self, there: InVault) -> None:
        """Put a letter that was made before into the index, in its place."""
        self._flush()
        self._add(there)

    def _flush(self) -> None:
        """Keep what waits. Nothing that was kept is forgotten if writing its files fails."""
        kept = keeping.keep(
            self._desk,
            self._folder.path,
            self._folder.run,
            self._prepared.maker,
            self._waiting,
            moment=self._how.moment,
        )
        self._made += len(kept)
        for one, there in zip(self._waiting, kept, strict=True):
            self._remarks.note((*one.step.notices, *one.done.notices), there.kept)
            self._add(there, one.done.files)
        self._waiting.clear()

    def _add(self, there: InVault, made: Sequence[Rendered] = ()) -> None:
        """Put a letter into the index and the print-out; `made` are its files, if new."""
        row = indexing.of(self._desk, there, is_new=bool(made))
        self._gathered.add(row)
        self._printed.add(row, [file.data for file in made])

    def _over(self) -> Progress:
        return Progress(
            total=self._prepared.checked.rows,
            made=self._made + len(self._waiting),
            failed=self._failed,
            skipped=self._skipped,
        )

    def _add_others(self) -> None:
        """Put behind the sheet's rows what the run made of rows that are no longer in it."""
        if self._folder.is_new:
            return
        others = 0
        for row in self._desk.vault.each(BatchRow):
            if row.run == self._folder.run and row.key not in self._ways.seen:
                there = indexing.from_vault(self._desk, row)
                if there is not None:
                    self._list(there)
                    others += 1
        if self._put_back:
            back = message("Files that were missing and are back: {count}.", count=self._put_back)
            self._notices.append(back)
        if others:
            self._notices.append(
                message(
                    "Letters of this run for which the sheet has no good row any more: {count}. "
                    "They stay in the index; what is missing of them is not put back.",
                    count=others,
                )
            )

    def _papers(self) -> tuple[str, ...]:
        from pirights.batch import run_papers

        if not self._gathered.count:
            return ()
        self._how.ending()
        papers = run_papers.write(
            self._folder.path,
            self._gathered.rows,
            self._printed,
            on=self._desk.today,
            zone=self._desk.zone,
        )
        self._notices.extend(papers.notices)
        return papers.files

    def _told(self, files: tuple[str, ...]) -> Ran:
        checked = self._prepared.checked
        faults = sorted([*checked.faults, *self._faults], key=lambda fault: fault.row)
        error_sheet = self._error_sheet(faults)
        return Ran(
            rows=checked.rows,
            made=self._made,
            failed=self._failed,
            skipped=self._skipped,
            out=self._folder.path,
            files=files,
            errors=tuple(faults[:FAULT_LIMIT]),
            unlisted=checked.unlisted + len(faults[FAULT_LIMIT:]),
            error_sheet=error_sheet,
            notices=(*self._prepared.notices, *self._ways.notices(), *self._notices),
            remarks=self._remarks.told(),
        )

    def _error_sheet(self, faults: list[Fault]) -> Path | None:
        prepared = self._prepared
        written = run_errors.write(
            self._folder.path,
            prepared.sheet,
            faults,
            source=prepared.source,
            faulty=prepared.checked.faulty | {fault.row for fault in faults},
            say=self._how.say,
        )
        self._notices.extend(written.notices)
        return written.path
