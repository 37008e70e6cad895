"""When something is due, and on whose word: a law, a promise, a standard, or our suggestion.

The Personal Information Protection Law sets no number of days for answering a request (45 and
46 say 及时, promptly), so no day given here is statutory unless a rule with its article says so.
The order is: what the handler promised in this case; else its own published promise; else the
rule of its sector; else the 30 days that GB/T 35273-2020, a recommended standard, gives; and
before the clock can run, what we suggest doing. Every date carries its reasoning, step by step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pirights.domain import calendar, counting
from pirights.domain import deadline_reasons as reasons
from pirights.domain.adjustment import Adjustment, AdjustmentKind, Pause, Told, pauses
from pirights.domain.deadline_reasons import HANDLER_POLICY, STANDARD
from pirights.domain.handler import Period, TimeUnit, Venue
from pirights.domain.law import Confidence
from pirights.domain.period import Force, Matter, PeriodRule, Start
from pirights.domain.request import Right
from pirights.domain.words import Words
from pirights.errors import BadInput, Message, message

CASE_PROMISE: Final = "case-promise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which something should have happened.

    Attributes:
        id: What it is, for programs: `send`, `arrival`, `answer`, `asked-back`, `paused`,
            `limitation`.
        what: The same for people.
        on: The last day, inclusive; of a pause, the day on which it began.
        basis: The rule's id.
        start: The day of the event that set the clock going; itself not counted.
        steps: The reasoning, in order.
        provisional: It rests on a year whose holidays are not yet announced.
        guessed_year: A year without notice in which working days were counted, or None.
        was: A provisional day that was shown before the notice came, where it differs.
    """

    id: str
    what: Message
    on: date
    force: Force
    basis: str
    start: date
    steps: tuple[Message, ...]
    provisional: bool = False
    guessed_year: int | None = None
    was: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What the deadlines of one letter hang on.

    Attributes:
        letter_on: The day printed on the letter.
        sent_on: The day it left, if it did.
        arrived_on: The day it reached the handler, once that is proved.
        proof: What is said of how its arrival is proved.
        policy: The time for an answer that the handler's own published rules give.
        venues: The kinds of place of the encounters.
        rights: What the letter asks.
        answered: An answer came that ends the waiting (not a mere acknowledgement).
        asked_back_on: The day the handler asked for something, if that is the last word.
        identity_asked_on: The day the handler asked for proof of identity, if that is not settled.
        adjustments: What changed the clock of the case.
        told: The last provisional day that was shown for this letter.
    """

    letter_on: date
    sent_on: date | None
    arrived_on: date | None
    policy: Period | None
    answered: bool
    asked_back_on: date | None = None
    identity_asked_on: date | None = None
    proof: tuple[Message, ...] = ()
    venues: frozenset[Venue] = frozenset()
    rights: frozenset[Right] = frozenset()
    adjustments: tuple[Adjustment, ...] = ()
    told: Told | None = None


def due_dates(clock: Clock, rules: Mapping[str, PeriodRule]) -> tuple[Deadline, ...]:
    """Say what is due for one letter, earliest first.

    Raises:
        BadInput: A promised period is not between one day and ten years.
    """
    found: list[Deadline] = []
    if clock.asked_back_on is not None:
        found.append(_simple("asked-back", rules["asked-back"], clock.asked_back_on))
    if not clock.answered:
        if clock.arrived_on is not None:
            found.append(answer_due(clock, rules))
        elif clock.sent_on is not None:
            found.append(_simple("arrival", rules["arrival"], clock.sent_on))
        else:
            found.append(_simple("send", rules["send"], clock.letter_on))
    return tuple(sorted(found, key=lambda due: due.on))


def answer_due(clock: Clock, rules: Mapping[str, PeriodRule]) -> Deadline:
    """Say by when an answer may be expected; for a paused clock, since when it is paused.

    Raises:
        BadInput: A promised period is not between one day and ten years, or nothing arrived.
    """
    if clock.arrived_on is None:
        raise BadInput(message("The letter has not arrived; no time for an answer runs."))
    stops = pauses(clock.adjustments)
    promise = _last(clock.adjustments, AdjustmentKind.PROMISE)
    rule, start, fixed = _rule(clock, rules, promise)
    steps = [reasons.start_step(Start.ARRIVED, clock.arrived_on), *clock.proof]
    steps += reasons.source_steps(rule, promise, rules)
    asked = clock.identity_asked_on
    if rule.id == STANDARD and asked is not None:
        steps.append(
            message(
                "On {day} the handler asked for proof of identity. The standard's days are said "
                "to count from verified identity; they are not counted until that is settled.",
                day=asked,
            )
        )
        return _standing(rule, asked, clock.arrived_on, steps)
    if stops and stops[-1].until is None:
        steps.append(
            message(
                "Paused since {day}: {because}. No day is due until it is set going again.",
                day=stops[-1].first,
                because=stops[-1].because,
            )
        )
        return _standing(rule, stops[-1].first, clock.arrived_on, steps)
    if rule.period is None:
        raise BadInput(message("The period {id} has no number of days.", id=rule.id))
    last = fixed or counting.last_day(start, rule.period, stops)
    if fixed is None:
        steps += counting.counting_steps(start, last, rule.period, stops)
    steps.append(message("The last day is {day}.", day=last))
    period = rule.period
    for one in clock.adjustments:
        if one.kind is AdjustmentKind.EXTENSION and (promise is None or one.on >= promise.on):
            last, period = _extended(one, last, stops, steps)
    on = counting.next_working_day(last) if rule.shifts and fixed is None else last
    if on != last:
        steps += counting.shift_steps(last, on)
    due = _finished("answer", rule, clock.arrived_on, on, steps, period)
    due = replace(due, steps=(*due.steps, *reasons.sector_steps(rule, rules, clock.venues)))
    return _compared(due, clock)


_WHAT: Final = {
    "send": message("Send the letter."),
    "arrival": message("Check whether the letter arrived, and keep the proof."),
    "answer": message("The handler's answer may be expected."),
    "asked-back": message("The handler asked for something: reply, or say why not."),
    "paused": message("The clock is paused."),
}


def _rule(
    clock: Clock, rules: Mapping[str, PeriodRule], promise: Adjustment | None
) -> tuple[PeriodRule, date, date | None]:
    """Choose the rule for an answer; with it the day it counts from, and a fixed day if any."""
    assert clock.arrived_on is not None  # noqa: S101 (answer_due asked)
    if promise is not None:
        return (
            _promised(CASE_PROMISE, promise.period or Period(amount=1)),
            promise.on,
            promise.until,
        )
    if clock.policy is not None:
        return _promised(HANDLER_POLICY, clock.policy), clock.arrived_on, None
    chosen = _last(clock.adjustments, AdjustmentKind.PERIOD)
    if chosen is not None and chosen.rule in rules:
        return rules[chosen.rule], clock.arrived_on, None
    for rule in rules.values():
        if (
            rule.matter is Matter.REQUEST
            and rule.venues
            and rule.period is not None
            and clock.venues
            and clock.venues <= set(rule.venues)
            and (not rule.rights or clock.rights <= set(rule.rights))
        ):
            return rule, clock.arrived_on, None
    return rules[STANDARD], clock.arrived_on, None


def _promised(name: str, period: Period) -> PeriodRule:
    if not 1 <= period.amount <= counting.LONGEST_PERIOD or period.unit is TimeUnit.YEAR:
        raise BadInput(
            message("A period of {amount} days for an answer is no period.", amount=period.amount),
        )
    return _promise_rule(name, period)


def _promise_rule(name: str, period: Period) -> PeriodRule:
    return PeriodRule(
        id=name,
        what=Words(zh="对方的承诺", en="the handler's promise"),
        matter=Matter.REQUEST,
        basis="",
        force=Force.PROMISE,
        start=Start.ARRIVED,
        source="the handler's own words",
        checked=date.min,
        confidence=Confidence.READ,
        period=period,
        shifts=True,
    )


def _standing(rule: PeriodRule, since: date, start: date, steps: list[Message]) -> Deadline:
    """A clock that stands still: no day is due."""
    return Deadline(
        id="paused",
        what=_WHAT["paused"],
        on=since,
        force=rule.force,
        basis=rule.id,
        start=start,
        steps=tuple(steps),
    )


def _extended(
    one: Adjustment, last: date, stops: Sequence[Pause], steps: list[Message]
) -> tuple[date, Period]:
    """Move the last day on by what the handler took, and say so."""
    after = last
    period = one.period or Period(amount=1)
    if one.until is not None:
        last = one.until
    elif one.period is not None:
        last = counting.last_day(last, one.period, stops)
        if one.period.unit is TimeUnit.WORKING_DAY:
            steps += counting.calendar_steps(after, last, stops)
    steps.append(
        message(
            "The handler took more time on {on}, from {before} to {after}: {because}. The Personal "
            "Information Protection Law provides for no extension; access, copies and correction "
            "are still owed promptly (45(2), 46(2)).",
            on=one.on,
            before=after,
            after=last,
            because=one.because,
        )
    )
    return last, period


def _simple(kind: str, rule: PeriodRule, start: date) -> Deadline:
    if rule.period is None:
        raise BadInput(message("The period {id} has no number of days.", id=rule.id))
    last = counting.last_day(start, rule.period)
    steps = [
        reasons.start_step(rule.start, start),
        message("We suggest {amount} days; no rule sets them.", amount=rule.period.amount),
        *counting.counting_steps(start, last, rule.period),
        message("The last day is {day}.", day=last),
    ]
    return _finished(kind, rule, start, last, steps, rule.period)


def _finished(  # noqa: PLR0913, PLR0917 (the parts of a deadline)
    kind: str,
    rule: PeriodRule,
    start: date,
    on: date,
    steps: list[Message],
    period: Period,
) -> Deadline:
    working = period.unit is TimeUnit.WORKING_DAY
    doubtful = (working or rule.shifts) and calendar.may_still_change(on)
    if doubtful:
        steps.append(counting.doubt(on))
    return Deadline(
        id=kind,
        what=_WHAT[kind],
        on=on,
        force=rule.force,
        basis=rule.id if rule.force is not Force.SUGGESTION else f"pirights:{rule.id}",
        start=start,
        steps=tuple(steps),
        provisional=doubtful,
        guessed_year=on.year if working and not calendar.has_notice(on) else None,
    )


def _compared(due: Deadline, clock: Clock) -> Deadline:
    """Say what a holiday notice that came meanwhile has moved."""
    told = clock.told
    if (
        told is None
        or due.id != "answer"
        or told.on == due.on
        or told.adjustments != len(clock.adjustments)
        or told.notices_until >= calendar.years()[-1]
    ):
        return due
    moved = message(
        "Before the holiday notice for {year} it was given as {was}, provisionally; the notice "
        "moves it to {now}.",
        year=told.notices_until + 1,
        was=told.on,
        now=due.on,
    )
    return replace(due, was=told.on, steps=(*due.steps, moved))


def _last(adjustments: Sequence[Adjustment], kind: AdjustmentKind) -> Adjustment | None:
    return next((one for one in reversed(adjustments) if one.kind is kind), None)
