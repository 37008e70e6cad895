"""Putting a letter on paper, into a page, or into a mail that waits to be sent."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Form, ReceiptBox
from pirights.domain.escalation import TO_AUTHORITY
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.errors import BadInput, Message, message
from pirights.workflow import acting, receipts, viewer
from pirights.workflow.desk import Desk
from pirights.workflow.papers import write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A letter in a file.

    Attributes:
        notices: What the file lacks.
        shown: A program of the system has opened it.
    """

    letter: Letter
    path: Path
    notices: tuple[Message, ...] = ()
    shown: bool = False


def render(desk: Desk, ref: str, *, form: Form, out: Path, receipt: bool = False) -> Rendered:
    """Put a letter into a file: the same octets every time.

    Args:
        desk: Vault and moment.
        ref: The letter.
        form: What it is rendered as.
        out: The file.
        receipt: With the box for a stamp; it is there anyhow on a letter that was handed over.

    Raises:
        BadInput: The file cannot be written, an address for the mail is none, or a box for a
            stamp is wanted in a mail.
        MissingGlyph: A character that the fonts lack.
        NotFound: No such letter.
    """
    _, letter = desk.letter(ref)
    notices: tuple[Message, ...] = ()
    if form is Form.EML:
        if receipt:
            raise BadInput(
                message("A mail has no box for a stamp: it is for copies handed over."),
                hint=message("Leave out --receipt, or make a PDF for the counter."),
            )
        letter, data, notices = as_mail(desk, letter)
    else:
        data = paper(receipts.received(desk, letter, asked=receipt, form=form), form)
    write_whole(out, data)
    return Rendered(letter=letter, path=out, notices=notices)


def preview(
    desk: Desk, ref: str, environment: Mapping[str, str], *, receipt: bool = False
) -> Rendered:
    """Put a letter into a folder that only its owner may enter, and show it.

    Raises:
        MissingGlyph: A character that the fonts lack.
        NotFound: No such letter.
    """
    _, letter = desk.letter(ref)
    document = receipts.received(desk, letter, asked=receipt, form=Form.PDF)
    path, shown = show(document, environment)
    return Rendered(letter=letter, path=path, shown=shown)


def show(document: Document, environment: Mapping[str, str]) -> tuple[Path, bool]:
    """Show a paper as a PDF; say where it is, and whether a program of the system opened it.

    The file stays: the program that shows it goes on reading it after this one has ended.

    Raises:
        MissingGlyph: A character that the fonts lack.
    """
    data = paper(document, Form.PDF)
    path = Path(tempfile.mkdtemp(prefix="letter-")) / "letter.pdf"  # made with mode 0700
    write_whole(path, data)
    return path, viewer.show(path, environment)


def text_of(desk: Desk, ref: str, *, receipt: bool = False) -> tuple[Letter, str]:
    """Read a letter in the terminal.

    Raises:
        NotFound: No such letter.
    """
    _, letter = desk.letter(ref)
    return letter, words_of(receipts.received(desk, letter, asked=receipt, form=Form.TXT))


def words_of(document: Document) -> str:
    """Render a document as plain text."""
    from pirights.render.text import to_text

    return to_text(document)


def paper(document: Document, form: Form) -> bytes:
    """Render a document.

    Raises:
        MissingGlyph: A character that the fonts lack, in a PDF.
    """
    match form:
        case Form.PDF:
            from pirights.render import pdf

            return pdf.to_bytes(document)
        case Form.DOCX:
            from pirights.render import docx

            return docx.to_bytes(document)
        case Form.HTML:
            from pirights.render import html

            return html.to_html(document).encode()
        case Form.TXT:
            return words_of(document).encode()
        case Form.EML:
            raise ValueError("a mail is made of a letter, not of a document alone")


def as_mail(
    desk: Desk, letter: Letter, *, unsent: bool = True
) -> tuple[Letter, bytes, tuple[Message, ...]]:
    """Make a mail of a letter. Its id is drawn once for each address, and kept before it leaves.

    Args:
        desk: Vault and moment.
        letter: The letter.
        unsent: As a draft, dated at noon of the letter's day, which a mail program opens for its
            user to send; else dated now, as it leaves.

    Raises:
        BadInput: An address is none.
        MissingGlyph: A character that the fonts lack.
    """
    from pirights.mail import draft

    case = desk.case(letter.ref)
    handler = desk.vault.get(Handler, case.handler)
    sender = acting.writer(desk, desk.vault.get(Person, case.person))
    document = letter.document
    to = "" if letter.kind in TO_AUTHORITY else handler.email
    zone = ZoneInfo(document.zone)
    mail = draft.Draft(
        sender=draft.Party(name=sender.name, address=sender.email),
        to=draft.Party(name=letter.handler_name, address=to),
        title=document.title,
        reference=letter.ref,
        on=datetime.combine(document.on, time(12), zone) if unsent else desk.now.astimezone(zone),
        message_id=letter.message_id
        if letter.has_id_for(to)
        else draft.new_id(letter.label, desk.vault.draw(8).hex()),
        earlier=tuple(
            one.message_id
            for one in desk.letters(case)
            if one.message_id and one.number < letter.number and _of_one_thread(one, letter)
        ),
        text=words_of(_for_the_screen(document)),
        paper=paper(document, Form.PDF),
        unsent=unsent,
    )
    data = draft.to_bytes(mail)
    letter = _identified(desk, letter, to, mail.message_id)
    if letter.message_id != mail.message_id:  # drawn meanwhile, for the same letter
        data = draft.to_bytes(replace(mail, message_id=letter.message_id))
    return letter, data, tuple(_lacking(letter, handler, sender))


def _identified(desk: Desk, letter: Letter, to: str, drawn: str) -> Letter:
    """Keep the id that was drawn, unless the letter has one for this address already."""
    if letter.has_id_for(to) and (letter.mailed_to or not to):
        return letter
    with desk.vault.change(now=desk.now) as change:
        letter = desk.vault.get(Letter, letter.id)
        if letter.has_id_for(to):
            if letter.mailed_to or not to:
                return letter
            after = replace(letter, mailed_to=to)
        else:
            before = (letter.message_id,) if letter.message_id else ()
            ids = (*letter.earlier_ids, *before)
            after = replace(letter, message_id=drawn, mailed_to=to, earlier_ids=ids)
        return change.replace(after, kind="letter.drafted")


def _of_one_thread(one: Letter, other: Letter) -> bool:
    """Say whether the same side gets both: the handler, or an authority letters of one kind."""
    return one.kind == other.kind or not TO_AUTHORITY & {one.kind, other.kind}


def _for_the_screen(document: Document) -> Document:
    """Leave out the box for a stamp, which is for copies handed over."""
    blocks = tuple(block for block in document.blocks if not isinstance(block, ReceiptBox))
    return replace(document, blocks=blocks)


def _lacking(letter: Letter, handler: Handler, sender: Person) -> list[Message]:
    notices = []
    if letter.kind in TO_AUTHORITY:
        notices.append(
            message(
                "It goes to {name}, not to the handler: put in the address that the authority "
                "publishes; the draft names none.",
                name=letter.handler_name,
            )
        )
    elif not handler.email:
        notices.append(
            message(
                "{handler} has no e-mail address: the draft says nobody to send it to. Give one "
                "with `pirights handler edit {handler} --email …`.",
                handler=handler.label,
            )
        )
    elif handler.email_bounced is not None:
        notices.append(
            message(
                "A mail to {address} came back on {date}: look for another address of {handler} "
                "before you send this.",
                address=handler.email,
                date=handler.email_bounced,
                handler=handler.label,
            )
        )
    if not sender.email:
        notices.append(
            message(
                "{person} has no e-mail address: the draft has no sender; your mail program will "
                "put its own.",
                person=sender.label,
            )
        )
    return notices
