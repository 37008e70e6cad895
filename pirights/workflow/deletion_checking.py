"""The checklist beside a letter that asks for deletion; refused beside one that does not."""

from collections.abc import Sequence

from pirights.domain.dispatch import Letter
from pirights.domain.document import Document
from pirights.domain.escalation import FollowUp
from pirights.domain.request import Right, Score
from pirights.errors import Message, NotNextStep, message
from pirights.letters import deletion_checklist
from pirights.letters.beside import PaperBrief
from pirights.workflow.cases import Standing
from pirights.workflow.enclosing import Enclosing, check_glyphs

_MISSING = frozenset({Score.PARTIAL, Score.REFUSED, Score.SILENT})
"""What an item is marked with that is asked for again."""


def written(making: Enclosing) -> tuple[Document, Sequence[Message]]:
    """Write the checklist.

    Raises:
        MissingGlyph: A character that the fonts lack.
        NotNextStep: The letter does not ask for deletion.
    """
    found, letter = making.found, making.letter
    if not _asks_deletion(found, letter):
        raise NotNextStep(
            message("Letter {label} does not ask for deletion.", label=letter.label),
            hint=message(
                "The checklist goes beside one that does; see `pirights case show {ref}`.",
                ref=letter.ref,
            ),
        )
    check_glyphs(making, {})
    two_step = any(item.after_receipt for item in found.letters[0].items)
    brief = PaperBrief(
        letter=letter,
        person=found.person,
        handler=found.handler,
        actor=found.actor,
        letters=making.letters,
        zone=making.desk.zone,
        two_step=two_step,
    )
    told = []
    if two_step:
        told.append(
            message(
                "The letter asks for copies first: hand the checklist over when you confirm in "
                "writing that the copies are complete, or beside the letter; it says so itself."
            )
        )
    return deletion_checklist.written(brief, making.desk.laws), told


def last_asking(found: Standing) -> Letter | None:
    """The last letter of a case that asks for deletion; None if none does.

    One that only repeats what was asked comes after one that asks it itself.
    """
    asking = [one for one in reversed(found.letters) if _asks_deletion(found, one)]
    own = [one for one in asking if one.kind != FollowUp.REMINDER]
    return next(iter([*own, *asking]), None)


def _asks_deletion(found: Standing, letter: Letter) -> bool:
    """Say whether deletion is asked in this letter, for the first time or again."""
    if letter.kind == FollowUp.WITHDRAWAL:
        return True
    asked = [item for item in found.letters[0].items if item.right is Right.DELETE]
    if letter.kind == FollowUp.INCOMPLETE:
        return any(item.score in _MISSING for item in asked)
    if letter.kind == FollowUp.REMINDER:
        return bool(asked)
    return any(item.right is Right.DELETE for item in letter.items)
