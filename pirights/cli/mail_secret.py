"""The password of the mail account: from a file, the system's keyring, or the person."""

from pathlib import Path
from typing import Final

from pirights.cli import ask
from pirights.cli.frame import Call
from pirights.domain.mail_account import MailAccount
from pirights.errors import BadInput, WrongUsage, message

PASSWORD_FILE: Final = "PIRIGHTS_MAIL_PASSWORD_FILE"  # noqa: S105 (a name, no secret)

_LIMIT: Final = 1024
"""Octets."""


def password(call: Call, account: MailAccount) -> str:
    """Take the password with which to log in; nothing for an account without a user.

    Raises:
        BadInput: The file cannot be read, or holds no password.
        WrongUsage: There is none, and nobody is there to ask.
    """
    from pirights.workflow import mail_settings

    if not account.user:
        return ""
    given = from_file(call)
    if given is None:
        given = mail_settings.kept_password(account)
    if given is None:
        given = typed(call)
    if given is None:
        raise WrongUsage(
            message("There is no password for the mail account {user}.", user=account.user),
            hint=message(
                "Keep it with `pirights mail password`, give it with {variable}, or use a "
                "terminal.",
                variable=PASSWORD_FILE,
            ),
        )
    return given


def from_file(call: Call) -> str | None:
    """Read the password from the file of PIRIGHTS_MAIL_PASSWORD_FILE; None if there is none.

    Raises:
        BadInput: It cannot be read, or holds no password.
    """
    name = call.environment.get(PASSWORD_FILE, "")
    if not name:
        return None
    try:
        with Path(name).expanduser().open("rb") as file:
            data = file.read(_LIMIT + 1)
    except (OSError, ValueError) as wrong:
        raise BadInput(
            message("The mail password could not be read from {source}.", source=name),
            hint=message("Check that it exists, is open and may be read."),
        ) from wrong
    return _sound(data.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r"))


def typed(call: Call) -> str | None:
    """Ask for the password without showing it; None if nobody is there to ask.

    Raises:
        BadInput: What was typed is no password.
    """
    if not ask.is_terminal():
        return None
    return _sound(ask.unseen(call, message("Password of the mail account")))


def _sound(text: str) -> str:
    if not text or len(text) > _LIMIT or not text.isascii() or not text.isprintable():
        raise BadInput(
            message("This is no password of a mail account."),
            hint=message(
                "It is one line of letters, digits and signs without accents. Many providers give "
                "programs a password of their own (授权码)."
            ),
        )
    return text
