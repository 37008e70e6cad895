"""Where a complaint, a report, a lead or a suit can go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pirights.domain.law import Confidence
from pirights.domain.words import Words


class AuthorityRole(StrEnum):
    """What a body does with what it is sent."""

    REGULATOR = "regulator"
    POLICE = "police"
    CONSUMER = "consumer"
    MEDIATION = "mediation"
    SUPERIOR = "superior"
    PROCURATORATE = "procuratorate"
    COURT = "court"
    HOTLINE = "hotline"


class Level(StrEnum):
    """Whether there is one of it, or one in each place."""

    NATIONAL = "national"
    LOCAL = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A body that can be turned to.

    Attributes:
        takes: What it takes.
        channel: How it is reached, as the source has it; nothing was called or opened.
        basis: Provisions that give it its task, or the person the way to it.
        document: The kind of letter that goes there.
        limits: What it does not do, and what was not verified.
        since: The first day of this route, or None.
    """

    id: str
    name: Words
    takes: Words
    channel: Words
    role: AuthorityRole
    level: Level
    basis: tuple[str, ...]
    document: str
    source: str
    checked: date
    confidence: Confidence
    limits: Words | None = None
    since: date | None = None


def open_on(
    authorities: Mapping[str, Authority], ids: Iterable[str], on: date
) -> tuple[Authority, ...]:
    """Keep, in order, the bodies whose route is open on a day."""
    found = (authorities[one] for one in ids if one in authorities)
    return tuple(one for one in found if one.since is None or one.since <= on)
