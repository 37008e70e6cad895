"""The box in which whoever takes a letter at the counter stamps the sender's copy (签收栏)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pirights.domain.document import Document, ReceiptBox
from pirights.domain.law import Laws
from pirights.letters import assembly, beside
from pirights.letters.beside import PaperBrief
from pirights.letters.template import Template

KIND: Final = "receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptBrief(PaperBrief):
    """What the words of the box are made from.

    Attributes:
        pages: Of the letter; None to leave a blank, where they are not known.
    """

    pages: int | None = None


def stamped(brief: ReceiptBrief, laws: Laws) -> Document:
    """Add the box at the end of a letter, unless its own template has one."""
    document = brief.letter.document
    if any(isinstance(block, ReceiptBox) for block in document.blocks):
        return document
    box = assembly.assembled(KIND, brief, lambda source: values(brief, source, laws))
    return replace(document, blocks=(*document.blocks, *box.blocks))


def values(brief: ReceiptBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the box's template may name, in the language of the template."""
    common = beside.common(brief, source, laws)
    requester = common["requester"]
    enclosed: Sequence[object] = requester["enclosures"] if isinstance(requester, dict) else ()
    return {
        **common,
        "pages": brief.pages or 0,
        "enclosures": len(enclosed),
        "known": not beside.to_authority(brief.letter),
    }
