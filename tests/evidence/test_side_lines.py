"""Work beside the main thread: what goes wrong there is told, though nobody asks for the result."""

import threading
from collections.abc import Iterator

import pytest

from pirights.evidence.side_lines import SideLines


def test_what_stopped_a_line_is_raised_at_the_end_though_nobody_asked_for_its_result() -> None:
    lines = SideLines()
    stream = lines.writing(_failing)
    for _ in range(40):  # more than may wait: whoever gives pieces is not left waiting
        stream.put(b"piece")
    stream.end()
    with pytest.raises(OSError, match="no room"):
        lines.finish()


def _failing(coming: Iterator[bytes]) -> str:
    next(coming)
    raise OSError("no room")


def test_a_stream_that_nobody_ended_does_not_hold_up_the_stop() -> None:
    lines = SideLines()
    taken: list[bytes] = []
    stream = lines.writing(taken.extend)
    stream.put(b"the last piece before Ctrl-C")
    stopping = threading.Thread(target=lines.stop, daemon=True)
    stopping.start()
    stopping.join(timeout=30)
    assert not stopping.is_alive()
    assert taken == [b"the last piece before Ctrl-C"]
