"""Files opened ahead: in their order, the same pages, read where the reader stands."""

import threading
from collections.abc import Callable, Iterator

import pytest

from pirights.domain.refusal import Refusal
from pirights.render import raster_ahead
from pirights.render.raster import DEFAULT_LIMITS, Kind, Limits, pictures_of
from pirights.render.raster_ahead import Closed, renditions
from tests.render import strange_files

FILES = [
    (Kind.PDF, strange_files.pdf(pages=4)),
    (Kind.PICTURE, strange_files.picture()),
    (Kind.PICTURE, b"no picture"),
    (Kind.PICTURE, strange_files.picture("PNG", (30, 20))),
    (Kind.PDF, strange_files.xref_loop()),
    (Kind.PDF, strange_files.pdf(content=b"")),
    (Kind.PICTURE, strange_files.picture(left="blue")),
]


def closed(
    kind: Kind, data: bytes, told: Callable[[], object] = lambda: None, *, size: int | None = None
) -> Closed:
    def content() -> Iterator[bytes]:
        told()
        yield data

    return Closed(kind=kind, size=len(data) if size is None else size, content=content)


def test_the_pages_are_those_of_each_file_in_the_files_order() -> None:
    files = [None, *(closed(kind, data) for kind, data in FILES), None]
    alone = [pictures_of([data], kind=kind) for kind, data in FILES]
    assert list(renditions(files, DEFAULT_LIMITS)) == [None, *alone, None]


def test_octets_are_read_once_and_in_the_readers_own_thread() -> None:
    read: list[int] = []
    files = [closed(*one, lambda: read.append(threading.get_ident())) for one in FILES]
    assert len(list(renditions(files, DEFAULT_LIMITS))) == len(FILES)
    assert read == [threading.get_ident()] * len(FILES)


def test_a_large_file_waits_for_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster_ahead, "_LARGEST", 100_000)
    read: list[int] = []
    photo = strange_files.picture()
    late = closed(Kind.PICTURE, photo, lambda: read.append(1), size=100_001)
    pages = renditions([closed(Kind.PICTURE, photo), late], DEFAULT_LIMITS)
    first = next(pages)
    assert read == [], "only after the first was shown"
    assert next(pages) == first
    assert read == [1]


def test_what_ends_in_the_middle_begins_nothing_more() -> None:
    read: list[int] = []
    files = [closed(*FILES[1], lambda: read.append(1)) for _ in range(40)]
    pages = renditions(files, DEFAULT_LIMITS)
    next(pages)
    pages.close()  # type: ignore[attr-defined]  # a generator
    assert len(read) <= raster_ahead._ROOMS + 1


def test_each_file_has_limits_of_its_own() -> None:
    files = [closed(Kind.PDF, strange_files.pdf(pages=3)) for _ in range(3)]
    for done in renditions(files, Limits(pages=2)):
        assert done is not None
        assert (len(done.pages), done.refused) == (2, Refusal.TOO_MANY_PAGES)
