"""What a kept mail or text says, as it is set on pages of the bundle."""

from collections.abc import Callable, Iterator
from typing import Final

from pirights.domain.attachment import Attachment
from pirights.domain.words import Words
from pirights.errors import BadInput

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


def text(file: Attachment, content: Callable[[], Iterator[bytes]]) -> str:
    """Set out a mail or a text as what is printed of it.

    Args:
        file: What was kept.
        content: Opens its octets.
    """
    from pirights.mail.charset import decoded

    data = b""
    for piece in content():
        data += piece
        if len(data) > LIMIT:
            break
    if file.media_type != "message/rfc822" or file.size > LIMIT:
        return decoded(data[:LIMIT])
    from pirights.mail.parse import parse

    try:
        mail = parse(data)
    except BadInput:
        return "\n".join([_AS_RECEIVED.zh, _AS_RECEIVED.en, "—" * 20, decoded(data)])
    head = decoded(data.replace(b"\r\n", b"\n").partition(b"\n\n")[0])
    shown = (
        f"发件人 / From: {mail.sender}",
        f"收件人 / To: {', '.join(mail.to)}",
        f"主题 / Subject: {mail.subject}",
        *(f"附件 / Attachment: {each.name} ({each.size})" for each in mail.attachments),
    )
    rule = "—" * 20
    return "\n".join([*shown, rule, mail.text, rule, "邮件头原文 / Headers as received", "", head])
