"""What changes a running clock: a promise in a reply, an extension, a pause, another rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pirights.domain.handler import Period


class AdjustmentKind(StrEnum):
    """What happened to the clock of a case."""

    PROMISE = "promise"
    EXTENSION = "extension"
    PAUSE = "pause"
    RESTART = "restart"
    PERIOD = "period"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """One change of the clock of a case, never altered afterwards.

    Attributes:
        on: The day of the event. A pause leaves out the days from it on; a restart counts from
            it on again; a promise counts from the day after it.
        period: How long a promise or an extension runs; None where `until` says it.
        until: Its last day, inclusive.
        because: Why, in the user's words.
        source: The message that says so, such as I3, or empty.
        rule: For another rule: the period's id.
    """

    id: int
    ref: str
    kind: AdjustmentKind
    on: date
    because: str = ""
    period: Period | None = None
    until: date | None = None
    source: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A provisional day that was shown, so that a later difference can be.

    Attributes:
        letter: The letter's number in the case.
        notices_until: The last year that had its holiday notice then.
        adjustments: How many changes of the clock there were.
        basis: The rule's id.
        period: What was counted.
    """

    id: int
    ref: str
    letter: int
    on: date
    notices_until: int
    adjustments: int
    basis: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days that do not count: from `first` up to but not on `until`; None: it still lasts."""

    first: date
    until: date | None
    because: str = ""
    source: str = ""


def pauses(adjustments: Sequence[Adjustment]) -> tuple[Pause, ...]:
    """Pair pauses with the restarts that end them, in order of time."""
    found: list[Pause] = []
    running: Adjustment | None = None
    for one in sorted(adjustments, key=lambda each: (each.on, each.id)):
        if one.kind is AdjustmentKind.PAUSE and running is None:
            running = one
        elif one.kind is AdjustmentKind.RESTART and running is not None:
            found.append(_pause(running, one.on))
            running = None
    if running is not None:
        found.append(_pause(running, None))
    return tuple(found)


def _pause(one: Adjustment, until: date | None) -> Pause:
    return Pause(first=one.on, until=until, because=one.because, source=one.source)
