"""The papers that go beside a letter, made from the case as it stands at that moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pirights.domain import reference
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Form, Letters
from pirights.domain.paper import Paper
from pirights.errors import BadInput, Message, NotFound, message
from pirights.workflow import (
    cases,
    deletion_checking,
    empowering,
    evidence_listing,
    posting,
    rendering,
)
from pirights.workflow.desk import Desk
from pirights.workflow.enclosing import Enclosing
from pirights.workflow.enclosure_details import EnclosureDetails, checked
from pirights.workflow.papers import write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A paper beside a letter, and what the user should know."""

    paper: Paper
    letter: Letter
    document: Document
    notices: tuple[Message, ...]


_MAKERS: Final[Mapping[Paper, Callable[[Enclosing], tuple[Document, Sequence[Message]]]]] = {
    Paper.POA: empowering.written,
    Paper.EMS: posting.written,
    Paper.DELETION_CHECKLIST: deletion_checking.written,
    Paper.CATALOGUE: evidence_listing.written,
}
"""How each paper is made."""

_CHINESE: Final = frozenset({Paper.POA})
"""Papers that are in Chinese unless another language is asked for: authorities read them too."""


def made(desk: Desk, ref: str, paper: Paper, details: EnclosureDetails) -> Enclosed:
    """Make a paper that goes beside a letter.

    Args:
        desk: Vault and moment.
        ref: The letter; of a case, its last, or for a checklist the last that asks for deletion.
        paper: Which paper.
        details: What the user tells beyond the case.

    Raises:
        BadInput: A detail is none of this paper's, or not well formed.
        MissingGlyph: A character that the fonts lack.
        NotFound: No such letter, person or paper.
        NotNextStep: The letter does not call for this paper.
    """
    maker = _MAKERS.get(paper)
    if maker is None:
        raise NotFound(message("The paper {paper} is not offered yet.", paper=paper.value))
    case, letter = desk.letter(ref)
    told = checked(details, paper)
    found = cases.standing(desk, case)
    if paper is Paper.DELETION_CHECKLIST and reference.split(ref)[1] is None:
        letter = deletion_checking.last_asking(found) or letter
    making = Enclosing(
        desk=desk,
        found=found,
        letter=letter,
        letters=told.letters or (Letters.ZH if paper in _CHINESE else letter.letters),
        details=told,
    )
    document, notices = maker(making)
    return Enclosed(paper=paper, letter=letter, document=document, notices=tuple(notices))


def write(made_paper: Enclosed, *, form: Form, out: Path) -> None:
    """Put a paper into a file: the same octets every time.

    Raises:
        BadInput: The file cannot be written, or a mail is wanted.
        MissingGlyph: A character that the fonts lack.
    """
    if form is Form.EML:
        raise BadInput(
            message("A paper beside a letter is no mail of its own."),
            hint=message("Make it a PDF, and attach it to the mail of the letter."),
        )
    write_whole(out, rendering.paper(made_paper.document, form))
