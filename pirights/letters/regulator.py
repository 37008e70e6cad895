"""The complaint and report to a regulator (投诉举报材料): two parts, each whole by itself."""

from typing import Final

from pirights.domain.authority import AuthorityRole, Level
from pirights.domain.document import Document
from pirights.domain.law import Laws
from pirights.domain.words import Words
from pirights.letters import to_authority, to_check
from pirights.letters.template import Template
from pirights.letters.to_authority import AuthorityBrief


def written(brief: AuthorityBrief, laws: Laws) -> Document:
    """Write the paper, in one language or both."""
    return to_authority.written(brief, lambda source: values(brief, source, laws))


def _channel(brief: AuthorityBrief) -> Words:
    """By what way the paper is handed in; nothing for the organ above a state organ.

    Of a body that stands in each place no contact is known here: the departments publish theirs
    (PIPL 65(2)), and there is room for it.
    """
    body = brief.body
    if brief.to_superior:
        return Words.same("")
    if body.level is Level.LOCAL and body.role is not AuthorityRole.HOTLINE:
        return _PUBLISHED
    return body.channel


_PUBLISHED: Final = Words(
    zh="该机关公布的投诉、举报渠道：____________________",
    en="The complaint and report contacts that this office publishes: ____________________",
)


def values(brief: AuthorityBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the paper's template may name, in the language of the template."""
    answer = to_check.answer_points(brief)
    found = to_check.points(brief, source, laws, answer=answer)
    return {
        **to_authority.shared(brief, source, laws),
        "superior": brief.to_superior,
        "channel": _channel(brief).in_(source.language),
        "unsatisfied": bool(brief.unmet),
        "demands": to_check.demands(brief, source, laws),
        "points": found,
        "checks": to_check.checks(brief, source, laws, start=len(found) + 1),
    }
