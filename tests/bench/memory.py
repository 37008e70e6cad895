"""How much memory processes take while they run, read from Linux's /proc by the clock."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MEBI = 1024
"""KiB."""

_EVERY: Final = 0.2
"""Seconds between two looks."""


class Memory:
    """What was seen.

    Attributes:
        series: MiB resident at each look, by process.
        peak: MiB at most, by process, as the system itself counts.
    """

    def __init__(self) -> None:
        self.series: dict[int, list[float]] = {}
        self.peak: dict[int, float] = {}

    def look(self, processes: Iterable[int]) -> None:
        """Look once at each process that is still there."""
        for process in processes:
            try:
                told = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
            except OSError:
                continue
            facts = dict(line.split(":\t", 1) for line in told.splitlines() if ":\t" in line)
            if "VmRSS" in facts:
                self.series.setdefault(process, []).append(_mebi(facts["VmRSS"]))
                self.peak[process] = max(self.peak.get(process, 0), _mebi(facts["VmHWM"]))

    @contextmanager
    def watched(self, processes: Callable[[], Iterable[int]]) -> Iterator[None]:
        """Look again and again while something goes on."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(_EVERY):
                self.look(processes())

        watch_thread = threading.Thread(target=watch)
        watch_thread.start()
        try:
            yield
        finally:
            over.set()
            watch_thread.join()


def family(process: int) -> list[int]:
    """A process and all that it started, and they."""
    found = [process]
    for parent in found:
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(word) for word in tasks.read_text(encoding="utf-8").split()]
            except OSError:
                continue
    return found


def points(series: Sequence[float], count: int = 10) -> list[float]:
    """Take so many points of a series, evenly, the last one among them."""
    return [series[(len(series) * number) // count - 1] for number in range(1, count + 1)]


def _mebi(told: str) -> float:
    return int(told.split(maxsplit=1)[0]) / MEBI
