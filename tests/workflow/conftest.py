"""A fresh vault with its owner for each test, copied from one that was made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pirights.workflow.desk import Desk
from tests.workflow import office


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault that holds only P1; to be copied, not used."""
    folder = tmp_path_factory.mktemp("office") / "vault"
    office.make(folder)
    return folder


@pytest.fixture
def desk(furnished: Path, tmp_path: Path) -> Iterator[Desk]:
    folder = Path(shutil.copytree(furnished, tmp_path / "vault"))
    found = office.opened(folder)
    with found.vault:
        yield found


@pytest.fixture
def other_desk(furnished: Path, tmp_path: Path) -> Iterator[Desk]:
    """A second vault, with the same owner and nothing else."""
    folder = Path(shutil.copytree(furnished, tmp_path / "other-vault"))
    found = office.opened(folder)
    with found.vault:
        yield found
