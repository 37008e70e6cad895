"""A follow-up sheet: each row is the next letter of a case that the vault holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pirights.batch.follow_up import FollowUpRow
from pirights.batch.job import SIGN_IT, Done, Job, Written
from pirights.batch.step import Kept, Row, Step
from pirights.domain.document import Form, Letters
from pirights.domain.handler import Handler
from pirights.domain.person import Capacity, Person
from pirights.letters import poa
from pirights.vault.change import Change
from pirights.workflow import acting, empowering, escalating
from pirights.workflow.desk import Desk
from pirights.workflow.enclosure_details import EnclosureDetails
from pirights.workflow.escalating import FollowedUp


@dataclass(frozen=True, slots=True, kw_only=True)
class _FollowUpStep(Step):
    """A letter that is written and waits to be rendered and kept."""

    written: FollowedUp
    person: Person
    handler: Handler
    actor: Person | None


class FollowUpSteps:
    """Writes the next letters that the rows of a sheet name, by the rules of `escalate`."""

    def __init__(
        self, desk: Desk, good: Callable[[], Iterator[FollowUpRow]], forms: tuple[Form, ...]
    ) -> None:
        self._desk = desk
        self._good = good
        self._forms = forms

    def rows(self) -> Iterator[Row]:
        """The good rows in the order of the sheet."""
        yield from self._good()

    def step(self, row: Row) -> Step:
        """Write the letter of a row; a worker has only to render it.

        Raises:
            PirightsError: It is not the next step, or the case is unknown.
        """
        if not isinstance(row, FollowUpRow):
            raise TypeError(type(row).__name__)
        desk = self._desk
        written = escalating.preview(desk, row.ref, row.kind)
        person = desk.vault.get(Person, written.case.person)
        actor = acting.actor(desk, person)
        handler = desk.vault.get(Handler, written.case.handler)
        papers = [Written(document=written.letter.document)]
        notices = written.notices
        if person.capacity is Capacity.AGENT and actor is not None:
            power = empowering.power(
                letter=written.letter,
                first=desk.letters(written.case)[0],
                person=person,
                handler=handler,
                actor=actor,
                agent=actor,
                letters=Letters.ZH,
                zone=desk.zone,
                details=EnclosureDetails(),
            )
            papers.append(Written(document=poa.written(power, desk.laws), enclosure=True))
            notices = (SIGN_IT, *notices)
        return _FollowUpStep(
            row=row.row,
            key=row.key,
            digest=row.digest,
            job=Job(row=row.row, forms=self._forms, papers=tuple(papers)),
            notices=notices,
            written=written,
            person=person,
            actor=actor,
            handler=handler,
        )

    def keep(self, change: Change, step: Step, done: Done) -> Kept:  # noqa: ARG002 (a maker's own)
        """Keep the letter with its case."""
        if not isinstance(step, _FollowUpStep):
            raise TypeError(type(step).__name__)
        return Kept(
            letter=change.add(step.written.letter),
            person=step.person,
            handler=step.handler,
            rights=step.written.case.rights,
            actor=step.actor,
        )
