"""Cases: where each stands, closing and reopening them, remarks, and what is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pirights.domain import limitation
from pirights.domain.attachment import Attachment
from pirights.domain.case import Case, CaseNote, Outcome, Stage, from_handler, stage
from pirights.domain.cost import Cost
from pirights.domain.deadline import Deadline
from pirights.domain.dispatch import Delivery, Letter
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.next_step import NextStep
from pirights.domain.person import Person
from pirights.domain.reply import Reply
from pirights.domain.text import several_lines
from pirights.errors import NotNextStep, message
from pirights.workflow import acting, costing, next_steps, reckoning
from pirights.workflow.desk import Desk
from pirights.workflow.reckoning import Papers

SOON = 180
"""Days before which the end of a limitation period is among what is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case with everything known of it.

    Attributes:
        actor: Who acts for the person; None where the person acts alone.
    """

    case: Case
    person: Person
    handler: Handler
    stage: Stage
    letters: tuple[Letter, ...]
    replies: tuple[Reply, ...]
    deadlines: tuple[Deadline, ...]
    papers: Papers
    actor: Person | None = None

    @property
    def answers(self) -> tuple[Reply, ...]:
        """What the handler wrote; an authority's answer is not among it."""
        return tuple(from_handler(self.replies))

    @property
    def delivery(self) -> Delivery:
        """What is known of the way of the last letter."""
        return self.letters[-1].delivery if self.letters else Delivery.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A case with its encounters, remarks, costs and files.

    Attributes:
        costs: Oldest first, the voided ones among them.
        next: What to do next; None in a closed case.
    """

    standing: Standing
    encounters: tuple[Encounter, ...]
    notes: tuple[CaseNote, ...]
    costs: tuple[Cost, ...]
    attachments: tuple[Attachment, ...]
    next: NextStep | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """Something with a day by which it should happen.

    Attributes:
        person: Whose case it is.
        is_due: The day is today or past; a limitation that has passed is due no longer.
        next: What to do next in its case, where this is due.
    """

    ref: str
    person: Person
    handler: str
    deadline: Deadline
    is_due: bool
    next: NextStep | None


def standing(desk: Desk, case: Case) -> Standing:
    """Work out where a case stands today."""
    handler = desk.vault.get(Handler, case.handler)
    letters = tuple(desk.letters(case))
    replies = tuple(sorted(desk.replies(case), key=lambda reply: reply.on))
    papers = reckoning.papers(desk, case, handler, letters, replies)
    deadlines = tuple(limitation.told(one, desk.today) for one in reckoning.deadlines(papers))
    answer = next((due.on for due in deadlines if due.id == "answer"), None)
    person = desk.vault.get(Person, case.person)
    now = stage(case, letters, replies, due_on=answer, today=desk.today)
    return Standing(
        case=case,
        person=person,
        actor=acting.actor(desk, person),
        handler=handler,
        stage=now,
        letters=letters,
        replies=replies,
        deadlines=deadlines,
        papers=papers,
    )


def every(
    desk: Desk,
    *,
    limit: int | None = None,
    person: int | None = None,
    handler: int | None = None,
) -> tuple[list[Standing], int]:
    """The cases of everybody, of one person or against one handler, newest first, and how many.

    Raises:
        NotFound: An unknown person or handler.
    """
    only: dict[str, Any] = {}
    if person is not None:
        only["person"] = desk.vault.get(Person, person).id
    if handler is not None:
        only["handler"] = desk.vault.get(Handler, handler).id
    found = [standing(desk, case) for case in desk.vault.find_all(Case, limit=limit, **only)]
    return found, desk.vault.count(Case, **only)


def each(desk: Desk, *, person: int | None = None) -> Iterator[Standing]:
    """Yield the cases of everybody or of one person, newest first, without holding them all."""
    if person is None:
        return (standing(desk, case) for case in desk.vault.find_all(Case))
    return (standing(desk, case) for case in desk.vault.find_all(Case, person=person))


def show(desk: Desk, ref: str) -> Shown:
    """One case, whole.

    Raises:
        NotFound: No such case.
    """
    found = standing(desk, desk.case(ref))
    owners = [letter.label for letter in found.letters] + [
        f"I{reply.id}" for reply in found.replies
    ]
    costs = costing.of(desk, found.case)
    owners += [cost.label for cost in costs]
    return Shown(
        standing=found,
        encounters=tuple(desk.encounters(found.case)),
        notes=tuple(desk.vault.find_all(CaseNote, newest_first=False, ref=found.case.ref)),
        costs=costs,
        attachments=tuple(file for owner in owners for file in desk.vault.attachments(owner)),
        next=next_steps.of(desk, found.papers, found.stage, found.deadlines),
    )


def close(
    desk: Desk, ref: str, *, outcome: Outcome, because: str = "", on: date | None = None
) -> Case:
    """Close a case with what came of it.

    Raises:
        NotNextStep: It is closed already.
    """
    case = desk.case(ref)
    if case.closed_on is not None:
        raise NotNextStep(
            message("Case {ref} is closed already.", ref=case.ref),
            hint=message("Open it again with `pirights case reopen {ref}`.", ref=case.ref),
        )
    closed = replace(
        case,
        outcome=outcome,
        closed_on=desk.past_day(on, field="at"),
        closed_because=several_lines(because, field="because"),
    )
    with desk.vault.change(now=desk.now) as change:
        change.replace(closed, kind="case.closed")
    return closed


def reopen(desk: Desk, ref: str) -> Case:
    """Take up a closed case again; what came of it before stays in the journal.

    Raises:
        NotNextStep: It is open.
    """
    case = desk.case(ref)
    if case.closed_on is None:
        raise NotNextStep(message("Case {ref} is open.", ref=case.ref))
    opened = replace(case, outcome=Outcome.NONE, closed_on=None, closed_because="")
    with desk.vault.change(now=desk.now) as change:
        change.replace(opened, kind="case.reopened")
    return opened


def note(desk: Desk, ref: str, text: str) -> CaseNote:
    """Write a remark on a case.

    Raises:
        BadInput: Too long, or a control character in it.
    """
    case = desk.case(ref)
    with desk.vault.change(now=desk.now) as change:
        return change.add(
            CaseNote(id=0, ref=case.ref, on=desk.today, text=several_lines(text, field="note"))
        )


def due(desk: Desk, *, within: int | None = None) -> list[DueItem]:
    """What is due in all open cases, earliest first; of one day, the newest case first.

    A limitation that has passed stands among it and says so.

    Args:
        desk: Vault and moment.
        within: Only what is due by today plus so many days; None for everything that runs.
    """
    return chosen(desk, running(desk), within=within)


def running(desk: Desk) -> list[DueItem]:
    """Every day that runs in an open case, however far off, in the order of `due`."""
    found = [item for one in each(desk) for item in due_items(desk, one)]
    return sorted(found, key=lambda item: item.deadline.on)


def due_items(desk: Desk, each: Standing) -> Iterator[DueItem]:
    """Every day that runs in one case, earliest first."""
    passed = [
        one.on <= desk.today and one.id != "paused" and not limitation.has_passed(one, desk.today)
        for one in each.deadlines
    ]
    step = next_steps.of(desk, each.papers, each.stage, each.deadlines) if any(passed) else None
    for one, is_due in zip(each.deadlines, passed, strict=True):
        yield DueItem(
            ref=each.case.ref,
            person=each.person,
            handler=each.handler.name,
            deadline=one,
            is_due=is_due,
            next=step if is_due else None,
        )


def chosen(desk: Desk, items: Iterable[DueItem], *, within: int | None) -> list[DueItem]:
    """Choose of all that runs what is shown; the end of a limitation only when it is near."""
    last = None if within is None else desk.today + timedelta(days=within)
    soon = last or desk.today + timedelta(days=SOON)
    return [
        item
        for item in items
        if (last is None or item.deadline.on <= last)
        and (item.deadline.id != "limitation" or item.deadline.on <= soon)
    ]
