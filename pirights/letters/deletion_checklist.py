"""The checklist to confirm deletion (删除确认清单): filled in by the handler, thing by thing."""

from pirights.domain.document import Document
from pirights.domain.law import Laws
from pirights.domain.paper import Paper
from pirights.letters import assembly, beside
from pirights.letters.beside import PaperBrief
from pirights.letters.template import Template


def written(brief: PaperBrief, laws: Laws) -> Document:
    """Write the checklist, in one language or both."""
    kind = Paper.DELETION_CHECKLIST.value
    return assembly.assembled(kind, brief, lambda source: values(brief, source, laws))


def values(brief: PaperBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the checklist's template may name, in the language of the template."""
    return beside.common(brief, source, laws)
