"""What LibreOffice reads in a workbook: the other reader of ours."""

import csv
import os
import subprocess
from pathlib import Path


def sheets(book: Path) -> dict[str, list[list[str]]]:
    """Open a workbook in LibreOffice and return the cells of each of its sheets, by title."""
    folder = book.parent / "libreoffice"
    folder.mkdir(exist_ok=True)
    every_sheet_utf8 = (
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    )
    ended = subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--convert-to", every_sheet_utf8, "--outdir", folder, book),
        ],
        check=True,
        capture_output=True,
        timeout=300,
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
    )
    told = (ended.stdout + ended.stderr).decode()
    assert "rror" not in told.replace(book.stem, ""), told
    return {
        path.stem.removeprefix(f"{book.stem}-"): list(
            csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True))
        )
        for path in folder.glob("*.csv")
    }
