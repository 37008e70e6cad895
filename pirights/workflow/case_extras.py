"""What the owner keeps beside a case: their numbers for it, and the time spent on it."""

from dataclasses import replace
from datetime import date
from typing import Final

from pirights.domain.case import Case, TimeSpent
from pirights.domain.text import one_line
from pirights.errors import BadInput, NotFound, message
from pirights.workflow.desk import Desk

_MOST: Final = 50
"""Numbers of theirs in one case."""

_LONGEST: Final = 7 * 24 * 60
"""Minutes of one entry: a week."""


def add_ref(desk: Desk, ref: str, theirs: str) -> Case:
    """Keep a number under which the handler or an authority has the matter.

    Raises:
        BadInput: It is empty, too long or kept already, or there are too many.
        NotFound: No such case.
    """
    case = desk.case(ref)
    text = one_line(theirs, field="theirs").strip()
    if not text:
        raise BadInput(message("The number is empty."))
    if text in case.their_refs:
        raise BadInput(message("{text} is kept with case {ref} already.", text=text, ref=case.ref))
    if len(case.their_refs) >= _MOST:
        raise BadInput(message("A case keeps {most} numbers of theirs at most.", most=_MOST))
    return _keep(desk, replace(case, their_refs=(*case.their_refs, text)), "case.their-ref")


def remove_ref(desk: Desk, ref: str, theirs: str) -> Case:
    """Take a number of theirs out again.

    Raises:
        NotFound: No such case, or it keeps no such number.
    """
    case = desk.case(ref)
    text = theirs.strip()
    if text not in case.their_refs:
        raise NotFound(
            message("Case {ref} keeps no number {text}.", ref=case.ref, text=text),
            hint=message("It keeps: {names}.", names=", ".join(case.their_refs) or "-"),
        )
    left = tuple(one for one in case.their_refs if one != text)
    return _keep(desk, replace(case, their_refs=left), "case.their-ref")


def spend(desk: Desk, ref: str, minutes: int, *, on: date | None, note: str = "") -> Case:
    """Write down time spent on a case.

    Raises:
        BadInput: No time, more than a week at once, or a day in the future.
        NotFound: No such case.
    """
    case = desk.case(ref)
    if not 1 <= minutes <= _LONGEST:
        raise BadInput(
            message("Time is entered in minutes, from 1 up to {most}.", most=_LONGEST),
            hint=message("An hour and a half: --minutes 90."),
        )
    one = TimeSpent(
        on=desk.past_day(on, field="at"), minutes=minutes, note=one_line(note, field="note")
    )
    return _keep(desk, replace(case, time_spent=(*case.time_spent, one)), "case.time")


def _keep(desk: Desk, case: Case, kind: str) -> Case:
    with desk.vault.change(now=desk.now) as change:
        change.replace(case, kind=kind)
    return case
