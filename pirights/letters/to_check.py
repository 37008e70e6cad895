"""What a paper for an authority asks, and what it puts as something to be checked."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from pirights.domain.citation import cite_all
from pirights.domain.document import Language
from pirights.domain.law import Laws
from pirights.domain.request import Score
from pirights.domain.words import Words
from pirights.letters import wording
from pirights.letters.capacity import rule_of, speaking_of
from pirights.letters.template import Template
from pirights.letters.template_item import TemplateItem
from pirights.letters.to_authority import AuthorityBrief

DEMAND: Final = "demand."
CHECK: Final = "check."
ANSWER: Final = "answer."
FACT: Final = "fact."
"""How items are called that ask for something, are to be found out, are about the answer, or go
with every fact; the others are called as the rules of the assessment are."""


def demands(brief: AuthorityBrief, source: Template, laws: Laws) -> list[Mapping[str, object]]:
    """What the person asks: what the request asked in vain, by right, and what was added."""
    unmet = brief.unmet
    rows: list[Mapping[str, object]] = []
    for item in source.items:
        numbers = [one.number for one in unmet if one.right is item.right]
        if not item.id.startswith(DEMAND) or not numbers:
            continue
        rows.append(
            {
                "number": len(rows) + 1,
                "text": speaking_of(item.text, brief.person, source.language).rstrip("。."),
                "items": wording.spans(numbers, source.language),
                "later": any(one.after_receipt for one in unmet if one.right is item.right),
                "basis": _today(_fitting(item, brief), brief, laws, source.language),
            }
        )
    rows += [
        {
            "number": number,
            "text": text.rstrip("。.；;"),
            "items": "",
            "later": False,
            "basis": "",
        }
        for number, text in enumerate(brief.demands, start=len(rows) + 1)
    ]
    return rows


def points(
    brief: AuthorityBrief,
    source: Template,
    laws: Laws,
    *,
    answer: Collection[str] = (),
) -> list[Mapping[str, object]]:
    """What is to be checked: what the log's facts suggest, each under the law of its day.

    Args:
        brief: What the paper is written from.
        source: The template, whose items are called as the rules of the assessment are.
        laws: The law data.
        answer: Ids of the items about the answer that fit; under the law of the paper's day.
    """
    language = source.language
    rows: list[Mapping[str, object]] = []
    for item in source.items:
        if item.id.startswith((DEMAND, CHECK)):
            continue
        if item.id.startswith(ANSWER):
            if item.id not in answer:
                continue
            numbers: list[int] = []
            basis = _today(_fitting(item, brief), brief, laws, language)
        else:
            numbers, basis = _of_the_day(item, brief, laws, language)
            if not numbers:
                continue
        rows.append(
            {
                "number": len(rows) + 1,
                "text": speaking_of(item.text, brief.person, language),
                "facts": wording.spans(numbers, language) if numbers else "",
                "basis": basis,
            }
        )
    return rows


def checks(
    brief: AuthorityBrief, source: Template, laws: Laws, *, start: int
) -> list[Mapping[str, object]]:
    """What the person cannot know and asks to be checked, numbered on from the points."""
    items = [item for item in source.items if item.id.startswith(CHECK)]
    return [
        {
            "number": number,
            "text": speaking_of(item.text, brief.person, source.language),
            "basis": _today(_fitting(item, brief), brief, laws, source.language),
        }
        for number, item in enumerate(items, start=start)
    ]


def answer_points(brief: AuthorityBrief) -> frozenset[str]:
    """Name the items about the answer that fit what the case holds."""
    if brief.first is None:
        return frozenset()
    if not brief.answered:
        due = brief.due_on is not None
        return frozenset({f"{ANSWER}silent"} if due else ())
    refused = [item for item in brief.unmet if item.score is Score.REFUSED]
    found = set()
    if any(not item.refused_under for item in refused):
        found.add(f"{ANSWER}no-reason")
    if any(item.refused_under for item in refused):
        found.add(f"{ANSWER}refused")
    if any(item.score in {Score.PARTIAL, Score.SILENT} for item in brief.unmet):
        found.add(f"{ANSWER}incomplete")
    return frozenset(found)


def _fitting(item: TemplateItem, brief: AuthorityBrief) -> tuple[str, ...]:
    return rule_of(brief.person).cites(item.cites, item.right)


def _today(keys: Sequence[str], brief: AuthorityBrief, laws: Laws, language: Language) -> str:
    venues = frozenset(one.venue for one in brief.encounters)
    minor = any(one.minor for one in brief.encounters)
    found = laws.applying(keys, on=brief.on, venues=venues, minor=minor)
    return cite_all(laws, found, language)


def _of_the_day(
    item: TemplateItem, brief: AuthorityBrief, laws: Laws, language: Language
) -> tuple[list[int], str]:
    """Number the facts for which a rule holds, and cite for each the law of its day."""
    keys = _fitting(item, brief)
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, (one, holding) in enumerate(
        zip(brief.encounters, brief.holding, strict=True), start=1
    ):
        if item.id not in holding and not item.id.startswith(FACT):
            continue
        then = laws.applying(keys, on=one.day, venues=frozenset({one.venue}), minor=one.minor)
        if then:
            groups.setdefault(then, []).append(number)
    numbers = sorted(number for group in groups.values() for number in group)
    if len(groups) == 1:
        return numbers, cite_all(laws, next(iter(groups)), language)
    said = _FACT.in_(language)
    gap = "；" if language is Language.ZH else "; "
    return numbers, gap.join(
        said.format(numbers=wording.spans(which, language), law=cite_all(laws, then, language))
        for then, which in groups.items()
    )


def cited(brief: AuthorityBrief, source: Template, laws: Laws) -> tuple[str, ...]:
    """The provisions that the items of a paper print, each once."""
    rules = {rule for holding in brief.holding for rule in holding} | answer_points(brief)
    asked = {item.right for item in brief.unmet}
    found: dict[str, None] = {}
    for item in source.items:
        if item.id.startswith(DEMAND):
            told = item.right in asked
        else:
            told = item.id in rules or item.id.startswith((CHECK, FACT))
        days = [brief.on] if item.id.startswith((DEMAND, CHECK, ANSWER)) else None
        for day in days or [one.day for one in brief.encounters]:
            venues = frozenset(one.venue for one in brief.encounters)
            keys = _fitting(item, brief) if told else ()
            found |= dict.fromkeys(laws.applying(keys, on=day, venues=venues))
    return tuple(found)


_FACT: Final = Words(zh="第{numbers}项事实：{law}", en="facts {numbers}: {law}")
