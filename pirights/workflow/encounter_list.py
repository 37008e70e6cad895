"""The encounters that count: listed, found by words, and taken one by one."""

from pirights.domain.case import Case
from pirights.domain.encounter import Encounter
from pirights.domain.text import one_line
from pirights.errors import NotNextStep, message
from pirights.workflow.desk import Desk


def newest(desk: Desk, *, limit: int | None, voided: bool = False) -> tuple[list[Encounter], int]:
    """List encounters, newest first, and say how many there are; the voided ones only if asked."""
    total = desk.vault.count(Encounter)
    if voided:
        return desk.vault.find_all(Encounter, limit=limit), total
    void = desk.vault.count_voided(Encounter)
    found = desk.vault.find_all(Encounter, limit=limit if limit is None else limit + void)
    return [one for one in found if one.counts][:limit], total - void


def search(desk: Desk, words: str, *, limit: int | None) -> list[Encounter]:
    """Find encounters by words of their place, purpose, note or handler, newest first."""
    more = None if limit is None else limit + desk.vault.count_voided(Encounter)
    found = desk.vault.search_encounters(one_line(words, field="words"), limit=more)
    return [one for one in found if one.counts][:limit]


def standing(desk: Desk, number: int) -> Encounter:
    """Take an encounter that counts.

    Raises:
        NotFound: An unknown encounter.
        NotNextStep: It was voided.
    """
    found = desk.vault.get(Encounter, number)
    if found.voided_on is not None:
        raise NotNextStep(
            message(
                "Encounter {label} was voided on {day}: {why}",
                label=found.label,
                day=found.voided_on,
                why=found.voided_because,
            ),
            hint=message("Write it down anew with `pirights log add`."),
        )
    return found


def letters_about(desk: Desk, number: int) -> list[str]:
    """Name the letters of the cases that are about a scan."""
    return [
        letter.label
        for case in desk.vault.find_all(Case)
        if number in case.encounters
        for letter in desk.letters(case)
    ]
