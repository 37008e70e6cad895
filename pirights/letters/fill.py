"""From a template's body and its values to blocks. Values are text, never markup.

Every value that the body prints is first swapped for a slot: a pair of private-use characters
around a number. Markdown therefore sees only the template's own words; the values take the
slots' places after it has been read, in the finished blocks.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from jinja2 import TemplateError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pirights.domain.document import (
    Block,
    Fields,
    Heading,
    Item,
    Language,
    Paragraph,
    ReceiptBox,
    Signature,
    Table,
    Title,
)
from pirights.errors import BadInput, Message, message
from pirights.letters import grammar

_SLOT: Final = re.compile("\ue000(\\d+)\ue001")
_UNKNOWN: Final = re.compile(r"'(\w+)' is undefined")
_MOST_SHARE: Final = 100.0
_MARKDOWN: Final = MarkdownIt("zero").enable(["heading", "fence"])


def blocks(body: str, values: Mapping[str, object], language: Language) -> tuple[Block, ...]:
    """Fill a body and read it into blocks, in order.

    Raises:
        BadInput: The template names an unknown value, is not well formed, or asks too much.
    """
    slots: list[str] = []

    def with_values(text: str) -> str:
        return _SLOT.sub(lambda match: slots[int(match[1])], text)

    try:
        text, slots = grammar.filled(body, values)
        return tuple(_read(_MARKDOWN.parse(text), language, with_values))
    except (TemplateError, TypeError, ValueError, LookupError, RecursionError) as wrong:
        raise BadInput(
            message("The template cannot be filled: {problem}.", problem=_said(wrong)),
            hint=message("`pirights template lint` finds the line."),
        ) from wrong


def _said(wrong: Exception) -> Message | str:
    """Say what was wrong as the end of a sentence; Jinja says the rest, in English."""
    if isinstance(wrong, grammar.Overreach):
        return wrong.said
    if unknown := _UNKNOWN.fullmatch(str(wrong)):
        return message("'{name}' is undefined", name=unknown[1])
    return str(wrong).rstrip(".")


def _read(
    tokens: list[Token], language: Language, with_values: Callable[[str], str]
) -> list[Block]:
    found: list[Block] = []
    for opened, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "fence":
            found.append(_box(token, language, with_values))
        elif token.type == "inline" and opened is not None:
            text = with_values(" ".join(token.content.split("\n"))).strip()
            if opened.type == "paragraph_open":
                found.append(Paragraph(text=text, language=language))
            elif opened.tag == "h1":
                found.append(Title(text=text, language=language))
            else:
                level = int(opened.tag[1:]) - 1
                found.append(Heading(text=text, language=language, level=level))
    return found


def _box(token: Token, language: Language, with_values: Callable[[str], str]) -> Block:
    lines = [line for line in token.content.split("\n") if line.strip()]
    cells = [[with_values(cell).strip() for cell in line.split("|")] for line in lines]
    kind, *words = token.info.split() or [""]
    match kind:
        case "fields":
            rows = tuple((label, value) for label, value in cells)
            return Fields(rows=rows, language=language)
        case "signature":
            lines_of = tuple(
                "：".join(row) if language is Language.ZH else ": ".join(row) for row in cells
            )
            return Signature(lines=lines_of, language=language)
        case "receipt":
            return ReceiptBox(lines=tuple(row[0] for row in cells), language=language)
        case "item":
            (number, text, basis), *_ = cells
            return Item(number=int(number), text=text, basis=basis, language=language)
        case "table":
            return _table(cells, words, language)
        case other:
            raise BadInput(message("The template has an unknown box {box}.", box=other))


def _table(cells: list[list[str]], words: list[str], language: Language) -> Table:
    """Read a ruled table: its head, its rows, and after the box's name the columns' shares."""
    head, *rows = cells or [[]]
    widths = tuple(float(word) for word in words)
    if not all(0 < width < _MOST_SHARE for width in widths):
        raise ValueError(" ".join(words))
    for row in (head, *rows):
        if len(row) != len(widths):
            raise BadInput(
                message(
                    "A row of the table has {count} cells, and {columns} columns are named.",
                    count=len(row),
                    columns=len(widths),
                )
            )
    return Table(
        head=tuple(head), rows=tuple(tuple(row) for row in rows), language=language, widths=widths
    )
