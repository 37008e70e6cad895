"""A reminder (催告函): what it takes up, and the day for an answer that has passed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from pirights import rule_data
from pirights.domain.adjustment import AdjustmentKind
from pirights.domain.answer_rule import CASE_PROMISE
from pirights.domain.deadline import Deadline
from pirights.domain.deadline_reasons import HANDLER_POLICY
from pirights.domain.period import Force
from pirights.domain.reply import ANSWERS, ReplyKind
from pirights.errors import Message, NotNextStep, message
from pirights.letters.followup import FollowUpBrief
from pirights.workflow import reckoning
from pirights.workflow.cases import Standing

_BINDING: Final = frozenset({Force.PROMISE, Force.STATUTORY})
"""On whose word a day stands before which nobody is silent: the handler's own, or a law's."""


def reminded(brief: FollowUpBrief, found: Standing) -> tuple[FollowUpBrief, tuple[Message, ...]]:
    """Fill in a reminder: what came meanwhile, and the day that has passed, on whose word.

    Raises:
        NotNextStep: An answer came, or the day that the handler promised, or that a law lays down,
            has not passed.
    """
    left = brief.first.dispatch.on if brief.first.dispatch else brief.first.on
    came = [one for one in found.answers if one.on >= left]  # before, it answered a letter beside
    answers = [one for one in came if one.kind in ANSWERS]
    if answers:
        raise NotNextStep(
            message("An answer came on {day}: {kind}.", day=answers[-1].on, kind=answers[-1].kind),
            hint=message(
                "If it is incomplete: `pirights escalate {ref} --as incomplete`.",
                ref=found.case.ref,
            ),
        )
    said = [one for one in came if one.kind is ReplyKind.ACKNOWLEDGEMENT and one.is_confirmed]
    told = replace(brief, acknowledged_on=said[-1].on if said else None)
    due = next((one for one in found.deadlines if one.id == "answer"), None)
    if due is None:
        return told, ()
    if due.on >= brief.on:
        return told, _too_early(due, brief)
    if due.force is Force.SUGGESTION:
        due = reckoning.request_due(found.papers)
    if due is None or due.force is Force.SUGGESTION or due.on >= brief.on:
        return told, ()  # a number that nobody stands for is held against nobody
    rule = rule_data.periods().get(due.basis)
    extended_on = _extended_on(due, found)
    return replace(
        told,
        due_on=due.on,
        due_force=due.force,
        due_rule=rule if rule is not None and rule.venues and extended_on is None else None,
        promised_on=extended_on or _promised_on(due, found),
        published=due.basis == HANDLER_POLICY and extended_on is None,
    ), ()


def _too_early(due: Deadline, brief: FollowUpBrief) -> tuple[Message, ...]:
    """Remark a reminder before a day that was only suggested.

    Raises:
        NotNextStep: The handler promised the day, or a law lays it down.
    """
    if due.force in _BINDING:
        raise NotNextStep(
            message(
                "The day for an answer is {due} ({force}); until it has passed there is nothing "
                "to remind of.",
                due=due.on,
                force=due.force,
            ),
            hint=message(
                "Write it from {day} on. Why that day: `pirights law deadline {ref}`.",
                day=due.on + timedelta(days=1),
                ref=brief.first.ref,
            ),
        )
    return (
        message(
            "The day for an answer, {due}, has not passed on {day}; a reminder usually comes "
            "after it.",
            due=due.on,
            day=brief.on,
        ),
    )


def _extended_on(due: Deadline, found: Standing) -> date | None:
    """The day on which the handler last took more time for the letter whose day has passed."""
    letter = next((one for one in found.letters if one.number == due.letter), None)
    sent = letter.dispatch.on if letter is not None and letter.dispatch else None
    days = [
        one.on
        for one in found.papers.adjustments
        if one.kind is AdjustmentKind.EXTENSION and (sent is None or one.on >= sent)
    ]
    return max(days, default=None) if due.force is Force.PROMISE else None


def _promised_on(due: Deadline, found: Standing) -> date | None:
    """The day of the promise in this case, where the passed day is that of one."""
    if due.basis != CASE_PROMISE:
        return None
    return max(one.on for one in found.papers.adjustments if one.kind is AdjustmentKind.PROMISE)
