"""Jobs that travel together: each with a future of its own, whatever becomes of the parcel."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

import pytest

from pirights.batch.parcels import Parcels, fitting
from pirights.batch.worker_side import Outcome, each


class _Post:
    """Carries parcels nowhere, until told what becomes of them."""

    def __init__(self) -> None:
        self.sent: list[tuple[Sequence[Callable[[], Any]], Future[Sequence[Outcome]]]] = []

    def __call__(self, jobs: Sequence[Callable[[], Any]]) -> Future[Sequence[Outcome]]:
        future: Future[Sequence[Outcome]] = Future()
        self.sent.append((jobs, future))
        return future

    def done(self) -> None:
        for jobs, future in self.sent:
            future.set_result(each(jobs))


def test_jobs_leave_together_and_each_hears_what_came_of_it() -> None:
    post = _Post()
    parcels = Parcels(post, together=3)
    futures = [parcels.add(int, text) for text in ("1", "x", "3")]
    assert len(post.sent) == 1
    assert not any(future.done() for future in futures)
    post.done()
    assert (futures[0].result(), futures[2].result()) == (1, 3)
    assert isinstance(futures[1].exception(), ValueError)


def test_a_job_that_nobody_joins_leaves_when_somebody_waits_for_it() -> None:
    sent: list[int] = []

    def carried(jobs: Sequence[Callable[[], Any]]) -> Future[Sequence[Outcome]]:
        sent.append(len(jobs))
        future: Future[Sequence[Outcome]] = Future()
        future.set_result(each(jobs))
        return future

    parcels = Parcels(carried, together=100)
    first, second, third = (parcels.add(int, text) for text in ("7", "8", "x"))
    assert sent == []
    assert (second.result(timeout=10), first.result(timeout=10)) == (8, 7)
    assert sent == [3]
    assert isinstance(third.exception(timeout=10), ValueError)
    assert isinstance(parcels.add(int, "y").exception(timeout=10), ValueError)
    assert sent == [3, 1]


@pytest.mark.parametrize("at_once", [True, False])
def test_where_a_parcel_fails_each_of_its_jobs_does_in_plain_words(*, at_once: bool) -> None:
    post = _Post()

    def send(jobs: Sequence[Callable[[], Any]]) -> Future[Sequence[Outcome]]:
        if at_once:
            raise KeyError
        return post(jobs)

    parcels = Parcels(send, together=2, plainly=lambda wrong: OSError(type(wrong).__name__))
    futures = [parcels.add(int, "1"), parcels.add(int, "2")]
    if not at_once:
        post.sent[0][1].set_exception(KeyError())
    told = [future.exception() for future in futures]
    assert [type(one) for one in told] == [OSError] * 2
    assert {str(one) for one in told} == {"KeyError"}


def test_what_is_dropped_is_cancelled_and_what_comes_later_of_it_is_not_heard() -> None:
    post = _Post()
    parcels = Parcels(post, together=2)
    futures = [parcels.add(int, str(number)) for number in range(3)]
    parcels.drop()
    assert all(future.cancelled() for future in futures)
    post.done()
    parcels.leave()
    assert len(post.sent) == 1


def test_a_parcel_that_is_cancelled_cancels_its_jobs() -> None:
    post = _Post()
    parcels = Parcels(post, together=2)
    futures = [parcels.add(int, "1"), parcels.add(int, "2")]
    post.sent[0][1].cancel()
    assert all(future.cancelled() for future in futures)


@pytest.mark.parametrize(
    ("ahead", "workers", "fits"), [(96, 1, 16), (96, 2, 16), (96, 4, 8), (240, 20, 4), (2, 5, 1)]
)
def test_a_parcel_is_no_larger_than_leaves_three_for_each_worker(
    ahead: int, workers: int, fits: int
) -> None:
    assert fitting(ahead, workers=workers, most=16) == fits
