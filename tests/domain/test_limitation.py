"""How long a claim for damages can be brought: Civil Code 188, 193, 195, 196 and 202."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights import rule_data
from pirights.domain.deadline import Deadline
from pirights.domain.limitation import CODE_FROM, limitation_due
from pirights.domain.period import Force
from pirights.errors import BadInput


def due(known_on: date, *, arrived_on: date | None = None) -> Deadline:
    return limitation_due(rule_data.periods()["limitation"], known_on, arrived_on=arrived_on)


def says(one: Deadline, *words: str) -> bool:
    """One step says all of these words."""
    return any(all(word in str(step) for word in words) for step in one.steps)


def test_it_is_three_years_by_statute_from_the_first_scan() -> None:
    one = due(date(2026, 11, 20))
    assert (one.id, one.on, one.start) == ("limitation", date(2029, 11, 20), date(2026, 11, 20))
    assert (one.force, one.basis) == (Force.STATUTORY, "civil-code-general:188(1)")
    assert not one.provisional
    assert says(one, "first scan was on 2026-11-20", "known", "188(2)")
    assert says(one, "3 years", "188(1)", "the court may not raise it itself (193)")
    assert says(one, "20 years", "188(2)")
    assert says(one, "last day, counted cautiously, is 2029-11-20")


def test_from_29_february_it_ends_on_the_last_of_february() -> None:
    assert due(date(2024, 2, 29)).on == date(2027, 2, 28)


def test_its_last_day_is_not_moved_off_a_weekend_as_caution_asks() -> None:
    assert due(date(2023, 11, 21)).on == date(2026, 11, 21)  # a Saturday


def test_that_deletion_is_not_named_among_what_knows_no_limitation_is_said() -> None:
    one = due(date(2026, 11, 20))
    assert says(one, "know no limitation", "995", "196 item 1", "deletion is not named there")


def test_a_letter_that_arrived_brings_the_warning_about_interruption() -> None:
    assert not says(due(date(2026, 11, 20)), "interrupt")
    one = due(date(2026, 11, 20), arrived_on=date(2026, 11, 30))
    assert says(one, "reached the handler on 2026-11-30", "only for what was demanded", "195")
    assert says(one, "does not safely interrupt the claim for damages", "compensation")
    assert one.on == date(2029, 11, 20)  # never counted anew by itself


def test_the_first_day_of_the_civil_code_is_known() -> None:
    assert date(2021, 1, 1) == CODE_FROM


def test_a_rule_without_a_number_is_refused() -> None:
    rule = replace(rule_data.periods()["limitation"], period=None)
    with pytest.raises(BadInput, match="has no number of days"):
        limitation_due(rule, date(2026, 11, 20), arrived_on=None)


@given(st.dates(CODE_FROM, date(2100, 1, 1)))
def test_it_ends_in_the_same_month_three_years_later(known_on: date) -> None:
    one = due(known_on)
    assert (one.on.year, one.on.month) == (known_on.year + 3, known_on.month)
