"""Each block of a document as strips: sizes, indents, boxes. The look of LETTERS lives here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import singledispatchmethod
from itertools import pairwise
from typing import Final

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
from pirights.render.columns import edges, label_edge
from pirights.render.fonts import SANS, SERIF
from pirights.render.strips import Frame, Mark, Strip, tie, tie_tail
from pirights.render.ties import ROW_WHOLE, belongs, hold_rows
from pirights.render.typeset import SetLine, Type, Typesetter, natural_width

MEASURE: Final = 440.0
"""Width of the text, in points: forty Chinese characters of the body's size."""

_ASCENT: Final = 0.88
"""From the top of the em box to the baseline, in em; both faces agree."""

_PADDING: Final = 4.0
"""Blank inside a box, in points."""

_SIZES: Final = {Language.ZH: 11.0, Language.EN: 10.0}
_SMALL: Final = {Language.ZH: 9.0, Language.EN: 8.5}
_CELL: Final = {Language.ZH: 10.0, Language.EN: 9.0}
_TITLE: Final = {Language.ZH: 18.0, Language.EN: 13.0}
_HEADING: Final = {Language.ZH: (12.5, 11.5, 11.0), Language.EN: (11.0, 10.5, 10.0)}
_LEADING: Final = {Language.ZH: 1.6, Language.EN: 1.5}
"""Distance of lines, in em."""

_CELL_LEADING: Final = 1.4
_HANG: Final = 22.0
"""Column of an item's number, in points."""

_PAIRED: Final = 2.0
_APART: Final = 7.0
"""Between a text and its English, and between that and the next text, in points."""

_AFTER_ITEMS: Final = 5.0
"""Between the last item and a paragraph that is none, in points."""

_SIGNATURE_LEADING: Final = 1.9
_RECEIPT_LEADING: Final = 2.4
_RECEIPT_HEIGHT: Final = 110.0
"""Least height of the box a company stamps, in points; a round seal is 40 mm across."""


@dataclass(frozen=True, slots=True)
class Tightness:
    """How far the page is drawn together to save a last one with a few lines on it."""

    leading: float = 1.0
    gaps: float = 1.0


class Composer:
    """Turns blocks into strips."""

    def __init__(self, setter: Typesetter, tightness: Tightness) -> None:
        self._setter = setter
        self._tight = tightness
        self._strips: list[Strip] = []
        self._signing = 0.0
        self._before: Block | None = None

    def compose(self, blocks: Sequence[Block]) -> list[Strip]:
        """Return the strips of all blocks, in reading order."""
        signatures = [block for block in blocks if isinstance(block, Signature)]
        self._signing = max((self._signing_width(block) for block in signatures), default=0.0)
        begun = 0
        for before, block in pairwise((None, *blocks)):
            if isinstance(before, Title) and not isinstance(block, Title):
                self._strips.append(Strip(self._gap(8), tied=True))
            self._before = before
            lines = len(self._strips) - begun
            if belongs(before, block, lines):
                self._strips[-1] = replace(self._strips[-1], paired=True)
            begun = len(self._strips)
            self._add(block)
        return self._strips

    @singledispatchmethod
    def _add(self, block: Block) -> None:
        raise TypeError(block)

    @_add.register
    def _title(self, block: Title) -> None:
        type_ = self._type(SANS, _TITLE[block.language], block.language, leading=1.35)
        lines = self._setter.lines(block.text, type_, MEASURE)
        above = 4 if self._before is None or isinstance(self._before, Title) else 20
        gap = self._gap(above)
        strips = [
            self._strip(line, type_, (MEASURE - line.width) / 2, gap=gap if at == 0 else 0)
            for at, line in enumerate(lines)
        ]
        strips[0] = replace(strips[0], landmark=block)
        self._strips += tie(strips, all_=True)
        tie_tail(self._strips, 1)

    @_add.register
    def _heading(self, block: Heading) -> None:
        size = _HEADING[block.language][min(block.level, 3) - 1]
        type_ = self._type(SANS, size, block.language, leading=1.5)
        lines = self._setter.lines(block.text, type_, MEASURE)
        gap = 0 if isinstance(self._before, Heading) else 10 if block.level == 1 else 7
        strips = self._column(lines, type_, 0.0, gap=gap)
        strips[0] = replace(strips[0], landmark=block)
        self._strips += tie(strips, all_=True)
        tie_tail(self._strips, 1)

    @_add.register
    def _paragraph(self, block: Paragraph) -> None:
        size = (_SMALL if block.small else _SIZES)[block.language]
        chinese = block.language is Language.ZH
        type_ = self._type(SERIF, size, block.language, justified=chinese)
        indent = 2 * size if block.indent and chinese else 0.0
        lines = self._setter.lines(block.text, type_, MEASURE, indent=indent)
        gap = 1.5 if chinese and not block.small else 4
        self._strips += tie(self._column(lines, type_, 0.0, gap=self._between(block, gap)))

    @_add.register
    def _item(self, block: Item) -> None:
        if isinstance(self._before, Paragraph):
            tie_tail(self._strips)
        size = _SIZES[block.language]
        type_ = self._type(SERIF, size, block.language, justified=block.language is Language.ZH)
        lines = self._setter.lines(block.text, type_, MEASURE - _HANG)
        strips = self._column(lines, type_, _HANG, gap=self._between(block, 3))
        number = self._setter.lines(f"{block.number}.", replace(type_, justified=False), MEASURE)[0]
        first = strips[0]
        strips[0] = replace(first, marks=(Mark(number, 0.0, first.marks[0].baseline), *first.marks))
        if block.basis:
            small = self._type(SERIF, size - 1.5, block.language, leading=1.45)
            strips += self._column(
                self._setter.lines(block.basis, small, MEASURE - _HANG), small, _HANG, gap=0
            )
            strips = tie(strips)
            at = max(0, len(lines) - 2)
            strips[at:-1] = [replace(strip, tied=True) for strip in strips[at:-1]]
        self._strips += tie(strips)

    @_add.register
    def _fields(self, block: Fields) -> None:
        label = self._type(SANS, _CELL[block.language] - 0.5, block.language, leading=_CELL_LEADING)
        value = self._type(SERIF, _CELL[block.language], block.language, leading=_CELL_LEADING)
        edge = label_edge([name for name, _ in block.rows], label, _PADDING, MEASURE)
        frame = Frame((0.0, edge, MEASURE))
        rows = [self._row(row, frame, (label, value), at) for at, row in enumerate(block.rows)]
        self._table(rows)

    @_add.register
    def _ruled(self, block: Table) -> None:
        if isinstance(self._before, Paragraph):
            tie_tail(self._strips)
        columns = len(block.head)
        head = self._type(SANS, _CELL[block.language] - 0.5, block.language, leading=_CELL_LEADING)
        body = self._type(SERIF, _CELL[block.language] - 0.5, block.language, leading=_CELL_LEADING)
        heads = [
            max(natural_width(line, head) for line in text.split("\n")) + 2 * _PADDING + 0.5
            for text in block.head
        ]
        bare = Frame(edges(block.widths or (1.0,) * columns, heads, MEASURE))
        top = tie(self._row(block.head, bare, (head,) * columns, -1), all_=True)
        frame = Frame(bare.verticals, tuple(replace(strip, gap=0.0) for strip in top))
        head_strips = [replace(strip, frame=frame, tied=True) for strip in top]
        rows = [self._row(row, frame, (body,) * columns, at) for at, row in enumerate(block.rows)]
        self._table([head_strips, *rows])

    @_add.register
    def _signature(self, block: Signature) -> None:
        type_ = self._signing_type(block)
        width = self._signing
        lines = [line for text in block.lines for line in self._setter.lines(text, type_, width)]
        tie_tail(self._strips)
        self._strips += tie(self._column(lines, type_, MEASURE - width, gap=10), all_=True)

    @_add.register
    def _receipt(self, block: ReceiptBox) -> None:
        first = self._type(SANS, _CELL[block.language], block.language, leading=_RECEIPT_LEADING)
        other = self._type(SERIF, _CELL[block.language], block.language, leading=_RECEIPT_LEADING)
        frame = Frame((0.0, MEASURE))
        strips: list[Strip] = []
        for at, text in enumerate(block.lines):
            type_ = other if at else first
            lines = self._setter.lines(text, type_, MEASURE - 4 * _PADDING)
            strips += self._column(lines, type_, 2 * _PADDING, gap=0)
        missing = _RECEIPT_HEIGHT - sum(strip.height for strip in strips)
        if missing > 0:
            strips.append(Strip(missing))
        strips = [replace(strip, frame=frame) for strip in strips]
        strips[0] = replace(strips[0], gap=self._gap(14))
        tie_tail(self._strips)
        self._strips += tie(strips, all_=True)

    def _signing_type(self, block: Signature) -> Type:
        size = _SIZES[block.language]
        return self._type(SERIF, size, block.language, leading=_SIGNATURE_LEADING)

    def _signing_width(self, block: Signature) -> float:
        type_ = self._signing_type(block)
        widest = max((natural_width(line, type_) for line in block.lines), default=0.0)
        return min(widest + 0.5, MEASURE * 0.6)

    def _table(self, rows: Sequence[list[Strip]]) -> None:
        """Stack rows with a gap above the first and below the last."""
        if not rows:
            return
        strips = hold_rows(rows)
        strips[0] = replace(strips[0], gap=self._gap(6))
        self._strips += strips
        self._strips.append(Strip(self._gap(4)))

    def _row(
        self, cells: Sequence[str], frame: Frame, types: Sequence[Type], row: int
    ) -> list[Strip]:
        """Set the cells of one row side by side, a strip for each line of the longest."""
        leading = max(type_.leading for type_ in types)
        columns: list[Sequence[SetLine]] = []
        for at, (cell, type_) in enumerate(zip(cells, types, strict=True)):
            width = frame.verticals[at + 1] - frame.verticals[at] - 2 * _PADDING
            columns.append(self._setter.lines(cell, type_, width))
        count = max(len(column) for column in columns)
        pad = self._gap(3)
        strips = []
        for line in range(count):
            above = pad if line == 0 else 0.0
            below = pad if line == count - 1 else 0.0
            marks = tuple(
                Mark(
                    column[line],
                    frame.verticals[at] + _PADDING,
                    above + _baseline(leading, types[0].size),
                    at,
                )
                for at, column in enumerate(columns)
                if line < len(column)
            )
            strips.append(Strip(above + leading + below, marks=marks, frame=frame, row=row))
        return tie(strips, all_=count <= ROW_WHOLE)

    def _type(
        self,
        face: str,
        size: float,
        language: Language,
        *,
        leading: float = 0.0,
        justified: bool = False,
    ) -> Type:
        distance = (leading or _LEADING[language]) * self._tight.leading
        return Type(face, size, size * distance, language, justified)

    def _between(self, block: Paragraph | Item, points: float) -> float:
        """Draw a text and its English together, and apart from the next pair."""
        if not isinstance(self._before, Paragraph | Item):
            return points
        languages = (self._before.language, block.language)
        if languages[0] is languages[1]:
            leaves = isinstance(self._before, Item) and isinstance(block, Paragraph)
            return max(points, _AFTER_ITEMS) if leaves else points
        return _PAIRED if languages == (Language.ZH, Language.EN) else _APART

    def _gap(self, points: float) -> float:
        return points * self._tight.gaps

    def _column(
        self, lines: Sequence[SetLine], type_: Type, x: float, *, gap: float
    ) -> list[Strip]:
        return [
            self._strip(line, type_, x, gap=self._gap(gap) if at == 0 else 0.0)
            for at, line in enumerate(lines)
        ]

    def _strip(self, line: SetLine, type_: Type, x: float, *, gap: float) -> Strip:
        mark = Mark(line, x + line.indent, _baseline(type_.leading, type_.size))
        return Strip(type_.leading, gap, (mark,))


def _baseline(leading: float, size: float) -> float:
    return (leading - size) / 2 + _ASCENT * size
