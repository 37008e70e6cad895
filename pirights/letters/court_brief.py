"""What a civil complaint is written from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pirights.domain.bundle import Exhibit
from pirights.domain.cost import Cost, CostClass
from pirights.domain.dispatch import Letter
from pirights.domain.document import Letters
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Capacity, Person
from pirights.domain.reply import Reply
from pirights.domain.request import AskedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtBrief:
    """Everything a complaint is written from.

    Attributes:
        label: The new message's own name, such as PR-2026-7K3M9QX-C/5.
        first: The request of the case; sent or not.
        sent: Every letter to the handler that left, in order.
        replies: What came in, in order of the days.
        answered: An answer came that ends the waiting.
        encounters: The scans, in order.
        claimed: The items of the request that were refused, met in part or not answered.
        costs: Those that count, oldest first.
        exhibits: As they are bound, with their pages.
        owners: To what the files of each exhibit belong: a letter's label, a cost's, I3, E1; by
            its number.
        particulars: Of the plaintiff, as given: sex, age, ethnicity, occupation, employer.
        legal_representative: Of the defendant, as given.
        office: The court, as given.
        extra: Claims that the user adds, in their words.
        on: The complaint's date; procedure follows the law of that day.
        by: Of no meaning here: a court is set no day.
        zone: The IANA zone in which those are days.
    """

    label: str
    person: Person
    handler: Handler
    first: Letter
    sent: tuple[Letter, ...]
    replies: tuple[Reply, ...]
    answered: bool
    encounters: tuple[Encounter, ...]
    claimed: tuple[AskedItem, ...]
    costs: tuple[Cost, ...]
    exhibits: tuple[Exhibit, ...]
    owners: Mapping[int, Collection[str]]
    letters: Letters
    on: date
    by: date
    zone: str
    actor: Person | None = None
    particulars: str = ""
    legal_representative: str = ""
    office: str = ""
    extra: tuple[str, ...] = ()

    @property
    def plaintiff(self) -> Person:
        """Who sues: the person, or in their own name the close relative of a deceased."""
        if self.person.capacity is Capacity.RELATIVE and self.actor is not None:
            return self.actor
        return self.person

    @property
    def stored(self) -> bool:
        """What was taken may still be stored; a scan that was refused took nothing."""
        return any(one.may_be_stored and not one.refused for one in self.encounters)

    def paid(self, kind: CostClass) -> tuple[Cost, ...]:
        """The costs claimed on one footing."""
        return tuple(one for one in self.costs if one.kind.claimed_as is kind)
