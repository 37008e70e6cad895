"""Where the vault lies and which folders are copied elsewhere."""

from pathlib import Path

import pytest

from pirights import settings
from pirights.errors import WrongUsage


def test_the_vault_is_where_the_option_says_before_the_environment() -> None:
    assert settings.vault_folder("/a", {"PIRIGHTS_VAULT": "/b"}) == Path("/a")
    assert settings.vault_folder(None, {"PIRIGHTS_VAULT": "/b"}) == Path("/b")


def test_the_vault_is_else_in_the_users_data_folder() -> None:
    place = settings.vault_folder(None, {})
    assert place.is_absolute()
    assert place.name == "pirights"


def test_an_empty_option_is_not_the_present_folder() -> None:
    with pytest.raises(WrongUsage):
        settings.vault_folder(" ", {})


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/wang/Dropbox/vault", "Dropbox"),
        ("/home/wang/OneDrive - Legal Clinic/vault", "OneDrive"),
        ("/home/wang/Dropbox (Personal)/vault", "Dropbox"),
        ("/Users/wang/Library/Mobile Documents/com~apple~CloudDocs/v", "iCloud"),
        ("/home/王/我的坚果云/加密库", "坚果云"),
        ("/home/王/百度网盘同步空间/v", "百度网盘"),
        ("/home/wang/.local/share/pirights", None),
        ("/home/wang/Dropboxes/vault", None),
    ],
)
def test_a_synchronised_folder_is_recognised_by_name(folder: str, service: str | None) -> None:
    assert settings.syncing_service(Path(folder)) == service


def test_a_synchronised_folder_is_recognised_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert settings.syncing_service(tmp_path / "deep" / "vault") == "Syncthing"
