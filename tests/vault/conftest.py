"""A fresh empty vault for each test, copied from one that was made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pirights.vault import store
from tests.vault import sample


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("made") / "vault"
    return folder, sample.create(folder)


@pytest.fixture
def folder(empty_vault: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty_vault[0], tmp_path / "vault"))


@pytest.fixture
def code(empty_vault: tuple[Path, str]) -> str:
    return empty_vault[1]


@pytest.fixture
def vault(folder: Path) -> Iterator[store.Vault]:
    with sample.opened(folder) as found:
        yield found


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "照片.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + b"seen at the gate " * 200_000)
    return path
