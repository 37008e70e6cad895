"""Showing a file with the program that the system keeps for its kind."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

_PATIENCE: Final = 3.0
"""Seconds in which an opener that finds no program says so."""

_OURS: Final = "PIRIGHTS_"
_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")


def show(path: Path, environment: Mapping[str, str]) -> bool:
    """Open a file for the user to look at; say whether there was something to open it with.

    The program that shows it runs on by itself, and is told nothing of the vault.
    """
    if sys.platform == "win32":
        return _started_by_windows(path)
    opener = _opener(environment)
    if opener is None:
        return False
    told = {name: value for name, value in environment.items() if not name.startswith(_OURS)}
    return _ran([opener, str(path)], told)


def _opener(environment: Mapping[str, str]) -> str | None:
    """Find the program that opens files; where there is no display there is none to find."""
    search = environment.get("PATH")
    if sys.platform == "darwin":
        return shutil.which("open", path=search)
    if not any(environment.get(name) for name in _DISPLAYS):
        return None
    return shutil.which("xdg-open", path=search)


def _ran(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Start an opener. One that is still running after a while is showing the file."""
    try:
        child = subprocess.Popen(  # noqa: S603  the system's opener and a file of ours, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return child.wait(timeout=_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True


def _started_by_windows(path: Path) -> bool:
    start = getattr(os, "startfile", None)
    if start is None:
        return False
    try:
        start(str(path))
    except OSError:
        return False
    return True
