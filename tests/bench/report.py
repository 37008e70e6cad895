"""How a figure is taken and told."""

import sys
import time
from collections.abc import Callable

BAR = "{what:<52} {figure:>8}   bar {bar}\n"


def seconds(act: Callable[[], object]) -> float:
    """Time an act in this process, all its threads, in processor seconds."""
    before = time.process_time()
    act()
    return time.process_time() - before


def elapsed(act: Callable[[], object]) -> float:
    """Time an act by the clock, in seconds."""
    before = time.perf_counter()
    act()
    return time.perf_counter() - before


def say(what: str, figure: float, bar: str) -> None:
    """Print one figure beside its bar."""
    sys.stdout.write(BAR.format(what=what, figure=f"{figure:.2f}", bar=bar))
