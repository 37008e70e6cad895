"""Pauses and the restarts that end them."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pirights.domain import counting
from pirights.domain.adjustment import Adjustment, AdjustmentKind, Pause, pauses
from pirights.domain.handler import Period
from pirights.errors import message

PAUSE, RESTART = AdjustmentKind.PAUSE, AdjustmentKind.RESTART


def turn(number: int, kind: AdjustmentKind, day: int, because: str = "") -> Adjustment:
    """One change of the clock, in November 2026."""
    return Adjustment(id=number, ref="PR", kind=kind, on=date(2026, 11, day), because=because)


def test_without_a_pause_there_is_none() -> None:
    assert pauses(()) == ()
    promise = turn(1, AdjustmentKind.PROMISE, 3)
    assert pauses((promise, turn(2, RESTART, 4))) == ()


def test_a_pause_goes_up_to_but_not_on_the_day_of_its_restart() -> None:
    assert pauses((turn(1, PAUSE, 5, "等材料"), turn(2, RESTART, 8, "已补"))) == (
        Pause(first=date(2026, 11, 5), until=date(2026, 11, 8), because="等材料"),
    )


def test_a_pause_without_restart_still_lasts() -> None:
    (only,) = pauses((turn(1, PAUSE, 5),))
    assert only.until is None


def test_two_pauses_are_paired_with_their_own_restarts_and_other_changes_do_not_matter() -> None:
    found = pauses(
        (
            turn(1, PAUSE, 2, "first"),
            turn(2, AdjustmentKind.EXTENSION, 3),
            turn(3, RESTART, 4),
            turn(4, PAUSE, 10, "second"),
            turn(5, RESTART, 12),
        )
    )
    assert [(one.first.day, one.until and one.until.day, one.because) for one in found] == [
        (2, 4, "first"),
        (10, 12, "second"),
    ]


def test_a_second_pause_may_begin_on_the_day_the_first_ended() -> None:
    found = pauses((turn(1, PAUSE, 2), turn(2, RESTART, 4), turn(3, PAUSE, 4)))
    assert [(one.first.day, one.until and one.until.day) for one in found] == [(2, 4), (4, None)]


def test_a_pause_of_no_day_is_paired_too() -> None:
    (only,) = pauses((turn(1, PAUSE, 2), turn(2, RESTART, 2)))
    assert only.first == only.until


@given(st.lists(st.integers(0, 200), max_size=12))
def test_pauses_taken_in_order_lie_apart_and_only_the_last_may_be_open(days: list[int]) -> None:
    turns = [
        Adjustment(
            id=number,
            ref="PR",
            kind=RESTART if number % 2 else PAUSE,
            on=date(2026, 1, 1) + timedelta(days=day),
        )
        for number, day in enumerate(sorted(days))
    ]
    found = pauses(turns)
    assert len(found) == (len(turns) + 1) // 2
    assert [one.until is None for one in found] == [
        number == len(found) - 1 and len(turns) % 2 == 1 for number in range(len(found))
    ]
    for one, following in itertools.pairwise(found):
        assert one.until is not None
        assert one.first <= one.until <= following.first


def test_a_pause_keeps_the_message_that_it_stands_in_and_the_count_names_it() -> None:
    stopped = replace(turn(1, PAUSE, 2, "停业"), source="PR/3")
    found = pauses((stopped, turn(2, RESTART, 5)))
    assert [one.source for one in found] == ["PR/3"]
    period = Period(amount=10)
    start = date(2026, 11, 1)
    said = counting.counting_steps(start, counting.last_day(start, period, found), period, found)
    assert message("That stands in message {label}.", label="PR/3") in list(said)
