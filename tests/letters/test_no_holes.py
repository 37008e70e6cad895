"""No line of a sample letter leaves a fifth of its measure empty, and no page ends in a heading."""

from collections.abc import Iterator

import pytest

from pirights.domain.document import Document, Heading, Item, Language, Letters, Paragraph, Title
from pirights.letters import template
from pirights.render import pdf
from pirights.render.blocks import MEASURE
from pirights.render.fonts import SERIF
from pirights.render.sorts import read
from pirights.render.typeset import SetLine, Type, Typesetter
from tests import pictures

BODY = Type(SERIF, 11, 17.6, Language.ZH, justified=True)
"""The body's type, in which an item has a column of 22 points for its number."""


def _documents(kind: str) -> Iterator[Document]:
    for compose in pictures.alone(kind).values():
        yield from (compose(letters) for letters in Letters)


def _lines(document: Document) -> Iterator[tuple[SetLine, float]]:
    """Give the lines of Chinese that do not end a text, each with its measure."""
    for block in document.blocks:
        if not isinstance(block, Paragraph | Item) or block.language is not Language.ZH:
            continue
        item = isinstance(block, Item)
        measure = MEASURE - 22 if item else MEASURE
        set_in = 22 if isinstance(block, Paragraph) and block.indent else 0
        for text in block.text.split("\n"):
            lines = Typesetter().lines(text, BODY, measure, indent=set_in)
            yield from ((line, measure) for line in lines[:-1])


@pytest.mark.parametrize("kind", template.kinds())
def test_no_line_of_a_letter_leaves_a_fifth_of_the_measure_empty(kind: str) -> None:
    for document in _documents(kind):
        for line, measure in _lines(document):
            assert line.indent + line.width > measure * 0.8, read(line.sorts)


@pytest.mark.parametrize("kind", template.kinds())
def test_no_page_of_a_letter_ends_with_a_heading(kind: str) -> None:
    for document in _documents(kind):
        for page in pdf._lay_out(document)[:-1]:
            last = [placed.strip for placed in page if placed.strip.marks][-1]
            assert not isinstance(last.landmark, Heading | Title)
