"""Files kept byte for byte inside the vault, in pieces of 1 MiB, so that memory stays flat."""

import os
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from pirights.domain.attachment import Attachment
from pirights.errors import BadInput, VaultDamaged, message
from pirights.vault.database import Connection
from pirights.vault.media_type import SNIFFED, media_type

CHUNK: Final = 2**20
"""Octets of a piece."""

CAP: Final = 2**30
"""Octets of the largest file that is taken."""

_CAP_SAID: Final = "1 GiB"

_INSERT: Final = "INSERT INTO chunk (attachment, number, bytes) VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is known of a file once its bytes are in the vault."""

    name: str
    size: int
    sha256: str
    media_type: str


def take(connection: Connection, path: Path, *, attachment: int, folder: Path) -> Taken:
    """Copy a file's bytes into the vault under the number of an attachment to be.

    Raises:
        BadInput: The file cannot be taken, with the reason.
    """
    name = shown_name(path)
    with _opened(path, name) as file:
        _refuse_without_room(os.fstat(file.fileno()).st_size, name, folder)
        return _kept(connection, name, _pieces(file, name), attachment=attachment)


def take_octets(
    connection: Connection, name: str, data: bytes, *, attachment: int, folder: Path
) -> Taken:
    """Put octets that lie in memory into the vault, as `take` does with a file.

    Raises:
        BadInput: There are none, or the disk has no room for them.
    """
    _refuse_without_room(len(data), name, folder)
    pieces = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    return _kept(connection, name, pieces, attachment=attachment)


def _kept(connection: Connection, name: str, pieces: Iterator[bytes], *, attachment: int) -> Taken:
    digest, size, first = sha256(), 0, b""
    for number, piece in enumerate(pieces):
        size += len(piece)
        if size > CAP:
            raise _too_large(name)
        first = first or piece[:SNIFFED]
        digest.update(piece)
        connection.execute(_INSERT, (attachment, number, piece))
    if size == 0:
        raise _empty(name)
    return Taken(
        name=name, size=size, sha256=digest.hexdigest(), media_type=media_type(first, name)
    )


def put(connection: Connection, attachment: int, pieces: Iterator[bytes]) -> None:
    """Put pieces of octets into the vault as they are, under the number of an attachment."""
    for number, piece in enumerate(pieces):
        connection.execute(_INSERT, (attachment, number, piece))


def give(connection: Connection, attachment: Attachment) -> Iterator[bytes]:
    """Give the bytes back, piece by piece, and at the end make sure that they were the same.

    Raises:
        VaultDamaged: They are not the bytes that were taken in.
    """
    digest, size, number = sha256(), 0, 0
    while size < attachment.size:
        row = connection.execute(
            "SELECT bytes FROM chunk WHERE attachment = ? AND number = ?", (attachment.id, number)
        ).fetchone()
        if row is None:
            break
        digest.update(row[0])
        size += len(row[0])
        number += 1
        yield row[0]
    if size != attachment.size or digest.hexdigest() != attachment.sha256:
        raise VaultDamaged(
            message(
                "The file {name} of {owner} is no longer what was taken in.",
                name=attachment.name,
                owner=attachment.owner,
            ),
            hint=message("Bring the vault back from a backup."),
        )


def shown_name(path: Path) -> str:
    r"""The file's own name, from which its octets can be had again.

    An octet that is no UTF-8 is written as `\xff`, a backslash of the name's own as two.
    """
    doubled = os.fsencode(path.name).replace(b"\\", b"\\\\")
    return doubled.decode("utf-8", "backslashreplace")


def octets_of_name(shown: str) -> bytes:
    """The octets of a file's own name, of which `shown_name` made this."""
    return re.sub(
        rb"\\(?:\\|x([0-9a-f]{2}))",
        lambda found: bytes.fromhex(found[1].decode()) if found[1] else b"\\",
        shown.encode(errors="surrogatepass"),
    )


def _opened(path: Path, name: str) -> BinaryIO:
    try:
        _refuse_by_kind(path.stat(), name)
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        opened = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
        try:
            _refuse_by_kind(os.fstat(opened), name)
        except BaseException:
            os.close(opened)
            raise
        return os.fdopen(opened, "rb", buffering=0)
    except FileNotFoundError as missing:
        raise BadInput(
            message("There is no file {name}.", name=str(path)),
            hint=message("Check the name and the folder."),
        ) from missing
    except (OSError, ValueError) as refused:
        raise _unreadable(name, refused) from refused


def _refuse_by_kind(found: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise BadInput(
            message("{name} is a folder, not a file.", name=name),
            hint=message("Name the files in it, one by one."),
        )
    if not stat.S_ISREG(found.st_mode):
        raise BadInput(
            message("{name} is not a regular file but a device, a pipe or a socket.", name=name),
            hint=message("Save it as a file first."),
        )
    if found.st_size > CAP:
        raise _too_large(name)
    if found.st_size == 0:
        raise _empty(name)


def _refuse_without_room(size: int, name: str, folder: Path) -> None:
    """While its transaction is open, a file lies on the disk twice."""
    if shutil.disk_usage(folder).free < 2 * size:
        raise BadInput(
            message(
                "There is not room for {name} on the vault's disk: {needed} octets are needed.",
                name=name,
                needed=2 * size,
            ),
            hint=message("Make room: twice the file's size is needed while it is taken in."),
        )


def _pieces(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Read whole pieces: a short read is no end of file."""
    gathered = bytearray()
    while True:
        try:
            read = file.read(CHUNK - len(gathered))
        except OSError as refused:
            raise _unreadable(name, refused) from refused
        gathered += read or b""
        if len(gathered) == CHUNK or (gathered and not read):
            yield bytes(gathered)
            gathered.clear()
        if not read:
            return


def _too_large(name: str) -> BadInput:
    return BadInput(
        message("{name} is larger than {cap}.", name=name, cap=_CAP_SAID),
        hint=message("Take in a shorter recording, or a copy of the part that shows it."),
    )


def _empty(name: str) -> BadInput:
    return BadInput(
        message("{name} is empty.", name=name),
        hint=message("Check whether it was copied or downloaded whole."),
    )


def _unreadable(name: str, refused: Exception) -> BadInput:
    return BadInput(
        message(
            "{name} cannot be read: {reason}.",
            name=name,
            reason=getattr(refused, "strerror", None) or str(refused),
        ),
        hint=message("Check that you may read it."),
    )
