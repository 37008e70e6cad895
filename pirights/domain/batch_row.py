"""What a row of a clinic's sheet became: kept, so that no run makes it twice."""

from dataclasses import dataclass

from pirights.domain.dispatch import Channel
from pirights.domain.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFile:
    """A paper in the folder of a run.

    Attributes:
        path: Relative to that folder, parts joined by `/`.
        sha256: Of its octets as they were made, hex.
        size: In octets.
        pages: Of a PDF; 0 for other forms.
        enclosure: It goes with the letter and is none itself: a power of attorney.
    """

    path: str
    sha256: str
    size: int
    pages: int = 0
    enclosure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """A row that was made.

    Attributes:
        id: Its number in the vault.
        run: The run's own name, 16 hex digits; its folder holds it too.
        key: What the sheet calls the row.
        digest: SHA-256 of what its cells said, hex.
        aside: Likewise of the cells that the letter is not made from; empty where that is unknown.
        ref: The case.
        number: Of the letter in that case.
        row: Where it stood in the sheet, as a spreadsheet counts.
        files: The letter in each form that was chosen, the first first; then what goes with it.
        channel: How the letter is to go; None where the row did not say.
        enclosed: What goes with the letter as it was written: a power of attorney.
    """

    id: int
    run: str
    key: str
    digest: str
    ref: str
    number: int
    row: int
    files: tuple[MadeFile, ...]
    channel: Channel | None = None
    aside: str = ""
    enclosed: tuple[Document, ...] = ()
