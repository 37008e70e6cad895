"""The next step of a case as it stands today."""

from collections.abc import Sequence
from typing import Final

from pirights import rule_data
from pirights.domain import video_retention
from pirights.domain.adjustment import AdjustmentKind, pauses
from pirights.domain.case import Stage
from pirights.domain.deadline import Deadline
from pirights.domain.next_rules import next_step
from pirights.domain.next_step import NextStep, Position
from pirights.workflow import reckoning
from pirights.workflow.desk import Desk
from pirights.workflow.reckoning import Papers

_TIMES: Final = frozenset({AdjustmentKind.PROMISE, AdjustmentKind.EXTENSION})


def of(desk: Desk, papers: Papers, stage: Stage, deadlines: Sequence[Deadline]) -> NextStep | None:
    """Say what to do next in a case; None in a closed one."""
    if stage is Stage.CLOSED:
        return None
    venues = rule_data.venues()
    until = [
        video_retention.kept_until(one, venues[one.venue], desk.laws) for one in papers.encounters
    ]
    left = reckoning.running(papers).dispatch if papers.letters else None
    stops = pauses(papers.adjustments)
    return next_step(
        Position(
            ref=papers.case.ref,
            stage=stage,
            letters=papers.letters,
            replies=papers.replies,
            deadlines=deadlines,
            video_until=min(
                (day for day in until if day is not None and day >= desk.today), default=None
            ),
            today=desk.today,
            handler=papers.handler.label,
            address_stale=papers.handler.email_bounced is not None,
            paused_because=stops[-1].because if stops and stops[-1].until is None else "",
            noted=[one for one in papers.adjustments if one.kind in _TIMES],
            policy=papers.handler.policy_days,
            more_time=any(
                one.kind is AdjustmentKind.EXTENSION and (left is None or one.on >= left.on)
                for one in papers.adjustments
            ),
        )
    )
