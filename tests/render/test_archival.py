"""Every PDF keeps PDF/A-2b and has an outline; the judge of it is shown to bite."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms

from pirights.domain.document import Document, Heading, Letters, Title
from pirights.render import pdf
from pirights.resources import folder
from tests.domain.test_bundle_papers import FACTS, MAKERS
from tests.letters.briefs import brief, written
from tests.render.pdfa import faults
from tests.render.sample_letter import EN, ZH, catalogue, letter
from tests.render.srgb_profile import profile
from tests.render.test_exhibits import SAMPLE, bound

ROOT = Path(__file__).parents[2]
PROFILE = folder("templates") / "colour" / "srgb-v2.icc"
Entry = tuple[int, str, int, float | None]

PAPERS: dict[str, Callable[[], Document]] = {
    "sample in both languages": letter,
    "sample in Chinese, with a table": partial(
        letter, Letters.ZH, items=15, extra=(catalogue(60),)
    ),
    "sample in English": partial(letter, Letters.EN),
    "nothing but a date": lambda: replace(
        letter(), title="", blocks=(Title(text="", language=ZH),)
    ),
}
for _letters in Letters:
    PAPERS[f"request in {_letters.value}"] = partial(
        lambda letters: written(brief(letters=letters))[1], _letters
    )
    for _name, _make in zip(("cover", "catalogue", "timeline", "root"), MAKERS, strict=True):
        PAPERS[f"{_name} in {_letters.value}"] = partial(_make, replace(FACTS, letters=_letters))


def entries(file: pikepdf.Pdf) -> list[Entry]:
    """Give the outline: level, title, page from 0, place on it."""
    numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}

    def below(parent: pikepdf.Object, level: int) -> Iterator[Entry]:
        entry = parent.get("/First")
        while entry is not None:
            page, how, *place = entry.Dest.as_list()
            top = float(place[1]) if how == "/XYZ" else None
            yield level, str(entry.Title), numbers[page.objgen], top
            yield from below(entry, level + 1)
            entry = entry.get("/Next")

    return list(below(file.Root.Outlines, 0))


def outline(document: Document) -> list[Entry]:
    with pikepdf.open(io.BytesIO(pdf.to_bytes(document))) as file:
        return entries(file)


@pytest.mark.parametrize("make", PAPERS.values(), ids=PAPERS.keys())
def test_every_paper_keeps_the_standard(make: Callable[[], Document]) -> None:
    document = make()
    allowed = [] if document.title else ["no outline"]
    assert faults(pdf.to_bytes(document)) == allowed


def test_the_bound_exhibits_with_their_pictures_keep_it_too() -> None:
    data, _ = bound(SAMPLE)
    assert faults(data) == []


@pytest.mark.parametrize(
    "title",
    ["关于“A & B”<b>的函</b>", "a (b) \\ ]]> &amp; {{ x }}", "þÿ é — û", "一\r\n二\t三", "É"],
)
def test_a_title_is_the_same_in_dictionary_and_xmp_however_it_is_written(title: str) -> None:
    data = pdf.to_bytes(replace(letter(Letters.ZH, items=1, title=title), title=title))
    assert faults(data) == []
    with pikepdf.open(io.BytesIO(data)) as file:
        said = " ".join(title.split())
        assert str(file.docinfo.Title) == said
        assert file.open_metadata()["dc:title"] == said
        assert entries(file)[0][:3] == (0, said, 0)


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_the_facts_do_not_depend_on_the_machines_zone(zone: str, tmp_path: Path) -> None:
    program = (
        "import sys; from pirights.render import pdf\n"
        "from tests.domain.test_bundle_papers import FACTS, MAKERS\n"
        "sys.stdout.buffer.write(pdf.to_bytes(MAKERS[2](FACTS)))"
    )
    made = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TZ": zone},
        capture_output=True,
        check=True,
    ).stdout
    assert made == pdf.to_bytes(MAKERS[2](FACTS))
    assert b"<xmp:CreateDate>2026-11-25T00:00:00+08:00</xmp:CreateDate>" in made


def test_the_metadata_name_neither_tool_nor_place_nor_user() -> None:
    with pikepdf.open(io.BytesIO(pdf.to_bytes(letter()))) as file:
        packet = file.Root.Metadata.read_bytes().decode()
        assert set(re.findall(r"<(\w+:\w+)", packet)) == {
            "x:xmpmeta", "rdf:RDF", "rdf:Description", "rdf:Alt", "rdf:li", "dc:title",
            "pdfaid:part", "pdfaid:conformance", "xmp:CreateDate", "xmp:ModifyDate",
        }  # fmt: skip
        assert not re.search(r"pirights|reportlab|/home|/root|/tmp", packet, re.IGNORECASE)


def test_the_outline_has_titles_and_upper_headings_of_the_first_language() -> None:
    deep = tuple(
        Heading(text=f"{language} {level}", language=language, level=level)
        for level in (1, 2, 3, 2, 1)
        for language in (ZH, EN)
    )
    told = outline(letter(items=1, extra=deep))
    assert [entry[:2] for entry in told] == [
        (0, "个人信息权益行使请求书"),
        (1, "一、请求事项"),
        (1, "zh 1"),
        (2, "zh 2"),
        (2, "zh 2"),
        (1, "zh 1"),
    ]
    assert outline(letter(Letters.EN))[1][1] == "1. What I ask for"


def test_each_entry_leads_to_the_line_with_its_words() -> None:
    headings = tuple(
        Heading(text=f"第{number}部分", language=ZH, level=1 + number % 2) for number in range(40)
    )
    spread = tuple(part for heading in headings for part in (heading, catalogue(3)))
    data = pdf.to_bytes(letter(Letters.ZH, extra=spread))
    with pikepdf.open(io.BytesIO(data)) as file:
        told = entries(file)
    assert len({page for _, _, page, _ in told}) > 3
    assert len(told) == 42
    with pypdfium2.PdfDocument(data) as read:
        for _, title, page, top in told:
            assert top is not None
            there = read[page].get_textpage().get_text_bounded(top=top, bottom=top - 36)
            assert there.split("\r\n")[0] == title


def test_a_paper_without_title_or_heading_has_one_entry_for_its_first_page() -> None:
    bare = replace(letter(Letters.ZH), title="函", blocks=(catalogue(80),))
    assert outline(bare) == [(0, "函", 0, None)]


def test_the_profile_is_the_one_our_script_makes_and_colours_stay_as_they_are() -> None:
    octets = PROFILE.read_bytes()
    assert sha256(octets).hexdigest() == (
        "32f1cf147f90a4c6700e391f7995dde8b10cc1d1500d5283b8e6dd58a6dbf146"
    )
    assert octets == profile()
    ours = ImageCms.getOpenProfile(io.BytesIO(octets))
    theirs = ImageCms.createProfile("sRGB")
    colours = Image.frombytes(
        "RGB", (64, 64), bytes(part for a in range(64) for b in range(64) for part in
                               (4 * a, 4 * b, 255 - 2 * (a + b)))
    )  # fmt: skip
    turned = ImageCms.applyTransform(colours, ImageCms.buildTransform(ours, theirs, "RGB", "RGB"))
    assert turned is not None
    assert turned.tobytes() == colours.tobytes()


def test_the_profile_goes_into_the_file_as_it_is() -> None:
    with pikepdf.open(io.BytesIO(pdf.to_bytes(letter()))) as file:
        intent = file.Root.OutputIntents[0]
        assert intent.DestOutputProfile.read_bytes() == PROFILE.read_bytes()
        assert str(intent.OutputConditionIdentifier) == "sRGB IEC61966-2.1"
