"""Strangers' files opened a few ahead of the page that is being set, each in a room of its own.

The rooms are processes (`render.raster`), so that several processors are used; the pages come in
the order of the exhibits all the same, and are the same pages.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from pirights.render.raster import Kind, Limits, Rendition, pictures_of

_ROOMS: Final = 4
"""At most so many at once; each may need the memory that its limits allow."""

_LARGEST: Final = 16 << 20
"""Octets of a file that is read ahead; a larger one waits for its turn and is never held whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A file that is to be opened.

    Attributes:
        size: Octets.
        content: Opens them; called once, in the thread of whoever asks for the pages.
    """

    kind: Kind
    size: int
    content: Callable[[], Iterable[bytes]]


def renditions(files: Sequence[Closed | None], limits: Limits) -> Iterator[Rendition | None]:
    """Give what can be shown of each file, in order; None where there is none to open."""
    rooms = min(_ROOMS, os.cpu_count() or 1)
    pool = ThreadPoolExecutor(rooms)
    begun: deque[Callable[[], Rendition | None]] = deque()
    try:
        for file in files:
            begun.append(_begin(pool, file, limits))
            if len(begun) > rooms:
                yield begun.popleft()()
        while begun:
            yield begun.popleft()()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin(
    pool: ThreadPoolExecutor, file: Closed | None, limits: Limits
) -> Callable[[], Rendition | None]:
    if file is None:
        return lambda: None
    if file.size > _LARGEST:
        return lambda: pictures_of(file.content(), kind=file.kind, limits=limits)
    octets = list(file.content())
    return pool.submit(partial(pictures_of, octets, kind=file.kind, limits=limits)).result
