"""Steps done by several workers, with what comes of them in the order of the sheet.

Only so many are on their way at a time, so that memory stays flat however long the sheet is. Where
a process dies, what was on its way is given again to fresh ones, each job alone: so the row that
kills its worker is known from those that were beside it.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Generic, Self, TypeVar

from pirights.batch.executors import WorkerLost, Workers
from pirights.batch.job import Done, Job, do
from pirights.errors import message

T = TypeVar("T")

Hire = Callable[[], AbstractContextManager[Workers]]
"""Gives fresh workers."""

_CHANCES: Final = 2
"""How often a job alone may kill its worker."""


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """A step with what came of its job; None where it had none."""

    step: T
    done: Done | None


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[T]):
    step: T
    job: Job | None
    future: Future[Done] | None


def in_order(
    steps: Iterator[T],
    job_of: Callable[[T], Job | None],
    hire: Hire,
    *,
    stop: Callable[[], bool],
) -> Iterator[Told[T]]:
    """Do the jobs of steps.

    Args:
        steps: Taken one by one, a few ahead of what was yielded.
        job_of: The job of a step; None where there is nothing to do.
        hire: Gives workers; called again where a process died.
        stop: Once it says yes, no further step is taken; what is on its way is still yielded.

    Raises:
        PirightsError: The workers are lost for good.
    """
    waiting: deque[_Waiting[T]] = deque()
    more = True
    with _Crew(hire) as crew:
        while True:
            while more and len(waiting) < crew.room and not stop():
                try:
                    step = next(steps)
                except StopIteration:
                    more = False
                    break
                job = job_of(step)
                waiting.append(_Waiting(step, job, crew.given(job) if job else None))
            if not waiting:
                return
            first = waiting.popleft()
            done = None
            if first.job is not None and first.future is not None:
                done = crew.result(first.job, first.future)
            yield Told(first.step, done)


class _Crew:
    """Workers who are hired when the first job comes, and anew where one of them died."""

    def __init__(self, hire: Hire) -> None:
        self._hire = hire
        self._stack = ExitStack()
        self._workers: Workers | None = None
        self._suspects: set[Future[Done]] = set()
        self._out: set[Future[Done]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        return self._stack.__exit__(kind, error, trace)

    @property
    def room(self) -> int:
        """How many steps may be on their way; none is added while a job is given again."""
        if self._suspects:
            return 0
        return self._workers.ahead if self._workers else 1

    def given(self, job: Job) -> Future[Done]:
        """Hand a job out."""
        if self._workers is None:
            self._workers = self._stack.enter_context(self._hire())
        future: Future[Done]
        try:
            future = self._workers.submit(do, job)
        except BrokenProcessPool as wrong:
            future = Future()
            future.set_exception(wrong)
        self._out.add(future)
        return future

    def result(self, job: Job, future: Future[Done]) -> Done:
        """Wait for what came of a job."""
        self._out.discard(future)
        is_suspect = future in self._suspects
        self._suspects.discard(future)
        try:
            return future.result()
        except WorkerLost:
            return self._alone(job, chances=1)  # each loss is one of several workers already
        except BrokenProcessPool:
            if not is_suspect:  # the first that is met: most of those behind it died too
                self._dismiss()
                self._suspects = set(self._out)
            return self._alone(job)
        except CancelledError:
            if not is_suspect:
                raise
            return self._alone(job)  # it had not left yet when its workers were dismissed

    def _alone(self, job: Job, *, chances: int = _CHANCES) -> Done:
        """Do a job with nothing beside it."""
        for _ in range(chances):
            future = self.given(job)
            self._out.discard(future)
            try:
                return future.result()
            except WorkerLost:
                continue
            except BrokenProcessPool:
                self._dismiss()
        return Done(
            row=job.row, problem=message("The process that wrote this letter died, twice over.")
        )

    def _dismiss(self) -> None:
        self._stack.close()
        self._workers = None
