"""Voiding an encounter that was written down wrongly."""

from collections.abc import Sequence
from dataclasses import replace

from pirights.domain.case import Case
from pirights.errors import Message, NotNextStep, message
from pirights.vault.change import Change
from pirights.workflow import encounter_list, put_right
from pirights.workflow.desk import Desk
from pirights.workflow.put_right import Act


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

    def do(change: Change) -> tuple[str, Sequence[Message]]:
        change.replace(after, kind="encounter.voided")
        return after.label, [
            message(
                "Letter {label} was written before this change and still says what it said.",
                label=letter,
            )
            for letter in encounter_list.letters_about(desk, number)
        ]

    return Act(refs=tuple(one.ref for one in cases), do=do)
