"""The people and companies that a vault knows, as far as a sheet is compared with them."""

from typing import Final

from pirights.batch.marks import mark, name_mark
from pirights.batch.namesakes import Namesakes
from pirights.batch.same_person import Client, SamePersons
from pirights.domain.handler import Handler
from pirights.domain.handler_name import normalised
from pirights.domain.person import Person
from pirights.workflow.acting import OWNER
from pirights.workflow.desk import Desk


class KnownHandlers:
    """The companies of a vault, by code and by name; none without a vault."""

    def __init__(self, desk: Desk | None = None) -> None:
        self._codes: Final[dict[str, Handler]] = {}
        self._names: Final[dict[str, Handler]] = {}
        for one in desk.vault.find_all(Handler, newest_first=False) if desk else ():
            if one.uscc:
                self._codes.setdefault(one.uscc, one)
            self._names.setdefault(normalised(one.name), one)

    def has(self, uscc: str) -> bool:
        """Say whether one of them has a code."""
        return uscc in self._codes

    def of(self, name: str, uscc: str) -> Handler | None:
        """Find the one that has the code, or else the name."""
        return (self._codes.get(uscc) if uscc else None) or self._names.get(normalised(name))


class KnownPersons:
    """The people of a vault, of whom only marks are held; none without a vault.

    Attributes:
        owner: Who acts for others; nobody in particular without a vault, and without a number where
            the vault has no owner.
        same: Knows them again.
        namesakes: Their names.
    """

    def __init__(self, desk: Desk | None) -> None:
        self.owner = Person(id=0, name="") if desk else Person(id=OWNER, name="—")
        self.same: Final = SamePersons()
        self.namesakes: Final = Namesakes()
        self._ids: Final[dict[int, tuple[int, int]]] = {}
        self._names: Final[dict[int, int]] = {}
        for one in desk.vault.each(Person) if desk else ():
            if one.id == OWNER:
                self.owner = one
            if one.name:
                self._take(one)

    def with_id_number(self, id_number: str) -> tuple[int, int] | None:
        """Give the number of the person who has it, and the mark of their name."""
        return self._ids.get(mark("id", id_number)) if id_number else None

    def named(self, name: str) -> int | None:
        """Give the number of a person who has a name."""
        return self._names.get(name_mark(name))

    def _take(self, one: Person) -> None:
        self.same.note(one, Client(one.id))
        self.namesakes.take(one)
        self._names.setdefault(name_mark(one.name), one.id)
        if one.id_number:
            self._ids.setdefault(mark("id", one.id_number), (one.id, name_mark(one.name)))
