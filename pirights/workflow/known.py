"""What the vault knows that a mail may be matched with: cases, our mails' ids, what came before."""

from dataclasses import dataclass, field
from datetime import date

from pirights.domain import mail_domain, reference
from pirights.domain.case import Case
from pirights.domain.dispatch import Letter
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.domain.reply import NO_ANSWER, Reply
from pirights.domain.reply_matching import KnownCase, KnownCases
from pirights.mail.parse import Mail
from pirights.workflow.desk import Desk


@dataclass(slots=True, kw_only=True)
class Known:
    """An index over the vault, made once for an act; replies just taken in are added to it.

    Attributes:
        cases: By reference.
        came: The number of each reply that came as a mail, by its id and its sender.
    """

    cases: KnownCases
    came: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, desk: Desk) -> "Known":
        """Look through cases, handlers and replies; their texts are not kept in memory."""
        vouched: dict[str, set[str]] = {}
        came: dict[tuple[str, str], list[int]] = {}
        for reply in desk.vault.each(Reply):
            if reply.message_id:
                came.setdefault((reply.message_id, reply.sender_address), []).append(reply.id)
            if reply.counts and reply.by_hand and reply.ref and reply.kind not in NO_ANSWER:
                vouched.setdefault(reply.ref, set()).add(mail_domain.owner_of(reply.sender_address))
        own = {mail_domain.owner_of(one.email) for one in desk.vault.each(Person)}
        handlers = {one.id: set(_owners(one)) for one in desk.vault.each(Handler)}
        found = list(desk.vault.each(Case))
        for case in found:  # who writes for a handler in one case writes for it in the others too
            handlers[case.handler] |= vouched.get(case.ref, set()) - own
        cases = (
            KnownCase(
                ref=case.ref,
                is_open=case.closed_on is None,
                owners=frozenset(handlers[case.handler] - {""}),
            )
            for case in found
        )
        return cls(cases=KnownCases(cases), came=came)

    def note(self, reply: Reply) -> None:
        """Remember a reply that was just taken in."""
        if reply.message_id:
            key = (reply.message_id, reply.sender_address)
            self.came.setdefault(key, []).append(reply.id)


def left_on(desk: Desk, ref: str) -> date | None:
    """Say when the first letter of a case left; None if none did."""
    letters = desk.vault.find_all(Letter, ref=ref)
    return min((one.dispatch.on for one in letters if one.dispatch), default=None)


def is_ours(desk: Desk, message_id: str) -> bool:
    """Whether a mail is one of our own letters; their ids hold the case's reference."""
    return any(
        message_id in letter.mail_ids
        for ref in reference.find_in(message_id)
        for letter in desk.vault.find_all(Letter, ref=ref)
    )


def sent_ids(desk: Desk, mail: Mail) -> dict[str, str]:
    """Find those of our letters that a mail answers; their ids hold the case's reference."""
    refs = reference.find_in(" ".join((mail.in_reply_to, *mail.references)))
    return {
        one: letter.ref
        for ref in refs
        for letter in desk.vault.find_all(Letter, ref=ref)
        for one in letter.mail_ids
    }


def _owners(handler: Handler) -> frozenset[str]:
    pages = (handler.web, handler.policy_url)
    return frozenset(
        {mail_domain.owner_of(handler.email), *(mail_domain.owner_of_page(one) for one in pages)}
    )
