"""What a handler's fields may hold, whoever fills them in: a person, a sheet, a program."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pirights.domain import uscc
from pirights.domain.counting import LONGEST_PERIOD
from pirights.domain.handler import RELATIONS, Handler
from pirights.domain.text import one_line
from pirights.errors import BadInput, message
from pirights.workflow.desk import Desk

ALIASES_LIMIT: Final = 20

LINES: Final = ("name", "name_en", "address", "email", "phone", "web", "policy_url", "source")
"""The fields of one line of text."""

_CODES: Final = ("email", "phone")
"""Fields in which a full-width character is a slip of the input method."""


def checked_handler(desk: Desk, given: Handler) -> Handler:
    """Check a handler, and bring its fields into their own form.

    Raises:
        BadInput: A field that cannot be taken, such as a code whose check character is wrong.
        NotFound: It stands in relation to a handler that is not there.
    """
    for name in RELATIONS:
        number = getattr(given, name)
        if number is None:
            continue
        if number == given.id:
            raise BadInput(
                message("{field}: {label} cannot name itself.", field=name, label=given.label)
            )
        desk.vault.get(Handler, number)
    return checked_fields(desk, given)


def checked_fields(desk: Desk, given: Handler) -> Handler:
    """As `checked_handler`, relations apart.

    Raises:
        BadInput: A field that cannot be taken.
    """
    lines = {name: one_line(getattr(given, name), field=name) for name in LINES}
    lines |= {name: unicodedata.normalize("NFKC", lines[name]).strip() for name in _CODES}
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
    return replace(given, **lines, uscc=code, aliases=tuple(_aliases(given)))  # type: ignore[arg-type]  # all of these fields are text


def _aliases(given: Handler) -> Iterator[str]:
    if len(given.aliases) > ALIASES_LIMIT:
        raise BadInput(message("More than {limit} other names.", limit=ALIASES_LIMIT))
    names = dict.fromkeys(one_line(name, field="aliases") for name in given.aliases)
    yield from (name for name in names if name)
