"""What the user asks to be written."""

from dataclasses import dataclass, field
from datetime import date

from pirights.domain.document import Letters
from pirights.domain.request import Particulars, Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user asks to be written.

    Attributes:
        handler: Number of the handler.
        encounters: Numbers of the encounters; empty for all with that handler.
        on: The letter's date; None for today.
        delete_now: Ask for deletion although a copy is still open.
        particulars: What is told for the items of some rights.
    """

    handler: int
    rights: tuple[Right, ...]
    person: int = 1
    encounters: tuple[int, ...] = ()
    letters: Letters = Letters.ZH
    identify_by: tuple[str, ...] = ()
    delete_now: bool = False
    on: date | None = None
    particulars: Particulars = field(default_factory=Particulars)
