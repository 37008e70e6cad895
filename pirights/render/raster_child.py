"""The locked room in which a stranger's file is opened: bytes in, plain pictures out.

`render.raster` runs this file as a process of its own. It takes its limits as one JSON argument
and the file on standard input, locks itself in (memory, seconds, no new file or socket, nothing
written, no core dump), and answers in frames on standard output. After the
lock nothing more can be imported. A frame is a letter, four octets of length (big-endian), and
its body:

    P  one page: width and height in pixels (four octets each), then a JPEG
    p  one page that could not be shown: the reason
    R  the rest could not be shown: the reason
    B  the bare pixels of a picture: width and height in pixels, width and height of the original
       (four octets each), then red, green and blue of each pixel
    T  the words of one page, in UTF-8
    E  the end: how many pages the original has (four octets)

Without its E the answer counts for nothing.
"""

import json
import struct
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from pirights.render import raster_bare, raster_pdf, raster_picture

_STANDARD_STREAMS: Final = 3
"""Standard input, output and error: the only open files the room keeps."""

_MAKERS: Final = {"picture": raster_picture, "bare": raster_bare}
"""Who opens what; all else is a PDF."""


def main(arguments: Mapping[str, Any], source: BinaryIO, answer: BinaryIO, *, lock: bool) -> None:
    """Answer one request. `lock` is False only where a test calls this in its own process."""
    maker = _MAKERS.get(arguments["kind"], raster_pdf)
    kept = maker.open_kit(arguments)
    if lock:
        _lock_in(arguments)
    left = int(arguments["output_bytes"])
    try:
        data = source.read()
        for kind, body in maker.frames(data, arguments):
            left -= len(body)
            if left < 0:
                _put(answer, b"R", b"too-much-output")
                break
            _put(answer, kind, body)
            if kind == b"E":
                return
        _put(answer, b"E", struct.pack(">I", 0))
    except MemoryError:
        _put(answer, b"R", b"too-much-memory")
        _put(answer, b"E", struct.pack(">I", 0))
    finally:
        del kept


def _put(answer: BinaryIO, kind: bytes, body: bytes) -> None:
    answer.write(kind + struct.pack(">I", len(body)) + body)
    answer.flush()


def _lock_in(arguments: Mapping[str, Any]) -> None:
    """Give up everything but memory and seconds. Windows has no such limits: time alone there."""
    if sys.platform == "win32":
        return
    import resource

    seconds, octets = int(arguments["cpu_seconds"]), int(arguments["address_space"])
    for limit, *wanted in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CPU, seconds, seconds + 1),  # the soft limit's signal says why it died
        (resource.RLIMIT_AS, octets, octets),
        (resource.RLIMIT_NOFILE, _STANDARD_STREAMS, _STANDARD_STREAMS),
    ):
        _, highest = resource.getrlimit(limit)
        allowed = sys.maxsize if highest == resource.RLIM_INFINITY else highest
        soft, hard = (min(value, allowed) for value in wanted)
        resource.setrlimit(limit, (soft, hard))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer, lock=True)
