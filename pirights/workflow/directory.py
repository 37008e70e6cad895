"""The people asked for and the handlers asked: adding, correcting, listing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from pirights.domain import uscc
from pirights.domain.counting import LONGEST_PERIOD
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.domain.text import one_line
from pirights.errors import BadInput, Message, message
from pirights.workflow.desk import Desk

_HANDLER_LINES: Final = (
    "name",
    "name_en",
    "address",
    "email",
    "phone",
    "web",
    "policy_url",
    "source",
)
_PERSON_LINES: Final = ("name", "name_en", "phone", "email", "address", "id_number")


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
    checked = _handler(desk, handler)
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
    after = _handler(desk, replace(before, **changes))  # type: ignore[arg-type]  # the cli names the fields
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
        BadInput: A field that cannot be taken.
    """
    checked = checked_person(person)
    if not checked.name:
        raise BadInput(message("The name is empty."), hint=message("Give it with --name."))
    with desk.vault.change(now=desk.now) as change:
        return change.add(checked)


def edit_person(desk: Desk, number: int, changes: Mapping[str, object]) -> Person:
    """Correct a person's particulars.

    Raises:
        BadInput: A field that cannot be taken.
        NotFound: An unknown person.
    """
    before = desk.vault.get(Person, number)
    after = checked_person(replace(before, **changes))  # type: ignore[arg-type]  # the cli names the fields
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


def _handler(desk: Desk, given: Handler) -> Handler:
    lines = {name: one_line(getattr(given, name), field=name) for name in _HANDLER_LINES}
    if not lines["name"]:
        raise BadInput(
            message("The name is empty."),
            hint=message("Give the full registered name with --name."),
        )
    period = given.policy_days
    if period is not None and not 1 <= period.amount <= LONGEST_PERIOD:
        raise BadInput(
            message("A period of {amount} days for an answer is no period.", amount=period.amount)
        )
    if given.verified is not None:
        desk.past_day(given.verified, field="verified")
    code = uscc.check(given.uscc) if given.uscc.strip() else ""
    return replace(given, **lines, uscc=code)  # type: ignore[arg-type]  # all of these fields are text


def _twins(desk: Desk, one: Handler) -> tuple[Message, ...]:
    return tuple(
        message("{label} has the same code or name: {name}.", label=other.label, name=other.name)
        for other in desk.vault.find_all(Handler)
        if other.id != one.id and (other.name == one.name or (one.uscc and other.uscc == one.uscc))
    )
