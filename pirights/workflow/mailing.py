"""Sending a letter as a mail through the user's own account: once, whatever happens between.

The intent is kept before the network is touched, and what became of it after. An intent without
an end means that the mail may be under way: it is not sent again unless the user says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from pirights.domain.attachment import Attachment
from pirights.domain.dispatch import Channel, Delivery, Dispatch, Letter, Sending
from pirights.domain.escalation import TO_AUTHORITY
from pirights.domain.handler import Handler
from pirights.domain.mail_account import MailAccount
from pirights.domain.person import Person
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.mail.smtp import Fate, Outcome
from pirights.vault.change import Change
from pirights.workflow import acting, dispatching, mail_proof, mailing_failures, rendering
from pirights.workflow.desk import Desk

_STATES: Final = {
    Fate.ACCEPTED: Delivery.SENT,
    Fate.DEFERRED: Delivery.DEFERRED,
    Fate.REFUSED: Delivery.FAILED,
    Fate.NOT_SENT: Delivery.FAILED,
    Fate.UNCERTAIN: Delivery.SENDING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A mail that could be sent now.

    Attributes:
        data: The octets, as they go to the server; of an attempt without an end, the same again.
        notices: What the user should know before saying yes.
    """

    letter: Letter
    account: MailAccount
    sender: str
    to: str
    subject: str
    data: bytes
    notices: tuple[Message, ...]

    @property
    def is_open(self) -> bool:
        """Whether an earlier attempt has no known end."""
        return self.letter.delivery is Delivery.SENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """A letter that was sent as a mail.

    Attributes:
        kept: What was sent and what the server said, as files with the letter.
        watched: The server will report on the delivery.
    """

    letter: Letter
    kept: tuple[Attachment, ...]
    notices: tuple[Message, ...] = ()
    watched: bool = False


def prepare(desk: Desk, ref: str, account: MailAccount) -> Prepared:
    """Write the mail, and make sure that all is there to send it.

    Raises:
        BadInput: No server is set, or an address is missing or none.
        MissingGlyph: A character that the fonts lack.
        NotFound: No such letter.
        NotNextStep: The letter left already.
    """
    letter = dispatching.leaving(desk, ref)
    if not account.smtp.host:
        raise BadInput(
            message("No server is set through which mails are sent."),
            hint=message("Set it: `pirights mail set --smtp-host HOST --user NAME`."),
        )
    if letter.kind in TO_AUTHORITY:
        raise BadInput(
            message(
                "Letter {label} goes to {name}, whose address the vault does not know.",
                label=letter.label,
                name=letter.handler_name,
            ),
            hint=message(
                "Make a draft with `pirights request render {ref} --format eml --out FILE`, and "
                "put in the address that the authority publishes.",
                ref=letter.label,
            ),
        )
    case = desk.case(letter.ref)
    handler = desk.vault.get(Handler, case.handler)
    sender = acting.writer(desk, desk.vault.get(Person, case.person))
    if not handler.email:
        raise BadInput(
            message("{handler} has no e-mail address.", handler=handler.label),
            hint=message(
                "Give it: `pirights handler edit {handler} --email …`.", handler=handler.label
            ),
        )
    if not sender.email:
        raise BadInput(
            message("{person} has no e-mail address.", person=sender.label),
            hint=message(
                "Give it: `pirights person edit {person} --email …`.", person=sender.label
            ),
        )
    letter, data, notices = rendering.as_mail(desk, letter, unsent=False)
    data = mail_proof.of_open(desk, letter, handler.email) or data
    if "@" in account.user and account.user.casefold() != sender.email.casefold():
        notices = (
            *notices,
            message(
                "The letter is from {address}, the account is {user}: the server may refuse that.",
                address=sender.email,
                user=account.user,
            ),
        )
    from pirights.mail.draft import subject_of

    return Prepared(
        letter=letter,
        account=account,
        sender=sender.email,
        to=handler.email,
        subject=subject_of(letter.document.title, letter.ref),
        data=data,
        notices=notices,
    )


def refuse_open(mail: Prepared, *, looked: bool) -> NotNextStep:
    """Say why a mail is not sent again, and what to do.

    Args:
        mail: Its last attempt has no known end.
        looked: The folders of sent mails were looked through, and it is not there.
    """
    attempt = mail.letter.sendings[-1]
    words = {
        "label": mail.letter.label,
        "at": f"{attempt.at:%Y-%m-%d %H:%M} UTC",
        "to": attempt.to,
        "id": mail.letter.id_of(attempt),
    }
    said = (
        message(
            "Letter {label} was being sent to {to} at {at}, and how that ended is not known; in "
            "the folder of sent mails there is no {id}, which proves nothing: not every provider "
            "keeps a copy. It is not sent again.",
            **words,
        )
        if looked
        else message(
            "Letter {label} was being sent to {to} at {at}, and how that ended is not known. It "
            "is not sent again. Look in your folder of sent mails for {id}.",
            **words,
        )
    )
    return NotNextStep(
        said,
        hint=message(
            "If it left: `pirights sent {ref} --channel email`. If not: the same command with "
            "--smtp --again.",
            ref=mail.letter.shortest,
        ),
    )


def look(desk: Desk, mail: Prepared, password: str) -> Mailed | None:
    """Look for a mail in the folders of sent mails, and record it as sent if it is there.

    Returns:
        None if it is not there.

    Raises:
        NetworkRefused: The account cannot be looked into.
    """
    from pirights.mail import imap

    with imap.opened(mail.account, password) as box:
        found = box.sent_holds(mail.letter.id_of(mail.letter.sendings[-1]))
    if not found:
        return None
    attempt = replace(mail.letter.sendings[-1], state=Delivery.SENT)
    with desk.vault.change(now=desk.now) as change:
        letter = _ended(desk, change, mail.letter, attempt, kind="letter.sent")
    return Mailed(
        letter=letter,
        kept=(),
        notices=(
            message(
                "The mail lies in your folder of sent mails: it was sent the first time, and is "
                "recorded so."
            ),
        ),
    )


def send(desk: Desk, mail: Prepared, password: str, *, again: bool = False) -> Mailed:
    """Send a mail, and keep what was sent and what the server said.

    Its id and its octets are kept before the network is touched.

    Args:
        desk: Vault and moment.
        mail: As it was prepared and shown.
        password: Of the account.
        again: Although an earlier attempt has no known end.

    Raises:
        Cancelled: The user stopped it.
        NetworkRefused: It was not taken, or it is not known whether it was.
        NotNextStep: It left meanwhile, or an earlier attempt has no known end.
    """
    from pirights.mail import smtp

    attempt = Sending(
        at=desk.now,
        to=mail.to,
        server=mail.account.smtp.label,
        message_id=mail.letter.message_id,
        mail_sha256=sha256(mail.data).hexdigest(),
    )
    with desk.vault.change(now=desk.now) as change:
        letter = desk.vault.get(Letter, mail.letter.id)
        dispatching.refuse_left(letter)
        if letter.delivery is Delivery.SENDING and not again:
            raise refuse_open(replace(mail, letter=letter), looked=False)
        letter = change.replace(
            replace(
                letter,
                dispatch=None,
                reported=None,
                sendings=(*letter.sendings, attempt),
            ),
            kind="letter.sending",
        )
        kept = mail_proof.keep(desk, change, letter, ".eml", mail.data)
    outcome = smtp.send(
        mail.account, password, sender=mail.sender, recipient=mail.to, data=mail.data
    )
    return _recorded(desk, letter, attempt, outcome, kept)


def _recorded(
    desk: Desk, letter: Letter, attempt: Sending, outcome: Outcome, kept: Sequence[Attachment]
) -> Mailed:
    state = _STATES[outcome.fate]
    ended = replace(attempt, state=state, said=str(outcome.reason or ""))
    kind = {
        Fate.ACCEPTED: "letter.sent",
        Fate.DEFERRED: "letter.deferred",
        Fate.UNCERTAIN: "letter.uncertain",
    }.get(outcome.fate, "letter.failed")
    with desk.vault.change(now=desk.now) as change:
        letter = _ended(desk, change, letter, ended, kind=kind)
        answers = mail_proof.keep(desk, change, letter, "-smtp.txt", outcome.talk.encode())
    if outcome.fate is not Fate.ACCEPTED:
        raise mailing_failures.failure(letter, ended, outcome)
    return Mailed(letter=letter, kept=(*kept, *answers), watched=outcome.watched)


def _ended(desk: Desk, change: Change, letter: Letter, attempt: Sending, *, kind: str) -> Letter:
    """Put the end of an attempt in its place; what others wrote on the letter meanwhile stays."""
    now = desk.vault.get(Letter, letter.id)
    sendings = tuple(
        attempt if one.at == attempt.at and one.state is Delivery.SENDING else one
        for one in now.sendings
    )
    dispatch = now.dispatch
    if attempt.state is Delivery.SENT and dispatch is None:
        dispatch = Dispatch(channel=Channel.EMAIL, on=desk.day_of(attempt.at))
    return change.replace(replace(now, sendings=sendings, dispatch=dispatch), kind=kind)
