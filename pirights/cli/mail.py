"""`pirights mail`: the user's own mail account."""

import shlex
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pirights import settings
from pirights.cli import ask, mail_secret
from pirights.cli.frame import Call, call, group
from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.domain.mail_account import Security
from pirights.errors import WrongUsage, message

if TYPE_CHECKING:
    from pirights.workflow.mail_settings import ServerWish

app = group(N_("Set the mail account that letters go through."))

Host = Annotated[str | None, typer.Option(metavar="HOST", help=N_("The server that sends."))]
InHost = Annotated[
    str | None, typer.Option(metavar="HOST", help=N_("The server that holds your mails."))
]
Port = Annotated[
    int | None, typer.Option(metavar="N", help=N_("Its port; the usual one if left out."))
]
Tls = Annotated[
    Security | None,
    typer.Option(help=N_("tls from the start, or starttls; none on this computer only.")),
]


@app.command("set", help=N_("Set servers and user; the password is kept elsewhere."))
def set_(
    ctx: typer.Context,
    *,
    user: Annotated[
        str | None, typer.Option(metavar="NAME", help=N_("The name to log in with."))
    ] = None,
    smtp_host: Host = None,
    smtp_port: Port = None,
    smtp_security: Tls = None,
    imap_host: InHost = None,
    imap_port: Port = None,
    imap_security: Tls = None,
    timeout: Annotated[
        int | None,
        typer.Option(metavar="SECONDS", help=N_("How long to wait for an answer.")),
    ] = None,
) -> None:
    from pirights.workflow import mail_settings
    from pirights.workflow.mail_settings import ServerWish

    here = call(ctx)
    smtp = ServerWish(host=smtp_host, port=smtp_port, security=smtp_security)
    imap = ServerWish(host=imap_host, port=imap_port, security=imap_security)
    asks = user is None and timeout is None and smtp == imap == ServerWish()
    if asks and ask.is_terminal():
        user, smtp, imap = _asked(here)
    elif asks:
        raise WrongUsage(
            message("Say what to set."),
            hint=message("As in `pirights mail set --smtp-host smtp.example.com --user NAME`."),
        )
    done = mail_settings.set_(user=user, timeout=timeout, smtp=smtp, imap=imap)
    said = [message("The mail settings are kept in {file}.", file=str(done.file))]
    if done.account.user and not done.has_password:
        said.append(message("Next, the password: `pirights mail password`."))
    if asks:
        words = ["pirights", "mail", "set", "--user", done.account.user]
        words += ["--smtp-host", done.account.smtp.host] if done.account.smtp.host else []
        words += ["--imap-host", done.account.imap.host] if done.account.imap.host else []
        here.screen.command(shlex.join(words))
    _show(here, "MailSet", done, *said)


def _asked(here: Call) -> tuple[str, "ServerWish", "ServerWish"]:
    """Ask for the user and the two servers; what stands already is the default."""
    from pirights.workflow.mail_settings import ServerWish

    before = settings.mail_account()
    user = ask.line(
        here,
        message("The name to log in with, most often your e-mail address"),
        option="--user",
        default=before.user,
    )
    smtp = ask.line(
        here,
        message("The server that sends (SMTP)"),
        option="--smtp-host",
        default=before.smtp.host,
    )
    imap = ask.line(
        here,
        message("The server that holds your mails (IMAP; or nothing)"),
        option="--imap-host",
        default=before.imap.host,
    )
    ask.confirm(
        here,
        message(
            "Set the account {user} with {servers}?",
            user=user,
            servers=[one for one in (smtp, imap) if one],
        ),
    )
    return user, ServerWish(host=smtp or None), ServerWish(host=imap or None)


@app.command(help=N_("Show the mail account; never its password."))
def show(ctx: typer.Context) -> None:
    from pirights.workflow import mail_settings

    done = mail_settings.show()
    said = () if done.account.user else (message("No mail account is set."),)
    _show(call(ctx), "MailShow", done, *said)


@app.command(help=N_("Keep the account's password in the system's keyring."))
def password(ctx: typer.Context) -> None:
    from pirights.workflow import mail_settings

    here = call(ctx)
    account = settings.mail_account()
    mail_settings.refuse_nobody(account)
    given = mail_secret.from_file(here)
    if given is None:
        given = mail_secret.typed(here)
    if given is None:
        raise WrongUsage(
            message("There is no terminal to ask for the password."),
            hint=message("Give it with {variable}.", variable=mail_secret.PASSWORD_FILE),
        )
    mail_settings.keep_password(account, given)
    here.screen.result(
        "MailPassword",
        {"user": account.user, "kept": True},
        message("The keyring keeps the password of {user}.", user=account.user),
    )


def _show(here: Any, kind: str, done: Any, *said: Any) -> None:  # noqa: ANN401
    account = done.account
    servers = {"smtp": account.smtp, "imap": account.imap}
    here.screen.result(
        kind,
        {
            "file": str(done.file),
            "user": account.user,
            "timeout": account.timeout,
            "password_kept": done.has_password,
            **{
                name: {"host": one.host, "port": one.port, "security": one.security}
                if one.host
                else None
                for name, one in servers.items()
            },
        },
        *said,
        Facts(
            [
                (N_("User"), account.user),
                (N_("Sends through"), _server(account.smtp)),
                (N_("Fetches from"), _server(account.imap)),
                (N_("Waits, seconds"), account.timeout),
                (
                    N_("Password"),
                    account.user
                    and (
                        message("in the system's keyring")
                        if done.has_password
                        else message("not kept; it is asked for")
                    ),
                ),
            ]
        ),
    )


def _server(one: Any) -> Any:  # noqa: ANN401
    return [one.label, one.security] if one.host else None
