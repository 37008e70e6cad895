"""Whether the two languages of a template ask, cite, name and show the same."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

from pirights.domain.document import Language
from pirights.errors import Message, message
from pirights.letters import names, vocabulary
from pirights.letters.page import Page

_ZH, _EN = Language.ZH, Language.EN
_TAG: Final = re.compile(r"\{%-?\s*(.+?)\s*-?%\}")
_LANGUAGE: Final = re.compile(r"_(?:zh|en)\b")
_FENCE: Final = "```"
_ITEM: Final = "```item"
_NUMBER: Final = re.compile(r"\{\{.*?\}\}|\d+")
"""The number with which the box of an item begins."""


def differences(kind: str, zh: Page, en: Page) -> Iterator[tuple[Language, int, Message]]:
    """Find where two languages part: the language that has to be looked at, its line, and why."""
    if zh.front is not None and en.front is not None:
        yield from _items(zh, en)
        for name in ("sections", "earlier_law"):
            if list(zh.front.get(name, ())) != list(en.front.get(name, ())):
                yield _EN, en.line(name), message("In {name} the languages differ.", name=name)
    if zh.tree is not None and en.tree is not None:
        yield from _values(kind, zh, en)
    headings = [[level for _, level in one.headings()] for one in (zh, en)]
    if headings[0] != headings[1]:
        yield (
            _EN,
            en.offset + 1,
            message(
                "The headings differ: {zh} in Chinese, {en} in English, or their levels.",
                zh=len(headings[0]),
                en=len(headings[1]),
            ),
        )
    yield from _turns(zh, en)


def _items(zh: Page, en: Page) -> Iterator[tuple[Language, int, Message]]:
    for place, (left, right) in enumerate(zip_longest(zh.items, en.items)):
        if left is None or right is None or left.get("id") != right.get("id"):
            language, one, row = (_EN, en, right) if right else (_ZH, zh, left)
            yield (
                language,
                one.line("id", item=place),
                message(
                    "The item {name} does not stand here in the other language.",
                    name=str((row or {}).get("id")),
                ),
            )
            return
        for field in ("right", "for", "cites", "each", "unless"):
            if left.get(field) != right.get(field):
                yield _EN, en.line(field, item=place), _differing(left, field)


def _differing(item: dict[str, Any], field: str) -> Message:
    name = str(item.get("id"))
    if field == "cites":
        return message("The item {name} cites other articles in Chinese.", name=name)
    return message("The item {name} has another {field} in Chinese.", name=name, field=field)


def _values(kind: str, zh: Page, en: Page) -> Iterator[tuple[Language, int, Message]]:
    found = {}
    for one in (zh, en):
        given = vocabulary.of(kind, one.language)
        if given is None or one.tree is None:
            return
        found[one.language] = names.find(one.tree, given)
    for one, other in ((zh, en), (en, zh)):
        mine, theirs = found[one.language], found[other.language]
        for path, line in mine.paths.items():
            if path not in theirs.paths:
                yield (
                    one.language,
                    one.offset + line,
                    message("{name} does not stand in the other language.", name=path),
                )
        more = Counter(key for _, key in mine.cites) - Counter(key for _, key in theirs.cites)
        for key in more:
            line = max(line for line, cited in mine.cites if cited == key)
            yield (
                one.language,
                one.offset + line,
                message("The article {key} is cited more often in this language.", key=key),
            )


def _turns(zh: Page, en: Page) -> Iterator[tuple[Language, int, Message]]:
    """Compare the boxes, the tags in them, and the tags that stand on lines of their own."""
    for left, right in zip_longest(_skeleton(zh), _skeleton(en)):
        if left is None or right is None or left[1] != right[1]:
            language, line = (_EN, right[0]) if right else (_ZH, left[0] if left else 1)
            yield language, line, message("Here the languages begin to have different parts.")
            return


def _skeleton(one: Page) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    inside, first, box = False, True, ""
    for number, line in enumerate(one.body.split("\n"), one.offset + 1):
        bare = line.strip()
        if bare.startswith(_FENCE):
            inside, first, box = not inside, True, bare
            found.append((number, bare))
        elif inside and bare:
            tags = " ".join(_TAG.findall(bare))
            mark = _NUMBER.match(bare) if box == _ITEM and first else None
            shown = f"row {mark[0] if mark else ''} {tags}"
            found.append((number, _LANGUAGE.sub("", shown)))
            first = False
        elif bare and not _TAG.sub("", bare):
            found.append((number, _LANGUAGE.sub("", bare)))
    return found
