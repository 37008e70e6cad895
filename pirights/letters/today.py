"""Numbered items that speak of what goes on from a letter's day, each under the law of that day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from pirights.domain.citation import cite_all
from pirights.domain.document import Language
from pirights.domain.encounter import Encounter
from pirights.domain.law import Laws, State
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.letters.capacity import rule_of, speaking_of
from pirights.letters.template import Template

ACCEPTANCE: Final = "ndsr-2024:23"
"""Network data handlers accept requests promptly, and set no unreasonable conditions."""

ACCEPTED: Final = frozenset(
    {Right.ACCESS, Right.COPY, Right.CORRECT, Right.DELETE, Right.WITHDRAW, Right.REFUSE}
)
"""The rights whose requests that article speaks of."""


def in_force(laws: Laws, key: str, on: date) -> bool:
    """Say whether a provision applies on a day."""
    return laws.state(key, on) is State.IN_FORCE


def asked_today(  # noqa: PLR0913 (what decides an item, named one by one)
    source: Template,
    laws: Laws,
    encounters: Sequence[Encounter],
    *,
    on: date,
    person: Person,
    without: Collection[str] = (),
) -> list[Mapping[str, object]]:
    """Number the items of a template, each with those of its articles that apply on a day.

    Args:
        source: The template, in its language.
        laws: The law data.
        encounters: Their kinds of place and persons decide which articles fit.
        on: The letter's date.
        person: The one whose information it is, as the items speak of them.
        without: Ids of items that are left out.
    """
    language: Language = source.language
    venues = frozenset(encounter.venue for encounter in encounters)
    minor = person.is_minor_ward or any(encounter.minor for encounter in encounters)
    kept = [item for item in source.items if item.id not in without]
    return [
        {
            "number": number,
            "text": speaking_of(item.text, person, language),
            "basis": cite_all(
                laws,
                laws.applying(
                    rule_of(person).cites(item.cites, item.right),
                    on=on,
                    venues=venues,
                    minor=minor,
                ),
                language,
            ),
        }
        for number, item in enumerate(kept, start=1)
    ]
