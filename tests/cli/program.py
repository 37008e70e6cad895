"""Runs pirights as a user would, or inside this process where only the frame is tested."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pirights.cli.boundary import run
from pirights.cli.frame import Entry, program

_KEPT: Final = frozenset(
    {"PATH", "SYSTEMROOT", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"}
)
"""Of the tests' own environment, what a program needs to run at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a call of the program ended."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, Any]:
        """Return the `data` of the one object on stdout."""
        return self._data(self.out)

    def error(self) -> dict[str, Any]:
        """Return the `data` of the last object on stderr."""
        return self._data(self.err.splitlines()[-1])

    @staticmethod
    def _data(line: str) -> dict[str, Any]:
        envelope = json.loads(line)
        assert envelope["pirights"] == 1
        data = envelope["data"]
        assert isinstance(data, dict)
        return data


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Make an environment of its own: no vault, no language, no colours from outside."""
    kept = {name: value for name, value in os.environ.items() if name in _KEPT}
    return {
        **kept,
        "HOME": str(home),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        **more,
    }


def pirights(
    *arguments: str,
    home: Path,
    vault: Path | None = None,
    passphrase: str | None = None,
    environment: Mapping[str, str] | None = None,
    stdin: bytes = b"",
) -> Ended:
    """Run the program in a process of its own, with the tests' interpreter.

    Args:
        arguments: Of the command line.
        home: The home folder; a file for the passphrase is put there.
        vault: For `--vault`.
        passphrase: Handed over in a file.
        environment: Variables beside those that are needed to run at all.
        stdin: What the program can read; never a terminal.
    """
    variables = surroundings(home, **(environment or {}))
    if vault is not None:
        variables["PIRIGHTS_VAULT"] = str(vault)
    if passphrase is not None:
        secret = home / ".passphrase-for-tests"
        secret.write_text(passphrase + "\n", encoding="utf-8")
        variables["PIRIGHTS_PASSPHRASE_FILE"] = str(secret)
    ended = subprocess.run(
        [sys.executable, "-m", "pirights", *arguments],
        env=variables,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=300,
        cwd=home,
    )
    return Ended(code=ended.returncode, out=ended.stdout.decode(), err=ended.stderr.decode())


def run_here(
    entries: Sequence[Entry], *arguments: str, environment: Mapping[str, str] | None = None
) -> Ended:
    """Run commands of a table of contents of the test's own, without a new process."""
    out, err = io.BytesIO(), io.BytesIO()
    code = run(program(entries), arguments, out=out, err=err, environment=environment or {})
    return Ended(code=code, out=out.getvalue().decode(), err=err.getvalue().decode())
