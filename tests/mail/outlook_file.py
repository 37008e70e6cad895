"""Writes mails as Outlook saves them, after MS-CFB and MS-OXMSG, as far as tests need it."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SECTOR: Final = 512
SMALL: Final = 64
CUTOFF: Final = 4096
NOTHING: Final = 0xFFFFFFFF
END: Final = 0xFFFFFFFE
TABLE: Final = 0xFFFFFFFD


@dataclass
class Entry:
    """A stream, or a folder of streams."""

    name: str
    data: bytes | None = None
    inner: list["Entry"] = field(default_factory=list)
    start: int = END
    number: int = 0
    first: int = NOTHING
    next: int = NOTHING


def compound(root: Entry) -> bytes:
    """Write a compound file of version 3."""
    entries: list[Entry] = []
    _number(root, entries)
    small, small_table = bytearray(), list[int]()
    sectors, table = bytearray(), list[int]()

    def keep(data: bytes) -> int:
        return _chain(sectors, table, data, SECTOR)

    for one in entries:
        if one.data:
            one.start = (
                _chain(small, small_table, one.data, SMALL)
                if len(one.data) < CUTOFF
                else keep(one.data)
            )
    root.start = keep(bytes(small)) if small else END
    small_at = keep(struct.pack(f"<{len(small_table)}I", *small_table)) if small_table else END
    small_sectors = -(-len(small_table) * 4 // SECTOR)
    directory = b"".join(_entry(one, len(small), is_root=one is root) for one in entries)
    directory += _free() * (-len(entries) % (SECTOR // 128))
    directory_at = keep(directory)
    count = 1
    while -(-(len(table) + count) // (SECTOR // 4)) > count:
        count += 1
    at = len(table)
    table += [TABLE] * count
    table += [NOTHING] * (-len(table) % (SECTOR // 4))
    sectors += struct.pack(f"<{len(table)}I", *table)
    difat = [*range(at, at + count), *[NOTHING] * (109 - count)]
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        bytes(16),
        *(0x3E, 3, 0xFFFE, 9, 6, bytes(6), 0, count, directory_at, 0, CUTOFF),
        *(small_at, small_sectors, END, 0),
    )
    return head + struct.pack("<109I", *difat) + bytes(sectors)


def mail(
    texts: Mapping[int, str | bytes],
    *,
    times: Mapping[int, int] | None = None,
    numbers: Mapping[int, int] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write a mail: texts as UTF-16, octets as they are, by the number of their property."""
    fixed = b"".join(
        struct.pack("<HHIq", 0x40, number, 6, ticks) for number, ticks in (times or {}).items()
    )
    fixed += b"".join(
        struct.pack("<HHIq", 3, number, 6, value) for number, value in (numbers or {}).items()
    )
    inner = [Entry("__properties_version1.0", bytes(32) + fixed), *_texts(texts)]
    inner.append(Entry("__nameid_version1.0", inner=[Entry("__substg1.0_00020102", b"")]))
    for place, (name, data) in enumerate((files or {}).items()):
        about = [Entry("__properties_version1.0", bytes(8)), *_texts({0x3707: name, 0x3701: data})]
        inner.append(Entry(f"__attach_version1.0_#{place:08X}", inner=about))
    return compound(Entry("Root Entry", inner=inner))


def ticks(seconds: int) -> int:
    """Count as Windows does: tenths of microseconds since 1601."""
    return (seconds + 11_644_473_600) * 10_000_000


def _texts(texts: Mapping[int, str | bytes]) -> list[Entry]:
    return [
        Entry(
            f"__substg1.0_{number:04X}{0x1F if isinstance(told, str) else 0x102:04X}", _octets(told)
        )
        for number, told in texts.items()
    ]


def _octets(told: str | bytes) -> bytes:
    return told.encode("utf-16-le") if isinstance(told, str) else told


def _number(one: Entry, entries: list[Entry]) -> None:
    one.number = len(entries)
    entries.append(one)
    one.inner.sort(key=lambda each: (len(each.name), each.name.upper()))
    for each in one.inner:
        _number(each, entries)
    for each, after in zip(one.inner, one.inner[1:], strict=False):
        each.next = after.number
    if one.inner:
        one.first = one.inner[0].number


def _chain(room: bytearray, table: list[int], data: bytes, size: int) -> int:
    start, count = len(table), max(1, -(-len(data) // size))
    table += [*range(start + 1, start + count), END]
    room += data + bytes(count * size - len(data))
    return start


def _entry(one: Entry, small: int, *, is_root: bool) -> bytes:
    name = one.name.encode("utf-16-le")
    kind = 5 if is_root else 1 if one.data is None else 2
    size = small if is_root else len(one.data or b"")
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ",
        name,
        len(name) + 2,
        *(kind, 1, NOTHING, one.next, one.first, bytes(16), 0, bytes(8), bytes(8)),
        one.start if one.data or is_root else 0,
        size,
    )


def _free() -> bytes:
    return bytes(68) + struct.pack("<III", NOTHING, NOTHING, NOTHING) + bytes(48)
