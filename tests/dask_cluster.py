"""A Dask cluster of our own on loopback: a scheduler and workers as processes, as in a clinic."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from pirights.batch.cluster import cluster
from pirights.batch.scheduler import Tls
from pirights.errors import Message, PirightsError

ROOT = Path(__file__).parents[1]
SECONDS = 60
"""In which each of them is up, on a busy machine."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is running.

    Attributes:
        address: Of the scheduler.
        scheduler: The process.
        workers: The processes.
        logs: What all of them wrote, a file each.
    """

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]
    logs: tuple[Path, ...]

    def said(self) -> str:
        """Everything that they wrote so far."""
        return "\n".join(path.read_text(errors="replace") for path in self.logs)


@contextmanager
def running(  # noqa: PLR0913 (what a cluster can be like)
    folder: Path,
    *,
    workers: int = 2,
    threads: int = 1,
    tls: Tls | None = None,
    extra: Mapping[str, str] | None = None,
    scheduler: Mapping[str, str] | None = None,
) -> Iterator[Cluster]:
    """Start a scheduler and its workers, and end them.

    Args:
        folder: Where their logs go.
        workers: How many.
        threads: Of each worker.
        tls: Certificates of all of them.
        extra: More of the workers' environment.
        scheduler: More of the scheduler's.
    """
    folder.mkdir(exist_ok=True)
    shown: list[str] = []
    if tls:
        shown = ["--tls-ca-file", str(tls.ca)]
        shown += ["--tls-cert", str(tls.certificate), "--tls-key", str(tls.key)]
    started: list[subprocess.Popen[bytes]] = []
    told = folder / "scheduler.json"
    logs = [folder / "scheduler.log", *(folder / f"worker{n}.log" for n in range(workers))]
    try:
        words = ["scheduler", "--port", "0", "--scheduler-file", str(told), *shown]
        if tls:
            words += ["--protocol", "tls"]
        started.append(_started(words, logs[0], scheduler or {}))
        address = _address(told)
        for log in logs[1:]:
            words = ["worker", address, "--nthreads", str(threads), "--no-nanny", *shown]
            words += ["--local-directory", str(folder)]
            started.append(_started(words, log, extra or {}))
        for log in logs[1:]:
            _until(partial(_holds, log, "Registered to"), log)
        yield Cluster(address, started[0], tuple(started[1:]), tuple(logs))
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def certificates(folder: Path, name: str = "clinic") -> Tls:
    """Make an authority and a certificate of it, with openssl, as docs/cluster.md says."""
    ca, ca_key = folder / f"{name}-ca.pem", folder / f"{name}-ca.key"
    cert, key = folder / f"{name}.pem", folder / f"{name}.key"
    asked = folder / f"{name}.csr"
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    authority = ["-x509", "-days", "2", "-subj", f"/CN={name} CA", "-keyout", str(ca_key)]
    signed = ["-CA", str(ca), "-CAkey", str(ca_key), "-CAcreateserial"]
    for words in (
        ["req", *new_key, *authority, "-out", str(ca)],
        ["req", *new_key, "-subj", f"/CN={name}", "-keyout", str(key), "-out", str(asked)],
        ["x509", "-req", "-in", str(asked), "-days", "2", "-out", str(cert), *signed],
    ):
        subprocess.run(["openssl", *words], check=True, capture_output=True)
    return Tls(ca=ca, certificate=cert, key=key)


def _started(words: Sequence[str], log: Path, extra: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"],
            cwd=ROOT,
            env={**os.environ, **extra},
            stdout=out,
            stderr=out,
        )


def _address(told: Path) -> str:
    _until(partial(_holds, told, "}\n"), told)
    return str(json.loads(told.read_text())["address"])


def _holds(log: Path, words: str) -> bool:
    return log.exists() and words in log.read_text(errors="replace")


def _until(reached: Callable[[], bool], what: Path) -> None:
    end = time.monotonic() + SECONDS
    while not reached():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


def silent(said: Message) -> None:
    """Hear what a cluster tells where it should tell nothing."""
    pytest.fail(str(said))


def refused(address: str, tls: Tls | None = None) -> PirightsError:
    """How the door stays shut."""
    with pytest.raises(PirightsError) as told, cluster(address, tell=silent, tls=tls):
        pass
    return told.value
