"""Which mails concern a case, and what is here already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path

from pirights.domain import mail_domain, reference
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.case import Case
from pirights.domain.reply import Reply
from pirights.errors import NotFound
from pirights.mail.parse import Mail
from pirights.vault.attachments import CAP
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Incoming
from pirights.workflow.known import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is the same and here already.

    Attributes:
        reply: The same message; None if this one is to be taken.
        elsewhere: Replies of other cases that are the same file.
    """

    reply: Reply | None
    elsewhere: tuple[Reply, ...]


def concerns(known: Known, mail: Mail) -> bool:
    """Whether a mail, or what is known of it, may be an answer to one of ours."""
    if known.cases.open_of(mail_domain.owner_of(mail.sender_address)):
        return True
    words = " ".join((mail.subject, mail.in_reply_to, *mail.references))
    return any(ref in known.cases for ref in reference.find_in(words))


def is_here(desk: Desk, known: Known, one: Incoming, octets: bytes) -> bool:
    """Whether the same octets were taken in, or the same words under the same id."""
    if desk.vault.find_all(Attachment, sha256=sha256(octets).hexdigest(), limit=1):
        return True
    return any(True for _ in _same_mail(desk, known, one))


def kept(desk: Desk, known: Known, one: Incoming, *, case: Case | None, on: date | None) -> Kept:
    """The reply that counts and is the same: of the same octets, or the same mail.

    What is the same may still be another message: of another case, where a person names it; and
    where no mail says its own moment, of another day that a person names, or the same words again
    in answer to a letter that left since.
    """
    found = [each for each in _same(desk, known, one) if each.counts]
    same = [
        each
        for each in found
        if (case is None or each.ref in {case.ref, ""})
        and (one.mail is not None or (on in {None, each.on} and not _was_followed(desk, each)))
    ]
    same.sort(key=lambda each: not each.ref)
    return Kept(reply=next(iter(same), None), elsewhere=() if same else tuple(found))


def _same(desk: Desk, known: Known, one: Incoming) -> list[Reply]:
    found = [*(each for each, _ in of_files(desk, [one.source])), *_same_mail(desk, known, one)]
    return list({each.id: each for each in found}.values())


def _was_followed(desk: Desk, reply: Reply) -> bool:
    """Whether a letter of ours left in its case after a reply."""
    letters = desk.letters(desk.case(reply.ref)) if reply.ref else ()
    return any(one.dispatch is not None and one.number > reply.number for one in letters)


def of_files(desk: Desk, sources: Sequence[Path | bytes]) -> Iterator[tuple[Reply, bool]]:
    """The replies that count and are these files and nothing else, oldest first.

    Yields:
        The reply, and whether its files follow each other as these do.
    """
    digests = [_digest(source) for source in sources]
    for file in desk.vault.find_all(Attachment, sha256=digests[0], newest_first=False):
        kept = [one.sha256 for one in desk.vault.attachments(file.owner)]
        if file.purpose is Purpose.REPLY and sorted(kept) == sorted(digests):
            reply = desk.vault.get(Reply, int(file.owner.removeprefix("I")))
            if reply.counts:
                yield reply, kept == digests


def _same_mail(desk: Desk, known: Known, one: Incoming) -> Iterator[Reply]:
    """The replies that have a mail's id, its sender, its subject and its words."""
    mail = one.mail
    if mail is None or not mail.message_id:
        return
    for number in known.came.get((mail.message_id, mail.sender_address), ()):
        try:
            before = desk.vault.get(Reply, number)
        except NotFound:
            continue
        if (before.subject, before.text) == (mail.subject, one.text):
            yield before


def _digest(source: Path | bytes) -> str:
    """The SHA-256; of a file that cannot be taken nothing, and keeping it says why."""
    if isinstance(source, bytes):
        return sha256(source).hexdigest()
    try:
        if not source.is_file() or source.stat().st_size > CAP:
            return ""
        with source.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
