"""What is kept of each attempt to send a letter as a mail: its octets, and what the server said."""

from hashlib import sha256

from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.dispatch import Delivery, Letter
from pirights.vault.change import Change
from pirights.workflow.desk import Desk


def name(letter: Letter) -> str:
    """Name the files of the last attempt, without an ending: each attempt has its own."""
    return f"{letter.ref}-{letter.number}-{len(letter.sendings)}"


def keep(
    desk: Desk, change: Change, letter: Letter, ending: str, data: bytes
) -> tuple[Attachment, ...]:
    """Keep octets with a letter, unless they are there from an earlier attempt."""
    if not data:
        return ()
    digest = sha256(data).hexdigest()
    there = [one for one in desk.vault.attachments(letter.label) if one.sha256 == digest]
    if there:
        return (there[0],)
    file = f"{name(letter)}{ending}"
    return (change.attach_octets(file, data, owner=letter.label, purpose=Purpose.SENT_PROOF),)


def of_open(desk: Desk, letter: Letter, to: str) -> bytes:
    """The octets of an attempt to this address that has no known end; nothing if there is none."""
    if letter.delivery is not Delivery.SENDING:
        return b""
    attempt = letter.sendings[-1]
    if attempt.to.casefold() != to.casefold() or not attempt.mail_sha256:
        return b""
    for file in desk.vault.attachments(letter.label):
        if file.sha256 == attempt.mail_sha256:
            return b"".join(desk.vault.chunks(file))
    return b""
