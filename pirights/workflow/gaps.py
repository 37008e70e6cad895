"""What the bundle of a case would hold, and what it lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pirights.domain.attachment import Purpose
from pirights.domain.bundle import Group
from pirights.domain.bundle_gaps import Gap, Holdings, Written, gaps
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import FollowUp
from pirights.domain.request import Score
from pirights.vault.journal import JournalRow
from pirights.workflow import cases, custody_papers, exhibits
from pirights.workflow.cases import Shown
from pirights.workflow.desk import Desk
from pirights.workflow.piece import MADE_HERE, Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was looked at, and what is missing.

    Attributes:
        exhibits: How many the bundle would hold.
        held: The groups that have at least one exhibit, in the catalogue's order.
    """

    ref: str
    exhibits: int
    held: tuple[Group, ...]
    gaps: tuple[Gap, ...]


def look(desk: Desk, ref: str) -> Looked:
    """Say what a bundle of the case would lack; nothing is written.

    Raises:
        NotFound: No such case.
    """
    shown = cases.show(desk, ref)
    pieces = exhibits.gathered(desk, shown)
    return Looked(
        ref=shown.standing.case.ref,
        exhibits=len(pieces),
        held=tuple(group for group in Group if any(group is one.exhibit.group for one in pieces)),
        gaps=gaps(_holdings(desk, shown, pieces)),
    )


def _holdings(desk: Desk, shown: Shown, pieces: Iterable[Piece]) -> Holdings:
    standing = shown.standing
    files = [file for piece in pieces for file in piece.files if file.role not in MADE_HERE]
    owners = {piece.owner for piece in files if piece.role == Purpose.COST_PROOF}
    costs = [cost for cost in shown.costs if cost.counts]
    rows = exhibits.custody(desk, shown)
    return Holdings(
        ref=standing.case.ref,
        person=standing.person.label,
        handler=standing.handler.label,
        groups=frozenset(file.exhibit.group for file in files) | _identity(desk, shown),
        encounters=tuple(_written(one, rows) for one in shown.encounters),
        letters=tuple(
            letter
            for letter in standing.letters
            if letter.dispatch is not None and letter.kind != FollowUp.COURT
        ),
        proved=frozenset(one.owner for one in files if one.role == Purpose.SENT_PROOF),
        arrived=frozenset(one.owner for one in files if one.role == Purpose.ARRIVAL_PROOF),
        answered=bool(standing.answers),
        unmet=any(
            item.score in {Score.REFUSED, Score.PARTIAL}
            for letter in standing.letters
            for item in letter.items
        ),
        answer_due=next((due.on for due in standing.deadlines if due.id == "answer"), None),
        answered_papers=frozenset(reply.answers for reply in standing.replies if reply.answers),
        unproved_costs=tuple(cost.label for cost in costs if cost.label not in owners),
        costs=len(costs),
        stamped=custody_papers.of(desk, shown).stamped,
        today=desk.today,
    )


def _identity(desk: Desk, shown: Shown) -> frozenset[Group]:
    """Say whether a paper of the person is kept; it is handed in apart, and in no bundle."""
    files = desk.vault.attachments(shown.standing.person.label)
    kept = any(file.purpose is Purpose.IDENTITY for file in files)
    return frozenset({Group.IDENTITY} if kept else ())


def _written(encounter: Encounter, rows: Iterable[JournalRow]) -> Written:
    """Say when an encounter entered the log, by this computer's clock."""
    zone = ZoneInfo(encounter.zone)
    first = next(row for row in rows if row.subject == encounter.label and row.record)
    return Written(
        label=encounter.label,
        on=encounter.local.date(),
        written_on=datetime.fromisoformat(first.at).astimezone(zone).date(),
    )
