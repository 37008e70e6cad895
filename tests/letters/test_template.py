"""The templates that pirights ships, compared between their languages, and broken ones."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from pirights import resources
from pirights.domain.document import Language
from pirights.domain.request import Right
from pirights.errors import BadInput, NotFound
from pirights.letters import template
from pirights.letters.wordlists import FOREIGN

ZH = template.load("request", Language.ZH)
EN = template.load("request", Language.EN)
KINDS = sorted(path.name for path in (resources.folder("templates") / "letters").iterdir())
SOUND = """\
+++
title = "A letter"

[sections]
know = "Information"

[[item]]
id = "know.kinds"
right = "know"
cites = ["pipl:44"]
text = "Say what."
+++
# {{ title }}
"""


def words(source: template.Template) -> str:
    parts = [source.title, *source.sections.values(), *(item.text for item in source.items)]
    return "\n".join([*parts, re.sub(r"\{%.*?%\}", "", source.body)])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_letter_is_there_in_both_languages(kind: str) -> None:
    for language in Language:
        assert template.load(kind, language).kind == kind


def test_both_languages_ask_the_same_items_with_the_same_articles_in_the_same_order() -> None:
    def shape(source: template.Template) -> list[tuple[object, ...]]:
        return [(item.id, item.right, item.cites, item.asked_with) for item in source.items]

    assert shape(ZH) == shape(EN)
    assert list(ZH.sections) == list(EN.sections)
    assert ZH.earlier_law == EN.earlier_law


def test_both_bodies_take_the_same_turns_and_cite_the_same_articles() -> None:
    def turns(source: template.Template) -> list[str]:
        tags: list[str] = re.findall(r'\{% (.+?) %\}|(cite\("[^"]+"\))', source.body)
        plain = ["".join(tag) for tag in tags]
        return [tag.replace("clues_en", "clues").replace("clues_zh", "clues") for tag in plain]

    # The word 前后 stands behind the time, the words "At about" before it.
    about = ["if scan.about", "else", "endif"]
    zh, en = turns(ZH), turns(EN)
    assert [tag for tag in zh if tag not in about] == [tag for tag in en if tag not in about]


def test_every_right_has_items_and_a_heading() -> None:
    assert {item.right for item in ZH.items} == {*Right, None}
    assert set(ZH.sections) == {right.value for right in Right} | {"courtesy"}


def test_an_item_without_an_article_is_a_courtesy_question_and_says_beside_what() -> None:
    for item in ZH.items:
        assert (item.right is None) == (not item.cites), item.id
        assert (item.right is None) == bool(item.asked_with), item.id
        assert item.id.startswith(f"{item.right.value if item.right else 'courtesy'}."), item.id


def test_no_two_items_have_one_name_or_one_text() -> None:
    for source in (ZH, EN):
        for one, other in combinations(source.items, 2):
            assert one.id != other.id
            assert one.text != other.text


@pytest.mark.parametrize(
    "part", ["image", "template", "logs", "lists", "training", "copies", "backups"]
)
def test_deletion_asks_for_each_thing_that_is_kept(part: str) -> None:
    assert f"delete.{part}" in {item.id for item in ZH.items}


@pytest.mark.parametrize("source", [ZH, EN], ids=["zh", "en"])
def test_no_word_of_european_law_stands_in_a_template(source: template.Template) -> None:
    assert not FOREIGN.findall(words(source))


def test_the_words_of_european_law_would_be_found() -> None:
    assert FOREIGN.findall("as a data controller") == ["controller"]
    assert FOREIGN.findall("贵方作为控制者") == ["控制者"]


def test_no_number_of_days_is_called_statutory() -> None:
    for found in re.finditer(r"法定[^。；，]{0,4}(?:期|日|时限)", words(ZH)):
        assert words(ZH)[: found.start()].endswith("不是"), found[0]
    for found in re.finditer(r"statutory|legal(?:ly)? (?:deadline|period|term)", words(EN)):
        assert words(EN)[: found.start()].endswith("is not a ")
    numbers = re.findall(
        r"(\d+) ?(?:个工作)?日内|within (\d+) (?:working )?days", words(ZH) + words(EN)
    )
    assert set(numbers) == {("30", ""), ("", "30")}


@pytest.mark.parametrize("language", Language)
def test_an_unknown_kind_is_not_found(language: Language) -> None:
    with pytest.raises(NotFound, match=f"kind sonnet in the language {language}"):
        template.load("sonnet", language)


def test_a_sound_template_is_read(tmp_path: Path) -> None:
    path = tmp_path / "en.md"
    path.write_text(SOUND, encoding="utf-8")
    read = template.parse(path, kind="note", language=Language.EN)
    assert (read.title, read.body, read.items[0].cites) == (
        "A letter",
        "# {{ title }}\n",
        ("pipl:44",),
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("+++\ntitle", "title", r"\+\+\+"),
        ('title = "A letter"', "", "title"),
        ("[sections]", "[headings]", "sections"),
        ('right = "know"', 'right = "sing"', "sing"),
        ('right = "know"', "", "right"),
        ('text = "Say what."', "", "text"),
        ("[[item]]", "[item]", ""),
        ('id = "know.kinds"', "id = know", "Invalid value"),
        ("+++\n# ", "# ", r"\+\+\+"),
    ],
)
def test_a_malformed_template_is_named_with_its_problem(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert old in SOUND
    path = tmp_path / "en.md"
    path.write_text(SOUND.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=rf"note/en\.md is malformed: .*{problem}"):
        template.parse(path, kind="note", language=Language.EN)
