"""What the user tells for a paper beside a letter; each belongs to some papers only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pirights.domain.document import Letters
from pirights.domain.paper import Errand, Paper
from pirights.domain.text import one_line
from pirights.errors import BadInput, message

_MOST: Final = 20
"""How often an option may be repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosureDetails:
    """What the user tells for a paper.

    Attributes:
        letters: Its language; None for that which suits the paper.
        agent: Number of the person who is given a power; 0 for the one the case knows.
        until: Last day of a power; None for twelve months.
        powers: Powers beyond the usual ones, in the user's words.
        errand: What the agent is sent for; None for what the letter says.
        copies: For the catalogue: how many of each are handed in; 0 for no such column.
        without_originals: For the catalogue: without the column on originals and copies.
    """

    letters: Letters | None = None
    agent: int = 0
    until: date | None = None
    powers: tuple[str, ...] = ()
    errand: Errand | None = None
    copies: int = 0
    without_originals: bool = False


_BELONGS: Final[Mapping[str, tuple[str, Collection[Paper]]]] = {
    "agent": ("--agent", {Paper.POA}),
    "until": ("--until", {Paper.POA}),
    "powers": ("--power", {Paper.POA}),
    "errand": ("--for", {Paper.POA}),
    "copies": ("--copies", {Paper.CATALOGUE}),
    "without_originals": ("--without-originals", {Paper.CATALOGUE}),
}
"""The option of each detail, and the papers that it belongs to."""


def checked(details: EnclosureDetails, paper: Paper) -> EnclosureDetails:
    """Take the details of a paper, each text on one line, empty ones left out.

    Raises:
        BadInput: One belongs to another paper, is too long or repeated too often, or holds a
            control character.
    """
    for name, (option, papers) in _BELONGS.items():
        if getattr(details, name) and paper not in papers:
            raise BadInput(
                message(
                    "{option} belongs to another paper: --paper {papers}.",
                    option=option,
                    papers=sorted(one.value for one in papers),
                ),
                hint=message(
                    "Leave {option} out, or name another paper with --paper.", option=option
                ),
            )
    if len(details.powers) > _MOST:
        raise BadInput(
            message("{option} is given more than {limit} times.", option="--power", limit=_MOST),
            hint=message("Join some of them into one sentence."),
        )
    lines = (one_line(one, field="power") for one in details.powers)
    return replace(details, powers=tuple(one for one in lines if one))
