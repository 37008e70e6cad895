"""The texts that a workbook keeps apart: each at its place, and in little room."""

import io
import subprocess
import sys
from pathlib import Path
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.workflow import shared_texts
from tests.workflow.test_excel_sheet import GOOD, MAIN, with_shared_strings


def read(inside: str, prefix: str = "") -> shared_texts.SharedTexts:
    name = f":{prefix}" if prefix else ""
    tag = f"{prefix}:sst" if prefix else "sst"
    text = f'<{tag} xmlns{name}="{MAIN}">{inside}</{tag}>'
    return shared_texts.read(io.BytesIO(text.encode()))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_every_text_is_found_at_its_place_and_none_beside_them(texts: list[str]) -> None:
    kept = shared_texts.SharedTexts()
    for text in texts:
        kept.append(text)
    assert [kept[place] for place in range(len(texts))] == texts
    for place in (-1, len(texts)):
        with pytest.raises(IndexError):
            kept[place]


def test_pieces_are_one_text_and_how_it_is_spoken_is_no_part_of_it() -> None:
    kept = read(
        "<si><r><rPr><b/></rPr><t>王</t></r><r><t> 小明</t></r>"
        '<rPh sb="0" eb="1"><t>wang</t></rPh><phoneticPr fontId="1"/></si>'
        "<si/><si><t>a&amp;b</t></si><si><t>x005F_</t></si>"
    )
    assert [kept[place] for place in range(4)] == ["王 小明", "", "a&b", "x005F_"]


def test_names_with_a_prefix_are_known() -> None:
    assert read("<x:si><x:t>甲</x:t></x:si>", prefix="x")[0] == "甲"


def test_what_ends_too_early_is_no_list() -> None:
    with pytest.raises(expat.ExpatError):
        shared_texts.read(io.BytesIO(b"<sst><si><t>"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_very_many_texts_take_little_more_room_than_their_letters(tmp_path: Path) -> None:
    many = "".join(f"<si><t>幸福路{number}号</t></si>" for number in range(800_000))
    path = tmp_path / "many.xlsx"
    path.write_bytes(with_shared_strings(GOOD, b"<v>799999</v>", many))
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from pirights.workflow import excel_sheet\n"
        "def peak():\n"
        "    told = Path('/proc/self/status').read_text()\n"
        "    return int(told.split('VmHWM:')[1].split()[0]) // 1024\n"
        "def first(path):\n"
        "    return next(excel_sheet.opened(Path(path).read_bytes(), name='a').rows())[1]\n"
        "few = first(sys.argv[1]), peak()\n"
        "print(first(sys.argv[2])[0] == '幸福路799999号', peak() - few[1])\n"
    )
    few = tmp_path / "few.xlsx"
    few.write_bytes(GOOD)
    words = [sys.executable, "-c", script, str(few), str(path)]
    is_read, more = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    assert is_read == "True"
    assert int(more) < 60, f"{more} MiB"
