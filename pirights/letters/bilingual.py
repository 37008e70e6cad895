"""A paper in both languages: each Chinese block followed by its English, boxes merged."""

from collections.abc import Sequence

from pirights.domain.document import (
    Block,
    Fields,
    Heading,
    Item,
    Language,
    Letters,
    ReceiptBox,
    Signature,
    Table,
)
from pirights.domain.handler import Handler
from pirights.errors import BadInput, message


def addressee(handler: Handler, letters: Letters, language: Language) -> str:
    """Name the handler; its registered name stands in every letter."""
    name, english = handler.name, handler.name_en
    if language is Language.ZH or not english:
        return name
    return english if letters is Letters.BOTH else f"{english} ({name})"


def interleaved(zh: Sequence[Block], en: Sequence[Block]) -> tuple[Block, ...]:
    """Put two languages of one paper together, block by block.

    Raises:
        BadInput: They have not the same shape: a template was changed in one of them only.
    """
    if [shape(block) for block in zh] != [shape(block) for block in en]:
        raise BadInput(
            message("The two languages of this letter do not have the same parts."),
            hint=message("`pirights template lint` finds the place."),
        )
    blocks: list[Block] = []
    for chinese, english in zip(zh, en, strict=True):
        match chinese, english:
            case Fields(), Fields():
                rows = zip(chinese.rows, english.rows, strict=True)
                blocks.append(
                    Fields(
                        rows=tuple(
                            (_merged(left[0], right[0]), _merged(left[1], right[1]))
                            for left, right in rows
                        ),
                        language=Language.ZH,
                    )
                )
            case Table(), Table():
                blocks.append(_table(chinese, english))
            case Signature(), Signature():
                blocks.append(
                    Signature(lines=(*chinese.lines, *english.lines), language=Language.ZH)
                )
            case ReceiptBox(), ReceiptBox():
                lines = zip(chinese.lines, english.lines, strict=True)
                blocks.append(
                    ReceiptBox(
                        lines=tuple(_merged(left, right) for left, right in lines),
                        language=Language.ZH,
                    )
                )
            case _:
                blocks += [chinese, english]
    return tuple(blocks)


def shape(block: Block) -> tuple[type[Block], int]:
    """What two languages of a block have in common: its kind, and its rows, level or number."""
    match block:
        case Fields(rows=parts) | ReceiptBox(lines=parts) | Table(rows=parts):
            return type(block), len(parts)
        case Heading(level=size) | Item(number=size):
            return type(block), size
        case _:
            return type(block), 0


def _merged(zh: str, en: str) -> str:
    return zh if zh == en else f"{zh} / {en}"


def _table(zh: Table, en: Table) -> Table:
    """Set each cell's English below its Chinese."""
    rows = [
        tuple(_stacked(left, right) for left, right in zip(one, other, strict=True))
        for one, other in zip((zh.head, *zh.rows), (en.head, *en.rows), strict=True)
    ]
    return Table(head=rows[0], rows=tuple(rows[1:]), language=Language.ZH, widths=zh.widths)


def _stacked(zh: str, en: str) -> str:
    return zh if zh == en else f"{zh}\n{en}"
