"""To which case a reply belongs: first by what mail programs keep, then by what people type.

A reference that the vault does not know is never obeyed, whoever writes it.
"""

from collections.abc import Collection, Mapping
from typing import Protocol

from pirights.domain import reference
from pirights.domain.quoting import own_words
from pirights.errors import Message, message


class Incoming(Protocol):
    """What of a mail tells its case."""

    @property
    def in_reply_to(self) -> str:
        """The id of the mail it answers, with angle brackets."""

    @property
    def references(self) -> tuple[str, ...]:
        """The ids of the conversation, oldest first."""

    @property
    def subject(self) -> str:
        """The subject, decoded."""

    @property
    def text(self) -> str:
        """The words."""


def match(
    mail: Incoming,
    refs_known: Collection[str],
    message_ids_known: Mapping[str, str],
) -> tuple[str | None, Message]:
    """Find the case of a mail, and say by what.

    Args:
        mail: The mail.
        refs_known: The references of the vault's cases.
        message_ids_known: The id of each mail that was sent, with its case's reference.
    """
    for one in (mail.in_reply_to, *reversed(mail.references)):
        ref = message_ids_known.get(one)
        if ref is not None and ref in refs_known:
            return ref, message("It answers our message {id}.", id=one)
    unknown: list[str] = []
    for words in (mail.subject, own_words(mail.text), mail.text):
        found = reference.find_in(words)
        known = [ref for ref in found if ref in refs_known]
        unknown += [ref for ref in found if ref not in refs_known]
        if len(known) == 1:
            return known[0], message("It names {ref}.", ref=known[0])
        if known:
            return None, message("It names several cases: {refs}.", refs=", ".join(known[:5]))
    if unknown:
        refs = ", ".join(dict.fromkeys(unknown[:5]))
        return None, message("It names {refs}, which this vault does not know.", refs=refs)
    return None, message("It answers no message of ours and names no case.")
