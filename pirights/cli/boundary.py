"""The edge of the program: every way in which a command can end, and its exit code."""

import errno
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import typer

from pirights.cli.frame import Call, Contents
from pirights.cli.language import Voice, guessed_language
from pirights.cli.show import Screen
from pirights.errors import BadInput, Cancelled, PirightsError, message

BUG: Final = 1
"""The exit code of an exception that nobody foresaw."""

_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def run(
    program: Contents,
    arguments: Sequence[str],
    *,
    out: BinaryIO | None,
    err: BinaryIO | None,
    environment: Mapping[str, str] = os.environ,
) -> int:
    """Run one command and return its exit code."""
    screen = Screen(out, err)
    screen.voice = Voice(guessed_language(arguments, environment))
    call = Call(screen=screen, environment=environment, arguments=tuple(arguments))
    try:
        _invoke(program, arguments, call)
    except typer.Exit as end:
        return end.exit_code
    except typer.TyperException as error:
        from pirights.cli.usage import is_missing_command, wrong_usage

        call.guess_rendering()
        if is_missing_command(error) and not screen.as_json:
            _show_page(error, screen)
        return _told(wrong_usage(error), screen)
    except PirightsError as error:
        return _told(error, screen)
    except (KeyboardInterrupt, typer.Abort, EOFError):
        return _told(Cancelled(message("Cancelled.")), screen)
    except MemoryError:
        return _told(
            BadInput(
                message("The memory is full."),
                hint=message("Close other programs, or take less at once."),
            ),
            screen,
        )
    except Exception as error:  # noqa: BLE001 (the edge of the program)
        if isinstance(error, OSError) and error.errno in _NO_SPACE:
            return _told(_disk_full(), screen)
        return _bug(error, call)
    return 0


def _invoke(program: Contents, arguments: Sequence[str], call: Call) -> None:
    with program.make_context("pirights", list(arguments), obj=call) as context:
        program.invoke(context)


def _told(error: PirightsError, screen: Screen) -> int:
    screen.error(error)
    return error.exit_code


def _disk_full() -> BadInput:
    return BadInput(
        message("The disk is full. What was acknowledged before is kept."),
        hint=message("Free some space and run the command again."),
    )


def _show_page(error: typer.TyperException, screen: Screen) -> None:
    from pirights.cli.help import page

    context = getattr(error, "ctx", None)
    if context is not None:
        screen.raw(page(context, screen) + "\n", to_stderr=True)


class _Bug(PirightsError):
    """An exception that nobody foresaw, told without the user's data."""

    exit_code = BUG
    name = "bug"


def _bug(error: Exception, call: Call) -> int:
    """Name the kind and the place of an unforeseen exception; its text may hold user data."""
    import traceback

    if call.environment.get("PIRIGHTS_TRACEBACK") == "1":
        call.screen.raw("".join(traceback.format_exception(error)), to_stderr=True)
    said = message(
        "This is a bug in pirights: {kind} at {place}.",
        kind=type(error).__name__,
        place=_place(error),
    )
    hint = message(
        "Please report it. PIRIGHTS_TRACEBACK=1 shows the whole trace; it may hold your own data."
    )
    return _told(_Bug(said, hint=hint), call.screen)


def _place(error: Exception) -> str:
    """Find the innermost line of our own that the exception came through."""
    import traceback

    package = Path(__file__).parent.parent
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(package)]
    last = (ours or frames)[-1]
    path = Path(last.filename)
    name = path.relative_to(package.parent) if ours else Path(path.name)
    return f"{name.as_posix()}:{last.lineno}"


def fill_standard_descriptors() -> None:
    """Open what the caller closed, or the vault's file would get the number of stdout."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
