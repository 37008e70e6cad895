"""The rows of a sheet against each other and against the vault. Of no row more is held than marks.

Told are: a key twice; the same request twice; one identity number with two names; what two rows
say differently of one company, or of a client's capacity; a client who is also the other side;
deletion of what a copy was asked of and not given.
"""

from array import array
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pirights.batch.known_parties import KnownHandlers, KnownPersons
from pirights.batch.marks import mark, name_mark
from pirights.batch.row_reading import ReadRow
from pirights.batch.same_person import Client
from pirights.batch.sheet_clients import SheetClients
from pirights.batch.sheet_handlers import SheetHandlers
from pirights.domain.handler_name import normalised
from pirights.domain.request import Right
from pirights.errors import Message, NotNextStep, message
from pirights.workflow import interlock
from pirights.workflow.desk import Desk
from pirights.workflow.sheet_faults import Fault
from pirights.workflow.wish import Wish


class CrossCheck:
    """Takes one row after the other.

    Attributes:
        persons: Those of the vault.
        known_handlers: Likewise.
        clients: What all rows together say of each client.
        handlers: Likewise of each company.
    """

    def __init__(self, desk: Desk | None, *, on: date, accept_conflicts: bool = False) -> None:
        self.persons: Final = KnownPersons(desk)
        self.known_handlers: Final = KnownHandlers(desk)
        self.clients: Final = SheetClients(desk, self.persons, on=on)
        self.handlers: Final = SheetHandlers(self.known_handlers)
        self._desk: Final = desk
        self._accept_conflicts: Final = accept_conflicts
        self._keys: Final[dict[int, int]] = {}
        self._requests: Final[dict[int, int]] = {}
        self._id_numbers: Final[dict[int, tuple[int, int]]] = {}
        self._told: Final[set[int]] = set()
        self._copies: Final[dict[int, int]] = {}
        self._other_sides: Final[set[int]] = set()
        self._clients: Final = array("Q")
        self._rows: Final = array("Q")

    def take(self, row: ReadRow, client: Client) -> Iterator[Fault]:
        """Note a row; say what is wrong with it beside those before, or with one of those."""
        said = row.said
        if "key" in said:
            before = self._keys.setdefault(mark(said["key"]), row.row)
            if before != row.row:
                yield _fault(row, "key", message("Row {row} has the same key.", row=before))
        yield from self._id_number(row)
        yield from self.clients.take(row, client)
        yield from self.handlers.take(row)
        yield from self._parties(row)
        if not row.faults:
            yield from self._same_request(row, client)
            yield from self._order(row, client)

    def at_the_end(self) -> Iterator[Fault]:
        """Say which clients are also the other side, now that all rows are known."""
        if self._accept_conflicts:
            return
        for row, client in zip(self._rows, self._clients, strict=True):
            if client in self._other_sides:
                problem = message("The client is also a company that a letter goes to.")
                yield Fault(row=row, line=row, column="person_name", problem=problem)

    def _id_number(self, row: ReadRow) -> Iterator[Fault]:
        number, name = row.said.get("person_id_number", ""), row.said.get("person_name", "")
        if not number or not name:
            return
        named = name_mark(name)
        first, before = self._id_numbers.setdefault(mark(number), (row.row, named))
        if before != named:
            yield _fault(row, "person_id_number", _another_name(first))
            if first not in self._told:
                self._told.add(first)
                problem = _another_name(row.row)
                yield Fault(row=first, line=first, column="person_id_number", problem=problem)
        known = self.persons.with_id_number(number)
        if known is not None and known[1] != named:
            problem = message(
                "P{person} of the vault has the same identity number and another name.",
                person=known[0],
            )
            yield _fault(row, "person_id_number", problem)

    def _parties(self, row: ReadRow) -> Iterator[Fault]:
        client, other = row.said.get("person_name", ""), row.said.get("handler_name", "")
        if client:
            self._rows.append(row.row)
            self._clients.append(name_mark(client))
        if other:
            self._other_sides.add(name_mark(other))
        if self._accept_conflicts:
            return
        if client and (known := self.known_handlers.of(client, "")) is not None:
            problem = message("The client is {handler} of the vault.", handler=known.label)
            yield _fault(row, "person_name", problem)
        if other and (number := self.persons.named(other)) is not None:
            problem = message("The company is P{person} of the vault.", person=number)
            yield _fault(row, "handler_name", problem)

    def _same_request(self, row: ReadRow, client: Client) -> Iterator[Fault]:
        said = row.said
        asked = mark(
            _asking(client, said),
            normalised(said["person_name"]),
            normalised(said["handler_name"]),
            *(at.isoformat() for at in said["encounter_at"]),
            *sorted(said["rights"]),
        )
        before = self._requests.setdefault(asked, row.row)
        if before != row.row:
            problem = message(
                "Row {row} asks the same for the same person, of the same company, about the same "
                "time.",
                row=before,
            )
            yield _fault(row, "person_name", problem)

    def _order(self, row: ReadRow, client: Client) -> Iterator[Fault]:
        """Refuse what `interlock` refuses: deletion while a copy is awaited."""
        said = row.said
        rights = said["rights"]
        pair = mark(_label(client), normalised(said["handler_name"]))
        if Right.COPY in rights:
            self._copies.setdefault(pair, row.row)
            return
        if Right.DELETE not in rights:
            return
        if (before := self._copies.get(pair)) is not None:
            problem = message(
                "Row {row} asks the same company for a copy for the same person; deletion now "
                "would destroy what is asked for. Ask for both in one row.",
                row=before,
            )
            yield _fault(row, "rights", problem)
        elif (refused := self._open_in_vault(said, client.number)) is not None:
            yield _fault(row, "rights", refused)

    def _open_in_vault(self, said: Mapping[str, Any], person: int) -> Message | None:
        handler = self.known_handlers.of(said["handler_name"], said.get("handler_uscc", ""))
        if self._desk is None or not person or handler is None:
            return None
        cases = interlock.open_cases(self._desk, handler=handler.id, person=person)
        try:
            interlock.order(Wish(handler=handler.id, person=person, rights=said["rights"]), cases)
        except NotNextStep as refused:
            return refused.message
        return None


def _label(client: Client) -> str:
    """Name a client of the sheet: as the vault does, or by the first of their rows."""
    return f"P{client.number}" if client.number else str(client.row)


def _asking(client: Client, said: Mapping[str, Any]) -> str:
    """Name who asks; where a mere name names nobody, the same address makes them one."""
    is_known = {"person_phone", "person_email", "person_id_number"} & said.keys()
    return _label(client) if is_known else said.get("person_address", "")


def _another_name(row: int) -> Message:
    return message("Row {row} has the same identity number and another name.", row=row)


def _fault(row: ReadRow, column: str, problem: Message) -> Fault:
    return Fault(row=row.row, line=row.row, column=column, problem=problem)
