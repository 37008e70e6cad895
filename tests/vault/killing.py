"""Processes that are killed, as a power cut or an impatient user does it."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run_and_kill(script: str, *arguments: str, after: float, line: int = 0) -> list[str]:
    """Run a script, wait for a number of lines and then some seconds, and kill it with SIGKILL.

    Returns:
        The whole lines that it had printed: what it had acknowledged.
    """
    child = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(line)]
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    said.append(child.stdout.read())
    child.wait()
    child.stdout.close()
    assert child.returncode in {0, -signal.SIGKILL}
    whole = "".join(said)
    return whole[: whole.rfind("\n") + 1].splitlines()


def moments(count: int, longest: float) -> list[float]:
    """Moments to kill at, spread over a stretch, the same in every run."""
    dice = random.Random(count)  # noqa: S311 (the same in every run)
    return [dice.uniform(longest * i / count, longest * (i + 1) / count) for i in range(count)]
