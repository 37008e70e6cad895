"""Fetching replies from the user's own mailbox: read-only, one by one, and never one twice.

A mail counts as taken already if one with its id and from its sender was kept that has its size:
then it is not even fetched. One of another size is fetched and compared, so that nobody can keep
a second mail out by giving it the id of the first.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Final

from pirights.domain.attachment import Attachment
from pirights.domain.mail_account import MailAccount
from pirights.errors import BadInput, Cancelled, Message, NetworkRefused, NotFound, message
from pirights.mail import imap
from pirights.mail.imap import Box, Head
from pirights.mail.parse import SIZE_LIMIT
from pirights.workflow import doubles, intake
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Taken
from pirights.workflow.known import Known, is_ours, left_on

_CASES_SEARCHED: Final = 200
"""Cases whose references are looked for in the text of mails: a server reads each mail for it."""


@dataclass(slots=True, kw_only=True)
class Fetched:
    """What came of fetching.

    Attributes:
        since: The first day that was looked at.
        looked_at: Mails whose headers were read.
        already: Mails that were with the vault before.
        taken: Without their texts.
        left: What was not taken, and why.
    """

    since: date
    looked_at: int = 0
    already: int = 0
    taken: list[Taken] = field(default_factory=list)
    left: list[Message] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchWish:
    """Which mails are wanted.

    Attributes:
        since: From which day on; None for the day on which the first letter of an open case left.
        everything: Not only those of handlers with open cases, or with a reference.
        folders: Of the mailbox.
    """

    since: date | None = None
    everything: bool = False
    folders: Sequence[str] = ("INBOX",)


def fetch(
    desk: Desk,
    account: MailAccount,
    password: str,
    wish: FetchWish,
    *,
    tell: Callable[[int], None],
) -> Fetched:
    """Fetch replies; each is kept by itself, so that what was fetched stays, whatever happens.

    Args:
        desk: Vault and moment.
        account: Where to log in.
        password: Of the account.
        wish: Which mails are wanted.
        tell: Is told how many mails were looked at.

    Raises:
        BadInput: No server is set, or the disk is full.
        Cancelled: The user stopped it.
        NetworkRefused: The server cannot be reached, refuses or ends the talk.
        NotFound: No day was given, and no letter of an open case left.
    """
    known = ready(desk, account, wish)
    done = Fetched(since=wish.since or _first_day(desk, known))
    try:
        with imap.opened(account, password) as box:
            for folder in wish.folders:
                box.examine(folder)
                _folder(desk, box, known, done, everything=wish.everything, tell=tell)
    except KeyboardInterrupt:
        raise Cancelled(
            message("Stopped; {count} mails were taken and stay.", count=len(done.taken)),
            hint=message("The same command goes on where it stopped."),
        ) from None
    except NetworkRefused as refused:
        if not done.taken:
            raise
        raise NetworkRefused(
            refused.message,
            hint=message(
                "{count} mails were taken before that and stay. The same command goes on.",
                count=len(done.taken),
            ),
        ) from refused
    return done


def ready(desk: Desk, account: MailAccount, wish: FetchWish) -> Known:
    """Make sure that there is something to fetch, before any password is asked for.

    Raises:
        BadInput: No server is set.
        NotFound: No day was given, and no letter of an open case left.
    """
    if not account.imap.host:
        raise BadInput(
            message("No server is set from which mails are fetched."),
            hint=message("Set it: `pirights mail set --imap-host HOST --user NAME`."),
        )
    known = Known.of(desk)
    if wish.since is None:
        _first_day(desk, known)
    return known


def _first_day(desk: Desk, known: Known) -> date:
    found = (left_on(desk, one.ref) for one in known.cases.values() if one.is_open)
    days = [day for day in found if day is not None]
    if not days:
        raise NotFound(
            message("No letter of an open case was sent, so no answer is awaited."),
            hint=message("Say from which day on, with --since."),
        )
    return min(days)


def _folder(  # noqa: PLR0913 (what a folder is looked through for)
    desk: Desk,
    box: Box,
    known: Known,
    done: Fetched,
    *,
    everything: bool,
    tell: Callable[[int], None],
) -> None:
    uids = box.since(done.since)
    naming = set() if everything else _naming(box, known, done.since)
    for head in box.heads(uids):
        done.looked_at += 1
        tell(done.looked_at)
        if not (everything or head.uid in naming or doubles.concerns(known, head.mail)):
            continue
        if is_ours(desk, head.mail.message_id):
            continue
        if _is_kept(desk, known, head):
            done.already += 1
        elif head.size > SIZE_LIMIT:
            done.left.append(_too_large(head))
        else:
            _take(desk, box, known, head, done)


def _naming(box: Box, known: Known, since: date) -> set[str]:
    """Find the mails in whose text a reference stands, as the server finds them."""
    refs = sorted(known.cases, key=lambda ref: (known.cases[ref].is_open, ref), reverse=True)
    drawn = [ref.split("-")[2] for ref in refs[:_CASES_SEARCHED]]
    return set(box.since(since, drawn)) if drawn else set()


def _is_kept(desk: Desk, known: Known, head: Head) -> bool:
    return any(file.size == head.size for file in _same(desk, known, head))


def _same(desk: Desk, known: Known, head: Head) -> Iterator[Attachment]:
    """The files of the replies that have a mail's id and sender."""
    mail = head.mail
    if mail.message_id:
        for number in known.came.get((mail.message_id, mail.sender_address), ()):
            yield from desk.vault.attachments(f"I{number}")


def _take(desk: Desk, box: Box, known: Known, head: Head, done: Fetched) -> None:
    octets = box.octets(head.uid)
    if not octets:
        return  # gone from the mailbox meanwhile
    if len(octets) > SIZE_LIMIT:
        done.left.append(_too_large(head))
        return
    digest = sha256(octets).hexdigest()
    one = intake.from_mail(f"{digest[:16]}.eml", octets)
    if doubles.is_here(desk, known, one, octets):
        done.already += 1
        return
    with desk.vault.change(now=desk.now) as change:
        taken = intake.keep(desk, change, known, one)
    done.taken.append(taken.without_text)


def _too_large(head: Head) -> Message:
    return message(
        "Not taken, for it has more than {limit} MiB: {subject}, from {sender}. Save it as a file, "
        "then `pirights reply add`.",
        limit=SIZE_LIMIT // 2**20,
        subject=head.mail.subject or head.uid,
        sender=head.mail.sender,
    )
