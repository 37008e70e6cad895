"""`pirights sent --smtp`: shown, confirmed, sent, told."""

from typing import Any

from pirights import settings
from pirights.cli import ask, mail_secret, views
from pirights.cli.desk import opened
from pirights.cli.frame import Call
from pirights.cli.language import N_
from pirights.cli.show import Facts
from pirights.errors import NetworkRefused, WrongUsage, message


def send(here: Call, ref: str, *, again: bool, dry_run: bool) -> None:
    """Send a letter through the user's own account."""
    from pirights.workflow import mailing

    account = settings.mail_account()
    with opened(here) as desk:
        mail = mailing.prepare(desk, ref, account)
        for notice in mail.notices:
            here.screen.warn(notice)
        if mail.is_open and not again:
            found = None if dry_run else _looked(here, desk, mail)
            if found is None:
                raise mailing.refuse_open(mail, looked=False)
            _show(
                here,
                mail,
                found,
                message("Letter {label} is recorded as sent.", label=mail.letter.label),
            )
            return
        if dry_run:
            _show_dry(here, mail)
            return
        if not here.yes:
            here.screen.notice(
                message(
                    "From {sender} to {to}, subject: {subject}",
                    sender=mail.sender,
                    to=mail.to,
                    subject=mail.subject,
                )
            )
        ask.confirm(here, message("Send this mail through {server}?", server=account.smtp.label))
        password = mail_secret.password(here, account)
        done = mailing.send(desk, mail, password, again=again)
    _show(here, mail, done, message("Letter {label} was sent.", label=done.letter.label))


def _looked(here: Call, desk: Any, mail: Any) -> Any:  # noqa: ANN401
    """Look for a mail among the sent ones, where an account is set that can be looked into.

    Raises:
        NotNextStep: It is not there.
    """
    from pirights.workflow import mailing

    if not mail.account.imap.host:
        return None
    try:
        found = mailing.look(desk, mail, mail_secret.password(here, mail.account))
    except (NetworkRefused, WrongUsage) as wrong:
        here.screen.warn(wrong.message)
        return None
    if found is None:
        raise mailing.refuse_open(mail, looked=True)
    return found


def _facts(mail: Any) -> list[tuple[str, object]]:  # noqa: ANN401
    return [
        (N_("From"), mail.sender),
        (N_("To"), mail.to),
        (N_("Subject"), mail.subject),
        (N_("Message-ID"), mail.letter.message_id),
        (N_("Server"), mail.account.smtp.label),
        (N_("Size in bytes"), len(mail.data)),
    ]


def _data(mail: Any) -> dict[str, object]:  # noqa: ANN401
    return {
        "from": mail.sender,
        "to": [mail.to],
        "subject": mail.subject,
        "message_id": mail.letter.message_id,
        "server": mail.account.smtp.label,
        "size": len(mail.data),
    }


def _show_dry(here: Call, mail: Any) -> None:  # noqa: ANN401
    here.screen.result(
        "SentDryRun",
        {**_data(mail), "ref": mail.letter.ref, "id": mail.letter.label, "sent": False},
        message("Nothing was sent: this is what would be."),
        Facts(_facts(mail)),
    )


def _show(here: Call, mail: Any, done: Any, said: Any) -> None:  # noqa: ANN401
    letter = done.letter
    for notice in done.notices:
        here.screen.notice(notice)
    here.screen.result(
        "Sent",
        {
            **views.letter(letter),
            **_data(mail),
            "to": letter.handler_name,
            "recipients": [mail.to],
            "ref": letter.ref,
            "proofs": [views.attachment(one) for one in done.kept],
            "due": None,
            "delivery_report_asked": done.watched,
        },
        said,
        Facts(
            [
                *_facts(mail),
                (N_("Sent on"), letter.dispatch.on),
                (N_("Proofs kept"), [one.name for one in done.kept]),
            ]
        ),
        message(
            "The server was asked to report on the delivery; `inbox fetch` takes such reports in."
        )
        if done.watched
        else message("The server does not report on deliveries; an answer shows that it arrived."),
        message(
            "Next, when it has arrived: `pirights received {ref} --at DATE --proof FILE`.",
            ref=letter.shortest,
        ),
    )
