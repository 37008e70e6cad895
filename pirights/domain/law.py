"""The law on a date: which instruments there are, and which of them applied on which day.

A provision's key is `instrument:article`, `instrument:article(paragraph)` or
`instrument:article(paragraph).item`, such as `pipl:45(3)` and `pipl:47(1).3`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from pirights.domain.handler import Venue
from pirights.domain.words import Words
from pirights.errors import NotFound, message

KEY: Final = re.compile(
    r"^(?P<instrument>[a-z0-9-]+):(?P<article>\d+)"
    r"(?:\((?P<paragraph>\d+)\))?(?:\.(?P<item>\d+))?$",
)
"""A provision's key."""


class Rank(StrEnum):
    """What kind of instrument it is; a department rule is never 法律、行政法规."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative-regulation"
    JUDICIAL_INTERPRETATION = "judicial-interpretation"
    DEPARTMENT_RULE = "department-rule"
    STANDARD = "standard"
    NORMATIVE_DOCUMENT = "normative-document"
    JUDICIAL_POLICY = "judicial-policy"


class Read(StrEnum):
    """How much of a provision's text its summary rests on."""

    FULL = "full"
    PARTIAL = "partial"
    UNVERIFIED = "unverified"


class Confidence(StrEnum):
    """How well a statement is sourced: read in the text, told at second hand, or to be checked."""

    READ = "V"
    SECONDARY = "S"
    UNVERIFIED = "U"


class State(StrEnum):
    """Where a provision stands on a day."""

    NOT_YET = "not-yet-in-force"
    IN_FORCE = "in-force"
    NO_LONGER = "no-longer-in-force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One article, paragraph or item, in our own words.

    Attributes:
        terms: Words of the summary that stand in the article's own text.
        source: What the summary was checked against.
        checked: The day of that check.
        limits: What must be said beside it: exceptions, scope.
        venues: Where it applies; empty means everywhere.
        minors_only: It applies only where the person scanned is under 18.
        until: The first day on which this provision alone no longer applied, or None.
    """

    key: str
    summary: Words
    read: Read
    confidence: Confidence
    source: str
    checked: date
    terms: tuple[str, ...] = ()
    limits: Words | None = None
    venues: tuple[Venue, ...] = ()
    minors_only: bool = False
    until: date | None = None

    @property
    def instrument(self) -> str:
        """The id of its instrument."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A law, regulation, interpretation, rule or standard.

    Attributes:
        number: The number under which it was issued, or empty.
        adopted: The day on which the text was adopted or published, where it is known.
        effective: The first day on which it applied.
        until: The first day on which it no longer did, or None.
        superseded_by: The id of what took its place, or empty.
        governs_requests: A request made while it is in force is judged by it for what is held
            then, even if the scan came earlier (PIPL Chapter IV).
        edition_zh: What tells it from another edition of the same title, such as 2025年修正前.
    """

    id: str
    title: Words
    rank: Rank
    effective: date
    source: str
    checked: date
    confidence: Confidence
    issuer: Words
    number: str = ""
    adopted: date | None = None
    until: date | None = None
    superseded_by: str = ""
    governs_requests: bool = False
    note: Words | None = None
    edition_zh: str = ""

    def state(self, on: date) -> State:
        """Say where it stood on a day; it applied from `effective`, up to but not on `until`."""
        if on < self.effective:
            return State.NOT_YET
        if self.until is not None and on >= self.until:
            return State.NO_LONGER
        return State.IN_FORCE

    def in_force(self, on: date) -> bool:
        """Say whether it applied on a day."""
        return self.state(on) is State.IN_FORCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """All instruments and provisions that pirights knows.

    Attributes:
        renumbered: For an article that an amendment only renumbered, its key before
            (`csl:45` → `csl-2016:43`).
    """

    instruments: Mapping[str, Instrument]
    provisions: Mapping[str, Provision]
    renumbered: Mapping[str, str] = field(default_factory=dict)

    def provision(self, key: str) -> Provision:
        """Find a provision.

        Raises:
            NotFound: No such key.
        """
        try:
            return self.provisions[key]
        except KeyError:
            raise NotFound(
                message("There is no provision {key} in the law data.", key=key),
                hint=message("See them all with `pirights law list`."),
            ) from None

    def instrument(self, key: str) -> Instrument:
        """Find the instrument of a provision's key."""
        return self.instruments[key.partition(":")[0]]

    def state(self, key: str, on: date) -> State:
        """Say where a provision stood on a day.

        Raises:
            NotFound: No such key.
        """
        provision = self.provision(key)
        if provision.until is not None and on >= provision.until:
            return State.NO_LONGER
        return self.instruments[provision.instrument].state(on)

    def lineage(self, key: str) -> tuple[str, ...]:
        """A provision and, where it was only renumbered, what it was before, newest first."""
        before = self.renumbered.get(key)
        return (key,) if before is None else (key, *self.lineage(before))

    def applying(
        self, keys: Iterable[str], *, on: date, venues: frozenset[Venue], minor: bool = False
    ) -> tuple[str, ...]:
        """Keep, in order, what applied on a day; a renumbered article under its number of then."""
        return tuple(
            one
            for key in keys
            for one in self.lineage(key)
            if self.state(one, on) is State.IN_FORCE and self.fits(one, venues=venues, minor=minor)
        )

    def citable(  # noqa: PLR0913 (what the law hangs on)
        self,
        keys: Iterable[str],
        *,
        facts: Sequence[date],
        asked: date,
        venues: frozenset[Venue],
        stored: bool = True,
        minor: bool = False,
    ) -> tuple[str, ...]:
        """Keep, in order, the keys that a letter may cite for these facts.

        A provision may be cited if it was in force on the day of one of the facts. What is in
        force on the day of asking may be cited too where the facts came before it but what was
        taken is still stored: storing is handling (PIPL 4(2)), each day's handling is judged by
        the law of that day, and a request by that of the day on which it is made.

        Args:
            keys: Candidates.
            facts: The legal days of the encounters.
            asked: The day of the request.
            venues: The kinds of place of the encounters.
            stored: What was taken may still be stored on the day of asking.
            minor: One of the persons scanned was under 18.
        """
        return tuple(
            one
            for key in keys
            for one in self.lineage(key)
            if self._applies(one, facts=facts, asked=asked, stored=stored)
            and self.fits(one, venues=venues, minor=minor)
        )

    def fits(self, key: str, *, venues: frozenset[Venue], minor: bool) -> bool:
        """Say whether a provision speaks of such places and persons."""
        provision = self.provision(key)
        return (not provision.venues or not venues.isdisjoint(provision.venues)) and (
            minor or not provision.minors_only
        )

    def _applies(self, key: str, *, facts: Sequence[date], asked: date, stored: bool) -> bool:
        if stored and self.state(key, asked) is State.IN_FORCE:
            return True
        return any(self.state(key, day) is State.IN_FORCE for day in facts)
