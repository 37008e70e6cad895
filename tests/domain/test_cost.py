"""Costs: exact to the fen, bounded, and summed by the footing on which they are claimed."""

from datetime import date
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights import plain
from pirights.domain.cost import FEN, MOST, Cost, CostClass, CostKind, sums, total, yuan
from pirights.errors import BadInput

DAY: Final = date(2026, 11, 21)


def cost(kind: CostKind, amount: str, number: int = 1, voided: date | None = None) -> Cost:
    return Cost(id=number, ref="PR", kind=kind, amount=Decimal(amount), on=DAY, voided_on=voided)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12.50", "12.50"),
        ("12.5", "12.50"),
        ("12", "12.00"),
        ("0.01", "0.01"),
        ("1,360", "1360.00"),
        ("１２．５０元", "12.50"),
        (" ¥ 8 ", "8.00"),
        ("10,000,000.00", "10000000.00"),
        ("007", "7.00"),
    ],
)
def test_an_amount_is_read_exactly_and_kept_with_two_places(typed: str, kept: str) -> None:
    assert str(yuan(typed, field="--amount")) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "0", "0.00", "-1", "+1", "1.234", "1e3", "1,36", "12.", ".5", "NaN", "Infinity"),
        *("12 yuan", "1 2", "10000000.01", "9" * 13, "1" * 500, "一百", "٣", "12\n", "$5"),
    ],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    if typed == "12\n":
        assert str(yuan(typed, field="--amount")) == "12.00"  # blanks at the ends are trimmed
        return
    with pytest.raises(BadInput, match="--amount"):
        yuan(typed, field="--amount")


@given(st.lists(st.decimals(min_value=FEN, max_value=MOST, places=2), max_size=30))
def test_sums_are_exact(amounts: list[Decimal]) -> None:
    found = total(cost(CostKind.TRAVEL, str(one)) for one in amounts)
    assert found * 100 == sum(int(one * 100) for one in amounts)
    assert str(found).partition(".")[2] == str(found)[-2:]


def test_each_footing_is_summed_apart_and_what_is_voided_counts_for_nothing() -> None:
    found = sums(
        [
            cost(CostKind.TRAVEL, "0.10"),
            cost(CostKind.NOTARY, "0.20"),
            cost(CostKind.EVIDENCE, "1000.00", voided=DAY),
            cost(CostKind.LAWYER, "3000.00"),
            cost(CostKind.REFUND, "1360.00"),
            cost(CostKind.CONTRACT_LOSS, "0.01"),
        ]
    )
    assert found == {
        CostClass.EXPENSE: Decimal("0.30"),
        CostClass.LAWYER: Decimal("3000.00"),
        CostClass.CONTRACT: Decimal("1360.01"),
    }
    assert sums([]) == {}


def test_a_refund_is_no_reasonable_expense_and_a_lawyer_stands_alone() -> None:
    expenses = {kind for kind in CostKind if kind.claimed_as is CostClass.EXPENSE}
    assert expenses == {
        *(CostKind.TRAVEL, CostKind.NOTARY, CostKind.EVIDENCE, CostKind.POSTAGE),
        CostKind.OTHER,
    }
    assert [k for k in CostKind if k.claimed_as is CostClass.LAWYER] == [CostKind.LAWYER]


def test_a_cost_is_kept_as_digits_and_read_back_to_the_fen() -> None:
    kept = cost(CostKind.TRAVEL, "12.50")
    data = plain.to_plain(kept)
    assert data["amount"] == "12.50"
    assert plain.from_plain(Cost, data) == kept
    assert str(plain.from_plain(Cost, data).amount) == "12.50"


@pytest.mark.parametrize("odd", [12.5, 12, "NaN", "1e3", "12.50 ", "１", "", None, "-Infinity"])
def test_an_amount_that_is_not_in_its_one_form_is_refused(odd: object) -> None:
    data = {**plain.to_plain(cost(CostKind.TRAVEL, "12.50")), "amount": odd}
    with pytest.raises(ValueError, match=r"number|str"):
        plain.from_plain(Cost, data)
