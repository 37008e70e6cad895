"""The request (请求书): which rights are asked, item by item, each with its article."""

from dataclasses import dataclass
from enum import StrEnum


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
