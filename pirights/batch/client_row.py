"""A row of a clinic's sheet as values: one client against one handler, and what is asked."""

from dataclasses import dataclass

from pirights.domain.dispatch import Channel
from pirights.domain.document import Letters
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.domain.request import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """What a good row says.

    Attributes:
        row: Its number as a spreadsheet shows it; the heading is row 1.
        key: What the clinic calls the row: the same row has the same key in every run.
        person: Without a number yet (0), its representative the owner of the vault.
        handler: Without a number yet (0).
        encounters: Without numbers yet (0), one for each moment named, oldest first;
            their handlers still empty.
        channel: How the letter is to go; None where the row does not say.
        note: For the clinic alone; printed nowhere.
        digest: SHA-256 of what its cells say, hex: tells a changed row from the same one.
        aside: Likewise of the cells that the letter is not made from: note and channel.
    """

    row: int
    key: str
    person: Person
    handler: Handler
    encounters: tuple[Encounter, ...]
    rights: tuple[Right, ...]
    letters: Letters = Letters.ZH
    identify_by: tuple[str, ...] = ()
    channel: Channel | None = None
    note: str = ""
    digest: str = ""
    aside: str = ""
