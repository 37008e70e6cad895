"""The user's mail account: what is set, and where its password is kept."""

from dataclasses import dataclass, replace
from pathlib import Path

from pirights import settings
from pirights.domain.mail_account import (
    IMAP_PORTS,
    LONGEST_WAIT,
    SMTP_PORTS,
    MailAccount,
    Security,
    Server,
    is_loopback,
)
from pirights.domain.text import one_line
from pirights.errors import BadInput, message
from pirights.vault import keyring_slot
from pirights.workflow.papers import write_whole

_HIGHEST_PORT = 2**16 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerWish:
    """What is to be changed about a server; None leaves a field as it is."""

    host: str | None = None
    port: int | None = None
    security: Security | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An account as it is set. `has_password`: the keyring holds one."""

    account: MailAccount
    file: Path
    has_password: bool


def show() -> Shown:
    """Say what is set.

    Raises:
        BadInput: The settings cannot be read.
    """
    account = settings.mail_account()
    return Shown(
        account=account,
        file=settings.mail_file(),
        has_password=kept_password(account) is not None,
    )


def set_(*, user: str | None, timeout: int | None, smtp: ServerWish, imap: ServerWish) -> Shown:
    """Change the settings; what is not told stays.

    Raises:
        BadInput: A value that cannot be, or the file cannot be written.
    """
    before = settings.mail_account()
    account = replace(
        before,
        smtp=_server(before.smtp, smtp, SMTP_PORTS),
        imap=_server(before.imap, imap, IMAP_PORTS),
    )
    if user is not None:
        account = replace(account, user=one_line(user, field="user", limit=254))
    if timeout is not None:
        if not 1 <= timeout <= LONGEST_WAIT:
            raise BadInput(
                message("Wait between 1 and {most} seconds for a server.", most=LONGEST_WAIT)
            )
        account = replace(account, timeout=timeout)
    path = settings.mail_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as wrong:
        raise BadInput(
            message("{file} cannot be written: {problem}.", file=path, problem=wrong.strerror)
        ) from wrong
    write_whole(path, settings.mail_toml(account).encode())
    return show()


def refuse_nobody(account: MailAccount) -> None:
    """Refuse an account without a user, before its password is asked for.

    Raises:
        BadInput: No user is set.
    """
    if not account.user:
        raise BadInput(
            message("No user of a mail account is set."),
            hint=message("Set it: `pirights mail set --smtp-host HOST --user NAME`."),
        )


def keep_password(account: MailAccount, password: str) -> None:
    """Keep the password in the system's keyring, and nowhere else.

    Raises:
        BadInput: No user is set, or there is no keyring that is to be trusted.
    """
    refuse_nobody(account)
    if not keyring_slot.keep_password(_name(account), password):
        raise BadInput(
            message("There is no keyring of the system that keeps the password."),
            hint=message(
                "Give it each time: PIRIGHTS_MAIL_PASSWORD_FILE names a file, or type it."
            ),
        )


def kept_password(account: MailAccount) -> str | None:
    """Fetch the password from the system's keyring."""
    return keyring_slot.fetch_password(_name(account)) if account.user else None


def _name(account: MailAccount) -> str:
    """What the keyring calls it: with another provider, the password is asked for anew."""
    return f"{account.user}@{account.smtp.host or account.imap.host}"


def _server(before: Server, wish: ServerWish, ports: dict[Security, int]) -> Server:
    if wish == ServerWish():
        return before
    host = before.host if wish.host is None else one_line(wish.host, field="host", limit=253)
    if not host:
        if wish.host is None:
            raise BadInput(
                message("Name the server too."),
                hint=message("As in `pirights mail set --smtp-host smtp.example.com`."),
            )
        return Server()
    if not host.isascii() or not set(host) <= _HOST_CHARACTERS:
        raise BadInput(message("{host} is not the name of a server.", host=host))
    security = wish.security or (before.security if before.host else Security.TLS)
    kept = before.port if before.host and security is before.security else ports[security]
    port = wish.port if wish.port is not None else kept
    if not 1 <= port <= _HIGHEST_PORT:
        raise BadInput(message("{port} is not the number of a port.", port=port))
    if security is Security.NONE and not is_loopback(host):
        raise BadInput(
            message(
                "Without TLS, password and letter could be read on the way to {host}.", host=host
            ),
            hint=message("Take tls or starttls; none is for a server on this computer only."),
        )
    return Server(host=host, port=port, security=security)


_HOST_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:")
