"""The same work on a Dask cluster of real processes on loopback, whole and broken."""

import operator
import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from pirights.batch import cluster as cluster_module
from pirights.batch import in_order
from pirights.batch.cluster import cluster
from pirights.batch.executors import Workers, local
from pirights.batch.job import Done, Job
from pirights.domain.document import Form, Letters
from pirights.domain.request import Right
from pirights.errors import NetworkRefused
from pirights.render import pdf
from tests import dask_cluster
from tests.dask_cluster import refused, silent
from tests.letters.briefs import PERSON, brief, written


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dask_cluster.Cluster]:
    with dask_cluster.running(tmp_path_factory.mktemp("two")) as running:
        yield running


def letter(number: int) -> bytes:
    """Write a letter; no two are alike."""
    someone = replace(PERSON, name=f"林知远{number}")
    case = brief(letters=Letters.BOTH, rights=(Right.ACCESS,))
    return pdf.to_bytes(written(replace(case, person=someone))[1])


def killed_over_a_job(process: subprocess.Popen[bytes], workers: Workers) -> None:
    job = workers.submit(time.sleep, 60)
    process.kill()
    job.result()


def test_a_cluster_writes_the_same_letters_as_this_machine(two: dask_cluster.Cluster) -> None:
    with cluster(two.address, tell=silent) as there, local(2) as here:
        assert there.count == 2
        ours, theirs = (
            [one.submit(letter, number) for number in range(12)] for one in (here, there)
        )
        assert [one.result() for one in ours] == [one.result() for one in theirs]


def test_a_worker_of_several_threads_writes_one_letter_at_a_time(tmp_path: Path) -> None:
    with (
        dask_cluster.running(tmp_path, workers=1, threads=4) as running,
        cluster(running.address, tell=silent) as workers,
    ):
        jobs = [workers.submit(letter, number) for number in range(12)]
        assert [one.result() for one in jobs] == [letter(number) for number in range(12)]


def test_jobs_of_a_worker_that_is_killed_are_done_by_the_other(tmp_path: Path) -> None:
    with (
        dask_cluster.running(tmp_path) as running,
        cluster(running.address, tell=silent) as workers,
    ):
        jobs = [workers.submit(letter, number) for number in range(40)]
        jobs[3].result()
        running.workers[0].kill()
        assert running.workers[0].wait() != 0
        assert not all(one.done() for one in jobs)
        assert [one.result() for one in jobs] == [letter(number) for number in range(40)]


def test_a_cluster_without_workers_is_waited_for_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def all_killed(running: dask_cluster.Cluster, workers: Workers) -> None:
        jobs = [workers.submit(time.sleep, 0.5) for _ in range(100)]
        jobs[0].result()
        for process in running.workers:
            process.kill()
        for job in jobs:
            job.result()

    monkeypatch.setattr(cluster_module, "GLANCE", 0.5)
    told: list[str] = []
    began = time.monotonic()
    with (
        dask_cluster.running(tmp_path) as running,
        pytest.raises(NetworkRefused, match="every worker") as wrong,
        cluster(running.address, tell=lambda said: told.append(str(said)), patience=2.0) as workers,
    ):
        all_killed(running, workers)
    assert time.monotonic() - began < cluster_module.PATIENCE
    assert len(told) == 1
    assert "no worker left" in told[0]
    assert "--resume" in str(wrong.value.hint)
    assert capfd.readouterr() == ("", "")


def test_a_scheduler_that_goes_away_ends_the_run_with_what_to_do(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with (
        dask_cluster.running(tmp_path) as running,
        pytest.raises(NetworkRefused, match="lost") as wrong,
        cluster(running.address, tell=silent) as workers,
    ):
        killed_over_a_job(running.scheduler, workers)
    assert "--resume" in str(wrong.value.hint)
    assert capfd.readouterr() == ("", "")


def test_a_job_for_a_cluster_that_is_gone_is_dropped(two: dask_cluster.Cluster) -> None:
    with cluster(two.address, tell=silent) as workers:
        workers.shutdown(cancel_futures=True)
        job = workers.submit(pow, 2, 3)
        with pytest.raises(CancelledError):
            job.result()


def test_ctrl_c_drops_what_was_not_done(two: dask_cluster.Cluster) -> None:
    def stopped(workers: Workers) -> None:
        for _ in range(50):
            workers.submit(time.sleep, 1)
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), cluster(two.address, tell=silent) as workers:
        stopped(workers)
    assert time.monotonic() - began < 20


def test_a_failure_of_a_row_comes_back_and_leaves_no_trace_in_the_logs(
    two: dask_cluster.Cluster,
) -> None:
    with cluster(two.address, tell=silent) as workers:
        wrong = workers.submit(operator.add, "13900000137", 1).exception()
    assert isinstance(wrong, TypeError)
    assert "13900000137" not in two.said()


def test_a_scheduler_without_workers_is_refused(tmp_path: Path) -> None:
    with dask_cluster.running(tmp_path, workers=0) as running:
        wrong = refused(running.address)
    assert isinstance(wrong, NetworkRefused)
    assert "has no workers" in str(wrong)
    assert f"dask worker {running.address}" in str(wrong.hint)


def test_a_worker_with_another_version_is_named(tmp_path: Path) -> None:
    old = tmp_path / "old" / "pirights-0.0.9.dist-info"
    old.mkdir(parents=True)
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: pirights\nVersion: 0.0.9\n")
    there = {"PYTHONPATH": str(old.parent)}
    with dask_cluster.running(tmp_path, workers=1, extra=there) as running:
        wrong = refused(running.address)
    assert isinstance(wrong, NetworkRefused)
    assert "has pirights 0.0.9, this machine has" in str(wrong)


def test_another_python_or_a_machine_without_pirights_is_told_apart() -> None:
    packages = {"python": "3.12.1.final.0", "pirights": None, "dask": "1", "distributed": "1"}
    versions = cluster_module._versions({"packages": packages})
    assert versions == {"python": "3.12", "pirights": "–", "dask": "1", "distributed": "1"}


def test_a_worker_with_other_letters_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "letters" / "access"
    own.mkdir(parents=True)
    (own / "zh.md").write_text("+++\n+++\n", encoding="utf-8")
    there = {"PIRIGHTS_TEMPLATES": str(tmp_path / "templates")}
    with dask_cluster.running(tmp_path, workers=1, extra=there) as running:
        wrong = refused(running.address)
    assert isinstance(wrong, NetworkRefused)
    assert "other templates" in str(wrong)


def test_a_worker_that_joins_late_with_other_letters_writes_none(
    two: dask_cluster.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked_otherwise(workers: Workers) -> None:
        monkeypatch.setattr(workers, "_sources", "another sum")
        workers.submit(pow, 2, 3).result()

    with (
        pytest.raises(NetworkRefused, match="other templates"),
        cluster(two.address, tell=silent) as workers,
    ):
        asked_otherwise(workers)


def test_rows_that_travel_unencrypted_are_told_before_any_does(
    two: dask_cluster.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "is_exposed", lambda _: True)
    told: list[str] = []
    with cluster(two.address, tell=lambda said: told.append(str(said))):
        assert len(told) == 1
    assert two.address in told[0]
    assert "unencrypted" in told[0]


def ending_its_worker(job: Job) -> Done:
    """Do the work of a row; that of row 11 ends the process."""
    if job.row == 11:
        os._exit(1)
    return Done(row=job.row)


def test_a_row_that_ends_its_workers_is_named_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_order, "do", ending_its_worker)
    scheduler = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with dask_cluster.running(tmp_path, workers=3, scheduler=scheduler) as running:
        told = in_order.in_order(
            iter(range(40)),
            lambda row: Job(row=row, forms=(Form.TXT,)),
            partial(cluster, running.address, tell=silent),
            stop=bool,
        )
        done = [one.done for one in told if one.done]
    assert [one.row for one in done] == [*range(40)]
    assert [one.row for one in done if one.problem] == [11]
