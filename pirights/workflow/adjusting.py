"""Changing the clock of a case: a promise in a reply, more time taken, a pause, another rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pirights import rule_data
from pirights.domain import counting
from pirights.domain.adjustment import Adjustment, AdjustmentKind
from pirights.domain.case import Case
from pirights.domain.deadline import Deadline
from pirights.domain.handler import Handler, Period
from pirights.domain.period import Matter, PeriodRule
from pirights.domain.text import one_line
from pirights.errors import BadInput, NotFound, NotNextStep, message
from pirights.workflow import reckoning
from pirights.workflow.desk import Desk
from pirights.workflow.reckoning import Papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """A change of the clock, and what is due before and after it."""

    case: Case
    adjustment: Adjustment
    before: Deadline | None
    after: Deadline | None


def promise(  # noqa: PLR0913 (what a promise consists of)
    desk: Desk,
    ref: str,
    *,
    on: date | None,
    period: Period | None = None,
    until: date | None = None,
    because: str = "",
    source: str = "",
) -> Adjusted:
    """Record that the handler promised an answer in this case; it goes before all other periods.

    Raises:
        BadInput: Neither a period nor a day, or both; or one that cannot be meant.
        NotFound: No such case or message.
        NotNextStep: The case is closed, or no letter of it was sent.
    """
    return _adjust(
        desk,
        ref,
        AdjustmentKind.PROMISE,
        on=on,
        period=period,
        until=until,
        because=because,
        source=source,
    )


def extend(  # noqa: PLR0913 (as above)
    desk: Desk,
    ref: str,
    *,
    on: date | None,
    period: Period | None = None,
    until: date | None = None,
    because: str = "",
    source: str = "",
) -> Adjusted:
    """Record that the handler took more time; raises as `promise`."""
    return _adjust(
        desk,
        ref,
        AdjustmentKind.EXTENSION,
        on=on,
        period=period,
        until=until,
        because=because,
        source=source,
    )


def pause(desk: Desk, ref: str, *, on: date | None, because: str, source: str = "") -> Adjusted:
    """Stop the clock from a day on; raises as `promise`, and where it stands still already."""
    if not because.strip():
        raise BadInput(
            message("A pause needs its reason."), hint=message("Give it with --because.")
        )
    return _adjust(desk, ref, AdjustmentKind.PAUSE, on=on, because=because, source=source)


def restart(
    desk: Desk, ref: str, *, on: date | None, because: str = "", source: str = ""
) -> Adjusted:
    """Set the clock going again, that day counted; raises as `promise`, and where it runs."""
    return _adjust(desk, ref, AdjustmentKind.RESTART, on=on, because=because, source=source)


def choose_period(desk: Desk, ref: str, rule: str, *, on: date | None, because: str) -> Adjusted:
    """Say that the period of a sector rules this case, such as `credit-objection`.

    Raises:
        BadInput: The period is for other places, or for other rights.
        NotFound: No such case, or no period of that name that can rule an answer.
        NotNextStep: The case is closed, or no letter of it was sent.
    """
    rules = rule_data.periods()
    known = [
        one.id
        for one in rules.values()
        if one.matter in {Matter.REQUEST, Matter.SECTOR} and one.period is not None
    ]
    if rule not in known:
        raise NotFound(
            message("There is no period {id} for an answer.", id=rule),
            hint=message("There are: {names}.", names=", ".join(known)),
        )
    return _adjust(desk, ref, AdjustmentKind.PERIOD, on=on, because=because, rule=rule)


def _adjust(  # noqa: PLR0913 (as above)
    desk: Desk,
    ref: str,
    kind: AdjustmentKind,
    *,
    on: date | None,
    period: Period | None = None,
    until: date | None = None,
    because: str = "",
    source: str = "",
    rule: str = "",
) -> Adjusted:
    case = desk.case(ref)
    before = _papers(desk, case)
    one = Adjustment(
        id=0,
        ref=case.ref,
        kind=kind,
        on=desk.past_day(on, field="at"),
        period=period,
        until=until,
        because=one_line(because, field="because"),
        source=_source(desk, case, source),
        rule=rule,
    )
    _refuse(before, one)
    with desk.vault.change(now=desk.now) as change:
        one = change.add(one)
        after = replace(before, adjustments=(*before.adjustments, one))
        reckoning.note_told(change, after)
    return Adjusted(case=case, adjustment=one, before=_answer(before), after=_answer(after))


def _papers(desk: Desk, case: Case) -> Papers:
    return reckoning.papers(
        desk,
        case,
        desk.vault.get(Handler, case.handler),
        desk.letters(case),
        sorted(desk.replies(case), key=lambda reply: reply.on),
    )


def _answer(of: Papers) -> Deadline | None:
    found: Sequence[Deadline] = reckoning.deadlines(of)
    return next((one for one in found if one.id in {"answer", "paused"}), None)


def _source(desk: Desk, case: Case, typed: str) -> str:
    if not typed:
        return ""
    replies = desk.replies(case)
    known = {name: one.label for one in replies for name in (one.label, f"I{one.id}")}
    label = known.get(typed.strip().upper())
    if label is None:
        raise NotFound(
            message("Case {ref} has no message {label}.", ref=case.ref, label=typed),
            hint=message("Its messages: {names}.", names=", ".join(known) or "-"),
        )
    return label


def _refuse_unfit(of: Papers, rule: PeriodRule) -> None:
    """Refuse the period of another sector, or of another right."""
    places = {one.venue for one in of.encounters}
    if (rule.venues and places.isdisjoint(rule.venues)) or (
        rule.rights and set(rule.rights).isdisjoint(of.case.rights)
    ):
        raise BadInput(
            message("The period {id} does not fit this case: {what}.", id=rule.id, what=rule.what),
            hint=message("See it with `pirights law show {id}`.", id=rule.id),
        )


def _refuse(of: Papers, one: Adjustment) -> None:
    """Refuse what cannot be the next change of this clock."""
    if of.case.closed_on is not None:
        raise NotNextStep(
            message("Case {ref} is closed already.", ref=of.case.ref),
            hint=message("Open it again with `pirights case reopen {ref}`.", ref=of.case.ref),
        )
    if not any(letter.dispatch for letter in of.letters):
        raise NotNextStep(
            message("No letter of case {ref} was sent yet; no clock runs.", ref=of.case.ref),
            hint=message(
                "Record that first: `pirights sent {ref} --channel ems`.", ref=of.case.ref
            ),
        )
    paused = reckoning.is_paused(of.adjustments)
    if one.kind is AdjustmentKind.PAUSE and paused:
        raise NotNextStep(message("The clock of {ref} is paused already.", ref=of.case.ref))
    asked = reckoning.identity_demanded(of)
    if one.kind is AdjustmentKind.RESTART and not paused and asked is None:
        raise NotNextStep(message("The clock of {ref} is not paused.", ref=of.case.ref))
    _refuse_before(one, [each.on for each in of.adjustments if each.kind in _TURNS])
    if one.kind is AdjustmentKind.RESTART and not paused and asked is not None:
        _refuse_before(one, [asked])
    if one.kind in {AdjustmentKind.PROMISE, AdjustmentKind.EXTENSION}:
        _refuse_time(one)
    if one.kind is AdjustmentKind.PERIOD:
        _refuse_unfit(of, rule_data.periods()[one.rule])
    sent = min(letter.dispatch.on for letter in of.letters if letter.dispatch)
    if one.on < sent:
        raise BadInput(
            message("{on} lies before the first letter was sent, {sent}.", on=one.on, sent=sent)
        )
    due = _answer(of)
    if (
        one.kind is AdjustmentKind.EXTENSION
        and one.until is not None
        and due is not None
        and due.id == "answer"
        and one.until <= due.on
    ):
        raise BadInput(
            message(
                "{until} is no later than the day that runs, {day}.", until=one.until, day=due.on
            )
        )


_TURNS = frozenset({AdjustmentKind.PAUSE, AdjustmentKind.RESTART})


def _refuse_before(one: Adjustment, days: Sequence[date]) -> None:
    """A pause and a restart come one after the other."""
    if one.kind in _TURNS and days and one.on < max(days):
        raise BadInput(
            message("The clock was turned on {day}, after {on}.", day=max(days), on=one.on)
        )


def _refuse_time(one: Adjustment) -> None:
    if (one.period is None) == (one.until is None):
        raise BadInput(
            message("Say how long, or until which day: one of the two."),
            hint=message("For example 15wd, or --until 2026-12-31."),
        )
    if one.until is not None and one.until < one.on:
        raise BadInput(message("{until} lies before {on}.", until=one.until, on=one.on))
    too_long = one.until is not None and (one.until - one.on).days > counting.LONGEST_PERIOD
    if too_long or (
        one.period is not None and not 1 <= one.period.amount <= counting.LONGEST_PERIOD
    ):
        raise BadInput(
            message("A time for an answer is one day at least and ten years at most."),
        )
