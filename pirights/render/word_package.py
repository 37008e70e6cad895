"""The file around a word-processor document: parts in a fixed order, without dates."""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name."""


def repacked(stream: BytesIO) -> bytes:
    """Pack the parts of a file anew: in a fixed order, dated with nothing."""
    packed = BytesIO()
    with ZipFile(stream) as before, ZipFile(packed, "w") as after:
        for name in sorted(before.namelist(), key=lambda name: (name[0] != "[", name)):
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # else it tells on what the file was made
            after.writestr(entry, before.read(name))
    return packed.getvalue()
