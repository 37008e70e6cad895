"""The people asked for and the handlers asked: adding, correcting, listing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from pirights.domain.handler import Handler
from pirights.domain.handler_name import normalised
from pirights.domain.person import Person
from pirights.domain.text import one_line
from pirights.errors import BadInput, Message, message
from pirights.workflow import represented
from pirights.workflow.desk import Desk
from pirights.workflow.handler_checking import checked_handler

_PERSON_LINES: Final = ("name", "name_en", "phone", "email", "address", "id_number", "interest")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerKept:
    """A handler as it now stands."""

    handler: Handler
    notices: tuple[Message, ...] = ()


def add_handler(desk: Desk, handler: Handler) -> HandlerKept:
    """Add a handler; its number is given here.

    Raises:
        BadInput: A field that cannot be taken, such as a code whose check character is wrong.
    """
    checked = checked_handler(desk, handler)
    with desk.vault.change(now=desk.now) as change:
        added = change.add(checked)
    return HandlerKept(handler=added, notices=_twins(desk, added))


def edit_handler(desk: Desk, number: int, changes: Mapping[str, object]) -> HandlerKept:
    """Correct a handler; letters already written keep what they said.

    Raises:
        BadInput: A field that cannot be taken.
        NotFound: An unknown handler.
    """
    before = desk.vault.get(Handler, number)
    after = checked_handler(desk, replace(before, **changes))  # type: ignore[arg-type]  # the cli names the fields
    if after.email != before.email:
        after = replace(after, email_bounced=None)
    after = after.without_stale_capture(before)
    if after != before:
        with desk.vault.change(now=desk.now) as change:
            change.replace(after, kind="handler.edited")
    return HandlerKept(handler=after, notices=_twins(desk, after))


def handlers(desk: Desk, *, limit: int | None = None) -> tuple[list[Handler], int]:
    """List handlers, newest first, and say how many there are."""
    return desk.vault.find_all(Handler, limit=limit), desk.vault.count(Handler)


def handler(desk: Desk, number: int) -> Handler:
    """One handler.

    Raises:
        NotFound: An unknown handler.
    """
    return desk.vault.get(Handler, number)


def add_person(desk: Desk, person: Person) -> Person:
    """Add a person; its number is given here.

    Raises:
        BadInput: A field that cannot be taken, or that does not fit the capacity.
        NotFound: An unknown representative.
    """
    checked = represented.checked(desk, checked_person(person))
    if not checked.name:
        raise BadInput(message("The name is empty."), hint=message("Give it with --name."))
    with desk.vault.change(now=desk.now) as change:
        return change.add(checked)


def edit_person(desk: Desk, number: int, changes: Mapping[str, object]) -> Person:
    """Correct a person's particulars; what a new capacity has no room for is dropped.

    Raises:
        BadInput: A field that cannot be taken, or that does not fit the capacity.
        NotFound: An unknown person or representative.
    """
    before = desk.vault.get(Person, number)
    given = checked_person(replace(before, **changes))  # type: ignore[arg-type]  # the cli names the fields
    after = represented.checked(desk, given, told=changes)
    if after != before:
        with desk.vault.change(now=desk.now) as change:
            change.replace(after, kind="person.edited")
    return after


def persons(desk: Desk, *, limit: int | None = None) -> tuple[list[Person], int]:
    """List persons, newest first, and say how many there are."""
    return desk.vault.find_all(Person, limit=limit), desk.vault.count(Person)


def person(desk: Desk, number: int) -> Person:
    """One person.

    Raises:
        NotFound: An unknown person.
    """
    return desk.vault.get(Person, number)


def checked_person(given: Person) -> Person:
    """Check a person's fields.

    Raises:
        BadInput: Too long, or a control character in one.
    """
    lines = {name: one_line(getattr(given, name), field=name) for name in _PERSON_LINES}
    return replace(given, **lines)  # type: ignore[arg-type]  # all of these fields are text


def _twins(desk: Desk, one: Handler) -> tuple[Message, ...]:
    return tuple(
        message("{label} has the same code or name: {name}.", label=other.label, name=other.name)
        for other in desk.vault.find_all(Handler)
        if other.id != one.id
        and (
            normalised(other.name) == normalised(one.name) or (one.uscc and other.uscc == one.uscc)
        )
    )
