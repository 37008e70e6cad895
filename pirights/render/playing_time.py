"""How long a sound or film plays (时长), as its own tables say: nothing is decoded or played.

A stranger's file is passed through once, piece by piece, and never held: each step moves on, and
the steps are counted, so that tables that lie can cost neither memory nor time without end.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from fractions import Fraction
from typing import Final

from pirights.render import playing_frames
from pirights.render.tape import Tape

_LONGEST: Final = timedelta(days=366)
"""Beyond it a length is taken for senseless."""

_BOXES: Final = 10_000
"""Boxes of a film that are looked at."""

_PAGES: Final = 1_000_000
"""Pages of an Ogg file that are looked at: at least eleven hours of ordinary speech."""

_STREAMED: Final = frozenset({0, 0xFFFFFFFF})
"""What a recorder writes for the length of sound data that it does not know yet."""

_ISO_BEGINNINGS: Final = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"})
"""Boxes that such a file may begin with; old QuickTime films have no `ftyp`."""

_OPUS_RATE: Final = 48_000
"""Samples a second that an Opus stream counts in, whatever was recorded (RFC 7845, 4)."""


def playing_time(content: Iterable[bytes]) -> timedelta | None:
    """Read how long a sound or film plays, to a tenth of a second; None where that is not told.

    WAV, MP4 with its kin (MOV, M4A, 3GP), MP3, Ogg (Vorbis, Opus) and AMR are read. Of a WAV that
    was cut off what is left counts; frames of MP3 and AMR are counted one by one.

    Args:
        content: The original's octets.
    """
    tape = Tape(content)
    try:
        seconds = _reader(tape.peek(12))(tape)
    except (EOFError, ValueError):
        return None
    if seconds is None or not 0 < seconds <= int(_LONGEST.total_seconds()):
        return None
    return timedelta(milliseconds=100 * round(seconds * 10))


def _reader(first: bytes) -> Callable[[Tape], Fraction | None]:
    if first.startswith(b"RIFF") and first[8:12] == b"WAVE":
        return _wave
    if first[4:8] in _ISO_BEGINNINGS:
        return _film
    if first.startswith(b"OggS"):
        return _ogg
    if first.startswith(b"#!AMR"):
        return playing_frames.amr
    return playing_frames.mp3


def _wave(tape: Tape) -> Fraction | None:
    """RIFF/WAVE: octets of sound over octets a second (`fmt `)."""
    tape.read(12)
    rate = 0
    for _ in range(_BOXES):
        name, size = tape.read(4), int.from_bytes(tape.read(4), "little")
        if name == b"fmt ":
            form = tape.read(16)
            rate = int.from_bytes(form[8:12], "little")
            tape.skip(size - 16 + size % 2)
        elif name == b"data":
            there = tape.skip_most(2**63 if size in _STREAMED else size)
            return Fraction(there, rate) if rate else None
        else:
            tape.skip(size + size % 2)
    return None


def _film(tape: Tape) -> Fraction | None:
    """ISO/IEC 14496-12: the duration over the time scale of `mvhd`, wherever `moov` stands."""
    for _ in range(_BOXES):
        size, name = int.from_bytes(tape.read(4), "big"), tape.read(4)
        head = 8
        if size == 1:
            size, head = int.from_bytes(tape.read(8), "big"), 16
        if name == b"moov":
            continue  # what it holds is read next
        if name == b"mvhd":
            return _movie_header(tape)
        if size < head:  # 0 is a box to the end of the file: nothing follows it
            return None
        tape.skip(size - head)
    return None


def _movie_header(tape: Tape) -> Fraction | None:
    version = tape.read(4)[0]
    width = 8 if version == 1 else 4
    tape.skip(2 * width)  # made, changed
    scale = int.from_bytes(tape.read(4), "big")
    duration = int.from_bytes(tape.read(width), "big")
    if not scale or duration == 2 ** (8 * width) - 1:  # all ones: not known
        return None
    return Fraction(duration, scale)


def _ogg(tape: Tape) -> Fraction | None:
    """RFC 3533: the position of the last page of the first stream of sound, over its rate."""
    serial, rate, skipped, last = b"", 0, 0, 0
    for _ in range(_PAGES):
        if not tape.peek(1):
            break
        head = tape.read(27)
        if head[:4] != b"OggS":
            return None
        sizes = tape.read(head[26])
        begins = bool(head[5] & 2)
        if begins and last:
            return None  # one file after another in a chain
        if begins and not rate:
            body = tape.read(sum(sizes))
            serial, rate, skipped = head[14:18], *_sound_of(body)
            continue
        tape.skip(sum(sizes))
        position = int.from_bytes(head[6:14], "little", signed=True)
        if head[14:18] == serial and position > last:
            last = position
    else:
        return None
    return Fraction(last - skipped, rate) if rate else None


def _sound_of(body: bytes) -> tuple[int, int]:
    """The rate of a stream and the samples at its start that are not heard; 0 if no sound."""
    if body.startswith(b"\x01vorbis"):
        return int.from_bytes(body[12:16], "little"), 0
    if body.startswith(b"OpusHead"):
        return _OPUS_RATE, int.from_bytes(body[10:12], "little")
    return 0, 0
