"""The request (请求书): which rights are asked, item by item, each with its article."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Right(StrEnum):
    """A right that a person may ask a handler to honour."""

    KNOW = "know"
    ACCESS = "access"
    COPY = "copy"
    TRANSFER = "transfer"
    CORRECT = "correct"
    DELETE = "delete"
    WITHDRAW = "withdraw"
    EXPLAIN = "explain"
    AUTOMATED = "automated"
    REFUSE = "refuse"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the handler holds wrongly, and what is right.

    Attributes:
        wrong: Empty where something is missing and is to be added.
    """

    wrong: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the person tells for the items of a right; the general wording stands where nothing is.

    Attributes:
        corrections: For `correct`: each becomes an item of its own.
        receiver: For `transfer`: the handler to which the information shall go.
    """

    corrections: tuple[Correction, ...] = ()
    receiver: str = ""

    def told(self, name: str) -> tuple[Mapping[str, str], ...]:
        """The gaps of each item of a name among `TOLD`, filled."""
        match name:
            case "correction":
                return tuple(
                    {"wrong": one.wrong, "right": one.right}
                    for one in self.corrections
                    if one.wrong
                )
            case "supplement":
                return tuple({"right": one.right} for one in self.corrections if not one.wrong)
            case "receiver":
                return ({"receiver": self.receiver},) if self.receiver else ()
            case _:
                raise KeyError(name)


TOLD: Final[Mapping[str, frozenset[str]]] = {
    "correction": frozenset({"wrong", "right"}),
    "supplement": frozenset({"right"}),
    "receiver": frozenset({"receiver"}),
}
"""What can be told for an item, and the gaps that its text may then have."""


class Score(StrEnum):
    """How a reply met one item."""

    OPEN = "open"
    GIVEN = "given"
    PARTIAL = "partial"
    REFUSED = "refused"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """One numbered thing asked.

    Attributes:
        number: Its number in the letter, from 1.
        id: The template's name for it, such as `copy.template`.
        right: None for a courtesy question, which no article supports.
        cites: Provision keys such as `pipl:45(1)`; empty only for a courtesy question.
        after_receipt: In the two-step letter: to be done only after the copy has arrived.
        score: How the reply met it, as its owner says.
        refused_under: The provision that the handler named for refusing it, in its words.
    """

    number: int
    id: str
    right: Right | None
    zh: str
    en: str
    cites: tuple[str, ...] = ()
    after_receipt: bool = False
    score: Score = Score.OPEN
    refused_under: str = ""


def counted(items: Iterable[AskedItem]) -> tuple[AskedItem, ...]:
    """The items of which it is counted how many were answered: those that rest on a right.

    A courtesy question rests on no article. It can be marked, and its mark is shown; but no count
    and no later letter holds the handler to it.
    """
    return tuple(item for item in items if item.right is not None)


def tally(items: Iterable[AskedItem]) -> dict[Score, int]:
    """How many of the counted items have each mark."""
    marks = [item.score for item in counted(items)]
    return {score: marks.count(score) for score in Score}
