"""Jobs done by several processes: in order, a few at a time, and after one of them died."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from pirights.batch import executors
from pirights.batch.executors import Workers
from pirights.batch.in_order import in_order
from pirights.batch.job import Done, Job
from pirights.domain.document import Form


def job(row: int) -> Job:
    return Job(row=row, forms=(Form.TXT,))


class _Scripted(Workers):
    """Workers that die over certain rows, and take the jobs beside them along."""

    def __init__(self, deadly: dict[int, int], hired: list[int], given: list[int]) -> None:
        super().__init__(2)
        self._deadly, self._given = deadly, given
        self._out: list[Future[Any]] = []
        self._dead = False
        hired.append(len(given))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:  # noqa: ANN401, ARG002 (as of any executor)
        one = args[0]
        future: Future[Any] = Future()
        if self._dead and one.row % 2:
            raise BrokenProcessPool
        if self._dead:  # it has not left when these workers are dismissed
            self._out.append(future)
            return future
        self._given.append(one.row)
        if self._deadly.get(one.row, 0):
            self._deadly[one.row] -= 1
            self._dead = True
            for each in (*self._out, future):
                if not each.done():
                    each.set_exception(BrokenProcessPool())
        elif one.row % 5 == 0:
            self._out.append(future)  # still at it when another dies
            threading.Timer(0.2, _finish, [future, one.row]).start()
        else:
            future.set_result(Done(row=one.row))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 (as of any executor)
        for future in self._out:
            future.cancel()


def _finish(future: Future[Any], row: int) -> None:
    with suppress(InvalidStateError):
        future.set_result(Done(row=row))


def played(rows: range, deadly: dict[int, int]) -> tuple[list[Done], list[int]]:
    hired: list[int] = []
    given: list[int] = []

    @contextmanager
    def hire() -> Iterator[Workers]:
        workers = _Scripted(deadly, hired, given)
        yield workers
        workers.shutdown()

    told = in_order(iter(rows), job, hire, stop=lambda: False)
    return [one.done for one in told if one.done is not None], hired


def test_a_row_that_kills_its_worker_once_is_made_all_the_same() -> None:
    done, hired = played(range(1, 40), {7: 1})
    assert [one.row for one in done] == [*range(1, 40)]
    assert not [one for one in done if one.problem]
    assert len(hired) == 2


def test_a_row_that_always_kills_its_worker_is_told_and_no_other() -> None:
    done, _ = played(range(1, 40), {7: 99, 23: 99})
    assert [one.row for one in done] == [*range(1, 40)]
    assert [one.row for one in done if one.problem] == [7, 23]


def test_only_so_many_steps_are_taken_ahead() -> None:
    taken: list[int] = []
    ahead: list[int] = []

    def steps() -> Iterator[int]:
        for row in range(1, 200):
            taken.append(row)
            yield row

    @contextmanager
    def hire() -> Iterator[Workers]:
        with executors.local(2) as workers:
            ahead.append(workers.ahead)
            yield workers

    most = 0
    for over, _ in enumerate(in_order(steps(), job, hire, stop=bool), 1):
        most = max(most, len(taken) - over)
    assert len(taken) == 199
    assert 1 < most <= ahead[0] < 100


def test_what_has_no_job_keeps_its_place() -> None:
    told = in_order(
        iter(range(6)),
        lambda row: job(row) if row % 2 else None,
        partial(executors.local, 1),
        stop=bool,
    )
    assert [(one.step, one.done.row if one.done else None) for one in told] == [
        (0, None),
        (1, 1),
        (2, None),
        (3, 3),
        (4, None),
        (5, 5),
    ]


def test_once_stopped_no_further_step_is_taken_and_what_is_on_its_way_is_told() -> None:
    seen: list[int] = []
    enough = threading.Event()
    hire = partial(executors.local, 2)
    for one in in_order(iter(range(500)), job, hire, stop=enough.is_set):
        seen += [one.step]
        if len(seen) == 5:
            enough.set()
    assert 5 <= len(seen) < 500
    assert seen == [*range(len(seen))]


def test_a_real_process_that_is_killed_is_replaced() -> None:
    pools: list[Any] = []

    @contextmanager
    def hire() -> Iterator[Workers]:
        with executors.local(2) as workers:
            pools.append(workers)
            yield workers

    rows = []
    for one in in_order(iter(range(100_000)), job, hire, stop=lambda: len(pools) > 1):
        assert one.done is not None
        assert one.done.problem is None
        rows.append(one.done.row)
        if len(rows) == 20:
            processes = pools[0]._pool._processes
            os.kill(next(iter(processes)), signal.SIGKILL)
    assert rows == [*range(len(rows))]
    assert len(pools) == 2
