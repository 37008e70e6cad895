"""An outside judge, Apache PDFBox Preflight, accepts our papers as PDF/A-1b.

It knows only part 1 of the standard, so it is shown a twin of part 1 that the same code makes: a
lower version number and the part's number in the metadata are all that differs.
"""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pirights.domain.document import Document
from pirights.render import pdf
from tests.needs import file, program
from tests.render.sample_letter import letter
from tests.render.test_archival import PAPERS

JARS = tuple(
    f"/usr/share/java/{name}.jar"
    for name in (
        "preflight", "pdfbox2", "fontbox2", "xmpbox",
        "commons-logging", "bcprov", "javax.activation", "jaxb-api",
    )
)  # fmt: skip


def told(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "twin.pdf"
    path.write_bytes(data)
    words = ("java", "-cp", ":".join(JARS), "org.apache.pdfbox.preflight.Validator_A1b", str(path))
    return subprocess.run(words, capture_output=True, check=False, text=True).stdout


def test_the_twin_differs_in_version_part_and_identifier_only() -> None:
    twin, paper = pdf.to_bytes(letter(), part=1), pdf.to_bytes(letter())
    assert len(twin) == len(paper)
    apart = [at for at, (one, two) in enumerate(zip(twin, paper, strict=True)) if one != two]
    assert chr(twin[apart[0]]) + chr(paper[apart[0]]) == "47"
    assert apart[1] == twin.index(b"<pdfaid:part>") + len("<pdfaid:part>")
    assert apart[2] > twin.index(b"/ID [<")


@program("java")
@file(*JARS)
@pytest.mark.parametrize("make", PAPERS.values(), ids=PAPERS.keys())
def test_the_judge_accepts_every_paper(make: Callable[[], Document], tmp_path: Path) -> None:
    assert "is a valid PDF/A-1b file" in told(pdf.to_bytes(make(), part=1), tmp_path)


@program("java")
@file(*JARS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/OutputIntents", b"/OutputIntentz"),
        (b"/CIDSet", b"/CIDSat"),
        (b"</pdfaid:conformance>", b"</pdfaid:conformence>"),
        (b"D:2026", b"D:2025"),
        (b"\nendstream", b" endstream"),
    ],
)
def test_the_judge_bites(old: bytes, new: bytes, tmp_path: Path) -> None:
    twin = pdf.to_bytes(letter(), part=1)
    assert "is not a valid PDF/A-1b file" in told(twin.replace(old, new), tmp_path)
