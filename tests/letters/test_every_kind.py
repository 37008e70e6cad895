"""Every kind of paper in every form, with what people and companies type in every place.

Text stays text, the page holds it, no file tells more than it says; long, odd, missing or many.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache, partial
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Final

import pikepdf
import pypdfium2
import pytest

from pirights.domain.document import Document, Item, Letters, Signature, Table
from pirights.errors import MissingGlyph
from pirights.letters import template
from pirights.render import docx, html, pdf
from pirights.render.blocks import MEASURE, Composer, Tightness
from pirights.render.contents import strings
from pirights.render.paper import A4
from pirights.render.text import WIDTH, cells, to_text
from pirights.render.typeset import Typesetter
from tests.letters import every_kind, papers
from tests.letters.every_kind import CATALOGUE, KINDS, spoiled
from tests.letters.test_fill import HOSTILE
from tests.needs import program
from tests.render import pdfa

ROOT: Final = Path(__file__).parents[2]
EDGE: Final = (A4[0] - MEASURE) / 2
BASE: Final = "甲样例文字乙"
"""Words that no template has."""

MARKUP: Final = (
    '<font color="[[[红]]]">张䶮㛃</font> <img src="file:/x"> {{ 7*7 }} {% raw %} {mine} &amp;'
    " a | b ```"
)
TRICKS: Final = (
    *(one for one in HOSTILE if one.strip(" -")),
    *(MARKUP, "{{ person.id_number }}", "{{ mine }}", "{mine}", "%(mine)s", "שלום مرحبا 𠮷 😀"),
    *("```\nx\n```", "一\n\n```item\n9 | x | y\n```", "# x\n## y", "]]>", "</w:t>", "=1+1"),
)
NAME: Final = "杭州样例野趣乐园文化旅游开发有限责任公司" * 3
LONG: Final = {
    "name": NAME,
    "name_en": "Hangzhou Sample Park Culture and Tourism Development Company Limited",
    "email": f"{'a' * 60}@{'b' * 60}.example",
    "policy_url": f"https://park.example/{'privacy-' * 20}",
    "address": "杭州市西湖区云栖路999号3幢2单元501室“样例”大厦，" * 9 + "A" * 60,
}
REST: Final = "样例乐园东门3号闸机旁的“服务台”（二楼），每日9:00—17:30；" * 10
DRESSES: Final = ("plain", "markup", "long", "many", *papers.CAPACITIES[1:])
CASES: Final = [
    (kind, dress, letters)
    for kind in KINDS
    for dress in DRESSES
    for letters in Letters
    if (kind, dress) != ("withdrawal", "relative")
    and (dress in {"plain", "markup"} or letters is Letters.BOTH)
    and (kind != CATALOGUE or dress not in papers.CAPACITIES)
]
EVERY: Final = pytest.mark.parametrize(
    ("kind", "dress", "letters"), CASES, ids=["-".join(one) for one in CASES]
)
EACH: Final = pytest.mark.parametrize("kind", KINDS)


@cache
def paper(kind: str, dress: str, letters: Letters) -> Document:
    """A paper as it is, or in a capacity, or with odd, long or many things in it."""
    capacity = dress if dress in papers.CAPACITIES else papers.SELF
    told = every_kind.told(kind, capacity, letters)
    match dress:
        case "markup":
            told = spoiled(told, lambda _: MARKUP)
        case "long":
            told = spoiled(told, lambda field: LONG.get(field, REST))
        case "many":
            told = every_kind.multiplied(told, 200)
    return every_kind.written(kind, told)


@cache
def printed(kind: str, dress: str, letters: Letters) -> bytes:
    return pdf.to_bytes(paper(kind, dress, letters))


def said(document: Document) -> str:
    """All that a paper says, as a reader of its pages meets it."""
    found: list[str] = []
    for block in document.blocks:
        found += [f"{block.number}."] if isinstance(block, Item) else []
        found += strings(block)
    return "".join(found)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\u00ad", ""))


def test_every_kind_that_can_be_written_is_tried() -> None:
    assert {*template.kinds()} == {*KINDS} - {CATALOGUE, "poa-court"}


@pytest.mark.parametrize("trick", TRICKS)
@EACH
def test_what_is_typed_stays_text_and_changes_no_block(kind: str, trick: str) -> None:
    told = every_kind.told(kind, papers.SELF, Letters.BOTH)
    usual = every_kind.written(kind, spoiled(told, lambda _: BASE))
    odd = every_kind.written(kind, spoiled(told, lambda _: trick))
    assert [type(block) for block in odd.blocks] == [type(block) for block in usual.blocks]
    core = trick.strip().rstrip("。.；;")
    assert said(odd).count(core) >= said(usual).count(BASE)
    assert kind == "receipt" or said(usual).count(BASE)


@EACH
def test_nothing_typed_leaves_a_paper_whole(kind: str) -> None:
    for capacity in papers.CAPACITIES:
        if (kind, capacity) == ("withdrawal", "relative"):
            continue
        told = every_kind.told(kind, capacity, Letters.BOTH)
        empty = every_kind.written(kind, spoiled(told, lambda _: ""))
        assert not re.search(
            r"None(?!\. No photo)|\{\{|（）|《》|[:：]，|，，|、、|。。", said(empty)
        )
        pdf.to_bytes(empty)


def _ending(character: str, _: str) -> str:
    return f"样例{character}"


@EACH
def test_a_character_without_a_glyph_stops_it_and_is_named(kind: str) -> None:
    told = every_kind.told(kind, papers.SELF, Letters.ZH)
    for character in ("😀", "𠮷", "ש", "\ue000"):
        odd = every_kind.written(kind, spoiled(told, partial(_ending, character)))
        if character not in said(odd):
            assert kind == "receipt"
            continue
        with pytest.raises(MissingGlyph) as caught:
            pdf.to_bytes(odd)
        assert caught.value.exit_code == 50
        assert character in str(caught.value)


@EVERY
def test_the_file_is_sound_and_tells_nothing_of_its_making(
    kind: str, dress: str, letters: Letters
) -> None:
    data = printed(kind, dress, letters)
    assert pdfa.faults(data) == []
    document = paper(kind, dress, letters)
    with pikepdf.open(BytesIO(data)) as file:
        assert str(file.docinfo.Title) == document.title
        assert {*file.docinfo.keys()} == {"/Title", "/CreationDate", "/ModDate"}
        assert str(file.docinfo.CreationDate).startswith(f"D:{document.on:%Y%m%d}000000")
        for page in file.pages:
            assert [round(float(side)) for side in page.MediaBox] == [0, 0, 595, 842]
            assert all(".notdef" not in str(font) for font in page.Resources.Font.values())
    for word in (b"ReportLab", b"pirights", str(ROOT).encode(), str(Path.home()).encode()):
        assert word not in data


def words(data: bytes, folder: Path) -> list[list[tuple[float, float, float, float, str]]]:
    """Of each page its words in reading order, with their boxes from the upper left corner."""
    path = folder / "paper.pdf"
    path.write_bytes(data)
    told = subprocess.run(
        ["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    one = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
    return [
        [
            (*(float(side) for side in found.groups()[:4]), found[5])  # type: ignore[misc]
            for found in one.finditer(page)
        ]
        for page in told.split("</page>")[:-1]
    ]


@program("pdftotext")
@EVERY
def test_all_words_stand_inside_the_page_and_no_signature_alone(
    kind: str, dress: str, letters: Letters, tmp_path: Path
) -> None:
    document = paper(kind, dress, letters)
    signed = {
        bare(block.lines[0])[:12] for block in document.blocks if isinstance(block, Signature)
    }
    for page in words(printed(kind, dress, letters), tmp_path):
        for left, top, right, bottom, _ in page:
            assert left > EDGE - 7  # a mark may stick out by its own blank half
            assert right < A4[0] - EDGE + 7
            assert top > 40
            assert bottom < A4[1] - 30
        first = bare("".join(word for *_, word in page))
        assert not any(first.startswith(line) for line in signed if line)


@EVERY
def test_the_text_comes_out_whole_and_in_order(kind: str, dress: str, letters: Letters) -> None:
    document = paper(kind, dress, letters)
    wanted = bare(said(document))
    told = "".join(_pages(printed(kind, dress, letters), document, wanted))
    if dress in {"long", "markup"} and any(isinstance(block, Table) for block in document.blocks):
        told, wanted = "".join(sorted(told)), "".join(sorted(wanted))  # a row on two pages
    assert told == wanted


def _pages(data: bytes, document: Document, wanted: str) -> Iterator[str]:
    """Give the text of each page without its footer, and without a table's head said again."""
    heads = {bare("".join(block.head)) for block in document.blocks if isinstance(block, Table)}
    footer = re.compile(re.escape(document.reference) + r"(第\d+页共\d+页/?)?(Page\d+of\d+)?$")
    at = 0
    with pypdfium2.PdfDocument(data) as file:
        for page in file:
            text = footer.sub("", bare(page.get_textpage().get_text_range()))
            for head in heads:
                if text.startswith(head) and not wanted.startswith(head, at):
                    text = text.removeprefix(head)
            at += len(text)
            yield text


NEVER_FIRST: Final = frozenset("，。、；：？！）》」』】”’…—%")
NEVER_LAST: Final = frozenset("（《「『【“‘")


@EVERY
def test_no_line_begins_or_ends_with_what_must_not_and_none_is_too_wide(
    kind: str, dress: str, letters: Letters
) -> None:
    strips = Composer(Typesetter(), Tightness()).compose(paper(kind, dress, letters).blocks)
    typed = bare(said(paper(kind, dress, letters)))
    lines = [(mark.line, mark.x) for strip in strips for mark in strip.marks if mark.line.sorts]
    assert len(lines) > 3
    for (line, x), (after, _) in pairwise(lines):
        assert x >= -line.size
        assert x + line.width <= MEASURE + line.size / 2 + 0.01
        together = bare(line.sorts[-6:] + after.sorts[:6])
        if together in typed:  # else they are not of one text, or of two columns
            assert after.sorts[0] not in NEVER_FIRST, (line.sorts, after.sorts)
            assert line.sorts[-1] not in NEVER_LAST, (line.sorts, after.sorts)


def sums() -> dict[str, str]:
    """The sum of every kind, made anew."""
    return {
        f"{kind}.{form}": sha256(made(paper(kind, "plain", Letters.BOTH))).hexdigest()
        for kind in KINDS
        for form, made in (("pdf", pdf.to_bytes), ("docx", docx.to_bytes))
    }


def test_every_kind_is_the_same_octets_in_another_zone_and_process() -> None:
    program_text = (
        "import json; from tests.letters.test_every_kind import sums; print(json.dumps(sums()))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program_text],
        cwd=ROOT,
        env={**os.environ, "TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
    )
    assert json.loads(told.stdout) == sums()


class _Page(HTMLParser):
    """What a browser finds: elements, and the text outside style."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.handlers: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.handlers += [name for name, _ in attrs if name in {"src", "href", "style"}]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self.names and self.names[-1] not in {"style", "title"}:
            self.text += data


@EVERY
def test_in_a_browser_there_is_text_and_nothing_else(
    kind: str, dress: str, letters: Letters
) -> None:
    document = paper(kind, dress, letters)
    page = _Page()
    page.feed(html.to_html(document))
    assert not {*page.names} & {"script", "img", "font", "iframe", "link", "object", "a", "svg"}
    assert page.names.count("style") == 1
    assert page.handlers == []
    assert bare(said(document)) in bare(page.text)


@EVERY
def test_as_plain_text_no_line_is_wider_than_a_terminal_and_no_word_is_lost(
    kind: str, dress: str, letters: Letters
) -> None:
    document = paper(kind, dress, letters)
    told = to_text(document)
    assert all(cells(line) <= WIDTH for line in told.splitlines())
    ours = Counter(bare(re.sub("[─│┌┐└┘]", "", told)).replace(":", "").replace("：", ""))
    wanted = bare(said(document) + document.reference).replace(":", "").replace("：", "")
    assert ours == Counter(wanted)


ODD: Final = [(kind, letters) for kind in KINDS for letters in (Letters.ZH, Letters.BOTH)]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind as a Word file, and what another word processor makes of it."""
    folder = tmp_path_factory.mktemp("word")
    for kind, letters in ODD:
        path = folder / f"{kind}.{letters}.docx"
        path.write_bytes(docx.to_bytes(paper(kind, "markup", letters)))
    for form in ("pdf", "txt:Text (encoded):UTF8"):
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
                *("--headless", "--convert-to", form, "--outdir", folder),
                *sorted(folder.glob("*.docx")),
            ],
            check=True,
            capture_output=True,
            timeout=300,
            cwd=folder,
            env={**os.environ, "HOME": str(folder)},
        )
    return folder


@program("soffice")
@pytest.mark.parametrize(("kind", "letters"), ODD, ids=["-".join(one) for one in ODD])
def test_another_word_processor_keeps_every_item_and_cell(
    kind: str, letters: Letters, converted: Path
) -> None:
    document = paper(kind, "markup", letters)
    text = bare((converted / f"{kind}.{letters}.txt").read_text(encoding="utf-8-sig"))
    with pypdfium2.PdfDocument((converted / f"{kind}.{letters}.pdf").read_bytes()) as file:
        drawn = Counter(bare("".join(page.get_textpage().get_text_range() for page in file)))
    at = 0
    for block in document.blocks:
        for each in strings(block):
            found = text.find(bare(each), at)
            assert found >= 0, each
            at = found + len(bare(each))
    wanted = Counter(filter(str.isalnum, said(document)))  # it may let a mark hang out of sight
    assert not wanted - drawn
