"""The letter about identity (关于身份核验方式的回复): what they hold suffices; no new face."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Letters
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.law import Laws
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.letters import wording
from pirights.letters.assembly import assembled, common
from pirights.letters.followup import request_facts
from pirights.letters.template import Template
from pirights.letters.today import ACCEPTANCE, ACCEPTED, asked_today, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityBrief:
    """Everything such a letter is written from.

    Attributes:
        label: The new message's own name, such as PR-2026-7K3M9QX-C/3.
        first: The request; sent.
        encounters: Those of the case.
        offers: By what the handler can tell who is asking; what the user named, or the clues of
            the request.
        asked_on: The day on which proof of identity, or a form, was asked for.
        form: It was the handler's form that was asked for.
        on: The letter's date.
        by: The day by which a reply is asked for, inclusive; our suggestion.
        zone: The IANA zone in which those are days.
    """

    label: str
    person: Person
    handler: Handler
    first: Letter
    encounters: Sequence[Encounter]
    offers: tuple[str, ...]
    letters: Letters
    asked_on: date
    form: bool
    on: date
    by: date
    zone: str
    actor: Person | None = None


def written(brief: IdentityBrief, laws: Laws) -> Document:
    """Write the letter, in one language or both."""
    return assembled("identity", brief, lambda source: values(brief, source, laws))


def values(brief: IdentityBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the template may name, in its language."""
    language = source.language
    asked = {item.right for item in brief.first.items}
    return {
        **common(brief, source, laws),
        "first": request_facts(brief.first, language),
        "form": brief.form,
        "proofs": list(brief.offers),
        f"clues_{language}": wording.clues(brief.person, (), (), language),
        "asks_copies": bool({Right.ACCESS, Right.COPY} & asked),
        "acceptance": bool(ACCEPTED & asked) and in_force(laws, ACCEPTANCE, brief.on),
        "items": asked_today(source, laws, brief.encounters, on=brief.on, person=brief.person),
        f"asked_{language}": wording.day(brief.asked_on, language),
    }
