"""One language of a template as lint sees it: where each thing stands, line by line."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import TemplateSyntaxError, nodes

from pirights.domain.document import Language
from pirights.errors import Message, message
from pirights.letters import grammar, template

_ITEM: Final = re.compile(r"^[ \t]*\[\[\s*item\s*\]\]", re.MULTILINE)
_TAG: Final = re.compile(r"\{%-?\s*(\w+)")
_WHOLE_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_OPENED: Final = re.compile(r"\{[{%#]")
_TOML_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")
_HEADING: Final = re.compile(r"(#{1,6})\s")
_FENCE: Final = "```"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A fenced box of a body.

    Attributes:
        line: Of its opening fence, in the file.
        rows: Its lines that are not empty.
        lines: Where each of them stands, in the file.
    """

    line: int
    kind: str
    rows: tuple[str, ...]
    lines: tuple[int, ...]
    closed: bool


@dataclass(slots=True)
class Page:
    """A template's file, read as far as it can be.

    Attributes:
        front: The front matter; None if it cannot be read.
        offset: Lines before the body.
        tree: The body as Jinja reads it; None if it cannot.
        faults: Line of the file, and what stopped the reading there.
    """

    language: Language
    text: str
    front: dict[str, Any] | None = None
    body: str = ""
    offset: int = 0
    tree: nodes.Template | None = None
    faults: list[tuple[int, Message]] = field(default_factory=list)

    @property
    def items(self) -> Sequence[dict[str, Any]]:
        """The tables of items, those among them that are tables."""
        rows = (self.front or {}).get("item", ())
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def line(self, name: str, *, item: int | None = None, holding: str = "") -> int:
        """Find the line of a field: of the front matter's top, or of an item, from 0.

        Args:
            name: Of the field.
            item: Which one, counted from 0.
            holding: Words that stand in the value, for a value of several lines.
        """
        head = self.text[: len(self.text) - len(self.body)]
        starts = [found.start() for found in _ITEM.finditer(head)]
        if item is None:
            table = re.search(rf"^[ \t]*\[{re.escape(name)}\]", head, re.MULTILINE)
            start, end = (table.start() if table else 0), len(head)
        else:
            start = starts[item] if item < len(starts) else 0
            end = starts[item + 1] if item + 1 < len(starts) else len(head)
        field_of = re.compile(rf"^[ \t]*\"?{re.escape(name)}\"?\s*=", re.MULTILINE)
        found = field_of.search(head, start, end)
        place = found.start() if found else start
        if holding:
            place = max(place, head.find(holding, place, end))
        return self.text.count("\n", 0, place) + 1

    def boxes(self) -> Iterator[Box]:
        """The fenced boxes of the body, in order."""
        opened: tuple[int, str] | None = None
        rows: dict[int, str] = {}
        for number, line in enumerate(self.body.split("\n"), self.offset + 1):
            mark = line.strip()
            if opened is None and mark.startswith(_FENCE):
                opened, rows = (number, mark.removeprefix(_FENCE).strip()), {}
            elif opened is not None and mark == _FENCE:
                yield _box(*opened, rows, closed=True)
                opened = None
            elif opened is not None and mark:
                rows[number] = mark
        if opened is not None:
            yield _box(*opened, rows, closed=False)

    def headings(self) -> list[tuple[int, int]]:
        """Line and level of each heading."""
        found = []
        for number, line in enumerate(self.body.split("\n"), self.offset + 1):
            heading = _HEADING.match(line)
            if heading:
                found.append((number, len(heading[1])))
        return found


def _box(line: int, kind: str, rows: Mapping[int, str], *, closed: bool) -> Box:
    return Box(line=line, kind=kind, rows=tuple(rows.values()), lines=tuple(rows), closed=closed)


def read(text: str, language: Language) -> Page:
    """Read a file; what cannot be read becomes faults of the page."""
    page = Page(language=language, text=text)
    try:
        head, page.body = template.halves(text)
    except ValueError:
        page.faults.append((1, message("The front matter does not stand between lines of +++.")))
        return page
    page.offset = text.count("\n") - page.body.count("\n")
    try:
        page.front = tomllib.loads(head)
    except tomllib.TOMLDecodeError as wrong:
        where = _TOML_LINE.search(str(wrong))
        line = int(where[1]) + 1 if where else page.offset
        said = _TOML_LINE.sub("", str(wrong)).strip()
        page.faults.append((line, message("The front matter is no TOML: {problem}.", problem=said)))
    try:
        page.tree = grammar.tree(page.body)
    except TemplateSyntaxError as wrong:
        page.faults.append(_unread(page, wrong))
    except RecursionError:
        page.faults.append((page.offset + 1, message("It is nested too deeply.")))
    return page


def _unread(page: Page, wrong: TemplateSyntaxError) -> tuple[int, Message]:
    for number, row in enumerate(page.body.split("\n"), page.offset + 1):
        left = _OPENED.search(_WHOLE_TAG.sub("", row))
        if left:
            return number, message("The tag {name} is not closed.", name=left[0])
    opened: list[tuple[str, int]] = []
    for tag in _TAG.finditer(page.body):
        line = page.offset + page.body.count("\n", 0, tag.start()) + 1
        if tag[1] in {"if", "for"}:
            opened.append((tag[1], line))
        elif tag[1] in {"endif", "endfor"} and opened and opened[-1][0] == tag[1][3:]:
            opened.pop()
    if opened and "end of template" in (wrong.message or ""):
        name, line = opened[-1]
        return line, message("The tag {name} is not closed.", name=name)
    return page.offset + wrong.lineno, message(
        "The tags cannot be read: {problem}", problem=wrong.message
    )
