"""What is wrong with a sheet, told in bounded room however broken it is."""

from dataclasses import dataclass
from typing import Final

from pirights.errors import Message

FAULT_LIMIT: Final = 1_000
"""Faults that are listed; a sheet with more is broken as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one cell; with a whole row where `column` is empty."""

    row: int
    line: int
    column: str
    problem: Message


class SheetFaults:
    """Counts the rows with faults; keeps the first faults only.

    Attributes:
        listed: The first faults, in the order of the sheet.
        rows: How many rows have a fault, listed or not.
    """

    def __init__(self) -> None:
        self.listed: Final[list[Fault]] = []
        self.rows = 0
        self._last = 0

    def note(self, fault: Fault) -> None:
        """Take note of a fault; those of one row come one after the other."""
        self.rows += fault.row != self._last
        self._last = fault.row
        if len(self.listed) < FAULT_LIMIT:
            self.listed.append(fault)

    @property
    def unlisted(self) -> int:
        """How many rows have a fault and none in the list."""
        return self.rows - len({fault.row for fault in self.listed})
