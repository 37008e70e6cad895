"""The contact sheets: every page of every sample letter is there to be looked at."""

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pirights.domain.document import Letters
from pirights.letters import template
from tests import pictures
from tests.needs import program


@program("pdftoppm")
def test_the_sheet_shows_every_page_of_every_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pictures.main([str(tmp_path), "--kind", "reminder"])
    files = sorted((tmp_path / "reminder").iterdir())
    assert {file.name.split(".")[1] for file in files} == set(Letters)
    pages = 0
    for file in files:
        with pikepdf.open(file) as pdf:
            pages += len(pdf.pages)
    assert f"{pages} pages" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["reminder.png"]


@program("pdftoppm")
def test_each_place_on_the_sheet_holds_its_page(tmp_path: Path) -> None:
    made = pictures.sheet("reminder", tmp_path)
    with Image.open(made.picture) as whole:
        whole.load()
    per_file: dict[Path, list[int]] = {}
    for file, number, box in made.places:
        per_file.setdefault(file, []).append(number)
        assert whole.crop(box).tobytes() == pictures.drawn(file)[number - 1].tobytes()
        assert whole.crop(box).getextrema() == (0, 255)
    for file, numbers in per_file.items():
        with pikepdf.open(file) as pdf:
            assert numbers == list(range(1, len(pdf.pages) + 1))


@pytest.mark.parametrize("kind", template.kinds())
@pytest.mark.parametrize("letters", Letters)
def test_every_kind_has_a_letter_to_be_drawn(kind: str, letters: Letters) -> None:
    made = pictures.cases(kind)
    assert made
    for compose in made.values():
        assert compose(letters).letters is letters
    assert pictures.made_up(kind, letters).blocks
