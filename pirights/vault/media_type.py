"""What kind of file something is: as its first bytes say, else as its name says."""

import mimetypes
from typing import Final

SNIFFED: Final = 64
"""First octets that are looked at."""

UNKNOWN: Final = "application/octet-stream"

_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
)

_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}

_BRANDS: Final = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic-sequence",
    b"mif1": "image/heif",
    b"msf1": "image/heif-sequence",
    b"avif": "image/avif",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
    b"3gp6": "video/3gpp",
}
"""Major brands of ISO base media files (ISO/IEC 14496-12); any other is taken for MP4."""

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_ZIPPED: Final = {
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".epub": "application/epub+zip",
}
_NAMED: Final = {
    ".eml": "message/rfc822",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".pem": "application/pem-certificate-chain",
    ".warc": "application/warc",
}
"""Names that Python's own table does not know everywhere."""

_BY_NAME: Final = mimetypes.MimeTypes()
"""Python's own table only: the same answer on every computer."""


def media_type(first: bytes, name: str) -> str:
    """Name the media type of a file by its first octets and its name."""
    for beginning, found in _BEGINNINGS:
        if first.startswith(beginning):
            return found
    if first.startswith(b"RIFF"):
        return _RIFF.get(first[8:12], UNKNOWN)
    if first[4:8] == b"ftyp":
        return _BRANDS.get(first[8:12], "video/mp4")
    ending = "." + name.rpartition(".")[2].lower()
    if first.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(ending, "application/zip")
    return _NAMED.get(ending) or _BY_NAME.guess_type("x" + ending)[0] or UNKNOWN
