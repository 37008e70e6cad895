"""The shapes of what a template may name: texts, flags, numbers, records and lists; samples."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A text, empty at times. `words`: all that it can be, where it is one of a few."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The function that prints provisions by their keys."""


@dataclass(frozen=True, slots=True)
class Record:
    """Named values. `may_miss`: at times there is none of it."""

    fields: Mapping[str, "Shape"]
    may_miss: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list of things of one shape."""

    of: "Shape"


Shape: TypeAlias = Text | Flag | Number | Citation | Record | Many

TEXT, FLAG, NUMBER = Text(), Flag(), Number()

LOOP: Final = Record(
    {
        **dict.fromkeys(("first", "last"), FLAG),
        **dict.fromkeys(("index", "index0", "length", "revindex", "revindex0"), NUMBER),
    }
)
"""What Jinja says of the loop that one is in."""


def sample(shape: Shape, *, full: bool, turn: int = 0) -> object:
    """Make up a value of a shape.

    Args:
        shape: Of what.
        full: Everything is there and every flag set; else as little as can be.
        turn: Which of a list this is; makes texts that are one of a few differ.
    """
    match shape:
        case Text(words=words):
            return words[turn % len(words)] if words else "□" * full
        case Flag():
            return full
        case Number():
            return turn + 1
        case Citation():
            return lambda *_: "□"
        case Many(of=each):
            count = max(2, _variety(each)) if full else 0
            return [sample(each, full=full, turn=number) for number in range(count)]
        case Record(fields=fields, may_miss=may_miss):
            if may_miss and not full:
                return None
            return {name: sample(one, full=full, turn=turn) for name, one in fields.items()}


def _variety(shape: Shape) -> int:
    match shape:
        case Text(words=words):
            return len(words)
        case Record(fields=fields):
            return max((_variety(one) for one in fields.values()), default=0)
        case _:
            return 0


def words(kind: type[StrEnum]) -> Text:
    """A text that is one of the words of a kind."""
    return Text(tuple(kind))


def texts(*names: str) -> dict[str, Shape]:
    """Texts of these names."""
    return dict.fromkeys(names, TEXT)
