"""A paper cut into texts for the fields of a web form, each with its number of characters.

Every row of a box and every section becomes a text of its own; a long section has shorter
versions too, cut where a sentence ends. Characters are counted as most forms count them: code
points, a Chinese character one, a line break one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Item,
    Language,
    Letters,
    Paragraph,
    Title,
)
from pirights.domain.text import visible
from pirights.render.sorts import without_invisible

LIMITS: Final = (1000, 500)
"""Characters that the fields of forms commonly take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """A text to be pasted into a field.

    Attributes:
        part: The part of the paper, where it has several.
        name: What it is, by its label or its heading.
        limit: The number of characters to which it was cut; 0 for the whole.
    """

    part: str
    name: str
    text: str
    limit: int = 0

    @property
    def characters(self) -> int:
        """Its code points."""
        return len(self.text)


def field_texts(document: Document) -> tuple[FieldText, ...]:
    """Cut a paper into texts for fields; of a paper in two languages, its Chinese."""
    language = document.letters.languages[0]
    both = document.letters is Letters.BOTH
    found: list[FieldText] = []
    part, name = "", ""
    lines: list[str] = []
    first = True

    def close() -> None:
        if name and lines:
            found.extend(_versions(part, name, "\n".join(lines), language))
        lines.clear()

    for block in document.blocks:
        if block.language is not language or (both and _is_about_texts(block)):
            continue
        match block:
            case Title(text=text):
                close()
                part, name, first = ("", "", False) if first else (_clean(text), "", False)
            case Heading(text=text):
                close()
                name = _NUMERAL.sub("", _clean(text))
            case Fields(rows=rows):
                close()
                found += [
                    FieldText(part=part, name=_half(label, both), text=_half(value, both))
                    for label, value in rows
                ]
            case Paragraph() | Item():
                if not name:
                    name = _OPENING[language]
                lines.append(_line(block, language))
            case _:
                close()
                name = ""
    close()
    return tuple(found)


def shortened(text: str, limit: int, language: Language) -> str:
    """Cut a text to a number of characters where a sentence ends, and say that there is more.

    Returns:
        The whole text if it fits; an empty one where not even its first sentence fits.
    """
    if len(text) <= limit:
        return text
    more = _MORE[language]
    room = limit - len(more)
    ends = [one for one in _ends(text, language) if one <= room]
    return text[: ends[-1]].rstrip() + more if ends else ""


def as_text(texts: Sequence[FieldText], head: str, counted: str) -> str:
    """Put texts into one file to copy from.

    Args:
        texts: The texts.
        head: What stands on top of the file.
        counted: How a number of characters is told, with the gap `{number}`.
    """
    pieces = [head]
    part = ""
    for one in texts:
        if one.part != part:
            part = one.part
            pieces.append(f"===== {part} =====")
        pieces.append(f"【{one.name}】{counted.format(number=one.characters)}\n{one.text}")
    return "\n\n".join(pieces) + "\n"


_NUMERAL: Final = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+\.\s*)")


def _is_about_texts(block: Block) -> bool:
    """Whether it speaks of the two languages: pasted alone, the Chinese is the only text."""
    return isinstance(block, Paragraph) and bool(_ABOUT_TEXTS.search(block.text))


_ABOUT_TEXTS: Final = re.compile(r"^本.{1,4}以中文、英文书写")
"""What a paper in two languages says of them: 本材料以中文、英文书写，内容相同……"""

_OPENING: Final = {Language.ZH: "说明", Language.EN: "Introduction"}
_BASIS: Final = {Language.ZH: "（{basis}）", Language.EN: " ({basis})"}
_MORE: Final = {
    Language.ZH: "（其余见所附材料。）",
    Language.EN: " (The rest is in the attached paper.)",
}
_AT_MOST: Final = {
    Language.ZH: "{name}（不超过{limit}字的版本）",
    Language.EN: "{name} (at most {limit} characters)",
}
_STOPS: Final = {
    Language.ZH: re.compile(r"[。！？](?:[”’」』》）】]+(?![。！？]))?|\n"),
    Language.EN: re.compile(r"[.!?][\"”’)]?(?=\s|$)|\n"),
}
_SHORT_FORMS: Final = re.compile(
    r"\b(?:Co|Ltd|Inc|No|Art|Arts|St|Dr|Mr|Ms|Mrs|vs|etc|e\.g|i\.e|[A-Z])\.$"
)
"""Words that end with a full stop and do not end a sentence."""

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_JOINT: Final = " / "


def _versions(part: str, name: str, text: str, language: Language) -> Iterator[FieldText]:
    yield FieldText(part=part, name=name, text=text)
    for limit in LIMITS:
        if len(text) <= limit:
            continue
        short = shortened(text, limit, language)
        if short:
            title = _AT_MOST[language].format(name=name, limit=limit)
            yield FieldText(part=part, name=title, text=short, limit=limit)


def _ends(text: str, language: Language) -> Iterator[int]:
    """Find where sentences end, in front of what stands between two of them."""
    depth, at = 0, 0
    for stop in _STOPS[language].finditer(text):
        depth += _opened(text[at : stop.end()])
        at = stop.end()
        if depth > 0 and stop[0] != "\n":
            continue  # a sentence within brackets: its bracket is still open
        depth = 0
        if language is Language.EN and _SHORT_FORMS.search(text[: stop.start() + 1]):
            continue
        yield stop.end()


def _opened(text: str) -> int:
    return sum(text.count(one) for one in "（(") - sum(text.count(one) for one in "）)")


def _line(block: Block, language: Language) -> str:
    if isinstance(block, Item):
        basis = _BASIS[language].format(basis=_clean(block.basis)) if block.basis else ""
        return f"{block.number}. {_clean(block.text)}{basis}"
    return _clean(block.text) if isinstance(block, Paragraph) else ""


def _half(text: str, both: bool) -> str:
    """The Chinese of a merged cell; a cell that is not clearly merged stays whole."""
    clean = _clean(text)
    pieces = clean.split(_JOINT)
    if both and len(pieces) % 2 == 0:
        middle = len(pieces) // 2
        left, right = _JOINT.join(pieces[:middle]), _JOINT.join(pieces[middle:])
        if _HAN.search(left) and not _HAN.search(right):
            return left
    return clean


def _clean(text: str) -> str:
    return visible(without_invisible(text).replace("\t", " "), keep="\n")
