"""The talk with a scheduler: who is at an address, by what certificates, and what is refused."""

import re
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pirights.batch import scheduler
from pirights.batch.cluster import cluster
from pirights.batch.scheduler import Tls
from pirights.errors import BadInput, NetworkRefused, WrongUsage
from tests import dask_cluster, needs
from tests.dask_cluster import refused, silent


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
            assert workers.submit(pow, 2, 3).result() == 8
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
