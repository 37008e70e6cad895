"""Every row of a clinic's sheet checked before anything is made.

A sheet is read from its beginning to its end, and no row is held; it is read again for what a run
makes of it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pirights.batch.client_row import ClientRow
from pirights.batch.columns import COLUMNS
from pirights.batch.cross_check import CrossCheck
from pirights.batch.hidden_rows import HiddenRows
from pirights.batch.noticed import Noticed
from pirights.batch.row_reading import Reading, client_row, is_example, read
from pirights.batch.same_person import Client
from pirights.batch.sheet import Sheet
from pirights.batch.sheet_clients import SheetClients
from pirights.batch.sheet_handlers import SheetHandlers
from pirights.batch.trial import Trial
from pirights.errors import BadInput, Message, message
from pirights.workflow.desk import Desk
from pirights.workflow.sheet_faults import Fault

FAULT_LIMIT: Final = 50_000
"""Faults that are listed; a sheet with more is broken as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found.

    Attributes:
        rows: How many rows the sheet has; headings, empty rows and examples are none.
        faults: What is wrong, in the order of the sheet, `FAULT_LIMIT` at most.
        faulty: The numbers of all rows with a fault, listed or not.
        notices: What is worth knowing and no fault; the sheet's own are told by the sheet.
        unlisted: How many faults are beyond the limit.
        clients: What all rows together say of the clients; None for letters that follow.
        handlers: Likewise of the companies that they name.
    """

    rows: int
    faults: tuple[Fault, ...]
    faulty: frozenset[int]
    notices: tuple[Message, ...]
    unlisted: int = 0
    clients: SheetClients | None = field(default=None, repr=False, compare=False)
    handlers: SheetHandlers = field(default_factory=SheetHandlers, repr=False, compare=False)


def check(  # noqa: PLR0913 (what a check can be told)
    desk: Desk | None,
    sheet: Sheet,
    *,
    now: datetime,
    zone: str,
    progress: Callable[[int], None] = lambda _: None,
    accept_conflicts: bool = False,
    is_made: Callable[[str, str], bool] = lambda _key, _digest: False,
) -> Checked:
    """Check every row, alone, against the others, and by writing its letter on trial.

    Args:
        desk: The vault that the rows will go into; None to check them without one.
        sheet: Of clients.
        now: Aware; nothing may lie after it.
        zone: IANA name of the zone whose clocks the sheet means.
        progress: Told how many rows are done.
        accept_conflicts: A client may also be the other side.
        is_made: Says of a row's key and digest whether a letter was made of it before. It has no
            fault then, whatever has happened since.

    Raises:
        BadInput: There are no rows, or too many, or the file turns out to be damaged.
    """
    how = Reading(now=now, zone=zone, counts_from_1904=sheet.counts_from_1904)
    cross = CrossCheck(desk, on=how.today, accept_conflicts=accept_conflicts)
    trial = Trial(owner=cross.persons.owner, on=how.today, zone=zone)
    found = _Found()
    made: set[int] = set()
    hidden = HiddenRows()
    noticed = Noticed(desk, cross.persons, cross.known_handlers)
    rows = 0
    for record in sheet.records():
        if is_example(record):
            noticed.examples += 1
            continue
        rows += 1
        hidden.take(record)
        row = read(record, how)
        client = cross.clients.of(row.said)
        faults = list(cross.take(row, client))
        if not row.faults and is_made(row.said["key"], row.digest):
            made.add(row.row)
        else:
            noticed.take(row, client)
            faults += [*row.faults, *trial.unprintable(row.row, row.said)]
        if not faults and row.row not in made:
            whole = cross.handlers.whole(row.said)
            faults += trial.refused(client_row(row, client, whole, how))
        found.take(fault for fault in faults if fault.row not in made)
        progress(rows)
    found.take(fault for fault in cross.at_the_end() if fault.row not in made)
    if not rows:
        raise BadInput(
            message("{sheet} has headings and no rows.", sheet=sheet.named),
            hint=message("Fill in one row for each client and company, below the headings."),
        )
    return Checked(
        rows=rows,
        faults=tuple(sorted(found.listed, key=_place)),
        faulty=frozenset(found.faulty),
        notices=(*hidden.told(), *noticed.told()),
        unlisted=found.unlisted,
        clients=cross.clients,
        handlers=cross.handlers,
    )


def good_rows(sheet: Sheet, checked: Checked, *, now: datetime, zone: str) -> Iterator[ClientRow]:
    """Read the rows without a fault, in the order of the sheet.

    Args:
        sheet: The same.
        checked: What `check` found in it.
        now: The same moment.
        zone: The same zone.
    """
    how = Reading(now=now, zone=zone, counts_from_1904=sheet.counts_from_1904)
    for record in sheet.records():
        if record.row not in checked.faulty and not is_example(record):
            row = read(record, how)
            client = checked.clients.of(row.said) if checked.clients else Client()
            yield client_row(row, client, checked.handlers.whole(row.said), how)


class _Found:
    """Faults in bounded room, however broken a sheet is."""

    def __init__(self) -> None:
        self.listed: Final[list[Fault]] = []
        self.faulty: Final[set[int]] = set()
        self.unlisted = 0

    def take(self, faults: Iterable[Fault]) -> None:
        """Take note of faults."""
        for fault in faults:
            self.faulty.add(fault.row)
            if len(self.listed) < FAULT_LIMIT:
                self.listed.append(fault)
            else:
                self.unlisted += 1


_ORDER: Final = {column.name: place for place, column in enumerate(COLUMNS)}


def _place(fault: Fault) -> tuple[int, int]:
    return fault.row, _ORDER.get(fault.column, -1)
