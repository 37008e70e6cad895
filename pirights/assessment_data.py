"""The only room that reads the rules of assessment (`templates/rules/assessment.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pirights import law_data, resources, toml_rows
from pirights.domain.assessment import Condition, Following, Question, Rule, Step
from pirights.domain.encounter import Answer, Circumstance, ScanMode
from pirights.domain.facts import NAMES, Telling
from pirights.domain.handler import Venue
from pirights.domain.law import Confidence, Laws
from pirights.domain.request import Right
from pirights.errors import message
from pirights.toml_rows import Row

_TOP: Final = frozenset({"source", "checked", "confidence", "words", "hints", "question", "rule"})
_QUESTION: Final = frozenset({"id", "zh", "en", "option"})
_RULE: Final = frozenset(
    (
        *("id", "zh", "en", "when", "unless", "cites", "also", "counter_zh", "counter_en", "next"),
        *("opens", "opens_at", "stored", "state_organs", "asked_at", "family", "carried_by"),
    )
)
_WORDS: Final = frozenset(
    {"beyond", "security", "health", "employment", "contract", "ground_security", "law"}
)
_HINTS: Final = frozenset(one.value for one in Circumstance)
_VALUES: Final = frozenset(
    (
        *(one.value for one in Answer),
        *(one.value for one in ScanMode),
        *(one.value for one in Venue),
        *("beyond", "security", "health", "employment", "contract", "law", "other", "none"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What scans are assessed by."""

    rules: tuple[Rule, ...]
    questions: Mapping[str, Question]
    telling: Telling


@cache
def rules() -> Rules:
    """Read the rules, once in a process.

    Raises:
        BadInput: The file is malformed; the message names the file, the line and the field.
        FoldersMissing: There is no `templates/` folder.
    """
    return load(resources.folder("templates") / "rules" / "assessment.toml", law_data.laws())


def load(path: Path, laws: Laws | None = None) -> Rules:
    """Read a file of rules, whose citations these laws must hold; raises as `rules`."""
    top = toml_rows.read(path)
    top.only(_TOP)
    questions: dict[str, Question] = {}
    for row in top.rows("question"):
        row.only(_QUESTION)
        name = row.text("id")
        if name in questions:
            raise row.fault("id", message("another row claims {id} too", id=name))
        questions[name] = Question(id=name, words=row.words(""), option=row.text_or_none("option"))
    found: dict[str, Rule] = {}
    for row in top.rows("rule"):
        row.only(_RULE)
        if laws is not None:
            row.keys_of("cites", laws.provisions)
        rule = _rule(row, top, questions)
        if rule.id in found:
            raise row.fault("id", message("another row claims {id} too", id=rule.id))
        found[rule.id] = rule
    return Rules(
        rules=tuple(found.values()), questions=MappingProxyType(questions), telling=_telling(top)
    )


def _rule(row: Row, top: Row, questions: Mapping[str, Question]) -> Rule:
    also = row.texts("also")
    for one in also:
        if one not in questions:
            raise row.fault("also", message("there is no {word}", word=one))
    return Rule(
        id=row.text("id"),
        says=row.words(""),
        when=_condition(row, "when"),
        unless=_condition(row, "unless"),
        cites=row.some_texts("cites"),
        also=also,
        counter=row.words("counter"),
        next=tuple(_step(row, text) for text in row.texts("next")),
        opens=row.flag("opens") if "opens" in row.data else True,
        stored=row.flag("stored"),
        state_organs=row.flag("state_organs"),
        carried_by=_carried(row),
        asked_at=row.some_of("asked_at", Venue),
        opens_at=row.some_of("opens_at", Venue),
        family=row.flag("family"),
        source=top.text("source"),
        checked=top.day("checked"),
        confidence=top.one_of("confidence", Confidence),
    )


def _carried(row: Row) -> tuple[str, ...]:
    found = row.texts("carried_by")
    for one in found:
        if one not in row.texts("cites"):
            raise row.fault("carried_by", message("there is no {word}", word=one))
    return found


def _condition(row: Row, field: str) -> Condition:
    table = row.data.get(field, {})
    if not isinstance(table, dict) or (field == "when" and not table):
        raise row.fault(field, message("facts with their values are missing"))
    found = []
    for name, values in table.items():
        if name not in NAMES:
            raise row.fault(field, message("there is no {word}", word=name))
        if not isinstance(values, list) or not all(
            isinstance(one, str) and one in _VALUES for one in values
        ):
            raise row.fault(field, message("there is no {word}", word=str(values)))
        found.append((name, frozenset(values)))
    return tuple(found)


def _step(row: Row, text: str) -> Step:
    document, *rights = text.split() or [""]
    if document not in set(Following) or (document == Following.REQUEST) != bool(rights):
        raise row.fault("next", message("there is no {word}", word=text))
    for one in rights:
        if one not in set(Right):
            raise row.fault("next", message("there is no {word}", word=one))
    return Step(document=Following(document), rights=tuple(Right(one) for one in rights))


def _telling(top: Row) -> Telling:
    row = top.below("words", _WORDS)
    hints = top.under("hints")
    hints.only(_HINTS)
    lists = {name: tuple(one.casefold() for one in row.texts(name)) for name in _WORDS}
    return Telling(
        uses={name: lists[name] for name in ("beyond", "security")},
        grounds={
            "health": lists["health"],
            "law": lists["law"],
            "security": lists["ground_security"],
            "employment": lists["employment"],
            "contract": lists["contract"],
        },
        hints={
            name: tuple(one.casefold() for one in hints.some_texts(name)) for name in hints.data
        },
    )
