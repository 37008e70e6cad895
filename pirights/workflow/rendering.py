"""Putting a letter on paper, into a page, or into a mail that waits to be sent."""

import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Form, ReceiptBox
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.errors import Message, message
from pirights.workflow import viewer
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


def render(desk: Desk, ref: str, *, form: Form, out: Path) -> Rendered:
    """Put a letter into a file: the same octets every time.

    Raises:
        BadInput: The file cannot be written, or an address for the mail is none.
        MissingGlyph: A character that the fonts lack.
        NotFound: No such letter.
    """
    _, letter = desk.letter(ref)
    notices: tuple[Message, ...] = ()
    if form is Form.EML:
        letter, data, notices = _draft(desk, letter)
    else:
        data = paper(letter.document, form)
    write_whole(out, data)
    return Rendered(letter=letter, path=out, notices=notices)


def preview(desk: Desk, ref: str, environment: Mapping[str, str]) -> Rendered:
    """Put a letter into a folder that only its owner may enter, and show it.

    The file stays: the program that shows it goes on reading it after this one has ended.

    Raises:
        MissingGlyph: A character that the fonts lack.
        NotFound: No such letter.
    """
    _, letter = desk.letter(ref)
    data = paper(letter.document, Form.PDF)
    path = Path(tempfile.mkdtemp(prefix="letter-")) / "letter.pdf"  # made with mode 0700
    write_whole(path, data)
    return Rendered(letter=letter, path=path, shown=viewer.show(path, environment))


def text_of(desk: Desk, ref: str) -> tuple[Letter, str]:
    """Read a letter in the terminal.

    Raises:
        NotFound: No such letter.
    """
    _, letter = desk.letter(ref)
    return letter, words_of(letter.document)


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


def _draft(desk: Desk, letter: Letter) -> tuple[Letter, bytes, tuple[Message, ...]]:
    """Make a mail of a letter. Its id is drawn once and kept before the mail leaves the house."""
    from pirights.mail import draft

    case = desk.case(letter.ref)
    handler = desk.vault.get(Handler, case.handler)
    person = desk.vault.get(Person, case.person)
    document = letter.document
    mail = draft.Draft(
        sender=draft.Party(name=person.name, address=person.email),
        to=draft.Party(name=letter.handler_name, address=handler.email),
        title=document.title,
        reference=letter.ref,
        on=datetime.combine(document.on, time(12), ZoneInfo(document.zone)),
        message_id=letter.message_id or draft.new_id(letter.label, secrets.token_hex(8)),
        earlier=tuple(
            one.message_id
            for one in desk.letters(case)
            if one.message_id and one.number < letter.number
        ),
        text=words_of(_for_the_screen(document)),
        paper=paper(document, Form.PDF),
    )
    data = draft.to_bytes(mail)
    if not letter.message_id:
        with desk.vault.change(now=desk.now) as change:
            letter = desk.vault.get(Letter, letter.id)
            if letter.message_id:  # drawn meanwhile, for the same letter
                data = draft.to_bytes(replace(mail, message_id=letter.message_id))
            else:
                letter = replace(letter, message_id=mail.message_id)
                change.replace(letter, kind="letter.drafted")
    return letter, data, tuple(_lacking(handler, person))


def _for_the_screen(document: Document) -> Document:
    """Leave out the box for a stamp, which is for copies handed over."""
    blocks = tuple(block for block in document.blocks if not isinstance(block, ReceiptBox))
    return replace(document, blocks=blocks)


def _lacking(handler: Handler, person: Person) -> list[Message]:
    notices = []
    if not handler.email:
        notices.append(
            message(
                "{handler} has no e-mail address: the draft says nobody to send it to. Give one "
                "with `pirights handler edit {handler} --email …`.",
                handler=handler.label,
            )
        )
    if not person.email:
        notices.append(
            message(
                "{person} has no e-mail address: the draft has no sender; your mail program will "
                "put its own.",
                person=person.label,
            )
        )
    return notices
