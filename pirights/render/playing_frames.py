"""Sounds that are frames and nothing else: they play as long as their frames together."""

from fractions import Fraction
from typing import Final

from pirights.render.tape import Tape

_FRAMES: Final = 2_000_000
"""Frames that are counted: eleven hours of AMR, at least thirteen of MP3."""

_TAGS: Final = 100
"""Tags before the sound that are passed over."""

_AMR: Final = {
    b"#!AMR\n": (13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 1, 1),
    b"#!AMR-WB\n": (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1),
}
"""Octets of a frame by its type, its first octet counted (RFC 4867, 5.3); 0 where reserved."""

_AMR_RATE: Final = 50
"""Frames a second."""

_RATES: Final = {
    3: (44_100, 48_000, 32_000),
    2: (22_050, 24_000, 16_000),
    0: (11_025, 12_000, 8_000),
}
"""Samples a second by version: MPEG-1 (ISO/IEC 11172-3), MPEG-2 (13818-3) and the so-called 2.5."""

_KILOBITS: Final = {
    (3, 3): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (3, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Thousands of bits a second by version (1 or 2) and layer, both as the header codes them; layer
III of MPEG-2 has those of its layer II."""

_LAYER_I: Final = 3
_LAYER_III: Final = 1
_MPEG_1: Final = 3
_NAMES: Final = (b"Xing", b"Info")
"""What begins a frame that holds no sound but a table of the others."""


def amr(tape: Tape) -> Fraction | None:
    """Count the frames of an AMR file of one channel."""
    start = tape.peek(9)
    name = next((one for one in _AMR if start.startswith(one)), None)
    if name is None:
        return None
    tape.skip(len(name))
    sizes = _AMR[name]
    for count in range(_FRAMES):
        first = tape.peek(1)
        if not first:
            return Fraction(count, _AMR_RATE)
        size = sizes[first[0] >> 3 & 15]
        if not size:
            return None
        if tape.skip_most(size) < size:  # cut off
            return Fraction(count, _AMR_RATE)
    return None


def mp3(tape: Tape) -> Fraction | None:
    """Add up the frames of an MP3 file, up to its end or to the tags behind them."""
    for _ in range(_TAGS):
        if tape.peek(3) != b"ID3":
            break
        head = tape.read(10)
        size = sum((head[6 + place] & 127) << 7 * (3 - place) for place in range(4))
        tape.skip(size + (10 if head[5] & 16 else 0))
    samples_at: dict[int, int] = {}
    for count in range(_FRAMES):
        found = _frame(tape.peek(4))
        if found is None:
            known = tape.peek(3) == b"TAG" or tape.peek(8) == b"APETAGEX" or not tape.peek(1)
            break
        size, samples, rate = found
        body = tape.peek(size)
        if len(body) < size:  # cut off
            known = True
            break
        if count or not any(name in body[:44] for name in _NAMES):
            samples_at[rate] = samples_at.get(rate, 0) + samples
        tape.skip(size)
    else:
        return None
    if not known:
        return None
    return sum((Fraction(samples, rate) for rate, samples in samples_at.items()), Fraction(0))


def _frame(head: bytes) -> tuple[int, int, int] | None:
    """Octets, samples and samples a second of the frame that a header begins."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate_code = head[2] >> 4, head[2] >> 2 & 3
    if version not in _RATES or not layer or not 0 < bits < 15 or rate_code == 3:  # noqa: PLR2004
        return None
    rate = _RATES[version][rate_code]
    family = (3, layer) if version == _MPEG_1 else (2, max(layer, 2))
    kilobits, padding = _KILOBITS[family][bits - 1], head[2] >> 1 & 1
    if layer == _LAYER_I:
        return (12_000 * kilobits // rate + padding) * 4, 384, rate
    samples = 576 if layer == _LAYER_III and version != _MPEG_1 else 1152
    return samples // 8 * 1000 * kilobits // rate + padding, samples, rate
