"""A captured page on paper and as a picture, by a browser of the Chromium family if there is one.

The browser runs with an empty profile, in a folder of its own that is deleted afterwards, sees
nothing but the captured page (`evidence.replay`) and runs no script. So its pages show what the
WARC file holds, no more. It is held to seconds of computing and to a size of files, and ended
with all its children when it takes too long.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pirights.domain.text import visible
from pirights.evidence import replay
from pirights.evidence.exchange import Page

_NAMES: Final = (
    *("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"),
    *("microsoft-edge-stable", "microsoft-edge", "chrome", "msedge"),
)
_PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
_QUIET: Final = (
    *("--headless=new", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
    *("--no-default-browser-check", "--disable-background-networking", "--disable-sync"),
    *("--disable-extensions", "--disable-component-update", "--disable-default-apps"),
    *("--disable-domain-reliability", "--disable-client-side-phishing-detection"),
    *("--disable-breakpad", "--disable-dev-shm-usage", "--disable-quic", "--no-pings"),
    *("--metrics-recording-only", "--mute-audio", "--lang=zh-CN", "--password-store=basic"),
    *("--ignore-certificate-errors", "--proxy-bypass-list=<-loopback>"),
    *("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",),
)
_WALL_SECONDS: Final = 60
_CPU_SECONDS: Final = 120
_FILE_BLOCKS: Final = 262_144
"""The largest file that the browser may write, in blocks of 512 octets: 128 MiB."""

_RESULT_LIMIT: Final = 32 << 20
"""Octets of a PDF or PNG that is kept."""

_WINDOW: Final = "1280,1810"
"""Pixels of the picture, in the proportions of A4: it stays readable when it is printed."""

_SAID_LIMIT: Final = 1000
"""Octets of what a browser prints that are read."""

_KEPT_VARIABLES: Final = ("SYSTEMROOT", "PROGRAMFILES", "PROGRAMFILES(X86)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a browser made of a page.

    Attributes:
        browser: Its own name and version.
        pdf: All of it on A4, or None.
        png: The top of the page, as on a screen 1,280 pixels wide, or None.
    """

    browser: str
    pdf: bytes | None
    png: bytes | None


def installed() -> str | None:
    """Find a browser of the Chromium family."""
    found = (shutil.which(name) for name in _NAMES)
    places = (place for place in _PLACES if Path(place).is_file())
    return next((one for one in (*found, *places) if one), None)


def shown(page: Page, program: str) -> Shown:
    """Let a browser print and picture a captured page. What fails is None, never an exception."""
    with (
        tempfile.TemporaryDirectory(prefix="page-", ignore_cleanup_errors=True) as name,
        replay.serving(page, Path(name)) as port,
    ):
        folder = Path(name)
        words = [
            *_sandbox(program),
            *_QUIET,
            f"--proxy-server=http://127.0.0.1:{port}",
            f"--user-data-dir={folder / 'profile'}",
        ]
        version = visible(
            _run([program, "--version"], folder).decode("utf-8", "replace").strip(), keep="\n"
        )
        pdf = _made(
            [*words, "--no-pdf-header-footer", f"--print-to-pdf={folder / 'page.pdf'}"],
            page.page.url,
            folder / "page.pdf",
        )
        png = _made(
            [
                *words,
                f"--window-size={_WINDOW}",
                "--force-device-scale-factor=1",
                f"--screenshot={folder / 'page.png'}",
            ],
            page.page.url,
            folder / "page.png",
        )
    return Shown(browser=version.splitlines()[-1][:80] if version else "", pdf=pdf, png=png)


def _made(words: Sequence[str], url: str, path: Path) -> bytes | None:
    _run([*words, url], path.parent)
    with suppress(OSError):
        if 0 < path.stat().st_size <= _RESULT_LIMIT:
            return path.read_bytes()
    return None


def _sandbox(program: str) -> Iterator[str]:
    yield program
    if sys.platform != "win32" and os.geteuid() == 0:
        yield "--no-sandbox"  # the browser refuses to start as root with it


def _run(words: Sequence[str], folder: Path) -> bytes:
    """Run a browser to its end, or to the end of its time; return what it printed."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    here = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.defpath, "LANG": "C.UTF-8"}
    said = folder / "said"
    with said.open("wb") as answer:  # a pipe could be held open by a child that is left behind
        try:
            running = subprocess.Popen(  # noqa: S603 (a browser of the system, no shell for its words)
                [*_limited(), *words],
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={**kept, **here},
                cwd=folder,
                start_new_session=True,
            )
        except OSError:
            return b""
        try:
            running.wait(_WALL_SECONDS)
        except subprocess.TimeoutExpired:
            return b""
        finally:
            _end(running)
    return said.read_bytes()[:_SAID_LIMIT]


def _limited() -> tuple[str, ...]:
    """Begin a command with limits on seconds of computing and size of files, where there are."""
    if sys.platform == "win32":
        return ()
    limits = f"ulimit -c 0; ulimit -t {_CPU_SECONDS}; ulimit -f {_FILE_BLOCKS}; "
    return ("/bin/sh", "-c", limits + 'exec "$@"', "sh")


def _end(running: "subprocess.Popen[bytes]") -> None:
    """End a process with its children, and wait for it."""
    with suppress(OSError):
        if sys.platform == "win32":
            running.kill()
        else:
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()
