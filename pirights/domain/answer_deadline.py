"""By when an answer may be expected: the rule, the count, and what changed the clock since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pirights.domain import calendar, counting
from pirights.domain import deadline_reasons as reasons
from pirights.domain.adjustment import Adjustment, AdjustmentKind, Pause, pauses
from pirights.domain.answer_rule import chosen, last
from pirights.domain.deadline import Clock, Deadline
from pirights.domain.deadline_reasons import FOLLOW_UP, STANDARD
from pirights.domain.handler import Period, TimeUnit
from pirights.domain.period import Force, PeriodRule, Start
from pirights.errors import BadInput, Message, message


@dataclass(slots=True, kw_only=True)
class _Count:
    """How far the count has come.

    Attributes:
        last: The last day so far.
        stated: Somebody named that very day; nothing was counted to it, and nothing moves it.
        working: Working days were counted.
        guessed: A year without holiday notice in which they were, or None.
        steps: What was said of it.
    """

    last: date
    stated: bool = False
    working: bool = False
    guessed: int | None = None
    steps: list[Message]

    def go_on(self, period: Period, stops: Sequence[Pause], start: date | None = None) -> None:
        """Count a period on, from the last day so far or from another start."""
        start = start or self.last
        self.last = counting.last_day(start, period, stops)
        self.stated = False
        if period.unit is TimeUnit.WORKING_DAY:
            self.working = True
            if not calendar.has_notice(self.last):
                self.guessed = self.last.year

    def state(self, last: date) -> None:
        """Take a day that somebody named."""
        self.last, self.stated, self.working, self.guessed = last, True, False, None


def answer_due(clock: Clock, rules: Mapping[str, PeriodRule]) -> Deadline:
    """Say by when an answer may be expected; for a clock that stands still, since when it does.

    Raises:
        BadInput: A promised period is not between one day and ten years, or nothing arrived.
    """
    if clock.arrived_on is None:
        raise BadInput(message("The letter has not arrived; no time for an answer runs."))
    stops = pauses(clock.adjustments)
    promise = _standing(last(clock.adjustments, AdjustmentKind.PROMISE), clock)
    rule, start, fixed = chosen(clock, rules, promise)
    steps = [reasons.start_step(Start.ARRIVED, clock.arrived_on), *clock.proof]
    steps += reasons.source_steps(rule, promise, rules)
    steps += _outdone(clock, promise)
    if rule.id == FOLLOW_UP and clock.asked_by is not None:
        steps += reasons.asked_steps(clock.asked_by, in_time=fixed is not None)
    still = _still(clock, rule, stops, steps)
    if still is not None:
        return still
    if rule.period is None:
        raise BadInput(message("The period {id} has no number of days.", id=rule.id))
    count = _Count(last=start, steps=steps)
    if fixed is not None:
        count.state(fixed)
        steps += reasons.unmoved_steps(stops)
    else:
        count.go_on(rule.period, stops)
        steps += counting.counting_steps(start, count.last, rule.period, stops)
    steps.append(message("The last day is {day}.", day=count.last))
    extended = [
        one
        for one in clock.adjustments
        if one.kind is AdjustmentKind.EXTENSION
        and _comes_after(one, promise)
        and _reaches(one, clock, count.last)
    ]
    for one in extended:
        _extend(count, one, stops)
    # an extension is the handler's own word, whatever stood behind the day before
    force = Force.PROMISE if extended else rule.force
    on, doubtful = _settled(count, shifts=rule.shifts)
    steps += reasons.sector_steps(rule, rules, clock.venues)
    due = Deadline(
        id="answer",
        what=message("The handler's answer may be expected."),
        on=on,
        force=force,
        basis=rule.id if rule.force is not Force.SUGGESTION else f"pirights:{rule.id}",
        start=start,
        steps=tuple(steps),
        provisional=doubtful,
        guessed_year=count.guessed,
        period=rule.period,
    )
    return _compared(due, clock)


def _outdone(clock: Clock, promise: Adjustment | None) -> list[Message]:
    """Say what the promise in the case replaces: an earlier one, the published rules."""
    if promise is None:
        return []
    replaced = [
        message("What it had promised on {day} is replaced by that.", day=one.on)
        for one in clock.adjustments
        if one.kind is AdjustmentKind.PROMISE and one is not promise
    ]
    if clock.policy is None:
        return replaced
    return [
        *replaced,
        message(
            "Its published rules promised {amount} {unit}; what it said in this case goes "
            "before that.",
            amount=clock.policy.amount,
            unit=clock.policy.unit,
        ),
    ]


def _settled(count: _Count, *, shifts: bool) -> tuple[date, bool]:
    """Move a counted last day off the days of rest; say whether a notice may still move it."""
    on = count.last
    if shifts and not count.stated:
        on = counting.next_working_day(count.last)
        if on != count.last:
            count.steps += counting.shift_steps(count.last, on)
    doubtful = count.guessed is not None or (
        not count.stated and (count.working or shifts) and calendar.may_still_change(on)
    )
    if doubtful:
        count.steps.append(counting.doubt(on))
    return on, doubtful


def _still(
    clock: Clock, rule: PeriodRule, stops: Sequence[Pause], steps: list[Message]
) -> Deadline | None:
    """A clock that stands still: no day is due."""
    since = None
    if rule.id == STANDARD and clock.identity_asked_on is not None:
        since = clock.identity_asked_on
        steps.append(
            message(
                "On {day} the handler asked for proof of identity. The standard's days are said "
                "to count from verified identity; they are not counted until that is settled. "
                "Once it is: `pirights case restart`.",
                day=since,
            )
        )
    elif stops and stops[-1].until is None:
        since = stops[-1].first
        steps.append(
            message(
                "Paused since {day}: {because}. No day is due until it is set going again.",
                day=since,
                because=stops[-1].because,
            )
        )
        steps += reasons.said_in(stops[-1].source)
    elif rule.id == STANDARD and clock.identity_settled_on is not None:
        steps.append(
            message(
                "Identity was settled on {day}; the standard's days count from then.",
                day=clock.identity_settled_on,
            )
        )
    elif rule.id == STANDARD and clock.identity_offered_on is not None:
        steps.append(
            message(
                "The answer about proof of identity arrived on {day}. No later day on which "
                "identity was verified is known, so the standard's days are counted from then.",
                day=clock.identity_offered_on,
            )
        )
    if since is None:
        return None
    return Deadline(
        id="paused",
        what=message("The clock is paused."),
        on=since,
        force=rule.force,
        basis=rule.id,
        start=clock.arrived_on or since,
        steps=tuple(steps),
    )


def _standing(promise: Adjustment | None, clock: Clock) -> Adjustment | None:
    """Leave out a promise that had run out before the letter was sent: it was for an earlier one.

    Raises:
        BadInput: A promised period leaves the calendar.
    """
    if promise is None or clock.sent_on is None or promise.on >= clock.sent_on:
        return promise
    until = promise.until
    if until is None and promise.period is not None:
        until = counting.last_day(promise.on, promise.period)
    return promise if until is not None and until >= clock.sent_on else None


def _reaches(one: Adjustment, clock: Clock, so_far: date) -> bool:
    """More time taken for an earlier letter holds only where it names a day that is later still."""
    if clock.sent_on is None or one.on >= clock.sent_on:
        return True
    return one.until is not None and one.until > so_far


def _comes_after(one: Adjustment, promise: Adjustment | None) -> bool:
    """A promise starts anew: what was extended before it is done with."""
    return promise is None or (one.on, one.id) > (promise.on, promise.id)


def _extend(count: _Count, one: Adjustment, stops: Sequence[Pause]) -> None:
    """Move the last day on by what the handler took, and say so."""
    before = count.last
    if one.until is not None:
        count.state(one.until)
    elif one.period is not None:
        count.go_on(one.period, stops)
        if one.period.unit is TimeUnit.WORKING_DAY:
            count.steps += counting.calendar_steps(before, count.last, stops)
    count.steps.append(
        message(
            "The handler took more time on {on}, from {before} to {after}: {because}. The Personal "
            "Information Protection Law provides for no extension; access, copies and correction "
            "are still owed promptly (45(2), 46(2)).",
            on=one.on,
            before=before,
            after=count.last,
            because=one.because,
        )
    )
    count.steps += reasons.said_in(one.source)


def _compared(due: Deadline, clock: Clock) -> Deadline:
    """Say what a holiday notice that came meanwhile has moved, where nothing else has."""
    told = clock.told
    if (
        told is None
        or told.on == due.on
        or told.adjustments != len(clock.adjustments)
        or (told.basis, told.period) != (due.basis, due.period)
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
