"""Everything that a vault holds of one client, and nothing of another."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.case import Case
from pirights.domain.encounter import Encounter
from pirights.domain.handler import RELATIONS, Handler
from pirights.domain.person import Person
from pirights.domain.reply import Reply
from pirights.vault.shelves import SHELVES, Record
from pirights.workflow import acting
from pirights.workflow.desk import Desk

_PAPERS: Final[tuple[type[Any], ...]] = tuple(
    cls for cls, shelf in SHELVES.items() if "ref" in shelf.columns and cls is not Case
)
"""What belongs to a case by its reference, in the order in which it can be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One person with all of their cases.

    Attributes:
        actor: Who acts for the person; None where the person acts alone.
        cases: All of the person's, closed ones too, in the order of their numbers.
        encounters: Those that the cases are about, the voided ones too.
        handlers: Those of the cases, those met at the encounters, and those that these name.
        papers: Letters, replies, remarks, costs and whatever else belongs to a case.
        files: Attachments of all of these, and the captured pages of the handlers that count.
        shared: Numbers of encounters that another person's case is about as well.
    """

    person: Person
    actor: Person | None
    cases: tuple[Case, ...]
    encounters: tuple[Encounter, ...]
    handlers: tuple[Handler, ...]
    papers: tuple[Record, ...]
    files: tuple[Attachment, ...]
    shared: frozenset[int]

    @property
    def refs(self) -> frozenset[str]:
        """The references of the cases."""
        return frozenset(case.ref for case in self.cases)

    @property
    def octets(self) -> int:
        """What the files hold."""
        return sum(file.size for file in self.files)


def of(desk: Desk, number: int) -> Client:
    """Gather what is a person's.

    Raises:
        NotFound: An unknown person.
    """
    person = desk.vault.get(Person, number)
    cases = tuple(desk.vault.find_all(Case, newest_first=False, person=number))
    scans = sorted({one for case in cases for one in case.encounters})
    encounters = tuple(desk.vault.get(Encounter, one) for one in scans)
    papers = tuple(paper for cls in _PAPERS for paper in _papers(desk, cls, cases))
    handlers = tuple(_handlers(desk, cases, encounters))
    owners = labels([person, *cases, *encounters, *papers])
    return Client(
        person=person,
        actor=acting.actor(desk, person),
        cases=cases,
        encounters=encounters,
        handlers=handlers,
        papers=papers,
        files=tuple(sorted(_files(desk, owners, handlers), key=lambda file: file.id)),
        shared=frozenset(scans) & _scans_of_others(desk, number),
    )


def counts(records: Collection[Record]) -> Mapping[str, int]:
    """Count records by the nouns of their shelves, in the order of the shelves."""
    found = Counter(SHELVES[type(one)].noun for one in records)
    return {shelf.noun: found[shelf.noun] for shelf in SHELVES.values() if found[shelf.noun]}


def labels(records: Collection[Record]) -> frozenset[str]:
    """Name the records as the journal and the owners of files do."""
    return frozenset(
        label
        for one in records
        if not isinstance(one, Attachment)
        for label in (SHELVES[type(one)].subject(one), *_other_label(one))
    )


def _other_label(one: Record) -> Iterator[str]:
    if isinstance(one, Reply):
        yield f"I{one.id}"  # as which its files are kept


def _papers(desk: Desk, cls: type[Any], cases: Collection[Case]) -> list[Record]:
    found = [
        one for case in cases for one in desk.vault.find_all(cls, newest_first=False, ref=case.ref)
    ]
    return sorted(found, key=lambda one: int(one.id))


def _handlers(
    desk: Desk, cases: Collection[Case], encounters: Collection[Encounter]
) -> Iterator[Handler]:
    """Those that were asked or met, and those that they belong to, each once, by number."""
    waiting = [case.handler for case in cases]
    waiting += [actor.handler for encounter in encounters for actor in encounter.handlers]
    found: dict[int, Handler] = {}
    while waiting:
        number = waiting.pop()
        if number not in found:
            found[number] = desk.vault.get(Handler, number)
            related = (getattr(found[number], name) for name in RELATIONS)
            waiting += [other for other in related if other is not None]
    for number in sorted(found):
        yield found[number]


def _files(
    desk: Desk, owners: Collection[str], handlers: Collection[Handler]
) -> Iterator[Attachment]:
    for owner in owners:
        yield from desk.vault.attachments(owner)
    for handler in handlers:
        for file in desk.vault.attachments(handler.label):
            if file.purpose is Purpose.CAPTURE and file.voided_on is None:
                yield file


def _scans_of_others(desk: Desk, number: int) -> frozenset[int]:
    return frozenset(
        scan for case in desk.vault.each(Case) if case.person != number for scan in case.encounters
    )
