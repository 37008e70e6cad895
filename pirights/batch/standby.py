"""The processes of this machine that a run will need, started while its sheet is still checked.

The check is the work of one process, and others are up after about half a second of a processor
each, of which there are several.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Final, Self

from pirights.batch.executors import Processes, Workers, local

_WORTH_A_PROCESS: Final = 20
"""Letters below which another process costs more time than it saves."""


class Standby:
    """Processes that start as soon as a sheet is seen to be long enough for them."""

    def __init__(self, wanted: int | None, processors: int, *, early: bool = True) -> None:
        """Start nothing yet.

        Args:
            wanted: How many processes; None for one to a processor, or fewer for few letters.
            processors: Of this machine, at least 1.
            early: Start them before they are hired.
        """
        self._wanted: Final = wanted
        self._processors: Final = processors
        self._started: Processes | None = None
        self._early = early

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes that nobody hired."""
        self._early = False
        started, self._started = self._started, None
        if started is not None:
            started.shutdown(cancel_futures=True)

    def watching(self, progress: Callable[[int], None]) -> Callable[[int], None]:
        """Hear how many rows were checked, and pass it on."""

        def hear(rows: int) -> None:
            progress(rows)
            if self._early and self._most > 1 and self._worth(rows) == self._most:
                self._early = False
                self._started = Processes(self._most)
                self._started.start()

        return hear

    def hired(self, letters: int) -> AbstractContextManager[Workers]:
        """Give those that were started, the first time, or else fresh ones.

        Args:
            letters: That are to be made at most.
        """
        count = self._wanted or self._worth(letters)
        started, self._started = self._started, None
        if started is not None and started.count != count:
            started.shutdown(cancel_futures=True)
            started = None
        return local(count, started)

    @property
    def _most(self) -> int:
        return self._wanted or self._processors

    def _worth(self, letters: int) -> int:
        return max(1, min(self._most, letters // _WORTH_A_PROCESS))
