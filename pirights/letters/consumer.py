"""The consumer's complaint (消费者投诉书): a dispute of one's own with a business operator."""

from pirights.domain.authority import AuthorityRole
from pirights.domain.document import Document
from pirights.domain.encounter import Circumstance
from pirights.domain.law import Laws
from pirights.letters import to_authority, to_check, wording
from pirights.letters.template import Template
from pirights.letters.to_authority import AuthorityBrief


def written(brief: AuthorityBrief, laws: Laws) -> Document:
    """Write the paper, in one language or both."""
    return to_authority.written(brief, lambda source: values(brief, source, laws))


def values(brief: AuthorityBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the paper's template may name, in the language of the template."""
    return {
        **to_authority.shared(brief, source, laws),
        "department": brief.body.role is AuthorityRole.REGULATOR,
        "demands": to_check.demands(brief, source, laws),
        "customers": wording.spans(customers(brief), source.language),
        "clues": brief.identify_by,
        "points": to_check.points(brief, source, laws),
    }


def customers(brief: AuthorityBrief) -> list[int]:
    """Number the facts at which, as the log says, the person was there as a consumer."""
    return [
        number
        for number, one in enumerate(brief.encounters, start=1)
        if Circumstance.CUSTOMER in one.circumstances
    ]
