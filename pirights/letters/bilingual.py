"""A paper in both languages: each Chinese block followed by its English, boxes merged."""

from collections.abc import Sequence

from pirights.domain.document import (
    Block,
    Fields,
    Language,
    Letters,
    ReceiptBox,
    Signature,
)
from pirights.domain.handler import Handler


def addressee(handler: Handler, letters: Letters, language: Language) -> str:
    """Name the handler; its registered name stands in every letter."""
    name, english = handler.name, handler.name_en
    if language is Language.ZH or not english:
        return name
    return english if letters is Letters.BOTH else f"{english} ({name})"


def interleaved(zh: Sequence[Block], en: Sequence[Block]) -> tuple[Block, ...]:
    """Put two languages of one paper together, block by block; both must have the same shape."""
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


def _merged(zh: str, en: str) -> str:
    return zh if zh == en else f"{zh} / {en}"
