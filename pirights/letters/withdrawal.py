"""The notice of withdrawal (撤回同意通知书): consent ends, and another way is used from now on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Letters
from pirights.domain.encounter import Answer, Encounter
from pirights.domain.handler import Handler
from pirights.domain.law import Laws
from pirights.domain.person import Person
from pirights.letters import wording
from pirights.letters.assembly import assembled, common
from pirights.letters.followup import request_facts
from pirights.letters.template import Template
from pirights.letters.today import ACCEPTANCE, asked_today, in_force

_DELETE: Final = "withdrawal.delete"
_KEEP: Final = "withdrawal.keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalBrief:
    """Everything such a notice is written from.

    Attributes:
        label: The new message's own name, such as PR-2026-7K3M9QX-C/3.
        first: The request; it may not have been sent.
        encounters: Those that leave room for a consent.
        identify_by: Clues the user gave, such as 年卡号 1234.
        held: A copy that was asked of the handler has not been given, or it was asked to preserve.
        on: The notice's date.
        by: The day by which a confirmation is asked for, inclusive; our suggestion.
        zone: The IANA zone in which those are days.
    """

    label: str
    person: Person
    handler: Handler
    first: Letter
    encounters: Sequence[Encounter]
    identify_by: tuple[str, ...]
    held: bool
    letters: Letters
    on: date
    by: date
    zone: str
    actor: Person | None = None


def written(brief: WithdrawalBrief, laws: Laws) -> Document:
    """Write the notice, in one language or both."""
    return assembled("withdrawal", brief, lambda source: values(brief, source, laws))


def values(brief: WithdrawalBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the template may name, in its language."""
    language = source.language
    return {
        **common(brief, source, laws),
        "first": request_facts(brief.first, language),
        "requested": brief.first.dispatch is not None,
        "scans": [
            {
                f"time_{language}": wording.moment(encounter, language),
                "about": encounter.about,
                "place": encounter.place,
                "agreed": Answer.YES in {encounter.consent, encounter.separate_consent},
            }
            for encounter in brief.encounters
        ],
        f"clues_{language}": wording.clues(
            brief.person, brief.encounters, brief.identify_by, language
        ),
        "held": brief.held,
        "acceptance": in_force(laws, ACCEPTANCE, brief.on),
        "items": asked_today(
            source,
            laws,
            brief.encounters,
            on=brief.on,
            person=brief.person,
            without={_DELETE if brief.held else _KEEP},
        ),
    }
