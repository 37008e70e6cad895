"""A fresh home with a fresh vault for every scenario, copied from one that was made once."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.scenarios import stage as stages
from tests.scenarios.stage import Stage


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A vault as `init` leaves it; to be copied, not used."""
    return stages.make(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def begun(made: Stage, tmp_path_factory: pytest.TempPathFactory) -> tuple[Stage, str]:
    """A vault with one handler, one scan with a picture, and a letter; to be copied, not used."""
    stage = stages.copy(made, tmp_path_factory.mktemp("begun"))
    ref = stage.opened_case("--date", "2026-11-20")
    stage.data("log", "attach", "E1", stage.file("gate.png"))
    return stage, ref


@pytest.fixture
def stage(made: Stage, tmp_path: Path) -> Stage:
    """An empty vault of the scenario's own."""
    return replace(stages.copy(made, tmp_path / "home"), inside=True)


@pytest.fixture
def case(begun: tuple[Stage, str], tmp_path: Path) -> tuple[Stage, str]:
    """A vault with a case, and the case's reference."""
    return replace(stages.copy(begun[0], tmp_path / "home"), inside=True), begun[1]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    ended = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", place],
        capture_output=True,
        check=False,
    )
    if ended.returncode != 0:
        if os.environ.get("CI"):
            pytest.fail("a small disk cannot be mounted")
        pytest.skip("needs to mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)
