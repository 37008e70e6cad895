"""Pictures of a stranger's file, made in a process that can do nothing else.

A PDF or a photo from the other side may carry scripts, bombs and broken tables. It is opened
only in `render.raster_child`, a process with bounded memory and seconds that can open no file
and no socket. What comes back is plain JPEG pages; what cannot be shown comes back as a reason,
never as an exception: the bundle is made all the same, and says so. Nothing is written to disk.
"""

import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pirights import resources
from pirights.domain.refusal import Refusal

_CHILD: Final = Path(__file__).with_name("raster_child.py")
_TYPEFACE: Final = "NotoSerifSC_400Regular.ttf"


class Kind(StrEnum):
    """What the room is asked to open."""

    PDF = "pdf"
    WORDS = "words"
    PICTURE = "picture"
    BARE = "bare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one file may cost.

    Attributes:
        input_bytes: Octets of the original.
        address_space: Octets of memory, mapped or used. A photo of 200 million pixels, held upright
            and with a part hidden, takes 1.7 GB.
        pdf_address_space: The same for a PDF, if that is less: its pictures are read line by line,
            and an A0 sheet at 300 dpi takes no more than 0.4 GB.
        cpu_seconds: Seconds of computing.
        wall_seconds: Seconds on the wall, whatever the child is doing.
        pages: Pages shown; the rest is named.
        pixels: Of a picture as stored. The largest telephone sensors have 200 million.
        longest_side: Pixels of a rendition's longer side; A4 at 170 dpi has 1,988.
        dpi: Of a PDF's pages, where `longest_side` allows it.
        output_bytes: Octets of all pages together.
    """

    input_bytes: int = 128 << 20
    address_space: int = 2 << 30
    pdf_address_space: int = 768 << 20
    cpu_seconds: int = 60
    wall_seconds: int = 120
    pages: int = 200
    pixels: int = 250_000_000
    longest_side: int = 2000
    dpi: int = 170
    output_bytes: int = 64 << 20


DEFAULT_LIMITS: Final = Limits()

_WORDS_LIMITS: Final = Limits(
    input_bytes=32 << 20,
    address_space=512 << 20,
    cpu_seconds=10,
    wall_seconds=15,
    pages=2000,
    output_bytes=16 << 20,
)
"""For reading words: a catalogue of two thousand exhibits has hundreds of pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One page as a JPEG without metadata; sizes in pixels."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """A picture as bare pixels; sizes in pixels.

    Attributes:
        rgb: Red, green and blue of each pixel, row by row from the top.
        original: Width and height of the original, upright.
    """

    rgb: bytes
    width: int
    height: int
    original: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """What could be shown of one original.

    Attributes:
        pages: In order; a page that could not be shown is the reason why.
        words: Of each page, where words were asked for instead of pictures.
        pixels: Where bare pixels were asked for.
        refused: Why the rest, or all of it, is not here; None when it is whole.
        original_pages: How many pages the original has; 0 if that was not found out.
    """

    pages: tuple[PageImage | Refusal, ...] = ()
    words: tuple[str, ...] = ()
    pixels: Pixels | None = None
    refused: Refusal | None = None
    original_pages: int = 0


def pictures_of(
    content: Iterable[bytes],
    *,
    kind: Kind,
    limits: Limits = DEFAULT_LIMITS,
    orders: Mapping[str, object] = MappingProxyType({}),
) -> Rendition:
    """Turn a stranger's PDF or photo into pages. The same bytes give the same pages.

    Args:
        content: The original's octets.
        kind: What it is to be opened as.
        limits: What it may cost.
        orders: What `raster_bare` needs to know besides, as JSON can hold it.
    """
    child = _start(kind, limits, orders)
    answer, late = _Answer(limits), threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(limits.wall_seconds, stop)
    listener = threading.Thread(target=answer.listen, args=(child,), daemon=True)
    clock.start()
    listener.start()
    try:
        whole = _feed(child, content, limits.input_bytes)
        if not whole:
            child.kill()
        listener.join()
        code = child.wait()
    finally:
        clock.cancel()
        child.kill()
        child.wait()
    if not whole:
        return Rendition(refused=Refusal.TOO_LARGE)
    if late.is_set() or code == -_cpu_signal():
        return Rendition(refused=Refusal.TOO_SLOW)
    return answer.rendition() or Rendition(refused=Refusal.CRASHED)


def text_of_pdf(data: bytes, *, limits: Limits = _WORDS_LIMITS) -> str:
    """Read a stranger's PDF as plain words, a form feed between pages.

    What cannot be read is left out; a form feed of the PDF's own becomes a blank.
    """
    words = pictures_of([data], kind=Kind.WORDS, limits=limits).words
    return "\f".join(page.replace("\f", " ") for page in words)


def _start(kind: Kind, limits: Limits, orders: Mapping[str, object]) -> subprocess.Popen[bytes]:
    is_pdf = kind in {Kind.PDF, Kind.WORDS}
    most = min(limits.address_space, limits.pdf_address_space) if is_pdf else limits.address_space
    arguments = {**orders, **asdict(limits)} | {
        "address_space": most,
        "kind": kind.value,
        "typeface": str(resources.folder("templates") / "fonts" / _TYPEFACE),
    }
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return subprocess.Popen(  # noqa: S603  our own file, our own interpreter, no shell
        [sys.executable, "-P", "-s", "-B", "-W", "ignore", str(_CHILD), json.dumps(arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_CHILD.anchor,
        env=kept
        | {
            "PYTHONPATH": os.pathsep.join([str(_CHILD.parents[2]), *filter(None, sys.path)]),
            "PYTHONHASHSEED": "0",
            "MALLOC_ARENA_MAX": "2",  # address space is counted as reserved, not as used
        },
    )


def _feed(child: subprocess.Popen[bytes], content: Iterable[bytes], most: int) -> bool:
    """Give the child the original; False when it is larger than allowed."""
    if child.stdin is None:  # pragma: no cover  it is a pipe
        raise AssertionError
    left = most
    try:
        for piece in content:
            left -= len(piece)
            if left < 0:
                return False
            child.stdin.write(piece)
    except BrokenPipeError:
        return True  # it died; its answer says why
    finally:
        _close(child)
    return True


def _close(child: subprocess.Popen[bytes]) -> None:
    try:
        if child.stdin is not None:
            child.stdin.close()
    except BrokenPipeError:
        pass


def _cpu_signal() -> int:
    """The signal that ends a process out of its seconds (SIGXCPU; none on Windows)."""
    import signal

    return int(getattr(signal, "SIGXCPU", 0))


class _Answer:
    """The frames that come back, counted and read while they come.

    Even the child is not believed: a frame that is too long or makes no sense ends it.
    """

    def __init__(self, limits: Limits) -> None:
        self._left = limits.output_bytes + (limits.pages + 4) * 16
        self._pages: Final[list[PageImage | Refusal]] = []
        self._words: Final[list[str]] = []
        self._pixels: Pixels | None = None
        self._refused: Refusal | None = None
        self._total: int | None = None

    def listen(self, child: subprocess.Popen[bytes]) -> None:
        """Read frames until the end, the child's death, or nonsense."""
        if child.stdout is None:  # pragma: no cover  it is a pipe
            raise AssertionError
        with child.stdout as voice:
            try:
                while self._total is None:
                    kind, length = struct.unpack(">cI", voice.read(5))
                    self._left -= length
                    if self._left < 0:
                        break
                    self._take(kind, voice.read(length), length)
            except (struct.error, ValueError):
                pass
            child.kill()

    def rendition(self) -> Rendition | None:
        """What came; None unless it ended as it should."""
        if self._total is None:
            return None
        return Rendition(
            pages=tuple(self._pages),
            words=tuple(self._words),
            pixels=self._pixels,
            refused=self._refused,
            original_pages=self._total,
        )

    def _take(self, kind: bytes, body: bytes, length: int) -> None:
        if len(body) != length:
            raise ValueError(kind)
        if kind == b"P":
            width, height = struct.unpack(">II", body[:8])
            self._pages.append(PageImage(jpeg=body[8:], width=width, height=height))
        elif kind == b"B":
            width, height, *original = struct.unpack(">IIII", body[:16])
            if len(body) - 16 != width * height * 3:
                raise ValueError(kind)
            self._pixels = Pixels(
                rgb=body[16:], width=width, height=height, original=(original[0], original[1])
            )
        elif kind == b"T":
            self._words.append(body.decode())
        elif kind == b"p":
            self._pages.append(Refusal(body.decode()))
        elif kind == b"R":
            self._refused = Refusal(body.decode())
        elif kind == b"E":
            (self._total,) = struct.unpack(">I", body)
        else:
            raise ValueError(kind)
