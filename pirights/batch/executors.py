"""Whoever does the work of a run on this machine: this process, or several of its own.

Both take the same jobs by `submit`, as a cluster does (`batch.cluster`). A worker is handed what it
is to do and nothing else: no key, no passphrase, no path of the vault. Processes are started anew
(`spawn`), so that none holds a copy of the memory in which the vault's key lies.
"""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Final, ParamSpec, TypeVar

from pirights.batch import worker_side
from pirights.batch.parcels import Parcels
from pirights.batch.worker_side import Outcome
from pirights.errors import BadInput, message

P = ParamSpec("P")
R = TypeVar("R")


_AHEAD: Final = 96
"""Jobs handed out before the first is done: enough to do while some dozen rows are kept."""

_EACH: Final = 12
"""Of them for each worker, at least; each may hold a letter, so there are not many."""

_TOGETHER: Final = 4
"""Jobs in one parcel: while this process is busy, a worker has three more letters to write."""


class WorkerLost(Exception):
    """Workers died over this job, or over one beside it; the others are at work."""


class Workers(Executor):
    """An executor that says how much it does at a time.

    Attributes:
        count: Jobs that are done at a time.
        ahead: Jobs worth handing out before the first of them is done.
    """

    def __init__(self, count: int, *, ahead: int | None = None) -> None:
        self.count: Final = count
        self.ahead: Final = ahead or max(_AHEAD, _EACH * count)


class _Alone(Workers):
    """This very process: a job is done before `submit` returns."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Do it now; Ctrl-C is not kept for later but ends it."""
        done: Future[R] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as wrong:  # noqa: BLE001 (told by the future, as of any executor)
            done.set_exception(wrong)
        return done


class Processes(Workers):
    """Processes of this machine."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self._pool = ProcessPoolExecutor(count, get_context("spawn"), initializer=worker_side.begin)
        self._parcels = Parcels(self._send, together=_TOGETHER)

    def _send(self, jobs: Sequence[Callable[[], object]]) -> Future[Sequence[Outcome]]:
        return self._pool.submit(worker_side.each, jobs)

    def start(self) -> None:
        """Start all of them, deaf to Ctrl-C; this does not wait until they are up."""
        with _deaf_to_ctrl_c():
            for _ in range(self.count):  # each brings one to life, as long as none is idle
                self._pool.submit(worker_side.nothing)

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand a job to the next process that is free."""
        return self._parcels.add(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes after the jobs they are at."""
        if cancel_futures:
            self._parcels.drop()
        else:
            self._parcels.leave()
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def local(workers: int, started: Processes | None = None) -> Iterator[Workers]:
    """Do the work on this machine.

    Args:
        workers: How many processes, at least 1; with 1 the work is done in this one.
        started: So many processes that were started already.

    Yields:
        An executor. What was handed to it and not begun is dropped at the end.

    Raises:
        BadInput: A process was killed, as a machine does whose memory runs short.
    """
    if workers == 1:
        yield _Alone(1, ahead=1)
        return
    processes = started or Processes(workers)
    try:
        if started is None:
            processes.start()
        yield processes
    except BrokenProcessPool as wrong:
        raise BadInput(
            message("A process that wrote letters was killed, perhaps for want of memory."),
            hint=message(
                "What was made is kept. Go on with `--resume`, and with fewer `--workers`."
            ),
        ) from wrong
    finally:
        processes.shutdown(cancel_futures=True)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Start processes that are deaf to Ctrl-C from their first instruction: they inherit it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
