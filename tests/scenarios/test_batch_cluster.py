"""`batch run --cluster` as a clinic sees it: a cluster that is fit, one that is not, and none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import dask_cluster, needs
from tests.batch.clinic import clients
from tests.scenarios.stage import Stage

RUN = ("batch", "run", "s.csv", "--out", "out", "--format", "txt")


@pytest.fixture
def sheet(stage: Stage) -> Iterator[Path]:
    """A sheet at the stage; the refused leave nothing behind."""
    yield clients(stage.home / "s.csv", 12)
    assert not (stage.home / "out").exists() or (stage.home / "out" / "index.csv").is_file()


@pytest.mark.usefixtures("sheet")
@needs.program("openssl")
def test_a_sheet_is_made_by_a_cluster_with_certificates(stage: Stage, tmp_path: Path) -> None:
    tls = dask_cluster.certificates(tmp_path)
    shown = ("--tls-ca", str(tls.ca), "--tls-cert", str(tls.certificate), "--tls-key", str(tls.key))
    with dask_cluster.running(tmp_path / "cluster", tls=tls) as running:
        wrong = stage.refusal(*RUN, "--cluster", running.address, code=2)
        assert "asks for certificates" in wrong["message"]
        ended = stage.run("--lang", "en", *RUN, "--cluster", running.address, *shown)
    assert "Rows: 12. Made: 12. Failed: 0." in ended.out
    assert ended.err == ""
    assert len(list((stage.home / "out").glob("P*/*-1.txt"))) == 12


@pytest.mark.usefixtures("sheet")
def test_without_a_scheduler_nothing_is_begun(stage: Stage) -> None:
    wrong = stage.refusal(*RUN, "--cluster", "tcp://127.0.0.1:1", code=30)
    assert "cannot be reached" in wrong["message"]
    assert not (stage.home / "out").exists()
    assert stage.data("case", "list")["cases"] == []


@pytest.mark.usefixtures("sheet")
def test_a_cluster_without_workers_begins_nothing(stage: Stage, tmp_path: Path) -> None:
    with dask_cluster.running(tmp_path, workers=0) as running:
        wrong = stage.refusal(*RUN, "--cluster", running.address, code=30)
    assert "has no workers" in wrong["message"]
    assert not (stage.home / "out").exists()


@pytest.mark.usefixtures("sheet")
@pytest.mark.parametrize(
    "words",
    [
        ("--cluster", "tcp://127.0.0.1:1", "--workers", "2"),
        ("--cluster", "10.0.0.5"),
        ("--tls-ca", "ca.pem"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(stage: Stage, words: tuple[str, ...]) -> None:
    assert stage.refusal(*RUN, *words, code=2)["hint"]
    assert not (stage.home / "out").exists()
