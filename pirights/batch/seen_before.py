"""What the vault has already of a row's client: the same case, and other particulars."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final

from pirights.batch.known_parties import KnownHandlers
from pirights.batch.marks import mark, phone_digits
from pirights.batch.row_reading import ReadRow
from pirights.domain.case import Case
from pirights.domain.encounter import Encounter
from pirights.domain.person import Person
from pirights.errors import Message, message
from pirights.workflow.desk import Desk

_NAMED: Final = 5
"""Rows that are named; of all others the number is told."""

_ONE_FORM: Final[Mapping[str, Callable[[str], str]]] = {
    "phone": phone_digits,
    "email": str.casefold,
    "address": str,
}
"""What does not count where two of a kind are compared."""


class SeenBefore:
    """Takes rows whose client is in the vault. Each case there is read once at most."""

    def __init__(self, desk: Desk | None, handlers: KnownHandlers) -> None:
        self._desk: Final = desk
        self._handlers: Final = handlers
        self._pairs: Final[set[tuple[int, int]]] = set()
        self._cases: Final[dict[int, str]] = {}
        self._again: Final[list[str]] = []
        self._replaced: Final[list[str]] = []
        self._again_count = self._replaced_count = 0

    def take(self, row: ReadRow, kept: Person) -> None:
        """Take note of a row without a fault of its own."""
        ref = self._same_case(row, kept)
        if ref is not None:
            self._again_count += 1
            if len(self._again) < _NAMED:
                self._again.append(f"{row.row} ({ref})")
        others = _others(row, kept)
        if others:
            self._replaced_count += 1
            if len(self._replaced) < _NAMED:
                self._replaced.append(f"{row.row} ({kept.label}: {', '.join(others)})")

    def told(self) -> Iterator[Message]:
        """Tell what was noticed."""
        if self._again:
            yield message(
                "Rows whose client has a case in the vault already, with the same company and "
                "about the same time: {count}: {rows}. A run makes another case of each.",
                count=self._again_count,
                rows=_few(self._again, self._again_count),
            )
        if self._replaced:
            yield message(
                "Rows whose client has another telephone, e-mail or address in the vault, which a "
                "run replaces: {count}: {rows}. Leave the cell empty to keep what the vault has.",
                count=self._replaced_count,
                rows=_few(self._replaced, self._replaced_count),
            )

    def _same_case(self, row: ReadRow, kept: Person) -> str | None:
        handler = self._handlers.of(row.said["handler_name"], row.said.get("handler_uscc", ""))
        if handler is None or self._desk is None:
            return None
        pair = (kept.id, handler.id)
        if pair not in self._pairs:
            self._pairs.add(pair)
            for case in self._desk.vault.find_all(Case, person=kept.id, handler=handler.id):
                for number in case.encounters:
                    at = self._desk.vault.get(Encounter, number).at
                    self._cases.setdefault(_moment(pair, at), case.ref)
        found = (self._cases.get(_moment(pair, at)) for at in row.said["encounter_at"])
        return next(filter(None, found), None)


def _moment(pair: tuple[int, int], at: datetime) -> int:
    return mark(*map(str, pair), str(int(at.timestamp())))


def _others(row: ReadRow, kept: Person) -> list[str]:
    """Name the columns that say something else of how a person is reached."""
    return [
        column
        for field, one_form in _ONE_FORM.items()
        if (said := row.said.get(column := f"person_{field}", ""))
        and (has := getattr(kept, field))
        and one_form(said) != one_form(has)
    ]


def _few(named: list[str], count: int) -> str:
    return ", ".join([*named, "…"] if count > len(named) else named)
