"""Tests of how long sounds and films play, against another reader where it knows the format."""

import io
import random
import struct
import time
import wave
from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
import tinytag

from pirights.render.playing_time import playing_time


def sound(seconds: float = 2.5, *, rate: int = 8000) -> bytes:
    sink = io.BytesIO()
    with wave.open(sink, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(2 * int(seconds * rate)))
    return sink.getvalue()


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def movie_header(scale: int, duration: int, *, version: int = 0) -> bytes:
    form = ">B3xIIII" if version == 0 else ">B3xQQIQ"
    return box(b"mvhd", struct.pack(form, version, 0, 0, scale, duration) + bytes(80))


def film(header: bytes, *, last: bool = True, brand: bytes = b"isom") -> bytes:
    start, media = box(b"ftyp", brand + bytes(4)), box(b"mdat", bytes(5000))
    tables = box(b"moov", header)
    return start + (media + tables if last else tables + media)


def mp3(frames: int, *, head: bytes = b"\xff\xfb\x90\x00", size: int = 417) -> bytes:
    """Frames of MPEG-1 layer III at 128 kbit/s and 44.1 kHz."""
    return (head + bytes(size - len(head))) * frames


def ogg_page(body: bytes, position: int, *, flags: int = 0, serial: int = 7) -> bytes:
    sizes = bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, position, serial, 0, 0, len(sizes))
    return head + sizes + body


def opus(seconds: int) -> bytes:
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 16_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I4sI", 4, b"test", 0)
    return (
        ogg_page(head, 0, flags=2)
        + ogg_page(tags, 0)
        + ogg_page(bytes(400), 48_000)
        + ogg_page(bytes(400), 48_000 * seconds + 312, flags=4)
    )


def vorbis(seconds: int) -> bytes:
    head = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, 44_100, 0, 80_000, 0, 0xB8, 1)
    comment = b"\x03vorbis" + struct.pack("<I4sI", 4, b"test", 0) + b"\x01"
    return (
        ogg_page(head, 0, flags=2)
        + ogg_page(comment, 0)
        + ogg_page(bytes(400), 44_100 * seconds, flags=4)
    )


def seconds_of(data: bytes) -> float | None:
    found = playing_time([data])
    return None if found is None else found.total_seconds()


ORDINARY = {
    "voice.wav": (sound(), 2.5),
    "phone.mp4": (film(movie_header(600, 600 * 83)), 83),
    "quick.mp4": (film(movie_header(1000, 3_725_400), last=False), 3725.4),
    "long.m4a": (film(movie_header(90_000, 90_000 * 61, version=1), brand=b"M4A "), 61),
    "song.mp3": (mp3(383), 10.0),
    "tagged.mp3": (b"ID3\x03\0\0\0\0\2\0" + bytes(256) + mp3(383) + b"TAG" + bytes(125), 10.0),
    "opus.ogg": (opus(12), 12),
    "vorbis.ogg": (vorbis(9), 9),
}


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_file_plays_as_long_as_it_says(name: str) -> None:
    data, seconds = ORDINARY[name]
    assert seconds_of(data) == seconds


@pytest.mark.parametrize("name", ORDINARY)
def test_another_reader_finds_the_same(name: str) -> None:
    data, seconds = ORDINARY[name]
    found = tinytag.TinyTag.get(filename=name, file_obj=io.BytesIO(data)).duration
    assert found == pytest.approx(seconds, abs=0.1)


def test_a_quicktime_film_without_its_type_is_read() -> None:
    data = box(b"wide", b"") + box(b"mdat", bytes(99)) + box(b"moov", movie_header(600, 1500))
    assert seconds_of(data) == 2.5


def test_frames_of_amr_are_counted() -> None:
    narrow = b"#!AMR\n" + (b"\x3c" + bytes(31)) * 150 + (b"\x44" + bytes(5)) * 50 + b"\x7c" * 50
    wide = b"#!AMR-WB\n" + (b"\x44" + bytes(60)) * 250
    assert (seconds_of(narrow), seconds_of(wide)) == (5.0, 5.0)


def test_the_frame_that_tells_of_the_others_is_not_heard() -> None:
    table = b"\xff\xfb\x90\x00" + bytes(32) + b"Xing" + bytes(377)
    assert seconds_of(table + mp3(383)) == 10.0
    assert seconds_of(table) is None


def test_older_mp3_frames_have_their_own_length() -> None:
    # MPEG-2 layer III, 64 kbit/s, 22.05 kHz: 576 samples in 208 octets
    assert seconds_of(mp3(383, head=b"\xff\xf3\x80\x00", size=208)) == 10.0


def test_a_sound_that_was_cut_off_counts_as_far_as_it_goes() -> None:
    assert seconds_of(sound()[: 44 + 16_000]) == 1.0
    assert seconds_of(mp3(383)[:-200]) == 10.0
    assert seconds_of((b"#!AMR\n" + (b"\x3c" + bytes(31)) * 100)[:-9]) == 2.0


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_a_recorder_that_did_not_know_its_end_is_read(size: int) -> None:
    data = sound()
    assert seconds_of(data[:40] + struct.pack("<I", size) + data[44:]) == 2.5


HOSTILE = {
    "empty": b"",
    "one octet": b"\xff",
    "no sound": b"sound" * 99,
    "WAV without its form": sound()[:12] + sound()[36:],
    "WAV of rate nought": sound()[:28] + bytes(4) + sound()[32:],
    "WAV with a form of nothing": sound()[:16] + bytes(4) + sound()[20:],
    "WAV cut in its head": sound()[:30],
    "film without tables": film(b"")[:-8],
    "film cut in its tables": film(movie_header(600, 900))[:-85],
    "film with a box of size 0": box(b"ftyp", bytes(8)) + bytes(4) + b"mdat" + bytes(99),
    "film with a box smaller than its head": box(b"ftyp", bytes(8)) + b"\0\0\0\3mdat" + bytes(9),
    "film with a box larger than all disks": box(b"ftyp", bytes(8))
    + b"\0\0\0\1mdat"
    + b"\xff" * 8
    + bytes(99),
    "film whose tables hold themselves": box(b"ftyp", bytes(8)) + b"\0\0\0\x08moov" * 20_000,
    "film of scale nought": film(movie_header(0, 900)),
    "film of unknown length": film(movie_header(600, 0xFFFFFFFF)),
    "film of length nought": film(movie_header(600, 0)),
    "film of ten thousand years": film(movie_header(1, 2**38, version=1)),
    "AMR of reserved frames": b"#!AMR\n" + b"\x4c" * 99,
    "AMR of nothing": b"#!AMR\n",
    "AMR of several channels": b"#!AMR_MC1.0\n" + bytes(99),
    "MP3 of a free rate": mp3(9, head=b"\xff\xfb\x00\x00"),
    "MP3 with junk behind": mp3(9) + b"junk and more",
    "MP3 whose tag never ends": b"ID3\x03\0\0\x7f\x7f\x7f\x7f" + mp3(9),
    "MP3 of tags alone": b"ID3\x03\0\0\0\0\0\0" * 20_000,
    "Ogg whose pages break off": opus(12) + b"junk" * 9,
    "Ogg cut in a page": opus(12)[:-20],
    "Ogg of pictures": ogg_page(b"\x80theora" + bytes(40), 0, flags=2),
    "Ogg of rate nought": vorbis(9).replace(struct.pack("<I", 44_100), bytes(4)),
    "Ogg one after another": opus(12) + opus(12),
    "Ogg that goes backwards": ogg_page(b"OpusHead" + bytes(11), 0, flags=2)
    + ogg_page(bytes(9), -5),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_has_no_length_and_does_no_harm(name: str) -> None:
    assert seconds_of(HOSTILE[name]) is None


def test_no_junk_stops_the_reader() -> None:
    chance = random.Random(6)  # noqa: S311  the same junk each time
    for data, _ in ORDINARY.values():
        for _ in range(150):
            spoilt = bytearray(data)
            for _ in range(chance.randrange(1, 9)):
                spoilt[chance.randrange(min(len(spoilt), 120))] = chance.randrange(256)
            playing_time([bytes(spoilt[: chance.randrange(len(spoilt) + 1)])])


def test_pieces_of_any_size_give_the_same() -> None:
    for data, seconds in ORDINARY.values():
        pieces = (data[at : at + 7] for at in range(0, len(data), 7))
        found = playing_time(pieces)
        assert found == timedelta(seconds=seconds)


def test_a_film_larger_than_memory_is_never_held() -> None:
    def pieces() -> Iterator[bytes]:
        yield box(b"ftyp", bytes(8)) + b"\0\0\0\1mdat" + struct.pack(">Q", 16 + (64 << 30))
        blank = bytes(1 << 20)
        for _ in range(64 << 10):
            yield blank
        yield box(b"moov", movie_header(600, 6000))

    assert playing_time(pieces()) == timedelta(seconds=10)


def test_frames_without_end_are_given_up() -> None:
    def forever(piece: bytes) -> Iterable[bytes]:
        while True:
            yield piece

    begun = time.monotonic()
    assert playing_time([b"#!AMR\n", *[b"\x7c" * (1 << 20)] * 2, b"\x7c"]) is None
    assert playing_time(forever(mp3(99))) is None
    assert playing_time(forever(b"ID3\x03\0\0\0\0\0\0")) is None
    assert time.monotonic() - begun < 60
