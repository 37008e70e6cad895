"""What the surroundings say: where the vault lies, which language, which zone.

The only room that reads settings and asks the platform for its paths.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pirights.errors import WrongUsage, message

DEFAULT_ZONE: Final = "Asia/Shanghai"
"""The IANA zone of a new vault; never the machine's own by accident."""

_LANGUAGE_VARIABLES: Final = ("PIRIGHTS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""Read in this order; the first that is set decides, as gettext does it."""

_SYNCED_FOLDERS: Final = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "nutstore": "坚果云",
    "nutstore files": "坚果云",
    "我的坚果云": "坚果云",
    "坚果云": "坚果云",
    "baidunetdisk": "百度网盘",
    "baidusyncdisk": "百度网盘",
    "百度网盘": "百度网盘",
    "百度网盘同步空间": "百度网盘",
    "weiyun": "微云",
    "wps云盘": "WPS 云盘",
    "aliyundrive": "阿里云盘",
    "阿里云盘": "阿里云盘",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
    "mega": "MEGA",
    "megasync": "MEGA",
    "pcloud": "pCloud",
    "box": "Box",
}
"""Folder names, in lower case, that a synchronising program makes, and the program's name."""

_SYNC_MARKS: Final = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".owncloudsync.log": "ownCloud",
}
"""Files and folders that a synchronising program leaves at the top of what it copies."""


def vault_folder(given: str | None, environment: Mapping[str, str]) -> Path:
    """Find the vault's folder: as given, else `PIRIGHTS_VAULT`, else the platform's data folder.

    Raises:
        WrongUsage: `--vault` was given without a path.
    """
    if given is not None and not given.strip():
        raise WrongUsage(message("The option {option} needs a folder.", option="--vault"))
    chosen = given or environment.get("PIRIGHTS_VAULT", "")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("pirights", appauthor=False)


def own_templates(environment: Mapping[str, str]) -> Path:
    """Find where the user's own templates lie: `PIRIGHTS_TEMPLATES`, else the settings folder.

    Letters lie below it as `letters/<kind>/<language>.md`, as they do in what pirights ships.
    """
    chosen = environment.get("PIRIGHTS_TEMPLATES", "")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_config_path

    return user_config_path("pirights", appauthor=False) / "templates"


def language_wish(environment: Mapping[str, str]) -> str:
    """Return the surroundings' language as they write it, such as `zh_CN.UTF-8`; "" for none."""
    for name in _LANGUAGE_VARIABLES:
        if environment.get(name):
            return environment[name]
    import locale

    # Windows sets none of these; Python takes its language from the system at start-up.
    return locale.getlocale()[0] or ""


def syncing_service(folder: Path) -> str | None:
    """Name the service that would copy this folder to other machines, where one is seen.

    A guess from the names of the folders above and from the marks such programs leave there.
    """
    place = folder.absolute()
    for level in (place, *place.parents):
        name = level.name.casefold()
        # OneDrive and Dropbox put an account behind their name: "OneDrive - Contoso".
        for candidate in (name, name.split(" - ", 1)[0], name.split(" (", 1)[0]):
            if candidate in _SYNCED_FOLDERS:
                return _SYNCED_FOLDERS[candidate]
        for mark, service in _SYNC_MARKS.items():
            if (level / mark).exists():
                return service
    return None
