"""The page needs nothing else, lets nothing foreign act, and is the same octets every time."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pirights.cli.language import Language
from pirights.domain.handler import Handler, Venue
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.report import gathering
from pirights.workflow.desk import Desk
from tests.chromium import browsed
from tests.needs import program
from tests.report import many
from tests.report.reading import Page, reported
from tests.workflow import office

HOSTILE = "</script><script>document.title='SCRIPT'</script><img src=x onerror=alert(1)>\"'&"
STEERING = "\x1b[31m红\x1b[0m\u202e倒\u202c"
LONG = "长" * 480
ALLOWED = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "nav", "a"),
        *("section", "div", "span", "br", "table", "caption", "thead", "tbody", "tr", "th", "td"),
        *("svg", "rect", "path", "circle", "text"),
    }
)


def case_of(desk: Desk, person: Person, handler: Handler) -> str:
    """A case of people whose names no form would take: as an older or altered vault may hold."""
    with desk.vault.change(now=desk.now) as change:
        someone = change.add(replace(person, id=0))
        other = change.add(replace(handler, id=0))
    seen = office.scan(desk, other, venue=Venue.APP)
    told = {"handler": other.id, "person": someone.id, "encounters": (seen.id,)}
    plain = replace(other, name="样例有限公司"), replace(someone, name="某人")
    with desk.vault.change(now=desk.now) as change:
        for one in plain:
            change.replace(one, kind="test.named")
    ref = office.case(desk, Right.ACCESS, Right.COPY, **told).case.ref
    with desk.vault.change(now=desk.now) as change:
        change.replace(someone, kind="test.named")
        change.replace(other, kind="test.named")
    office.sent(desk, ref)
    return ref


def hostile(desk: Desk) -> str:
    return case_of(
        desk,
        Person(id=0, name=HOSTILE + STEERING),
        Handler(id=0, name=STEERING + LONG + HOSTILE, venue=Venue.APP),
    )


def test_the_page_forbids_itself_everything_but_its_own_style(desk: Desk, tmp_path: Path) -> None:
    hostile(desk)
    text = reported(desk, tmp_path / "report.html")
    page = Page(text)
    (rules,) = [
        attributes["content"]
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert rules is not None
    assert rules.startswith("default-src 'none'; style-src 'sha256-")
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert "url(" not in text
    assert "://" not in text
    assert not page.values("style")
    assert not [name for _, attributes in page.elements for name in attributes if name[:2] == "on"]
    assert {href[:1] for href in page.values("href")} == {"#"}


def test_foreign_words_are_words_and_steer_nothing(desk: Desk, tmp_path: Path) -> None:
    hostile(desk)
    text = reported(desk, tmp_path / "report.html")
    assert "<script" not in text
    assert not [one for one in text if one < " " and one != "\n"]
    assert "\u202e" not in text
    words = Page(text).words
    assert HOSTILE in words
    assert "\\x1b[31m红" in words
    assert "\\u202e倒" in words
    assert LONG in words


def test_every_link_leads_to_one_place_in_the_page(desk: Desk, tmp_path: Path) -> None:
    many.furnish(desk, 30, clients=9, handlers=4)
    page = Page(reported(desk, tmp_path / "report.html"))
    places = page.values("id")
    assert len(places) == len(set(places))
    links = {href[1:] for href in page.values("href")}
    assert links <= set(places)
    assert {"stages", "due", "matrix", "answers", "scans", "cases", "P2"} <= links


@pytest.mark.parametrize("language", list(Language))
def test_the_same_vault_at_the_same_moment_gives_the_same_octets(
    desk: Desk, tmp_path: Path, language: Language
) -> None:
    many.furnish(desk, 30, clients=9, handlers=4)
    one = reported(desk, tmp_path / "one.html", language=language)
    assert reported(desk, tmp_path / "two.html", language=language) == one
    assert "2026-11-23 12:00" in one
    later = replace(desk, now=datetime(2026, 11, 24, 4, tzinfo=UTC))
    assert reported(later, tmp_path / "three.html", language=language) != one


def test_a_page_in_chinese_says_so_and_holds_no_english_sentence(
    desk: Desk, tmp_path: Path
) -> None:
    many.furnish(desk, 30, clients=9, handlers=4)
    page = Page(reported(desk, tmp_path / "report.html", language=Language.ZH))
    assert ("html", {"lang": "zh-CN"}) in page.elements
    own = re.sub(r"PR-2026-\w{7}-\w|`[^`]+`", "", page.words)
    assert set(re.findall(r"[A-Za-z]{2,}", own)) <= {"Asia", "Shanghai"}


def test_a_page_of_one_client_does_not_change_with_what_others_do(
    desk: Desk, tmp_path: Path
) -> None:
    many.furnish(desk, 12, clients=3, handlers=3)
    one = reported(desk, tmp_path / "one.html", person=3)
    names = ["客户0", "客户2", "林知远", "杭州样例野趣乐园有限公司"]
    assert "客户1" in one
    assert not [name for name in names if name in one]
    whole = reported(desk, tmp_path / "whole.html")
    others = set(re.findall(r"PR-2026-\w{7}-\w", whole)) - set(re.findall(r"PR-2026-\w{7}-\w", one))
    assert len(others) == 9
    hostile(desk)
    office.scan(desk, venue=Venue.BANK)
    assert reported(desk, tmp_path / "two.html", person=3) == one


def test_a_long_report_says_what_it_leaves_out(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many.furnish(desk, 60, clients=20, handlers=8)
    for name, bound in (("CLIENTS", 10), ("DUE", 5), ("HANDLERS", 4), ("CASES", 20)):
        monkeypatch.setattr(gathering, name, bound)
    words = Page(reported(desk, tmp_path / "report.html")).words
    assert "Shown are the 10 clients with the most items not given, of 21" in words
    assert "All 21 clients" in words
    assert "The first 5 of " in words
    assert "The newest 20 of 61" in words
    assert "The 4 handlers with the most requests, of 8." in words


def test_a_page_about_nothing_says_so(desk: Desk, tmp_path: Path) -> None:
    words = Page(reported(desk, tmp_path / "report.html")).words
    for said in ("There is no case yet.", "Nothing is due.", "No request has left yet."):
        assert said in words


def test_no_day_is_called_statutory_that_is_not(desk: Desk, tmp_path: Path) -> None:
    many.furnish(desk, 5, clients=2, handlers=2)
    words = Page(reported(desk, tmp_path / "report.html")).words
    assert "no date for one here is statutory" in words


# --- a real browser


@program("chromium")
def test_a_browser_runs_nothing_of_it(desk: Desk, tmp_path: Path) -> None:
    hostile(desk)
    path = tmp_path / "report.html"
    reported(desk, path)
    seen = browsed(path, "--dump-dom").decode()
    page = Page(seen.partition(">")[2].strip())
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert "<title>Report on all cases</title>" in seen
    assert HOSTILE in page.words


@program("chromium", "pdftotext", "pdfinfo")
@pytest.mark.parametrize(
    ("language", "said"), [(Language.ZH, "第 {} 页 共 {} 页"), (Language.EN, "Page {} of {}")]
)
def test_a_browser_prints_it_on_a4_with_numbered_pages(
    desk: Desk, tmp_path: Path, language: Language, said: str
) -> None:
    many.furnish(desk, 80, clients=20, handlers=8)
    path, out = tmp_path / "report.html", tmp_path / "printed.pdf"
    reported(desk, path, language=language)
    browsed(path, f"--print-to-pdf={out}", "--no-pdf-header-footer")
    facts = subprocess.run(["pdfinfo", out], check=True, capture_output=True).stdout.decode()
    pages = int(re.findall(r"Pages:\s+(\d+)", facts)[0])
    assert "(A4)" in facts
    assert pages > 2
    text = subprocess.run(["pdftotext", out, "-"], check=True, capture_output=True).stdout.decode()
    bare = re.sub(r"\s", "", text)
    for number in range(1, pages + 1):
        assert re.sub(r"\s", "", said.format(number, pages)) in bare


@program("chromium")
def test_a_browser_shows_the_bars_in_the_style_that_it_lets_in(desk: Desk, tmp_path: Path) -> None:
    """Without the style sheet a bar would be black, the colour that SVG falls back to."""
    from PIL import Image

    many.furnish(desk, 20, clients=5, handlers=4)
    path, out = tmp_path / "report.html", tmp_path / "shot.png"
    reported(desk, path)
    browsed(path, "--window-size=1000,1400", f"--screenshot={out}")
    with Image.open(out) as shot:
        counted = shot.convert("RGB").getcolors(1 << 24) or []
    colours = {colour: count for count, colour in counted if isinstance(colour, tuple)}
    assert colours.get((0x4A, 0x7B, 0xA6), 0) > 1000


def test_a_year_of_scans_is_shown_by_month_and_what_was_earlier_together(
    desk: Desk, tmp_path: Path
) -> None:
    for year, month in [(2025, 11), *((2026, month) for month in range(1, 12)), (2025, 3)]:
        office.scan(desk, venue=Venue.SHOP, at=datetime(year, month, 10, tzinfo=UTC))
    words = Page(reported(desk, tmp_path / "report.html")).words
    table = words[words.index("Earlier") :]
    assert re.findall(r"20\d\d-\d\d", table)[:12] == [
        "2025-12", *(f"2026-{month:02}" for month in range(1, 12))
    ]  # fmt: skip
    assert "2025-11" not in table
