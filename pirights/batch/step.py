"""One row of a sheet on its way through a run, and what kind of sheet makes which steps.

A maker knows its kind of sheet: which rows can be made, what a worker does for each, and what is
kept of it in the vault. All else of a run is the same for every kind: order, transactions, files,
index, what was made before and is passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from pirights.batch.job import Done, Job
from pirights.domain.dispatch import Channel, Letter
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.errors import Message
from pirights.vault.change import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A good row that is to be made. A kind of sheet may add what it needs.

    Attributes:
        key: What the sheet calls the row, the same in every run.
        digest: SHA-256 of what its cells say, hex.
        aside: Likewise of the cells that the letter is not made from.
        job: For the worker.
        channel: How the letter is to go; None where the row does not say.
        notices: What the user should know of the letter already.
    """

    row: int
    key: str
    digest: str
    job: Job
    aside: str = ""
    channel: Channel | None = None
    notices: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a row became in the vault, or what the vault holds of it from before.

    Attributes:
        person: The client; names the folder of the files.
        rights: What the case asks.
        actor: Who acts for the client, if that is somebody else.
        encounter: The label of the first encounter that was added with it; empty where none was.
    """

    letter: Letter
    person: Person
    handler: Handler
    rights: tuple[Right, ...]
    actor: Person | None = None
    encounter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A good row before anything is made of it: enough to tell whether that was done before."""

    row: int
    key: str
    digest: str
    aside: str = ""


class Maker(Protocol):
    """What a kind of sheet knows of its rows."""

    def rows(self) -> Iterator[Row]:
        """The good rows in the order of the sheet; a subclass of `Row` may hold what they say."""

    def step(self, row: Row) -> Step:
        """Say what is to be made of a good row that was not made before.

        Raises:
            PirightsError: It cannot be made; told as a fault of the row.
        """

    def keep(self, change: Change, step: Step, done: Done) -> Kept:
        """Keep in the vault what was made of a row, in the transaction of many rows."""
