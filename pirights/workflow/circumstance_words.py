"""Circumstances as people type them: `shared`, `under-14=no`, several separated by `;`."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pirights.domain.encounter import Answer, Circumstance, Encounter
from pirights.workflow.encounter_cells import word
from pirights.workflow.encounter_words import ANSWERS, CIRCUMSTANCES

_BETWEEN: Final = re.compile(r"[;；,，、]")

Known = tuple[tuple[Circumstance, ...], tuple[Circumstance, ...]]
"""What is so, and what is not so; each in the order of the circumstances."""


def read(cell: str) -> Known:
    """Read a cell of a sheet.

    Raises:
        BadInput: An unknown word, or another answer than yes, no or unknown.
    """
    return merged(((), ()), [part for part in _BETWEEN.split(cell) if part.strip()])


def merged(before: Known, typed: Iterable[str]) -> Known:
    """Take in what was typed; the later word counts, `=unknown` takes a circumstance back.

    Raises:
        BadInput: As `read`.
    """
    answers = dict.fromkeys(before[0], Answer.YES) | dict.fromkeys(before[1], Answer.NO)
    for part in typed:
        name, equals, answer = part.replace("＝", "=").partition("=")
        kind = word(name.strip(), CIRCUMSTANCES, "circumstance")
        answers[kind] = word(answer.strip(), ANSWERS, "circumstance") if equals else Answer.YES
    return (
        tuple(one for one in Circumstance if answers.get(one) is Answer.YES),
        tuple(one for one in Circumstance if answers.get(one) is Answer.NO),
    )


def written(encounter: Encounter) -> str:
    """Write them so that `read` gives the same again."""
    return "; ".join(_written(encounter))


def _written(encounter: Encounter) -> Iterator[str]:
    yield from encounter.circumstances
    for one in encounter.ruled_out:
        yield f"{one}=no"
