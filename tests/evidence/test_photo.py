"""What photos say of themselves, and photos made to harm whoever reads that."""

import io
import random
import struct
import time
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pillow_heif
import pytest
from PIL import ExifTags, Image, TiffImagePlugin

from pirights.evidence import photo

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
Rational = TiffImagePlugin.IFDRational
HANGZHOU = {
    1: "N", 2: (Rational(30), Rational(15), Rational(1234, 100)),
    3: "E", 4: (Rational(120), Rational(7), Rational(30)),
}  # fmt: skip


def picture(
    kind: str = "JPEG",
    *,
    taken: str | None = "2026:11:20 18:05:09",
    offset: str | None = None,
    gps: Mapping[int, object] | None = None,
) -> bytes:
    exif = Image.Exif()
    part = exif.get_ifd(ExifTags.IFD.Exif)
    if taken is not None:
        part[ExifTags.Base.DateTimeOriginal] = taken
    if offset is not None:
        part[ExifTags.Base.OffsetTimeOriginal] = offset
    if gps is not None:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    out = io.BytesIO()
    image = Image.effect_noise((64, 48), 90).convert("RGB")
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(out, exif=exif.tobytes())
    else:
        image.save(out, kind, exif=exif.tobytes())
    return out.getvalue()


def flags(facts: photo.PhotoFacts) -> str:
    return " ".join(map(str, facts.flags))


def test_a_photo_with_everything_is_read_in_every_format() -> None:
    for kind, media_type in [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("TIFF", "image/tiff"),
        ("HEIF", "image/heic"),
    ]:
        data = picture(kind, offset="+08:00", gps={**HANGZHOU, 18: "WGS-84"})
        facts = photo.facts(data, media_type, now=NOW)
        assert (facts.media_type, facts.width, facts.height) == (media_type, 64, 48), kind
        assert facts.taken == datetime(2026, 11, 20, 18, 5, 9)  # noqa: DTZ001
        assert facts.offset == "+08:00"
        assert facts.position is not None
        assert facts.position == pytest.approx((30.253428, 120.125), abs=1e-6)
        assert facts.datum == "WGS-84"
        assert [str(flag) for flag in facts.flags] == [
            "The position is as recorded, in map datum WGS-84."
        ]


def test_an_open_file_is_read_and_stays_open(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(picture(offset="+08:00"))
    with (tmp_path / "a.jpg").open("rb") as file:
        assert photo.facts(file, "image/jpeg", now=NOW).offset == "+08:00"
        assert not file.closed


def test_silence_about_zone_and_datum_is_flagged() -> None:
    facts = photo.facts(picture(gps=HANGZHOU), "image/jpeg", now=NOW)
    assert facts.offset is None
    assert facts.datum is None
    assert "time zone" in flags(facts)
    assert "map datum" in flags(facts)


def test_a_photo_that_says_nothing_has_nothing_to_flag() -> None:
    facts = photo.facts(picture(taken=None), "image/jpeg", now=NOW)
    assert (facts.taken, facts.position, facts.flags) == (None, None, ())
    zero = photo.facts(picture(taken="0000:00:00 00:00:00"), "image/jpeg", now=NOW)
    assert (zero.taken, zero.flags) == (None, ())


@pytest.mark.parametrize("south_west", [("S", "W"), ("s", "w"), ("", "E"), ("N", "")])
def test_sides_of_the_earth(south_west: tuple[str, str]) -> None:
    south, west = south_west
    facts = photo.facts(picture(gps={**HANGZHOU, 1: south, 3: west}), "image/jpeg", now=NOW)
    if south_west == ("S", "W"):
        assert facts.position == pytest.approx((-30.253428, -120.125), abs=1e-6)
    else:
        assert facts.position is None
        assert "makes no sense" in flags(facts)


@pytest.mark.parametrize(
    "latitude",
    [
        (Rational(0, 0), Rational(0), Rational(0)),
        (Rational(30), Rational(15), Rational(1, 0)),
        (Rational(91), Rational(0), Rational(0)),
        (Rational(30), Rational(61), Rational(0)),
        (Rational(30), Rational(0)),
        Rational(30),
    ],
)
def test_a_position_that_makes_no_sense_is_refused(latitude: object) -> None:
    facts = photo.facts(picture(gps={**HANGZHOU, 2: latitude}), "image/jpeg", now=NOW)
    assert facts.position is None
    assert "makes no sense" in flags(facts)


def test_half_a_position_is_refused() -> None:
    gps = {key: value for key, value in HANGZHOU.items() if key < 3}
    facts = photo.facts(picture(gps=gps), "image/jpeg", now=NOW)
    assert facts.position is None
    assert "makes no sense" in flags(facts)


@pytest.mark.parametrize(
    ("taken", "offset", "future"),
    [
        ("2026:11:23 12:00:01", "+08:00", True),
        ("2026:11:23 12:00:00", "+08:00", False),
        ("2026:11:23 18:00:01", None, True),
        ("2026:11:23 17:59:59", None, False),
        ("9999:12:31 23:59:59", "-12:00", True),
        ("0001:01:01 00:00:00", None, False),
    ],
)
def test_a_time_in_the_future_is_flagged(taken: str, offset: str | None, *, future: bool) -> None:
    facts = photo.facts(picture(taken=taken, offset=offset), "image/jpeg", now=NOW)
    assert facts.taken is not None
    assert ("future" in flags(facts)) is future


@pytest.mark.parametrize("taken", ["2026:02:30 10:00:00", "yesterday", "2026-11-20 18:05:09"])
def test_a_time_that_makes_no_sense_is_refused(taken: str) -> None:
    facts = photo.facts(picture(taken=taken), "image/jpeg", now=NOW)
    assert facts.taken is None
    assert "makes no sense" in flags(facts)


@pytest.mark.parametrize("offset", ["8", "+8:00", "+25:00", "   :  ", "+08:60"])
def test_an_offset_that_makes_no_sense_is_none(offset: str) -> None:
    facts = photo.facts(picture(offset=offset), "image/jpeg", now=NOW)
    assert facts.offset is None
    assert "time zone" in flags(facts)


def test_a_wrong_ending_or_type_is_flagged() -> None:
    data = picture(offset="+08:00")
    for media_type, name, wrong in [
        ("image/jpeg", "a.jpg", False),
        ("image/jpeg", "A.JPEG", False),
        ("image/jpeg", "", False),
        ("", "", False),
        ("image/png", "a.jpg", True),
        ("image/jpeg", "a.png", True),
        ("image/jpeg", "a.jpg.exe", True),
    ]:
        facts = photo.facts(data, media_type, now=NOW, name=name)
        assert facts.media_type == "image/jpeg"
        assert bool(facts.flags) is wrong, name


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_is_cut_off_is_flagged_and_still_read(kind: str) -> None:
    data = picture(kind, offset="+08:00")
    facts = photo.facts(data[: len(data) * 9 // 10], f"image/{kind.lower()}", now=NOW)
    assert "cut off" in flags(facts) or "damaged" in flags(facts)
    assert kind != "JPEG" or facts.taken is not None
    whole = photo.facts(data + b"a telephone's own data", f"image/{kind.lower()}", now=NOW)
    assert whole.flags == ()


def test_a_photo_of_two_hundred_million_points_is_read_and_a_larger_one_flagged() -> None:
    for side, flagged in ((14_000, False), (20_000, True)):
        data = bytearray(picture(offset="+08:00"))
        frame = data.index(b"\xff\xc0")
        struct.pack_into(">HH", data, frame + 5, side, side)
        facts = photo.facts(bytes(data), "image/jpeg", now=NOW)
        assert facts.width == side
        assert facts.taken is not None
        assert ("too many points" in flags(facts)) is flagged


@pytest.mark.parametrize("bound", [Image.MAX_IMAGE_PIXELS, None])
def test_a_png_of_400_million_points_is_flagged_at_once(
    bound: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever others in this process have told Pillow of its own bound."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", bound)

    def chunk(kind: bytes, data: bytes) -> bytes:
        sum_of_it = zlib.crc32(kind + data)
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", sum_of_it)

    header = struct.pack(">LLBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    data = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
    assert "too many points" in flags(photo.facts(data, "image/png", now=NOW))


def looped() -> bytes:
    """Make a JPEG whose EXIF parts all point back at the first one."""
    entries = b"".join(
        struct.pack("<HHLL", tag, 4, 1, 8) for tag in (0x8769, 0x8825, 0xA005, 0x927C)
    )
    tiff = b"II*\0" + struct.pack("<LH", 8, 4) + entries + struct.pack("<L", 8)
    segment = b"Exif\0\0" + tiff
    plain = picture(taken=None)
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + plain[2:]


def test_exif_that_loops_ends() -> None:
    begun = time.monotonic()
    facts = photo.facts(looped(), "image/jpeg", now=NOW)
    assert time.monotonic() - begun < 2
    assert facts.taken is None
    assert facts.position is None


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff\xff", b"GIF89a", b"not a picture", bytes(1000),
     b"II*\0\x08\0\0\0", b"%PDF-1.7", b"\0\0\0\x18ftypheic" + bytes(100)],
)  # fmt: skip
def test_what_is_no_picture_is_flagged(data: bytes) -> None:
    facts = photo.facts(data, "image/jpeg", now=NOW)
    assert facts.media_type is None
    assert "damaged" in flags(facts)


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "TIFF"])
def test_damaged_photos_never_stop_the_program(kind: str) -> None:
    good = picture(kind, offset="+08:00", gps=HANGZHOU)
    chance = random.Random(kind)  # noqa: S311
    begun = time.monotonic()
    for _ in range(300):
        data = bytearray(good)
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(min(len(data), 900))] = chance.randrange(256)
        photo.facts(bytes(data), "image/jpeg", now=NOW)
    assert time.monotonic() - begun < 60
