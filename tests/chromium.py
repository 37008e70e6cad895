"""A page of ours in a real browser, with our fonts beside its own."""

import os
import subprocess
from pathlib import Path

FONTS = Path(__file__).parents[1] / "templates" / "fonts"


def browsed(path: Path, *options: str) -> bytes:
    """Open a page, and return what the browser writes; it leaves its own files beside the page."""
    folder = path.parent
    conf = folder / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{FONTS}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir>"
        "</fontconfig>",
        encoding="utf-8",
    )
    ended = subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *(f"--user-data-dir={folder / 'profile'}", *options, path.as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        cwd=folder,
        env={**os.environ, "FONTCONFIG_FILE": str(conf), "HOME": str(folder)},
    )
    return ended.stdout
