"""Marks for tests that need a program of the system.

Outside CI such a test is skipped, by name and reason; in CI a missing program is a failure.
"""

import os
import shutil
from pathlib import Path

import pytest


def program(*names: str) -> pytest.MarkDecorator:
    """Skip where one of the programs is missing, except under CI."""
    missing = [name for name in names if shutil.which(name) is None]
    in_ci = bool(os.environ.get("CI"))
    return pytest.mark.skipif(bool(missing) and not in_ci, reason=f"needs {', '.join(missing)}")


def file(*paths: str) -> pytest.MarkDecorator:
    """Skip where one of the files is missing, except under CI."""
    missing = [path for path in paths if not Path(path).exists()]
    in_ci = bool(os.environ.get("CI"))
    return pytest.mark.skipif(bool(missing) and not in_ci, reason=f"needs {', '.join(missing)}")
