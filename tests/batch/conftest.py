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
    folder = tmp_path_factory.mktemp("clinic") / "vault"
    office.make(folder)
    return folder


@pytest.fixture
def desk(furnished: Path, tmp_path: Path) -> Iterator[Desk]:
    found = office.opened(Path(shutil.copytree(furnished, tmp_path / "vault")))
    with found.vault:
        yield found
