"""To which case a reply belongs: by what mail programs keep, what people type, who writes.

In this order. A reference that the vault does not know is never obeyed, whoever writes it; nor is
one that somebody else than that case's handler writes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from pirights.domain import reference
from pirights.domain.mail_domain import owner_of
from pirights.domain.quoting import own_words
from pirights.errors import Message, message

_SHOWN: Final = 5
"""References that are named at most."""


class Incoming(Protocol):
    """What of a mail tells its case."""

    @property
    def sender_address(self) -> str:
        """Who wrote it; empty for what is no mail."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCase:
    """What of a case tells its mails.

    Attributes:
        owners: Whose addresses write for its handler (`mail_domain.owner_of`).
    """

    ref: str
    is_open: bool = True
    owners: frozenset[str] = frozenset()


class KnownCases(Mapping[str, KnownCase]):
    """The vault's cases by reference, and by who writes in them."""

    def __init__(self, cases: Iterable[KnownCase]) -> None:
        self._cases = {one.ref: one for one in cases}
        self._open: dict[str, list[str]] = {}
        self.owners = frozenset(owner for one in self._cases.values() for owner in one.owners)
        for one in self._cases.values():
            for owner in one.owners if one.is_open else ():
                self._open.setdefault(owner, []).append(one.ref)

    def __getitem__(self, ref: str) -> KnownCase:
        """The case of a reference."""
        return self._cases[ref]

    def __iter__(self) -> Iterator[str]:
        """The references."""
        return iter(self._cases)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._cases)

    def open_of(self, owner: str) -> Sequence[str]:
        """The open cases in which somebody writes."""
        return self._open.get(owner, ()) if owner else ()


def match(
    mail: Incoming,
    cases: KnownCases,
    message_ids_known: Mapping[str, str],
    *,
    left_on: Callable[[str], date | None],
    on: date,
) -> tuple[str | None, Message]:
    """Find the case of a mail, and say by what.

    Args:
        mail: The mail.
        cases: The vault's cases.
        message_ids_known: The id of each mail that was sent, with its case's reference.
        left_on: Says when the first letter of a case left; None if none did.
        on: The day on which it came in.
    """
    for one in (mail.in_reply_to, *reversed(mail.references)):
        ref = message_ids_known.get(one)
        if ref is not None and ref in cases:
            return ref, _answering(mail, one, cases[ref], cases)
    unknown: list[str] = []
    for words in (mail.subject, own_words(mail.text), mail.text):
        found = reference.find_in(words)
        known = [ref for ref in found if ref in cases]
        unknown += [ref for ref in found if ref not in cases]
        if len(known) == 1:
            return _named(mail, cases[known[0]], cases)
        if known:
            refs = ", ".join(known[:_SHOWN])
            return None, message("It names several cases: {refs}.", refs=refs)
    if unknown:
        refs = ", ".join(dict.fromkeys(unknown[:_SHOWN]))
        return None, message("It names {refs}, which this vault does not know.", refs=refs)
    ref, why = _by_sender(mail, cases, left_on, on)
    mistyped = reference.mistyped_in(f"{mail.subject}\n{mail.text}")
    if mistyped and not (ref and any(reference.is_nearly(one, ref) for one in mistyped)):
        return None, message(
            "It looks as if it names {refs}, but the check character of that reference is wrong.",
            refs=", ".join(mistyped[:_SHOWN]),
        )
    return ref, why


def _answering(mail: Incoming, id: str, case: KnownCase, cases: KnownCases) -> Message:  # noqa: A002
    """Tell which mail of ours it answers, and that somebody else than the handler writes."""
    owner = owner_of(mail.sender_address)
    if _is_stranger(owner, case, cases):
        return message(
            "It answers our message {id}, but comes from {sender}, who is not known to write in "
            "that case.",
            id=id,
            sender=owner,
        )
    return message("It answers our message {id}.", id=id)


def _is_stranger(owner: str, case: KnownCase, cases: KnownCases) -> bool:
    return bool(owner) and owner not in case.owners and bool(case.owners or owner in cases.owners)


def _named(mail: Incoming, case: KnownCase, cases: KnownCases) -> tuple[str | None, Message]:
    """Obey a reference, unless somebody else than the case's handler writes it."""
    owner = owner_of(mail.sender_address)
    if _is_stranger(owner, case, cases):
        return None, message(
            "It names {ref}, but comes from {sender}, who is not known to write in that case.",
            ref=case.ref,
            sender=owner,
        )
    return case.ref, message("It names {ref}.", ref=case.ref)


def _by_sender(
    mail: Incoming,
    cases: KnownCases,
    left_on: Callable[[str], date | None],
    on: date,
) -> tuple[str | None, Message]:
    owner = owner_of(mail.sender_address)
    theirs = cases.open_of(owner)
    # The reason is kept with the reply, and so with its case in the end: it names no other one.
    if len(theirs) > 1:
        return None, message(
            "It names no case, and its sender {sender} has several that are open.", sender=owner
        )
    left = left_on(theirs[0]) if theirs else None
    if left is not None and left <= on:
        return theirs[0], message(
            "It names no case, and its sender {sender} has only this one that is open.",
            sender=owner,
        )
    if theirs:
        return None, message(
            "Its sender {sender} has an open case, but no letter of it had left by then.",
            sender=owner,
        )
    return None, message("It answers no message of ours and names no case.")
