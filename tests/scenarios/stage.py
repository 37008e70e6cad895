"""A home and a vault of a scenario's own, and the real program run in them."""

import base64
import contextlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from pirights.cli import boundary
from pirights.cli.frame import program
from pirights.cli.main import CONTENTS
from tests.cli.program import Ended, pirights, surroundings

PASSPHRASE: Final = "correct horse battery staple"  # noqa: S105 (a test's own)
NOW: Final = "1795406400"
"""Noon of 23 November 2026 in Shanghai, in seconds since 1970, for SOURCE_DATE_EPOCH."""

RESULTS: Final = frozenset({0, 10, 31, 40})
"""Exit codes that come with a result on stdout; 21 too, of `vault check` alone."""

PICTURE: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mOIqpiGFTEMLQkAG9VaAbGsPd0A"
    "AAAASUVORK5CYII="
)
"""A whole PNG of 8 × 8 points."""

HANDLER: Final = "临安云栖野趣乐园有限公司"
PLACE: Final = "东门3号闸机"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a scenario plays.

    Attributes:
        environment: Variables of every call, beside those that are needed to run at all.
        inside: Run the whole program within the tests' own process, which takes a third of the
            time. What a process of its own matters for is run `outside`.
    """

    home: Path
    vault: Path
    recovery_code: str = ""
    passphrase: str | None = PASSPHRASE
    environment: Mapping[str, str] = field(default_factory=dict)
    inside: bool = False

    def run(self, *arguments: str, code: int | None = 0, stdin: bytes = b"") -> Ended:
        """Run the program and hold it to its exit code and to what an error may print."""
        ended = self._run_inside(*arguments) if self.inside else self._run(*arguments, stdin=stdin)
        assert "Traceback" not in ended.err, ended.err
        if code is not None:
            assert ended.code == code, (arguments, ended)
        if ended.code not in RESULTS and arguments[:2] != ("vault", "check"):
            assert ended.out == "", arguments
            assert ended.err, arguments
        return ended

    def _run(self, *arguments: str, stdin: bytes) -> Ended:
        return pirights(
            *arguments,
            home=self.home,
            vault=self.vault,
            passphrase=self.passphrase,
            environment={"SOURCE_DATE_EPOCH": NOW, **self.environment},
            stdin=stdin,
        )

    def _run_inside(self, *arguments: str) -> Ended:
        variables = self._variables()
        out, err = io.BytesIO(), io.BytesIO()
        with patch.dict(os.environ, variables, clear=True), contextlib.chdir(self.home):
            code = boundary.run(
                program(CONTENTS), arguments, out=out, err=err, environment=variables
            )
        return Ended(code=code, out=out.getvalue().decode(), err=err.getvalue().decode())

    def _variables(self) -> dict[str, str]:
        more = {"SOURCE_DATE_EPOCH": NOW, "PIRIGHTS_VAULT": str(self.vault), **self.environment}
        if self.passphrase is not None:
            secret = self.home / "passphrase"
            secret.write_text(self.passphrase, encoding="utf-8")
            more.setdefault("PIRIGHTS_PASSPHRASE_FILE", str(secret))
        return surroundings(self.home, **more)

    def data(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        """Run the program with `--json` and return what it says."""
        return self.run(*arguments, "--json", code=code).json()

    def refusal(self, *arguments: str, code: int) -> dict[str, Any]:
        """Run the program with `--json` and return why it did not do it."""
        told = self.run(*arguments, "--json", code=code).error()
        assert told["code"] == code
        assert told["message"]
        return told

    @property
    def outside(self) -> "Stage":
        """The same stage, with a process of its own for every call."""
        return replace(self, inside=False)

    def having(self, **more: str) -> "Stage":
        """The same stage with more variables in the environment."""
        return replace(self, environment={**self.environment, **more})

    def file(self, name: str, content: bytes = PICTURE) -> str:
        """Put a file into the home folder and return its path."""
        path = self.home / name
        path.write_bytes(content)
        return str(path)

    def start(self, *arguments: str, **more: Any) -> "subprocess.Popen[bytes]":  # noqa: ANN401
        """Start the program and return while it runs."""
        words = [sys.executable, "-m", "pirights", *arguments]
        return subprocess.Popen(words, env=self._variables(), cwd=self.home, **more)

    def log_scan(self, *more: str, place: str = PLACE, at: str = "2026-11-20 18:05") -> str:
        """Write down a scan and return its label."""
        where = ("--at", at, "--place", place, "--venue", "scenic-area")
        return str(self.data("log", "add", *where, *more)["id"])

    def opened_case(self, *more: str, name: str = HANDLER) -> str:
        """Add a handler and a scan, ask for access and a copy, and return the case."""
        handler = str(self.data("handler", "add", "--name", name)["id"])
        self.log_scan("--handler", handler)
        rights = ("--right", "access", "--right", "copy")
        return str(self.data("request", "new", "--handler", handler, *rights, *more)["ref"])


def make(home: Path) -> Stage:
    """Make the vault of Wang Xiaoming."""
    home.mkdir(parents=True, exist_ok=True)
    stage = Stage(home=home, vault=home / "vault")
    made = stage.data("init", "--name", "王小明", "--no-keyring")
    return replace(stage, recovery_code=made["recovery_code"])


def copy(stage: Stage, home: Path) -> Stage:
    """Put the same vault into another home."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copytree(stage.vault, home / "vault")
    return replace(stage, home=home, vault=home / "vault")
