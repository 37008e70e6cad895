"""What is wrong with a template, found before a letter is made of it, each with its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pirights import rule_data
from pirights.domain.document import Language
from pirights.domain.law import KEY, Laws, State
from pirights.domain.request import TOLD, Right
from pirights.errors import Message, message
from pirights.letters import (
    borrowed_days,
    boxes,
    grammar,
    names,
    page,
    template,
    template_item,
    trial,
    twins,
    vocabulary,
    wordlists,
    written_citations,
)
from pirights.letters.capacity import GAP, WHOSE
from pirights.letters.page import Page

_COURTESY: Final = "courtesy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        template: The kind of letter.
        line: Of the file of that language, from 1.
    """

    template: str
    language: Language
    line: int
    problem: Message


def check(kind: str, texts: Mapping[Language, str], laws: Laws, *, on: date) -> tuple[Problem, ...]:
    """Look through a template in all its languages.

    Args:
        kind: Of letter; decides what its template may name.
        texts: What its files hold; a language that is not there is a problem.
        laws: The law data.
        on: The day whose law is the present one.
    """
    pages = {language: page.read(text, language) for language, text in texts.items()}
    found = [
        Problem(
            template=kind,
            language=language,
            line=1,
            problem=message(
                "The translation is missing: there is no {file}.", file=f"{language}.md"
            ),
        )
        for language in Language
        if language not in pages
    ]
    for language, one in pages.items():
        faults = [*one.faults, *_alone(kind, one, laws, on)]
        once = {(line, str(said)): said for line, said in faults}
        found += [_problem(kind, language, (line, said)) for (line, _), said in once.items()]
    if len(pages) == len(Language):
        zh, en = pages[Language.ZH], pages[Language.EN]
        differing = list(twins.differences(kind, zh, en))
        if not found and not differing:
            differing += trial.attempt(kind, zh, en)
        found += [_problem(kind, language, (line, said)) for language, line, said in differing]
    return tuple(sorted(found, key=lambda one: (one.language, one.line, str(one.problem))))


def _problem(kind: str, language: Language, fault: tuple[int, Message]) -> Problem:
    return Problem(template=kind, language=language, line=fault[0], problem=fault[1])


def _alone(kind: str, one: Page, laws: Laws, on: date) -> Iterator[tuple[int, Message]]:
    """Find what is wrong with one language by itself."""
    if len(one.text) > grammar.SIZE_LIMIT:
        yield (
            1,
            message("The template is longer than {limit} characters.", limit=grammar.SIZE_LIMIT),
        )
    if one.front is not None:
        yield from _front(one)
        yield from _front_articles(one, laws, on)
    yield from _body(kind, one, laws, on)
    yield from boxes.faults(one)
    for line, words in wordlists.foreign(one.text):
        yield line, message("“{words}” is no term of this law.", words=words)
    for line, words in wordlists.statutory_days(one.text):
        yield line, message("A number of days is called statutory: {words}", words=words)
    for line, words in written_citations.faults(one.text, laws):
        yield line, message("The law data hold no article {key}.", key=words)
    for line, words in borrowed_days.faults(one.text, rule_data.periods()):
        yield line, _borrowed(words)
    for place, row in enumerate(one.items):
        if borrowed_days.item_borrows(row, rule_data.periods()):
            yield one.line("text", item=place), _borrowed(str(row.get("text")))


def _borrowed(words: str) -> Message:
    return message(
        "A number of days stands beside an article that does not print it: {words}", words=words
    )


def _front(one: Page) -> Iterator[tuple[int, Message]]:
    front = one.front or {}
    for name in front.keys() - template.FIELDS:
        yield one.line(name), message("There is no field {name}.", name=name)
    if not isinstance(front.get("title"), str) or not front["title"].strip():
        yield one.line("title"), message("The field {name} is missing.", name="title")
    sections = front.get("sections", {})
    if not isinstance(sections, dict):
        yield one.line("sections"), message("{name} is no table.", name="sections")
        sections = {}
    if not isinstance(front.get("item", []), list):
        yield one.line("item"), message("An item begins with [[item]].")
    seen: set[str] = set()
    for place, row in enumerate(one.items):
        for name, problem in _item(row, sections):
            yield one.line(name, item=place), problem
        if str(row.get("id")) in seen:
            yield (
                one.line("id", item=place),
                message("Two items are called {name}.", name=str(row.get("id"))),
            )
        seen.add(str(row.get("id")))


def _item(
    row: Mapping[str, object], sections: Mapping[str, object]
) -> Iterator[tuple[str, Message]]:
    for name in row.keys() - template_item.FIELDS:
        yield name, message("There is no field {name}.", name=name)
    for name in ("id", "text"):
        if not isinstance(row.get(name), str) or not str(row[name]).strip():
            yield name, message("The field {name} is missing.", name=name)
    right, beside = row.get("right"), row.get("for", [])
    for word in [right or Right.KNOW, *(beside if isinstance(beside, list) else [beside])]:
        if word not in set(Right):
            yield "right", message("There is no right {word}.", word=str(word))
    if right is None:
        yield "right", message("The field {name} is missing.", name="right")
    elif sections and (right or _COURTESY) not in sections:
        yield "right", message("[sections] has no heading for {word}.", word=right or _COURTESY)
    yield from _gaps(row)
    if right and not row.get("cites"):
        yield "id", message("An item that is asked as of right needs an article.")
    if right == "" and (row.get("cites") or not beside):
        yield (
            "id",
            message("A courtesy question has no article, and says with `for` beside what it is."),
        )


def _gaps(row: Mapping[str, object]) -> Iterator[tuple[str, Message]]:
    """Check what an item is asked for, and the gaps of its text."""
    each, unless = row.get("each", ""), row.get("unless", [])
    named = [*(unless if isinstance(unless, list) else [unless]), *([each] if each else [])]
    for name in named:
        if name not in TOLD:
            field = "each" if name == each else "unless"
            yield field, message("Nobody can tell {name} for an item.", name=str(name))
    known = {*WHOSE, *TOLD.get(str(each), ())}
    for gap in GAP.findall(str(row.get("text", ""))):
        if gap not in known:
            yield "text", message("The text has an unknown gap {name}.", name=gap)


def _front_articles(one: Page, laws: Laws, on: date) -> Iterator[tuple[int, Message]]:
    """Check what may be cited where the date of the fact allows it."""
    places: list[tuple[int | None, str, object]] = [
        (None, "earlier_law", (one.front or {}).get("earlier_law", []))
    ]
    places += [(place, "cites", row.get("cites", [])) for place, row in enumerate(one.items)]
    for item, name, keys in places:
        for key in keys if isinstance(keys, list) else [keys]:
            line = one.line(name, item=item, holding=str(key))
            if not _is_known(key, laws):
                yield line, message("The law data hold no article {key}.", key=str(key))
            elif not _ever(str(key), laws, on):
                yield line, message("The article {key} was never in force.", key=str(key))


def _is_known(key: object, laws: Laws) -> bool:
    return isinstance(key, str) and bool(KEY.fullmatch(key)) and key in laws.provisions


def _ever(key: str, laws: Laws, on: date) -> bool:
    """Say whether a provision applied on any day up to this one."""
    first = laws.instrument(key).effective
    return first <= on and laws.state(key, first) is State.IN_FORCE


def _body(kind: str, one: Page, laws: Laws, on: date) -> Iterator[tuple[int, Message]]:
    if one.tree is None:
        return
    found = [*grammar.faults(one.tree)]
    given = vocabulary.of(kind, one.language)
    if given is None:
        yield 1, message("Nothing is declared that a letter of the kind {kind} says.", kind=kind)
    else:
        named = names.find(one.tree, given)
        found += named.faults
        for line, key in named.cites:
            if not _is_known(key, laws):
                found.append((line, message("The law data hold no article {key}.", key=key)))
            elif not _ever(key, laws, on):
                found.append((line, message("The article {key} was never in force.", key=key)))
            elif laws.state(key, on) is not State.IN_FORCE:
                found.append((line, message("{key} is cited here, and is not in force.", key=key)))
    for line, problem in found:
        yield one.offset + line, problem
