"""Voiding and correcting an encounter that was written down wrongly."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import Final

from pirights.domain.case import Case
from pirights.domain.encounter import Actor, Encounter, EncounterAmendment, Was
from pirights.domain.text import one_line
from pirights.errors import Message, NotNextStep, message
from pirights.vault.change import Change
from pirights.workflow import encounter_list, put_right
from pirights.workflow.desk import Desk
from pirights.workflow.put_right import Act, Own

FIELDS: Final[Mapping[str, Message]] = {
    "at": message("Time"),
    "zone": message("Zone"),
    "about": message("Only approximate"),
    "place": message("Place"),
    "venue": message("Kind of place"),
    "handlers": message("Handler"),
    "mode": message("What the device did"),
    "notice": message("Sign or notice"),
    "consent": message("Consent asked and given"),
    "separate_consent": message("Separate consent"),
    "alternative": message("Another way offered"),
    "refused": message("Refused without a scan"),
    "purpose": message("Purpose given"),
    "exemption": message("Ground for no consent"),
    "minor": message("Under 18"),
    "public_place": message("Public place"),
    "note": message("Note"),
    "circumstances": message("Known besides"),
    "ruled_out": message("Known not to be so"),
}
"""What can be corrected, by field."""


def void(desk: Desk, number: int, *, because: str) -> Act:
    """Take an encounter out of the log and of the cases about it; the journal keeps it.

    Raises:
        BadInput: No reason.
        NotFound: No such encounter.
        NotNextStep: It is voided already, or an open case would be about nothing without it.
    """
    before = encounter_list.standing(desk, number)
    why = put_right.reason(because)
    cases = [one for one in desk.vault.find_all(Case) if number in one.encounters]
    for case in cases:
        if case.closed_on is None and [one.id for one in desk.encounters(case)] == [number]:
            raise NotNextStep(
                message(
                    "Case {ref} is about {label} alone, and its letters rest on it.",
                    ref=case.ref,
                    label=before.label,
                ),
                hint=message(
                    "Correct it with `pirights log edit {label}`, or close the case first: "
                    "`pirights case close {ref} --outcome withdrawn`.",
                    label=before.label,
                    ref=case.ref,
                ),
            )
    after = replace(before, voided_on=desk.today, voided_because=why)

    return Act(refs=tuple(one.ref for one in cases), do=_doing(desk, after, "encounter.voided"))


def correct(desk: Desk, before: Encounter, after: Encounter, *, because: str) -> Act:
    """Correct what an encounter says; it keeps what it said, and the reason if there is one.

    Args:
        desk: Vault and moment.
        before: As it stands.
        after: As it shall stand, checked.
        because: Why; may be empty, for an entry on which nothing rests yet.

    Raises:
        BadInput: The reason cannot be taken.
    """
    own = tuple(_changes(before, after))
    amended = replace(
        after,
        amendments=(
            *before.amendments,
            EncounterAmendment(
                on=desk.today,
                because=one_line(because, field="because"),
                was=tuple(
                    Was(
                        field=name,
                        value=_clock(before.local)
                        if name == "at"
                        else _plain(getattr(before, name)),
                    )
                    for name in FIELDS
                    if getattr(before, name) != getattr(after, name)
                ),
            ),
        ),
    )
    cases = [one for one in desk.vault.find_all(Case) if before.id in one.encounters]
    return Act(
        refs=tuple(one.ref for one in cases),
        own=own,
        do=_doing(desk, amended, "encounter.edited"),
    )


def _doing(
    desk: Desk, after: Encounter, kind: str
) -> Callable[[Change], tuple[str, Sequence[Message]]]:
    def do(change: Change) -> tuple[str, Sequence[Message]]:
        change.replace(after, kind=kind)
        return after.label, [
            message(
                "Letter {label} was written before this change and still says what it said.",
                label=letter,
            )
            for letter in encounter_list.letters_about(desk, after.id)
        ]

    return do


def _changes(before: Encounter, after: Encounter) -> Iterator[Own]:
    for name, what in FIELDS.items():
        was, now = getattr(before, name), getattr(after, name)
        if was == now and name != "at":
            continue
        if name == "at":
            if (was, before.zone) == (now, after.zone):
                continue
            was, now = _clock(before.local), _clock(after.local)
        elif name == "handlers":
            was, now = _actors(was), _actors(now)
        yield Own(what, was, now)


def _actors(actors: Sequence[Actor]) -> tuple[str, ...]:
    return tuple(f"H{one.handler}:{one.role.value}" for one in actors)


def _clock(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _plain(value: object) -> str:
    """Write a field's value in plain words, for keeping."""
    if isinstance(value, tuple):
        return "; ".join(_plain(one) for one in value)
    if isinstance(value, Actor):
        return f"H{value.handler}:{value.role.value}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value) if isinstance(value, Enum) else str(value)
