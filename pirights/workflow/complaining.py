"""The complaint and report to a regulator, or to the organ above a state organ."""

from collections.abc import Sequence

from pirights.domain.document import Document
from pirights.errors import Message
from pirights.letters import regulator
from pirights.workflow import addressing, authority_paper
from pirights.workflow.next_letter import Setting


def written(setting: Setting) -> tuple[Document, Sequence[Message]]:
    """Write the paper: a complaint of one's own, and apart from it a report.

    The law asks for no request first (PIPL 65); the complaint tells what became of one, so that
    it waits until the request has left.

    Raises:
        BadInput: The body does not take such a paper, or the date does not fit.
        MissingGlyph: A character that the fonts lack.
        NotFound: Nobody goes by the id of the body.
        NotNextStep: The request has not left, its answer is not marked, or another such paper is
            written and not sent yet.
    """
    authority_paper.refuse_draft(setting)
    authority_paper.refuse_unscored(setting)
    body = addressing.body(setting)
    brief = authority_paper.brief(setting, body)
    authority_paper.refuse_contented(brief)
    authority_paper.check_glyphs(setting, brief)
    document = regulator.written(brief, setting.desk.laws)
    notices = [
        *authority_paper.beside(setting, brief),
        *addressing.told(setting, body),
        *authority_paper.closing(setting, brief),
    ]
    return document, notices
