"""Which mails concern a case, and which are here already."""

from hashlib import sha256

from pirights.domain import mail_domain, reference
from pirights.domain.attachment import Attachment
from pirights.domain.reply import Reply
from pirights.errors import NotFound
from pirights.mail.parse import Mail
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Incoming
from pirights.workflow.known import Known


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
    mail = one.mail
    if mail is None or not mail.message_id:
        return False
    for number in known.came.get((mail.message_id, mail.sender_address), ()):
        try:
            before = desk.vault.get(Reply, number)
        except NotFound:
            continue
        if (before.subject, before.text) == (mail.subject, one.text):
            return True
    return False
