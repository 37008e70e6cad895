"""The line of a run: on a terminal only, written over, its last word kept."""

import io
import sys

import pytest

from pirights.batch.outcome import Progress
from pirights.cli import run_progress
from pirights.cli.frame import Call
from pirights.cli.run_progress import Line
from pirights.cli.show import Screen


class _Terminal(io.BytesIO):
    def isatty(self) -> bool:
        return True


def played(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    err = _Terminal() if terminal else io.BytesIO()
    monkeypatch.setattr(sys, "stderr", err)
    ticks = iter(range(1_000))
    monkeypatch.setattr(run_progress, "monotonic", lambda: next(ticks) / 20)
    with Line(Call(screen=Screen(None, err))) as line:
        for made in range(1, 41):
            line.rows(Progress(total=50, made=made, failed=10, skipped=0))
        line.ending()
    return err.getvalue().decode()


def test_count_rate_and_time_left_stand_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = played(monkeypatch, terminal=True)
    assert shown.count("\n") == 1
    lines = shown.rstrip("\n").split("\r")[1:]
    assert len(lines) < 40
    assert "of 50 rows" in lines[0]
    assert "a second" in lines[0]
    assert "left" in lines[0]
    assert lines[-1].strip() == "All rows are done; index and labels are being written."


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert played(monkeypatch, terminal=False) == ""


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59.6, "1:00"), (61, "1:01"), (3_661, "1:01:01")]
)
def test_a_span_is_written_as_a_clock(seconds: float, shown: str) -> None:
    assert run_progress._clock(seconds) == shown
