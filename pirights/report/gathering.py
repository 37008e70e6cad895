"""The figures of a report, gathered case by case: no more is held than what the page shows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from pirights.domain import limitation
from pirights.domain.case import Outcome, Stage
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Venue
from pirights.domain.person import Person
from pirights.domain.request import Right, Score, counted
from pirights.report.answer_times import AnswerTimes
from pirights.report.figures import Client, Due, Figures, Listed
from pirights.workflow import cases
from pirights.workflow.cases import Standing
from pirights.workflow.desk import Desk

CLIENTS: Final = 200
"""Rows of the matrix."""

DUE: Final = 50
HANDLERS: Final = 40
CASES: Final = 1_000
"""Rows of the lists: the page stays one that a browser opens and a person reads."""

_STEP: Final = 100
"""Cases between two signs of progress."""


def gather(
    desk: Desk, *, person: int | None = None, progress: Callable[[int], None] = lambda _: None
) -> Figures:
    """Gather the figures of all cases, or of one client's.

    Args:
        desk: Vault and moment.
        person: The client's number; None for all.
        progress: Told how many cases are done.

    Raises:
        NotFound: There is no such person.
    """
    only = desk.vault.get(Person, person) if person is not None else None
    gathered = _Gathered(desk)
    for count, one in enumerate(cases.each(desk, person=person), start=1):
        gathered.take(one)
        if count % _STEP == 0:
            progress(count)
    if only is None:
        gathered.scans(desk.vault.each(Encounter))
    else:
        gathered.scans(desk.vault.get(Encounter, number) for number in sorted(gathered.scanned))
    return gathered.figures(only)


class _Gathered:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stages: Counter[Stage] = Counter()
        self._outcomes: Counter[Outcome] = Counter()
        self._names: dict[int, str] = {}
        self._per_client: Counter[int] = Counter()
        self._marks: dict[int, dict[Right, Counter[Score]]] = defaultdict(_no_marks)
        self._due: list[Due] = []
        self._due_count = 0
        self._passed = 0
        self._times = AnswerTimes(desk.today)
        self._cases: list[Listed] = []
        self._scans: dict[Venue, Counter[date]] = {}
        self.scanned: set[int] = set()

    def take(self, one: Standing) -> None:
        """Add a case."""
        client = one.person.id
        self._stages[one.stage] += 1
        self._outcomes[one.case.outcome] += 1
        self._names[client] = one.person.name
        self._per_client[client] += 1
        self.scanned.update(one.case.encounters)
        marks = self._marks[client]
        for letter in one.letters[:1]:
            for item in counted(letter.items):
                if item.right is not None:
                    marks[item.right][item.score] += 1
        self._times.take(one)
        due = self._take_due(one)
        if len(self._cases) < CASES:
            last = [letter.on for letter in one.letters] + [reply.on for reply in one.replies]
            self._cases.append(
                Listed(
                    ref=one.case.ref,
                    client=one.person.id,
                    client_name=one.person.name,
                    handler=one.handler.name,
                    stage=one.stage,
                    outcome=one.case.outcome,
                    opened_on=one.case.opened_on,
                    last=max(last, default=None),
                    due=due,
                )
            )

    def _take_due(self, one: Standing) -> date | None:
        today = self._desk.today
        found = [
            Due(
                on=item.deadline.on,
                ref=item.ref,
                client=one.person.id,
                client_name=one.person.name,
                handler=item.handler,
                what=item.deadline.what,
                force=item.deadline.force,
                passed=item.is_due,
            )
            for item in cases.chosen(self._desk, cases.due_items(self._desk, one), within=None)
            if item.deadline.id != "paused" and not limitation.has_passed(item.deadline, today)
        ]
        self._due += found
        self._due_count += len(found)
        self._passed += sum(item.passed for item in found)
        if len(self._due) > 8 * DUE:
            self._due = self._soonest()
        return min((item.on for item in found), default=None)

    def _soonest(self) -> list[Due]:
        return sorted(self._due, key=lambda item: item.on)[:DUE]

    def scans(self, encounters: Iterator[Encounter]) -> None:
        """Count the scans that were not voided, by kind of place and month."""
        for one in encounters:
            if one.counts:
                months = self._scans.setdefault(one.venue, Counter())
                months[one.day.replace(day=1)] += 1

    def figures(self, only: Person | None) -> Figures:
        """Put the figures together."""
        clients = [
            Client(
                number=number, name=name, cases=self._per_client[number], marks=self._marks[number]
            )
            for number, name in self._names.items()
        ]
        shown = sorted(clients, key=lambda one: (-one.unmet, one.number))[:CLIENTS]
        total = _no_marks()
        for one in clients:
            for right, marks in one.marks.items():
                total[right].update(marks)
        zone = self._desk.zone
        return Figures(
            at=self._desk.now.astimezone(ZoneInfo(zone)),
            zone=zone,
            only=only,
            stages=self._stages,
            outcomes=self._outcomes,
            rights=[right for right in Right if right in total],
            total=total,
            clients=sorted(shown, key=lambda one: one.number),
            client_count=len(clients),
            due=self._soonest(),
            due_count=self._due_count,
            passed_count=self._passed,
            answering=self._times.found()[:HANDLERS],
            answering_count=len(self._times.found()),
            scans={venue: self._scans[venue] for venue in Venue if venue in self._scans},
            cases=self._cases,
            case_count=sum(self._stages.values()),
        )


def _no_marks() -> dict[Right, Counter[Score]]:
    return defaultdict(Counter)
