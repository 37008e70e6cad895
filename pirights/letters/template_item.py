"""One thing that a letter can ask, as it stands in a template's front matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pirights.domain.request import TOLD, Particulars, Right

FIELDS: Final = frozenset({"id", "right", "for", "cites", "text", "each", "unless"})
"""What an item may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateItem:
    """One thing that a letter can ask.

    Attributes:
        right: None for a courtesy question.
        text: With gaps: `{mine}` and `{me}`, and those of what `each` names.
        cites: Candidate provisions; the date of the fact decides which are printed.
        asked_with: For a courtesy question, the rights beside which it is asked.
        each: Of what the person tells: the item is asked once for each; empty for once.
        unless: Of what the person tells: where any of it is told, the item is not asked.
    """

    id: str
    right: Right | None
    text: str
    cites: tuple[str, ...]
    asked_with: tuple[Right, ...]
    each: str = ""
    unless: tuple[str, ...] = ()

    def gaps(self, told: Particulars) -> tuple[Mapping[str, str], ...]:
        """What fills the gaps of the item, once for each time that it is asked."""
        if any(told.told(name) for name in self.unless):
            return ()
        return told.told(self.each) if self.each else ({},)


def read(row: Mapping[str, Any]) -> TemplateItem:
    """Read an item.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: It is none.
    """
    only(row, FIELDS)
    return TemplateItem(
        id=str(row["id"]),
        right=Right(row["right"]) if row["right"] else None,
        text=str(row["text"]),
        cites=tuple(row.get("cites", ())),
        asked_with=tuple(Right(right) for right in row.get("for", ())),
        each=_told(row.get("each", "")),
        unless=tuple(_told(name) for name in row.get("unless", ())),
    )


def only(table: Mapping[str, object], known: frozenset[str]) -> None:
    """Refuse a field that is not known.

    Raises:
        ValueError: There is one.
    """
    for name in table:
        if name not in known:
            raise ValueError(f"{name} ≠ {', '.join(sorted(known))}")


def _told(name: str) -> str:
    if name and name not in TOLD:
        raise ValueError(f"{name} ≠ {', '.join(TOLD)}")
    return name
