"""The sheet of `pirights due --export`: where it may lie, and what is said of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pirights.cli.desk import opened
from pirights.cli.frame import Call
from pirights.cli.language import N_
from pirights.cli.progress import shown
from pirights.cli.replacing import confirm_replacing
from pirights.errors import Message, message

if TYPE_CHECKING:
    from pirights.batch.due_sheet import DueSheet


def made(call: Call, file: Path | None, *, within: int | None) -> "DueSheet | None":
    """Write the sheet; at a terminal an earlier one is replaced only after a question.

    Raises:
        BadInput: The name has no ending of a sheet, or the file cannot be written.
        Cancelled: An earlier one is to stay.
    """
    if file is None:
        return None
    from pirights.batch import due_sheet

    due_sheet.refuse_ending(file)
    confirm_replacing(call, file)
    say = call.screen.voice.value
    with opened(call) as desk, shown(call, N_("Cases")) as progress:
        return due_sheet.write(desk, file, say, within=within, progress=progress)


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
            "{file} holds {rows} rows; {letters} of them name a letter that can be written now.",
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
