"""The power of attorney (授权委托书): agent, matter, scope and term (Civil Code 165)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pirights.domain.document import Document
from pirights.domain.law import Laws
from pirights.domain.paper import Paper
from pirights.domain.person import Capacity, Person, Ward, masked
from pirights.letters import assembly, beside, wording
from pirights.letters.beside import PaperBrief
from pirights.letters.capacity import called
from pirights.letters.template import Template

_SCOPE: Final = ("submit", "receive", "copies", "contact", "follow")
"""What the agent may do, in the order of its numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerBrief(PaperBrief):
    """What a power is written from.

    Attributes:
        agent: Who is given it.
        until: Its last day.
        until_chosen: The user gave that day; else it is twelve months, or the end of the matter.
        powers: What the agent may do beyond the usual, in the user's words.
        court: It is for an action in court.
        copies: Copies are asked for, and can arrive.
    """

    agent: Person
    until: date
    until_chosen: bool = False
    powers: tuple[str, ...] = ()
    court: bool = False
    copies: bool = False


def written(brief: PowerBrief, laws: Laws) -> Document:
    """Write the power, in one language or both."""
    return assembly.assembled(Paper.POA.value, brief, lambda source: values(brief, source, laws))


def principal(person: Person, actor: Person | None) -> Person:
    """Who gives the power: a close relative of a deceased gives it in their own right."""
    return actor or person if person.capacity is Capacity.RELATIVE else person


def values(brief: PowerBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the power's template may name, in the language of the template."""
    language = source.language
    common = beside.common(brief, source, laws)
    person, agent = brief.person, brief.agent
    giver = principal(person, brief.actor)
    guardian = brief.actor if person.capacity is Capacity.GUARDIAN else None
    own = person.capacity in {Capacity.SELF, Capacity.AGENT}
    requester = common["requester"]
    return {
        **common,
        "principal": {
            "name": called(giver, language),
            "lines": [] if own or not isinstance(requester, dict) else requester["lines"],
            "id": masked(giver.id_number),
            "phone": guardian.phone if guardian and guardian.phone else giver.phone,
        },
        "agent": {
            "name": called(agent, language),
            "id": masked(agent.id_number),
            "phone": agent.phone,
        },
        "minor": person.ward is Ward.MINOR,
        "scope": _scope(brief),
        "powers": brief.powers,
        "court": brief.court,
        f"until_{language}": wording.day(brief.until, language),
        "until_chosen": brief.until_chosen,
    }


def _scope(brief: PowerBrief) -> Mapping[str, int]:
    """Number what the agent may do; 0 for what is left out."""
    left = {"copies"} if brief.court or not brief.copies else set()
    kept = [name for name in _SCOPE if name not in left]
    return {name: kept.index(name) + 1 if name in kept else 0 for name in _SCOPE}
