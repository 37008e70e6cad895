"""Taking in what came back: read, matched to its case, kept byte for byte."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from pirights.domain import entry, reference
from pirights.domain.attachment import Attachment
from pirights.domain.case import Case
from pirights.domain.dispatch import Letter
from pirights.domain.quoting import own_words
from pirights.domain.reply import Ground, Reply, ReplyKind
from pirights.errors import BadInput, Message, NotFound, NotNextStep, message
from pirights.mail.outlook import parse_outlook
from pirights.mail.parse import Mail, MailFile, parse
from pirights.vault.change import Change
from pirights.workflow import aftermath, answering, doubles, intake
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Incoming, Taken
from pirights.workflow.known import Known

__all__ = ["Taken", "add", "assign", "hanging", "inbox", "show"]

_INBOX_LETTERS: Final = frozenset("IiＩｉ")

_NAMED: Final = 5
"""References that are named at most."""


def add(
    desk: Desk,
    ref: str | None,
    files: Sequence[Path],
    *,
    on: date | None,
    kind: ReplyKind | None = None,
) -> list[Taken]:
    """Take in replies, one for each file: all of them, or none. What is here already stays one.

    Args:
        desk: Vault and moment.
        ref: The case, or the paper to an authority that it answers (`REF/4`); None to find it
            from what the mail says, else the inbox.
        files: Mails (`.eml`), texts, PDFs, pictures.
        on: The day they came in; None for the mail's own date, else today.
        kind: What they are, as a person says; None for what their words suggest.

    Raises:
        BadInput: A file that cannot be taken, or a date in the future.
        NotFound: No such case.
    """
    case, paper = answering.meant(desk, ref) if ref is not None else (None, None)
    day = desk.past_day(on, field="at") if on is not None else None
    read = [intake.from_file(path).of_kind(kind) for path in files]
    known = Known.of(desk)
    with desk.vault.change(now=desk.now) as change:
        return [_taken(desk, change, known, one, case, day, paper) for one in read]


def _taken(  # noqa: PLR0913, PLR0917 (what is known of a reply when it is kept)
    desk: Desk,
    change: Change,
    known: Known,
    one: Incoming,
    case: Case | None,
    on: date | None,
    paper: Letter | None,
) -> Taken:
    before = doubles.kept(desk, known, one, case=case, on=on)
    if before.reply is not None:
        return _already(desk, one, before.reply, case)
    taken = intake.keep(desk, change, known, one, case=case, on=on, paper=paper)
    if not before.elsewhere:
        return taken
    same = message(
        "The same is kept as {labels} too.",
        labels=", ".join(each.label for each in before.elsewhere),
    )
    return replace(taken, notices=(*taken.notices, same))


def _already(desk: Desk, one: Incoming, reply: Reply, case: Case | None) -> Taken:
    notices = [
        message(
            "{file} is kept already as {label}; nothing was added.",
            file=one.name,
            label=reply.label,
        )
    ]
    if case is not None and not reply.ref:
        notices.append(
            message(
                "Put it with its case: `pirights inbox assign {label} {ref}`.",
                label=reply.label,
                ref=case.ref,
            )
        )
    return Taken(
        file=one.name,
        reply=reply,
        matched_by=reply.ground.message if reply.ground else message("You named the case."),
        attachments=tuple(desk.vault.attachments(f"I{reply.id}")),
        notices=tuple(notices),
        already=True,
    )


def show(desk: Desk, label: str) -> list[tuple[Reply, tuple[Attachment, ...]]]:
    """The replies of a case, oldest first, or one of them (`REF/2`, `I3`).

    Raises:
        BadInput: It begins like the label of the inbox and is none.
        NotFound: No such reply.
    """
    if label.strip()[:1] in _INBOX_LETTERS:
        found = [desk.vault.get(Reply, entry.record_number(label, "I"))]
    else:
        case = desk.case(label)
        _, number = reference.split(label)
        found = [each for each in desk.all_replies(case) if number in {None, each.number}]
        if not found:
            raise NotFound(
                message("Case {ref} has no such reply.", ref=case.ref),
                hint=message("Take one in with `pirights reply add {ref} FILE`.", ref=case.ref),
            )
    return [(each, tuple(desk.vault.attachments(f"I{each.id}"))) for each in found]


def hanging(desk: Desk, reply: Reply) -> tuple[MailFile, ...]:
    """The files that hang on a mail, in its order; none for what is no mail or cannot be read."""
    mail = mail_of(desk, reply)
    return mail.attachments if mail is not None else ()


def inbox(desk: Desk) -> list[Reply]:
    """The replies that wait for a human to say which case they belong to, newest first."""
    return [one for one in desk.vault.find_all(Reply, ref="") if one.counts]


def assign(desk: Desk, number: int, ref: str) -> Taken:
    """Put a reply of the inbox with its case, and do what it entails.

    Raises:
        NotFound: No such reply or case.
        NotNextStep: It is with a case already, or voided.
    """
    reply = desk.vault.get(Reply, number)
    if reply.ref:
        raise NotNextStep(
            message("Reply I{number} is with case {ref} already.", number=number, ref=reply.ref)
        )
    if reply.voided_on is not None:
        raise NotNextStep(
            message(
                "Message {label} was voided on {day} already.",
                label=reply.label,
                day=reply.voided_on,
            )
        )
    case, paper = answering.meant(desk, ref)
    why = message("You named the case.")
    placed = replace(
        reply,
        ref=case.ref,
        number=desk.next_number(case),
        ground=Ground.of(why),
        by_hand=paper is None,
        answers=paper.number if paper else 0,
        answerer=paper.handler_name if paper else "",
    )
    files = tuple(desk.vault.attachments(f"I{number}"))
    mail = mail_of(desk, reply)
    with desk.vault.change(now=desk.now) as change:
        change.replace(placed, kind="reply.assigned")
        notices = (*_of_another(desk, placed), *aftermath.follow(desk, change, case, placed, mail))
    name = files[0].name if files else ""
    return Taken(file=name, reply=placed, matched_by=why, attachments=files, notices=notices)


def _of_another(desk: Desk, reply: Reply) -> list[Message]:
    """Tell that a message names other cases than its own, and how it is put there."""
    named = reference.find_in(f"{reply.subject}\n{own_words(reply.text)}")
    if not named or reply.ref in named:
        return []
    refs = ", ".join(named[:_NAMED])
    words = {"label": reply.label, "refs": refs, "ref": reply.ref}
    known = [one for one in named[:_NAMED] if desk.vault.find_all(Case, ref=one, limit=1)]
    if not known:
        return [message("{label} names {refs}, not {ref}: see whether it belongs there.", **words)]
    return [
        message(
            "{label} names {refs}, not {ref}: see whether it belongs there. `pirights reply "
            "correct {label} --to {other} --because TEXT` moves it.",
            **words,
            other=known[0],
        )
    ]


def mail_of(desk: Desk, reply: Reply) -> Mail | None:
    """Read the mail again from what was kept of it; None for what is no mail."""
    files = desk.vault.attachments(f"I{reply.id}")
    if not files or not (reply.sender_address or reply.message_id):
        return None
    octets = b"".join(desk.vault.chunks(files[0]))
    try:
        if files[0].name.casefold().endswith(".msg"):
            return parse_outlook(octets)
        return parse(octets)
    except BadInput:
        return None
