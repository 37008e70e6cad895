"""The period that a sector's own rule sets for some of what a request asks."""

from collections.abc import Collection, Mapping
from typing import Final

from pirights import rule_data
from pirights.domain.handler import Venue
from pirights.domain.period import Matter, PeriodRule
from pirights.domain.person import Capacity, Person
from pirights.domain.request import Right
from pirights.letters.shapes import FLAG, NUMBER, Record, Text

_CREDIT: Final = "credit-objection"
_APP: Final = "app-handling"
_NAMED: Final = (_CREDIT, _APP)
"""Those that a letter has a sentence for, each with its article and what stands behind it."""


def rule_for(
    person: Person, venues: Collection[Venue], rights: Collection[Right]
) -> PeriodRule | None:
    """Find the rule of the sector for some of these rights; None where no letter names one.

    An objection to credit information is the person's own (credit reporting regulations 25(1)): no
    text gives it to a relative.
    """
    for name in _NAMED:
        rule = rule_data.periods()[name]
        own = rule.matter is Matter.SECTOR
        if (
            venues
            and set(venues) <= set(rule.venues)
            and set(rights) & set(rule.rights)
            and not (own and person.capacity is Capacity.RELATIVE)
        ):
            return rule
    return None


def told(rule: PeriodRule | None, rights: Collection[Right]) -> Mapping[str, object] | None:
    """What a template may say of it: `whole` where it is about everything that is asked."""
    if rule is None or rule.period is None:
        return None
    whole = rule.matter is Matter.REQUEST and set(rights) <= set(rule.rights)
    return {"id": rule.id, "amount": rule.period.amount, "whole": whole}


SHAPE: Final = Record({"id": Text(_NAMED), "amount": NUMBER, "whole": FLAG}, may_miss=True)
"""What `told` hands over."""
