"""Whether a picture's file may tell more than the picture."""

import io

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin

from pirights.evidence import picture_notes
from tests.render import strange_files

PLACED = strange_files.exif_of(1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_with_exif_has_notes_and_one_without_has_none(kind: str) -> None:
    assert picture_notes.are_in([strange_files.picture(kind, exif=PLACED)])
    assert not picture_notes.are_in([strange_files.picture(kind)])


def test_a_heic_photo_with_exif_has_notes() -> None:
    pillow_heif.register_heif_opener()
    file = io.BytesIO()
    Image.new("RGB", (64, 64)).save(file, "HEIF", exif=PLACED)
    assert picture_notes.are_in([file.getvalue()])


def test_xmp_is_found_in_jpeg_and_in_png() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a exif:GPSLatitude="30,4.2N"/></x:xmpmeta>'
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, "JPEG", xmp=xmp)
    assert picture_notes.are_in([file.getvalue()])
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("XML:com.adobe.xmp", xmp.decode())
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, "PNG", pnginfo=notes)
    assert picture_notes.are_in([file.getvalue()])


def test_a_film_behind_a_picture_is_found() -> None:
    film = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42"
    assert picture_notes.are_in([strange_files.picture("JPEG") + film])


def test_a_mark_is_found_where_the_file_is_read_in_two_pieces() -> None:
    data = b"x" * 50 + b"Exif" + b"y" * 50
    assert all(picture_notes.are_in([data[:at], data[at:]]) for at in range(len(data)))
    assert picture_notes.are_in([bytes([one]) for one in data])
