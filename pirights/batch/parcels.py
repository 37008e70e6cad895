"""Jobs that travel some at a time: the way to a worker and back costs more than many a job."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any, Final, ParamSpec, TypeVar

from pirights.batch.worker_side import Outcome

P = ParamSpec("P")
R = TypeVar("R")

Job = Callable[[], Any]
Send = Callable[[Sequence[Job]], Future[Sequence[Outcome]]]
"""Sends jobs together; what comes of them comes back together."""

_ON_THE_WAY: Final = 3
"""Parcels for each worker: one that it is at, one that waits there, one that travels."""


def fitting(ahead: int, *, workers: int, most: int) -> int:
    """Say how many jobs a parcel may hold so that no worker waits for one.

    Args:
        ahead: Jobs that are handed out before the first of them is done.
        workers: At least 1.
        most: Jobs in a parcel at most.

    Returns:
        From 1 to `most`.
    """
    return max(1, min(most, ahead // (_ON_THE_WAY * workers)))


class Parcels:
    """Jobs that wait for others to travel with, each with a future of its own.

    A parcel leaves when it is full, or when somebody waits for what comes of a job in it.
    """

    def __init__(
        self,
        send: Send,
        *,
        together: int,
        plainly: Callable[[BaseException], BaseException] = lambda wrong: wrong,
    ) -> None:
        """Wait for jobs.

        Args:
            send: Called from any thread. What it raises, or what its future raises, every job
                of the parcel raises; where that is cancelled, they are.
            together: Jobs in one parcel.
            plainly: Says otherwise what a parcel raised.
        """
        self._send: Final = send
        self._together: Final = together
        self._plainly: Final = plainly
        self._waiting: list[tuple[Future[Any], Job]] = []
        self._out: Final[set[Future[Any]]] = set()
        self._door: Final = threading.Lock()

    def add(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Take a job; who waits for it does so by the future's `result` or `exception`."""
        future: Future[R] = _Awaited(self._hasten)
        with self._door:
            self._out.add(future)
            self._waiting.append((future, partial(fn, *args, **kwargs)))
            there = len(self._waiting)
        future.add_done_callback(self._out.discard)
        if there >= self._together:
            self.leave()
        return future

    def leave(self) -> None:
        """Send what waits, all of it in one parcel."""
        with self._door:
            jobs, self._waiting = self._waiting, []
        if not jobs:
            return
        futures = [future for future, _ in jobs]
        try:
            sent = self._send([job for _, job in jobs])
        except Exception as wrong:  # noqa: BLE001 (told by the futures, as of any executor)
            _fail(futures, self._plainly(wrong))
        else:
            sent.add_done_callback(partial(self._deliver, futures))

    def drop(self) -> None:
        """Let go of every job that is not done."""
        with self._door:
            self._waiting, out = [], list(self._out)
        for future in out:
            future.cancel()

    def _hasten(self, future: Future[Any]) -> None:
        """Send a job now, with whatever waits beside it, unless it has left already."""
        if any(one is future for one, _ in self._waiting):
            self.leave()

    def _deliver(self, futures: Sequence[Future[Any]], parcel: Future[Sequence[Outcome]]) -> None:
        """Give each job of a parcel what came of it."""
        if parcel.cancelled():
            for future in futures:
                future.cancel()
        elif wrong := parcel.exception():
            _fail(futures, self._plainly(wrong))
        else:
            for future, outcome in zip(futures, parcel.result(), strict=True):
                if outcome.wrong is not None:
                    _fail([future], outcome.wrong)
                elif future.set_running_or_notify_cancel():
                    future.set_result(outcome.value)


class _Awaited(Future[R]):
    """A future that has its job sent as soon as somebody waits for it."""

    def __init__(self, hasten: Callable[[Future[Any]], None]) -> None:
        super().__init__()
        self._hasten = hasten

    def result(self, timeout: float | None = None) -> R:
        """Wait for what came of the job."""
        self._hasten(self)
        return super().result(timeout)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """Wait for what the job raised."""
        self._hasten(self)
        return super().exception(timeout)


def _fail(futures: Sequence[Future[Any]], wrong: BaseException) -> None:
    for future in futures:
        if future.set_running_or_notify_cancel():
            future.set_exception(wrong)
