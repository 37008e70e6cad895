"""Whose word an answer's day stands on: a promise, a chosen period, the sector, the standard."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from pirights.domain import counting
from pirights.domain.adjustment import Adjustment, AdjustmentKind
from pirights.domain.deadline import Clock
from pirights.domain.deadline_reasons import FOLLOW_UP, HANDLER_POLICY, STANDARD
from pirights.domain.handler import Period, TimeUnit
from pirights.domain.law import Confidence
from pirights.domain.period import Force, Matter, PeriodRule, Start
from pirights.domain.words import Words
from pirights.errors import BadInput, message

CASE_PROMISE: Final = "case-promise"


def chosen(
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
    start = clock.identity_settled_on or clock.identity_offered_on
    if clock.asked_by is not None and start is None and clock.identity_asked_on is None:
        named = clock.asked_by if clock.arrived_on <= clock.asked_by else None
        return rules[FOLLOW_UP], clock.arrived_on, named
    if clock.policy is not None:
        return _promised(HANDLER_POLICY, clock.policy), clock.arrived_on, None
    picked = last(clock.adjustments, AdjustmentKind.PERIOD)
    if picked is not None and picked.rule in rules:
        return rules[picked.rule], clock.arrived_on, None
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
    return rules[STANDARD], start or clock.arrived_on, None


def _promised(name: str, period: Period) -> PeriodRule:
    if not 1 <= period.amount <= counting.LONGEST_PERIOD or period.unit not in {
        TimeUnit.DAY,
        TimeUnit.WORKING_DAY,
    }:
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


def last(adjustments: Sequence[Adjustment], kind: AdjustmentKind) -> Adjustment | None:
    """Find the latest change of a kind, if there is one."""
    return next((one for one in reversed(adjustments) if one.kind is kind), None)
