"""Where the data folders are found."""

from pathlib import Path

import pytest

from pirights import resources
from pirights.errors import FoldersMissing

ROOT = Path(__file__).parents[1]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend that pirights is installed elsewhere."""
    place = tmp_path / "site-packages" / "pirights"
    place.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", place)
    return place


def test_in_a_checkout_the_folders_lie_beside_the_package() -> None:
    assert resources.folder("templates") == ROOT / "templates"
    assert resources.folder("locales") == ROOT / "locales"


def test_in_a_wheel_the_folders_lie_inside_the_package(package: Path) -> None:
    (package / "templates").mkdir()
    assert resources.folder("templates") == package / "templates"


def test_the_wheels_own_folder_comes_before_a_stranger_beside_it(package: Path) -> None:
    (package / "templates").mkdir()
    (package.parent / "templates").mkdir()
    assert resources.folder("templates") == package / "templates"


def test_a_missing_folder_is_named_with_what_to_do(package: Path) -> None:
    assert not (package / "locales").exists()
    with pytest.raises(FoldersMissing, match="locales") as missing:
        resources.folder("locales")
    assert missing.value.hint is not None
