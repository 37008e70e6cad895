"""The law's files: complete, sourced, told apart, and true to the texts where we have them."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from pirights import law_data, resources
from pirights.domain.document import Language
from pirights.domain.law import Rank, Read, numeral
from pirights.errors import BadInput
from pirights.letters import template

ROOT = Path(__file__).parents[1]
TEXTS = ROOT.parent / "shared" / "law" / "texts"
FILES = sorted((resources.folder("templates") / "law").glob("*.toml"))
GOOD = """\
id = "{id}"
title_zh = "某法"
title_en = "A Law"
kind = "law"
effective = 2020-01-01
source = "made up"
checked = 2026-11-23
confidence = "U"

[[provision]]
key = "{id}:1"
zh = "一"
en = "one"
read = "full"
source = "made up"
checked = 2026-11-23
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "a.toml").write_text(GOOD.format(id="a"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_of_the_law_has_its_source_day_of_check_and_grade(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert data["confidence"] in {"V", "S", "U"}
    assert data["provision"]
    for row in (data, *data["provision"]):
        assert len(row["source"]) > 10, row
        assert type(row["checked"]) is date
        assert date(2026, 1, 1) <= row["checked"]
    for row in data["provision"]:
        assert row["read"] in set(Read), row["key"]
        assert ("limits_zh" in row) == ("limits_en" in row), row["key"]


def test_every_file_and_every_row_is_loaded() -> None:
    laws = law_data.laws()
    assert sorted(laws.instruments) == sorted(path.stem for path in FILES)
    rows = [row for path in FILES for row in tomllib.loads(path.read_text())["provision"]]
    assert sorted(laws.provisions) == sorted(row["key"] for row in rows)


def test_only_the_law_of_personal_information_governs_requests() -> None:
    governing = [law.id for law in law_data.laws().instruments.values() if law.governs_requests]
    assert governing == ["pipl"]


@pytest.mark.parametrize(
    ("key", "rank", "effective"),
    [
        ("pipl", Rank.LAW, date(2021, 11, 1)),
        ("csl-2016", Rank.LAW, date(2017, 6, 1)),
        ("csl", Rank.LAW, date(2026, 1, 1)),
        ("civil-code-personality", Rank.LAW, date(2021, 1, 1)),
        ("ndsr-2024", Rank.ADMINISTRATIVE_REGULATION, date(2025, 1, 1)),
        ("frt-measures-2025", Rank.DEPARTMENT_RULE, date(2025, 6, 1)),
        ("spc-frt-2021", Rank.JUDICIAL_INTERPRETATION, date(2021, 8, 1)),
        ("gbt-35273-2020", Rank.STANDARD, date(2020, 10, 1)),
    ],
)
def test_each_instrument_has_its_rank_and_first_day(key: str, rank: Rank, effective: date) -> None:
    law = law_data.laws().instruments[key]
    assert (law.rank, law.effective) == (rank, effective)


@pytest.mark.parametrize("language", Language)
def test_every_article_that_a_template_cites_is_in_the_law_data(language: Language) -> None:
    source = template.load("request", language)
    cited = [key for item in source.items for key in item.cites]
    cited += source.earlier_law
    cited += re.findall(r'cite\("([^"]+)"\)', source.body)
    assert len(cited) > 50
    assert set(cited) <= law_data.laws().provisions.keys()


def test_a_folder_of_sound_files_is_read(place: Path) -> None:
    laws = law_data.load(place)
    assert list(laws.provisions) == ["a:1"]
    assert laws.instruments["a"].until is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "a"', "", "id"),
        ('title_en = "A Law"', 'title_en = ""', "title_en"),
        ('kind = "law"', 'kind = "wish"', "wish"),
        ("effective = 2020-01-01", 'effective = "2020-01-01"', "effective"),
        ("effective = 2020-01-01", "effective = 2020-01-01T00:00:00", "effective"),
        ('source = "made up"\nchecked = 2026-11-23\nconfidence', "confidence", "source"),
        ('read = "full"', 'read = "some"', "some"),
        ('read = "full"\nsource = "made up"', 'read = "full"', "source"),
        ('en = "one"', 'en = "one"\nvenues = ["moon"]', "moon"),
        ('en = "one"', 'en = "one"\nvenues = "shop"', "venues"),
        ('key = "a:1"', 'key = "b:1"', "b:1"),
        ("[[provision]]", "[[article]]", "provision"),
        ('zh = "一"', "zh = 一", "Invalid value"),
    ],
)
def test_a_malformed_law_file_is_named_with_its_problem(
    place: Path, old: str, new: str, problem: str
) -> None:
    text = (place / "a.toml").read_text(encoding="utf-8")
    assert old in text
    (place / "a.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        law_data.load(place)
    said = str(caught.value)
    assert "a.toml" in said
    assert problem in said


def test_a_law_file_that_is_not_text_is_named(place: Path) -> None:
    (place / "a.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match=r"a\.toml"):
        law_data.load(place)


def test_two_instruments_cannot_claim_one_id(place: Path) -> None:
    (place / "b.toml").write_text(GOOD.format(id="a"), encoding="utf-8")
    with pytest.raises(BadInput, match=r"b\.toml is malformed: a"):
        law_data.load(place)


def test_two_rows_cannot_claim_one_key(place: Path) -> None:
    text = GOOD.format(id="a")
    (place / "a.toml").write_text(text + text[text.index("[[") :], encoding="utf-8")
    with pytest.raises(BadInput, match=r"a\.toml is malformed: a:1"):
        law_data.load(place)


@pytest.mark.skipif(not TEXTS.is_dir(), reason="needs the law's texts beside the checkout")
@pytest.mark.parametrize("instrument", sorted(law_data.laws().instruments))
def test_each_cited_article_stands_in_the_text_of_its_law(instrument: str) -> None:
    law = law_data.laws().instruments[instrument]
    path = TEXTS / f"{instrument}.md"
    if law.rank is Rank.STANDARD:
        assert not path.exists()  # its wording was not seen; its rows say so
        rows = [row for row in law_data.laws().provisions.values() if row.key.startswith(law.id)]
        assert {row.read for row in rows} == {Read.UNVERIFIED}
        return
    text = path.read_text(encoding="utf-8")
    front = dict(re.findall(r'(?m)^(\w+): "(.*)"$', text))
    assert str(law.effective) in front["effective"]
    assert front["title_zh"].startswith(law.title_zh)
    articles = dict(
        re.findall(r"(?ms)^(第[一二三四五六七八九十百千零]+条)\s(.*?)(?=^第\S+条\s|\Z)", text)
    )
    missing = set(re.findall(r"\d+", front.get("articles_missing", "")))
    partial = set(re.findall(r"\d+", front.get("articles_partial", "")))
    for row in law_data.laws().provisions.values():
        if not row.key.startswith(f"{instrument}:"):
            continue
        found = re.fullmatch(r".+:(\d+)(?:\((\d+)\))?(?:\.(\d+))?", row.key)
        assert found is not None
        article, paragraph, item = found.groups()
        assert article not in missing, row.key
        assert (row.read is Read.FULL) == (article not in partial), row.key
        body = articles[f"第{numeral(int(article))}条"]
        if item:
            assert f"（{numeral(int(item))}）" in body, row.key
        if paragraph:
            lines = [line for line in body.splitlines() if line and not line.startswith("（")]
            assert len(lines) >= int(paragraph), row.key
