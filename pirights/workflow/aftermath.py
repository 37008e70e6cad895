"""What a reply does beside being kept.

A late one reopens its case; a mail that came back marks our letter and the address it went to.
"""

from dataclasses import replace
from typing import Final

from pirights.domain.case import Case, Outcome
from pirights.domain.dispatch import Channel, Delivery, Letter
from pirights.domain.handler import Handler
from pirights.domain.reply import FINAL, NO_ANSWER, Reply, ReplyKind
from pirights.errors import Message, message
from pirights.mail.parse import Mail
from pirights.vault.change import Change
from pirights.workflow.desk import Desk

_OF_OUTCOME: Final = {
    Outcome.FULL: {ReplyKind.GIVEN},
    Outcome.PARTIAL: {ReplyKind.PARTIAL, ReplyKind.GIVEN, ReplyKind.REFUSED, ReplyKind.EXEMPT},
    Outcome.REFUSED: {ReplyKind.REFUSED, ReplyKind.EXEMPT},
    Outcome.NO_DATA: {ReplyKind.NO_DATA},
    Outcome.NONE: set[ReplyKind](),
}
"""The answers that agree with what a case was closed with; all do where its owner withdrew."""


def follow(
    desk: Desk, change: Change, case: Case, reply: Reply, mail: Mail | None
) -> tuple[Message, ...]:
    """Do what a reply entails, and tell it."""
    notices = list(_way(desk, change, case, reply, mail))
    if case.closed_on is None or reply.kind in NO_ANSWER:
        return tuple(notices)
    words = {"ref": case.ref, "date": case.closed_on, "outcome": case.outcome}
    after = reply.on > case.closed_on
    if not after and not _contradicts(case.outcome, reply):
        notices.append(
            message(
                "Case {ref} was closed on {date} ({outcome}), and this reply, of that day or "
                "before, was not with it: see whether that still holds. `pirights case reopen "
                "{ref}` takes it up again.",
                **words,
            )
        )
        return tuple(notices)
    opened = replace(case, outcome=Outcome.NONE, closed_on=None, closed_because="")
    change.replace(opened, kind="case.reopened")
    notices.append(
        message(
            "Case {ref} was closed on {date} ({outcome}). This reply came in after that, so "
            "it is open again.",
            **words,
        )
        if after
        else message(
            "Case {ref} was closed on {date} ({outcome}). This reply is of that day or before, "
            "and says otherwise, so it is open again.",
            **words,
        )
    )
    return tuple(notices)


def _contradicts(outcome: Outcome, reply: Reply) -> bool:
    """Whether an answer of the handler's is none that the outcome of its case was closed with."""
    kinds = _OF_OUTCOME.get(outcome, FINAL)
    return not reply.answers and reply.kind in FINAL - kinds


def undo(
    desk: Desk, change: Change, case: Case, reply: Reply, mail: Mail | None
) -> tuple[Message, ...]:
    """Undo what a reply told of the way of our letters, once it counts there no more."""
    letter = _meant(desk, case, mail)
    told = Delivery.BOUNCED if reply.kind is ReplyKind.BOUNCED else Delivery.DEFERRED
    tells = told is Delivery.BOUNCED or (mail is not None and mail.report is not None)
    others = [one for one in desk.replies(case) if one.kind is ReplyKind.BOUNCED]
    if letter is None or not tells or others:
        return ()
    said = []
    if letter.reported is told:
        change.replace(replace(letter, reported=None), kind="letter.report-undone")
        said.append(
            message("Letter {label} no longer counts as {state}.", label=letter.label, state=told)
        )
    handler = desk.vault.get(Handler, case.handler)
    if told is Delivery.BOUNCED and handler.email_bounced == reply.on:
        change.replace(replace(handler, email_bounced=None), kind="handler.bounce-undone")
        said.append(
            message("The address {address} no longer counts as stale.", address=handler.email)
        )
    return tuple(said)


def _way(desk: Desk, change: Change, case: Case, reply: Reply, mail: Mail | None) -> list[Message]:
    """What is now known of the way of our own letter."""
    report = mail.report if mail else None
    if reply.kind is not ReplyKind.BOUNCED and report is None:
        return []
    letter = _meant(desk, case, mail)
    if letter is None:
        return []
    handler = desk.vault.get(Handler, case.handler)
    recipients = report.recipients if report else ()
    to = letter.sendings[-1].to if letter.sendings else handler.email
    earlier = _earlier(letter, mail)
    recipients = recipients or earlier
    ours = not earlier and (not recipients or not to or to.casefold() in recipients)
    words = {"label": letter.label, "to": to or ", ".join(recipients), "on": reply.on}
    if reply.kind is not ReplyKind.BOUNCED:
        return _reported(change, letter, report.action if report else "", words, ours=ours)
    if not ours:
        return [
            message(
                "Of letter {label}, a copy to {other} came back; the one to {to} did not.",
                other=", ".join(recipients),
                **words,
            )
        ]
    said = [message("Letter {label} came back undelivered from {to}.", **words)]
    if letter.arrived_on is None:
        change.replace(replace(letter, reported=Delivery.BOUNCED), kind="letter.bounced")
        said.append(
            message(
                "Look for another address; then `pirights sent {ref} --channel …` sends it again.",
                ref=letter.shortest,
            )
        )
    else:
        said.append(
            message("Its arrival on {date} is recorded, and stays.", date=letter.arrived_on)
        )
    if handler.email and handler.email.casefold() == to.casefold():
        change.replace(replace(handler, email_bounced=reply.on), kind="handler.bounced")
    return said


def _reported(
    change: Change, letter: Letter, action: str, words: dict[str, object], *, ours: bool
) -> list[Message]:
    if not ours:
        return []
    if action == "delayed":
        if letter.arrived_on is None and letter.reported is None:
            change.replace(replace(letter, reported=Delivery.DEFERRED), kind="letter.delayed")
        return [message("Letter {label} is delayed on its way to {to}.", **words)]
    if letter.reported is Delivery.DEFERRED:
        change.replace(replace(letter, reported=None), kind="letter.delivered")
    if action == "delivered" and letter.arrived_on is None:
        return [
            message(
                "The mail system of {to} reports on {on} that it took letter {label} in: record "
                "that with `pirights received {ref} --at DATE --proof FILE`.",
                ref=letter.shortest,
                **words,
            )
        ]
    return []


def _earlier(letter: Letter, mail: Mail | None) -> tuple[str, ...]:
    """The addresses of earlier sendings, where a report names only the id of one of them."""
    named = {mail.in_reply_to, *mail.references} if mail else set()
    if letter.message_id in named:
        return ()
    return tuple(one.to.casefold() for one in letter.sendings if letter.id_of(one) in named)


def _meant(desk: Desk, case: Case, mail: Mail | None) -> Letter | None:
    """The letter that a report speaks of: by its id, else the last that left as a mail."""
    letters = [one for one in desk.letters(case) if one.dispatch or one.sendings]
    named = {mail.in_reply_to, *mail.references} if mail else set()
    for one in reversed(letters):
        if named & set(one.mail_ids):
            return one
    mailed = [one for one in letters if one.dispatch and one.dispatch.channel is Channel.EMAIL]
    return mailed[-1] if mailed else None
