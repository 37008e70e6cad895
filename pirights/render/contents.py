"""What a document says, block by block, as plain strings."""

from collections.abc import Iterator, Mapping

from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Item,
    ReceiptBox,
    Signature,
    Table,
)

_EXCERPT = 12
"""Characters of a text by which the user will know it again."""


def texts(document: Document) -> Mapping[str, str]:
    """Return every text to be printed, under a short excerpt that tells where it stands."""
    found: dict[str, str] = {}
    for text in (document.title, document.reference, *_all(document)):
        found.setdefault(_excerpt(text), "")
        found[_excerpt(text)] += text
    return found


def strings(block: Block) -> Iterator[str]:
    """Give the strings of a block in reading order."""
    match block:
        case Fields(rows=rows):
            for name, value in rows:
                yield name
                yield value
        case Table(head=head, rows=rows):
            yield from head
            for row in rows:
                yield from row
        case Signature(lines=lines) | ReceiptBox(lines=lines):
            yield from lines
        case Item(text=text, basis=basis):
            yield text
            yield basis
        case _:
            yield block.text


def _all(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield from strings(block)


def _excerpt(text: str) -> str:
    first = text.strip().partition("\n")[0]
    return first if len(first) <= _EXCERPT else first[:_EXCERPT] + "…"
