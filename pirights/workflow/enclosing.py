"""What a paper beside a letter is made in: the case as it stands, the letter, a language."""

from collections.abc import Mapping
from dataclasses import dataclass

from pirights.domain.dispatch import Letter
from pirights.domain.document import Letters
from pirights.workflow import glyphs
from pirights.workflow.cases import Standing
from pirights.workflow.desk import Desk
from pirights.workflow.enclosure_details import EnclosureDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosing:
    """A paper that is about to be made.

    Attributes:
        found: The case and all that is known of it; open or closed.
        letter: Beside which it goes; its date is the paper's.
        letters: The paper's language.
        details: What the user told beyond the case.
    """

    desk: Desk
    found: Standing
    letter: Letter
    letters: Letters
    details: EnclosureDetails


def check_glyphs(making: Enclosing, more: Mapping[str, str]) -> None:
    """Refuse what the fonts cannot print.

    Raises:
        MissingGlyph: Such a character stands in the person, the handler or in what is added.
    """
    found = making.found
    parties = glyphs.parties(found.person, found.actor, found.handler)
    phone = {f"{found.handler.label}.phone": found.handler.phone}
    glyphs.check({**parties, **phone, **more})
