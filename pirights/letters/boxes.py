"""What is wrong with the fenced boxes of a template, by their kinds."""

import re
from collections.abc import Iterator
from typing import Final

from pirights.errors import Message, message
from pirights.letters.page import Box, Page

BOXES: Final = frozenset({"fields", "item", "receipt", "signature", "table"})
"""The kinds of boxes that a body may hold."""

COLUMNS: Final = 12
"""Columns that a table may have."""

_VALUE: Final = re.compile(r"\{\{.*?\}\}")
_SHARE: Final = re.compile(r"[1-9]\d?(?:\.\d)?")


def faults(page: Page) -> Iterator[tuple[int, Message]]:
    """Find what is wrong with the boxes of one language, each with its line of the file."""
    for box in page.boxes():
        kind, *words = box.kind.split() or [""]
        if kind not in BOXES or (words and kind != "table"):
            yield box.line, message("There is no box {name}.", name=box.kind)
        elif not box.closed:
            yield box.line, message("The box {name} is not closed.", name=kind)
        elif kind == "item" and not _is_numbered(box):
            yield box.line, message("A box of an item begins with its number.")
        elif kind == "table":
            yield from _table(box, words)


def _is_numbered(box: Box) -> bool:
    """Say whether the first cell is a number, or one value; what it is, the trial shows."""
    first = box.rows[0].partition("|")[0].strip() if box.rows else ""
    one_value = first.startswith("{{") and first.find("}}") == len(first) - 2
    return bool(first) and (first.isdecimal() or one_value)


def _table(box: Box, shares: list[str]) -> Iterator[tuple[int, Message]]:
    """Hold each row to the columns that are named; a row with tags in it, the trial shows."""
    if not 0 < len(shares) <= COLUMNS or not all(map(_SHARE.fullmatch, shares)):
        yield (
            box.line,
            message("A box of a table names a share for each column, such as: table 2 3 3."),
        )
        return
    for row, line in zip(box.rows, box.lines, strict=True):
        bare = _VALUE.sub("", row)
        count = bare.count("|") + 1
        if "{%" not in bare and count != len(shares):
            yield (
                line,
                message(
                    "A row of the table has {count} cells, and {columns} columns are named.",
                    count=count,
                    columns=len(shares),
                ),
            )
