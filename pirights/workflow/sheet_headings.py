"""The headings of a sheet: the column that each means, in English or Chinese."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pirights.errors import BadInput, Message, message
from pirights.workflow import delimited

_NAMED: Final = 20
"""Headings that are named in a refusal."""

_LONGEST: Final = 80
"""Characters of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The headings that a kind of sheet may have.

    Attributes:
        columns: All, in English, in the order in which they are told.
        chinese: The column of each Chinese one.
        required: Columns without which there is no such sheet.
    """

    columns: Sequence[str]
    chinese: Mapping[str, str]
    required: Sequence[str]

    def column(self, cell: str | Message) -> str:
        """Give the column that a heading means, or the heading itself where none is known.

        Raises:
            BadInput: The cell cannot be read; it holds why.
        """
        if isinstance(cell, Message):
            raise BadInput(cell)
        name = delimited.unguarded(cell).strip().casefold()
        return self.chinese.get(name) or "_".join(name.replace("-", " ").replace("_", " ").split())

    def read(self, found: Sequence[str | Message]) -> list[str]:
        """Give the column of each heading, empty where the heading is.

        Raises:
            BadInput: One is not known, stands twice or cannot be read, or a required one is
                missing.
        """
        names = [self.column(cell) for cell in found]
        unknown = [
            str(cell)[:_LONGEST]
            for cell, name in zip(found, names, strict=True)
            if name and name not in self.columns
        ]
        missing = [name for name in self.required if name not in names]
        hint = message("Known headings are: {columns}.", columns=", ".join(self.columns))
        if unknown:
            raise BadInput(
                message("Unknown headings: {headings}.", headings=", ".join(unknown[:_NAMED])),
                hint=hint,
            )
        if missing:
            raise BadInput(
                message("Required headings are missing: {headings}.", headings=", ".join(missing)),
                hint=hint,
            )
        twice = sorted(name for name, times in Counter(names).items() if name and times > 1)
        if twice:
            raise BadInput(message("Headings stand twice: {headings}.", headings=", ".join(twice)))
        return names
