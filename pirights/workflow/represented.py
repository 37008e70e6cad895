"""Who acts for whom: what is entered of a capacity fits together."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from pirights.domain.person import Capacity, Kinship, Person
from pirights.errors import BadInput, message
from pirights.workflow import acting
from pirights.workflow.desk import Desk

_OTHERS: Final = frozenset(Capacity) - {Capacity.SELF}

_FITTING: Final[Mapping[str, tuple[str, Collection[Capacity]]]] = {
    "representative": ("--represented-by", _OTHERS),
    "kinship": ("--kinship", _OTHERS),
    "ward": ("--ward", {Capacity.GUARDIAN}),
    "interest": ("--interest", {Capacity.RELATIVE}),
}
"""What is told of a capacity: its option, and the capacities that it fits."""

_UNTOLD: Final[Mapping[str, Any]] = {
    field: getattr(Person(id=0), field) for field in (*_FITTING, "capacity")
}

_NO_GUARDIANS: Final = frozenset(
    {
        *(Kinship.SPOUSE, Kinship.SON, Kinship.DAUGHTER),
        *(Kinship.GRANDCHILD, Kinship.MATERNAL_GRANDCHILD),
    }
)
"""What the guardian of a minor is not to the minor (Civil Code 27)."""

_SPEAKS_TO: Final = re.compile(r"贵方|你方|你们|(?<![A-Za-z])[Yy]ou(?:rs?)?(?![A-Za-z])")
"""Words that address the reader. An interest stands in papers for others than the handler too."""


def checked(desk: Desk, given: Person, *, told: Collection[str] | None = None) -> Person:
    """Check in whose right letters for a person are written, and who acts.

    Args:
        desk: Vault and moment.
        given: The person as they would be.
        told: The fields that were named just now; all that say something if None. What was not
            named and does not fit any more is dropped.

    Raises:
        BadInput: It does not fit together.
        NotFound: An unknown representative.
    """
    if told is None:
        told = [field for field, none in _UNTOLD.items() if getattr(given, field) != none]
    if not set(told) & set(_UNTOLD):
        return given
    kept = _fitting(given, told)
    if "interest" in told:
        _check_interest(kept.interest)
    if kept.capacity is not Capacity.SELF:
        _check_free(desk, kept)
        _check_representative(desk, kept)
    if kept.is_minor_ward and kept.kinship in _NO_GUARDIANS:
        raise BadInput(
            message(
                "The guardian of a minor cannot be related so: {kinship}. --kinship says what the "
                "one who acts is to the person.",
                kinship=kept.kinship,
            ),
            hint=message("For example: --kinship mother."),
        )
    return kept


def _check_interest(interest: str) -> None:
    found = _SPEAKS_TO.search(interest)
    if found:
        raise BadInput(
            message(
                "The interest speaks to its reader (“{word}”), but it stands in papers for "
                "authorities and the court too.",
                word=found[0],
            ),
            hint=message("Name the handler instead: --interest 查明逝者在样例乐园办理年卡的情况。"),
        )


def _fitting(given: Person, told: Collection[str]) -> Person:
    for field, (option, capacities) in _FITTING.items():
        if given.capacity in capacities:
            continue
        if field in told and getattr(given, field) != _UNTOLD[field]:
            raise BadInput(
                message(
                    "{option} does not fit this capacity: {capacity}.",
                    option=option,
                    capacity=given.capacity,
                ),
                hint=message(
                    "It belongs to --capacity {capacities}.",
                    capacities=sorted(one.value for one in capacities),
                ),
            )
        given = replace(given, **{field: _UNTOLD[field]})
    return given


def _check_free(desk: Desk, person: Person) -> None:
    for other in desk.vault.find_all(Person):
        if person.id and other.id != person.id and acting.number(other) == person.id:
            raise BadInput(
                message(
                    "{person} acts for {other}, and so must act alone.",
                    person=person.label,
                    other=other.label,
                ),
                hint=message(
                    "Name another first: `pirights person edit {person} --represented-by P2`.",
                    person=other.label,
                ),
            )


def _check_representative(desk: Desk, person: Person) -> None:
    if acting.number(person) == person.id:
        raise BadInput(
            message("Somebody else must act for {person}.", person=person.label),
            hint=message("Enter the one who acts as a person too, and add --represented-by P2."),
        )
    found = desk.vault.get(Person, acting.number(person))
    if found.capacity is not Capacity.SELF:
        raise BadInput(
            message(
                "{person} does not act alone ({capacity}), and cannot act for others.",
                person=found.label,
                capacity=found.capacity,
            ),
            hint=message("Name somebody who acts alone: --represented-by P2."),
        )
