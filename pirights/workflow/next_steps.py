"""The next step of a case as it stands today."""

from collections.abc import Sequence

from pirights import rule_data
from pirights.domain import video_retention
from pirights.domain.case import Stage
from pirights.domain.deadline import Deadline
from pirights.domain.next_step import NextStep, Position, next_step
from pirights.workflow.desk import Desk
from pirights.workflow.reckoning import Papers


def of(desk: Desk, papers: Papers, stage: Stage, deadlines: Sequence[Deadline]) -> NextStep | None:
    """Say what to do next in a case; None in a closed one."""
    if stage is Stage.CLOSED:
        return None
    venues = rule_data.venues()
    until = [
        video_retention.kept_until(one, venues[one.venue], desk.laws) for one in papers.encounters
    ]
    return next_step(
        Position(
            ref=papers.case.ref,
            stage=stage,
            letters=papers.letters,
            replies=papers.replies,
            answer_on=next((one.on for one in deadlines if one.id == "answer"), None),
            video_until=min(
                (day for day in until if day is not None and day >= desk.today), default=None
            ),
            today=desk.today,
        )
    )
