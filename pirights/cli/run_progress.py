"""How far a run is, in one line of the terminal: count, rate and time left."""

import sys
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from pirights.cli.frame import Call
from pirights.cli.layout import cells
from pirights.errors import Message, message

if TYPE_CHECKING:
    from pirights.batch.outcome import Progress

_PAUSE: Final = 0.2
"""Seconds between two looks."""


class Line:
    """A line on stderr that is written over; nothing where stderr is no terminal."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._shown = not call.screen.as_json and sys.stderr is not None and sys.stderr.isatty()
        self._begun = monotonic()
        self._last = 0.0
        self._width = 0
        self._held: Message | None = None

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Tell what was held back, and leave the line."""
        if self._held is not None:
            self._put(self._held)
        if self._width:
            self._call.screen.raw("\n", to_stderr=True)

    def rows(self, now: "Progress") -> None:
        """Tell how far it is; the rate is that of this call alone."""
        done = now.made + now.skipped
        elapsed = monotonic() - self._begun
        if not done or elapsed <= 0:
            return
        rate = done / elapsed
        self._write(
            message(
                "{over} of {total} rows, {rate} a second, {left} left",
                over=now.over,
                total=now.total,
                rate=f"{rate:.1f}",
                left=_clock((now.total - now.over) / rate),
            ),
        )

    def ending(self) -> None:
        """Tell that all rows are done and the rest is being written."""
        if self._shown:
            self._put(message("All rows are done; index and labels are being written."))

    def _write(self, said: Message) -> None:
        if self._shown and monotonic() - self._last >= _PAUSE:
            self._put(said)
        elif self._shown:
            self._held = said

    def _put(self, said: Message) -> None:
        self._held = None
        self._last = monotonic()
        line = self._call.screen.voice.say(said)
        width = cells(line)
        self._call.screen.raw(f"\r{line}{' ' * (self._width - width)}", to_stderr=True)
        self._width = max(width, 1)


def _clock(seconds: float) -> str:
    """Write a span as minutes and seconds, or hours, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
