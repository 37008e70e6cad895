"""Whom a run writes for and to: the vault's own people and handlers, found by what names them.

The same credit code, or the same name however it is spelled, is the same handler. The index is made
once: no row looks through the vault.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Final

from pirights.batch.marks import mark
from pirights.batch.same_person import Client, Party, SamePersons
from pirights.domain.case import Case
from pirights.domain.handler import Handler
from pirights.domain.handler_name import normalised
from pirights.domain.person import Person
from pirights.errors import NotFound
from pirights.vault.change import Change
from pirights.workflow import acting, interlock
from pirights.workflow.desk import Desk
from pirights.workflow.interlock import OpenCase

_CONTACT: Final = ("name_en", "uscc", "address", "email", "phone")
_OF_A_CAPACITY: Final = frozenset({"capacity", "representative", "kinship", "ward", "interest"})


class Parties:
    """The parties of a run. What is kept of each is a few octets, however many there are."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._persons: Final = SamePersons()
        self._handlers: Final[dict[int, Party]] = {}
        self._records: Final[dict[int, Handler]] = {}
        self._actors: Final[dict[int, Person | None]] = {}
        self._open: Final[dict[tuple[Party, Party], tuple[OpenCase, ...]]] = {}
        for person in desk.vault.each(Person):
            self._persons.note(person, Client(person.id))
        for handler in desk.vault.each(Handler):
            self._note_handler(handler, Party(handler.id))

    def person(self, said: Person) -> tuple[Party, Person]:
        """Find a person of the sheet; what the row says goes before what the vault says.

        In whose right letters are written is the vault's to say: it holds for all cases of theirs.
        """
        found = self._persons.of(said)
        return found, self._person_now(found, said)

    def handler(self, said: Handler) -> tuple[Party, Handler]:
        """Find a handler of the sheet; what the vault says goes before what the row says."""
        keys = list(_names(said))
        found = next((self._handlers[key] for key in keys if key in self._handlers), None)
        found = found or Party()
        self._note_handler(said, found)
        return found, self._handler_now(found, said)

    def actor(self, person: Person) -> Person | None:
        """Find who acts for a person, as `acting.actor` does."""
        number = acting.number(person)
        if number in {0, person.id}:
            return None
        if number not in self._actors:
            try:
                self._actors[number] = self._desk.vault.get(Person, number)
            except NotFound:
                self._actors[number] = None
        return self._actors[number]

    def open_cases(self, person: Party, handler: Party) -> tuple[OpenCase, ...]:
        """The open cases of a person with a handler, those of rows before this one among them."""
        pair = (person, handler)
        if pair not in self._open:
            self._open[pair] = tuple(self._kept_cases(person.number, handler.number))
        return self._open[pair]

    def opens(self, person: Party, handler: Party, case: OpenCase) -> None:
        """Remember the case of a row for the rows after it."""
        self._open[person, handler] = (case, *self.open_cases(person, handler))

    def keep_person(self, change: Change, party: Party, said: Person) -> Person:
        """Keep a person as the row says, added or corrected."""
        now = self._person_now(party, said)
        if not party.number:
            added = change.add(now)
            party.number = added.id
            return added
        if now != self._desk.vault.get(Person, party.number):
            change.replace(now, kind="person.edited")
        return now

    def keep_handler(self, change: Change, party: Party, said: Handler) -> Handler:
        """Keep a handler: added, or what was blank filled in."""
        now = self._handler_now(party, said)
        if not party.number:
            now = change.add(now)
            party.number = now.id
        elif now != self._records[party.number]:
            change.replace(now, kind="handler.edited")
        self._records[now.id] = now
        return now

    def _person_now(self, party: Party, said: Person) -> Person:
        if not party.number:
            return said
        kept = self._desk.vault.get(Person, party.number)
        told = {
            field.name: getattr(said, field.name)
            for field in fields(said)
            if field.name not in {"id", *_OF_A_CAPACITY} and getattr(said, field.name)
        }
        return replace(kept, **told)

    def _handler_now(self, party: Party, said: Handler) -> Handler:
        if not party.number:
            return said
        if party.number not in self._records:
            self._records[party.number] = self._desk.vault.get(Handler, party.number)
        kept = self._records[party.number]
        told = {name: getattr(said, name) for name in _CONTACT if not getattr(kept, name)}
        filled = replace(kept, **{**told, "venue": kept.venue or said.venue})
        if kept.email_bounced and said.email and said.email != kept.email:
            filled = replace(filled, email=said.email, email_bounced=None)
        return filled

    def _kept_cases(self, person: int, handler: int) -> Iterator[OpenCase]:
        if not (person and handler):
            return
        for case in self._desk.vault.find_all(Case, person=person):
            if case.handler == handler and case.closed_on is None:
                yield interlock.as_open(self._desk, case)

    def _note_handler(self, handler: Handler, party: Party) -> None:
        for key in _names(handler):
            self._handlers.setdefault(key, party)


def _names(handler: Handler) -> Iterator[int]:
    if handler.uscc:
        yield mark("uscc", handler.uscc)
    yield mark("name", normalised(handler.name))
