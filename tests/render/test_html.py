"""The letter as a page: every word is there, and nothing in it may act."""

import hashlib
import re
import subprocess
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pirights.domain.document import Document, Heading, Item, Letters, Paragraph
from pirights.render.contents import strings
from pirights.render.html import to_html
from tests.chromium import browsed
from tests.needs import program
from tests.render import hostile_letter
from tests.render.hostile_letter import hostile
from tests.render.sample_letter import BASIS, EN, HANDLER, ZH, catalogue, letter

EMPTY = frozenset({"meta", "br"})
KNOWN = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4"),
        *("p", "br", "div", "table", "thead", "tbody", "tr", "th", "td", "footer"),
    }
)


class Page(HTMLParser):
    """What a strict reader finds: elements with their attributes, texts with their language."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.style = ""
        self.feed(text)
        self.close()
        assert self.open == [], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.elements.append((tag, told))
        if tag == "br":
            self.texts.append(("", "\n"))
        if tag not in EMPTY:
            lang = told.get("lang") or (self.open[-1][1] if self.open else "")
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "style":
            self.style += data
        elif data.strip():
            self.texts.append((self.open[-1][1], data))

    @property
    def words(self) -> str:
        return "".join(text for _, text in self.texts)

    def meta(self, key: str, name: str) -> str:
        [found] = [told for tag, told in self.elements if tag == "meta" and told.get(key) == name]
        return str(found["content"])


def bare(text: str) -> str:
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def test_every_word_stands_in_its_language() -> None:
    page = Page(to_html(letter(items=2, extra=(catalogue(2),))))
    assert ("zh-CN", "个人信息权益行使请求书") in page.texts
    assert ("en", "1. What I ask for") in page.texts
    assert ("zh-CN", BASIS) in page.texts
    assert ("zh-CN", HANDLER) in page.texts
    for document in (letter(items=3), letter(Letters.EN), letter(Letters.ZH)):
        told = bare(Page(to_html(document)).words)
        for block in document.blocks:
            for text in strings(block):
                assert bare(text) in told
        assert document.reference in told


@pytest.mark.parametrize(
    ("letters", "lang"), [(Letters.ZH, "zh-CN"), (Letters.EN, "en"), (Letters.BOTH, "zh-CN")]
)
def test_the_page_says_its_language_and_date(letters: Letters, lang: str) -> None:
    page = Page(to_html(letter(letters)))
    assert page.elements[0] == ("html", {"lang": lang})
    assert page.meta("name", "date") == "2026-11-30"


def test_blocks_become_what_they_are() -> None:
    blocks = [*letter(Letters.ZH, items=1, extra=(catalogue(1),)).blocks]
    blocks += [
        Heading(text="二级", language=ZH, level=2),
        Heading(text="九级", language=ZH, level=9),
        Paragraph(text="小字\n第二行", language=ZH, small=True, indent=False),
    ]
    text = to_html(replace(letter(Letters.ZH), blocks=tuple(blocks)))
    tags = [tag for tag, _ in Page(text).elements]
    assert tags.count("h1") == tags.count("h2") == tags.count("h3") == tags.count("h4") == 1
    assert tags.count("table") == 2
    assert tags.count("thead") == 1
    assert '<p class="number">1.</p>' in text
    assert '<p class="small" lang="zh-CN">小字<br>第二行</p>' in text
    assert '<div class="receipt" lang="zh-CN">\n<p>签收栏</p>' in text


def test_the_page_forbids_everything_but_its_own_style() -> None:
    page = Page(to_html(letter()))
    rules = page.meta("http-equiv", "Content-Security-Policy").split("; ")
    assert rules[0] == "default-src 'none'"
    assert {"base-uri 'none'", "form-action 'none'"} <= set(rules)
    [style] = [rule for rule in rules if rule.startswith("style-src ")]
    found = re.fullmatch(r"style-src 'sha256-([A-Za-z0-9+/=]+)'", style)
    assert found is not None
    assert b64decode(found[1]) == hashlib.sha256(page.style.encode()).digest()


@pytest.mark.parametrize("letters", list(Letters))
def test_hostile_words_are_words(letters: Letters) -> None:
    document = hostile(letters)
    text = to_html(document)
    page = Page(text)
    assert {tag for tag, _ in page.elements} <= KNOWN
    attributes = {name for _, told in page.elements for name in told}
    assert attributes <= {"lang", "class", "scope", "charset", "http-equiv", "content", "name"}
    told = bare(page.words)
    for block in document.blocks:
        for words in strings(block):
            assert bare(words.replace(hostile_letter.STEERING, hostile_letter.SHOWN)) in told
    assert hostile_letter.REFERENCE in told
    assert not [one for one in text if one < " " and one != "\n"]
    assert "\u202e" not in text
    assert "url(" not in text
    assert "://" not in text


def test_the_same_letter_is_the_same_text() -> None:
    assert to_html(hostile()) == to_html(hostile())


# --- a real browser


def opened(folder: Path, document: Document, *options: str) -> bytes:
    page = folder / "letter.html"
    page.write_bytes(to_html(document).encode())
    return browsed(page, *options)


@program("chromium")
def test_a_browser_reads_hostile_words_as_words(tmp_path: Path) -> None:
    document = hostile()
    page = Page(opened(tmp_path, document, "--dump-dom").decode().partition(">")[2].strip())
    assert {tag for tag, _ in page.elements} <= KNOWN
    told = bare(page.words)
    for block in document.blocks:
        for words in strings(block):
            assert bare(words.replace(hostile_letter.STEERING, hostile_letter.SHOWN)) in told


@program("chromium", "pdftotext", "pdfinfo")
def test_a_browser_prints_it_on_a4_with_its_own_page_numbers(tmp_path: Path) -> None:
    out = tmp_path / "printed.pdf"
    opened(tmp_path, letter(items=12), f"--print-to-pdf={out}", "--no-pdf-header-footer")
    facts = subprocess.run(["pdfinfo", out], check=True, capture_output=True).stdout.decode()
    pages = int(re.findall(r"Pages:\s+(\d+)", facts)[0])
    assert pages > 1
    assert "(A4)" in facts
    text = subprocess.run(["pdftotext", out, "-"], check=True, capture_output=True).stdout.decode()
    for page in range(1, pages + 1):
        assert bare(f"第 {page} 页 共 {pages} 页 / Page {page} of {pages}") in bare(text)
    assert bare(text).count(bare(BASIS)) == 12


@program("chromium")
def test_a_browser_shows_it_in_the_style_that_it_lets_in(tmp_path: Path) -> None:
    """Without the style sheet the receipt's box would have no border: a line of black."""
    from PIL import Image

    out = tmp_path / "shot.png"
    opened(tmp_path, letter(), "--window-size=800,900", f"--screenshot={out}")
    with Image.open(out) as shot:
        width, ink = shot.width, shot.convert("L").point(lambda grey: 255 if grey < 140 else 0)
    octets = ink.tobytes()
    rows = [octets[at : at + width].count(255) for at in range(0, len(octets), width)]
    assert max(rows) > 500


def test_a_paragraph_of_english_is_marked_as_such_in_a_chinese_page() -> None:
    blocks = (Paragraph(text="In English.", language=EN),)
    assert ("en", "In English.") in Page(to_html(replace(letter(), blocks=blocks))).texts


def test_only_a_text_with_a_long_word_is_not_stretched_over_the_hole_before_it() -> None:
    said = "年卡号" + "1234567890" * 3
    blocks = (
        Paragraph(text=said, language=ZH),
        Paragraph(text="年卡号 1234567890", language=ZH),
        Item(number=1, text=said, basis=BASIS, language=ZH),
    )
    text = to_html(replace(letter(Letters.ZH), blocks=blocks))
    assert f'<p class="indented ragged" lang="zh-CN">{said}</p>' in text
    assert '<p class="indented" lang="zh-CN">年卡号 1234567890</p>' in text
    assert f'<p class="ragged">{said}</p>\n<p class="basis">' in text
