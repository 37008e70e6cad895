"""What a kept mail or text says, as it is set on pages of the bundle."""

from collections.abc import Callable, Iterator
from typing import Final

from pirights.domain.attachment import Attachment
from pirights.domain.document import Letters
from pirights.domain.words import Words
from pirights.errors import BadInput
from pirights.workflow.mail_verdicts import statement

LIMIT: Final = 2 * 2**20
"""Octets of a mail or text that are set as pages; the original holds the rest."""

_KINDS: Final = frozenset({"message/rfc822", "text/plain", "text/csv", "text/html"})
_AS_RECEIVED: Final = Words(
    zh="本邮件的结构超出可解析的限度，未予解析；以下为收到时的原文。",
    en="This mail goes beyond what can be taken apart safely; it stands below as it was received.",
)


def has_text(file: Attachment) -> bool:
    """Say whether the pages of a file are set from its text."""
    return file.media_type in _KINDS


def text(file: Attachment, content: Callable[[], Iterator[bytes]], letters: Letters) -> str:
    """Set out a mail or a text as what is printed of it.

    Args:
        file: What was kept.
        content: Opens its octets.
        letters: The languages of what is said of a mail's headers.
    """
    from pirights.mail.charset import decoded

    data = b""
    for piece in content():
        data += piece
        if len(data) > LIMIT:
            break
    data = data[:LIMIT]
    if file.media_type != "message/rfc822":
        return decoded(data)
    from pirights.mail.authentication import recorded
    from pirights.mail.parse import parse

    rule = "—" * 20
    head = decoded(data.replace(b"\r\n", b"\n").partition(b"\n\n")[0])
    checked = statement(recorded(head), letters)
    if file.size > LIMIT:
        return "\n".join([checked, rule, decoded(data)])
    try:
        mail = parse(data)
    except BadInput:
        said = (_AS_RECEIVED.zh, _AS_RECEIVED.en, rule, checked, rule)
        return "\n".join([*said, decoded(data)])
    shown = (
        f"发件人 / From: {mail.sender}",
        f"收件人 / To: {', '.join(mail.to)}",
        f"主题 / Subject: {mail.subject}",
        *(f"附件 / Attachment: {each.name} ({each.size})" for each in mail.attachments),
    )
    raw = ("邮件头原文 / Headers as received", "", head)
    return "\n".join([*shown, rule, mail.text, rule, checked, rule, *raw])
