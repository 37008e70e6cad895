"""Questions to the person at the terminal, and secrets from where they may come from.

A passphrase never comes from the command line or the value of an environment variable: others
on the machine can read both.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from pirights.cli.frame import Call
from pirights.errors import BadInput, Cancelled, Message, VaultLocked, WrongUsage, message

_SECRET_LIMIT: Final = 4096
"""Bytes of a passphrase file; a longer one is some other file."""

PASSPHRASE_FILE: Final = "PIRIGHTS_PASSPHRASE_FILE"  # noqa: S105 (a name, no secret)
NEW_PASSPHRASE_FILE: Final = "PIRIGHTS_NEW_PASSPHRASE_FILE"  # noqa: S105 (as above)


def is_terminal() -> bool:
    """Say whether a person can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def confirm(call: Call, question: Message) -> None:
    """Go on only if the person, or `--yes`, says yes.

    Raises:
        Cancelled: The answer is no.
        WrongUsage: Nobody is there to ask.
    """
    if call.yes:
        return
    _need_person(question, message("Add --yes to go ahead without being asked."))
    answer = _ask(call, message("{question} [y/N]", question=question))
    if answer.casefold() not in {"y", "yes", "是", "好", "对"}:
        raise Cancelled(message("Cancelled; nothing was changed."))


def line(call: Call, question: Message, *, option: str, default: str = "") -> str:
    """Ask for one line; an empty answer takes the default.

    Args:
        call: The call of the program.
        question: Without its colon.
        option: The option that would have answered, for those who are not at a terminal.
        default: What an empty answer means.

    Raises:
        WrongUsage: Nobody is there to ask.
    """
    _need_person(question, message("Give {option}.", option=option))
    if default:
        question = message("{question} [{default}]", question=question, default=default)
    return _ask(call, question).strip() or default


def given_passphrase(call: Call) -> str | None:
    """Read the passphrase from `--passphrase-fd` or the file of PIRIGHTS_PASSPHRASE_FILE.

    Returns:
        None if neither was given.

    Raises:
        VaultLocked: It was given but cannot be read.
    """
    return _given(call, descriptor=call.passphrase_fd, variable=PASSPHRASE_FILE)


def typed_passphrase(call: Call) -> str | None:
    """Ask for the passphrase without showing it; None if nobody is there to ask."""
    if not is_terminal():
        return None
    return unseen(call, message("Passphrase or recovery code"))


def new_passphrase(call: Call) -> str | None:
    """Take a new vault's passphrase: from file or descriptor, or asked twice.

    Returns:
        None if none was given and nobody is there to ask.

    Raises:
        BadInput: The two answers differ.
        VaultLocked: It was given but cannot be read.
    """
    given = given_passphrase(call)
    return given if given is not None else _asked_twice(call)


def changed_passphrase(call: Call, *, descriptor: int | None) -> str:
    """Take the passphrase that replaces the old one.

    Args:
        call: The call of the program.
        descriptor: Of `--new-passphrase-fd`, if given.

    Raises:
        BadInput: The two answers differ.
        VaultLocked: It was given but cannot be read, or nobody is there to ask.
    """
    given = _given(call, descriptor=descriptor, variable=NEW_PASSPHRASE_FILE)
    chosen = given if given is not None else _asked_twice(call)
    if chosen is None:
        raise VaultLocked(
            message("There is no terminal to ask for the new passphrase."),
            hint=message(
                "Give it with {file} or {option}.",
                file=NEW_PASSPHRASE_FILE,
                option="--new-passphrase-fd",
            ),
        )
    return chosen


def _asked_twice(call: Call) -> str | None:
    if not is_terminal():
        return None
    first = unseen(call, message("New passphrase"))
    if first != unseen(call, message("The same passphrase again")):
        raise BadInput(
            message("The two passphrases are not the same."), hint=message("Run the command again.")
        )
    return first


def _given(call: Call, *, descriptor: int | None, variable: str) -> str | None:
    if descriptor is not None:
        return _secret(lambda: os.fdopen(descriptor, "rb"), source=f"descriptor {descriptor}")
    path = call.environment.get(variable, "")
    if path:
        return _secret(lambda: Path(path).expanduser().open("rb"), source=path)
    return None


def _secret(opened: Callable[[], BinaryIO], *, source: str) -> str:
    try:
        with opened() as stream:
            data = stream.read(_SECRET_LIMIT + 1)
    except (OSError, ValueError, TypeError, OverflowError) as error:  # a number too large
        raise VaultLocked(
            message("The passphrase could not be read from {source}.", source=source),
            hint=message("Check that it exists, is open and may be read."),
        ) from error
    if len(data) > _SECRET_LIMIT:
        raise VaultLocked(
            message(
                "{source} holds more than {limit} bytes: this is no passphrase.",
                source=source,
                limit=_SECRET_LIMIT,
            )
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise VaultLocked(
            message("The passphrase from {source} is not UTF-8 text.", source=source)
        ) from error
    return text.removesuffix("\n").removesuffix("\r")


def unseen(call: Call, question: Message) -> str:
    """Ask for a secret without showing what is typed."""
    from getpass import getpass

    return getpass(_prompt(call, question))


def _ask(call: Call, question: Message) -> str:
    call.screen.raw(_prompt(call, question), to_stderr=True)
    # What is not UTF-8 becomes surrogates, which every field refuses by name.
    answer = sys.stdin.buffer.readline().decode("utf-8", "surrogateescape")
    if not answer:
        raise Cancelled(message("Cancelled; nothing was changed."))
    return answer.strip()


def _prompt(call: Call, question: Message) -> str:
    voice = call.screen.voice
    return voice.say(message("{question}: ", question=question))


def _need_person(question: Message, hint: Message) -> None:
    if not is_terminal():
        raise WrongUsage(
            message("There is no terminal to ask: {question}", question=question), hint=hint
        )
