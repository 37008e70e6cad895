"""The enquiry about a leak (个人信息泄露情况询问函): what was noticed, and what is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pirights.domain.citation import cite_all
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Language, Letters
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler
from pirights.domain.law import Laws, State
from pirights.domain.person import Person
from pirights.domain.request import AskedItem, Right
from pirights.letters import assembly, items, template, wording
from pirights.letters.preserve import earlier
from pirights.letters.template import Template

_INCIDENTS: Final = "ndsr-2024:11(2)"
"""Telling those concerned of a network data security incident that did harm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachBrief:
    """Everything such a letter is written from.

    Attributes:
        label: The new message's own name, such as PR-2026-7K3M9QX-C/2.
        first: The request of the case, sent or not.
        encounters: By which the handler came to have the person's information.
        signs: What the person noticed, in their own words; at least one.
        on: The letter's date; its law is what is cited, for the duty to tell is a present one.
        by: The day by which a reply is asked for, inclusive; our suggestion.
        zone: The IANA zone in which those are days.
        identify_by: Clues the user gave, such as 年卡号 1234.
    """

    label: str
    person: Person
    handler: Handler
    first: Letter
    encounters: tuple[Encounter, ...]
    signs: tuple[str, ...]
    letters: Letters
    on: date
    by: date
    zone: str
    actor: Person | None = None
    identify_by: tuple[str, ...] = ()


def written(brief: BreachBrief, laws: Laws) -> Document:
    """Write the letter, in one language or both."""
    return assembly.assembled(
        FollowUp.BREACH.value, brief, lambda source: values(brief, source, laws)
    )


def values(brief: BreachBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the letter's template may name, in the language of the template."""
    language = source.language
    asked = _asked(brief, laws)
    return {
        **assembly.common(brief, source, laws),
        "first": earlier(brief.first, language),
        "scans": [
            {
                f"time_{language}": wording.moment(one, language),
                "about": one.about,
                "place": one.place,
                "refused": one.refused,
            }
            for one in brief.encounters
        ],
        "signs": [wording.sentence(sign, language) for sign in brief.signs],
        f"clues_{language}": wording.clues(
            brief.person, brief.encounters, brief.identify_by, language
        ),
        "items": [_item(one, laws, language) for one in asked if one.right is not None],
        "questions": [_item(one, laws, language) for one in asked if one.right is None],
        "incidents": laws.state(_INCIDENTS, brief.on) is State.IN_FORCE,
    }


def _asked(brief: BreachBrief, laws: Laws) -> tuple[AskedItem, ...]:
    """Number what is asked; by the law of the letter's day, on which the duty to tell stands."""
    kind = FollowUp.BREACH.value
    return items.chosen(
        template.load(kind, Language.ZH),
        template.load(kind, Language.EN),
        rights=(Right.KNOW,),
        laws=laws,
        facts=[brief.on],
        asked=brief.on,
        venues=frozenset(one.venue for one in brief.encounters),
        two_step=False,
        person=brief.person,
    )


def _item(item: AskedItem, laws: Laws, language: Language) -> Mapping[str, object]:
    return {
        "number": item.number,
        f"text_{language}": item.zh if language is Language.ZH else item.en,
        "basis": cite_all(laws, item.cites, language),
    }
