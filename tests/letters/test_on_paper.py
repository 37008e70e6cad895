"""The letter as a PDF: the words of its text, in their order, and the same bytes every time."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from pirights.domain.document import Letters
from pirights.render import pdf
from pirights.render.text import to_text
from tests.letters.briefs import REF, brief, written
from tests.letters.test_fill import HOSTILE
from tests.needs import program

ROOT = Path(__file__).parents[2]
BASE_14 = re.compile(r"Helvetica|Times|Courier|Symbol|ZapfDingbats")


@cache
def letter(letters: Letters) -> tuple[str, bytes]:
    """The letter as text and as a file."""
    _, document = written(brief(date(2021, 10, 1), date(2026, 11, 20), letters=letters))
    return to_text(document), pdf.to_bytes(document)


def bare(text: str) -> str:
    """Leave out what setting a text in pages changes: blanks, page numbers, the reference.

    The colons too: the text has one behind each label of the parties' box, the file has a rule.
    """
    pageless = re.sub(r"第\s*\d+\s*页\s*共\s*\d+\s*页(?:\s*/\s*)?|Page\s+\d+\s+of\s+\d+", "", text)
    return re.sub(r"[\s:：]+", "", pageless.replace(REF, ""))


def extracted(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    told = subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    return told.stdout


@program("pdftotext")
@pytest.mark.parametrize("letters", Letters)
def test_the_file_holds_the_words_of_the_text_in_their_order(
    letters: Letters, tmp_path: Path
) -> None:
    text, data = letter(letters)
    assert len(bare(text)) > 2000
    assert bare(extracted(data, tmp_path)) == bare(text)


@program("pdftotext")
def test_what_the_user_typed_is_literal_in_the_file(tmp_path: Path) -> None:
    printable = [value for value in HOSTILE if "\ue000" not in value and "\ue001" not in value]
    _, document = written(replace(brief(), identify_by=tuple(printable)))
    found = bare(extracted(pdf.to_bytes(document), tmp_path))
    for value in printable:
        assert bare(value) in found


@pytest.mark.parametrize("surroundings", [{"TZ": "America/New_York"}, {"TZ": "UTC", "LC_ALL": "C"}])
def test_the_same_letter_is_the_same_bytes_in_another_zone_and_process(
    surroundings: dict[str, str],
) -> None:
    program_text = (
        "import sys; from hashlib import sha256; from pirights.domain.document import Letters;"
        "from tests.letters.test_on_paper import letter;"
        "print(sha256(letter(Letters.BOTH)[1]).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", program_text],
        cwd=ROOT,
        env={**os.environ, **surroundings, "PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert told.stdout.strip() == sha256(letter(Letters.BOTH)[1]).hexdigest()


@pytest.mark.parametrize("letters", Letters)
def test_every_font_is_embedded_and_none_is_of_the_base_fourteen(letters: Letters) -> None:
    from io import BytesIO

    fonts = 0
    with pikepdf.open(BytesIO(letter(letters)[1])) as file:
        for page in file.pages:
            for font in page.Resources.Font.values():
                fonts += 1
                assert not BASE_14.search(str(font.BaseFont))
                (inner,) = font.DescendantFonts if "/DescendantFonts" in font else [font]
                assert "/FontFile2" in inner.FontDescriptor
                assert re.match(r"/[A-Z]{6}\+", str(inner.FontDescriptor.FontName))
    assert fonts


@pytest.mark.parametrize(
    ("letters", "language"),
    [(Letters.ZH, "zh-CN"), (Letters.EN, "en"), (Letters.BOTH, "zh-CN")],
)
def test_the_file_says_its_title_language_and_the_letters_own_date(
    letters: Letters, language: str
) -> None:
    from io import BytesIO

    with pikepdf.open(BytesIO(letter(letters)[1])) as file:
        assert str(file.Root.Lang) == language
        assert str(file.docinfo.Title) == written(brief(letters=letters))[1].title
        assert str(file.docinfo.CreationDate) == "D:20261123000000+08'00'"
        assert "irights" not in str(file.docinfo)


def test_a_letter_of_one_right_fits_two_pages_and_all_pages_are_a4() -> None:
    from io import BytesIO

    from pirights.domain.request import Right

    _, document = written(brief(rights=(Right.ACCESS,)))
    with pikepdf.open(BytesIO(pdf.to_bytes(document))) as file:
        assert len(file.pages) <= 2
        for page in file.pages:
            assert [round(float(side)) for side in page.MediaBox] == [0, 0, 595, 842]
