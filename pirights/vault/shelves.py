"""Where the records of each class lie: table, what they are looked up by, what they are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeVar, cast

from pirights import canonical_json, plain
from pirights.domain.adjustment import Adjustment, Told
from pirights.domain.attachment import Attachment
from pirights.domain.batch_row import BatchRow
from pirights.domain.case import Case, CaseNote
from pirights.domain.cost import Cost
from pirights.domain.dispatch import Letter
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.domain.reply import Reply
from pirights.errors import VaultDamaged, message


class Record(Protocol):
    """What every record has. 0: not yet in the vault."""

    @property
    def id(self) -> int:
        """The row's number."""


T = TypeVar("T", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Generic[T]):
    """The table of one class of records.

    Attributes:
        noun: The table's name, and the first word of its journal kinds.
        columns: The record's attributes that are also columns.
        subject: What the journal calls a record.
        name: What an error calls the record of a number.
        order: What newest-first goes by.
        conditions: How to look up by what is no column of the table.
        insert: The statement that adds a row: id, columns, record.
        update: The statement that changes one: columns, record, id.
    """

    of: type[T]
    noun: str
    columns: tuple[str, ...]
    subject: Callable[[T], str]
    name: str
    order: str = "id"
    conditions: Mapping[str, str] = field(default_factory=dict)
    insert: str = field(init=False)
    update: str = field(init=False)

    def __post_init__(self) -> None:
        """Write the two statements once; an import runs them a hundred thousand times."""
        names = [f'"{column}"' for column in (*self.columns, "record")]
        gaps = ", ".join("?" * (len(names) + 1))
        insert = f"INSERT INTO {self.table} (id, {', '.join(names)}) VALUES ({gaps})"  # noqa: S608 (names from the shelf)
        update = f"UPDATE {self.table} SET {' = ?, '.join(names)} = ? WHERE id = ?"  # noqa: S608 (names from the shelf)
        object.__setattr__(self, "insert", insert)
        object.__setattr__(self, "update", update)

    @property
    def table(self) -> str:
        """The table's name, quoted."""
        return f'"{self.noun}"'

    def keys(self, data: Mapping[str, object]) -> list[object]:
        """The values of the columns, from a record in its plain form."""
        return [data[column] for column in self.columns]

    def condition(self, column: str) -> str:
        """The SQL condition for an equal value in a column."""
        if column in self.conditions:
            return self.conditions[column]
        if column not in self.columns:
            raise KeyError(f"{self.noun} is not looked up by {column}")
        return f'"{column}" IS ?'

    def read(self, text: str) -> T:
        """Make a record from its row.

        Raises:
            VaultDamaged: The row does not hold one.
        """
        try:
            return plain.from_plain(self.of, canonical_json.parse(text))
        except ValueError as wrong:
            raise VaultDamaged(
                message("The vault holds an unreadable record: {noun}.", noun=self.noun),
                hint=message("Run `pirights vault check` to see which."),
            ) from wrong


def key(value: object) -> object:
    """Turn a value into what a column holds: its plain form."""
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()  # no lone surrogate is kept
    return plain.to_plain(value)


def _label(record: Any) -> str:  # noqa: ANN401 (one of the classes that have a label)
    return str(record.label)


_SHELVES: Final[tuple[Shelf[Any], ...]] = (
    Shelf(of=Person, noun="person", columns=(), subject=_label, name="P{id}"),
    Shelf(of=Handler, noun="handler", columns=("name",), subject=_label, name="H{id}"),
    Shelf(
        of=Encounter,
        noun="encounter",
        columns=("at",),
        subject=_label,
        name="E{id}",
        order="at",
        conditions={"handler": "id IN (SELECT encounter FROM presence WHERE handler = ?)"},
    ),
    Shelf(
        of=Case,
        noun="case",
        columns=("ref", "person", "handler"),
        subject=lambda case: str(case.ref),
        name="case {id}",
    ),
    Shelf(of=Letter, noun="letter", columns=("ref", "number"), subject=_label, name="letter {id}"),
    Shelf(of=Reply, noun="reply", columns=("ref",), subject=_label, name="I{id}"),
    Shelf(
        of=CaseNote,
        noun="note",
        columns=("ref",),
        subject=lambda note: str(note.ref),
        name="note {id}",
    ),
    Shelf(
        of=Adjustment,
        noun="adjustment",
        columns=("ref",),
        subject=lambda adjustment: str(adjustment.ref),
        name="adjustment {id}",
    ),
    Shelf(
        of=Told,
        noun="told",
        columns=("ref",),
        subject=lambda told: str(told.ref),
        name="told {id}",
    ),
    Shelf(of=Cost, noun="cost", columns=("ref",), subject=_label, name="C{id}"),
    Shelf(
        of=BatchRow,
        noun="batch_row",
        columns=("run", "key", "ref"),
        subject=lambda row: str(row.ref),
        name="batch row {id}",
    ),
    Shelf(
        of=Attachment,
        noun="attachment",
        columns=("owner", "sha256"),
        subject=lambda attachment: str(attachment.owner),
        name="attachment {id}",
    ),
)

SHELVES: Final[Mapping[type, Shelf[Any]]] = {shelf.of: shelf for shelf in _SHELVES}


def shelf_of(cls: type[T]) -> Shelf[T]:
    """Find the shelf of a class."""
    return cast("Shelf[T]", SHELVES[cls])
