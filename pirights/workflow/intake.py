"""Reading what came in and keeping it: one way for files, mailboxes and the mail account."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from pirights import reply_phrases
from pirights.domain import reply_matching, reply_reading
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.case import Case
from pirights.domain.dispatch import Channel, Letter
from pirights.domain.reply import Ground, Part, Reply, ReplyKind
from pirights.errors import BadInput, Message, message
from pirights.mail.charset import decoded
from pirights.mail.parse import SIZE_LIMIT, TEXT_LIMIT, Mail, parse
from pirights.vault.attachments import shown_name
from pirights.vault.change import Change
from pirights.workflow import aftermath, answering, talk_text
from pirights.workflow.desk import Desk
from pirights.workflow.known import Known, left_on, sent_ids

_MAIL_ENDINGS: Final = frozenset({".eml", ".mht"})
_OUTLOOK_ENDING: Final = ".msg"
_TEXT_ENDINGS: Final = frozenset({".txt", ".md"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A reply as it was kept.

    Attributes:
        file: The name of the file it came in.
        matched_by: What led to its case, or kept it in the inbox.
        already: It was here before, and nothing was added.
    """

    file: str
    reply: Reply
    matched_by: Message
    attachments: tuple[Attachment, ...]
    notices: tuple[Message, ...]
    already: bool = False

    @property
    def without_text(self) -> "Taken":
        """The same, for lists that may grow long."""
        return replace(self, reply=replace(self.reply, text=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What came in, read as far as it can be.

    Attributes:
        source: A file, or octets that are none yet.
        more: The files that follow it as parts of the same message.
        parts: What is known of each of them, the first among them.
        confirmed: A person named its kind.
    """

    name: str
    source: Path | bytes
    mail: Mail | None = None
    text: str = ""
    kind: ReplyKind = ReplyKind.UNKNOWN
    reasons: tuple[str, ...] = ()
    notices: tuple[Message, ...] = ()
    more: tuple[Path, ...] = ()
    parts: tuple[Part, ...] = ()
    channel: Channel | None = None
    at: datetime | None = None
    confirmed: bool = False

    def of_kind(self, kind: ReplyKind | None) -> "Incoming":
        """The same, of the kind that a person names; None: as its words suggest."""
        return self if kind is None else replace(self, kind=kind, reasons=(), confirmed=True)


def from_file(path: Path) -> Incoming:
    """Read a file: a mail, a text, or something that only a person can read.

    Raises:
        BadInput: There is no such file, or it cannot be read.
    """
    ending = path.suffix.casefold()
    name = shown_name(path)
    if ending in _MAIL_ENDINGS:
        return from_mail(name, octets(path), source=path)
    if ending == _OUTLOOK_ENDING:
        return _from_outlook(name, path)
    if ending in _TEXT_ENDINGS:
        text = decoded(octets(path), limit=4 * TEXT_LIMIT)[:TEXT_LIMIT]
        one = Incoming(name=name, source=path, text=text)
        return replace(one, notices=(_of_talk(name),)) if _is_talk(text) else _read(one)
    return Incoming(
        name=name, source=path, notices=(message("Only a person can read {file}.", file=name),)
    )


def _is_talk(text: str) -> bool:
    """Say whether more than one speaks in a text: then some of its words are the person's own."""
    return len({one.sender for one in talk_text.read(text) if one.sender}) > 1


def _of_talk(name: str) -> Message:
    return message(
        "{file} is a talk in which more than one speaks, so what it says was not judged. Take it "
        "in with --as-one --channel wechat --me NAME.",
        file=name,
    )


def from_mail(name: str, octets: bytes, *, source: Path | None = None) -> Incoming:
    """Read a mail; one that is over a limit is kept all the same, byte for byte."""
    return _parsed(name, octets, source if source is not None else octets, parse)


def _from_outlook(name: str, path: Path) -> Incoming:
    from pirights.mail.outlook import parse_outlook

    one = _parsed(name, octets(path), path, parse_outlook)
    if one.mail is not None and not one.text.strip():
        said = message("{file} has no text that can be read without Outlook.", file=name)
        return replace(one, notices=(*one.notices, said))
    return one


def _parsed(
    name: str, octets: bytes, kept: Path | bytes, parser: Callable[[bytes], Mail]
) -> Incoming:
    try:
        mail = parser(octets)
    except BadInput as refused:
        said = message(
            "{file} is kept, but it was not read: {reason}", file=name, reason=refused.message
        )
        return Incoming(name=name, source=kept, notices=(said,))
    return _read(Incoming(name=name, source=kept, mail=mail, text=mail.text))


def keep(  # noqa: PLR0913 (what is known of a reply when it is kept)
    desk: Desk,
    change: Change,
    known: Known,
    one: Incoming,
    *,
    case: Case | None = None,
    on: date | None = None,
    vouched: bool = True,
    paper: Letter | None = None,
) -> Taken:
    """Keep what came in, with its case or in the inbox, and do what it entails.

    Args:
        desk: Vault and moment.
        change: What it is kept in.
        known: What it may be matched with.
        one: What came in.
        case: The case, if a person named it.
        on: The day on which it came in; None for the mail's own date, else today.
        vouched: Whoever named the case looked at this very mail.
        paper: The paper to an authority that it answers, if a person named it.

    Raises:
        BadInput: It is empty or too large, or the disk is full.
    """
    came = on or _day_of(desk, one)
    found, why = _case_of(desk, known, case, one, came)
    mail = one.mail
    if paper is None and found is not None:
        paper = answering.of_mail(desk, known, found, mail, one.text)
    reply = change.add(
        Reply(
            id=0,
            ref=found.ref if found else "",
            number=desk.next_number(found) if found else 0,
            on=came,
            kind=one.kind,
            reasons=one.reasons,
            sender=mail.sender if mail else "",
            subject=mail.subject if mail else "",
            message_id=mail.message_id if mail else "",
            text=one.text,
            sender_address=mail.sender_address if mail else "",
            ground=Ground.of(why),
            by_hand=case is not None and vouched and paper is None,
            channel=one.channel,
            at=one.at,
            parts=one.parts,
            answers=paper.number if paper else 0,
            answerer=paper.handler_name if paper else "",
            confirmed_on=desk.today if one.confirmed else None,
        )
    )
    owner, purpose = f"I{reply.id}", Purpose.REPLY
    first = (
        change.attach(one.source, owner=owner, purpose=purpose)
        if isinstance(one.source, Path)
        else change.attach_octets(one.name, one.source, owner=owner, purpose=purpose)
    )
    kept = (first, *(change.attach(path, owner=owner, purpose=purpose) for path in one.more))
    notices = list(one.notices)
    if found is not None:
        notices += _remarks(desk, found, came)
        notices += aftermath.follow(desk, change, found, reply, mail)
    known.note(reply)
    return Taken(
        file=one.name,
        reply=reply,
        matched_by=why,
        attachments=kept,
        notices=tuple(notices),
    )


def _read(one: Incoming) -> Incoming:
    mail = one.mail
    reading = reply_reading.read(
        mail.subject if mail else "",
        one.text,
        mail.headers if mail else {},
        reply_phrases.phrases(),
    )
    return replace(one, kind=reading.kind, reasons=reading.reasons)


def octets(path: Path) -> bytes:
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


def _case_of(
    desk: Desk, known: Known, case: Case | None, one: Incoming, came: date
) -> tuple[Case | None, Message]:
    if case is not None:
        return case, message("You named the case.")
    ref, why = reply_matching.match(
        one.mail if one.mail is not None else _Words(text=one.text),
        known.cases,
        sent_ids(desk, one.mail) if one.mail is not None else {},
        left_on=lambda ref: left_on(desk, ref),
        on=came,
    )
    return (desk.case(ref) if ref else None), why


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """A text without the headers of a mail."""

    text: str
    sender_address: str = ""
    subject: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


def _day_of(desk: Desk, one: Incoming) -> date:
    if one.mail is None or one.mail.date is None or one.mail.date > desk.now:
        return desk.today
    return desk.day_of(one.mail.date)


def _remarks(desk: Desk, case: Case, came: date) -> list[Message]:
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
    return remarks
