"""A clinic's sheet beside three others who set the same letters: `python -m tests.bench.batch`.

So many rows (5,000 unless told: `python -m tests.bench.batch 500`) go through the whole of a run:
read, checked, composed, rendered, kept in a vault, written, indexed, joined for the printer. By one
process, by two, and by two workers of a Dask cluster on loopback, twice in turn. Letters of the
first run, read from its vault, are set by the others between the runs, a slice each time. The
machine's speed drifts: the best slice and the better run count. A bare reportlab loop draws
finished lines and writes the files; typst, in its two ways, and pdfmake lay the text out as their
users would.

Our figure is rows by the clock of the whole program, from its start to its end; beside it, as a
judge that other programs on the machine do not sway, stand seconds of the processor. It needs two
processors that do nothing else, and 5 GB in the folder for temporary files (TMPDIR). The memory of
the main process grows until the vault's own cache of pages, 32 MiB, is full after some 1,500 rows.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pirights.domain.dispatch import Letter
from pirights.domain.document import Document
from pirights.render.text import to_text
from tests import dask_cluster
from tests.batch import clinic
from tests.bench import memory, pdfmake
from tests.bench.letters import asked, drawn, register_faces, set_by, typst_compiler, typst_source
from tests.bench.memory import Memory
from tests.bench.report import elapsed, say, seconds
from tests.workflow import office

ROWS = 5_000
OTHERS = 60
"""Letters in a slice of the others, at most."""

TURNS = 2
"""Runs by one process, by two and by a cluster, in turn; of each the better one counts."""

PEAK = "250"
ROOT = Path(__file__).parents[2]
BARE = "bare reportlab's"
ASKED = "typst's, asked by letter"
KEPT = "typst's, kept"
PDFMAKE = "pdfmake's"
NOTHING = 30.0
"""MiB of a process that only waits for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run.

    Attributes:
        clock: Seconds of the whole program.
        processor: Seconds of it and its own processes.
        parts: Seconds of each part, by the clock.
    """

    clock: float
    processor: float
    parts: dict[str, float]
    memory: Memory
    main: int


class Bench:
    """A sheet, a vault to begin with, and what was measured."""

    def __init__(self, home: Path, rows: int) -> None:
        self.home = home
        self.rows = rows
        self.sheet = clinic.sheet(
            home / "sheet.csv",
            (
                clinic.client(number, letters="zh-en", rights="explain")
                for number in range(1, rows + 1)
            ),
        )
        office.make(home / "new")
        self.fonts = register_faces()
        self.kept = typst_compiler(self.fonts)
        self.pdfmake = pdfmake.installed(home / "pdfmake")
        self.others: dict[str, list[tuple[float, float]]] = {}

    def run(self, name: str, workers: str, others: Sequence[int] = ()) -> Ran:
        """Make a run by workers; `others` are processes whose memory is looked at too."""
        vault = Path(shutil.copytree(self.home / "new", self.home / f"vault-{name}"))
        words = [str(vault), str(self.sheet), str(self.home / f"out-{name}"), workers]
        watch = Memory()
        os.sync()
        began = time.perf_counter()
        with (
            subprocess.Popen(
                [sys.executable, "-m", "tests.bench.batch_run", *words],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                env={**os.environ, "PIRIGHTS_TEMPLATES": str(self.home / "none")},
            ) as program,
            watch.watched(lambda: [*memory.family(program.pid), *others]),
        ):
            told: dict[str, Any] = json.loads(program.communicate()[0])
        clock = time.perf_counter() - began
        if told["made"] != self.rows:
            raise RuntimeError(told)
        # What was made stays until the end: for minutes after a deletion new files take several
        # times as long (ext4), and that would count for the run that comes next.
        used = sum(told["processor"].values())
        return Ran(clock=clock, processor=used, parts=told["parts"], memory=watch, main=program.pid)

    def run_on_cluster(self, name: str) -> Ran:
        """Make the run by two workers of a cluster."""
        there = {"PIRIGHTS_TEMPLATES": str(self.home / "none")}
        with dask_cluster.running(self.home / f"by-{name}", extra=there) as running:
            processes = [one.pid for one in (running.scheduler, *running.workers)]
            return self.run(name, running.address, processes)

    def letters(self, start: int) -> list[Document]:
        """Read a slice of the letters of the first run."""
        with office.opened(self.home / "vault-one-0").vault as vault:
            numbers = range(start, min(start + OTHERS, self.rows) + 1)
            return [vault.get(Letter, number).document for number in numbers]

    def set_by_others(self, start: int) -> None:
        """Have a slice of the letters set by everybody else."""
        papers = self.letters(start)
        lines = [to_text(paper).splitlines() for paper in papers]
        sources = [typst_source(paper) for paper in papers]
        self._slice(BARE, [partial(drawn, one) for one in lines])
        self._slice(ASKED, [partial(asked, self.fonts, one) for one in sources])
        self._slice(KEPT, [partial(set_by, self.kept, one) for one in sources])
        if self.pdfmake:
            figures = self.pdfmake.seconds(papers, self.fonts)
            self.others.setdefault(PDFMAKE, []).append(figures)

    def _slice(self, name: str, acts: Sequence[Callable[[], bytes]]) -> None:
        out = self.home / "others"
        out.mkdir(exist_ok=True)
        acts[0]()  # gets warm
        used: list[float] = []

        def whole() -> None:
            for number, act in enumerate(acts):
                (out / f"{number}.pdf").write_bytes(act())

        clock = elapsed(lambda: used.append(seconds(whole)))
        figures = clock / len(acts), used[0] / len(acts)
        self.others.setdefault(name, []).append(figures)


def main(rows: int) -> None:
    """Measure, and print every figure beside its bar."""
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), rows)
        runs: dict[str, Ran] = {}
        for turn in range(TURNS):
            made = {
                "one": bench.run(f"one-{turn}", "1"),
                "two": bench.run(f"two-{turn}", "2"),
                "cluster": bench.run_on_cluster(f"cluster-{turn}"),
            }
            for who, ran in made.items():
                runs[who] = min(runs.get(who, ran), ran, key=lambda one: one.clock)
            bench.set_by_others(1 + turn * (rows // TURNS))
    one, two, cluster = (runs[name] for name in ("one", "two", "cluster"))
    for whose, bar in ((BARE, "0.5"), (ASKED, "1.5"), (KEPT, "1.5"), (PDFMAKE, "5")):
        if whose not in bench.others:
            sys.stdout.write("pdfmake: absent (it takes node, npm and npm's registry)\n")
            continue
        by_clock, by_processor = zip(*bench.others[whose], strict=True)
        say(f"{rows} rows, one process: rate / {whose}", min(by_clock) * rows / one.clock, bar)
        say("  in processor seconds", min(by_processor) * rows / one.processor, bar)
    say("two processes: rate / one's", one.clock / two.clock, "1.7")
    say("two workers of a cluster: rate / two processes'", two.clock / cluster.clock, "0.85")
    for name, ran in runs.items():
        say(f"{name}: seconds by the clock", ran.clock, "-")
        say("  rows in a second", rows / ran.clock, "-")
        say("  processor seconds, without a cluster's", ran.processor, "-")
        for part, taken in ran.parts.items():
            say(f"  {part}, seconds", taken, "-")
        told_memory(ran)


def told_memory(ran: Ran) -> None:
    """Print the memory of each process that did anything, and how it went."""
    for process, peak in ran.memory.peak.items():
        if peak < NOTHING:
            continue
        who = "main" if process == ran.main else "other"
        say(f"  {who} process: peak MiB", peak, PEAK)
        series = memory.points(ran.memory.series[process])
        say("  at its end / halfway", series[-1] / series[len(series) // 2 - 1], "1.1")
        sys.stdout.write(f"    on the way: {' '.join(f'{one:.0f}' for one in series)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
