"""The locked room in which a mail of Outlook (.msg) is opened: octets in, plain fields out.

`mail.outlook` runs this file as a process of its own. Such a file is a small file system (MS-CFB)
whose tables may lie; here they can cost no more than the memory and the seconds that are given.
The answer is one JSON object; without it the file counts as unreadable. Properties are named by
their numbers in MS-OXPROPS.
"""

import io
import json
import struct
import sys
from typing import Any, BinaryIO, Final

SUBJECT: Final = 0x0037
SUBMITTED: Final = 0x0039
HEADERS: Final = 0x007D
CLASS: Final = 0x001A
SENDER_NAME: Final = 0x0C1A
SENDER_ADDRESS: Final = 0x0C1F
SENDER_SMTP: Final = 0x5D01
DELIVERED: Final = 0x0E06
BODY: Final = 0x1000
HTML: Final = 0x1013
MESSAGE_ID: Final = 0x1035
REFERENCES: Final = 0x1039
IN_REPLY_TO: Final = 0x1042
HTML_CODEPAGE: Final = 0x3FDE
TEXT_CODEPAGE: Final = 0x3FFD
_FILE_NAME: Final = 0x3707
_SHORT_NAME: Final = 0x3704
_FILE_TYPE: Final = 0x370E
_FILE_DATA: Final = 0x3701

_TEXTS: Final = (
    *(SUBJECT, HEADERS, CLASS, SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP),
    *(BODY, HTML, MESSAGE_ID, REFERENCES, IN_REPLY_TO),
)
_UNICODE: Final = 0x001F
_EIGHT_BIT: Final = 0x001E
_BINARY: Final = 0x0102
_TIME: Final = 0x0040
"""A time fills the eight octets of its place, a number four of them."""

_LONGEST: Final = 1_000_000
"""Octets of a property that are kept."""

_ATTACHMENTS: Final = 500
_TOP_HEADER: Final = 32
"""Octets before the fixed properties of a whole message (MS-OXMSG 2.4.1.1)."""

_ENTRY: Final = struct.Struct("<HHI8s")
_STANDARD_STREAMS: Final = 3


def main(source: BinaryIO, answer: BinaryIO, *, memory: int, seconds: int, lock: bool) -> None:
    """Answer one request. `lock` is False only where a test calls this in its own process."""
    import encodings.utf_16_le  # noqa: F401 (nothing can be imported later)

    import olefile

    if lock:
        _lock_in(memory, seconds)
    with olefile.OleFileIO(io.BytesIO(source.read())) as file:
        answer.write(json.dumps(_fields(file)).encode())


def _fields(file: Any) -> dict[str, Any]:  # noqa: ANN401 (olefile has no types)
    fixed = _fixed(file)
    texts = {str(number): _text(file, "", number) for number in _TEXTS}
    return {
        "texts": {number: found for number, found in texts.items() if found is not None},
        "numbers": {
            str(number): struct.unpack("<q", fixed[number])[0]
            for number in (SUBMITTED, DELIVERED, HTML_CODEPAGE, TEXT_CODEPAGE)
            if number in fixed
        },
        "attachments": _attachments(file),
    }


def _fixed(file: Any) -> dict[int, bytes]:  # noqa: ANN401
    """The properties of fixed length."""
    data = _stream(file, "__properties_version1.0")[_TOP_HEADER:]
    whole = len(data) - len(data) % _ENTRY.size
    found = {}
    for kind, number, _, value in _ENTRY.iter_unpack(data[:whole]):
        found[number] = value if kind == _TIME else value[:4] + bytes(4)
    return found


def _text(file: Any, folder: str, number: int) -> list[str] | None:  # noqa: ANN401
    """A text: in which form it stands, and its octets as hexadecimal digits."""
    for kind, form in ((_UNICODE, "utf-16-le"), (_EIGHT_BIT, "text"), (_BINARY, "html")):
        data = _stream(file, f"{folder}__substg1.0_{number:04X}{kind:04X}")
        if data:
            return [form, data.hex()]
    return None


def _attachments(file: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    entries = file.listdir(streams=False, storages=True)
    folders = [one[0] for one in entries if len(one) == 1 and one[0].startswith("__attach_")]
    return [
        {
            "name": _text(file, f"{name}/", _FILE_NAME) or _text(file, f"{name}/", _SHORT_NAME),
            "type": _text(file, f"{name}/", _FILE_TYPE),
            "size": _size(file, f"{name}/__substg1.0_{_FILE_DATA:04X}{_BINARY:04X}"),
        }
        for name in sorted(folders)[:_ATTACHMENTS]
    ]


def _size(file: Any, path: str) -> int:  # noqa: ANN401
    return int(file.get_size(path)) if file.exists(path) else 0


def _stream(file: Any, path: str) -> bytes:  # noqa: ANN401
    if not file.exists(path):
        return b""
    with file.openstream(path) as stream:
        data: bytes = stream.read(_LONGEST)
        return data


def _lock_in(memory: int, seconds: int) -> None:
    """Give up everything but memory and seconds. Windows has no such limits: time alone there."""
    if sys.platform == "win32":
        return
    import resource

    for limit, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_NOFILE, _STANDARD_STREAMS, _STANDARD_STREAMS),
    ):
        _, highest = resource.getrlimit(limit)
        allowed = sys.maxsize if highest == resource.RLIM_INFINITY else highest
        resource.setrlimit(limit, (min(soft, allowed), min(hard, allowed)))


if __name__ == "__main__":
    main(
        sys.stdin.buffer,
        sys.stdout.buffer,
        memory=int(sys.argv[1]),
        seconds=int(sys.argv[2]),
        lock=True,
    )
