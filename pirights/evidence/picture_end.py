"""Whether a picture's file goes on to its end mark, without unpacking the picture."""

import io
from typing import BinaryIO, Final

_MOST_SEGMENTS: Final = 10_000
"""Parts of a JPEG before its picture that are stepped over."""

_PICTURE_BEGINS: Final = 0xDA


def is_missing(file: BinaryIO, kind: str) -> bool:
    """Say whether the file's end mark is missing; phones put data of their own after it."""
    if kind == "image/jpeg":
        return not _has_end_of_jpeg(file)
    size = file.seek(0, io.SEEK_END)
    if kind == "image/png":
        file.seek(max(0, size - 64 * 1024))
        return b"IEND" not in file.read()
    if kind == "image/webp":
        file.seek(4)
        return int.from_bytes(file.read(4), "little") + 8 > size
    return False


def _has_end_of_jpeg(file: BinaryIO) -> bool:
    """Find the end mark after the picture's data begins: a small picture inside has its own."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        file.seek(at)
        mark = file.read(4)
        if len(mark) < len("FFxx") or mark[0] != 0xFF:  # noqa: PLR2004
            return False
        at += 1 if mark[1] == 0xFF else 2 + int.from_bytes(mark[2:], "big")  # noqa: PLR2004
        if mark[1] == _PICTURE_BEGINS:
            break
    file.seek(at)
    last = b""
    while piece := file.read(1024 * 1024):
        if b"\xff\xd9" in last + piece:
            return True
        last = piece[-1:]
    return False
