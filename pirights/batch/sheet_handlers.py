"""What the rows of a sheet together say of the companies that they name."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pirights.batch.known_parties import KnownHandlers
from pirights.batch.row_reading import HANDLER_FACTS, ReadRow
from pirights.domain.handler import Handler
from pirights.domain.handler_name import normalised
from pirights.errors import Message, message
from pirights.workflow.sheet_faults import Fault

_SHARED: Final = tuple(field for field in HANDLER_FACTS if field != "name")


class SheetHandlers:
    """The companies of a sheet, each once, whatever row tells of them."""

    def __init__(self, known: KnownHandlers | None = None) -> None:
        self._known: Final = known or KnownHandlers()
        self._facts: Final[dict[str, dict[str, tuple[str, int]]]] = {}
        self._codes: Final[dict[str, tuple[str, int]]] = {}

    def take(self, row: ReadRow) -> Iterator[Fault]:
        """Note what a row tells of its company; say where another row or the vault differs."""
        said = row.said
        name = said.get("handler_name", "")
        if not name:
            return
        plain = normalised(name)
        told = self._facts.setdefault(plain, {"name": (name, row.row)})
        known = self._known.of(name, said.get("handler_uscc", ""))
        for field in _SHARED:
            value = said.get(f"handler_{field}", "")
            if not value:
                continue
            before, where = told.setdefault(field, (value, row.row))
            if before != value:
                yield _fault(row, field, _another_row(where, before))
            elif known is not None and getattr(known, field) not in {"", value}:
                yield _fault(row, field, _vault_says(known, field))
        yield from self._take_code(row, plain)
        if known is not None and normalised(known.name) != plain:
            yield _fault(row, "name", _vault_says(known, "name"))

    def whole(self, said: Mapping[str, Any]) -> Handler:
        """Make the company of a row, with what all rows and the vault tell of it."""
        name = said["handler_name"]
        told = self._facts.get(normalised(name), {})
        facts = {field: value for field, (value, _) in told.items() if field != "name"}
        found = Handler(id=0, name=name, venue=said["venue"], **facts)  # type: ignore[arg-type]  # all of these fields are text
        known = self._known.of(name, found.uscc)
        if known is None:
            return found
        missing = {field: getattr(known, field) for field in _SHARED if not getattr(found, field)}
        return replace(found, **missing)

    def _take_code(self, row: ReadRow, plain: str) -> Iterator[Fault]:
        code = row.said.get("handler_uscc", "")
        if not code:
            return
        if self._known.has(code):  # whose name the vault tells
            return
        name, where = self._codes.setdefault(code, (plain, row.row))
        if name != plain:
            problem = message("Row {row} gives this code to another name.", row=where)
            yield _fault(row, "uscc", problem)


def _fault(row: ReadRow, field: str, problem: Message) -> Fault:
    return Fault(row=row.row, line=row.row, column=f"handler_{field}", problem=problem)


def _another_row(row: int, value: str) -> Message:
    return message("Row {row} has “{value}” for the same company.", row=row, value=value)


def _vault_says(known: Handler, field: str) -> Message:
    return message(
        "The vault has “{value}” for {handler}. If the sheet is right: `pirights handler edit "
        "{handler} --{option} …`.",
        handler=known.label,
        value=getattr(known, field),
        option=field.replace("_", "-"),
    )
