"""Costs of a case: kept with their proof, voided and never lost, and exhibits of its bundle."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pirights.domain.bundle import Group
from pirights.domain.case import Outcome
from pirights.domain.cost import Cost, CostKind
from pirights.errors import BadInput, NotFound, NotNextStep
from pirights.workflow import cases, costing, exhibits
from pirights.workflow.costing import Spent
from pirights.workflow.desk import Desk
from tests.workflow.office import begun, case, kinds, park, said, scan


def ticket(folder: Path, name: str = "车票.txt") -> Path:
    path = folder / name
    path.write_text("出租车 12.50 元", encoding="utf-8")
    return path


def paid(desk: Desk, ref: str, *proofs: Path, kind: CostKind = CostKind.TRAVEL) -> Spent:
    return costing.add(
        desk,
        ref,
        kind=kind,
        amount=Decimal("12.50"),
        on=date(2026, 11, 21),
        note="往返",
        proofs=proofs,
    )


def test_a_cost_and_its_proof_are_kept_in_one_change(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    done = paid(desk, ref, ticket(tmp_path))
    assert (done.cost.label, done.cost.amount, done.notices) == ("C1", Decimal("12.50"), ())
    assert [one.name for one in done.proofs] == ["车票.txt"]
    assert kinds(desk)[-2:] == ["cost.added", "attachment.added"]
    assert cases.show(desk, ref).costs == (done.cost,)
    missing = tmp_path / "nowhere.txt"
    with pytest.raises(BadInput):
        paid(desk, ref, missing)
    assert cases.show(desk, ref).costs == (done.cost,)
    assert desk.vault.check() == []


def test_a_cost_without_proof_is_kept_and_said_to_lack_it(desk: Desk) -> None:
    assert "No proof of it is kept" in said(paid(desk, begun(desk)).notices)


def test_another_cost_needs_a_word_of_what_it_was(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="what it was") as caught:
        costing.add(desk, ref, kind=CostKind.OTHER, amount=Decimal("1.00"), note=" ")
    assert "--note" in str(caught.value.hint)


def test_a_cost_is_not_of_the_future_nor_of_a_closed_case(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="future"):
        costing.add(desk, ref, kind=CostKind.TRAVEL, amount=Decimal("1.00"), on=date(2026, 11, 24))
    cases.close(desk, ref, outcome=Outcome.FULL)
    with pytest.raises(NotNextStep, match="closed"):
        paid(desk, ref)


def test_a_voided_cost_stays_with_its_reason_and_is_no_exhibit(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    paid(desk, ref, ticket(tmp_path))
    paid(desk, ref, ticket(tmp_path, "发票.txt"))
    done = costing.void(desk, ref, "ｃ1", because="重复")
    assert (done.cost.voided_on, done.cost.voided_because) == (desk.today, "重复")
    assert kinds(desk)[-1] == "cost.voided"
    assert [one.counts for one in cases.show(desk, ref).costs] == [False, True]
    names = [one.exhibit.original_name for one in exhibits.gathered(desk, cases.show(desk, ref))]
    assert "发票.txt" in names
    assert "车票.txt" not in names
    with pytest.raises(NotNextStep, match="already"):
        costing.void(desk, ref, "C1", because="再次")
    with pytest.raises(BadInput, match="why"):
        costing.void(desk, ref, "C2", because="  ")
    with pytest.raises(BadInput, match="label of a cost"):
        costing.void(desk, ref, "E1", because="错")


def test_a_cost_of_another_case_is_not_found(desk: Desk) -> None:
    ref = begun(desk)
    paid(desk, ref)
    scan(desk, park(desk, "另一样例有限公司"))
    other = case(desk, handler=2).case.ref
    assert cases.show(desk, other).costs == ()
    with pytest.raises(NotFound, match="has no cost C1"):
        costing.void(desk, other, "C1", because="错")
    assert desk.vault.get(Cost, 1).counts


def test_the_proof_of_a_cost_is_an_exhibit_of_loss_and_its_rows_are_in_the_custody(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    paid(desk, ref, ticket(tmp_path))
    shown = cases.show(desk, ref)
    (piece,) = (one for one in exhibits.gathered(desk, shown) if one.owner == "C1")
    assert piece.exhibit.group is Group.LOSS
    assert piece.exhibit.title.zh == "2026-11-21交通费凭证（12.50元）：车票.txt"
    assert piece.exhibit.title.en == "Proof of travel, 2026-11-21 (12.50 yuan): 车票.txt"
    assert "cost.added" in [row.kind for row in exhibits.custody(desk, shown)]
