"""How a handler stands to the others: whose branch or brand it is, and which are its own."""

from dataclasses import dataclass

from pirights.domain.handler import RELATIONS, Handler
from pirights.workflow.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Handlers around one, by the field that says it.

    Attributes:
        to: Those that it names.
        of: Those that name it.
    """

    to: dict[str, Handler]
    of: dict[str, tuple[Handler, ...]]


def related(desk: Desk, one: Handler) -> Related:
    """Find the handlers around one."""
    everyone = desk.vault.find_all(Handler, newest_first=False)
    by_number = {other.id: other for other in everyone}
    named = {field: by_number.get(getattr(one, field)) for field in RELATIONS}
    return Related(
        to={field: other for field, other in named.items() if other is not None},
        of={
            field: tuple(other for other in everyone if getattr(other, field) == one.id)
            for field in RELATIONS
        },
    )
