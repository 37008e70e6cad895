"""The pages of an encrypted file, decrypted one by one: what they really hold, free ones too."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from pirights.vault import store
from pirights.vault.database import PAGE

_SALT, _RESERVE, _IV = 16, 80, 16
"""Octets: SQLCipher 4 keeps its salt at the head of the file, and an IV and a code in each page."""

_LOG_HEAD, _FRAME_HEAD = 32, 24
"""Octets of SQLite's write-ahead log before the first page, and before each."""


def plain(vault: store.Vault) -> bytes:
    """Everything that the files of a vault hold, whether SQLite still knows of it or not."""
    folder, key = vault.folder, vault._master_key
    data = (folder / "vault.db").read_bytes()
    found = [_opened(data[at : at + PAGE], key, first=at == 0) for at in range(0, len(data), PAGE)]
    log = folder / "vault.db-wal"
    waiting = log.read_bytes() if log.exists() else b""
    step = PAGE + _FRAME_HEAD
    for at in range(_LOG_HEAD, len(waiting) - step + 1, step):
        number = int.from_bytes(waiting[at : at + 4], "big")
        page = waiting[at + _FRAME_HEAD : at + step]
        found.append(_opened(page, key, first=number == 1))
    return b"".join(found)


def _opened(page: bytes, key: bytes, *, first: bool) -> bytes:
    start, end = _SALT if first else 0, PAGE - _RESERVE
    cipher = Cipher(algorithms.AES(key), modes.CBC(page[end : end + _IV])).decryptor()
    return cipher.update(page[start:end]) + cipher.finalize()


def read(path: Path) -> bytes:
    """Every octet of a folder's files, as they lie on the disk."""
    return b"".join(one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file())
