"""The civil complaint (民事起诉状): parties, claims, facts and grounds, evidence and its sources.

The plain form. None of the model forms by elements (要素式) is for personal information.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pirights.domain import plaintiff
from pirights.domain.bundle import sections
from pirights.domain.bundle_papers import numeral
from pirights.domain.citation import cite_all
from pirights.domain.cost import CostClass
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Language, Letters, Paragraph
from pirights.domain.escalation import FollowUp
from pirights.domain.law import Laws
from pirights.domain.person import Capacity, Kinship, Person
from pirights.domain.reply import ReplyKind
from pirights.domain.request import Score
from pirights.domain.words import Words
from pirights.letters import (
    account,
    assembly,
    by_date,
    court_claims,
    court_grounds,
    followup,
    template,
    wording,
)
from pirights.letters.capacity import KINSHIP, called
from pirights.letters.court_brief import CourtBrief
from pirights.letters.template import Template

FIRST_IN_LINE: Final = frozenset(
    {Kinship.SPOUSE, Kinship.SON, Kinship.DAUGHTER, Kinship.FATHER, Kinship.MOTHER}
)
"""The relatives who may claim for a deceased before all others (Civil Code 994)."""

_ON_THE_DAY: Final = frozenset({CostClass.CONTRACT, court_claims.FEE})
"""Claims whose law is that of one day, whatever is stored still."""

_STORED: Final = frozenset({"burden", "fault", "relative"})
"""Grounds that may rest on what is stored still."""

_DEFENDANT: Final = Words(zh="被告", en="the defendant")
_PLAINTIFF: Final = Words(zh="原告", en="the plaintiff")


def written(brief: CourtBrief, laws: Laws) -> Document:
    """Write the complaint, in one language or both."""
    made = assembly.assembled(
        FollowUp.COURT.value, brief, lambda source: values(brief, source, laws)
    )
    office = brief.office or _NO_OFFICE
    blocks = [
        replace(block, indent=False)
        if isinstance(block, Paragraph) and block.text == office
        else block
        for block in made.blocks
    ]
    last = [block for block in blocks if isinstance(block, Paragraph) and block.text == office]
    if len(last) > 1 and brief.letters is Letters.BOTH:  # a court has one name, in Chinese
        blocks.remove(last[-1])
    return replace(made, blocks=tuple(blocks))


_NO_OFFICE: Final = "____________人民法院"
"""Where the court's name is to be written; set at the margin, as is usual."""


def values(brief: CourtBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the complaint's template may name, in the language of the template."""
    language = source.language
    claims = court_claims.claims(brief, source, laws)
    liability = court_grounds.liability(brief, laws)
    keys = [key for claim in claims if claim.kind not in _ON_THE_DAY for key in claim.cites]
    keys += [key for name, cites in liability.items() if name in _STORED for key in cites]
    own = _own(brief, language)
    return {
        **assembly.common(brief, source, laws),
        "plaintiff": _party(brief.plaintiff, language),
        "representative": _representative(brief, language),
        "deceased": called(brief.person, language) if _is_relative(brief) else "",
        "kinship": _kinship(brief, language),
        "interest": brief.person.interest if _is_relative(brief) else "",
        "first_in_line": brief.person.kinship in FIRST_IN_LINE,
        f"whose_{language}": own["mine"],
        "particulars": brief.particulars,
        "legal_representative": brief.legal_representative,
        "office": brief.office or _NO_OFFICE,
        "contract_loss": any(one.kind == CostClass.CONTRACT for one in claims),
        "claims": [court_claims.shown(one, brief, source, laws) for one in claims],
        "scans": [
            {
                f"text_{language}": account.scan(one, brief.person, _DEFENDANT, language, **own),
                "proof": court_claims.named(
                    brief, court_claims.of_owners(brief, one.label), language
                ),
            }
            for one in brief.encounters
        ],
        "mailed": [_mailed(one, brief, language) for one in brief.sent],
        "came": [
            {
                f"text_{language}": account.came(one, brief.person, _DEFENDANT, language),
                "proof": court_claims.named(
                    brief, court_claims.of_owners(brief, f"I{one.id}"), language
                ),
            }
            for one in brief.replies
            if one.kind is not ReplyKind.BOUNCED  # the post's word, not the defendant's
        ],
        "requested": brief.first.dispatch is not None,
        "answered": brief.answered,
        "answers": _answers(brief, language),
        "given": _numbers(brief, {Score.GIVEN}, language),
        "silent": _numbers(brief, {Score.SILENT}, language),
        "unanswered": ""
        if brief.answered
        else wording.numbers([one.number for one in brief.claimed], language)
        if brief.claimed
        else "",
        "earlier": by_date.earlier(brief, source, laws),
        "later": by_date.later(brief, keys, laws, language),
        "grounds": court_grounds.grounds(brief, laws, language),
        "liability": {name: cite_all(laws, cites, language) for name, cites in liability.items()},
        "exhibits": _exhibits(brief, language),
        "exhibit_count": len(brief.exhibits),
    }


def _own(brief: CourtBrief, language: Language) -> dict[str, str]:
    """How the complaint names the one whose information it is: the plaintiff, or the deceased."""
    if not _is_relative(brief):
        name = _PLAINTIFF.in_(language)
        possessive = name if language is Language.ZH else f"{name}'s"
    else:
        name = Words(zh="逝者", en="the deceased").in_(language)
        possessive = name if language is Language.ZH else f"{name}'s"
    return {
        "me": name,
        "mine": possessive,
        "whose": possessive[:1].upper() + possessive[1:],
        "guardians": "the guardian's",
    }


def _is_relative(brief: CourtBrief) -> bool:
    return brief.person.capacity is Capacity.RELATIVE


def _party(person: Person, language: Language) -> Mapping[str, str]:
    return {
        "name": called(person, language),
        "address": person.address,
        "phone": person.phone,
        "email": person.email,
    }


def _representative(brief: CourtBrief, language: Language) -> Mapping[str, str] | None:
    """Who acts for the plaintiff in court: a guardian, or an agent."""
    if brief.person.capacity not in {Capacity.GUARDIAN, Capacity.AGENT}:
        return None
    return {
        "role": brief.person.capacity.value,
        **_party(brief.actor or Person(id=0), language),
    }


def _kinship(brief: CourtBrief, language: Language) -> str:
    kinship = brief.person.kinship
    return KINSHIP[kinship].in_(language) if kinship is not None else ""


def _mailed(letter: Letter, brief: CourtBrief, language: Language) -> Mapping[str, object]:
    facts = followup.request_facts(letter, language)
    return {
        **facts,
        f"title_{language}": template.load(letter.kind, language).title,
        "proof": court_claims.named(brief, court_claims.of_owners(brief, letter.label), language),
    }


def _answers(brief: CourtBrief, language: Language) -> list[Mapping[str, object]]:
    """What the handler refused, or met in part: the items of one result together."""
    found: dict[tuple[Score, str], list[int]] = {}
    for item in brief.first.items:
        if item.right is not None and item.score in {Score.REFUSED, Score.PARTIAL}:
            found.setdefault((item.score, item.refused_under), []).append(item.number)
    return [
        {
            "numbers": wording.spans(numbers, language),
            "score": score,
            "refused_under": refused_under,
        }
        for (score, refused_under), numbers in found.items()
    ]


def _numbers(brief: CourtBrief, scores: set[Score], language: Language) -> str:
    found = [
        item.number for item in brief.first.items if item.right is not None and item.score in scores
    ]
    return wording.spans(found, language)


def _exhibits(brief: CourtBrief, language: Language) -> list[Mapping[str, object]]:
    """The exhibits in their groups, as the catalogue has them."""
    rows: list[Mapping[str, object]] = []
    for section in sections(brief.exhibits):
        heading = section.group.heading.in_(language)
        name = f"第{numeral(section.ordinal)}组　{heading}"
        if language is Language.EN:
            name = f"Group {section.ordinal}: {heading}"
        rows += [
            {
                "number": one.number,
                "group": name,
                "title": one.title.in_(language),
                "source": plaintiff.source(one.source).in_(language),
                "pages": one.pages,
            }
            for one in section.exhibits
        ]
    return rows
