"""What the surroundings say: where the vault lies, which language, which zone.

The only room that reads settings and asks the platform for its paths.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pirights.domain.mail_account import LONGEST_WAIT, MailAccount, Security, Server, is_loopback
from pirights.errors import BadInput, WrongUsage, message

_STAMP_WORDS: Final = {"tsa", "tsa_roots"}

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamps:
    """Whom to ask for a time where nothing else is said.

    Attributes:
        url: The authority's address; empty for none.
        roots: Files of root certificates that the user trusts.
    """

    url: str = ""
    roots: tuple[Path, ...] = ()


def stamp_file() -> Path:
    """Say where the settings of time stamps lie: `stamp.toml` of the settings folder."""
    from platformdirs import user_config_path

    return user_config_path("pirights", appauthor=False) / "stamp.toml"


def time_stamps() -> TimeStamps:
    """Read the settings of time stamps: `tsa`, an address, and `tsa_roots`, a list of files.

    A file's name is taken from the settings folder where it is not absolute.

    Raises:
        BadInput: The file cannot be read, or says anything else.
    """
    import tomllib

    path = stamp_file()
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return TimeStamps()
    except (OSError, ValueError) as wrong:
        raise _bad_stamp_file(path) from wrong
    url, roots = written.get("tsa", ""), written.get("tsa_roots", [])
    sound = isinstance(url, str) and isinstance(roots, list) and set(written) <= _STAMP_WORDS
    if not sound or not all(isinstance(root, str) for root in roots):
        raise _bad_stamp_file(path)
    return TimeStamps(url=url, roots=tuple(path.parent / Path(root).expanduser() for root in roots))


def _bad_stamp_file(path: Path) -> BadInput:
    return BadInput(
        message("The settings of time stamps in {file} cannot be read.", file=str(path)),
        hint=message(
            'They are two lines: tsa = "https://…" and tsa_roots = ["root.pem"]. Correct or '
            "remove the file."
        ),
    )


def mail_file() -> Path:
    """Say where the settings of the user's mail account lie: `mail.toml` of the settings folder."""
    from platformdirs import user_config_path

    return user_config_path("pirights", appauthor=False) / "mail.toml"


def mail_account() -> MailAccount:
    """Read the settings of the user's mail account; an account without servers if there are none.

    Raises:
        BadInput: The file cannot be read, or is not what `mail set` writes.
    """
    import tomllib

    path = mail_file()
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return MailAccount()
    except (OSError, ValueError) as wrong:
        raise _bad_mail_file(path) from wrong
    user, timeout = written.get("user", ""), written.get("timeout", MailAccount().timeout)
    known = {"user", "timeout", "smtp", "imap"}
    if not isinstance(user, str) or type(timeout) is not int or set(written) - known:
        raise _bad_mail_file(path)
    smtp, imap = (_server(path, written.get(name, {})) for name in ("smtp", "imap"))
    account = MailAccount(user=user, smtp=smtp, imap=imap, timeout=timeout)
    if not 1 <= timeout <= LONGEST_WAIT:
        raise _bad_mail_file(path)
    return account


def mail_toml(account: MailAccount) -> str:
    """Write the settings of a mail account as the file holds them."""
    lines = [f"user = {_toml_text(account.user)}", f"timeout = {account.timeout}"]
    for name, server in (("smtp", account.smtp), ("imap", account.imap)):
        if server.host:
            lines += ["", f"[{name}]", f"host = {_toml_text(server.host)}"]
            lines += [f"port = {server.port}", f'security = "{server.security.value}"']
    return "\n".join(lines) + "\n"


def _server(path: Path, table: object) -> Server:
    if table == {}:
        return Server()
    if not isinstance(table, dict) or set(table) != {"host", "port", "security"}:
        raise _bad_mail_file(path)
    host, port, security = table["host"], table["port"], table["security"]
    sound = isinstance(host, str) and type(port) is int and security in set(Security)
    if not sound or not host or not 1 <= port < 2**16:
        raise _bad_mail_file(path)
    if security == Security.NONE and not is_loopback(host):
        raise _bad_mail_file(path)
    return Server(host=host, port=port, security=Security(security))


def _toml_text(text: str) -> str:
    """Quote a text that holds no control character."""
    import json

    return json.dumps(text, ensure_ascii=False)


def _bad_mail_file(path: Path) -> BadInput:
    return BadInput(
        message("The mail settings in {file} cannot be read.", file=str(path)),
        hint=message("Write them anew with `pirights mail set`, or remove the file."),
    )


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
