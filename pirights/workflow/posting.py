"""The posting sheet beside a letter: what goes on the waybill, and what to keep."""

from collections.abc import Sequence

from pirights.domain.document import Document
from pirights.errors import Message, message
from pirights.letters import beside, ems
from pirights.letters.ems import PostingBrief
from pirights.workflow.enclosing import Enclosing, check_glyphs


def written(making: Enclosing) -> tuple[Document, Sequence[Message]]:
    """Write the sheet.

    Raises:
        MissingGlyph: A character that the fonts lack.
    """
    from pirights.render import pdf

    found, letter = making.found, making.letter
    actor = found.actor
    check_glyphs(making, {"receiver": letter.handler_name})
    brief = PostingBrief(
        letter=letter,
        person=found.person,
        handler=found.handler,
        actor=actor,
        letters=making.letters,
        zone=making.desk.zone,
        pages=pdf.pages(letter.document),
    )
    return ems.written(brief, making.desk.laws), _lacking(making)


def _lacking(making: Enclosing) -> list[Message]:
    found, letter = making.found, making.letter
    if beside.to_authority(letter):
        return [
            message(
                "The address and telephone of {office} are not known here: the sheet has blanks; "
                "take them from its official page.",
                office=letter.handler_name,
            )
        ]
    told = []
    handler = found.handler
    if not handler.address:
        told.append(
            message(
                "{handler} has no address: the sheet has a blank. Give the registered one with "
                "`pirights handler edit {handler} --address …`.",
                handler=handler.label,
            )
        )
    if not handler.phone:
        told.append(
            message(
                "{handler} has no telephone number: the sheet has a blank. Give one with "
                "`pirights handler edit {handler} --phone …`.",
                handler=handler.label,
            )
        )
    sender = found.actor or found.person
    if not (sender.address or found.person.address):
        told.append(
            message(
                "{person} has no address: the sheet has a blank for the sender's.",
                person=sender.label,
            )
        )
    return told
