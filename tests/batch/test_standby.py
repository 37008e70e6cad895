"""Processes that start while a sheet is checked: in time, once, and none that nobody ends."""

import os
from multiprocessing import active_children

from pirights.batch.standby import Standby


def _heard(standby: Standby, rows: int) -> list[int]:
    told: list[int] = []
    hear = standby.watching(told.append)
    for row in range(1, rows + 1):
        hear(row)
    return told


def test_they_start_once_the_sheet_is_long_enough_and_are_the_ones_that_are_hired() -> None:
    with Standby(2, 8) as standby:
        assert _heard(standby, 39) == list(range(1, 40))
        assert not active_children()
        _heard(standby, 100)
        started = {child.pid for child in active_children()}
        assert len(started) == 2
        with standby.hired(100) as workers:
            assert workers.count == 2
            there = {workers.submit(os.getpid).result() for _ in range(30)}
            assert there <= started
    assert not active_children()


def test_who_hires_again_gets_fresh_ones() -> None:
    with Standby(2, 8) as standby:
        _heard(standby, 100)
        with standby.hired(100) as workers:
            first = {workers.submit(os.getpid).result() for _ in range(30)}
        with standby.hired(100) as workers:
            assert workers.submit(os.getpid).result() not in first
    assert not active_children()


def test_those_that_nobody_hired_are_ended() -> None:
    with Standby(None, 2) as standby:
        _heard(standby, 40)
        assert len(active_children()) == 2
    assert not active_children()


def test_where_fewer_letters_are_left_than_rows_there_are_fewer_workers() -> None:
    with Standby(None, 3) as standby:
        _heard(standby, 60)
        assert len(active_children()) == 3
        with standby.hired(45) as workers:
            assert workers.count == 2
        with standby.hired(39) as workers:
            assert workers.submit(os.getpid).result() == os.getpid()


def test_nothing_starts_early_where_it_was_not_wanted_or_this_process_is_enough() -> None:
    for standby in (Standby(None, 2, early=False), Standby(1, 8), Standby(None, 1)):
        with standby:
            _heard(standby, 1000)
            assert not active_children()
    with Standby(2, 1, early=False) as standby, standby.hired(1) as workers:
        assert workers.count == 2
