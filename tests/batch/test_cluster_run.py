"""A whole run on a cluster of two worker processes, beside the same run on this machine."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

from pirights.batch import executors
from pirights.batch.cluster import cluster
from pirights.batch.in_order import Hire
from pirights.batch.outcome import Progress
from pirights.domain.batch_row import BatchRow
from pirights.domain.document import Form
from tests import dask_cluster
from tests.batch import clinic
from tests.batch.clinic import clients, contents
from tests.workflow import office

BOTH = (Form.PDF, Form.TXT)
ROWS = int(os.environ.get("PIRIGHTS_CLUSTER_ROWS", "40"))


def in_a_vault_of_its_own(
    furnished: Path,
    home: Path,
    file: Path,
    hire: Hire,
    progress: Callable[[Progress], None] = lambda _: None,
) -> tuple[dict[str, str], list[int]]:
    """Run a sheet; returns what the folder holds, masked, and the pages of every letter."""
    desk = office.opened(Path(shutil.copytree(furnished, home / "vault")))
    with desk.vault:
        done = clinic.run(desk, file, home / "out", forms=BOTH, hire=hire, progress=progress)
        assert (done.rows, done.made, done.failed) == (done.rows, done.rows, 0)
        made = desk.vault.find_all(BatchRow, newest_first=False)
        for one in (one for row in made for one in row.files):
            assert sha256((home / "out" / one.path).read_bytes()).hexdigest() == one.sha256
        assert desk.vault.check() == []
        return contents(home / "out"), [one.pages for row in made for one in row.files]


def test_a_cluster_makes_what_this_machine_makes_even_if_a_worker_is_killed_halfway(
    furnished: Path, tmp_path: Path
) -> None:
    # The full size: PIRIGHTS_CLUSTER_ROWS=5000
    file = clients(tmp_path / "s.csv", ROWS)
    run = partial(in_a_vault_of_its_own, furnished)
    for name in ("here", "there", "halfway"):
        (tmp_path / name).mkdir()
    here = run(tmp_path / "here", file, partial(executors.local, 2))
    with dask_cluster.running(tmp_path / "cluster") as running:
        told: list[object] = []
        hire = partial(cluster, running.address, tell=told.append)
        there = run(tmp_path / "there", file, hire)

        def kill(now: Progress) -> None:
            if now.made == 3 * ROWS // 8:
                running.workers[0].kill()

        halfway = run(tmp_path / "halfway", file, hire, kill)
        assert running.workers[0].wait() != 0
    assert there == here
    assert halfway == here
    assert len([name for name in here[0] if name.endswith(".pdf")]) >= ROWS
    assert told == []
