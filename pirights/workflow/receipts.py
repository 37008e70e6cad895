"""The box for a stamp on a letter that is handed over: where it is asked for, or was."""

from dataclasses import replace

from pirights.domain.dispatch import Channel, Letter
from pirights.domain.document import Document, Form
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.letters import receipt
from pirights.letters.receipt import ReceiptBrief
from pirights.workflow import acting
from pirights.workflow.desk import Desk


def received(desk: Desk, letter: Letter, *, asked: bool, form: Form) -> Document:
    """A letter's document, with the box where it is asked for or the letter was handed over.

    The box names the pages of a PDF; another form breaks its pages in its own way, and has a
    blank for them.

    Raises:
        MissingGlyph: A character that the fonts lack.
    """
    handed = letter.dispatch is not None and letter.dispatch.channel is Channel.HAND
    if not asked and not handed:
        return letter.document
    case = desk.case(letter.ref)
    person = desk.vault.get(Person, case.person)
    brief = ReceiptBrief(
        letter=letter,
        person=person,
        handler=desk.vault.get(Handler, case.handler),
        actor=acting.actor(desk, person),
        letters=letter.letters,
        zone=letter.document.zone,
    )
    stamped = receipt.stamped(brief, desk.laws)
    if form is not Form.PDF:
        return stamped
    from pirights.render import pdf

    return receipt.stamped(replace(brief, pages=pdf.pages(stamped)), desk.laws)
