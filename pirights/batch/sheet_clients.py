"""What the rows of a sheet and the vault together say of a client: in whose right letters go.

A client has one capacity, whichever row or record tells it: each letter of theirs, those that
follow in older cases too, is written in it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pirights.batch.known_parties import KnownPersons
from pirights.batch.row_reading import ReadRow, age
from pirights.batch.same_person import Client
from pirights.batch.words import CAPACITIES, chinese
from pirights.domain import id_number
from pirights.domain.person import Capacity, Person
from pirights.errors import Message, message
from pirights.workflow.acting import OWNER
from pirights.workflow.desk import Desk
from pirights.workflow.sheet_faults import Fault

_ASKS_ALONE: Final = 8
"""Years of age below which a child asks nothing alone (Civil Code 20)."""

_WORDS: Final = chinese(CAPACITIES)


class SheetClients:
    """The clients of a sheet, each once, whatever row means them."""

    def __init__(self, desk: Desk | None, known: KnownPersons, *, on: date) -> None:
        self._desk: Final = desk
        self._known: Final = known
        self._on: Final = on

    def of(self, said: Mapping[str, Any]) -> Client:
        """Find the client of a row, with what the rows so far and the vault tell of them.

        An empty cell takes the capacity that the vault has, or else an earlier row.
        """
        client = self._known.same.of(as_person(said))
        if client.capacity is None and client.number and self._desk is not None:
            kept = self._desk.vault.get(Person, client.number)
            client.capacity, client.ward = kept.capacity, kept.ward
            client.born = id_number.birthday(kept.id_number)
        if client.capacity is None:
            client.capacity = said.get("capacity", Capacity.SELF)
        client.born = client.born or id_number.birthday(said.get("person_id_number", ""))
        return client

    def take(self, row: ReadRow, client: Client) -> Iterator[Fault]:
        """Note a row of a client; say what is wrong with its capacity."""
        client.row = client.row or row.row
        told = row.said.get("capacity", client.capacity)
        problem = None
        if told is not client.capacity:
            problem = _differs(client, told)
        elif told is Capacity.SELF and _is_small(client, self._on):
            problem = _too_young(client)
        if problem is not None:
            yield Fault(row=row.row, line=row.row, column="capacity", problem=problem)


def as_person(said: Mapping[str, Any]) -> Person:
    """Give what a row says of how its client is known."""
    return Person(
        id=0,
        name=said.get("person_name", ""),
        phone=said.get("person_phone", ""),
        email=said.get("person_email", ""),
        id_number=said.get("person_id_number", ""),
    )


def _is_small(client: Client, on: date) -> bool:
    years = age(client.born, on)
    return years is not None and years < _ASKS_ALONE


def _differs(client: Client, told: Capacity) -> Message:
    if client.number == OWNER and told is not Capacity.SELF:
        return message(
            "The client is P1, the owner of the vault, for whom nobody else acts: leave the cell "
            "empty, or write {word}.",
            word=_word(Capacity.SELF),
        )
    if not client.number:
        return message(
            "Row {row} has {word} for the same client; a client has one capacity in all rows.",
            row=client.row,
            word=_word(client.capacity),
        )
    return message(
        "The vault has {word} for {person}, and a row does not change that: it holds for the "
        "client's other cases too. If the row is right: `pirights person edit {person} --capacity "
        "{told}`; else leave the cell empty.",
        word=_word(client.capacity),
        person=f"P{client.number}",
        told=told.value,
    )


def _too_young(client: Client) -> Message:
    if not client.number:
        return message(
            "By the ID number the client is under eight: such a child does not ask alone, a "
            "guardian does. Write {word}.",
            word=_word(Capacity.GUARDIAN),
        )
    return message(
        "By the ID number {person} is under eight: such a child does not ask alone, a guardian "
        "does: `pirights person edit {person} --capacity guardian`.",
        person=f"P{client.number}",
    )


def _word(capacity: Capacity | None) -> str:
    """A word of the sheet, in both languages."""
    return f"{_WORDS[capacity]} ({capacity.value})" if capacity else ""
