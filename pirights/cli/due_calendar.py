"""The calendar of `pirights due --ics`: what is asked for, and what is said of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pirights.cli.desk import opened
from pirights.cli.frame import Call
from pirights.errors import Message, WrongUsage, message

if TYPE_CHECKING:
    from pirights.workflow.due_calendar import Calendar

_STDOUT: Final = Path("-")


def is_stdout(file: Path | None) -> bool:
    """Say whether the calendar is to be the whole output."""
    return file == _STDOUT


def made(call: Call, file: Path | None, *, within: int | None, detail: bool) -> "Calendar":
    """Make the calendar, and write it where it is to be a file.

    Raises:
        WrongUsage: The options do not go together.
        BadInput: The file is no calendar of ours, or cannot be written.
    """
    from pirights.workflow import due_calendar

    if file is None:
        raise WrongUsage(
            message("--detail says what stands in a calendar, and there is none."),
            hint=message("Name its file with --ics FILE."),
        )
    if is_stdout(file) and call.screen.as_json:
        raise WrongUsage(
            message("--ics - and --json cannot both be written to stdout."),
            hint=message("Name a file with --ics FILE."),
        )
    say = call.screen.voice.say
    with opened(call) as desk:
        found = (
            due_calendar.make(desk, say, within=within, detail=detail)
            if is_stdout(file)
            else due_calendar.write(desk, file, say, within=within, detail=detail)
        )
    if detail and found.octets:
        call.screen.warn(
            message("The calendar names the handlers; calendars are often shared, or kept online.")
        )
    return found


def view(file: Path | None, calendar: "Calendar") -> dict[str, Any]:
    """What programs read of it; `file` is null where nothing was to be written."""
    return {
        "file": file if calendar.octets else None,
        "entries": calendar.running,
        "cancelled": calendar.cancelled,
    }


def said(file: Path | None, calendar: "Calendar | None") -> list[Message]:
    """What people read of it."""
    if calendar is None:
        return []
    if not calendar.octets:
        return [message("No calendar is written, for it would be empty.")]
    return [
        message(
            "{file} holds {running} days; {cancelled} are called off.",
            file=file,
            running=calendar.running,
            cancelled=calendar.cancelled,
        )
    ]
