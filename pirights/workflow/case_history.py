"""The history of a case, from what the vault holds of it."""

from collections import Counter

from pirights.domain.attachment import Purpose
from pirights.domain.history import Entry, Records, history
from pirights.workflow.cases import Shown
from pirights.workflow.desk import Desk


def of(desk: Desk, shown: Shown) -> tuple[Entry, ...]:
    """Tell what happened in a case, oldest first."""
    standing = shown.standing
    void = {number for letter in standing.letters for number in letter.void_files}
    proofs = Counter((one.owner, one.purpose) for one in shown.attachments if one.id not in void)
    labels = [letter.label for letter in standing.letters]
    return history(
        Records(
            case=standing.case,
            encounters=shown.encounters,
            letters=standing.letters,
            replies=standing.replies,
            adjustments=standing.papers.adjustments,
            notes=shown.notes,
            costs=shown.costs,
            sent_proofs={one: proofs[one, Purpose.SENT_PROOF] for one in labels},
            arrival_proofs={one: proofs[one, Purpose.ARRIVAL_PROOF] for one in labels},
            day_of=desk.day_of,
        )
    )
