"""One run of a sheet in a process of its own, with the time that each part of it took.

`python -m tests.bench.batch_run VAULT SHEET OUT WORKERS`, where WORKERS is a number or the address
of a scheduler. Prints one JSON object.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from pirights.batch import in_order, keeping, preparing, run_papers
from pirights.batch import run as running
from pirights.batch.cluster import cluster
from pirights.batch.in_order import Hire
from pirights.batch.outcome import How
from pirights.batch.preparing import Prepared
from pirights.batch.print_ready import PrintReady
from pirights.batch.standby import Standby
from pirights.domain.document import Form
from tests.workflow import office

WHOLE = "whole"
INSIDE = {"vault": "files"}
"""Parts that stand around another: what that took is not theirs."""


class Parts:
    """Seconds by the clock that went into each part."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Count what is done here for a part."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[part] = self.seconds.get(part, 0) + time.perf_counter() - began

    def watch(self, owner: ModuleType | type, name: str, part: str) -> None:
        """Count every call of a function of a module or class for a part."""
        act: Callable[..., Any] = getattr(owner, name)

        def watched(*args: object, **named: object) -> object:
            with self.timed(part):
                return act(*args, **named)

        setattr(owner, name, watched)

    def told(self) -> dict[str, float]:
        """The parts, none counted twice, and what is left of the whole."""
        parts = dict(self.seconds)
        for around, inside in INSIDE.items():
            parts[around] = parts.get(around, 0) - parts.get(inside, 0)
        whole = parts.pop(WHOLE)
        return {**parts, "the rest": whole - sum(parts.values())}


def main(vault: Path, sheet: Path, out: Path, workers: str) -> None:
    """Make the run."""
    parts = Parts()
    parts.watch(preparing, "prepare", "read and check")
    parts.watch(keeping, "keep", "vault")
    parts.watch(keeping, "write", "files")
    parts.watch(PrintReady, "add", "print")
    parts.watch(run_papers, "write", "index, labels")
    if workers == "1":  # a function that is sent to other processes cannot be watched
        parts.watch(in_order, "do", "compose, render")
    with parts.timed(WHOLE):
        desk = office.opened(vault)
        standby = Standby(int(workers) if workers.isdigit() else None, 1)
        with desk.vault, standby:
            prepared = preparing.prepare(
                desk, sheet, out, forms=(Form.PDF,), progress=standby.watching(lambda _: None)
            )
            hired = hire(workers, standby, prepared)
            ran = running.run(prepared, How(hire=hired, moment=lambda: office.NOW, say=str))
    used = os.times()
    made = {"made": ran.made, "rows": ran.rows}
    processor = {"main": used.user + used.system}
    processor["children"] = used.children_user + used.children_system
    sys.stdout.write(json.dumps({**made, "parts": parts.told(), "processor": processor}))


def hire(workers: str, standby: Standby, prepared: Prepared) -> Hire:
    """Read who is to do the work."""
    if workers.isdigit():
        return partial(standby.hired, prepared.to_make)
    return partial(cluster, workers, tell=lambda said: print(said, file=sys.stderr))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
