"""The index of a run: one row for each letter, in the order of the sheet that it was made from."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pirights.domain.batch_row import MadeFile
from pirights.domain.dispatch import Channel
from pirights.domain.document import Letters
from pirights.domain.text import visible
from pirights.workflow import delimited, excel_writing, papers


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """A letter of a run, as its index, its labels and its print-out name it.

    Attributes:
        key: What the sheet calls the row.
        ref: The shortest name of the letter: the case's reference; `PR-…/2` of a later one.
        person: The client's name.
        handler: The handler's name.
        rights: The words of the sheet, such as `access`.
        files: The letter in each form, the first first; then what goes with it.
        due: The day that `pirights due` shows first for the letter: to send it, to see whether it
            arrived, or of the answer; None where nothing of it runs any more.
        channel: How the letter is to go; None where the row does not say: by post.
        recipient: Whom the letter is addressed to.
        address: Of the recipient; may be empty, as the next one.
        phone: Of the recipient.
        contents: 内件品名: the letter's full title, in Chinese (`letters.ems.contents`).
        sender: The client, or who acts for them; may be empty, as all that follows.
        sender_phone: Of the sender.
        sender_address: Of the sender.
        is_sent_by_another: The sender is not who acts, since that one has no address.
        enclosed: What is enclosed, by its Chinese names.
        letters: The languages of the letter; decide those of its label.
    """

    key: str
    ref: str
    person: str
    handler: str
    rights: tuple[str, ...]
    files: tuple[MadeFile, ...]
    due: date | None = None
    channel: Channel | None = None
    recipient: str = ""
    address: str = ""
    phone: str = ""
    contents: str = ""
    sender: str = ""
    sender_phone: str = ""
    sender_address: str = ""
    is_sent_by_another: bool = False
    enclosed: tuple[str, ...] = ()
    letters: Letters = Letters.ZH


HEADINGS: Final = ("key", "ref", "person", "handler", "rights", "file", "sha256", "due")

_WIDTHS: Final = (14, 22, 14, 34, 24, 36, 66, 12)
"""Of the columns, in characters."""

_NO_XML: Final = re.compile("[\ufffe\uffff]")


def write(out: Path, rows: Callable[[], Iterable[IndexRow]]) -> None:
    """Write `index.csv` and `index.xlsx` only; `run_papers.write` writes these and the rest.

    Args:
        out: The folder of the run.
        rows: Gives the rows anew at each call.

    Raises:
        BadInput: The folder cannot be written to.
    """
    with papers.growing(out / "index.csv") as file:
        file.writelines(delimited.line_by_line(_lines(rows())))
    guarded = ([delimited.guarded(cell) for cell in line] for line in _lines(rows()))
    papers.write_whole(out / "index.xlsx", excel_writing.write(guarded, widths=_WIDTHS))


def cell(text: str) -> str:
    """Show a text that a workbook could not hold, or that would act: one line, no control signs."""
    return _NO_XML.sub("\ufffd", visible(text))


def _lines(rows: Iterable[IndexRow]) -> Iterator[Sequence[str]]:
    yield HEADINGS
    for row in rows:
        first = row.files[0] if row.files else None
        yield (
            cell(row.key),
            row.ref,
            cell(row.person),
            cell(row.handler),
            ";".join(row.rights),
            first.path if first else "",
            first.sha256 if first else "",
            row.due.isoformat() if row.due else "",
        )
