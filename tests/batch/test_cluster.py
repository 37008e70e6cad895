"""The same work on a Dask cluster of real processes on loopback, whole and broken."""

import operator
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pirights.batch import cluster as cluster_module
from pirights.batch import scheduler
from pirights.batch.cluster import cluster
from pirights.batch.executors import Workers, local
from pirights.batch.scheduler import Tls
from pirights.domain.document import Letters
from pirights.domain.request import Right
from pirights.errors import BadInput, Message, NetworkRefused, PirightsError, WrongUsage
from pirights.render import pdf
from tests import dask_cluster, needs
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


def silent(said: Message) -> None:
    pytest.fail(str(said))


def refused(address: str, tls: Tls | None = None) -> PirightsError:
    """How the door stays shut."""
    with pytest.raises(PirightsError) as told, cluster(address, tell=silent, tls=tls):
        pass
    return told.value


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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "PATIENCE", 2.0)
    monkeypatch.setattr(cluster_module, "GLANCE", 0.5)
    told: list[str] = []
    with (
        dask_cluster.running(tmp_path, workers=1) as running,
        pytest.raises(NetworkRefused, match="every worker") as wrong,
        cluster(running.address, tell=lambda said: told.append(str(said))) as workers,
    ):
        killed_over_a_job(running.workers[0], workers)
    assert len(told) == 1
    assert "no worker left" in told[0]
    assert "--resume" in str(wrong.value.hint)


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


def test_no_scheduler_is_said_at_once() -> None:
    began = time.monotonic()
    wrong = refused("tcp://127.0.0.1:1")
    assert isinstance(wrong, NetworkRefused)
    assert "tcp://127.0.0.1:1 cannot be reached: Connection refused" in str(wrong)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("greeting", [b"", b"220 mail.example ESMTP\r\n", b"\x05"])
def test_something_else_at_the_address_is_no_scheduler(
    monkeypatch: pytest.MonkeyPatch, greeting: bytes
) -> None:
    monkeypatch.setattr(scheduler, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: server.accept()[0].sendall(greeting), daemon=True).start()
        wrong = refused(f"tcp://127.0.0.1:{server.getsockname()[1]}")
    assert isinstance(wrong, NetworkRefused)
    assert "does not let us in" in str(wrong)


@pytest.mark.parametrize(
    "address",
    [
        *("", "127.0.0.1:8786", "tcp://", "tcp://host", "tcp://host:99999", "tcp://[::1"),
        *("ucx://h:1", "http://host:8786", "tcp://host:1/path", "tcp://user@host:1", "/etc/passwd"),
    ],
)
def test_what_is_no_address_is_wrong_usage(address: str) -> None:
    assert isinstance(refused(address), WrongUsage)


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    wrong = refused("tcp://127.0.0.1:8786")
    assert isinstance(wrong, WrongUsage)
    assert 'pip install "pirights[cluster]"' in str(wrong.hint)


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


@needs.program("openssl")
def test_tls_lets_in_who_has_the_certificate_and_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "SECONDS", 2.0)
    tls = dask_cluster.certificates(tmp_path)
    other = dask_cluster.certificates(tmp_path, "other")
    with dask_cluster.running(tmp_path, workers=1, tls=tls) as running:
        assert running.address.startswith("tls://")
        with cluster(running.address, tell=silent, tls=tls) as workers:
            assert workers.submit(letter, 1).result() == letter(1)
        half = Tls(ca=other.ca, certificate=tls.certificate, key=tls.key)
        for stranger in (other, half):
            wrong = refused(running.address, stranger)
            assert isinstance(wrong, NetworkRefused)
            assert "CERTIFICATE_VERIFY_FAILED" in str(wrong)
        assert isinstance(refused(running.address), WrongUsage)
        assert isinstance(refused(running.address.replace("tls", "tcp")), NetworkRefused)
        assert isinstance(refused(running.address.replace("tls", "tcp"), tls), WrongUsage)


@needs.program("openssl")
def test_dask_s_own_settings_name_the_certificates_too(tmp_path: Path) -> None:
    import dask.config

    tls = dask_cluster.certificates(tmp_path)
    settings = {
        "distributed.comm.tls.ca-file": str(tls.ca),
        "distributed.comm.tls.client.cert": str(tls.certificate),
        "distributed.comm.tls.client.key": str(tls.key),
    }
    with (
        dask_cluster.running(tmp_path, workers=1, tls=tls) as running,
        dask.config.set(settings),
        cluster(running.address, tell=silent) as workers,
    ):
        assert workers.submit(pow, 2, 3).result() == 8


@needs.program("openssl")
def test_a_certificate_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    tls = dask_cluster.certificates(tmp_path)
    nowhere = refused("tls://127.0.0.1:1", replace(tls, key=tmp_path / "nowhere.key"))
    swapped = refused("tls://127.0.0.1:1", replace(tls, certificate=tls.key))
    assert isinstance(nowhere, BadInput)
    assert "nowhere.key" in str(nowhere)
    assert isinstance(swapped, BadInput)
    assert "--tls-cert" in str(swapped.hint)


@pytest.mark.parametrize(
    ("address", "exposed"),
    [
        ("tcp://127.0.0.1:8786", False),
        ("tcp://[::1]:8786", False),
        ("tcp://localhost:8786", False),
        ("tls://10.0.0.5:8786", False),
        ("tcp://10.0.0.5:8786", True),
        ("tcp://clinic.example:8786", True),
    ],
)
def test_unencrypted_is_what_leaves_this_machine_over_tcp(address: str, exposed: bool) -> None:
    assert scheduler.is_exposed(address) is exposed


def test_rows_that_travel_unencrypted_are_told_before_any_does(
    two: dask_cluster.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "is_exposed", lambda _: True)
    told: list[str] = []
    with cluster(two.address, tell=lambda said: told.append(str(said))):
        assert len(told) == 1
    assert two.address in told[0]
    assert "unencrypted" in told[0]


@pytest.mark.parametrize("program", ["scheduler", "worker"])
def test_every_option_that_the_guide_names_is_one_of_dask_s(program: str) -> None:
    guide = (dask_cluster.ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    (words,) = re.findall(rf"^    dask {program} ((?:.*\\\n)*.*)$", guide, re.MULTILINE)
    told = subprocess.run(
        [sys.executable, "-m", "dask", program, "--help"], capture_output=True, check=True
    ).stdout.decode()
    named = set(re.findall(r"--[a-z-]+", words))
    assert "--tls-ca-file" in named
    assert named <= set(re.findall(r"--[a-z-]+", told))
