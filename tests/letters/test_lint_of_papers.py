"""One seeded defect of each class is found in papers for authorities and beside a letter too."""

import re
import time
from dataclasses import replace
from typing import Final

import pytest

from pirights import law_data
from pirights.domain.document import Language
from pirights.domain.law import Laws
from tests.letters.test_lint import EN, ZH, changed, first_changed_line, problems, shipped

KINDS: Final = ("court", "regulator", "poa", "ems")
BOTH: Final = "both"
TITLE: Final = "# {{ title }}\n"
CITES: Final = {
    "court": 'cites = ["pipl:50(2)"]',
    "regulator": 'cites = ["pipl:44"]',
    "poa": 'cite("civil-code-general:169(1)")',
    "ems": 'cite("civil-code-general:137(2)")',
}
"""Where each kind cites one article by its key."""


def sown(kind: str, where: str, old: str, new: str) -> tuple[set[tuple[Language, int]], list[str]]:
    """Where a defect was put into one language or both, and what is said of those lines."""
    whole = shipped(kind)
    texts = dict(whole)
    for language in Language:
        if where in {BOTH, language}:
            texts[language] = changed(whole, language, old, new)
    places = {
        (one, first_changed_line(whole[one], texts[one]))
        for one in Language
        if where in {BOTH, one}
    }
    found = problems(texts, kind=kind)
    assert {(language, line) for language, line, _ in found} >= places, found
    return places, [said for *place, said in found if tuple(place) in places]


@pytest.mark.parametrize("language", Language)
def test_numbers_of_items_that_change_places_in_one_language_are_found(
    language: Language,
) -> None:
    whole = shipped("poa")
    one, other = "{{ scope.submit }} |", "{{ scope.receive }} |"
    before, _, rest = whole[language].rpartition(one)
    swapped = before + other + rest.replace(other, one, 1)
    found = problems({**whole, language: swapped}, kind="poa")
    line = first_changed_line(whole[language], swapped)
    assert any(place == line and "different parts" in said for _, place, said in found), found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("where", "new", "problem"),
    [
        (BOTH, "{{ titel }}", "This letter has no value titel."),
        (BOTH, "{{ person.id_number }}", "person has no id_number"),
        (BOTH, "{{ title.__class__ }}", "__class__ must not be read"),
        (BOTH, "{{ 7 * 7 }}", "Mul is more"),
        (BOTH, "{{ title", "The tag {{ is not closed"),
        (BOTH, "{% if both %}", "tag if is not closed"),
        (BOTH, '{{ cite("pipl:99") }}', "hold no article pipl:99"),
        (BOTH, '{{ cite("gdpr:17") }}', "hold no article gdpr:17"),
        (BOTH, '{{ cite("csl-2016:43") }}', "csl-2016:43 is cited here"),
        (ZH, "贵方作为控制者", "“控制者” is no term"),
        (EN, "The data controller has", "“controller” is no term"),
        (ZH, "请在法定的15个工作日内答复。", "called statutory"),
        (EN, "Reply within the statutory 15 working days.", "statutory"),
    ],
)
def test_a_defect_under_the_title_is_found_at_its_line(
    kind: str, where: str, new: str, problem: str
) -> None:
    _, said = sown(kind, where, TITLE, f"{TITLE}\n{new}\n")
    assert any(problem in one for one in said), said


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_translation_is_found(kind: str) -> None:
    whole = shipped(kind)
    for kept, missing in ((ZH, EN), (EN, ZH)):
        found = problems({kept: whole[kept]}, kind=kind)
        assert [(language, line) for language, line, _ in found] == [(missing, 1)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", Language)
def test_an_article_cited_in_one_language_only_is_found(kind: str, language: Language) -> None:
    old = CITES[kind]
    whole = shipped(kind)
    new = re.sub('"[^"]+"', '"pipl:44", "pipl:45(1)"', old)
    found = problems({**whole, language: changed(whole, language, old, new)}, kind=kind)
    line = first_changed_line(whole[language], changed(whole, language, old, new))
    assert any(abs(at - line) <= 2 and "cite" in said for _, at, said in found), found


@pytest.mark.parametrize("kind", KINDS)
def test_an_article_that_was_never_in_force_is_found(kind: str) -> None:
    laws = law_data.laws()
    key = re.findall('"(.+?)"', CITES[kind])[0]
    short = replace(laws.provisions[key], until=laws.instruments[key.partition(":")[0]].effective)
    other = Laws(
        instruments=laws.instruments,
        provisions={**laws.provisions, key: short},
        renumbered=laws.renumbered,
    )
    found = [said for *_, said in problems(shipped(kind), kind=kind, laws=other)]
    assert f"The article {key} was never in force." in found


ITEMS: Final = {
    "court": ('id = "access.image"', 'id = "access.picture"'),
    "regulator": ('id = "demand.copy"', 'id = "demand.copies"'),
    "poa": (
        "```item\n{{ scope.receive }} |",
        "```item\n{{ scope.copies }} | a |\n```\n\n```item\n1 |",
    ),
    "ems": ('copy = "', 'copies = "'),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", Language)
def test_an_item_that_the_other_language_has_not_is_found(kind: str, language: Language) -> None:
    whole = shipped(kind)
    texts = {**whole, language: changed(whole, language, *ITEMS[kind])}
    assert problems(texts, kind=kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_without_end_is_found_soon(kind: str) -> None:
    loop = "{% for a in range(999) %}" * 3 + "{% endfor %}" * 3
    started = time.monotonic()
    _, said = sown(kind, BOTH, TITLE, f"{TITLE}\n{loop}\n")
    assert any("do not come to an end" in one for one in said), said
    assert time.monotonic() - started < 20
