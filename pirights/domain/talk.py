"""A talk (聊天记录): what was said, by whom and when, as an app's export tells it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Order(StrEnum):
    """How the parts of a series follow each other."""

    GIVEN = "given"
    NAME = "name"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One utterance.

    Attributes:
        time: A clock without zone, `2026-11-20 18:05:33`; as it was written, where it is none.
        sender: The name that the export gives; empty for what stands before the first name.
        words: What was said, on one or more lines.
        mine: Whether the export itself says that the person spoke; None where it does not tell.
    """

    time: str
    sender: str
    words: str
    mine: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One who speaks in a talk.

    Attributes:
        name: As the export gives it.
        count: Of utterances.
        mine: Whether this is the person; None where neither the export nor a human told.
    """

    name: str
    count: int
    mine: bool | None = None


def told(talk: Iterable[Said], me: Sequence[str]) -> list[Said]:
    """Say of each utterance whose it is, once a person told by which names they speak.

    What the export itself marks stays as it marks it. Without names nothing is said.
    """
    names = {one.strip().casefold() for one in me}
    return [
        one
        if one.mine is not None or not one.sender or not names
        else Said(
            time=one.time,
            sender=one.sender,
            words=one.words,
            mine=one.sender.casefold() in names,
        )
        for one in talk
    ]


def speakers(talk: Iterable[Said]) -> tuple[Speaker, ...]:
    """Name those who speak, whoever spoke most often first."""
    counts: dict[tuple[str, bool | None], int] = {}
    for one in talk:
        if one.sender:
            counts[one.sender, one.mine] = counts.get((one.sender, one.mine), 0) + 1
    ordered = sorted(counts.items(), key=lambda each: -each[1])
    return tuple(Speaker(name=name, count=count, mine=mine) for (name, mine), count in ordered)
