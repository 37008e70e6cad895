"""The page as other programs read it: its elements and its words."""

from html.parser import HTMLParser
from pathlib import Path

from pirights.cli.language import CATALOGUES, Language, Voice
from pirights.report import page
from pirights.report.markup import Pen
from pirights.workflow.desk import Desk

EMPTY = frozenset({"meta", "br", "rect", "path", "circle"})


class Page(HTMLParser):
    """What a page holds.

    Attributes:
        elements: Tags with their attributes, in order.
        words: All text but the style sheet's.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words += data

    def values(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [found for _, attributes in self.elements if (found := attributes.get(name))]


def pen(language: Language) -> Pen:
    return Pen(say=Voice(language).value, tag=CATALOGUES[language].replace("_", "-"))


def reported(
    desk: Desk, out: Path, *, language: Language = Language.EN, person: int | None = None
) -> str:
    """Write a report and return its text."""
    page.write(desk, out, pen(language), person=person)
    return out.read_text(encoding="utf-8")
