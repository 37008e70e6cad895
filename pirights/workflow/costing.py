"""What a case has cost: written down with its proof, and voided where it was entered wrongly."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from pirights.domain import entry
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.case import Case
from pirights.domain.cost import Cost, CostKind
from pirights.domain.text import one_line
from pirights.errors import BadInput, Message, NotFound, NotNextStep, message
from pirights.workflow.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """A cost as it now stands.

    Attributes:
        proofs: The files that show it.
        costs: All costs of its case, oldest first, this one among them.
    """

    cost: Cost
    proofs: tuple[Attachment, ...]
    costs: tuple[Cost, ...]
    notices: tuple[Message, ...] = ()


def of(desk: Desk, case: Case) -> tuple[Cost, ...]:
    """The costs of a case, oldest first, the voided ones among them."""
    return tuple(desk.vault.find_all(Cost, newest_first=False, ref=case.ref))


def add(  # noqa: PLR0913 (what a cost consists of)
    desk: Desk,
    ref: str,
    *,
    kind: CostKind,
    amount: Decimal,
    on: date | None = None,
    note: str = "",
    proofs: Sequence[Path] = (),
) -> Spent:
    """Write down what was paid, with the files that show it.

    Raises:
        BadInput: A date in the future, another cost without a word of what it was, or a proof
            that cannot be taken in.
        NotFound: No such case.
        NotNextStep: The case is closed.
    """
    case = desk.case(ref)
    _refuse_closed(case)
    said = one_line(note, field="note")
    if kind is CostKind.OTHER and not said:
        raise BadInput(
            message("Another cost needs a word of what it was."),
            hint=message("Give it with --note TEXT."),
        )
    with desk.vault.change(now=desk.now) as change:
        cost = change.add(
            Cost(
                id=0,
                ref=case.ref,
                kind=kind,
                amount=amount,
                on=desk.past_day(on, field="at"),
                note=said,
            )
        )
        kept = tuple(
            change.attach(path, owner=cost.label, purpose=Purpose.COST_PROOF) for path in proofs
        )
    missing = message(
        "No proof of it is kept yet: a court looks at invoices and receipts. Give them with "
        "--proof; to add one later, void this cost and enter it again."
    )
    return Spent(cost=cost, proofs=kept, costs=of(desk, case), notices=() if kept else (missing,))


def void(desk: Desk, ref: str, label: str, *, because: str) -> Spent:
    """Take a cost out of the sums; it stays in the journal, with the reason.

    Raises:
        BadInput: No reason, or no such label.
        NotFound: The case has no such cost.
        NotNextStep: It is voided already, or the case is closed.
    """
    case = desk.case(ref)
    _refuse_closed(case)
    number = entry.record_number(label, "C")
    cost = next((one for one in of(desk, case) if one.id == number), None)
    if cost is None:
        raise NotFound(
            message("Case {ref} has no cost C{number}.", ref=case.ref, number=number),
            hint=message("See them with `pirights case show {ref}`.", ref=case.ref),
        )
    if not cost.counts:
        raise NotNextStep(
            message("Cost {label} was voided on {day} already.", label=label, day=cost.voided_on)
        )
    why = one_line(because, field="because")
    if not why:
        raise BadInput(
            message("Say why the cost is voided."), hint=message("Give it with --because TEXT.")
        )
    voided = replace(cost, voided_on=desk.today, voided_because=why)
    with desk.vault.change(now=desk.now) as change:
        change.replace(voided, kind="cost.voided")
    return Spent(
        cost=voided,
        proofs=tuple(desk.vault.attachments(voided.label)),
        costs=of(desk, case),
    )


def _refuse_closed(case: Case) -> None:
    if case.closed_on is not None:
        raise NotNextStep(
            message("Case {ref} is closed already.", ref=case.ref),
            hint=message("Open it again with `pirights case reopen {ref}`.", ref=case.ref),
        )
