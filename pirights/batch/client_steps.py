"""A sheet of clients: each row is a person, a handler, encounters, a case and its request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from pirights.batch.client_row import ClientRow
from pirights.batch.job import Done, Job
from pirights.batch.parties import Parties
from pirights.batch.same_person import Party
from pirights.batch.step import Kept, Row, Step
from pirights.domain.case import Case, CaseNote
from pirights.domain.document import Form
from pirights.domain.encounter import Actor
from pirights.domain.request import Right
from pirights.vault.change import Change
from pirights.workflow import requests
from pirights.workflow.desk import Desk
from pirights.workflow.interlock import OpenCase
from pirights.workflow.request_writing import Asking
from pirights.workflow.wish import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class _Client(Row):
    """A good row with what it says."""

    said: ClientRow


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClientStep(Step):
    """A row that is being made."""

    said: ClientRow
    person: Party
    handler: Party
    asking: Asking


class ClientSteps:
    """Makes cases of the rows of a sheet."""

    def __init__(
        self, desk: Desk, good: Callable[[], Iterator[ClientRow]], forms: tuple[Form, ...]
    ) -> None:
        self._desk = desk
        self._good = good
        self._forms = forms
        self._parties: Parties | None = None
        self._drawn: Final[set[str]] = set()

    def rows(self) -> Iterator[Row]:
        """The good rows in the order of the sheet."""
        for said in self._good():
            yield _Client(
                row=said.row, key=said.key, digest=said.digest, aside=said.aside, said=said
            )

    def step(self, row: Row) -> Step:
        """Say what a worker is to write for a row."""
        if not isinstance(row, _Client):
            raise TypeError(type(row).__name__)
        if self._parties is None:
            self._parties = Parties(self._desk)
        said, parties = row.said, self._parties
        party, person = parties.person(said.person)
        other, handler = parties.handler(said.handler)
        asking = Asking(
            wish=Wish(
                handler=handler.id,
                rights=said.rights,
                person=person.id,
                letters=said.letters,
                identify_by=said.identify_by,
            ),
            person=person,
            actor=parties.actor(person),
            handler=handler,
            encounters=said.encounters,
            open_cases=parties.open_cases(party, other),
            ref=self._ref(),
            on=self._desk.today,
            zone=self._desk.zone,
        )
        parties.opens(
            party, other, OpenCase(ref=asking.ref, copy_awaited=Right.COPY in said.rights)
        )
        return _ClientStep(
            row=row.row,
            key=row.key,
            digest=row.digest,
            aside=row.aside,
            channel=said.channel,
            job=Job(row=row.row, forms=self._forms, asking=asking),
            said=said,
            person=party,
            handler=other,
            asking=asking,
        )

    def keep(self, change: Change, step: Step, done: Done) -> Kept:
        """Keep person, handler, encounters, case, letter and the clinic's note."""
        if not isinstance(step, _ClientStep) or self._parties is None or done.letter is None:
            raise TypeError(type(step).__name__)
        said, letter = step.said, done.letter
        handler = self._parties.keep_handler(change, step.handler, said.handler)
        person = self._parties.keep_person(change, step.person, said.person)
        seen = Actor(handler=handler.id)
        encounters = [change.add(replace(one, handlers=(seen,))) for one in said.encounters]
        change.add(
            Case(
                id=0,
                ref=letter.ref,
                person=person.id,
                handler=handler.id,
                encounters=tuple(one.id for one in encounters),
                rights=done.rights,
                letters=letter.letters,
                opened_on=letter.on,
                identify_by=said.identify_by,
            )
        )
        kept = change.add(letter)
        if said.note:
            change.add(CaseNote(id=0, ref=letter.ref, on=letter.on, text=said.note))
        return Kept(
            letter=kept,
            person=person,
            handler=handler,
            rights=done.rights,
            actor=step.asking.actor,
            encounter=encounters[0].label,
        )

    def _ref(self) -> str:
        while (ref := requests.new_ref(self._desk, self._desk.today.year)) in self._drawn:
            pass
        self._drawn.add(ref)
        return ref
