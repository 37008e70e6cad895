"""The lead for public-interest litigation (公益诉讼线索材料): a lead, and no demand to sue."""

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
    found = to_check.points(brief, source, laws)
    return {
        **to_authority.shared(brief, source, laws),
        "affected": brief.affected.rstrip("。.；;"),
        "public": wording.spans(brief.public, source.language),
        "many": many(brief),
        "points": found,
        "checks": to_check.checks(brief, source, laws, start=len(found) + 1),
    }


def many(brief: AuthorityBrief) -> bool:
    """Say whether the log says that faces of 100,000 persons are stored."""
    return any(Circumstance.MANY_FACES in one.circumstances for one in brief.encounters)
