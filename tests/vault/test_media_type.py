import io

import pytest
from PIL import Image

from pirights.vault.media_type import media_type


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "PDF"])
def test_real_pictures_are_known_by_their_first_bytes(kind: str) -> None:
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, kind)
    expected = "application/pdf" if kind == "PDF" else f"image/{kind.lower()}"
    assert media_type(data.getvalue()[:64], "lies.txt") == expected


def test_a_real_heic_is_known() -> None:
    import pillow_heif

    data = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64))).save(data, format="HEIF")
    assert media_type(data.getvalue()[:64], "IMG_1.jpg") == "image/heic"


@pytest.mark.parametrize(
    ("first", "name", "expected"),
    [
        (b"\0\0\0\x20ftypmp42", "a", "video/mp4"),
        (b"\0\0\0\x14ftypqt  ", "a", "video/quicktime"),
        (b"\0\0\0\x14ftypM4A ", "a", "audio/mp4"),
        (b"PK\x03\x04", "a.zip", "application/zip"),
        (b"PK\x03\x04", "a", "application/zip"),
        (
            b"PK\x03\x04",
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"From: a", "a.eml", "message/rfc822"),
        (b"hello", "a.TXT", "text/plain"),
        (b"hello", "a.heic", "image/heic"),
        (b"hello", "http://example.com/x.html", "text/html"),
        (b"hello", "data:text/html,x", "application/octet-stream"),
        (b"RIFF\0\0\0\0ABCD", "a.webp", "application/octet-stream"),
        (b"\x01", "", "application/octet-stream"),
        (b"", "no ending", "application/octet-stream"),
    ],
)
def test_else_the_name_tells(first: bytes, name: str, expected: str) -> None:
    assert media_type(first, name) == expected
