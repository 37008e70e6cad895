"""Taking in what came back: read, matched to its case, kept byte for byte."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from pirights import reply_phrases
from pirights.domain import entry, reference, reply_matching, reply_reading
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.case import Case
from pirights.domain.dispatch import Letter
from pirights.domain.reply import Reply, ReplyKind
from pirights.errors import BadInput, Message, NotFound, NotNextStep, message
from pirights.mail.charset import decoded
from pirights.mail.parse import SIZE_LIMIT, TEXT_LIMIT, Mail, parse
from pirights.workflow.desk import Desk

_MAIL_ENDINGS: Final = frozenset({".eml", ".mht"})
_TEXT_ENDINGS: Final = frozenset({".txt", ".md"})
_INBOX_LETTERS: Final = frozenset("IiＩｉ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A reply as it was kept.

    Attributes:
        file: The name of the file it came in.
        matched_by: What led to its case, or kept it in the inbox.
    """

    file: str
    reply: Reply
    matched_by: Message
    attachments: tuple[Attachment, ...]
    notices: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    path: Path
    mail: Mail | None
    text: str
    kind: ReplyKind
    reasons: tuple[str, ...]
    notices: tuple[Message, ...] = ()


def add(desk: Desk, ref: str | None, files: Sequence[Path], *, on: date | None) -> list[Taken]:
    """Take in replies, one for each file: all of them, or none.

    Args:
        desk: Vault and moment.
        ref: The case; None to find it from what the mail says, else the inbox.
        files: Mails (`.eml`), texts, PDFs, pictures.
        on: The day they came in; None for the mail's own date, else today.

    Raises:
        BadInput: A file that cannot be taken, or a date in the future.
        NotFound: No such case.
    """
    case = desk.case(ref) if ref is not None else None
    day = desk.past_day(on, field="at") if on is not None else None
    read = [_read(path) for path in files]
    with desk.vault.change(now=desk.now) as change:
        taken: list[Taken] = []
        for one in read:
            found, why = _case_of(desk, case, one)
            came = day or _day_of(desk, one)
            reply = change.add(
                Reply(
                    id=0,
                    ref=found.ref if found else "",
                    number=_next_number(desk, found, taken) if found else 0,
                    on=came,
                    kind=one.kind,
                    reasons=one.reasons,
                    sender=one.mail.sender if one.mail else "",
                    subject=one.mail.subject if one.mail else "",
                    message_id=one.mail.message_id if one.mail else "",
                    text=one.text,
                )
            )
            kept = change.attach(one.path, owner=f"I{reply.id}", purpose=Purpose.REPLY)
            taken.append(
                Taken(
                    file=one.path.name,
                    reply=reply,
                    matched_by=why,
                    attachments=(kept,),
                    notices=(*one.notices, *_remarks(desk, found, came)),
                )
            )
    return taken


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
        found = [each for each in desk.replies(case) if number in {None, each.number}]
        if not found:
            raise NotFound(
                message("Case {ref} has no such reply.", ref=case.ref),
                hint=message("Take one in with `pirights reply add {ref} FILE`.", ref=case.ref),
            )
    return [(each, tuple(desk.vault.attachments(f"I{each.id}"))) for each in found]


def inbox(desk: Desk) -> list[Reply]:
    """The replies that wait for a human to say which case they belong to, newest first."""
    return desk.vault.find_all(Reply, ref="")


def assign(desk: Desk, number: int, ref: str) -> Reply:
    """Put a reply of the inbox with its case.

    Raises:
        NotFound: No such reply or case.
        NotNextStep: It is with a case already.
    """
    reply = desk.vault.get(Reply, number)
    if reply.ref:
        raise NotNextStep(
            message("Reply I{number} is with case {ref} already.", number=number, ref=reply.ref)
        )
    case = desk.case(ref)
    placed = replace(reply, ref=case.ref, number=_next_number(desk, case, ()))
    with desk.vault.change(now=desk.now) as change:
        change.replace(placed, kind="reply.assigned")
    return placed


def _read(path: Path) -> _Read:
    ending = path.suffix.casefold()
    if ending not in _MAIL_ENDINGS | _TEXT_ENDINGS:
        return _unread(path, message("Only a person can read {file}.", file=_shown_name(path)))
    data = _bytes(path)
    try:
        mail = parse(data) if ending in _MAIL_ENDINGS else None
    except BadInput as refused:  # the caller's proof all the same: it is kept, byte for byte
        said = message(
            "{file} is kept, but it was not read: {reason}",
            file=_shown_name(path),
            reason=refused.message,
        )
        return _unread(path, said)
    text = mail.text if mail else decoded(data, limit=4 * TEXT_LIMIT)[:TEXT_LIMIT]
    reading = reply_reading.read(
        mail.subject if mail else "", text, mail.headers if mail else {}, reply_phrases.phrases()
    )
    return _Read(path=path, mail=mail, text=text, kind=reading.kind, reasons=reading.reasons)


def _unread(path: Path, why: Message) -> _Read:
    return _Read(path=path, mail=None, text="", kind=ReplyKind.UNKNOWN, reasons=(), notices=(why,))


def _shown_name(path: Path) -> str:
    r"""The file's own name; octets that are no UTF-8 are written as `\xff`."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def _bytes(path: Path) -> bytes:
    """Read a file, up to one octet more than a mail may have."""
    try:
        if not path.is_file():
            raise BadInput(
                message("{file} is not a file.", file=path),
                hint=message("Name the file as it was saved."),
            )
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except OSError as wrong:
        raise BadInput(
            message("{file} cannot be read: {problem}.", file=path, problem=wrong.strerror)
        ) from wrong


def _case_of(desk: Desk, case: Case | None, one: _Read) -> tuple[Case | None, Message]:
    if case is not None:
        return case, message("You named the case.")
    if one.mail is None:
        words = reply_matching.match(_Words(text=one.text), _refs(desk), {})
    else:
        words = reply_matching.match(one.mail, _refs(desk), _sent_ids(desk, one.mail))
    ref, why = words
    return (desk.case(ref) if ref else None), why


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """A text without the headers of a mail."""

    text: str
    subject: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


def _refs(desk: Desk) -> frozenset[str]:
    return frozenset(case.ref for case in desk.vault.find_all(Case))


def _sent_ids(desk: Desk, mail: Mail) -> dict[str, str]:
    """Find those of our letters that a mail answers; their ids hold the case's reference."""
    refs = reference.find_in(" ".join((mail.in_reply_to, *mail.references)))
    return {
        letter.message_id: letter.ref
        for ref in refs
        for letter in desk.vault.find_all(Letter, ref=ref)
        if letter.message_id
    }


def _day_of(desk: Desk, one: _Read) -> date:
    if one.mail is None or one.mail.date is None or one.mail.date > desk.now:
        return desk.today
    return desk.day_of(one.mail.date)


def _next_number(desk: Desk, case: Case, taken: Sequence[Taken]) -> int:
    numbers = [each.reply.number for each in taken if each.reply.ref == case.ref]
    return max(desk.next_number(case), max(numbers, default=0) + 1)


def _remarks(desk: Desk, case: Case | None, came: date) -> list[Message]:
    if case is None:
        return []
    remarks = []
    letters = desk.letters(case)
    if letters and came < letters[0].on:
        remarks.append(
            message(
                "It came in on {day}, before the letter's own date, {date}.",
                day=came,
                date=letters[0].on,
            )
        )
    if letters and letters[0].dispatch is None:
        remarks.append(message("Case {ref} has no letter that was sent.", ref=case.ref))
    if case.closed_on is not None:
        remarks.append(
            message(
                "Case {ref} is closed; `pirights case reopen {ref}` takes it up again.",
                ref=case.ref,
            )
        )
    return remarks
