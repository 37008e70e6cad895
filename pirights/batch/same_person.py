"""Which rows of a sheet and which people of a vault are one person.

The same identity card number is the same person; where one of the two has none, the same name
with the same telephone number or the same e-mail address.
"""

from datetime import date
from typing import Final

from pirights.batch.marks import contact_marks, mark
from pirights.domain.person import Capacity, Person, Ward


class Party:
    """One person or handler; what is the same has the same one.

    Attributes:
        number: In the vault; 0 until the first of its rows is kept.
    """

    __slots__ = ("number",)

    def __init__(self, number: int = 0) -> None:
        self.number = number


class Client(Party):
    """One person, whatever rows tell of them.

    Attributes:
        card: Mark of the identity card number; 0 where none is known.
        row: The first row of the sheet that means them; 0 until it was read.
        capacity: In whose right letters for them are written; None until a row was read.
        ward: Whom a guardian acts for; None where only the age can tell.
        born: None where no identity card number tells it.
    """

    __slots__ = ("born", "capacity", "card", "row", "ward")

    def __init__(self, number: int = 0) -> None:
        super().__init__(number)
        self.card = 0
        self.row = 0
        self.capacity: Capacity | None = None
        self.ward: Ward | None = None
        self.born: date | None = None


class SamePersons:
    """Knows each person again by what names them; what is held of a name is a mark."""

    def __init__(self) -> None:
        self._known: Final[dict[int, Client]] = {}

    def of(self, said: Person) -> Client:
        """Find who is meant, or somebody new; a mere name names nobody."""
        card = _card(said)
        found = self._known.get(card) if card else None
        for key in contact_marks(said.name, said.phone, said.email):
            other = self._known.get(key)
            if found is None and other is not None and not (card and other.card):
                found = other
        found = found or Client()
        self.note(said, found)
        return found

    def note(self, person: Person, client: Client) -> None:
        """Remember how somebody is named; who had the same marks before keeps them."""
        if card := _card(person):
            client.card = card
            self._known.setdefault(card, client)
        for key in contact_marks(person.name, person.phone, person.email):
            self._known.setdefault(key, client)


def _card(person: Person) -> int:
    return mark("id", person.id_number) if person.id_number else 0
