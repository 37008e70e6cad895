"""The sheet of `pirights due --export`: where it may lie, and what is said of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pirights.cli import ask
from pirights.cli.desk import opened
from pirights.cli.frame import Call
from pirights.cli.language import N_
from pirights.cli.progress import shown
from pirights.errors import Message, message

if TYPE_CHECKING:
    from pirights.batch.due_sheet import DueSheet


def made(call: Call, file: Path | None, *, within: int | None) -> "DueSheet | None":
    """Write the sheet; another one that stands there is replaced only after a question.

    Raises:
        BadInput: The name has no ending of a sheet, or the file cannot be written.
        Cancelled: The other one is to stay.
        WrongUsage: Nobody is there to ask.
    """
    if file is None:
        return None
    from pirights.batch import due_sheet, template_book

    due_sheet.refuse_ending(file)
    say = call.screen.voice.value
    with opened(call) as desk, shown(call, N_("Cases")) as progress:
        sheet = due_sheet.composed(desk, file, say, within=within, progress=progress)
    if template_book.is_filled_in(file, sheet.octets):  # by somebody who went through it, it may be
        ask.confirm(call, message("{file} exists. Replace it?", file=file))
    due_sheet.write(file, sheet)
    return sheet


def view(file: Path | None, sheet: "DueSheet | None") -> dict[str, Any]:
    """What programs read of it; nothing where none was asked for."""
    if sheet is None:
        return {}
    return {"export": {"file": file, "rows": sheet.rows, "letters": sheet.letters}}


def said(file: Path | None, sheet: "DueSheet | None") -> list[Message]:
    """What people read of it."""
    if sheet is None:
        return []
    found = [
        message(
            "Rows in {file}: {rows}; those with a letter that can be written now: {letters}.",
            file=file,
            rows=sheet.rows,
            letters=sheet.letters,
        )
    ]
    if sheet.letters:
        found.append(
            message(
                "Delete or change what is not to be written, then: `pirights batch run {file} "
                "--out DIR`.",
                file=file,
            )
        )
    return found
