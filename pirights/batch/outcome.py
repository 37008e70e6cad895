"""How a run is told to work, and what it tells of its work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pirights.batch.in_order import Hire
from pirights.errors import Message
from pirights.workflow.sheet_faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is, in rows of the sheet."""

    total: int
    made: int
    failed: int
    skipped: int

    @property
    def over(self) -> int:
        """Rows that are done with."""
        return self.made + self.failed + self.skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is to be said of several letters alike.

    Attributes:
        count: Of how many letters.
        ref: One of them.
        said: What was said of that one.
    """

    count: int
    ref: str
    said: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run did with the rows of its sheet: `rows` is the sum of the other three.

    Attributes:
        made: Rows of which a letter was made.
        failed: Rows of which none could be.
        skipped: Rows that were made before.
        out: The folder.
        files: What lies in it beside the letters, by name.
        errors: What is wrong with rows, in the order of the sheet, `FAULT_LIMIT` at most.
        unlisted: How many faults are beyond the limit.
        error_sheet: The copy of the sheet with its faults marked; None where nothing failed.
        notices: What the user should know.
        remarks: What was noticed of single letters, the most frequent first.
    """

    rows: int
    made: int
    failed: int
    skipped: int
    out: Path
    files: tuple[str, ...]
    errors: tuple[Fault, ...]
    unlisted: int
    error_sheet: Path | None
    notices: tuple[Message, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What a run needs to be told beside what it makes.

    Attributes:
        hire: Gives workers.
        moment: Reads the clock.
        say: Says a sentence in the user's language, for the error sheet.
        progress: Hears of every row.
        ending: Hears that all rows are done, and index and labels are being written.
    """

    hire: Hire
    moment: Callable[[], datetime]
    say: Callable[[Message], str]
    progress: Callable[[Progress], None] = lambda _: None
    ending: Callable[[], None] = lambda: None
