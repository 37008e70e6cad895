"""What is worth knowing of a sheet's rows and no fault: counted, and each kind told once."""

from collections.abc import Iterator
from typing import Final

from pirights.batch.known_parties import KnownHandlers, KnownPersons
from pirights.batch.row_reading import ReadRow
from pirights.batch.same_person import Client
from pirights.batch.seen_before import SeenBefore
from pirights.batch.sheet_clients import as_person
from pirights.domain.document import Letters
from pirights.domain.person import Capacity, Person, Ward
from pirights.errors import Message, message
from pirights.workflow import acting
from pirights.workflow.desk import Desk

_REACHED_BY: Final = ("phone", "email", "address")


class Noticed:
    """Counts rows; of some kinds the first is remembered."""

    def __init__(self, desk: Desk | None, persons: KnownPersons, handlers: KnownHandlers) -> None:
        self.examples = 0
        self._desk: Final = desk
        self._owner: Final = persons.owner if desk else None
        self._namesakes: Final = persons.namesakes
        self._seen_before: Final = SeenBefore(desk, handlers)
        self._unreachable: Final = _Rows()
        self._relatives: Final = _Rows()
        self._nameless: Final = _Rows()
        self._actors: Final = _Rows()
        self._minors: Final = _Rows()
        self._unsure: Final = _Rows()

    def take(self, row: ReadRow, client: Client) -> None:
        """Take note of a row, which is no example, and was not made before."""
        kept = self._kept(client)
        acts = self._acts(client, kept)
        self._answers(row, client, kept, acts)
        if row.said.get("letters", Letters.ZH) is not Letters.ZH:
            if not (row.said.get("person_name_en") or (kept and kept.name_en)):
                self._nameless.take(row)
            if acts and not acts.name_en:
                self._actors.take(row)
        if _is_taken_for_a_minor(row, client):
            self._minors.take(row)
        if row.faults:
            return
        if kept is not None:
            self._seen_before.take(row, kept)
        elif client.row == row.row and self._namesakes.take(as_person(row.said)):
            self._unsure.take(row)

    def told(self) -> Iterator[Message]:
        """Tell what was noticed."""
        if self.examples:
            yield message(
                "Passed over: {count} rows whose key says that they are an example.",
                count=self.examples,
            )
        if self._unreachable.count:
            yield message(
                "Rows without telephone, e-mail and address of the client: {count}. Their letters "
                "name no way to answer.",
                count=self._unreachable.count,
            )
        if self._relatives.count:
            yield message(
                "Rows of close relatives whose letters name no way to answer: {count}, such as row "
                "{row}. Answers go to who acts, and that one has no telephone, e-mail and address: "
                "`pirights person edit P1 --phone …`.",
                count=self._relatives.count,
                row=self._relatives.first,
            )
        if self._nameless.count:
            yield message(
                "Rows for an English letter without the English name of the client: {count}. The "
                "name stands in it as it is written.",
                count=self._nameless.count,
            )
        if self._actors.count:
            yield message(
                "Rows for an English letter without the English name of who acts: {count}. The "
                "name stands in it as it is written: `pirights person edit P1 --name-en …`.",
                count=self._actors.count,
            )
        if self._minors.count:
            yield message(
                "Rows with a guardian and no ID number that tells the client's age: {count}, such "
                "as row {row}. The client is taken for a minor, and the letter says so; for an "
                "adult ward give the ID number.",
                count=self._minors.count,
                row=self._minors.first,
            )
        if self._unsure.count:
            yield message(
                "Rows whose client has the name of another, and nothing tells whether the two are "
                "one person: {count}, such as row {row}. They are kept as two. If they are one, "
                "give the same telephone, e-mail or ID number in all their rows.",
                count=self._unsure.count,
                row=self._unsure.first,
            )
        yield from self._seen_before.told()

    def _kept(self, client: Client) -> Person | None:
        if not client.number or self._desk is None:
            return None
        return self._desk.vault.get(Person, client.number)

    def _acts(self, client: Client, kept: Person | None) -> Person | None:
        """Who acts for a client; None where they act alone, or nobody is known."""
        if client.capacity is Capacity.SELF:
            return None
        if kept is None or self._desk is None or kept.representative in {0, acting.OWNER}:
            return self._owner
        return acting.actor(self._desk, kept)

    def _answers(
        self, row: ReadRow, client: Client, kept: Person | None, acts: Person | None
    ) -> None:
        """Note a row by whose letter no answer could come, as far as that is known."""
        alone = client.capacity is Capacity.SELF
        if not alone and (acts is None or _is_reached(acts)):
            return
        if client.capacity is Capacity.RELATIVE:  # nobody writes to the deceased
            self._relatives.take(row)
        elif not (kept and _is_reached(kept)) and _written(row).isdisjoint(
            f"person_{field}" for field in _REACHED_BY
        ):
            self._unreachable.take(row)


class _Rows:
    """Rows that are counted."""

    def __init__(self) -> None:
        self.count = self.first = 0

    def take(self, row: ReadRow) -> None:
        self.count += 1
        self.first = self.first or row.row


def _is_reached(person: Person) -> bool:
    return any(getattr(person, field) for field in _REACHED_BY)


def _is_taken_for_a_minor(row: ReadRow, client: Client) -> bool:
    """Say whether a ward's age is not known, so that the letter speaks of a minor."""
    if client.capacity is not Capacity.GUARDIAN or client.ward is Ward.ADULT:
        return False
    is_faulty = "person_id_number" in _written(row) - row.said.keys()
    return not is_faulty and client.born is None


def _written(row: ReadRow) -> set[str]:
    """The columns in which something stands, be it faulty."""
    return {*row.said, *(fault.column for fault in row.faults)}
