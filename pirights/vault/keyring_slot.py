"""The system's keyring, and only the real ones.

Merely installing a package can give `keyring` a backend that writes secrets into a plain
file, so the backend is used only if it is one of the system's own, named here. A keyring that
is missing, locked or broken is no error: the vault opens by passphrase.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "pirights"
MAIL_SERVICE: Final = "pirights mail"

_TRUSTED: Final = frozenset(
    {
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.libsecret.Keyring",
    }
)
_CHAINER: Final = "keyring.backends.chainer.ChainerBackend"


def keep(vault: str, secret: bytes) -> bool:
    """Keep a wrapping key for a vault; False if no trusted keyring took it."""
    for backend in _trusted():
        try:
            backend.set_password(SERVICE, vault, secret.hex())
            if backend.get_password(SERVICE, vault) == secret.hex():
                return True
        except Exception:  # noqa: BLE001, S112 (whatever is wrong with a keyring: it is not there)
            continue
    return False


def fetch(vault: str) -> list[bytes]:
    """Fetch the wrapping keys that trusted keyrings hold for a vault, usually one or none."""
    found = []
    for backend in _trusted():
        try:
            found.append(bytes.fromhex(backend.get_password(SERVICE, vault) or ""))
        except Exception:  # noqa: BLE001, S112 (whatever is wrong with a keyring: it is not there)
            continue
    return [secret for secret in found if secret]


def keep_password(account: str, password: str) -> bool:
    """Keep the password of a mail account; False if no trusted keyring took it."""
    for backend in _trusted():
        try:
            backend.set_password(MAIL_SERVICE, account, password)
            if backend.get_password(MAIL_SERVICE, account) == password:
                return True
        except Exception:  # noqa: BLE001, S112 (whatever is wrong with a keyring: it is not there)
            continue
    return False


def fetch_password(account: str) -> str | None:
    """Fetch the password of a mail account from the first trusted keyring that holds one."""
    for backend in _trusted():
        try:
            found = backend.get_password(MAIL_SERVICE, account)
        except Exception:  # noqa: BLE001, S112 (whatever is wrong with a keyring: it is not there)
            continue
        if found:
            return found
    return None


def _trusted() -> "Iterator[KeyringBackend]":
    try:
        import keyring

        chosen = keyring.get_keyring()
        members = [chosen] if _name(chosen) != _CHAINER else list(getattr(chosen, "backends", ()))
    except Exception:  # noqa: BLE001 (whatever is wrong with a keyring: it is not there)
        return
    yield from (member for member in members if _name(member) in _TRUSTED)


def _name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"
