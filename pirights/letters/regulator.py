"""The complaint and report to a regulator (投诉举报材料): two parts, each whole by itself."""

from pirights.domain.document import Document
from pirights.domain.law import Laws
from pirights.letters import to_authority, to_check
from pirights.letters.template import Template
from pirights.letters.to_authority import AuthorityBrief


def written(brief: AuthorityBrief, laws: Laws) -> Document:
    """Write the paper, in one language or both."""
    return to_authority.written(brief, lambda source: values(brief, source, laws))


def values(brief: AuthorityBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the paper's template may name, in the language of the template."""
    answer = to_check.answer_points(brief)
    found = to_check.points(brief, source, laws, answer=answer)
    return {
        **to_authority.shared(brief, source, laws),
        "superior": brief.to_superior,
        "unsatisfied": bool(brief.unmet),
        "demands": to_check.demands(brief, source, laws),
        "points": found,
        "checks": to_check.checks(brief, source, laws, start=len(found) + 1),
    }
