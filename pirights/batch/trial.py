"""A row's letter written on trial: what a run would refuse is known before anything is made.

Whether a letter can be written hangs on what a row has in common with many others: its venue,
its rights, its days. So each such pattern is written once; and of each row only the characters
that are new are looked up in the fonts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from pirights.batch import job
from pirights.batch.client_row import ClientRow
from pirights.batch.job import Job
from pirights.domain.person import Capacity, Person
from pirights.errors import Message, MissingGlyph, message
from pirights.workflow import glyphs
from pirights.workflow.request_writing import Asking
from pirights.workflow.sheet_faults import Fault
from pirights.workflow.wish import Wish

PATTERNS_LIMIT: Final = 5_000
"""Patterns that are remembered."""

_REF: Final = "PR-2026-0000000-0"
_PERSON, _HANDLER = 2, 1
"""Numbers that stand in for those which a run will give; 1 is the owner."""

_PRINTED: Final = (
    *("person_name", "person_name_en", "person_phone", "person_email", "person_address"),
    *("handler_name", "handler_name_en", "handler_address", "handler_email"),
    *("place", "purpose", "identify_by"),
)


class Trial:
    """Writes letters that nobody keeps."""

    def __init__(self, *, owner: Person, on: date, zone: str) -> None:
        self._owner: Final = owner
        self._on: Final = on
        self._zone: Final = zone
        self._printable: Final[set[str]] = set()
        self._outcomes: Final[dict[object, Message | None]] = {}

    def unprintable(self, row: int, said: Mapping[str, Any]) -> Iterator[Fault]:
        """Say which cells hold a character that is in none of the fonts."""
        for column in _PRINTED:
            text = said.get(column, "")
            characters = set(text if isinstance(text, str) else "".join(text))
            if characters <= self._printable:
                continue
            try:
                glyphs.check({column: "".join(sorted(characters))})
            except MissingGlyph as missing:
                yield Fault(row=row, line=row, column=column, problem=missing.message)
            else:
                self._printable.update(characters)

    def refused(self, row: ClientRow) -> Iterator[Fault]:
        """Say why a run would write no letter for a row."""
        acts = row.person.capacity is not Capacity.SELF
        if acts and not self._owner.name:
            problem = message(
                "The owner of the vault acts here, and has no name yet: "
                "`pirights person edit P1 --name …`."
            )
            if not self._owner.id:
                problem = message(
                    "The vault has no owner (P1), so it is not known who acts for this client."
                )
            yield Fault(row=row.row, line=row.row, column="capacity", problem=problem)
            return
        pattern = _pattern(row)
        if pattern not in self._outcomes:
            if len(self._outcomes) >= PATTERNS_LIMIT:
                self._outcomes.clear()
            self._outcomes[pattern] = self._outcome(row, acts=acts)
        problem_found = self._outcomes[pattern]
        if problem_found is not None:
            yield Fault(row=row.row, line=row.row, column="rights", problem=problem_found)

    def _outcome(self, row: ClientRow, *, acts: bool) -> Message | None:
        scans = enumerate(row.encounters, start=1)
        asking = Asking(
            wish=Wish(
                handler=_HANDLER,
                person=_PERSON,
                rights=row.rights,
                letters=row.letters,
                identify_by=row.identify_by,
            ),
            person=replace(row.person, id=_PERSON),
            handler=replace(row.handler, id=_HANDLER),
            encounters=tuple(replace(one, id=number) for number, one in scans),
            ref=_REF,
            on=self._on,
            zone=self._zone,
            actor=self._owner if acts else None,
        )
        return job.do(Job(row=row.row, forms=(), asking=asking)).problem


def _pattern(row: ClientRow) -> object:
    """Give what decides whether a letter can be written: of free texts, only that there are any."""
    person, handler = row.person, row.handler
    told = (person.name_en, person.phone, person.email, person.address, handler.name_en)
    return (
        tuple(map(bool, (*told, handler.address, handler.email, handler.uscc, *row.identify_by))),
        (person.capacity, person.ward, row.rights, row.letters),
        tuple(
            (
                (one.day, one.venue, one.mode, one.notice, one.consent, one.separate_consent),
                (one.alternative, one.minor, one.circumstances, bool(one.purpose)),
            )
            for one in row.encounters
        ),
    )
