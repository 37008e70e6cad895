"""What is wrong with the rows of a clinic's sheet, as a table for people."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from pirights.cli.language import N_
from pirights.cli.show import Block, Table
from pirights.errors import Message, message
from pirights.workflow.sheet_faults import Fault

if TYPE_CHECKING:
    from pirights.batch.sheet import Sheet

_LONG: Final = 120
"""Characters of a sentence that is told once; below, it is shorter than what would refer to it."""


def blocks(sheet: "Sheet", faults: Sequence[Fault]) -> Iterator[Block]:
    """Show the faults under the name of their sheet; nothing, where there are none."""
    if faults:
        yield message("Faults in {sheet}:", sheet=sheet.named)
        yield Table(
            (N_("Row"), N_("Column"), N_("Problem")),
            [(fault.row, fault.column, said) for fault, said in _told_once(faults)],
            wraps=True,
        )


def as_data(sheet: "Sheet", faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Give the faults for programs."""
    return [
        {"sheet": sheet.title, "row": one.row, "column": one.column, "problem": one.problem}
        for one in faults
    ]


def _told_once(faults: Sequence[Fault]) -> Iterator[tuple[Fault, Message]]:
    """Give each fault with its words; long ones that were told refer to their first row."""
    first: dict[tuple[str, str], int] = {}
    for fault in faults:
        words = str(fault.problem)
        row = first.setdefault((fault.column, words), fault.row)
        if len(words) > _LONG and row != fault.row:
            yield fault, message("The same as in row {row}.", row=row)
        else:
            yield fault, fault.problem
