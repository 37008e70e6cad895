"""What a correction changes in the weighing of a scan: findings that come, go or move."""

from dataclasses import dataclass

from pirights.domain.assessment import Finding
from pirights.domain.encounter import Encounter
from pirights.workflow import assessing
from pirights.workflow.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One rule that is weighed otherwise; None where it is no finding."""

    was: Finding | None
    now: Finding | None

    @property
    def finding(self) -> Finding:
        """The finding as it now is, or as it was."""
        found = self.now or self.was
        if found is None:
            raise ValueError("a shift is of something")
        return found


def shifts(desk: Desk, before: Encounter, after: Encounter) -> tuple[Shift, ...]:
    """Weigh a scan as it stood and as it stands, and say where they differ, by the law of today."""
    assessor = assessing.assessor(desk)
    was = {one.rule.id: one for one in assessor.assess(before).findings}
    now = {one.rule.id: one for one in assessor.assess(after).findings}
    return tuple(
        Shift(was=was.get(rule), now=now.get(rule))
        for rule in dict.fromkeys((*now, *was))
        if _standing(was.get(rule)) != _standing(now.get(rule))
    )


def _standing(one: Finding | None) -> object:
    return one and (one.open, one.provisions, one.present)
