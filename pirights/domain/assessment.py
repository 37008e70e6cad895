"""What the facts of a scan may mean in law (评估): findings that cite, and accuse nobody.

A rule holds, fails, or is open because a fact is not known; an open one asks. The articles are
those in force on the day of the scan; what came later is named apart, for what is still stored.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from pirights.domain.basis import STATE_ORGANS
from pirights.domain.encounter import Answer, Circumstance, Encounter
from pirights.domain.facts import PERHAPS, UNKNOWN, YES, Facts, Telling, facts_of
from pirights.domain.handler import Venue
from pirights.domain.law import Confidence, Laws, State
from pirights.domain.request import Right
from pirights.domain.words import Words

Condition = tuple[tuple[str, frozenset[str]], ...]
"""Facts, each with the values that satisfy it."""

_FAMILY: Final = Circumstance.FAMILY_USE.value
_OPEN: Final = frozenset({UNKNOWN, PERHAPS})


class Following(StrEnum):
    """A document or a way that may follow from a scan."""

    REQUEST = "request"
    PRESERVE = "preserve"
    BREACH = "breach"
    REGULATOR = "regulator"
    CONSUMER = "consumer"
    POLICE = "police"
    PROCURATORATE = "procuratorate"
    COURT = "court"
    STATE_ORGAN = "state-organ"
    TALK = "talk"


_AGAINST_ORGANS: Final = frozenset(
    {Following.STATE_ORGAN, Following.PRESERVE, Following.BREACH, Following.POLICE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that the user may know.

    Attributes:
        option: The option of `pirights log edit` that writes the answer down, or empty.
    """

    id: str
    words: Words
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A document that may follow, and for a request the rights to ask."""

    document: Following
    rights: tuple[Right, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that facts may mean.

    Attributes:
        says: What they suggest, in the conditional.
        when: All of these must hold.
        unless: None of these may.
        cites: Provisions under their present numbers.
        carried_by: Of these, at least one must be shown; empty means any of `cites`.
        also: Questions that no recorded fact answers, asked whenever the rule holds or is open.
        counter: What the handler will bring up.
        opens: Where a fact is unknown the rule is shown as open, not merely asked about.
        opens_at: The kinds of place where it is, although `opens` is false.
        family: It holds for a household's own device too (PIPL 72(1) leaves that out).
        stored: It is also about what is stored to this day.
        state_organs: It holds for state organs as well.
        asked_at: The kinds of place where what it lacks is asked for; empty means all.
    """

    id: str
    says: Words
    when: Condition
    unless: Condition
    cites: tuple[str, ...]
    also: tuple[str, ...]
    counter: Words
    next: tuple[Step, ...]
    opens: bool
    stored: bool
    state_organs: bool
    source: str
    checked: date
    confidence: Confidence
    carried_by: tuple[str, ...] = ()
    asked_at: tuple[Venue, ...] = ()
    opens_at: tuple[Venue, ...] = ()
    family: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that holds for a scan, or is open.

    Attributes:
        open: Something is not known that the rule needs.
        provisions: In force on the day of the scan.
        present: Came into force later; for what is still stored.
        missing: What is not known yet.
    """

    rule: Rule
    open: bool
    provisions: tuple[str, ...]
    present: tuple[str, ...]
    missing: tuple[Question, ...]


_REQUESTS: Final = "pipl:44"
"""What gives a person the right to ask."""

_OF_WHAT_IS_HELD: Final = frozenset(
    {Right.ACCESS, Right.COPY, Right.TRANSFER, Right.CORRECT, Right.DELETE}
)
"""Rights that have no object where nothing is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """All findings of one scan, those that hold first; and what else could be told.

    Attributes:
        asks_nothing: No request can follow: the law of requests came later, and nothing is stored.
    """

    encounter: Encounter
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    asks_nothing: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """The documents that follow from what holds: one request with all its rights, the rest.

        Who asks for deletion asks for a copy as well: what is gone can no longer be proved.

        Against a state organ another way is gone, and no letter made for companies.
        """
        holding = [step for one in self.findings if not one.open for step in one.rule.next]
        rights = {right for step in holding for right in step.rights}
        rights |= {Right.COPY} if Right.DELETE in rights else set()
        if not self.encounter.may_be_stored:
            rights -= _OF_WHAT_IS_HELD
        if self.asks_nothing:
            rights = set()
        request = [Step(document=Following.REQUEST, rights=tuple(r for r in Right if r in rights))]
        others = dict.fromkeys(step for step in holding if step.document is not Following.REQUEST)
        if self.encounter.venue in STATE_ORGANS:
            return tuple(step for step in others if step.document in _AGAINST_ORGANS)
        return (*(request if rights else ()), *others)


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses scans: a pure function of each, which remembers citations between them.

    Attributes:
        today: The day whose law judges what is still stored.
        usual: Whether a kind of place is usually a public one.
    """

    rules: Sequence[Rule]
    questions: Mapping[str, Question]
    telling: Telling
    laws: Laws
    usual: Mapping[Venue, Answer]
    today: date
    _borders: list[date] = field(init=False)
    _cited: dict[tuple[str, int, Venue, bool], tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Note the days on which the law changed: between two of them it stays the same."""
        days = {law.effective for law in self.laws.instruments.values()}
        days |= {law.until for law in self.laws.instruments.values() if law.until}
        days |= {one.until for one in self.laws.provisions.values() if one.until}
        object.__setattr__(self, "_borders", sorted(days))
        object.__setattr__(self, "_cited", {})

    def assess(self, encounter: Encounter) -> Assessment:
        """Weigh one scan."""
        facts = facts_of(encounter, self.usual, self.telling)
        family = facts.get(_FAMILY) == YES
        state_organ = facts["state-organ"] == YES
        holding: list[Finding] = []
        opened: list[Finding] = []
        asked: dict[str, None] = {}
        for rule in self.rules:
            if (family and not rule.family) or (state_organ and not rule.state_organs):
                continue
            unknown = _unknown(rule.when, facts)
            if unknown is None or (rule.unless and _holds_any(rule.unless, facts)):
                continue
            if unknown and not rule.opens and not _opens(rule, unknown, facts, encounter.venue):
                if len(unknown) == 1 and (not rule.asked_at or encounter.venue in rule.asked_at):
                    asked[unknown[0]] = None
                continue
            finding = self._finding(rule, encounter, facts, unknown)
            if finding is not None:
                (opened if unknown else holding).append(finding)
        told = {question.id for one in (*holding, *opened) for question in one.missing}
        return Assessment(
            encounter=encounter,
            findings=(*holding, *opened),
            asks_nothing=not encounter.may_be_stored and self._came(_REQUESTS, encounter.day),
            questions=tuple(
                self.questions[one] for one in asked if one in self.questions and one not in told
            ),
        )

    def _finding(
        self, rule: Rule, encounter: Encounter, facts: Facts, unknown: Sequence[str]
    ) -> Finding | None:
        day = encounter.day
        provisions = self._cites(rule, day, encounter.venue, encounter.minor)
        present: tuple[str, ...] = ()
        if rule.stored and encounter.may_be_stored:
            now = self._cites(rule, self.today, encounter.venue, encounter.minor)
            present = tuple(key for key in now if key not in provisions and self._came(key, day))
        shown = {*provisions, *present}
        if not shown or (rule.carried_by and shown.isdisjoint(rule.carried_by)):
            return None
        also = (one for one in rule.also if facts.get(one, UNKNOWN) in _OPEN)
        missing = dict.fromkeys((*unknown, *also))
        return Finding(
            rule=rule,
            open=bool(unknown),
            provisions=provisions,
            present=present,
            missing=tuple(self.questions[one] for one in missing if one in self.questions),
        )

    def _came(self, key: str, after: date) -> bool:
        return self.laws.state(key, after) is State.NOT_YET

    def _cites(self, rule: Rule, on: date, venue: Venue, minor: bool) -> tuple[str, ...]:
        wanted = rule.id, bisect_right(self._borders, on), venue, minor
        found = self._cited.get(wanted)
        if found is None:
            found = self.laws.applying(rule.cites, on=on, venues=frozenset({venue}), minor=minor)
            self._cited[wanted] = found
        return found


def _opens(rule: Rule, unknown: Sequence[str], facts: Facts, venue: Venue) -> bool:
    """Say whether a rule that is only asked about is shown as open all the same."""
    hinted = len(unknown) == 1 and facts.get(unknown[0]) == PERHAPS
    return hinted or venue in rule.opens_at


def _unknown(condition: Condition, facts: Facts) -> list[str] | None:
    """Name the facts that a condition still needs; None where one of them does not fit."""
    missing: list[str] = []
    for name, accepted in condition:
        value = facts.get(name, UNKNOWN)
        if value in accepted:
            continue
        if value not in _OPEN:
            return None
        missing.append(name)
    return missing


def _holds_any(condition: Condition, facts: Facts) -> bool:
    return any(facts.get(name, UNKNOWN) in accepted for name, accepted in condition)


def by_rule(assessments: Sequence[Assessment]) -> Iterator[tuple[Rule, int]]:
    """Count for how many scans each rule holds, the most frequent first."""
    counts: dict[str, int] = {}
    rules: dict[str, Rule] = {}
    for one in assessments:
        for finding in one.findings:
            if not finding.open:
                rules[finding.rule.id] = finding.rule
                counts[finding.rule.id] = counts.get(finding.rule.id, 0) + 1
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        yield rules[name], counts[name]
