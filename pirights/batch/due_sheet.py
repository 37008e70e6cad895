"""What is due as a sheet that a run takes back: the rows with a kind are the letters to write.

Rows without one are for the eye: days that run, and what the user has to do of which no day runs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pirights.batch.follow_up import KINDS
from pirights.batch.follow_up_columns import HEADINGS, READ
from pirights.batch.words import chinese
from pirights.domain import limitation
from pirights.domain.escalation import FollowUp
from pirights.domain.next_step import Act, NextStep
from pirights.domain.period import Force
from pirights.errors import BadInput, Message, message
from pirights.workflow import cases, delimited, next_steps, workbook
from pirights.workflow.cases import DueItem, Standing
from pirights.workflow.desk import Desk
from pirights.workflow.papers import write_whole
from pirights.workflow.workbook import Cell, Guide, Page
from pirights.workflow.workbook_parts import Look

Say = Callable[[object], str]

_FIRST: Final = 3
"""The row below the headings."""

_WIDTHS: Final = (20, 12, 20, 36, 48, 12, 22, 16, 52)
"""Characters."""

_STEP: Final = 100
"""Cases between two signs of progress."""

_ENDINGS: Final = frozenset({".csv", ".xlsx"})

_DATED: Final = frozenset(
    {
        *(Act.SEND, Act.FIND_OUT, Act.SEND_AGAIN, Act.PROVE_ARRIVAL),
        *(Act.TELL_MORE, Act.CLAIM),
    }
)
"""Steps whose own day is among those that run in the case."""

_READING: Final = frozenset({Act.CONFIRM, Act.SCORE})
"""Steps about a reply, which no day that runs speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSheet:
    """A sheet that can be written.

    Attributes:
        octets: The file.
        rows: How many things are due, the headings not counted.
        letters: In how many of them a letter is proposed; of each case one at most.
        items: What is due, as `cases.due` gives it.
        today: The legal day on which it was written.
    """

    octets: bytes
    rows: int
    letters: int
    items: tuple[DueItem, ...]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    on: date | None
    cells: tuple[str, ...]

    @property
    def order(self) -> date:
        """What has no day comes first: it can be done now."""
        return self.on or date.min


def refuse_ending(path: Path) -> None:
    """Refuse a name that says no form.

    Raises:
        BadInput: So it is.
    """
    if path.suffix.casefold() not in _ENDINGS:
        raise BadInput(
            message("{file} has none of the endings .csv and .xlsx.", file=path),
            hint=message("The ending says in which form the sheet is written."),
        )


def composed(
    desk: Desk,
    path: Path,
    say: Say,
    *,
    within: int | None,
    progress: Callable[[int], None] = lambda _: None,
) -> DueSheet:
    """Compose everything that is due, earliest first, and before it the steps without a day.

    The next letter of a case stands in the case's first row only, and in a row of its own where
    the case has no day that is shown: so no letter is asked for twice. A reply to read, to confirm
    or to mark the items by has a row of its own, too.

    Args:
        desk: Vault and moment.
        path: Where it is to go: `.csv` or `.xlsx`. Nothing is written.
        say: Says a value in the user's language.
        within: As for `cases.due`.
        progress: Told how many cases are done.

    Raises:
        BadInput: The name has another ending.
    """
    refuse_ending(path)
    rows: list[_Row] = []
    items: list[DueItem] = []
    for count, one in enumerate(cases.each(desk), start=1):
        shown = cases.chosen(desk, cases.due_items(desk, one), within=within)
        items += shown
        rows += _rows(desk, one, shown, say)
        if count % _STEP == 0:
            progress(count)
    rows.sort(key=lambda row: row.order)
    cells = [row.cells for row in rows]
    is_text = path.suffix.casefold() == ".csv"
    octets = (
        delimited.written([tuple(HEADINGS), tuple(HEADINGS.values()), *cells])
        if is_text
        else workbook.write([_page(cells, say)])
    )
    return DueSheet(
        octets=octets,
        rows=len(rows),
        letters=sum(bool(row.cells[1]) for row in rows),
        items=tuple(sorted(items, key=lambda item: item.deadline.on)),
        today=desk.today,
    )


def write(path: Path, sheet: DueSheet) -> None:
    """Write a sheet, over what stands there.

    Raises:
        BadInput: The file cannot be written.
    """
    try:
        write_whole(path, sheet.octets, private=True)
    except BadInput as wrong:
        hint = message("Name a new file in a folder that exists and has room, with --export.")
        raise BadInput(wrong.message, hint=hint) from wrong


def _page(rows: Sequence[Sequence[str]], say: Say) -> Page:
    def headings(names: Iterable[str]) -> list[Cell]:
        looks = [Look.REQUIRED if name in READ else Look.HEADING for name in HEADINGS]
        return list(zip(names, looks, strict=True))

    cells = [[(delimited.guarded(cell), Look.TEXT) for cell in row] for row in rows]
    table = [headings(HEADINGS), headings(HEADINGS.values()), *cells]
    kind = list(HEADINGS).index("kind")
    about = message("Which letter is to be written. Leave it empty, or delete the row, for none.")
    guide = Guide(
        column=kind,
        first=_FIRST,
        title=f"{HEADINGS['kind']} kind",
        prompt=say(about),
        words=(*chinese(KINDS).values(), *(one.value for one in FollowUp)),
        strict=True,
    )
    return Page(
        title="待办 Due",
        rows=enumerate(table, start=1),
        widths=_WIDTHS,
        frozen=_FIRST - 1,
        guides=(guide,),
        wide=True,
    )


def _rows(desk: Desk, one: Standing, shown: Sequence[DueItem], say: Say) -> Iterator[_Row]:
    step = next_steps.of(desk, one.papers, one.stage, one.deadlines)
    lead = next(
        (item for item in shown if not limitation.has_passed(item.deadline, desk.today)), None
    )
    if step is not None and _stands_alone(step, lead):
        yield _row(one, say, step.what, on=step.on, force=None, step=step)
        lead = None
    for item in shown:
        due = item.deadline
        proposed = step if item is lead else None
        yield _row(one, say, due.what, on=due.on, force=due.force, step=proposed)


def _stands_alone(step: NextStep, lead: DueItem | None) -> bool:
    """Say whether a step is the user's and has no day among those of its case."""
    if step.act in _READING:
        return True
    return lead is None and step.is_for_me and step.act not in _DATED


def _row(  # noqa: PLR0913 (a cell each)
    one: Standing,
    say: Say,
    what: Message,
    *,
    on: date | None,
    force: Force | None,
    step: NextStep | None,
) -> _Row:
    kind = step.letter if step is not None else None
    return _Row(
        on=on,
        cells=(
            one.case.ref,
            kind.value if kind is not None else "",
            f"{one.person.label} {one.person.name}",
            f"{one.handler.label} {one.handler.name}",
            say(what),
            on.isoformat() if on is not None else "",
            say(force),
            say(one.stage),
            step.command if step is not None and step.is_for_me else "",
        ),
    )
