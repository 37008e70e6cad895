"""Work on streams beside the main thread: sums are made and files written while others are read."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Semaphore
from typing import Final, Generic, TypeVar

_SUMMING: Final = 2
"""Files that are summed at a time."""

_WAITING: Final = 12
"""Pieces of all files that may wait for their turn: they bound the memory."""

_Made = TypeVar("_Made")


class Stream(Generic[_Made]):
    """Where the pieces of one stream are put, and what is made of them.

    Attributes:
        made: The result to come.
    """

    def __init__(
        self, pieces: "SimpleQueue[bytes]", waiting: Semaphore, made: "Future[_Made]"
    ) -> None:
        self.made = made
        self._pieces = pieces
        self._waiting = waiting

    def put(self, piece: bytes) -> None:
        """Give the next piece, never an empty one; waits while too many wait already."""
        self._waiting.acquire()
        self._pieces.put(piece)

    def end(self) -> None:
        """Say that there is no further piece; every stream must be ended before `finish`."""
        self._pieces.put(b"")


class SideLines:
    """Lines on which pieces of streams are worked on, in the order in which streams began.

    One line writes, so that files are written one after the other; the others make sums. Hash
    functions and writes let other threads run.

    Attributes:
        problem: What stopped a line; None where nothing did. No line needs more pieces then.
    """

    def __init__(self) -> None:
        self.problem: BaseException | None = None
        self._waiting = Semaphore(_WAITING)
        self._streams: list[SimpleQueue[bytes]] = []
        self._summing = ThreadPoolExecutor(_SUMMING, thread_name_prefix="sums")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="writing")

    def stop(self) -> None:
        """Wait for what is under way, and begin nothing more: after a problem nobody wants it.

        Streams that nobody ended, as where Ctrl-C comes while they are begun, end here.
        """
        for pieces in self._streams:
            pieces.put(b"")
        for line in (self._writing, self._summing):
            line.shutdown(cancel_futures=True)

    def finish(self) -> None:
        """Wait until all streams are worked off; raises what stopped one."""
        for line in (self._writing, self._summing):
            line.shutdown()
        if self.problem is not None:
            raise self.problem

    def summing(self, work: Callable[[Iterator[bytes]], _Made]) -> "Stream[_Made]":
        """Begin a stream on one of the lines that make sums."""
        return self._begun(self._summing, work)

    def writing(self, work: Callable[[Iterator[bytes]], _Made]) -> "Stream[_Made]":
        """Begin a stream on the line that writes."""
        return self._begun(self._writing, work)

    def _begun(
        self, line: ThreadPoolExecutor, work: Callable[[Iterator[bytes]], _Made]
    ) -> "Stream[_Made]":
        pieces: SimpleQueue[bytes] = SimpleQueue()
        self._streams.append(pieces)

        def given() -> Iterator[bytes]:
            while piece := pieces.get():
                yield piece
                self._waiting.release()

        def working() -> _Made:
            coming = given()
            try:
                return work(coming)
            except BaseException as problem:
                self.problem = self.problem or problem
                raise
            finally:
                for _ in coming:  # whoever gives the pieces must not wait for ever
                    pass

        return Stream(pieces, self._waiting, line.submit(working))
