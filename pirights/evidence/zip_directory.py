"""The directory of a zip file, read strictly (PKWARE APPNOTE 6.3), because it may lie.

Python's own `zipfile` is forgiving on purpose; a check must see what other programs would see
differently: two names for one file, hidden bytes, entries that share bytes.
"""

import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from pirights.errors import Message, message
from pirights.evidence.readers import MOST_FILES

_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64: Final = struct.Struct("<4sLQL")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")

_IN_EXTRA: Final = 0xFFFFFFFF
_LARGEST_DIRECTORY: Final = 64 * 1024 * 1024
_LONGEST_END: Final = _END.size + 0xFFFF

ENCRYPTED: Final = 0x0001 | 0x0040 | 0x2000
_SIZES_FOLLOW: Final = 0x0008
_UTF8: Final = 0x0800
_SIZES: Final = 0x0001
"""The further field that tells sizes beyond 32 bits."""

_SIZES_LENGTHS: Final = frozenset({8, 16, 24})
_OTHER_NAMES: Final = frozenset({0x7075, 0x6375})
"""Further fields with another name or comment in Unicode, which some programs prefer."""

_USUAL: Final[Mapping[int, frozenset[int]]] = {
    0x000A: frozenset({32}),
    0x5455: frozenset({5, 9, 13}),
    0x7875: frozenset({11}),
}
"""Further fields with times and owners that ordinary programs add, and their lengths in octets."""

_LENGTHS: Final = {_SIZES: _SIZES_LENGTHS, **_USUAL}

_DESCRIPTOR: Final = 24
"""Octets that may follow a file's data where its sizes were not known in advance, at most."""


class DamagedZip(Exception):
    """The directory makes no sense; nothing in the file can be found.

    Attributes:
        meaning: Why.
    """

    def __init__(self, meaning: Message) -> None:
        super().__init__(str(meaning))
        self.meaning = meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipEntry:
    """A file or folder in a zip, as the directory at its end tells, checked against its own header.

    Attributes:
        name: As decoded; may be anything.
        host: The number of the system that made the entry: 0 for DOS and Windows, 3 for Unix.
        needed: The version of the format that a reader must know, times ten.
        mode: The Unix mode. Programs that unpack look at it whatever the host, and so does a check.
        offset: Where its own header begins.
        start: Where its packed data begins.
        packed: Octets of packed data.
        size: Octets when unpacked, as declared.
        agrees: Whether its own header tells the same name, method, sizes and sum.
        renamed: Whether a further field tells another name, which some programs prefer.
        loaded: Whether it carries a comment, or further fields that ordinary programs do not add.
    """

    name: str
    flags: int
    method: int
    host: int
    needed: int
    mode: int
    crc: int
    packed: int
    size: int
    offset: int
    start: int
    agrees: bool
    renamed: bool
    loaded: bool

    @property
    def end(self) -> int:
        """Where its packed data ends."""
        return self.start + self.packed

    @property
    def slack(self) -> int:
        """Octets that may follow its data and still belong to it."""
        return _DESCRIPTOR if self.flags & _SIZES_FOLLOW else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """All entries of a zip, and where the bytes lie that belong to none.

    Attributes:
        entries: In the order of the directory.
        start: Where the directory begins.
        before: Octets before the zip begins.
        after: Octets after the zip ends.
        loaded: Whether it carries a comment, or bytes between the records at its end.
    """

    entries: tuple[ZipEntry, ...]
    start: int
    before: int
    after: int
    loaded: bool


def read_directory(file: BinaryIO) -> Directory:
    """Read the directory at the end of a zip file.

    Raises:
        DamagedZip: It is cut off, larger than any bundle needs, or makes no sense.
    """
    try:
        return _read(file)
    except struct.error as problem:
        raise DamagedZip(
            message("The zip file is damaged: its directory makes no sense.")
        ) from problem


def _read(file: BinaryIO) -> Directory:
    length = file.seek(0, os.SEEK_END)
    tail_start = max(0, length - _LONGEST_END - 1024 * 1024)
    file.seek(tail_start)
    tail = file.read(length - tail_start)
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END.size:
        raise DamagedZip(message("The zip file is cut off: the directory at its end is missing."))
    end_at = tail_start + found
    _, _, _, _, count, size, start, comment = _END.unpack_from(tail, found)
    directory_end, gap = end_at, 0
    if count == 0xFFFF or _IN_EXTRA in {size, start}:  # noqa: PLR2004
        directory_end, count, size, start = _end_64(file, end_at)
        gap = end_at - _LOCATOR_64.size - (directory_end + _END_64.size)
    if count > MOST_FILES or size > _LARGEST_DIRECTORY:
        raise DamagedZip(message("There are more than {most} files: not checked.", most=MOST_FILES))
    before = directory_end - size - start
    if before < 0:
        raise DamagedZip(message("The zip file is damaged: its directory makes no sense."))
    file.seek(start + before)
    packed_directory = file.read(size)
    entries = tuple(_entries(file, packed_directory, count, before))
    after = length - end_at - _END.size - comment
    if after < 0:
        raise DamagedZip(message("The zip file is cut off: the directory at its end is missing."))
    return Directory(
        entries=entries,
        start=start + before,
        before=before,
        after=after,
        loaded=bool(comment or gap),
    )


def _end_64(file: BinaryIO, end_at: int) -> tuple[int, int, int, int]:
    file.seek(max(0, end_at - _LOCATOR_64.size))
    mark, _, at, _ = _LOCATOR_64.unpack(file.read(_LOCATOR_64.size))
    if mark != b"PK\x06\x07" or at > end_at:
        raise DamagedZip(message("The zip file is damaged: its directory makes no sense."))
    file.seek(at)
    mark, _, _, _, _, _, _, count, size, start = _END_64.unpack(file.read(_END_64.size))
    if mark != b"PK\x06\x06":
        raise DamagedZip(message("The zip file is damaged: its directory makes no sense."))
    return at, count, size, start


def _entries(file: BinaryIO, directory: bytes, count: int, before: int) -> Iterator[ZipEntry]:
    at = 0
    for _ in range(count):
        fields = _CENTRAL.unpack_from(directory, at)
        mark, made_by, needed, flags, method, _, _, crc, packed, size, *rest, outside, offset = (
            fields
        )
        name_length, extra_length, comment_length = rest[:3]
        if mark != b"PK\x01\x02":
            raise DamagedZip(message("The zip file is damaged: its directory makes no sense."))
        at += _CENTRAL.size
        raw_name = directory[at : at + name_length]
        extra = directory[at + name_length : at + name_length + extra_length]
        at += name_length + extra_length + comment_length
        size, packed, offset = _sizes_64(extra, size, packed, offset)
        start, agrees, own_extra = _own_header(
            file, offset + before, (raw_name, flags & ENCRYPTED, method, crc, packed, size)
        )
        yield ZipEntry(
            name=_decoded(raw_name, flags),
            flags=flags,
            method=method,
            host=made_by >> 8,
            needed=needed & 0xFF,
            mode=outside >> 16,
            crc=crc,
            packed=packed,
            size=size,
            offset=offset + before,
            start=start,
            agrees=agrees,
            renamed=bool(_OTHER_NAMES & {*_kinds(extra), *_kinds(own_extra)}),
            loaded=bool(comment_length) or _is_odd(extra) or _is_odd(own_extra),
        )
    if at != len(directory):
        raise DamagedZip(message("The zip file is damaged: its directory makes no sense."))


def _is_odd(extra: bytes) -> bool:
    """Say whether there are further fields that ordinary programs do not add, or one twice."""
    kinds = _kinds(extra)
    return len(set(kinds)) < len(kinds) or not _LENGTHS.keys() >= set(kinds)


def _kinds(extra: bytes) -> list[int]:
    """Give the kinds of the further fields; -1 for what is none or longer than it must be."""
    kinds: list[int] = []
    at = 0
    while at < len(extra):
        if at + 4 > len(extra):
            return [*kinds, -1]
        kind, length = struct.unpack_from("<2H", extra, at)
        at += 4 + length
        fits = at <= len(extra) and length in _LENGTHS.get(kind, {length})
        kinds.append(kind if fits else -1)
    return kinds


def _sizes_64(extra: bytes, *sizes: int) -> tuple[int, int, int]:
    """Take from the Zip64 field what does not fit 32 bits: size, packed size, offset in turn."""
    at = 0
    values: tuple[int, ...] = ()
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == _SIZES:
            data = extra[at + 4 : at + 4 + length]
            values = struct.unpack(f"<{len(data) // 8}Q", data[: len(data) // 8 * 8])
        at += 4 + length
    left = iter(values)
    size, packed, offset = (next(left, value) if value == _IN_EXTRA else value for value in sizes)
    return size, packed, offset


def _own_header(
    file: BinaryIO, offset: int, told: tuple[bytes, int, int, int, int, int]
) -> tuple[int, bool, bytes]:
    """Read an entry's own header: where the data begins, whether it agrees, its further fields."""
    file.seek(offset)
    mark, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(
        file.read(_LOCAL.size)
    )
    if mark != b"PK\x03\x04":
        raise DamagedZip(message("The zip file is damaged: its directory makes no sense."))
    name = file.read(name_length)
    extra = file.read(extra_length)
    size, packed, _ = _sizes_64(extra, size, packed, 0)
    own = (name, flags & ENCRYPTED, method, crc, packed, size)
    known = 3 if flags & _SIZES_FOLLOW else len(own)
    return offset + _LOCAL.size + name_length + extra_length, own[:known] == told[:known], extra


def _decoded(name: bytes, flags: int) -> str:
    if flags & _UTF8:
        return name.decode(errors="surrogateescape")
    try:
        return name.decode()  # many programs write UTF-8 and forget to say so
    except UnicodeDecodeError:
        return name.decode("cp437")
