"""The report to the police (情况反映): cameras where none may be, or without a sign."""

from typing import Final

from pirights.domain.document import Document
from pirights.domain.law import Laws
from pirights.letters import to_authority, to_check
from pirights.letters.template import Template
from pirights.letters.to_authority import AuthorityBrief

PRIVATE: Final = "private-space"
SIGN: Final = "no-sign-video"
INSTALLER_LISTED: Final = "installer-listed"
INSTALLER_OTHER: Final = "installer-other"
"""Items of the template: where no camera may be; without a sign; who may install one (7 and 9)."""

_REPORTABLE: Final = frozenset({PRIVATE, INSTALLER_LISTED, INSTALLER_OTHER})
"""What the paragraph on reports names (public-video-2025:24(2)); a missing sign is not in it."""


def written(brief: AuthorityBrief, laws: Laws) -> Document:
    """Write the paper, in one language or both."""
    return to_authority.written(brief, lambda source: values(brief, source, laws))


def values(brief: AuthorityBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the paper's template may name, in the language of the template."""
    return {
        **to_authority.shared(brief, source, laws),
        "points": to_check.points(brief, source, laws),
        "reportable": any(one & _REPORTABLE for one in brief.holding),
    }
